"""Reading: the first pass. What is new or changed is read, the rest is remembered.

Texts are read by workers, which give back small values: a digest, and the document as the
row that the store keeps. Whoever needs a body reads the file again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from msgspec.structs import replace

from ssg.build.execute import Workers, run
from ssg.build.scan import (
    CONTENT,
    HOME,
    INBOX,
    MEDIA,
    ROOT,
    File,
    Scan,
    changed,
    file_digest,
    stands,
)
from ssg.build.store import Row
from ssg.config import Config
from ssg.content import Text, read_text
from ssg.digest import digest, digest_bytes
from ssg.faults import Fault, Place
from ssg.model import (
    Article,
    Author,
    Copy,
    Facts,
    HomePlan,
    Media,
    Section,
    Source,
    StaticPage,
)

_FEW: Final = 300  # texts: reading so many takes as long as starting processes for it
_PICTURES: Final = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
_KINDS: Final[dict[str, Any]] = {
    "articles": Article,
    "authors": Author,
    "sources": Source,
    "sections": Section,
    "pages": StaticPage,
    "home.toml": HomePlan,
}

_encode: Final = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files of a site hold, by path. `rows` and `records` are those to be kept anew,
    `fresh` the texts that are not as they were, `rewritten` the articles among them of which no
    more than the body has changed, `others` the files that are no texts and not as they were,
    `broken` the texts with faults.
    """

    texts: dict[str, Text] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    root: list[Copy] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    records: dict[str, bytes] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    rewritten: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    broken: dict[str, tuple[Fault, ...]] = field(default_factory=dict)


class Task(NamedTuple):
    """A text to read: as a file on this machine, or as its bytes. `known` is its last digest."""

    path: str
    file: str
    known: str = ""
    data: bytes | None = None


class Read(NamedTuple):
    """A text read: its row's record, or what is wrong; neither when it is as it was."""

    path: str
    digest: str
    record: bytes | None = None
    faults: tuple[Fault, ...] = ()


def read_site(
    found: Scan,
    rows: Mapping[str, Row],
    records: Mapping[str, bytes],
    config: Config,
    workers: Workers,
) -> Reading:
    """Everything in `content/` but the inbox; a row without a record is read again."""
    reading = Reading(faults=list(found.faults))
    waiting: list[Task] = []
    for path, file in found.files.items():
        row, record = rows.get(path), records.get(path)
        if _is_text(path):
            if record and stands(row, file):
                reading.texts[path] = remembered(path, record)
            else:
                waiting.append(Task(path, file.file, row.digest if record and row else ""))
        elif path.startswith((MEDIA, ROOT)):
            _attach(reading, path, file, row, record, found.at)
        else:
            _note(reading, path, file, row, found.at)
    _read_all(reading, waiting, found, records, config, workers)
    return reading


def remembered(path: str, record: bytes) -> Text:
    """The document in a row."""
    text: Text = _decoder(path.split("/", 2)[1]).decode(record)
    return text


@cache
def _decoder(kind: str) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(_KINDS[kind])


def _is_text(path: str) -> bool:
    inside = path.startswith(CONTENT) and not path.startswith((INBOX, MEDIA, ROOT))
    return inside and (path.endswith(".md") or path == HOME)


def _note(reading: Reading, path: str, file: File, row: Row | None, at: int) -> None:
    """Files that are read elsewhere or not at all: whether they are as they were is what counts."""
    if not stands(row, file):
        digest_now = file_digest(file.file)
        reading.rows[path] = Row(file.size, file.mtime, at, digest_now)
        if row is None or row.digest != digest_now:
            reading.others.add(path)
    if path.startswith(f"{CONTENT}/") and not path.startswith(INBOX):
        hint = "texts end in .md; pictures and files belong in content/media/"
        reading.faults.append(Fault("W301", "nothing uses this file", Place(path), hint))


def _read_all(
    reading: Reading,
    waiting: list[Task],
    found: Scan,
    records: Mapping[str, bytes],
    config: Config,
    workers: Workers,
) -> None:
    tasks = waiting if workers.are_here else list(_loaded(waiting))
    for read in run(workers, read_one, config, tasks, key=digest(config), few=_FEW):
        file = found.files[read.path]
        if read.faults:
            reading.broken[read.path] = read.faults
            continue
        record = read.record or records[read.path]
        reading.texts[read.path] = remembered(read.path, record)
        reading.rows[read.path] = Row(file.size, file.mtime, found.at, read.digest)
        if read.record:
            reading.records[read.path] = read.record
            reading.fresh.add(read.path)
            if _is_rewritten(reading.texts[read.path], records.get(read.path)):
                reading.rewritten.add(read.path)


def _is_rewritten(text: Text, last: bytes | None) -> bool:
    """Whether an article is as it was but for its body, and that shows nowhere but where all of
    it is shown: its first sentences are the same, and so is what it links to.
    """
    if not isinstance(text, Article) or last is None:
        return False
    before = remembered(text.path, last)
    if not isinstance(before, Article) or replace(text, body=before.body) != before:
        return False
    facts, former = text.body.facts, before.body.facts
    return facts.excerpt == former.excerpt and _targets(facts) == _targets(former)


def _targets(facts: Facts) -> list[str]:
    return [reference.target for reference in facts.references]


def _loaded(tasks: Iterable[Task]) -> Iterator[Task]:
    for task in tasks:
        yield Task(task.path, task.file, task.known, _bytes_of(task))


def read_one(task: Task, config: Config) -> Read:
    """The worker of the first pass."""
    data = task.data if task.data is not None else _bytes_of(task)
    if data is None:
        return Read(task.path, "", faults=(changed(task.path),))
    found = digest_bytes(data)
    if found == task.known:
        return Read(task.path, found)
    text = read_text(task.path, data, config)
    if isinstance(text, tuple):
        return Read(task.path, found, faults=text)
    return Read(task.path, found, _encode(text))


def _bytes_of(task: Task) -> bytes | None:
    try:
        return Path(task.file).read_bytes()
    except FileNotFoundError:
        return None


def _attach(
    reading: Reading, path: str, file: File, row: Row | None, record: bytes | None, at: int
) -> None:
    """A file that is published as it is: known by its digest, a picture by its size as well."""
    if row is None or record is None or not stands(row, file):
        digest_now = file_digest(file.file)
        if row is None or record is None or row.digest != digest_now:
            reading.others.add(path)
        row = reading.rows[path] = Row(file.size, file.mtime, at, digest_now)
        record = reading.records[path] = _encode(_measured(path, digest_now, file.file))
    if path.startswith(MEDIA):
        reading.media[path] = msgspec.msgpack.decode(record, type=Media)
    else:
        reading.root.append(Copy(path.removeprefix(ROOT), row.digest, path, origin=path))


def _measured(path: str, found: str, file: str) -> Media:
    import imagesize  # with what it loads to fetch from the web, dear for a site without pictures

    width, height = -1, -1
    if Path(path).suffix.lower() in _PICTURES:
        try:
            width, height = imagesize.get(file)
        except (ValueError, OSError):
            width, height = -1, -1
    known = width > 0 and height > 0
    return Media(path, found, width if known else None, height if known else None)
