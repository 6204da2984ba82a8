"""The build: a site's folder and one instant in, an output folder that shows them out.

This is the door: it takes the lock, looks whether there is anything to do, and loads what
does it only then.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ssg.build.order import Clock, Intake, Order, Report
from ssg.build.scan import Scan, scan
from ssg.build.standing import (
    INBOX_MARK,
    as_it_stands,
    inbox_is_done,
    inbox_mark,
    read_mark,
    standing,
)
from ssg.build.store import Store, opened
from ssg.build.target import refuse_swallowing
from ssg.build.write import sweep
from ssg.faults import Halt


def build(order: Order) -> Report:
    """Brings the output folder to what the site's files say. Raises `Halt` with every fault.

    Until everything is rendered nothing in the output folder is touched.
    """
    clock = Clock()
    refuse_swallowing(order.site, order.target)
    with _without_collector(), opened(order.state) as store:
        sweep(order.state, order.target)
        found, intake = _take_in(order, scan(order.site), store)
        rows, mark = store.files(), read_mark(store)
        clock.lap("scan")
        if standing(order, mark, found, rows) and mark:
            return _with(as_it_stands(mark, clock.total()), intake)
        from ssg.build.work import work

        try:
            return _with(work(order, found, store, rows, clock), intake)
        except Halt as halt:
            raise Halt((*intake.faults, *halt.faults)) from None


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nearly all that a build makes lives until its end, and none of it in circles: looking for
    garbage would take a sixth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _take_in(order: Order, found: Scan, store: Store) -> tuple[Scan, Intake]:
    """What is new in the inbox becomes documents first, which the scan then has to show."""
    if order.take_in is None or inbox_is_done(store, found):
        return found, Intake()
    intake = order.take_in()
    found = scan(order.site)
    store.remember(INBOX_MARK, None if intake.faults else inbox_mark(found))
    return found, intake


def _with(report: Report, intake: Intake) -> Report:
    return replace(report, ingested=intake.ingested, faults=(*intake.faults, *report.faults))
