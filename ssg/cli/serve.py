"""`ssg serve`: builds, then shows the site on this machine."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import click

from ssg.cli.guard import guarded
from ssg.cli.inbox import empty_inbox
from ssg.cli.options import find_site, now_option, showing_options, site_option
from ssg.cli.show import show_faults

_LOOPBACK: Final = "127.0.0.1"
_LOCAL: Final = frozenset({_LOOPBACK, "localhost", "::1"})


@click.command(short_help="Build the site and preview it in a browser.")
@site_option
@click.option("--port", default=8000, show_default=True, help="0 takes any free port.")
@click.option("--host", default=_LOOPBACK, show_default=True)
@showing_options
@now_option
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
def serve(
    site: Path | None,
    port: int,
    host: str,
    drafts: bool,
    future: bool,
    now: datetime,
    open_browser: bool,
) -> None:
    """Build the site and preview it on this machine. Ctrl-C ends the preview."""
    with guarded():
        folder = find_site(site)
        target, base_path = _build(folder, now, drafts=drafts, future=future)
        _serve(target, base_path, host, port, open_browser=open_browser)


def _build(folder: Path, now: datetime, *, drafts: bool, future: bool) -> tuple[Path, str]:
    """Builds, and gives the output folder with the base path of its URLs."""
    from ssg.build import Order, build
    from ssg.build.execute import one_a_core
    from ssg.build.inputs import load_config
    from ssg.model import Showing

    order = Order(
        site=folder,
        now=now,
        showing=Showing(drafts=drafts, future=future),
        workers=one_a_core(),
        take_in=partial(empty_inbox, folder, now, quiet=False),
    )
    show_faults(build(order).faults)
    return order.target, load_config(folder).base_path


def _serve(target: Path, base_path: str, host: str, port: int, *, open_browser: bool) -> None:
    from ssg.serve import PortTaken, Preview, open_port

    if host not in _LOCAL:
        click.echo(f"warning: listening on {host}, others can see the preview", err=True)
    try:
        listening = open_port(host, port)
    except PortTaken as taken:
        offer = f"; port {taken.free} is free: --port {taken.free}" if taken.free else ""
        click.echo(f"port {taken.port} is in use{offer}", err=True)
        raise SystemExit(3) from None

    def ready(address: str) -> None:
        click.echo(f"serving {address}")
        if open_browser:
            click.launch(address)

    # Ctrl-C is how a preview ends: nothing went wrong.
    with suppress(KeyboardInterrupt):
        Preview(target, base_path).run(listening, host, ready)
