"""Three-way merges: the changes that two hands made to one text, put together where that is safe.

A merge never decides between two versions of one passage: it reports a `Clash`. Laws, each
held by a property test: an unchanged side gives the other side; equal sides give that side;
changes of different passages are both kept; nothing that either side wrote is lost; what was
merged once may be merged again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

T = TypeVar("T", bound=Hashable)

# Two texts that differ in more passages than this are compared as one passage each: the
# work grows with the product, and nobody merges a thousand changed paragraphs by machine.
MAX_CELLS: Final = 1_000_000

_BLANK_LINES = re.compile(r"(\n(?:[ \t]*\n)+)")


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """`base[start:end]` became `new`."""

    start: int
    end: int
    new: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Clash(Generic[T]):
    """What both sides changed, each in its own way: `mine` and `other` are the two versions."""

    mine: tuple[T, ...]
    other: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Merged(Generic[T]):
    """Both sides' changes together; with clashes it is not to be used."""

    items: tuple[T, ...]
    clashes: tuple[Clash[T], ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the blank lines below it, which do not count when paragraphs compare."""

    text: str
    gap: str = field(default="", compare=False)


def merge_text(base: str, ours: str, theirs: str) -> tuple[str, tuple[Clash[Paragraph], ...]]:
    """Two versions of a Markdown text as one, by paragraphs; ours' blank lines stay."""
    if ours in (base, theirs):
        return theirs, ()
    if theirs == base:
        return ours, ()
    merged = merge(paragraphs(base), paragraphs(ours), paragraphs(theirs))
    end = ours[len(ours.rstrip("\n")) :] or "\n"
    return _joined(merged.items) + end, merged.clashes


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, without the line ends around it."""
    core = text.strip("\n")
    if not core:
        return ()
    pieces = [*_BLANK_LINES.split(core), ""]
    return tuple(map(Paragraph, pieces[::2], pieces[1::2]))


def _joined(items: Sequence[Paragraph]) -> str:
    gapped = (item.text + (item.gap or "\n\n") for item in items[:-1])
    return "".join(gapped) + "".join(item.text for item in items[-1:])


def merge(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> Merged[T]:
    """The changes of `theirs` made to `ours`, where the two leave each other alone."""
    mine, others = changes(base, ours), changes(base, theirs)
    wanted = [change for change in others if change not in mine]
    own = [change for change in mine if change not in others]
    clashes = [Clash(one.new, other.new) for other in wanted for one in own if _meet(one, other)]
    items = _applied(ours, mine, wanted)
    # What both brought, to different places, would stand there twice.
    most = Counter(ours) | Counter(theirs)
    clashes += [Clash((item,), (item,)) for item in Counter(items) - most]
    return Merged(items, tuple(clashes))


def _applied(
    ours: Sequence[T], mine: Sequence[Change[T]], wanted: Sequence[Change[T]]
) -> tuple[T, ...]:
    """`wanted`, which counts in the base, made to `ours`, which `mine` made of the base."""
    items: list[T] = []
    done = moved = 0
    before = iter(mine)
    mark = next(before, None)
    for change in wanted:
        while mark is not None and (mark.start, mark.end) < (change.start, change.end):
            moved += len(mark.new) - (mark.end - mark.start)
            mark = next(before, None)
        items += [*ours[done : change.start + moved], *change.new]
        done = max(done, change.end + moved)
    return (*items, *ours[done:])


def _meet(one: Change[T], other: Change[T]) -> bool:
    """Whether two changes are of one passage: side by side they are not.

    Insertions at one point are, since nothing says which comes first.
    """
    if one.start == one.end == other.start == other.end:
        return True
    return one.start < other.end and other.start < one.end


def changes(base: Sequence[T], side: Sequence[T]) -> list[Change[T]]:
    """What makes `side` of `base`, in order."""
    head = _common(base, side)
    tail = _common(base[head:][::-1], side[head:][::-1])
    old, new = base[head : len(base) - tail], side[head : len(side) - tail]
    found: list[Change[T]] = []
    at, done = 0, 0
    for i, j in [*_matches(old, new), (len(old), len(new))]:
        if at < i or done < j:
            found += _split(Change(head + at, head + i, tuple(new[done:j])))
        at, done = i + 1, j + 1
    return found


def _split(change: Change[T]) -> list[Change[T]]:
    """As many items for as many are changes of one item each: neighbours may then differ."""
    if len(change.new) != change.end - change.start:
        return [change]
    return [Change(i, i + 1, (item,)) for i, item in enumerate(change.new, change.start)]


def _common(one: Sequence[T], other: Sequence[T]) -> int:
    """How many items both begin with."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _matches(old: Sequence[T], new: Sequence[T]) -> list[tuple[int, int]]:
    """Where the longest common subsequence stands in both."""
    if not old or not new or len(old) * len(new) > MAX_CELLS:
        return []
    longest = _lengths(old, new)
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _lengths(old: Sequence[T], new: Sequence[T]) -> list[list[int]]:
    """For each pair of places the length of what is common to both rests."""
    rows = [[0] * (len(new) + 1)]
    for item in reversed(old):
        below = rows[-1]
        row = [0] * (len(new) + 1)
        for j in range(len(new) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if item == new[j] else max(below[j], row[j + 1])
        rows.append(row)
    return rows[::-1]
