"""Reading raw texts, here or on several processors: a pure worker, and results put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from ssg.ingest import Harvest, Options, ingest

#: The place of a raw text in its run, its path, and its bytes.
Text: TypeAlias = tuple[int, str, bytes]
Read: TypeAlias = tuple[int, Harvest]

#: Who reads: gives the results of `read_text` for all texts, in any order.
Readers: TypeAlias = Callable[[Sequence[Text], Options], Iterable[Read]]


def read_text(text: Text, options: Options) -> Read:
    """What a raw text holds, with its place."""
    place, path, data = text
    return place, ingest(data, path, options)


def harvests(
    texts: Sequence[tuple[str, bytes]], options: Options, readers: Readers | None = None
) -> Iterator[Harvest]:
    """What so many raw texts hold, in their order, as soon as those before it are read."""
    placed = [(place, path, data) for place, (path, data) in enumerate(texts)]
    read = readers(placed, options) if readers else (read_text(text, options) for text in placed)
    waiting: dict[int, Harvest] = {}
    wanted = 0
    for place, harvest in read:
        waiting[place] = harvest
        while wanted in waiting:
            yield waiting.pop(wanted)
            wanted += 1
