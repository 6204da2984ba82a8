"""Quotation marks, apostrophes and dashes as a language sets them.

Raw text has them as a keyboard gives them, or after the custom of another country. A mark is
read by where it stands, not by its shape (`“` opens a quotation in English and closes one in
German), and a paragraph whose quotations do not pair is left as it came: half a repair is
worse than none. Addresses and code are never touched, and what is set once stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_SINGLES: Final = "'‘’‚‛‹›"
_MARKS: Final = '"“”„‟«»' + _SINGLES
_SPACES: Final = " \u00a0\u202f"
_BEFORE_OPENING: Final = "([{¿¡/–—-" + _MARKS
_AFTER_CLOSING: Final = ")]},.;:!?…،؛؟/–—-" + _MARKS
_NEVER_FIRST: Final = ")]},.;:!?،؛؟"
_NEVER_LAST: Final = "([{¿¡"
# Scripts that put no space beside a mark, and Arabic's words of one letter.
_UNSPACED: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_PREFIX: Final = re.compile(r"(?<!\w)[وفبلك]\Z")

_LITERAL: Final = r"""(?:https?://|www\.)[^\s"“”„‟«»‘’‹›]+|\S{1,64}@\S+|`[^`]*`"""
# Two strokes of the key for a single mark are a double one.
_MARK: Final = re.compile(rf"{_LITERAL}|(?P<found>''|[{_MARKS}])")
_DASH: Final = re.compile(
    rf"{_LITERAL}|(?P<found>(?<=[^{_SPACES}])[{_SPACES}]+(?:-{{1,3}}|[–—])[{_SPACES}]+(?=[^{_SPACES}])"
    r"|(?<=\w)--(?=\w))"
)
_WORD: Final = re.compile(r"\w+")
_LONGEST_CLIPPED: Final = 20
# Deeper than anybody quotes.
_DEEPEST: Final = 8


@dataclass(frozen=True, slots=True)
class Typography:
    """The custom of a language: the marks of a quotation and of one inside it, what stands
    between an outer mark and its words, the dash with its spaces ("" leaves dashes alone),
    the words that begin with an apostrophe ('tis) and those that end with one (un po').
    """

    outer: tuple[str, str]
    inner: tuple[str, str]
    space: str = ""
    dash: str = ""
    elisions: frozenset[str] = frozenset()
    clipped: frozenset[str] = frozenset()


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


class _Mark(NamedTuple):
    """A mark of a text, and what it can do there."""

    start: int
    end: int
    single: bool
    opens: bool
    closes: bool


class _Quotation(NamedTuple):
    """A quotation that was opened, and whether it gets the marks of one inside another."""

    mark: _Mark
    inner: bool


@dataclass(slots=True)
class _Reading:
    """What the marks of a paragraph were read as so far."""

    text: str
    open_now: list[_Quotation] = field(default_factory=list)
    pairs: list[tuple[_Quotation, _Mark | None]] = field(default_factory=list)
    apostrophes: list[_Mark] = field(default_factory=list)
    is_whole: bool = True

    def open_like(self, mark: _Mark) -> int:
        """How many quotations are open that such a mark can close."""
        return sum(quotation.mark.single == mark.single for quotation in self.open_now)

    def open(self, mark: _Mark, custom: Typography) -> None:
        """Quotations inside each other alternate; the outermost keeps to single marks only
        where those are marks of the language.
        """
        if self.open_now:
            inner = not self.open_now[-1].inner
        else:
            inner = mark.single and custom.inner[0] in _SINGLES
        self.open_now.append(_Quotation(mark, inner))

    def close(self, mark: _Mark) -> None:
        """Ends the innermost quotation with such a mark; what else was opened in it is none."""
        while self.open_now[-1].mark.single != mark.single:
            self.drop()
        quotation = self.open_now.pop()
        is_empty = _word_begins(self.text, quotation.mark.end) >= mark.start
        self.is_whole = self.is_whole and not is_empty
        self.pairs.append((quotation, mark))

    def drop(self) -> None:
        """The innermost quotation does not end. It was an apostrophe, or it goes on in the next
        paragraph; if neither can be, nothing here is sure.
        """
        quotation = self.open_now.pop()
        if quotation.mark.single:
            self.apostrophes.append(quotation.mark)
        elif quotation.mark.start == 0:
            self.pairs.append((quotation, None))
        else:
            self.is_whole = False


def typeset(text: str, custom: Typography | None) -> str:
    """A paragraph or a headline with its marks as the custom wants them."""
    if custom is None:
        return text
    quoted = _edited(text, _marks_set(text, custom))
    return _edited(quoted, _dashes_set(quoted, custom.dash))


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(edits):
        parts += text[done:start], new
        done = end
    return "".join((*parts, text[done:]))


def _outside_literals(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return (match for match in pattern.finditer(text) if match["found"])


def _dashes_set(text: str, dash: str) -> Iterator[_Edit]:
    """Dashes between words; a hyphen between figures is a sum, a score or a span of time."""
    for match in _outside_literals(_DASH, text) if dash else ():
        start, end = match.span()
        if not (text[start - 1].isdigit() and text[end].isdigit()):
            yield _Edit(start, end, dash)


def _marks_set(text: str, custom: Typography) -> Iterator[_Edit]:
    """What becomes of the marks; of the apostrophes alone if the others do not pair."""
    reading = _read(text, custom)
    yield from (_Edit(mark.start, mark.end, "’") for mark in reading.apostrophes)
    for quotation, closing in reading.pairs if reading.is_whole else ():
        marks, space = (custom.inner, "") if quotation.inner else (custom.outer, custom.space)
        yield _Edit(quotation.mark.start, _word_begins(text, quotation.mark.end), marks[0] + space)
        if closing:
            yield _Edit(_word_ends(text, closing.start), closing.end, space + marks[1])


def _word_begins(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACES:
        at += 1
    return at


def _word_ends(text: str, at: int) -> int:
    while at and text[at - 1] in _SPACES:
        at -= 1
    return at


def _read(text: str, custom: Typography) -> _Reading:
    reading = _Reading(text)
    for match in _outside_literals(_MARK, text):
        mark = _mark(text, *match.span())
        is_open = reading.open_like(mark)
        if _is_measure(text, mark) and not is_open:
            continue
        if mark.single and _is_apostrophe(text, mark, custom, is_open):
            reading.apostrophes.append(mark)
        elif mark.closes and is_open:
            reading.close(mark)
        elif mark.opens and len(reading.open_now) < _DEEPEST:
            reading.open(mark, custom)
        else:
            reading.is_whole = False
    while reading.open_now:
        reading.drop()
    return reading


def _mark(text: str, start: int, end: int) -> _Mark:
    """A mark opens before a word and closes after one; guillemets may have spaces inside."""
    shape, before, after = text[start:end], text[max(0, start - 1) : start], text[end : end + 1]
    parted = before in _SPACES and after in _SPACES
    opens = (
        before in _SPACES
        or before in _BEFORE_OPENING
        or _UNSPACED.match(before) is not None
        or _PREFIX.search(text[max(0, start - 2) : start]) is not None
    ) and after not in _SPACES + _NEVER_FIRST
    closes = before not in _SPACES + _NEVER_LAST and (
        after in _SPACES or after in _AFTER_CLOSING or _UNSPACED.match(after) is not None
    )
    if shape in "«‹" and not closes and parted:
        opens = True
    if shape in "»›" and before and before in _SPACES and (parted or after in _AFTER_CLOSING):
        closes = True
    return _Mark(start, end, shape in _SINGLES, opens, closes)


def _is_closing_single(text: str, match: re.Match[str]) -> bool:
    mark = _mark(text, *match.span())
    return mark.single and mark.closes


def _is_measure(text: str, mark: _Mark) -> bool:
    """Feet, inches, minutes: a stroke after a figure."""
    straight = text[mark.start] in "'\""
    after = text[mark.end : mark.end + 1]
    return straight and text[max(0, mark.start - 1)].isdigit() and not after.isalpha()


def _is_apostrophe(text: str, mark: _Mark, custom: Typography, is_open: int) -> bool:
    """Between letters, after a word that nothing quotes, or where a word has lost letters.
    `is_open` says how many quotations the mark could close.
    """
    if text[mark.start] not in "'’‘":
        return False
    if mark.opens:
        word = _WORD.match(text, mark.end) if text[mark.start] != "‘" else None
        return word is not None and (word[0][0].isdigit() or word[0].lower() in custom.elisions)
    if mark.closes:
        following = _MARK.match(text, mark.end)
        if is_open == 1 and following and _is_closing_single(text, following):
            return True  # it is the next one that closes
        words = _WORD.findall(text[max(0, mark.start - _LONGEST_CLIPPED) : mark.start])
        return not is_open or (bool(words) and words[-1].lower() in custom.clipped)
    return text[max(0, mark.start - 1)].isalnum()
