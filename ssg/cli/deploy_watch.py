"""`ssg deploy --watch`: on a machine that publishes at the embargo's minute.

It builds when the next instant has come at which the same files make another site, and every now
and then for what was changed in them; what differs is published. A host that cannot be reached is
tried again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ssg.cli.guard import refused
from ssg.cli.show import exit_status, show_faults
from ssg.faults import Fault, Halt, errors

if TYPE_CHECKING:
    from ssg.deploy import Report

#: Seconds until files are looked at again, and the longest wait for a host.
LOOK: Final = 20.0
LONGEST: Final = 300.0

_FAR_END: Final = 3


def watch(site: Path, publish: Callable[[], Report]) -> None:
    """Builds and publishes, until Ctrl-C."""
    turns = Turns(site, publish)
    click.echo(f"publishing {site} whenever something is due, until Ctrl-C")
    try:
        while True:
            turns.take()
            time.sleep(pause(datetime.now(UTC).timestamp(), turns.until, turns.failed))
    except KeyboardInterrupt:
        return


def pause(now: float, until: float | None, failed: int) -> float:
    """Seconds to wait: until the next instant, but look in between; longer and longer for a host
    that failed so many times.
    """
    longest = min(2.0 ** min(failed, 20), LONGEST) if failed else LOOK
    return longest if until is None else min(longest, max(0.0, until - now))


@dataclass(slots=True)
class Turns:
    """One build and, where it made another site, one deploy at a time.

    `settled` is the build that needs no deploy any more: it is live, or was stopped for a reason
    that only another build can mend. `failed` is how often the host has failed since.
    """

    site: Path
    publish: Callable[[], Report]
    until: float | None = None
    failed: int = 0
    settled: object = None
    told: tuple[Fault, ...] = ()

    def take(self) -> None:
        """One turn. Whatever goes wrong is told, once."""
        try:
            built = self._build()
            if built != self.settled:
                self._deploy(built)
        except Halt as halt:
            self._tell(halt.faults)
        except OSError as error:
            self.failed += 1
            self._tell((refused(error),))

    def _build(self) -> object:
        """Builds. Gives what stands for the build in this process."""
        from ssg.build import Order, build
        from ssg.build.execute import one_a_core
        from ssg.build.manifest import NAME
        from ssg.build.standing import identity, read_mark
        from ssg.build.store import opened

        self.until = None
        order = Order(site=self.site, now=datetime.now(UTC), workers=one_a_core())
        report = build(order)
        if errors(report.faults):
            raise Halt(report.faults)
        with opened(order.state) as store:
            mark = read_mark(store)
        self.until = mark.until if mark else None
        return identity(order.state / NAME)

    def _deploy(self, built: object) -> None:
        try:
            report = self.publish()
        except Halt as halt:
            if exit_status(halt.faults) == _FAR_END:
                self.failed += 1
            else:
                self.settled = built
            raise
        self.settled, self.failed, self.told = built, 0, ()
        show_faults(report.faults)
        if report.done:
            click.echo(f"{datetime.now().astimezone():%H:%M:%S}  live: {report.release}")

    def _tell(self, faults: tuple[Fault, ...]) -> None:
        if faults != self.told:
            show_faults(faults)
        self.told = faults
