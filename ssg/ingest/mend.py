"""Repairs of a decoded text that remember where each character stood.

Receipts quote the raw text, so every repair keeps the way back: a `Mended` text is a list
of runs, each of which names the stretch of the text before it came from. Two passes: words
garbled by a wrong decoding (ftfy, quotation marks left as they are), then line ends, control
characters, zero-width characters and HTML entities in one sweep.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters at `at` that came from `origin_length` characters at `origin`."""

    at: int
    length: int
    origin: int
    origin_length: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """A repaired text, the text as decoded, and the way back, last repair first."""

    text: str
    original: str
    passes: tuple[tuple[Run, ...], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from `start` to `end` stood before any repair."""
        for runs in self.passes:
            start, end = _before(runs, start, end)
        return start, end


def mend(text: str) -> Mended:
    """`text` as its writer saw it."""
    swept = _edited(_edited(Mended(text, text), _garbled(text)), None)
    return _edited(swept, _quoted(swept.text))


def _edited(mended: Mended, edits: Iterable[Edit] | None) -> Mended:
    """`mended` with one more pass: the edits given, or the sweep over its text."""
    found = list(_sweep(mended.text) if edits is None else edits)
    if not found:
        return mended
    runs, pieces = _apply(mended.text, found)
    return Mended("".join(pieces), mended.original, (tuple(runs), *mended.passes))


def _apply(text: str, edits: list[Edit]) -> tuple[list[Run], list[str]]:
    runs: list[Run] = []
    pieces: list[str] = []
    at = done = 0
    for start, end, new in [*edits, (len(text), len(text), "")]:
        for piece, origin, until, changed in (
            (text[done:start], done, start, False),
            (new, start, end, True),
        ):
            if piece:
                runs.append(Run(at, len(piece), origin, until - origin, changed))
                pieces.append(piece)
                at += len(piece)
        done = end
    return runs, pieces


def _before(runs: tuple[Run, ...], start: int, end: int) -> tuple[int, int]:
    if not runs:
        return 0, 0
    first = runs[max(0, bisect_right(runs, start, key=_at) - 1)]
    last = runs[max(0, bisect_right(runs, max(start, end - 1), key=_at) - 1)]
    begin = first.origin if first.changed else first.origin + start - first.at
    until = last.origin + (last.origin_length if last.changed else end - last.at)
    return begin, until


def _at(run: Run) -> int:
    return run.at


# --- line ends, controls, zero-width characters, entities --------------------------------

# Joiners stay where they shape letters (Hindi, Persian, emoji); the soft hyphen, the
# zero-width space, the word joiner and a stray byte order mark shape nothing. Marks that embed
# or override a direction could make a text read as what it does not say.
_GONE = (
    r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff"
    r"\ufdd0-\ufdef\ufffe\uffff]+"
)
# More than once or twice is damage; a limit keeps a hostile text from costing more.
_MOST_ESCAPES = 4
_SHAPED = r"[^\x00-\u02ff\s]"
_NAMED = r"(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})"
_ODD = re.compile(
    rf"""(?P<line>\r\n?|[\x0b\x0c\x85\u2028\u2029])
      | (?P<gone>{_GONE}|(?m:^)[\u200e\u200f]+|[\u200e\u200f]+(?m:$))
      | (?P<block></?(?:p|div|h[1-6]|li|ul|ol|blockquote|section|table|tr)(?:\s[^<>]{{0,200}})?/?>)
      | (?P<break><br\s?/?>)
      | (?P<tag></?(?:b|i|em|strong|span|a|u|font|small|img|figure|center)(?:\s[^<>]{{0,300}})?/?>)
      | (?P<joiner>(?<!{_SHAPED})[\u200c\u200d]+|[\u200c\u200d]+(?!{_SHAPED}))
      | (?P<entity>&(?:amp;){{0,3}}{_NAMED};)
    """,
    re.VERBOSE,
)


# What each of them begins with: most texts hold none, and one look tells.
_SIGN = re.compile(
    r"[&<\r\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


def _sweep(text: str) -> Iterator[Edit]:
    if not _SIGN.search(text):
        return
    for match in _ODD.finditer(text):
        new = _swept(match.lastgroup or "", match.group())
        if new != match.group():
            yield match.start(), match.end(), new


def _swept(kind: str, found: str) -> str:
    if kind in {"line", "break"}:
        return "\n"
    if kind == "block":
        return "\n\n"
    return _entity(found) if kind == "entity" else ""


def _entity(found: str) -> str:
    """What an entity stands for, also when it was escaped more than once."""
    text = found
    for _ in range(_MOST_ESCAPES):
        text = html.unescape(text)
    # A reference to a control character would bring back what was just removed.
    return "" if _ODD.fullmatch(text) and not text.startswith("&") else text


# --- quotation marks of mail ---------------------------------------------------------------

_QUOTED_LINE = re.compile(r"^[ \t]{0,3}((?:>[ \t]?){1,9})(.*)$", re.MULTILINE)
_FEWEST_QUOTED = 3


def _quoted(text: str) -> Iterator[Edit]:
    """The marks before lines that a mail program quoted: runs of lines that touch."""
    if ">" not in text:
        return
    run: list[re.Match[str]] = []
    touching = 0
    for match in [*_QUOTED_LINE.finditer(text), None]:
        gap = text[run[-1].end() : match.start()] if run and match else ""
        if run and (match is None or gap.strip()):
            if len(run) >= _FEWEST_QUOTED and touching * 2 >= len(run):
                yield from ((m.start(), m.end(1), "") for m in run)
            run, touching = [], 0
        if match:
            touching += bool(run) and gap.count("\n") == 1
            run.append(match)


# --- text that was decoded wrongly somewhere on its way -----------------------------------

# Letters that begin the UTF-8 sequences of common characters when read in an 8-bit code
# page, followed by a character that stands for a continuation byte there. ftfy decides;
# this only tells whether it needs to be asked (importing it costs more than a text).
_SUSPECT = re.compile(
    r"[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    r"\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|\u00c3 "
)
_WORD = re.compile(r"[^ \n\r\t]+|[ \n\r\t]+")


def _garbled(text: str) -> Iterator[Edit]:
    """Line by line, so that one garbled quotation does not put the rest in question."""
    if not _SUSPECT.search(text):
        return
    at = 0
    for line in text.splitlines(keepends=True):
        if _SUSPECT.search(line):
            for start, end, new in _differences(line, _repaired(line)):
                yield at + start, at + end, new
        at += len(line)


def _repaired(line: str) -> str:
    import ftfy

    return ftfy.fix_text(line, _ftfy_config())


@lru_cache(maxsize=1)
def _ftfy_config() -> Any:
    """Only the decoding is put right: the sweep does the rest, and quotes stay curled."""
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        normalization=None,
    )


def _differences(old: str, new: str) -> Iterator[Edit]:
    """The words that changed; when the number of words did, the line as a whole."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) != len(after):
        yield 0, len(old), new
        return
    at = 0
    for was, now in zip(before, after, strict=True):
        if was != now:
            yield at, at + len(was), now
        at += len(was)
