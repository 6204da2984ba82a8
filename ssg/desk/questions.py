"""What waits for a person in a site: every unsettled guess as a question, with its evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ssg.config import Config
from ssg.content.documents import decode, read_document
from ssg.desk.files import bytes_at
from ssg.desk.guesses import kept, waiting_fields
from ssg.desk.holdings import article_paths, author_paths
from ssg.desk.inbox import raws_in
from ssg.desk.receipts import Found, Receipt, found_in, read_receipt, record_path
from ssg.desk.review import Question, value_of, words_of
from ssg.digest import digest_bytes
from ssg.frontmatter import parse
from ssg.ingest import Options, ingest
from ssg.ingest.decode import MAX_BYTES
from ssg.ingest.harvest import Receipt as Doubt
from ssg.ingest.reading import read
from ssg.model import Article, Author


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What is known of a raw text: its words for each field, the text, what was doubted."""

    found: Mapping[str, list[Found]]
    text: str | None
    doubts: Mapping[str, tuple[Doubt, ...]]


def questions(
    site: Path, config: Config, only: Collection[str | None] | None = None
) -> Iterator[Question]:
    """The guesses that wait, those of the newest article first; of the documents `only`, if named.

    A document that has faults is left out: the build reports it.
    """
    paths = (*article_paths(site), *author_paths(site))
    named = (path for path in paths if only is None or path in only)
    waiting = [document for path in named if (document := _waiting(site, path, config))]
    files = {raw.name: raw.file for raw in raws_in(site)[0]} if waiting else {}
    for document in sorted(waiting, key=_turn):
        yield from _of_document(site, document, config, files)


def _turn(document: Article | Author) -> tuple[bool, float, str]:
    if isinstance(document, Author):
        return True, 0.0, document.path
    return False, -document.date.timestamp(), document.path


def _waiting(site: Path, path: str, config: Config) -> Article | Author | None:
    data = bytes_at(site / path)
    # Articles of an archive are many: the word itself is looked for first.
    found = read_document(path, data, config) if data and b"guessed" in data else None
    return found if isinstance(found, Article | Author) and found.ingested else None


def _of_document(
    site: Path, document: Article | Author, config: Config, files: Mapping[str, Path]
) -> Iterator[Question]:
    fields = waiting_fields(site, document, config)
    raw = document.ingested.raw if document.ingested else ""
    if not fields:
        return
    text = decode(document.path, (site / document.path).read_bytes())
    written = parse(document.path, str(text))
    evidence = _evidence(site, raw, files.get(raw), config)
    for field in fields:
        yield Question(
            path=document.path,
            raw=raw,
            title=document.name if isinstance(document, Author) else document.title,
            field=field,
            value=value_of(getattr(written, "values", {}), field),
            words=words_of(evidence.found.get(field, ()), evidence.text),
            candidates=tuple(dict.fromkeys(one.text for one in evidence.doubts.get(field, ()))),
        )


def _evidence(site: Path, raw: str, file: Path | None, config: Config) -> _Evidence:
    data = kept(site, raw, record_path(raw))
    receipt = read_receipt(raw, data) if data is not None else None
    if not isinstance(receipt, Receipt):
        return _Evidence({}, None, {})
    try:
        found = found_in(receipt)
    except msgspec.ValidationError:
        found = {}
    now = _bytes(file) if file else None
    # Of a raw text that was changed, nothing but what the receipt quotes is evidence.
    if now is None or digest_bytes(now) != receipt.digest:
        return _Evidence(found, None, {})
    options = Options.of(config)
    return _Evidence(found, read(now, raw, options).text, ingest(now, raw, options).doubts)


def _bytes(file: Path) -> bytes | None:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError:
        return None
