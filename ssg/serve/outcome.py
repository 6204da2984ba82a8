"""The outcome of a build: what the preview, the desk's page and the terminal are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ssg.faults import Fault, errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One build of a process that goes on building. `number` counts them from 1.

    `cause` are the files that had changed (paths from the site's folder; empty at the start),
    or one sentence where it was no file. `changed` are the outputs that have other bytes now or
    are gone (paths in the output folder), `rendered` is how many pages were made, `pages` how
    many the site has, `seconds` how long it took. With errors among its `faults` a build has
    left the output as it was.
    """

    number: int
    at: datetime
    cause: tuple[str, ...] = ()
    changed: frozenset[str] = frozenset()
    rendered: int = 0
    pages: int = 0
    ingested: int = 0
    seconds: float = 0.0
    faults: tuple[Fault, ...] = ()

    @property
    def is_green(self) -> bool:
        """Whether the output shows what the files say."""
        return not any(errors(self.faults))


#: How many outcomes are kept for people to look back at.
KEPT: Final = 20
