"""Guesses that wait for a person: what each rests on, and a document in which one is settled.

Pure: texts in, texts out. `questions` finds what waits in a site, `answers` writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ssg.desk.blocks import take_apart
from ssg.desk.receipts import Found
from ssg.desk.reconcile import INGEST, guessed
from ssg.desk.rewrite import rewritten
from ssg.frontmatter import Document

#: Fields that hold names of documents, and what one of them is called in an entry.
CREDITS: Final = {"authors": "author", "sources": "source"}

_ORDER: Final = (
    "id",
    "title",
    "kicker",
    "standfirst",
    "date",
    "updated",
    "authors",
    "sources",
    "lang",
    INGEST,
)
_LINE_END: Final = re.compile(r"\r\n?|\n")
# So much of the line is shown on either side of the words, and so much of themselves.
_AROUND: Final = 60
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a raw text that gave a field, with what stands beside them on their line.

    `line` counts from 1; it is None, and nothing stands beside, where the raw text is not
    there any more as it was. `confidence` is that of the rule, 0 to 1.
    """

    text: str
    rule: str
    confidence: float
    line: int | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A guess that waits: in which article, for which field, and what it rests on.

    `value` is what the article says now, empty for nothing; `candidates` are what else was
    read, too unsurely to be used.
    """

    path: str
    raw: str
    title: str
    field: str
    value: str
    words: tuple[Words, ...] = ()
    candidates: tuple[str, ...] = ()


def value_of(values: Mapping[str, Any], field: str) -> str:
    """A field as it is shown on one line."""
    value = values.get(field)
    if value is None:
        return ""
    entries = value if isinstance(value, list) else [value]
    name = CREDITS.get(field, "")
    return ", ".join(
        str(entry.get(name, entry) if isinstance(entry, Mapping) else entry) for entry in entries
    )


def words_of(found: Sequence[Found], text: str | None) -> tuple[Words, ...]:
    """What a receipt says of a field, with its surroundings in the raw text as decoded."""
    return tuple(_words(one, text) for one in found)


def _words(found: Found, text: str | None) -> Words:
    start, end = found.span
    said = Words(_shortened(found.text), found.rule, found.confidence)
    if text is None or text[start:end] != found.text:
        return said
    *_, before = lines = _LINE_END.split(text[:start])
    return replace(
        said,
        line=len(lines),
        before=before[-_AROUND:],
        after=_LINE_END.split(text[end : end + _AROUND], maxsplit=1)[0],
    )


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST // 2]} … {flat[-_LONGEST // 2 :]}"


def settled(document: Document, field: str, value: object = None) -> str | None:
    """A document in which the guess of `field` is settled, with `value` unless that is None.

    Nothing else in it changes. None where its front matter is written so that only a person
    can change it.
    """
    record = dict(document.values[INGEST])
    waiting = [name for name in guessed(document.values) if name != field]
    record.pop("guessed")
    wanted: dict[str, object] = {INGEST: {**record, "guessed": waiting} if waiting else record}
    if value is not None:
        wanted[field] = value
    parts = take_apart(document.text)
    block = rewritten(parts.block, wanted, _ORDER)
    return None if block is None else parts.opening + block + parts.closing + parts.body
