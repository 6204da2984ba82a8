"""Headings: levels that are skipped, which those who listen to a page get lost between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ssg.check.material import Written
from ssg.faults import Fault

_SIGNS: Final = ("#", "\n-", "\n=")
_HEADING = re.compile(
    r"^(?P<signs>\#{1,6})[ \t]*(?P<title>[^\s#][^\n]*)$"
    r"|^(?P<above>[^\s#>|*+\-][^\n|]*)\n(?P<line>=+|-+)[ \t]*$",
    re.MULTILINE,
)


def skipping(written: Written) -> Iterator[Fault]:
    """The headings that are more than one level below the one before; a page's title is the first.

    Where a text has a heading of the first level, all of its headings are printed one level
    lower, since the title of the page is its only one.
    """
    if not any(map(written.prose.__contains__, _SIGNS)):
        return
    found = [(match, _level(match)) for match in _HEADING.finditer(written.prose)]
    shift = any(level == 1 for _, level in found)
    before = 1
    for match, level in found:
        shown = level + shift
        if shown > before + 1:
            hint = f"write {'#' * (before + 1 - shift)} instead of {'#' * level}"
            place = written.place(match.start(), level)
            yield Fault(
                "W906", f"this heading skips a level: from {before} to {shown}", place, hint
            )
        before = shown


def _level(match: re.Match[str]) -> int:
    if match["signs"]:
        return len(match["signs"])
    return 1 if match["line"].startswith("=") else 2
