"""The order for a deploy, and the report of what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from ssg.config import Config, Destination
from ssg.deploy.guards import Allowed
from ssg.deploy.plan import Plan
from ssg.deploy.verify import WAITS
from ssg.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a person is asked to agree to: the plan, and what is to be known before."""

    shown: str
    plan: Plan
    can_switch: bool
    can_roll_back: bool
    faults: tuple[Fault, ...] = ()


#: Says whether to go on.
Confirm = Callable[[Proposal], bool]

#: Is told how many of how many files have arrived.
Progress = Callable[[int, int], None]


#: The code of what is asked about: guesses that nobody has settled.
UNSETTLED: Final = "W854"


def without_asking(proposal: Proposal) -> bool:
    """Agrees to everything that no guard stops."""
    del proposal
    return True


def in_silence(sent: int, of: int) -> None:
    """Shows no progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for. `now` is the instant of the release, `waits` the
    seconds between one look at what readers get and the next.
    """

    site: Path
    destination: Destination
    config: Config
    now: datetime
    allowed: Allowed = field(default_factory=Allowed)
    adopt: bool = False
    allow_quarantined: bool = False
    break_lock: bool = False
    dry_run: bool = False
    confirm: Confirm = without_asking
    progress: Progress = in_silence
    waits: tuple[float, ...] = WAITS

    @property
    def address(self) -> str:
        """Where readers fetch what is published."""
        return self.destination.address or self.config.base_url

    @property
    def is_rehearsal(self) -> bool:
        """Whether it is published elsewhere than where the paper is."""
        return self.address != self.config.base_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a deploy did. `release` is what is live now, `done` whether anything was sent."""

    shown: str
    plan: Plan
    release: str | None = None
    done: bool = False
    faults: tuple[Fault, ...] = ()
