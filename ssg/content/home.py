"""`content/home.toml`: which stories lead and follow on the home page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from ssg.config import Config
from ssg.content.tables import read_table
from ssg.faults import Fault, did_you_mean, place_at
from ssg.model import HomePlan, Pick

if TYPE_CHECKING:
    from ssg.content.shape import PickShape

PATH: Final = "content/home.toml"


def read_home(text: str, config: Config) -> HomePlan | tuple[Fault, ...]:
    """The plan of the home page, or every fault in it."""
    from ssg.content.shape import HomeShape

    shape = read_table(HomeShape, PATH, text, "E105", config)
    if isinstance(shape, tuple):
        return shape
    return HomePlan(_picks(shape.lead), _picks(shape.follow))


def _picks(shapes: Iterable[PickShape]) -> tuple[Pick, ...]:
    return tuple(Pick(shape.id, shape.until) for shape in shapes)


def check_home(plan: HomePlan, ids: Iterable[str], read: Callable[[], str]) -> Iterator[Fault]:
    """The stories the plan names that no article has as its id; `read` gives the file's text."""
    known = frozenset(ids)
    for pick in (*plan.lead, *plan.follow):
        if pick.article not in known:
            text = read()
            quoted = re.search(rf"(?<=[\"']){re.escape(pick.article)}(?=[\"'])", text)
            at = quoted.start() if quoted else 0
            hint = did_you_mean(pick.article, known) or "ids stand at the top of each article"
            message = f'no article has the id "{pick.article}"'
            yield Fault("E301", message, place_at(PATH, text, at, len(pick.article)), hint)
