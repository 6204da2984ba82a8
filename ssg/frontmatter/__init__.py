"""Front matter: the block of YAML at the top of a content file, read strictly, and written.

`plain_values` reads what almost every file holds, without YAML, and says when it is not
certain; `parse` reads all that may stand there and says what is wrong. Where the first gives
values, the second gives the same. YAML is imported when one of `parse`, `place_of` and `dump`
is called, not before: it takes a tenth of what a small build does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssg.faults import Fault, Place
from ssg.frontmatter.block import MAX_CHARACTERS, MAX_DEPTH, Document, body_of
from ssg.frontmatter.plain import plain_values

__all__ = [
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "Document",
    "body_of",
    "dump",
    "parse",
    "place_of",
    "plain_values",
]


def parse(path: str, text: str) -> Document | Fault:
    """The front matter and body of a content file, or what is wrong with the block."""
    from ssg.frontmatter import strict

    return strict.parse(path, text)


def place_of(document: Document, keys: tuple[str | int, ...]) -> Place:
    """Where the value under `keys` stands, as near as the file shows it."""
    from ssg.frontmatter import strict

    return strict.place_of(document, keys)


def dump(values: Mapping[str, Any], body: str) -> str:
    """A content file: the values in their order, then the body."""
    from ssg.frontmatter import strict

    return strict.dump(values, body)
