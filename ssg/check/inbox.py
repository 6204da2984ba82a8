"""The inbox: raw texts that wait, and what keeps them from being taken in."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.desk import Report
from ssg.faults import Fault, Place


def untaken(report: Report) -> Iterator[Fault]:
    """What a dry run of the intake says: what it would take in, and what it could not."""
    yield from report.faults
    for file in report.files:
        if file.outcome in {"new", "merged"}:
            what = "is not taken in yet" if file.outcome == "new" else "was changed"
            hint = "ssg ingest takes it in, and so does the next ssg build"
            yield Fault("N909", f"the raw text {what}", Place(file.raw), hint)
