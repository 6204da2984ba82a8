"""A block of front matter as a list of entries, without losing a character.

An entry is a key at the margin with its lines and the comments above it, so that one can
be exchanged while its neighbours keep the form, the comments and the order a person gave
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_BOUNDARY = re.compile(r"^-{3}[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"#[^\n]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value as written, and the comments and blank lines above it."""

    key: str
    above: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """The entries of a block in their order, and what stands below the last."""

    entries: tuple[Entry, ...]
    tail: str = ""

    def __str__(self) -> str:
        return "".join(entry.above + entry.text for entry in self.entries) + self.tail


@dataclass(frozen=True, slots=True)
class Parts:
    """A content file taken apart: `opening + block + closing + body` is the file."""

    opening: str
    block: str
    closing: str
    body: str


def take_apart(text: str) -> Parts:
    """The parts of a content file that `ssg.frontmatter.parse` accepts."""
    first = _BOUNDARY.match(text)
    last = first and _BOUNDARY.search(text, first.end())
    if first is None or last is None:
        raise ValueError(text[:40])
    begin = first.end() + 1
    body = text[last.end() :].lstrip("\n")
    return Parts(
        text[:begin], text[begin : last.start()], text[last.start() : -len(body) or None], body
    )


def read_block(block: str) -> Block | None:
    """The entries of a valid block; None where keys do not begin lines, as in `{a: 1, b: 2}`."""
    node = yaml.compose(block, yaml.SafeLoader)
    keys = [key for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    starts = [key.start_mark.line for key in keys]
    if any(key.start_mark.column for key in keys) or len(set(starts)) < len(starts):
        return None
    lines = block.splitlines(keepends=True)
    ends = [_end_of_entry(lines, end) for end in [*starts[1:], len(lines)]]
    begins = [0, *ends[:-1]]
    entries = tuple(
        Entry(str(key.value), "".join(lines[begin:start]), "".join(lines[start:end]))
        for key, begin, start, end in zip(keys, begins, starts, ends, strict=True)
    )
    return Block(entries, "".join(lines[ends[-1] if ends else 0 :]))


def _end_of_entry(lines: list[str], end: int) -> int:
    """Where an entry ends whose successor's key is on line `end`: above that one's comments."""
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def comments_in(entry: Entry) -> Iterator[str]:
    """The comments beside and between the lines of an entry's value."""
    done = 0
    for token in yaml.scan(entry.text, yaml.SafeLoader):
        yield from _COMMENT.findall(entry.text[done : token.start_mark.index])
        done = max(done, token.end_mark.index)
