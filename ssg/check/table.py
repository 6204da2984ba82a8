"""The table of checks: which there are, and the codes of what each may find.

A code's first letter is the severity that a finding has unless the site judges otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from ssg.check.credits import unsettled, unsigned
from ssg.check.dates import impossible, misnamed
from ssg.check.headings import skipping
from ssg.check.inbox import untaken
from ssg.check.links import broken
from ssg.check.marks import unclosed
from ssg.check.material import Material, Written
from ssg.check.orphans import orphans, thin
from ssg.check.pictures import uncredited, unseen, wordless
from ssg.check.pseudonyms import given_away
from ssg.check.quotes import changed
from ssg.check.slips import placeholders, twice
from ssg.check.twins import near_twins, same_headlines
from ssg.config import Config
from ssg.faults import Fault


@dataclass(frozen=True, slots=True)
class Alone:
    """A check of one document by itself, whose findings hold as long as its text does."""

    codes: tuple[str, ...]
    run: Callable[[Written, Config], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check that looks at more than one document, with how it is given what it needs."""

    codes: tuple[str, ...]
    run: Callable[[Material], Iterable[Fault]]


ALONE: Final = (
    Alone(("W310",), lambda it, _: uncredited(it)),
    Alone(("W311",), lambda it, _: wordless(it)),
    Alone(("W905",), lambda it, _: unsigned(it)),
    Alone(("W906",), lambda it, _: skipping(it)),
    Alone(("W909",), lambda it, _: placeholders(it)),
    Alone(("W910",), lambda it, _: twice(it)),
    Alone(("W911",), lambda it, config: impossible(it, config.timezone)),
    Alone(("W912",), lambda it, config: misnamed(it, config.timezone)),
    Alone(("W913",), lambda it, _: unclosed(it)),
    Alone(("N902",), lambda it, _: thin(it)),
)

CHECKS: Final = (
    Check(("E901", "W901"), lambda it: broken(it.outputs, it.links, it.texts)),
    Check(("W312",), lambda it: given_away(it.written, it.documents.authors)),
    Check(("W902",), lambda it: unsettled(it.written, it.guessed)),
    Check(("W311",), lambda it: unseen(it.outputs, it.texts)),
    Check(("W907",), lambda it: same_headlines(it.articles())),
    Check(("W908",), lambda it: near_twins(it.articles(), it.samples)),
    Check(("W914", "N906"), lambda it: changed(it.articles(), it.raws)),
    Check(("N909",), lambda it: untaken(it.inbox)),
    Check(("N903", "N904", "N905"), lambda it: orphans(it.documents)),
)
