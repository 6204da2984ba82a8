"""`content/home.toml`: which stories lead and follow on the home page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from ssg.config import Config, place_in_toml, toml_fault
from ssg.faults import Fault, did_you_mean, place_at
from ssg.model import HomePlan, Pick

if TYPE_CHECKING:
    from ssg.content.shape import PickShape

PATH: Final = "content/home.toml"


def read_home(text: str, config: Config) -> HomePlan | tuple[Fault, ...]:
    """The plan of the home page, or every fault in it."""
    from ssg.content.shape import HomeShape
    from ssg.shapes import Codes, check

    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return (toml_fault("E105", PATH, text, error),)
    shape = check(
        HomeShape,
        values,
        codes=Codes(unknown="E105", missing="E105", wrong="E105"),
        locate=lambda keys: place_in_toml(text, keys, PATH),
        context={"zone": ZoneInfo(config.timezone)},
    )
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
