"""Reading: the first pass. What is new or changed is read, the rest is remembered.

Texts are read by workers, which give back small values: a digest, and the document as the
row that the store keeps. Whoever needs a body reads the file again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from ssg.build.execute import Workers, run
from ssg.build.scan import (
    CONTENT,
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
from ssg.content import HOME, PUBLISHED, RETIRED, Text, read_text
from ssg.digest import digest, digest_bytes
from ssg.faults import Fault, Place
from ssg.model import (
    Article,
    Author,
    Facts,
    HomePlan,
    Media,
    Published,
    Retired,
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
    "published.jsonl": Published,
    "retired.toml": Retired,
    "media": Media,
    "root": Media,
}

_encode: Final = msgspec.msgpack.Encoder().encode


class Former(Protocol):
    """What was read of files before, by path."""

    def get(self, path: str, /) -> Any: ...


class Records:
    """The documents in the store's records, each taken out when it is asked for."""

    def __init__(self, records: Mapping[str, bytes]) -> None:
        self._records = records

    def get(self, path: str, /) -> Any:
        record = self._records.get(path)
        return remembered(path, record) if record else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files of a site hold, by path; `files` are those of `content/root/`. `rows` and
    `records` are those to be kept anew,
    `fresh` the texts that are not as they were, `rewritten` the articles among them of which no
    more than the body has changed, `others` the files that are no texts and not as they were,
    `broken` the texts with faults.
    """

    texts: dict[str, Text] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    files: dict[str, Media] = field(default_factory=dict)
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
    former: Former,
    config: Config,
    workers: Workers,
) -> Reading:
    """Everything in `content/` but the inbox; a row of which nothing was kept is read again."""
    reading = Reading(faults=list(found.faults))
    _read(reading, found.files, found, rows, former, config, workers)
    return reading


def read_again(
    before: Reading,
    paths: Collection[str],
    found: Scan,
    rows: Mapping[str, Row],
    config: Config,
    workers: Workers,
) -> Reading:
    """The reading before, with these paths read anew and all else as it was."""
    reading = Reading(
        texts=dict(before.texts),
        media=dict(before.media),
        files=dict(before.files),
        faults=[fault for fault in before.faults if fault.place and fault.place.path not in paths],
    )
    former = {}
    for path in paths:
        for known in (reading.texts, reading.media, reading.files):
            if path in known:
                former[path] = known.pop(path)
        if path in rows and path not in found.files:
            reading.others.add(path)
    present = [path for path in paths if path in found.files]
    _read(reading, present, found, rows, former, config, workers)
    return reading


def _read(
    reading: Reading,
    paths: Iterable[str],
    found: Scan,
    rows: Mapping[str, Row],
    former: Former,
    config: Config,
    workers: Workers,
) -> None:
    waiting: list[Task] = []
    for path in paths:
        file, row = found.files[path], rows.get(path)
        if _is_text(path):
            if stands(row, file) and (text := former.get(path)) is not None:
                reading.texts[path] = text
            else:
                known = row.digest if row and former.get(path) is not None else ""
                waiting.append(Task(path, file.file, known))
        elif path.startswith((MEDIA, ROOT)):
            _attach(reading, path, file, row, former.get(path), found.at)
        else:
            _note(reading, path, file, row, found.at)
    _read_all(reading, waiting, found, former, config, workers)


def remembered(path: str, record: bytes) -> Any:
    """The document or file in a record."""
    return _decoder(path.split("/", 2)[1]).decode(record)


@cache
def _decoder(kind: str) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(_KINDS[kind])


def _is_text(path: str) -> bool:
    inside = path.startswith(CONTENT) and not path.startswith((INBOX, MEDIA, ROOT))
    return inside and (path.endswith(".md") or path in {HOME, PUBLISHED, RETIRED})


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
    former: Former,
    config: Config,
    workers: Workers,
) -> None:
    tasks = waiting if workers.are_here else list(_loaded(waiting))
    for read in run(workers, read_one, config, tasks, key=digest(config), few=_FEW):
        file = found.files[read.path]
        if read.faults:
            reading.broken[read.path] = read.faults
            continue
        reading.rows[read.path] = Row(file.size, file.mtime, found.at, read.digest)
        before = former.get(read.path)
        if read.record is None:
            reading.texts[read.path] = before
            continue
        text = reading.texts[read.path] = remembered(read.path, read.record)
        reading.records[read.path] = read.record
        reading.fresh.add(read.path)
        if isinstance(text, Article) and _is_rewritten(text, before):
            reading.rewritten.add(read.path)


def _is_rewritten(text: Article, before: object) -> bool:
    """Whether an article is as it was but for its body, and that shows nowhere but where all of
    it is shown: its first sentences are the same, and so is what it links to.
    """
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
    reading: Reading, path: str, file: File, row: Row | None, media: Media | None, at: int
) -> None:
    """A file that is published as it is: known by its digest, a picture by its size as well."""
    if row is None or media is None or not stands(row, file):
        digest_now = file_digest(file.file)
        reading.rows[path] = Row(file.size, file.mtime, at, digest_now)
        if row is None or media is None or row.digest != digest_now:
            reading.others.add(path)
            media = _measured(path, digest_now, file.file)
            reading.records[path] = _encode(media)
    (reading.media if path.startswith(MEDIA) else reading.files)[path] = media


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
