"""Limits: bodies that Python-Markdown would convert for seconds, or for ever.

Python-Markdown looks for the end of whatever begins, and does so anew for each beginning:
for signs that are never closed its time grows with the square of their number, and more.
Counted is here what it would look at, so that the answer depends on the text and never on a
clock. Within the limits a body takes about a second at most, with all extensions on; what a
person writes stays far below them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

#: Characters of a body, about 40,000 words, and its lines.
LONGEST: Final = 250_000
MOST_LINES: Final = 4_000

#: Signs of inline markup in a body, and marks of footnotes.
MOST_SIGNS: Final = 8_000
MOST_NOTES: Final = 3_000

#: Quotes in quotes, lists in lists. Beyond a few hundred Python has no more room.
DEEPEST: Final = 100

# The limits in characters that are looked at, or in characters of a paragraph times signs
# in it. Each is about half a second of Python-Markdown on a machine of 2020.
_BRACKETS: Final = 500_000
_TAGS: Final = 1_500_000
_CODE: Final = 20_000_000
_PARTS: Final = 10_000_000
_FENCES: Final = 30_000_000
_ABBREVIATIONS: Final = 5_000_000
_REPEATED: Final = 150_000
_CONTENTS: Final = 100_000
_COMMENTS: Final = 1_000_000_000
_EXPLAINED: Final = 300_000_000

# Below this, what is counted roughly is small enough not to be counted exactly.
_HARMLESS: Final = 250_000

_SIGNS: Final = "*_[`<&\\{"
_CURLED: Final = ("'", '"', "--", "...")

# What nests stands in a run; of a run of a hundred every sixteenth character makes six.
_MARKS: Final = re.compile(r"[>\-+*:.\d \t]{6}")
_NESTED: Final = re.compile(
    rf"(?:(?:>|(?:[-+*:]|\d+\.)(?=[ ]))[ ]*){{{DEEPEST + 1}}}|(?:^|\n)[ \t]{{{DEEPEST + 1}}}"
)
_BLANK: Final = re.compile(r"\n[ \t]*(?=\n)")
# An address with a quotation mark is looked for to the end, unless the mark begins a title.
_BRACKET: Final = re.compile(
    r"""\]\((?:(?![^()"'\n]*(?:"[^"\n]*"|'[^'\n]*')\s*\))(?P<odd>[^()"'\n]*["']))?|[\[\]()]"""
)
# What parts the lines of a paragraph, or may: the rest is looked at once more behind each.
_PART: Final = re.compile(
    r"^[ ]{0,3}(?:\#|=+[ ]*$|:[ ]|\*?\[[^\]\n]*(?:\]:|$)"
    r"|(?:-[ ]{0,2})+$|(?:_[ ]{0,2}){3,}$|(?:\*[ ]{0,2}){3,}$)",
    re.MULTILINE,
)
_DEFINED: Final = re.compile(r"^[ ]{0,3}:[ ]", re.MULTILINE)
_NOTE: Final = re.compile(r"\[\^([^\]\n]*)\]")
_FENCE: Final = re.compile(r"^(?:```|~~~)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Excess:
    """Where a body is too much, as an offset in it, and in what respect."""

    offset: int
    message: str


def excess(text: str) -> Excess | None:
    """What of a body is too much for Python-Markdown; None when nothing is."""
    length = len(text)
    lines = text.count("\n")
    if lines > MOST_LINES:
        return Excess(_line(text, MOST_LINES), f"the text has more than {MOST_LINES:,} lines")
    if _MARKS.search(text[::16]) and (nested := _NESTED.search(text)):
        return Excess(nested.start(), f"quotes or lists lie more than {DEEPEST} deep")
    if length > MOST_SIGNS and (much := _large(text)):
        return much
    openings = text.count("[") + text.count("<") + text.count("`")
    if (openings + lines) * length <= _HARMLESS and not _explains_much(text):
        return None
    return next(_piled(text), None)


def _explains_much(text: str) -> bool:
    """Whether one abbreviation may stand for a great many words."""
    return len(text) > MOST_SIGNS and "*[" in text


def _line(text: str, number: int) -> int:
    """The offset at which a line begins, counted from 0."""
    at = 0
    for _ in range(number):
        at = text.index("\n", at) + 1
    return at


def _large(text: str) -> Excess | None:
    if len(text) > LONGEST:
        return Excess(LONGEST, f"the text is longer than {LONGEST:,} characters")
    if sum(map(text.count, _SIGNS)) > MOST_SIGNS:
        return Excess(0, f"the text has more than {MOST_SIGNS:,} of the signs {_SIGNS}")
    if sum(map(text.count, _CURLED)) > MOST_SIGNS:
        return Excess(0, f"the text has more than {MOST_SIGNS:,} straight quotes and dots")
    return None


def _piled(text: str) -> Iterator[Excess]:
    """Signs that are harmless alone, and too many for the text that they stand in."""
    length = len(text)
    notes = Counter(_NOTE.findall(text))
    if notes.total() > MOST_NOTES or sum(number**2 for number in notes.values()) > _REPEATED:
        yield _first(_NOTE, text, 0, "there are too many marks of footnotes")
    if text.count("*[") * length > _ABBREVIATIONS:
        yield Excess(text.index("*["), "there are too many abbreviations")
    if text.count("[TOC]") ** 2 * text.count("\n") > _CONTENTS:
        yield Excess(text.index("[TOC]"), "there are too many tables of contents")
    if text.count("<!--") * text.count("<") * length > _COMMENTS:
        yield Excess(text.index("<!--"), "there are too many comments and tags")
    fences = [match.start() for match in _FENCE.finditer(text)]
    if len(fences) * length > _FENCES:
        yield Excess(fences[0], "there are too many fences of code")
    yield from _open_tags(text)
    yield from _by_paragraph(text)


def _open_tags(text: str) -> Iterator[Excess]:
    looked = 0
    at = text.find("<")
    while at >= 0:
        end = text.find(">", at)
        looked += (end if end >= 0 else len(text)) - at
        if looked > _TAGS:
            yield Excess(at, "too many tags are never closed")
            return
        at = text.find("<", at + 1)


def _by_paragraph(text: str) -> Iterator[Excess]:
    brackets = code = parts = explained = 0
    explains = "*[" in text
    borders = (0, *(match.end() for match in _BLANK.finditer(text)), len(text))
    for start, end in pairwise(borders):
        size = end - start
        brackets += _looked_at(text, start, end)
        if brackets > _BRACKETS:
            yield _first(_BRACKET, text, start, "too many brackets are never closed")
        code += text.count("`", start, end) * size
        if code > _CODE:
            yield Excess(text.index("`", start), "there is too much code in one paragraph")
        parts += len(_PART.findall(text, start, end)) * size
        if parts > _PARTS:
            yield _first(_PART, text, start, "too many headings or rules without empty lines")
        if len(_DEFINED.findall(text, start, end)) > DEEPEST:
            yield _first(_DEFINED, text, start, f"more than {DEEPEST} definitions in one paragraph")
        explained += size**2 if explains else 0
        if explained > _EXPLAINED:
            yield Excess(start, "the paragraph is too long for abbreviations")


def _first(pattern: re.Pattern[str], text: str, start: int, message: str) -> Excess:
    found = pattern.search(text, start)
    return Excess(found.start() if found else start, message)


def _looked_at(text: str, start: int, end: int) -> int:
    """How many characters of a paragraph are read in search of what closes its brackets."""
    words: list[int] = []
    addresses: list[int] = []  # the end of the paragraph for a parenthesis that opens none
    looked = 0
    for sign in _BRACKET.finditer(text, start, end):
        at = sign.start()
        if sign[0][0] == "]" and words:
            looked += at - words.pop()
        match sign[0]:
            case "[":
                words.append(at)
            case "(":
                addresses.append(end)
            case ")" if addresses:
                looked += max(at - addresses.pop(), 0)
            case ")" | "]":
                pass
            case _:
                addresses.append(at)
                looked += end - at if sign["odd"] else 0
    return looked + sum(end - at for at in (*words, *addresses))
