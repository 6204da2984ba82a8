"""`ssg schedule`: what is held back until when, and when a build is due."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ssg.cli.guard import guarded
from ssg.cli.options import find_site, json_option, now_option, site_option
from ssg.cli.show import show_json

if TYPE_CHECKING:
    from ssg.build.schedule import Schedule
    from ssg.model import Due, Held

#: What happens at an instant, in words for the desk.
_CHANGES: Final = {
    "published": "is published",
    "expires": "expires",
    "licence-ends": "its licence ends",
    "old-news": "leaves the news sitemap",
    "steps-down": "steps down from the home page",
}
_SHOWN: Final = 20
_MINUTE: Final = timedelta(minutes=1)


@click.command(short_help="Say what is held back, and when a build is due.")
@site_option
@click.option("--crontab", is_flag=True, help="Print a line for cron for each instant.")
@now_option
@json_option
def schedule(site: Path | None, crontab: bool, now: datetime, as_json: bool) -> None:
    """Say what is held back until when, and the next instants at which a build is due.

    Nothing is built, and nothing is published: a site of plain files changes when a build is
    made of it.
    """
    if crontab and as_json:
        raise click.UsageError("--crontab and --json exclude each other")
    with guarded():
        from ssg.build import Order
        from ssg.build.schedule import schedule as read

        folder = find_site(site)
        found = read(Order(site=folder, now=now))
    if as_json:
        show_json(_as_json(found))
    else:
        click.echo("\n".join(_crontab(found, folder) if crontab else _text(found)))


def _as_json(found: Schedule) -> dict[str, Any]:
    articles = [
        {
            "path": held.article.path,
            "title": held.article.title,
            "reason": held.reason,
            "until": _iso(held.until) if held.until and held.reason == "embargo" else None,
        }
        for held in found.held
    ]
    pages = [
        {"path": page.path, "title": page.title, "reason": "draft", "until": None}
        for page in found.held_pages
    ]
    due = [
        {"at": _iso(item.at), "change": item.change, "path": item.path, "title": item.title}
        for item in found.due
    ]
    return {
        "now": _iso(found.now),
        "next": due[0]["at"] if due else None,
        "held": articles + pages,
        "due": due,
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _text(found: Schedule) -> Iterator[str]:
    yield f"now {_clock(found.now, found)} ({found.zone.key})"
    yield ""
    yield "held back" if found.held or found.held_pages else "nothing is held back"
    yield from (f"  {_reason(held, found):<34} {held.article.path}" for held in found.held)
    yield from (f"  {'draft':<34} {page.path}" for page in found.held_pages)
    yield ""
    yield "a build is due" if found.due else "no build is due: nothing changes by itself"
    yield from (f"  {_when(item, found)}  {_words(item)}" for item in found.due[:_SHOWN])
    if (more := len(found.due) - _SHOWN) > 0:
        yield f"  and {more} more"


def _reason(held: Held, found: Schedule) -> str:
    if held.until is None:
        return held.reason
    words = "expired" if held.reason == "expired" else "until"
    return f"{words} {_clock(held.until, found)}{_how_far(held.until, found)}"


def _when(item: Due, found: Schedule) -> str:
    return f"{_clock(item.at, found)}{_how_far(item.at, found)}"


def _words(item: Due) -> str:
    return f"“{item.title}” {_CHANGES[item.change]} ({item.path})"


def _clock(moment: datetime, found: Schedule) -> str:
    return f"{moment.astimezone(found.zone):%Y-%m-%d %H:%M}"


def _how_far(moment: datetime, found: Schedule) -> str:
    """How long that is from now, in its largest unit; nothing of what is past."""
    minutes = int((moment - found.now) / _MINUTE)
    if minutes < 0:
        return ""
    units = ((24 * 60, "day"), (60, "h"), (1, "min"))
    size, name = next((unit for unit in units if minutes >= unit[0]), units[-1])
    count = minutes // size
    return f" (in {count} {name}{'s' if name == 'day' and count > 1 else ''})"


def _crontab(found: Schedule, site: Path) -> Iterator[str]:
    """A line for each instant, rounded up to the minute; `%` ends a command for cron."""
    command = f"cd {shlex.quote(str(site))} && ssg build".replace("%", "\\%")
    yield "# Instants at which the site changes, in UTC. cron knows no years: read them in anew"
    yield "# after each change of the schedule. A build in which nothing is due writes nothing."
    yield "CRON_TZ=UTC"
    for moment in sorted({_whole_minute(item.at) for item in found.due}):
        yield f"{moment.minute} {moment.hour} {moment.day} {moment.month} * {command}"


def _whole_minute(moment: datetime) -> datetime:
    instant = moment.astimezone(UTC)
    whole = instant.replace(second=0, microsecond=0)
    return whole if whole == instant else whole + _MINUTE
