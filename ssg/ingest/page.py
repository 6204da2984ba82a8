"""A text taken apart into blocks: the paragraphs, headings and odd lines as a reader sees them.

Three layouts occur: one paragraph a line, paragraphs between blank lines, and lines broken
at a fixed width. A block is one line, or the lines of one broken paragraph. Its text is as
long as its span, line ends being spaces there, so that a position in it is one in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# A full stop, the quotation marks that it stands in, and perhaps an agency in brackets.
_END = re.compile(
    r"[.!?\u2026\u3002\uff01\uff1f\u061f\u0964][\"'\u2019\u201d\u00bb\u203a)\]*]{0,8}"
    r"(?:\s\([^()]{2,20}\)\.?|\uff08[^\uff08\uff09]{2,20}\uff09"
    r"|\s?[\u2013\u2014-]{1,2}\s?[A-Z][\w. ]{1,25}|\s[A-Z]\w{1,12}/\w{2,10})?$"
)
_END_LENGTH = 40
_ITEM = re.compile(
    r"(?:[\u2022\u2023\u25e6\u25aa\u25cf\u25a0\u2219*+\-\u2013\u2014]|\d{1,3}[.)])\s"
)

_FIELD = re.compile(r"[^\W\d_][\w-]{0,20}(?: \w{1,12})?:(?:\s|$)")

# Widths at which people and programs break lines; a longer line was not broken.
_NARROWEST, _WIDEST = 45, 100
# One unbroken address in a broken text is no evidence against it.
_STRAY_LONG = 0.1
_MOST = 0.6
_NEARLY_ALL = 0.8
# Lines broken by hand end up to this share of the width early.
_RAGGED = 0.12
_CLEARLY_SHORT = 0.75
_FULL = 0.6
# Fewer full lines than this are chance; where they are ragged, one more.
_FEWEST = 2
# A sentence, not a label: shorter blocks that end in a full stop are too little to tell.
_PROSE_LENGTH = 60
_PROSE_LENGTH_WITHOUT_SPACES = 20
_LONG = 160


def ends_a_sentence(text: str) -> bool:
    """Whether a text ends in a full stop or its like, perhaps inside quotation marks."""
    return _END.search(text[-_END_LENGTH:]) is not None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a line that stands alone. `gap`: a blank line, or the edge, is above it."""

    index: int
    start: int
    end: int
    text: str
    gap: bool
    indent: int = 0
    tabs: int = 0

    @property
    def line(self) -> str:
        """The words as forms are tried on them: single spaces, straight apostrophes."""
        return " ".join(self.text.replace("\u2019", "'").split())

    @property
    def ends_a_sentence(self) -> bool:
        return ends_a_sentence(self.text)

    @property
    def is_prose(self) -> bool:
        """Whether it reads as a paragraph of an article, not as a label or a headline."""
        if len(self.text) >= _LONG:
            return True
        spaced = self.text.count(" ") * 15 >= len(self.text)
        least = _PROSE_LENGTH if spaced else _PROSE_LENGTH_WITHOUT_SPACES
        return len(self.text) >= least and self.ends_a_sentence

    @property
    def is_item(self) -> bool:
        """Whether it begins with a bullet or a number, as the items of lists do."""
        return _ITEM.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    text: str
    gap: bool


