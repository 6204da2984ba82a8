"""`ssg ingest`: raw texts to content."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssg.cli.guard import guarded
from ssg.cli.options import find_site, json_option, now_option, site_option
from ssg.cli.show import exit_status, show_faults, show_json
from ssg.faults import Halt

if TYPE_CHECKING:
    from ssg.ingest import Options


@click.command(short_help="Turn raw texts into articles.")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@site_option
@click.option("--date", help="The date of texts that print none: 2026-03-01, 2026-03-01T09:30.")
@click.option("--author", "authors", multiple=True, help="Who wrote texts that do not say.")
@click.option("--source", "sources", multiple=True, help="Where texts that do not say came from.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--review", "asks", is_flag=True, help="Then go through the guesses that wait.")
@now_option
@json_option
def ingest(
    files: tuple[Path, ...],
    site: Path | None,
    date: str | None,
    authors: tuple[str, ...],
    sources: tuple[str, ...],
    dry_run: bool,
    asks: bool,
    now: datetime,
    as_json: bool,
) -> None:
    """Turn FILES, or everything new or changed in content/inbox/, into content.

    A file from elsewhere is copied into the inbox first. With --json and one file nothing is
    written: what was found in it is printed, also outside a site.

    With --review each guess is laid before you with the words that it rests on: keep it, write
    what is right, skip it, or quit. Every answer is written at once.
    """
    if asks and (as_json or dry_run):
        raise click.UsageError(
            "--review asks and writes: neither --json nor --dry-run goes with it"
        )
    if as_json:
        if len(files) != 1:
            raise click.UsageError("--json looks into exactly one file")
        with guarded():
            _print_harvest(files[0], site)
        return
    with guarded():
        _ingest(find_site(site), files, now, date, authors, sources, dry_run=dry_run, asks=asks)


def _ingest(
    site: Path,
    files: tuple[Path, ...],
    now: datetime,
    date: str | None,
    authors: tuple[str, ...],
    sources: tuple[str, ...],
    *,
    dry_run: bool,
    asks: bool,
) -> None:
    from ssg.build.execute import one_a_core
    from ssg.build.inputs import load_config
    from ssg.cli.inbox import readers_of
    from ssg.desk import Given, describe, ingest_files

    config, given = load_config(site), Given(date, authors, sources)
    readers = readers_of(one_a_core())
    report = ingest_files(
        site, files, config, now=now, given=given, dry_run=dry_run, readers=readers
    )
    click.echo("\n".join(describe(report)))
    show_faults(report.faults)
    if report.guessed and not asks and not dry_run:
        count = f"{report.guessed} guess{'es wait' if report.guessed > 1 else ' waits'}"
        click.echo(f"{count} for a person: ssg ingest --review")
    if asks:
        from ssg.cli.review import review

        review(site, config, {file.document for file in report.files} if files else None)
    raise SystemExit(exit_status(report.faults))


def _print_harvest(file: Path, site: Path | None) -> None:
    from ssg.ingest import ingest as read
    from ssg.ingest.report import to_json

    harvest = read(file.read_bytes(), file.name, _options(site))
    show_json(to_json(harvest))
    show_faults(harvest.faults)
    raise SystemExit(exit_status(harvest.faults))


def _options(named: Path | None) -> Options:
    """How the site's configuration says texts are read; the defaults outside a site."""
    from ssg.build.inputs import load_config
    from ssg.ingest import Options

    try:
        config = load_config(find_site(named))
    except Halt:
        if named:
            raise
        return Options()
    return Options.of(config)
