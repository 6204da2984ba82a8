"""Prose: what a reader reads of a Markdown text, at the offsets where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ssg.content.facts import without_code

_UNREAD: Final = (
    ("](", re.compile(r"\]\((?:[^()\n]|\([^()\n]*\))*\)")),
    ("][", re.compile(r"\]\[[^\]\n]*\]")),
    ("]:", re.compile(r"^ {0,3}\[[^\]\n]*\]:[^\n]*$", re.MULTILINE)),
    ("<", re.compile(r"<[^<>]*>")),
    ("://", re.compile(r"\b[a-z]+://[^\s<>\"')\]]+", re.IGNORECASE)),
    ("{", re.compile(r"\{:[^}\n]*\}|\{#[^}\n]*\}")),
    ("&", re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.IGNORECASE)),
)
_BREAK = re.compile(r"\n[ \t>]*\n")


def prose_in(body: str) -> str:
    """The body with blanks in place of code, addresses, tags and entities."""
    text = without_code(body) if "`" in body or "~" in body else body
    for sign, pattern in _UNREAD:
        if sign in text:
            text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def paragraphs(prose: str) -> Iterator[tuple[int, str]]:
    """The paragraphs with their offsets."""
    start = 0
    for gap in _BREAK.finditer(prose):
        if not prose[start : gap.start()].isspace():
            yield start, prose[start : gap.start()]
        start = gap.end()
    if prose[start:].strip():
        yield start, prose[start:]
