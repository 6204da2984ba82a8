"""A line of credits taken apart: dates, labels with what they name, and what stands between.

`2021-03-12 10:24 来源：… 作者：…`, `By A and B | May 3, 2021 | 4 min read` and `Text: A, Fotos:
B, Quelle: C` are read alike, from left to right. A label counts at the start of the line or
behind a mark; its value goes up to the next label or date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ssg.ingest.dates import Stamp, has_day, read_dates
from ssg.ingest.forms import Labels
from ssg.ingest.vocabulary import CreditWords, Language

Kind = Literal["date", "byline", "other", "source", "photo", "bare"]

_EDGES = (
    " \t\u00a0\u3000|/,;\u2022\u00b7\u2013\u2014-()[]*_\uff08\uff09\u3010\u3011\uff5c\u4e28\u3001.>"
    "\u00bb\u203a"
)
_SKIPPED = re.compile(f"[{re.escape(_EDGES)}]+")
_MARK = re.compile(r"[\s|/,;\u2022\u00b7(\[\uff08\u3010\u3000\uff0c\uff5c\u2013\u2014-]")
_COLONS = (":", "\uff1a", " - ", " \u2013 ", " \u2014 ")
_LONGEST_ASIDE, _SHORT_LINE = 40, 60
_ADDRESS = re.compile(r"https?://\S{1,500}|www\.\S{1,500}")
_PAUSES = ";,|\u2022\u00b7\uff5c(\uff08\uff0c\u2013\u2014-"
_APART = re.compile(r"\s*[|\u2022\u00b7\uff5c]\s*|\s{2,}|\s[\u2013\u2014/-]+\s|\u3000")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; `start` and `end` are those of the value, without its label."""

    kind: Kind
    label: str
    start: int
    end: int
    stamps: tuple[Stamp, ...] = ()

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def read_line(text: str, language: Language) -> Iterator[Piece]:
    """The parts of a line, in order; together they are all of it but marks."""
    at, dated = 0, has_day(text)
    while at < len(text):
        if skipped := _SKIPPED.match(text, at):
            at = skipped.end()
        elif dated and (reading := read_dates(text, language.dates, at)).understood:
            yield Piece("date", "", at, reading.end, reading.stamps)
            at = reading.end
        elif found := _label(text, at, language.credits):
            end = _end(text, found.start, language, dated=dated)
            yield _trimmed(Piece(found.kind, found.label, found.start, end), text)
            at = end
        elif language.credits.small.fullmatch(text, at):
            return
        else:
            apart = _APART.search(text, at + 1)
            end = min(
                _end(text, at + 1, language, dated=dated), apart.start() if apart else len(text)
            )
            yield _trimmed(Piece("bare", "", at, end), text)
            at = max(end, at + 1)


def _trimmed(piece: Piece, text: str) -> Piece:
    """Without the marks around the value."""
    value = piece.of(text)
    lead = len(value) - len(value.lstrip(_EDGES.replace(".", "")))
    start = piece.start + lead
    end = start + len(value.strip(_EDGES.replace(".", "")))
    return Piece(piece.kind, piece.label, start, max(start, end))


def _label(text: str, at: int, words: CreditWords) -> Piece | None:
    """The label at a place, and where its value begins."""
    return _labelled(text, at, words) or _loose(text, at, words)


def _labelled(text: str, at: int, words: CreditWords) -> Piece | None:
    """A label with its colon, or two labels that share one: "Foto/Quelle:"."""
    kinds: list[Kind] = []
    start = at
    while True:
        found = [
            (hit, kind)
            for kind, labels in _strict(words)
            if (hit := labels.at(text, start)) is not None
        ]
        if not found:
            return None
        hit, kind = max(found, key=lambda one: one[0].end)
        kinds.append(kind)
        colon = _COLON.match(text, hit.end)
        if colon is None and hit.label[0] > "\u0590":
            colon = _SLASH.match(text, hit.end)
        if colon:
            chosen = next(k for k in ("byline", "source", "other", "photo") if k in kinds)
            return Piece(_KINDS[chosen], hit.label, colon.end(), colon.end())
        joint = words.joint.match(text, hit.end)
        if joint is None or len(kinds) > 1:
            return None
        start = joint.end()


_COLON = re.compile(r"\s?(?:\([^()]{1,20}\))?(?:\s?[:\uff1a]\s*|\s[\u2013\u2014-]\s)")
_SLASH = re.compile(r"\s?[/|]\s?(?=\S)")
_KINDS: dict[str, Kind] = {
    "byline": "byline",
    "source": "source",
    "other": "other",
    "photo": "photo",
}


def _strict(words: CreditWords) -> tuple[tuple[Kind, Labels], ...]:
    return (
        ("source", words.source),
        ("byline", words.byline_colon),
        ("byline", words.byline),
        ("other", words.others),
        ("photo", words.photo),
        ("photo", words.aside),
    )


def _loose(text: str, at: int, words: CreditWords) -> Piece | None:
    """A label that is not a word of every sentence, and so needs no colon."""
    hits = [
        (kind, hit)
        for kind, labels in _free(words)
        if (hit := labels.loosely(text, at)) is not None
    ]
    if not hits:
        return _source_without_colon(text, at, words)
    kind, hit = max(hits, key=lambda one: one[1].end)
    return Piece(kind, hit.label, hit.end, hit.end)


def _source_without_colon(text: str, at: int, words: CreditWords) -> Piece | None:
    """A short line "Source The Gazette": the label, and a name in capitals."""
    hit = words.source.at(text, at) if not at and len(text) <= _SHORT_LINE else None
    rest = text[hit.end :].strip() if hit else ""
    if hit is None or not rest[:1].isupper() or rest[-1] in ".!?\u2026":
        return None
    return Piece("source", hit.label, hit.end + 1, hit.end + 1)


def _free(words: CreditWords) -> tuple[tuple[Kind, Labels], ...]:
    return ("other", words.others), ("byline", words.byline), ("source", words.source_loose)


def _end(text: str, at: int, language: Language, *, dated: bool) -> int:
    """Where the value that goes on at `at` ends: before the next label or date."""
    if dated and _is_date(text, at, language):
        return at
    colons = any(colon in text[at:] for colon in _COLONS)
    address = _ADDRESS.search(text, at)
    for mark in _MARK.finditer(text, at):
        here = mark.end()
        if here >= len(text) or _MARK.match(text, here):
            continue
        if mark[0] == "-" and text[mark.start() - 1].isalnum() and text[here].isalnum():
            continue
        if address and address.start() < here <= address.end():
            # What stands behind a mark in an address is a part of it.
            continue
        if colons and _labelled(text, here, language.credits):
            return mark.start()
        before = text[mark.start() - 1]
        stopped = before == "." and text[: mark.start() - 1].rpartition(" ")[2][2:].islower()
        after_mark = mark[0] in _PAUSES or before in _PAUSES or stopped
        if after_mark and language.credits.others.at(text, here):
            return mark.start()
        short = len(text) - here <= _LONGEST_ASIDE
        if short and language.credits.small.fullmatch(text, here):
            return mark.start()
        if dated and _is_date(text, here, language):
            return mark.start()
    return len(text)


def _is_date(text: str, at: int, language: Language) -> bool:
    reading = read_dates(text, language.dates, at)
    return bool(reading.stamps) or (reading.understood and reading.end == len(text))
