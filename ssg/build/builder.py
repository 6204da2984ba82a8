"""The build: a site's folder and one instant in, an output folder that shows them out.

This is the door: it takes the lock, looks whether there is anything to do, and loads what
does it only then.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from ssg.build.memory import Memory
from ssg.build.order import Clock, Intake, Order, Report
from ssg.build.scan import Scan, scan
from ssg.build.standing import (
    INBOX_MARK,
    Mark,
    as_it_stands,
    inbox_is_done,
    inbox_mark,
    read_mark,
    standing,
)
from ssg.build.store import Row, Store, opened
from ssg.build.target import refuse_swallowing
from ssg.build.write import sweep
from ssg.faults import Halt


def build(order: Order, memory: Memory | None = None) -> Report:
    """Brings the output folder to what the site's files say. Raises `Halt` with every fault.

    Until everything is rendered nothing in the output folder is touched. A process that goes on
    building has a memory, which knows where to look and what was there before.
    """
    clock = Clock()
    refuse_swallowing(order.site, order.target)
    with _without_collector(), opened(order.state) as store:
        sweep(order.state, order.target)
        again, intake = memory.scan(order) if memory else None, Intake()
        found = again
        if found is None:
            found, intake = _take_in(order, scan(order.site), store)
        kept = memory.kept if memory else None
        rows = kept.rows if kept else store.files()
        clock.lap("scan")
        if again is None and (mark := _standing(order, found, rows, store, memory)):
            return _with(as_it_stands(mark, clock.total()), intake)
        from ssg.build.work import work

        try:
            report = work(order, found, store, rows, clock, memory, again=again is not None)
        except Halt as halt:
            raise Halt((*intake.faults, *halt.faults)) from None
        return _with(report, intake)


def _standing(
    order: Order,
    found: Scan,
    rows: Mapping[str, Row],
    store: Store,
    memory: Memory | None,
) -> Mark | None:
    """The mark under which the output stands as it is. An empty memory is filled in any case."""
    mark = read_mark(store)
    if mark is None or (memory and memory.kept is None):
        return None
    if not standing(order, mark, found, rows):
        return None
    if memory:
        memory.look = set()
    return mark


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
