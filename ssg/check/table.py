"""The table of checks: which there are, and the codes of what each may find.

A code's first letter is the severity that a finding has unless the site judges otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from ssg.check.credits import unsettled, unsigned
from ssg.check.material import Material
from ssg.check.pictures import uncredited, wordless
from ssg.check.pseudonyms import given_away
from ssg.faults import Fault


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it may find, and how it is given what it needs."""

    codes: tuple[str, ...]
    run: Callable[[Material], Iterable[Fault]]


CHECKS: Final = (
    Check(("W310",), lambda it: uncredited(it.articles(), it.authors())),
    Check(("W311",), lambda it: wordless(it.written)),
    Check(("W312",), lambda it: given_away(it.written, it.documents.authors)),
    Check(("W902",), lambda it: unsettled(it.written, it.guessed)),
    Check(("W905",), lambda it: unsigned(it.articles())),
)
