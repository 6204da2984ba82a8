"""Options that several commands share, and where a site is found."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from ssg.faults import Fault, Halt

Command = TypeVar("Command", bound=Callable[..., Any])

_CONFIG: Final = "config.toml"


def find_site(named: Path | None) -> Path:
    """The site's folder: the one named, else the nearest upwards that has a config.toml.

    Raises `Halt` when there is none.
    """
    start = (named or Path.cwd()).resolve()
    for folder in (start,) if named else (start, *start.parents):
        if (folder / _CONFIG).is_file():
            return folder
    where = f"in {start}" if named else f"in {start} or any folder above it"
    hint = "ssg init DIR makes a new site; --site DIR names one"
    raise Halt((Fault("E101", f"there is no {_CONFIG} {where}", None, hint),))


def site_option(command: Command) -> Command:
    """`--site DIR`."""
    return click.option(
        "--site",
        "site",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The site's folder. Without it: the nearest one upwards with a config.toml.",
    )(command)


def now_option(command: Command) -> Command:
    """`--now TIME`, else SOURCE_DATE_EPOCH, else the clock."""
    return click.option(
        "--now",
        callback=_read_now,
        metavar="TIME",
        help="The instant to work for, in ISO 8601 with an offset. Without it: the clock.",
    )(command)


def instant_option(command: Command) -> Command:
    """`--now TIME`, else SOURCE_DATE_EPOCH, else None: the clock as it goes on."""
    return click.option(
        "--now",
        callback=_read_instant,
        metavar="TIME",
        help="The instant to work for, in ISO 8601 with an offset. Without it: the clock.",
    )(command)


def json_option(command: Command) -> Command:
    """`--json`: one object on standard output, for scripts."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(command)


def showing_options(command: Command) -> Command:
    """`--drafts` and `--future`: the preview of what is not published."""
    command = click.option("--future", is_flag=True, help="Show articles under embargo.")(command)
    return click.option("--drafts", is_flag=True, help="Show drafts.")(command)


def _read_now(context: click.Context, option: click.Parameter, value: str | None) -> datetime:
    return _read_instant(context, option, value) or datetime.now(UTC)


def _read_instant(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f'"{value}" is no ISO 8601 time') from None
    if moment.tzinfo is None:
        raise click.BadParameter("it needs an offset, such as 2026-03-01T09:30:00+00:00")
    return moment.astimezone(UTC)