@dataclass(frozen=True, slots=True)
class _Wrap:
    """The width at which a text was broken, and how far lines may end before it."""

    width: int
    slack: int

    def filled(self, line: _Line, following: _Line) -> bool:
        """Whether the next word would not have fitted: then the break means nothing."""
        word = following.text.split(maxsplit=1)[0]
        return len(line.text) + 1 + len(word) > self.width - self.slack


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a page in their order."""
    lines = tuple(_lines(text))
    groups = _joined(lines, _wrapping(lines))
    return tuple(
        Block(
            index,
            group[0].start,
            group[-1].end,
            _flat(text, group),
            group[0].gap,
            group[0].indent,
            _tabs(text, group),
        )
        for index, group in enumerate(groups)
    )


def _tabs(text: str, group: list[_Line]) -> int:
    return text.count("\t", group[0].start, group[0].end) if len(group) == 1 else 0


def _flat(text: str, group: list[_Line]) -> str:
    return re.sub(r"[\n\t\u00a0\u202f]", " ", text[group[0].start : group[-1].end])


def _lines(text: str) -> Iterator[_Line]:
    at, gap = 0, True
    for whole in text.split("\n"):
        bare = whole.strip()
        if bare:
            indent = len(whole) - len(whole.lstrip())
            yield _Line(at + indent, at + indent + len(bare), indent, bare, gap)
        gap = not bare
        at += len(whole) + 1


def _wrapping(lines: tuple[_Line, ...]) -> _Wrap | None:
    """How the text was broken, or None when each line stands for itself."""
    touching = [pair for chunk in _chunks(lines) for pair in pairwise(chunk)]
    lengths = [len(a.text) for a, _ in touching if len(a.text) <= _WIDEST]
    if not lengths or len(touching) - len(lengths) > _STRAY_LONG * len(touching):
        return None
    width = max(
        len(line.text)
        for chunk in _chunks(lines)
        for line in chunk
        if len(chunk) > 1 and len(line.text) <= _WIDEST
    )
    # A broken paragraph begins with a full line; headers, addresses and lists do not.
    pairs = [
        pair
        for chunk in _chunks(lines)
        if len(chunk[0].text) >= _FULL * width and not _is_header(chunk)
        for pair in pairwise(chunk)
    ]
    exact, ragged = _Wrap(width, 0), _Wrap(width, int(width * _RAGGED))
    greedy = sum(exact.filled(a, b) for a, b in pairs) >= _NEARLY_ALL * len(pairs)
    wrap = exact if greedy else ragged
    full = [a for a, b in pairs if wrap.filled(a, b)]
    least = _FEWEST if wrap is exact else _FEWEST + 1
    enough = len(full) >= least and len(full) >= _MOST * len(pairs) and width >= _NARROWEST
    mid_sentence = sum(not ends_a_sentence(a.text) for a in full) * 2 >= len(full)
    # Paragraphs on a line each are no text that was broken: short lines touch in them by chance.
    unbroken = sum(len(line.text) > _WIDEST and " " in line.text for line in lines)
    return wrap if enough and mid_sentence and unbroken < len(full) else None


def _joined(lines: tuple[_Line, ...], wrap: _Wrap | None) -> list[list[_Line]]:
    groups: list[list[_Line]] = []
    for chunk in _chunks(lines):
        joined = wrap is not None and _is_broken(chunk, wrap)
        for position, line in enumerate(chunk):
            if position and joined and wrap and _continues(chunk[position - 1], line, wrap):
                groups[-1].append(line)
            else:
                groups.append([line])
    return groups


def _chunks(lines: tuple[_Line, ...]) -> Iterator[list[_Line]]:
    chunk: list[_Line] = []
    for line in lines:
        if line.gap and chunk:
            yield chunk
            chunk = []
        chunk.append(line)
    if chunk:
        yield chunk


def _is_header(chunk: list[_Line]) -> bool:
    """Whether lines are the fields of a letter or a form: their breaks say nothing of the text."""
    fields = sum(_FIELD.match(line.text) is not None for line in chunk)
    return fields >= _FEWEST and fields * 2 >= len(chunk)


def _is_broken(chunk: list[_Line], wrap: _Wrap) -> bool:
    pairs = list(pairwise(chunk))
    return sum(wrap.filled(a, b) for a, b in pairs) >= _MOST * len(pairs)


def _continues(line: _Line, following: _Line, wrap: _Wrap) -> bool:
    """Inside a broken paragraph; indents, items and a short end of a sentence begin a new one."""
    if following.indent > line.indent or _ITEM.match(following.text):
        return False
    short = len(line.text) < wrap.width * _CLEARLY_SHORT
    return not (short and ends_a_sentence(line.text))
