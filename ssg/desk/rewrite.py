"""A block of front matter with other values for some of its keys.

All other entries keep the form, the comments and the order a person gave them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from ssg.desk.blocks import Block, Entry, comments_in, read_block, take_apart
from ssg.frontmatter import dump


class _Absent:
    """The value of a key that is not there, which only it equals."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT: Final = _Absent()


def rewritten(block: str, wanted: Mapping[str, Any], order: Sequence[str]) -> str | None:
    """A valid block with the values `wanted`; those that are `ABSENT` go.

    A new key takes its place behind the one that precedes it in `order`. None where keys do
    not begin lines, as in `{a: 1, b: 2}`: such a block only a person can change.
    """
    entries = read_block(block)
    if entries is None:
        return None
    texts = {key: _written(key, value) for key, value in wanted.items()}
    return str(_inserted(_exchanged(entries, texts), texts, order))


def _written(key: str, value: object) -> str:
    """An entry's lines; none for a value that is to go."""
    return "" if value is ABSENT else take_apart(dump({key: value}, "")).block


def _exchanged(block: Block, texts: Mapping[str, str]) -> Block:
    """The block with new lines for some keys; a comment outlives the line it stood on."""
    entries: list[Entry] = []
    above = ""
    for entry in block.entries:
        text = texts.get(entry.key, entry.text)
        above += entry.above
        if entry.key in texts:
            above += "".join(f"{comment}\n" for comment in comments_in(entry))
        if text:
            entries.append(Entry(entry.key, above, text))
            above = ""
    return Block(tuple(entries), above + block.tail)


def _inserted(block: Block, texts: Mapping[str, str], order: Sequence[str]) -> Block:
    """The block with the entries it lacks, each behind the one that precedes it in `order`."""
    entries = list(block.entries)
    for at, key in enumerate(order):
        keys = [entry.key for entry in entries]
        if texts.get(key) and key not in keys:
            place = max((keys.index(known) + 1 for known in order[:at] if known in keys), default=0)
            entries.insert(place, Entry(key, "", texts[key]))
    return replace(block, entries=tuple(entries))
