"""Marks: which words of a text are meant, cut so that a page can mark them.

Spans may overlap, and elements may not: so a text is cut wherever a span begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ssg.faults import Place

#: As much of a line as is shown of it, in characters.
WIDEST: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a raw text that gave a field, by which rule, and how sure (0 to 1).

    `start` and `end` count characters of the text as decoded.
    """

    field: str
    start: int
    end: int
    text: str
    rule: str
    confidence: float

    def stand_in(self, text: str) -> bool:
        """Whether `text` still has them where the receipt says: it may have been changed."""
        return 0 <= self.start < self.end and text[self.start : self.end] == self.text


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text with all that gave a field there; `begins` are those that start here."""

    text: str
    words: tuple[Words, ...] = ()
    begins: tuple[Words, ...] = ()


def pieces_of(text: str, words: Iterable[Words]) -> tuple[Piece, ...]:
    """The whole text in pieces; words that do not stand in it are left out."""
    begins: dict[int, list[Words]] = {}
    for one in words:
        if one.stand_in(text):
            begins.setdefault(one.start, []).append(one)
    ends = (one.end for found in begins.values() for one in found)
    pieces: list[Piece] = []
    around: list[Words] = []
    for start, end in pairwise(sorted({0, len(text), *begins, *ends})):
        new = begins.get(start, [])
        around = [*(one for one in around if one.end > start), *new]
        pieces.append(Piece(text[start:end], tuple(around), tuple(new)))
    return tuple(pieces)


def excerpt_of(place: Place) -> tuple[str, str, str]:
    """The line of a place: what stands before, what is meant, what follows. Long lines are cut."""
    line = place.excerpt or ""
    if place.column is None:
        return line[:WIDEST], "", ""
    start = place.column - 1
    end = start + max(1, place.length)
    first = max(0, start - WIDEST // 2) if len(line) > WIDEST else 0
    last = first + WIDEST
    return line[first:start], line[start : min(end, last)], line[end:last]
