"""Prose: what a reader reads of a Markdown text, at the offsets where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from typing import Final

from ssg.content.facts import without_code

#: Stands for what is read as a whole: code, an address.
SOMETHING: Final = "\ufffc"
#: Follows a sign that is written by its name (`&amp;`), and is no sign itself: a word joiner.
NOTHING: Final = "\u2060"

_UNREAD: Final = (
    ("](", re.compile(r"\]\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)"), " "),
    ("][", re.compile(r"\]\[[^\]\n]*\]"), " "),
    ("]:", re.compile(r"^ {0,3}\[[^\]\n]*\]:[^\n]*$", re.MULTILINE), " "),
    ("<", re.compile(r"<[^<>]*>"), " "),
    ("://", re.compile(r"\b[a-z]+://[^\s<>\"')\]]+", re.IGNORECASE), SOMETHING),
    ("{", re.compile(r"\{:[^}\n]*\}|\{#[^}\n]*\}"), " "),
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]+\d*);", re.IGNORECASE)
_BREAK = re.compile(r"\n[ \t>]*\n|\n(?=[ \t>]*(?:[-*+]|\d+[.)])[ \t])")


def prose_in(body: str) -> str:
    """The body without code, addresses and tags, of the same length."""
    text = _code_as_something(body) if "`" in body or "~" in body else body
    for sign, pattern, instead in _UNREAD:
        if sign in text:
            text = pattern.sub(partial(_put, instead), text)
    return _ENTITY.sub(_sign, text) if "&" in text else text


def _code_as_something(body: str) -> str:
    plain = without_code(body)
    return "".join(new if old == new else SOMETHING for old, new in zip(body, plain, strict=True))


def _sign(match: re.Match[str]) -> str:
    """The sign that an entity stands for, as long as the entity."""
    sign = unescape(match[0])
    return sign.replace("\n", " ").ljust(len(match[0]), NOTHING)[: len(match[0])]


def _put(instead: str, match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", instead, match[0])


def paragraphs(prose: str) -> Iterator[tuple[int, str]]:
    """The paragraphs, and the items of lists, with their offsets."""
    start = 0
    for gap in _BREAK.finditer(prose):
        if not prose[start : gap.start()].isspace():
            yield start, prose[start : gap.start()]
        start = gap.end()
    if prose[start:].strip():
        yield start, prose[start:]
