"""`ssg retire`: takes an address back, and says why to whoever comes there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from ssg.cli.guard import guarded
from ssg.cli.options import find_site, now_option, site_option


@click.command(short_help="Take an address back, with a reason.")
@click.argument("url")
@click.option("--reason", required=True, help="What readers who come there are told.")
@site_option
@now_option
def retire(url: str, reason: str, site: Path | None, now: datetime) -> None:
    """Leave a notice with the REASON at URL, where something was published and is no more.

    URL is the address as readers see it, such as /2026/03/slug/. The entry is written into
    content/retired.toml; the next build makes the notice.
    """
    if not reason.strip():
        raise click.BadParameter("readers have to be told something", param_hint="--reason")
    with guarded():
        from ssg.build.inputs import load_config
        from ssg.desk.retire import retire as take_back

        folder = find_site(site)
        address = take_back(folder, load_config(folder), url, reason.strip(), now)
        click.echo(f"{address} is retired: content/retired.toml says why")
