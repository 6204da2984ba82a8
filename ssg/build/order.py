"""The order for a build, and the report of what it did."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from ssg.build.manifest import DEFAULT_OUTPUT, STATE, state_folder
from ssg.faults import Fault
from ssg.model import PUBLISHED, Showing


@dataclass(frozen=True, slots=True)
class Intake:
    """How many raw texts became documents, and what was wrong with the others."""

    ingested: int = 0
    faults: tuple[Fault, ...] = ()


#: Takes in what is new in the inbox.
TakeIn = Callable[[], Intake]

#: Is told how many of how many pages are made.
Progress = Callable[[int, int], None]


#: Is given the bytes of an output that somebody looks at, before all outputs are in place.
Show = Callable[[str, bytes], None]


def in_silence(made: int, of: int) -> None:
    """Shows no progress."""


def to_nobody(path: str, data: bytes) -> None:
    """Shows no output early."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for. `now` is the one instant of the build; `output` None: the usual one.

    `keep_going` keeps the last good state of what is faulty instead of stopping. `first` are the
    outputs that somebody looks at (paths in the output folder): they are made before the others,
    and given to `show`.
    """

    site: Path
    now: datetime
    output: Path | None = None
    showing: Showing = PUBLISHED
    workers: str = "serial"
    adopt: bool = False
    clean: bool = False
    keep_going: bool = False
    take_in: TakeIn | None = None
    progress: Progress = in_silence
    first: frozenset[str] = frozenset()
    show: Show = to_nobody

    @property
    def target(self) -> Path:
        """Where the output goes: what shows drafts or the future is never what is published."""
        if self.output is not None:
            return self.output
        if self.showing != PUBLISHED:
            return self.site / STATE / "preview"
        return self.site / DEFAULT_OUTPUT

    @property
    def state(self) -> Path:
        """Where what is known of the output folder lies."""
        return state_folder(self.site, self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did. `seconds` by stage, with the whole under "total"; `changed` are the
    outputs that have other bytes now or are gone.
    """

    pages: int
    rendered: int = 0
    written: int = 0
    removed: int = 0
    unchanged: int = 0
    ingested: int = 0
    faults: tuple[Fault, ...] = ()
    changed: frozenset[str] = frozenset()
    seconds: Mapping[str, float]


#: The report of a build that could not begin.
NOTHING: Final = Report(pages=0, seconds={"total": 0.0})


@dataclass(slots=True)
class Clock:
    """Seconds since the last lap, by stage."""

    begun: float = field(default_factory=time.perf_counter)
    last: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + now - self.last, 4)
        self.last = now

    def total(self) -> dict[str, float]:
        return {"total": round(time.perf_counter() - self.begun, 4), **self.seconds}
