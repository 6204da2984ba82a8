"""The order for a deploy, and the report of what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ssg.config import Destination
from ssg.deploy.guards import Allowed
from ssg.deploy.plan import Plan
from ssg.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a person is asked to agree to: the plan, and what is to be known before."""

    shown: str
    plan: Plan
    faults: tuple[Fault, ...] = ()


#: Says whether to go on.
Confirm = Callable[[Proposal], bool]

#: Is told how many of how many files have arrived.
Progress = Callable[[int, int], None]


def without_asking(proposal: Proposal) -> bool:
    """Agrees to everything that no guard stops."""
    return proposal.shown != ""


def in_silence(sent: int, of: int) -> None:
    """Shows no progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for. `now` is the instant of the release, `base_url` that of the site."""

    site: Path
    destination: Destination
    base_url: str
    now: datetime
    allowed: Allowed = field(default_factory=Allowed)
    adopt: bool = False
    allow_quarantined: bool = False
    require_settled: bool = False
    break_lock: bool = False
    dry_run: bool = False
    confirm: Confirm = without_asking
    progress: Progress = in_silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a deploy did. `release` is what is live now, `done` whether anything was sent."""

    shown: str
    plan: Plan
    release: str | None = None
    done: bool = False
    faults: tuple[Fault, ...] = ()
