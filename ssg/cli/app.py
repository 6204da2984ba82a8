"""The command `ssg`. Commands import what they need when they run: the help answers at once."""

from __future__ import annotations

import click

from ssg import __version__
from ssg.cli.build import build
from ssg.cli.check import check
from ssg.cli.deploy import deploy, rollback
from ssg.cli.explain import affects, why
from ssg.cli.ingest import ingest
from ssg.cli.init import init
from ssg.cli.retire import retire
from ssg.cli.schedule import schedule
from ssg.cli.serve import serve, watch


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ssg")
def main() -> None:
    """Make a news site of raw texts, with every source and every author credited."""


for command in (
    init,
    ingest,
    build,
    serve,
    watch,
    check,
    deploy,
    rollback,
    why,
    affects,
    schedule,
    retire,
):
    main.add_command(command)
