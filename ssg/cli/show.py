"""How results are shown: faults as blocks with an excerpt, or everything as one JSON object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import click

from ssg.faults import Fault, errors

_COLOURS: Final = {"error": "red", "warning": "yellow", "note": "cyan"}
_MACHINE: Final = frozenset({"E704", "E707", "E858", "E859", "E865", "E880", "E881", "E882"})
_WIDEST: Final = 160


def exit_status(faults: Iterable[Fault]) -> int:
    """0 all is well, 1 the site has errors, 3 the machine or the far end failed."""
    found = errors(faults)
    if any(fault.code in _MACHINE for fault in found):
        return 3
    return 1 if found else 0


def show_faults(faults: Iterable[Fault]) -> None:
    """Prints each fault as a block on standard error."""
    for fault in faults:
        click.echo("\n".join(_block(fault)), err=True)


def _block(fault: Fault) -> list[str]:
    place = fault.place
    where = ""
    if place:
        where = ":".join(str(part) for part in (place.path, place.line, place.column) if part)
        where += ": "
    kind = click.style(f"{fault.severity}[{fault.code}]", fg=_COLOURS[fault.severity], bold=True)
    lines = [f"{where}{kind}: {fault.message}"]
    if place and place.excerpt:
        lines += _excerpt(place.excerpt, (place.column or 1) - 1, place.length)
    if fault.hint:
        lines.append(f"  hint: {fault.hint}")
    return lines


def _excerpt(line: str, column: int, length: int) -> list[str]:
    """The line with a caret under what is meant, cut where the line is long."""
    start = max(0, column - _WIDEST // 2) if len(line) > _WIDEST else 0
    shown = line[start : start + _WIDEST].replace("\t", " ")
    carets = "^" * max(1, min(length, len(shown) - (column - start)))
    return [f"  | {shown}", f"  | {' ' * (column - start)}{carets}"]


def fault_json(fault: Fault) -> dict[str, Any]:
    """A fault as scripts read it."""
    place = fault.place
    return {
        "code": fault.code,
        "severity": fault.severity,
        "message": fault.message,
        "path": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "hint": fault.hint,
    }


def show_json(value: Mapping[str, Any]) -> None:
    """Prints one JSON object, and nothing else, on standard output."""
    import msgspec

    click.echo(msgspec.json.encode(value))
