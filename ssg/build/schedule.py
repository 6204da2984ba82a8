"""The schedule of a site: what is held until when, and the next instants at which to build."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ssg.build.inputs import read_inputs
from ssg.build.order import Order
from ssg.build.scan import scan
from ssg.build.store import opened
from ssg.model import Due, Held, StaticPage


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is held back at `now`, by the instant that ends it (those without one last), and what
    changes later, in its order. `zone` is the newsroom's clock.
    """

    now: datetime
    zone: ZoneInfo
    held: tuple[Held, ...]
    held_pages: tuple[StaticPage, ...]
    due: tuple[Due, ...]


def schedule(order: Order) -> Schedule:
    """Reads the site; nothing is built. Raises `Halt` with every fault in it."""
    with opened(order.state) as store:
        inputs = read_inputs(order, scan(order.site), store, store.files(), None)
    content = inputs.content
    library = content.library(order.now, order.showing)
    return Schedule(
        order.now,
        ZoneInfo(inputs.config.timezone),
        tuple(sorted(library.held, key=_by_end)),
        library.held_pages,
        tuple(sorted(content.due(order.now, order.showing))),
    )


def _by_end(held: Held) -> tuple[bool, float, str]:
    until = held.until.timestamp() if held.until else 0.0
    return held.until is None, until, held.article.path
