"""The inbox on the way to a build: what is new is taken in first, and said."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ssg.build import Intake


def empty_inbox(site: Path, now: datetime, *, quiet: bool) -> Intake:
    """Takes in every raw text that is new or was changed, and says what became of each."""
    from ssg.build import Intake
    from ssg.build.inputs import load_config
    from ssg.desk import describe, ingest_files

    report = ingest_files(site, (), load_config(site), now=now)
    changed = [file for file in report.files if file.outcome != "unchanged"]
    if changed and not quiet:
        click.echo("\n".join(describe(report)))
    return Intake(report.ingested, report.faults)
