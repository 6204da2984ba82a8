"""Quotation marks: which open, which close, in the customs of every language.

English closes with the mark that German opens nothing with and closes with what English opens
with; guillemets point outwards in Paris and inwards in Berlin; straight marks are all alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ssg.check.material import Written
from ssg.check.prose import paragraphs
from ssg.faults import Fault

#: Marks that open and, for each, those that close it. Where they are alike, they take turns.
_PAIRED: Final = (("„", "“”"), ("“", "”"), ("「", "」"), ("『", "』"))
_ALIKE: Final = ("«»", '"', "＂")
_NO_MARK = re.compile(r"(?<=\d)\"|(?<=\()\"(?=\))")
_OPENING: Final = frozenset('„“「『«»"”')
# A quotation of several paragraphs, or with a list in it, is closed this soon.
_SOON: Final = 12

_QUOTED = re.compile(
    r"„(?P<low>[^„“”]+)[“”]|“(?P<high>[^“”„]+)”|«(?P<out>[^«»]+)»|»(?P<into>[^«»]+)«"
    r"|「(?P<corner>[^「」]+)」|『(?P<double>[^『』]+)』|\"(?P<straight>[^\"]+)\""
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, and where they stand."""

    words: str
    start: int
    end: int


def quotations(text: str) -> Iterator[Quotation]:
    """The quotations in a text, each within its paragraph."""
    for start, paragraph in paragraphs(text):
        for match in _QUOTED.finditer(paragraph):
            kind = match.lastgroup or ""
            begin, end = match.span(kind)
            yield Quotation(match[kind], start + begin, start + end)


def unclosed(written: Written) -> Iterator[Fault]:
    """Quotation marks that are opened and never closed."""
    found = list(paragraphs(written.prose))
    surplus = [_surplus(text) for _, text in found]
    for number, (start, text) in enumerate(found):
        for sign, offset in _open(text, surplus[number]):
            if not _goes_on(sign, found, surplus, number):
                hint = "close it where the words of others end"
                place = written.place(start + offset)
                yield Fault("W913", f"the quotation mark {sign} is never closed", place, hint)


def _surplus(text: str) -> dict[str, int]:
    """By opening mark: how many more open than close; of marks that are alike, whether one is
    left over.
    """
    found: dict[str, int] = {}
    low = "„" in text
    for opening, closing in _PAIRED:
        if low and opening == "“":
            continue
        count = text.count(opening) - sum(map(text.count, closing))
        if count and (opening in text or not low):
            found[opening] = count
    for signs in _ALIKE:
        if sum(map(text.count, signs)) % 2:
            found[signs] = 1
    # After a digit it may stand for inches or seconds, alone in brackets for itself.
    if '"' in found and _NO_MARK.sub("", text).count('"') % 2 == 0:
        del found['"']
    return found


def _open(text: str, surplus: dict[str, int]) -> Iterator[tuple[str, int]]:
    for opening, closing in _PAIRED:
        if surplus.get(opening, 0) > 0:
            yield opening, _last_open(text, opening, closing)
    for signs in _ALIKE:
        if surplus.get(signs, 0) > 0:
            offset = max(map(text.rfind, signs))
            yield text[offset], offset


def _last_open(text: str, opening: str, closing: str) -> int:
    """Where the mark stands that nothing closes."""
    opened: list[int] = []
    for offset, sign in enumerate(text):
        if sign == opening:
            opened.append(offset)
        elif sign in closing and opened:
            opened.pop()
    return opened[-1] if opened else text.rindex(opening)


def _goes_on(
    sign: str, found: list[tuple[int, str]], surplus: list[dict[str, int]], number: int
) -> bool:
    """Whether a quotation goes on in the next paragraphs: the next one opens again, as custom
    has it, or a later one closes what it did not open.
    """
    following = found[number + 1 : number + 2]
    if following and following[0][1].lstrip(" \t>*_-")[:1] in _OPENING:
        return True
    kind = next((signs for signs in _ALIKE if sign in signs), sign)
    later = surplus[number + 1 : number + 1 + _SOON]
    if kind in _ALIKE:
        return any(kind in other for other in later)
    return any(other.get(kind, 0) < 0 for other in later)
