"""An editor's answer to a question, written into the article, and nothing else of it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ssg.config import Config
from ssg.content.documents import decode, read_document
from ssg.desk.files import Write, carry_out, inside
from ssg.desk.guesses import waiting_fields
from ssg.desk.holdings import holdings_of
from ssg.desk.review import CREDITS, Question, settled
from ssg.digest import digest_bytes
from ssg.faults import Fault, Place, errors
from ssg.frontmatter import Document, dump, parse
from ssg.ingest.compose import Draft, compose, moment_of
from ssg.ingest.harvest import FoundAuthor, FoundSource, Harvest
from ssg.model import Article, Author


@dataclass(frozen=True, slots=True)
class _Value:
    """What an answer puts into front matter, and the documents of those it names anew."""

    value: object = None
    drafts: tuple[Draft, ...] = ()


def answer(site: Path, question: Question, text: str | None, config: Config) -> tuple[Fault, ...]:
    """Settles a guess: with `text`, or as it stands when that is None. What hinders it.

    The article is read anew, so that what a person saved since the question was put stays.
    One that has settled it meanwhile is left alone.
    """
    data = (site / question.path).read_bytes()
    read = read_document(question.path, data, config)
    if isinstance(read, tuple):
        return read
    if not isinstance(read, Article | Author) or question.field not in waiting_fields(
        site, read, config
    ):
        return ()
    document = parse(question.path, str(decode(question.path, data)))
    if isinstance(document, Fault):
        return (document,)
    keeps = text is None or text == question.value
    value = _Value() if keeps else _read(site, question, str(text), document, config)
    if isinstance(value, Fault):
        return (value,)
    return _write(site, question, config, document, digest_bytes(data), value)


def _write(
    site: Path,
    question: Question,
    config: Config,
    document: Document,
    digest: str,
    value: _Value,
) -> tuple[Fault, ...]:
    text = settled(document, question.field, value.value)
    if text is None:
        hint = "put each key on a line of its own, or settle the guess in the file by hand"
        return (_refused(question, "its front matter is written on one line", hint),)
    read = read_document(question.path, text.encode(), config)
    if isinstance(read, tuple) and (wrong := errors(read)):
        return tuple(_refused(question, fault.message, fault.hint) for fault in wrong)
    writes = [
        Write(draft.path, dump(draft.values, draft.body).encode(), "new") for draft in value.drafts
    ]
    writes.append(Write(question.path, text.encode(), "replace", digest))
    return _carried_out(site, writes)


def _carried_out(site: Path, writes: Sequence[Write]) -> tuple[Fault, ...]:
    for write in writes:
        fault = inside(site, write.path.rpartition("/")[0]) or carry_out(site, write)
        if fault is not None:
            return (fault,)
    return ()


def _read(
    site: Path, question: Question, text: str, document: Document, config: Config
) -> _Value | Fault:
    if question.field == "bios":
        hint = "write it in the author's file; an empty answer keeps it as it is"
        return _refused(question, "a biography is more than one line", hint)
    if question.field not in CREDITS:
        return _Value(text)
    names = [name for part in text.replace(";", ",").split(",") if (name := " ".join(part.split()))]
    if not any(any(map(str.isalnum, name)) for name in names):
        return _refused(question, f"“{text}” names nobody", "write names, with commas between them")
    return _credited(site, question, names, document, config)


def _credited(
    site: Path, question: Question, names: Sequence[str], document: Document, config: Config
) -> _Value:
    """Those named, as the site knows them, or as documents of their own."""
    is_author = question.field == "authors"
    named = Harvest(
        title=None,
        title_is_guess=False,
        date=None,
        authors=tuple(map(FoundAuthor, names)) if is_author else (),
        sources=() if is_author else tuple(map(FoundSource, names)),
        lang=config.lang,
        body="-",
    )
    record: dict[str, Any] = document.values["ingest"]
    composed = compose(
        named,
        raw_name=question.raw,
        raw_digest=str(record.get("digest", "")),
        when=moment_of("2000-01-01"),
        domain=config.host,
        registry=holdings_of(site).registry,
        taken_slugs=(),
    )
    values = composed.article.values if composed.article else {}
    return _Value(values[question.field], (*composed.authors, *composed.sources))


def _refused(question: Question, why: str, hint: str | None) -> Fault:
    message = f"the {question.field} could not be settled: {why}"
    return Fault("E620", message, Place(question.path), hint)
