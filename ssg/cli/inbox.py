"""The inbox on the way to a build: what is new is taken in first, and said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from ssg.faults import Fault


@dataclass(frozen=True, slots=True)
class Inbox:
    """How many raw texts became documents, and what was wrong with the others."""

    ingested: int = 0
    faults: tuple[Fault, ...] = ()


def empty_inbox(site: Path, now: datetime, *, quiet: bool) -> Inbox:
    """Takes in every raw text that is new or was changed, and says what became of each."""
    from ssg.build import load_config
    from ssg.desk import describe, ingest_files

    report = ingest_files(site, (), load_config(site), now=now)
    changed = [file for file in report.files if file.outcome != "unchanged"]
    if changed and not quiet:
        click.echo("\n".join(describe(report)))
    return Inbox(report.ingested, report.faults)
