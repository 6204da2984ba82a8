"""The rows of the report: what ours takes beside Hugo, and whether that is good enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.results import HUGO, OURS, Figure, Results
from benchmarks.works import BROADSHEET, COLD, REBUILD
from benchmarks.works import OURS as OUR_WORKS

#: By articles and work: at most this part of Hugo's time for a cold build or any rebuild.
GOALS: Final = {
    (1_000, "cold build"): 0.8,
    (10_000, "cold build"): 0.5,
    (10_000, "cold build with `broadsheet`"): 0.9,
    (10_000, "nothing changed"): 0.015,
    (10_000, "one body edited"): 0.03,
    (10_000, "one article published"): 0.05,
    (10_000, "base template edited"): 0.3,
    (10_000, "stylesheet edited"): 0.3,
    (100_000, "cold build"): 0.5,
}

#: By articles: at most this part of the time in which Hugo's server follows an edit.
FOLLOWING: Final = {10_000: 1 / 3}

#: At 100,000 articles: the part of Hugo's memory, and of our own time a page at 10,000.
_MEMORY: Final = 1 / 3
_PER_PAGE: Final = 1.15


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of work of ours beside what Hugo needs for it."""

    articles: int
    work: str
    ours: Figure
    hugo: Figure | None
    goal: float | None

    @property
    def ratio(self) -> float | None:
        """Our time to Hugo's."""
        return self.ours.wall / self.hugo.wall if self.hugo else None


@dataclass(frozen=True, slots=True)
class Claim:
    """A goal that is no ratio of times: what was found, what was wanted."""

    what: str
    found: str
    goal: str
    met: bool


def rows(results: Results) -> Iterator[Row]:
    """By size, in the order of the works."""
    for size in results.sizes():
        for work in (COLD, BROADSHEET, *OUR_WORKS[1:]):
            ours = results.figure(size, OURS, work.name)
            if ours:
                theirs = COLD if work in {COLD, BROADSHEET} else REBUILD
                hugo = results.figure(size, HUGO, theirs.name)
                yield Row(size, work.name, ours, hugo, GOALS.get((size, work.name)))


def claims(results: Results) -> Iterator[Claim]:
    """Those that this run can tell about."""
    if results.touched:
        counts = results.touched
        yield Claim(
            "outputs that one new article writes",
            ", ".join(f"{count} in an archive of {size:,}" for size, count in counts.items()),
            "the same in each",
            len(set(counts.values())) == 1,
        )
    large = results.build(100_000, OURS)
    hugo = results.build(100_000, HUGO)
    if large and hugo:
        part = large.memory / hugo.memory
        yield Claim(
            "peak memory at 100,000 articles, to Hugo's",
            f"{part:.2f}",
            f"≤ {_MEMORY:.2f}",
            part <= _MEMORY,
        )
    slow, quick = _per_page(results, 100_000), _per_page(results, 10_000)
    if slow and quick:
        yield Claim(
            "time a page at 100,000 articles, to that at 10,000",
            f"{slow / quick:.2f}",
            f"≤ {_PER_PAGE}",
            slow / quick <= _PER_PAGE,
        )


def _per_page(results: Results, size: int) -> float | None:
    cold = results.figure(size, OURS, COLD.name)
    built = results.build(size, OURS)
    return cold.wall / built.files if cold and built else None
