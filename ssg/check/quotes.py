"""The quote check: every direct quotation in an article made of a raw text, held against that
text.

Typography is not a change: which marks are used, dashes, dots, blanks, entities and where a line
ends. What was left out and marked so (… or […]) is not a change either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from html import unescape
from typing import Final
from unicodedata import normalize

from ssg.check.marks import Quotation, quotations
from ssg.check.material import Written
from ssg.faults import Fault
from ssg.model import Article

#: How alike two versions of a quotation are, at least; below, they are two quotations.
ALIKE: Final = 0.6

#: A quotation of fewer words, or signs of a script without blanks, is a name or a term.
_WORDS: Final = 3
_SIGNS: Final = 6

_SHOWN: Final = 120
_OMISSION = re.compile(r"\[[^\[\]]{0,200}\]|…|\.\s?\.\s?\.")
_MARKS = re.compile(r"[\u2060\"'`´«»‹›„“”‚‘’「」『』＂＇*_\\]")
_DASHES = re.compile(r" ?(?:[‐‑‒–—―−]|--+| - ) ?")
_BROKEN = re.compile(r"(?<=\w)-[ \t]*\n[ \t]*(?=\w)")
_BLANKS = re.compile(r"[\s\u00a0\u200b\u202f\u00ad]+")
_EDGES: Final = " .,;:!?…。，、！？"


def changed(
    articles: Iterable[tuple[Article, Written]], raws: Mapping[str, str]
) -> Iterator[Fault]:
    """The quotations that are other than in the raw text, and those that it does not have.

    `raws` has the raw texts by name.
    """
    for article, written in articles:
        raw = raws.get(article.ingested.raw) if article.ingested else None
        if raw is not None:
            yield from _held_against(raw, article, written)


def _held_against(raw: str, article: Article, written: Written) -> Iterator[Fault]:
    name = article.ingested.raw if article.ingested else ""
    said = (plain(raw), plain(_BROKEN.sub("", raw)), plain(_BROKEN.sub("-", raw)))
    known: list[str] | None = None
    for quotation in quotations(written.prose):
        if not _is_speech(quotation.words) or _is_said(quotation.words, said):
            continue
        known = _known(raw) if known is None else known
        place = written.place(quotation.start, quotation.end - quotation.start)
        if first := _nearest(quotation.words, known):
            message = f"the quotation reads “{_short(quotation.words)}”"
            hint = f"content/inbox/{name} has “{_short(first)}”"
            yield Fault("W914", message, place, hint)
        else:
            message = f"content/inbox/{name} does not have this quotation"
            hint = "name its source, if it came from elsewhere"
            yield Fault("N906", message, place, hint)


def plain(text: str) -> str:
    """A text without what typography may change in it."""
    flat = _MARKS.sub("", unescape(normalize("NFKC", text)))
    return _BLANKS.sub(" ", _DASHES.sub(" - ", _BLANKS.sub(" ", flat))).casefold()


def _is_speech(words: str) -> bool:
    return len(words.split()) >= _WORDS or (
        not words.isascii() and len(_BLANKS.sub("", words)) >= _SIGNS and " " not in words
    )


def _is_said(words: str, said: tuple[str, ...]) -> bool:
    """Whether a raw text has these words, in this order where some were left out."""
    parts = [part for text in _OMISSION.split(words) if (part := plain(text).strip(_EDGES))]
    return any(_in_order(parts, text) for text in said)


def _in_order(parts: list[str], text: str) -> bool:
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _known(raw: str) -> list[str]:
    """What may have been quoted: the quotations in a raw text, and each of their sentences."""
    whole = [_BLANKS.sub(" ", quotation.words).strip() for quotation in _of(raw)]
    sentences = [part for text in whole for part in re.split(r"(?<=[.!?。！？])\s*", text) if part]
    return list(dict.fromkeys((*whole, *sentences)))


def _of(raw: str) -> Iterator[Quotation]:
    plain_marks = unescape(raw).replace("``", '"').replace("''", '"')
    yield from quotations(plain_marks.replace("\r\n", "\n"))


def _nearest(words: str, known: list[str]) -> str | None:
    """The quotation in a raw text that these words were, if one is near."""
    ours = _tokens(words)
    rated = [(_ratio(ours, _tokens(other)), other) for other in known]
    best, other = max(rated, default=(0.0, ""))
    return other if best >= ALIKE else None


def _ratio(these: list[str], those: list[str]) -> float:
    matcher = SequenceMatcher(None, these, those, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0.0


def _tokens(words: str) -> list[str]:
    flat = plain(words).strip(_EDGES)
    return re.findall(r"\w+", flat) if " " in flat else list(flat)


def _short(words: str) -> str:
    line = _BLANKS.sub(" ", words).strip()
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"
