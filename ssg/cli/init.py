"""`ssg init`: a new site."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from ssg.cli.guard import guarded
from ssg.cli.options import now_option
from ssg.faults import Fault, Halt


@click.command(short_help="Make a new site.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="A New Paper", show_default=True, help="What the paper is called.")
@click.option("--theme", default="broadsheet", show_default=True, help="What it looks like.")
@now_option
def init(folder: Path, title: str, theme: str, now: datetime) -> None:
    """Make a new site in DIR that builds at once."""
    from ssg.desk import create_site
    from ssg.theme import known_themes

    known = known_themes(folder)
    if theme not in known:
        raise click.BadParameter(f'"{theme}" is none of {", ".join(known)}', param_hint="--theme")
    with guarded():
        written = create_site(folder, title=title, theme=theme, now=now)
        if isinstance(written, Fault):
            raise Halt((written,))
    click.echo(f"a new site in {folder}: {len(written)} files. Next:")
    click.echo(f"  cd {folder}")
    click.echo("  ssg build      makes it")
    click.echo("  ssg serve      shows it in your browser")
