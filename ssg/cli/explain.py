"""`ssg why` and `ssg affects`: why a page looks as it does, what a change would touch."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ssg.cli.guard import guarded
from ssg.cli.options import find_site, json_option, now_option, showing_options, site_option
from ssg.cli.show import show_json

if TYPE_CHECKING:
    from ssg.build import Order
    from ssg.build.explain import Affected, Why

_SHOWN: Final = 20

#: What the parts of a key are to an editor; fields of the view go by their own names.
_PARTS: Final = {
    "code": "ssg itself or a package it prints with",
    "site": "what config.toml or the theme's words say of every page",
    "templates": "the theme's templates",
    "head": "what the page tells machines (title, description, dates, picture)",
}


@click.command(short_help="Say why a page looks as it does.")
@click.argument("url")
@site_option
@showing_options
@now_option
@json_option
def why(
    url: str, site: Path | None, drafts: bool, future: bool, now: datetime, as_json: bool
) -> None:
    """Say what the page at URL is made of, and what made it new last time.

    URL is the address as readers see it, such as /2026/03/slug/.
    """
    with guarded():
        from ssg.build.explain import why as explain

        found = explain(_order(site, now, drafts=drafts, future=future), url)
    if as_json:
        show_json(_why_json(found))
    else:
        click.echo("\n".join(_why_lines(found)))


@click.command(short_help="Say which pages a change of a file would touch.")
@click.argument("file", type=click.Path(path_type=Path))
@site_option
@showing_options
@now_option
@json_option
def affects(
    file: Path, site: Path | None, drafts: bool, future: bool, now: datetime, as_json: bool
) -> None:
    """Say which pages a change of FILE would make again. Nothing is built."""
    with guarded():
        from ssg.build.explain import affects as explain

        order = _order(site, now, drafts=drafts, future=future)
        found = explain(order, _in_site(file, order.site))
    if as_json:
        show_json({"any": found.by_any, "body": found.by_body})
    else:
        click.echo("\n".join(_affected_lines(found)))


def _order(site: Path | None, now: datetime, *, drafts: bool, future: bool) -> Order:
    from ssg.build import Order
    from ssg.model import Showing

    return Order(site=find_site(site), now=now, showing=Showing(drafts=drafts, future=future))


def _in_site(file: Path, site: Path) -> str:
    """The file's path from the site's folder, wherever the command was typed."""
    for whole in (file.resolve(), (site / file).resolve()):
        if whole.is_relative_to(site) and whole.exists():
            return whole.relative_to(site).as_posix()
    return file.as_posix()


def _why_json(found: Why) -> dict[str, object]:
    names = ("url", "path", "template", "theme", "origin", "texts", "last", "now")
    return {name: getattr(found, name) for name in names}


def _why_lines(found: Why) -> list[str]:
    return [
        f"{found.url} is {found.path}",
        f"  template   {found.template} ({found.theme})",
        f"  made from  {found.origin or 'the site as a whole'}",
        *(f"  shows      {path}" for path in found.texts if path != found.origin),
        f"  last time  {_last(found.last)}",
        f"  now        {_now(found.now)}",
    ]


def _last(parts: tuple[str, ...] | None) -> str:
    return f"made because this had changed: {_named(parts)}" if parts else "made for the first time"


def _now(parts: tuple[str, ...] | None) -> str:
    if parts is None:
        return "not built yet"
    return f"to be made again: {_named(parts)}" if parts else "stands as it is"


def _named(parts: tuple[str, ...]) -> str:
    return ", ".join(_PARTS.get(part, part) for part in parts)


def _affected_lines(found: Affected) -> list[str]:
    lines = [f"{len(found.by_any)} outputs", *_some(found.by_any)]
    if found.by_body:
        lines += [f"of these, a change of the body alone: {len(found.by_body)}"]
        lines += _some(found.by_body)
    return lines


def _some(paths: tuple[str, ...]) -> list[str]:
    more = len(paths) - _SHOWN
    shown = [f"  /{path.removesuffix('index.html')}" for path in paths[:_SHOWN]]
    return [*shown, f"  and {more} more"] if more > 0 else shown
