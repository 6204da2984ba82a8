"""Going on building: what `serve` and `watch` share, and the lines they print."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ssg.cli.show import show_faults

if TYPE_CHECKING:
    from ssg.build import Order
    from ssg.serve.builds import Builds
    from ssg.serve.outcome import Outcome

#: The listening socket that a process leaves to the one that takes its place.
LISTENING: Final = "SSG_LISTENING"

_NAMED: Final = 3


def order_at(
    site: Path,
    fixed: datetime | None,
    *,
    drafts: bool,
    future: bool,
) -> Callable[[datetime], Order]:
    """Gives the order of each build: for its own instant, unless one was `fixed`."""
    from ssg.build import Intake, Order
    from ssg.build.execute import one_a_core
    from ssg.model import Showing

    workers, showing = one_a_core(), Showing(drafts=drafts, future=future)

    def order(at: datetime) -> Order:
        now = fixed or at

        def take_in() -> Intake:
            from ssg.cli.inbox import empty_inbox

            return empty_inbox(site, now, workers, quiet=False)

        return Order(site=site, now=now, showing=showing, workers=workers, take_in=take_in)

    return order


def follow(
    builds: Builds, site: Path, target: Path, *, poll: bool, tell: Callable[[Outcome], None]
) -> None:
    """Builds whenever something has changed, until Ctrl-C. Raises `CodeChanged`."""
    from ssg.serve.watching import Watcher

    def said(sentence: str) -> None:
        click.echo(sentence, err=True)

    with Watcher(site, target=target, said=said, poll=poll) as watcher:
        for outcome in builds.follow(watcher):
            show_outcome(outcome)
            tell(outcome)


def show_outcome(outcome: Outcome) -> None:
    """One calm line; what is wrong in full."""
    show_faults(outcome.faults)
    click.echo(sentence(outcome), err=not outcome.is_green)


def sentence(outcome: Outcome) -> str:
    """When, what had changed, and what was made of it."""
    when = f"{outcome.at.astimezone():%H:%M:%S}  {_cause(outcome.cause)}"
    if not outcome.is_green:
        return f"{when}: not built, the pages stay as they last were"
    pages = f"{outcome.rendered} page{'' if outcome.rendered == 1 else 's'} made"
    return f"{when}: {pages}, {len(outcome.changed)} changed, {outcome.seconds * 1000:.0f} ms"


def _cause(cause: tuple[str, ...]) -> str:
    if not cause:
        return "all"
    if len(cause) <= _NAMED:
        return ", ".join(cause)
    return f"{cause[0]} and {len(cause) - 1} more"


def start_anew(listening: int | None = None) -> None:
    """Puts a new process in the place of this one: Python cannot unlearn code."""
    click.echo("the code has changed: starting anew", err=True)
    sys.stdout.flush()
    sys.stderr.flush()
    if listening is not None:
        os.set_inheritable(listening, True)  # noqa: FBT003 - there is no name for it
        os.environ[LISTENING] = str(listening)
    command = [sys.executable, *sys.orig_argv[1:]]
    os.execv(sys.executable, command)  # noqa: S606 - this very program, with its own arguments
