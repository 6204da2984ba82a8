"""What a page is told of faults: plain values, which its script shows as text."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from ssg.faults import Fault, Place, errors
from ssg.serve.board import Board

_MOST: Final = 500
_WIDEST: Final = 160

# The front page is put together by this file, all others only by their own and shared ones.
_FRONT: Final = {"content/home.toml": "index.html"}


def faults_told(board: Board, output: str, *, is_missing: bool) -> str | None:
    """The faults of the last build as JSON, for one page; None: there are no errors.

    `large`: at least one error concerns this page. A fault in one document concerns the page
    of that document, any other (the configuration, the theme, the machine) every page.
    """
    outcomes = board.outcomes
    if not outcomes or outcomes[-1].is_green:
        return None
    last, good = outcomes[-1], board.last_good
    origin = board.origin_of(output)
    large = any(_concerns(fault, output, origin) for fault in errors(last.faults))
    value = {
        "id": f"{board.run}-{last.number}",
        "large": large or (is_missing and good is None),
        "good": f"{good.astimezone():%H:%M:%S}" if good else None,
        "faults": [_card(fault) for fault in last.faults[:_MOST]],
        "more": max(0, len(last.faults) - _MOST),
    }
    return msgspec.json.encode(value).decode()


def _concerns(fault: Fault, output: str, origin: str | None) -> bool:
    path = fault.place.path if fault.place else ""
    if not path.startswith("content/"):
        return True
    return path == origin or _FRONT.get(path) == output


def _card(fault: Fault) -> dict[str, Any]:
    before, meant, after = _excerpt(fault.place) if fault.place else ("", "", "")
    return {
        "severity": fault.severity,
        "code": fault.code,
        "message": fault.message,
        "where": _where(fault.place) if fault.place else "",
        "before": before,
        "meant": meant,
        "after": after,
        "hint": fault.hint,
    }


def _where(place: Place) -> str:
    return ":".join(str(part) for part in (place.path, place.line, place.column) if part)


def _excerpt(place: Place) -> tuple[str, str, str]:
    """The line before, in and after what is meant, cut where it is long."""
    if not place.excerpt:
        return "", "", ""
    line = place.excerpt.replace("\t", " ")
    first = min((place.column or 1) - 1, len(line))
    start = max(0, first - _WIDEST // 2) if len(line) > _WIDEST else 0
    end = min(start + _WIDEST, len(line))
    last = max(first, min(first + max(1, place.length), end))
    return line[start:first], line[first:last], line[last:end]
