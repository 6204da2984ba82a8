"""The block itself: where front matter begins and ends in a file, and what it may weigh."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

# A YAML block can name one node a million times over; no front matter is this long.
MAX_CHARACTERS: Final = 64 * 1024

# Deeper values exhaust the stack of the C parser, which ends the process.
MAX_DEPTH: Final = 64

BOUNDARY: Final = re.compile(r"^-{3}[ \t]*$", re.MULTILINE)


class NoBlock(Exception):  # noqa: N818
    """There is no front matter."""


class Unclosed(Exception):  # noqa: N818
    """Front matter begins and never ends."""


class TooLarge(Exception):  # noqa: N818
    """The block is longer than `MAX_CHARACTERS`."""


@dataclass(frozen=True, slots=True)
class Document:
    """A content file taken apart: the values, the text below, and the line it begins on."""

    path: str
    text: str
    values: Mapping[str, Any]
    body: str
    body_line: int


def split(text: str) -> tuple[str, str]:
    """The block between the rules, and all that follows. Raises what is defined here."""
    first = BOUNDARY.match(text)
    if first is None:
        raise NoBlock
    last = BOUNDARY.search(text, first.end())
    if last is None:
        raise Unclosed
    if last.start() - first.end() > MAX_CHARACTERS:
        raise TooLarge
    return text[first.end() : last.start()], text[last.end() :]


def body_of(text: str) -> str:
    """The body of a content file that `parse` accepts, without reading its keys."""
    return split(text)[1].lstrip("\n")


def line_of_body(text: str, body: str) -> int:
    """The line of the file on which its body begins, counted from 1."""
    return text.count("\n", 0, len(text) - len(body)) + 1
