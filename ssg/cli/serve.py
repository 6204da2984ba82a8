"""`ssg serve` and `ssg watch`: build, then build again whenever something changes."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ssg.cli.follow import LISTENING, follow, order_at, show_outcome, start_anew
from ssg.cli.guard import guarded
from ssg.cli.options import find_site, instant_option, showing_options, site_option
from ssg.cli.show import show_faults

if TYPE_CHECKING:
    from ssg.serve.board import Board
    from ssg.serve.builds import Builds
    from ssg.serve.server import Running
    from ssg.serve.waiting import Stock

_LOOPBACK: Final = "127.0.0.1"
_LOCAL: Final = frozenset({_LOOPBACK, "localhost", "::1"})

_poll_option = click.option(
    "--poll", is_flag=True, help="Look for changes once a second: for network disks."
)


@click.command(short_help="Build whenever something changes.")
@site_option
@showing_options
@instant_option
@_poll_option
def watch(site: Path | None, drafts: bool, future: bool, now: datetime | None, poll: bool) -> None:
    """Build the site, and again whenever a file changes or the clock says so. Ctrl-C ends it."""
    from ssg.build.inputs import load_config
    from ssg.serve.builds import Builds, CodeChanged

    # Ctrl-C is how this ends: nothing went wrong.
    with guarded(), suppress(KeyboardInterrupt):
        folder = find_site(site)
        order = order_at(folder, now, drafts=drafts, future=future)
        builds = Builds(order, load_config(folder).base_path)
        try:
            show_outcome(builds.begin())
            click.echo(f"watching {folder}")
            target = order(datetime.now().astimezone()).target
            follow(builds, folder, target, poll=poll, tell=lambda _: None)
        except CodeChanged:
            start_anew()


@click.command(short_help="Build the site and preview it in a browser.")
@site_option
@click.option("--port", default=8000, show_default=True, help="0 takes any free port.")
@click.option("--host", default=_LOOPBACK, show_default=True)
@showing_options
@instant_option
@_poll_option
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
def serve(
    site: Path | None,
    port: int,
    host: str,
    drafts: bool,
    future: bool,
    now: datetime | None,
    poll: bool,
    open_browser: bool,
) -> None:
    """Build the site and preview it on this machine; what changes is built and shown at once.

    Ctrl-C ends the preview.
    """
    from dataclasses import replace

    from ssg.build.inputs import load_config
    from ssg.serve.board import Board
    from ssg.serve.builds import Builds, CodeChanged

    # Ctrl-C is how this ends: nothing went wrong.
    with guarded(), suppress(KeyboardInterrupt):
        folder = find_site(site)
        base_path = load_config(folder).base_path
        listening = _listen(host, port)
        order = order_at(folder, now, drafts=drafts, future=future)
        target = order(datetime.now().astimezone()).target
        builds = Builds(order, base_path)
        board = Board(builds.origin_of)
        builds.order_at = lambda at: replace(order(at), first=board.open_outputs(), show=board.show)
        try:
            outcome = builds.begin()
            show_faults(outcome.faults)
            board.post(outcome)
            running = _start(builds, board, folder, target, listening, host)
            click.echo(f"serving {running.address}")
            if open_browser:
                click.launch(running.address)
            try:
                follow(builds, folder, target, poll=poll, tell=board.post)
            finally:
                running.stop()
        except CodeChanged:
            start_anew(listening.fileno())


def _listen(host: str, port: int) -> socket.socket:
    """A socket of its own, or the one that the process before has left."""
    from ssg.serve.ports import PortTaken, left_port, open_port

    left = os.environ.pop(LISTENING, None)
    if left:
        return left_port(int(left))
    if host not in _LOCAL:
        click.echo(f"warning: listening on {host}, others can see the preview", err=True)
    try:
        return open_port(host, port)
    except PortTaken as taken:
        offer = f"; port {taken.free} is free: --port {taken.free}" if taken.free else ""
        click.echo(f"port {taken.port} is in use{offer}", err=True)
        raise SystemExit(3) from None


def _start(
    builds: Builds,
    board: Board,
    site: Path,
    target: Path,
    listening: socket.socket,
    host: str,
) -> Running:
    from ssg.serve.desk_routes import Desk
    from ssg.serve.preview import Preview

    desk = Desk(
        site=site, output=target, outcomes=lambda: board.outcomes, stock=lambda: _stock(builds)
    )
    preview = Preview(
        folder=target,
        base_path=builds.base_path,
        board=board,
        extra_routes=desk.routes(),
        held=lambda: builds.held,
    )
    return preview.start(listening, host)


def _stock(builds: Builds) -> Stock | None:
    """What the desk's page knows of the articles."""
    from datetime import UTC

    from ssg.serve.waiting import Stock

    kept = builds.memory.kept
    if kept is None:
        return None
    library = kept.wanted.edition.library
    return Stock(
        config=kept.inputs.config,
        now=datetime.fromtimestamp(kept.mark.since, UTC),
        articles=library.articles,
        held=library.held,
        authors=tuple({author.path: author for author in library.authors.values()}.values()),
        behind=library.behind,
        pages=library.pages,
        held_pages=library.held_pages,
    )
