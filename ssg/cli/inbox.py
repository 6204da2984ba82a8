"""The inbox on the way to a build: what is new is taken in first, and said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from ssg.build import Intake
    from ssg.desk.reading import Read, Readers, Text
    from ssg.ingest import Options

#: Raw texts that are read sooner here than processes are started to read them.
_FEW: Final = 128


def readers_of(workers: str) -> Readers:
    """Those who read raw texts, by the name that `ssg build --workers` takes."""

    def read(texts: Sequence[Text], options: Options) -> Iterable[Read]:
        from ssg.build.execute import run, workers_of
        from ssg.desk.reading import read_text

        key = f"ingest {options}"
        return run(workers_of(workers), read_text, options, texts, key=key, few=_FEW)

    return read


def empty_inbox(site: Path, now: datetime, workers: str, *, quiet: bool) -> Intake:
    """Takes in every raw text that is new or was changed, and says what became of each."""
    from ssg.build import Intake
    from ssg.build.inputs import load_config
    from ssg.desk import describe, ingest_files

    report = ingest_files(site, (), load_config(site), now=now, readers=readers_of(workers))
    changed = [file for file in report.files if file.outcome != "unchanged"]
    if changed and not quiet:
        click.echo("\n".join(describe(report)))
    return Intake(report.ingested, report.faults)
