"""What a run of the benchmarks found, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Final

OURS: Final = "ssg"
HUGO: Final = "hugo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A program's runs of one kind of work on a site of so many articles; seconds each.

    `foreign` is the part of the machine that others used; `written` counts our outputs.
    """

    articles: int
    program: str
    work: str
    walls: tuple[float, ...]
    cpus: tuple[float, ...]
    foreign: tuple[float, ...] = ()
    written: tuple[int, ...] = ()

    @property
    def wall(self) -> float:
        """The median of the seconds."""
        return median(self.walls)

    @property
    def cpu(self) -> float:
        """The median of the processor's seconds."""
        return median(self.cpus)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a cold build leaves and takes: files, their bytes, peak memory in bytes."""

    articles: int
    program: str
    files: int
    bytes: int
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where it was measured; memory in bytes."""

    processor: str
    cores: int
    memory: int
    system: str
    python: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """How long after an edit a program's server has followed; seconds each.

    `where` is where all pages of the edit are new then: on the `disk`, or in a `browser` that
    asks for them over and over.
    """

    articles: int
    program: str
    edit: str
    where: str
    walls: tuple[float, ...]

    @property
    def wall(self) -> float:
        """The median of the seconds."""
        return median(self.walls)


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """One run of the measuring of servers; `foreign` is the part of the machine others used."""

    machine: Machine
    command: str
    versions: dict[str, str]
    missing: tuple[str, ...]
    foreign: float
    figures: tuple[Followed, ...]

    def figure(self, followed: Followed, program: str) -> Followed | None:
        """What another program took for the same."""
        wanted = (followed.articles, program, followed.edit, followed.where)
        for found in self.figures:
            if (found.articles, found.program, found.edit, found.where) == wanted:
                return found
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One run of the suite; `touched` says what one new article writes, by archive size.

    `serving` is of a run of its own, if there was one.
    """

    machine: Machine
    command: str
    titles: dict[str, str]
    versions: dict[str, str]
    missing: tuple[str, ...]
    figures: tuple[Figure, ...]
    built: tuple[Built, ...]
    touched: dict[int, int]
    serving: Serving | None = None

    def figure(self, articles: int, program: str, work: str) -> Figure | None:
        """The one of that kind, if it was measured."""
        for found in self.figures:
            if (found.articles, found.program, found.work) == (articles, program, work):
                return found
        return None

    def build(self, articles: int, program: str) -> Built | None:
        """The cold build of that program, if it was measured."""
        for found in self.built:
            if (found.articles, found.program) == (articles, program):
                return found
        return None

    def sizes(self) -> tuple[int, ...]:
        """The numbers of articles, ascending."""
        return tuple(sorted({figure.articles for figure in self.figures}))
