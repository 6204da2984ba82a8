"""`ssg deploy` and `ssg rollback`: publish the last green build, and go back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ssg.cli.deploy_watch import watch
from ssg.cli.guard import guarded
from ssg.cli.options import find_site, json_option, site_option
from ssg.cli.progress import progress_bar
from ssg.cli.show import exit_status, fault_json, show_faults, show_json
from ssg.faults import Fault, Halt, did_you_mean

if TYPE_CHECKING:
    from ssg.config import Config, Destination
    from ssg.deploy import Order, Plan, Proposal, Release, Report

_SHOWN: Final = 20
_UNITS: Final = ("B", "kB", "MB", "GB")
_THOUSAND: Final = 1000


@click.command(short_help="Publish the last build.")
@click.argument("target", required=False)
@site_option
@click.option("--dry-run", is_flag=True, help="Only show what would be sent and deleted.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--watch", "watching", is_flag=True, help="Build and publish whenever it is due.")
@click.option("--history", "show_history", is_flag=True, help="List the releases that are kept.")
@click.option("--adopt", is_flag=True, help="Treat every file that is there as ours.")
@click.option("--allow-deletions", type=click.IntRange(0), default=0, metavar="N", help="So many.")
@click.option("--allow-feed-changes", is_flag=True, help="Articles may have other ids.")
@click.option("--allow-domain", metavar="HOST", help="The paper moves to this host name.")
@click.option("--allow-quarantined", is_flag=True, help="Publish although files were left out.")
@click.option("--break-lock", is_flag=True, help="Whoever is said to be publishing is dead.")
@json_option
def deploy(
    target: str | None,
    site: Path | None,
    dry_run: bool,
    yes: bool,
    watching: bool,
    show_history: bool,
    adopt: bool,
    allow_deletions: int,
    allow_feed_changes: bool,
    allow_domain: str | None,
    allow_quarantined: bool,
    break_lock: bool,
    as_json: bool,
) -> None:
    """Publish the last build to TARGET, without it to the only one that config.toml names.

    TARGET is a name from config.toml, or a URL such as file:/srv/www/paper.
    """
    with guarded(_failing(as_json=as_json)):
        from ssg.deploy import Allowed
        from ssg.deploy import deploy as run

        folder = find_site(site)

        def order_now(progress: Callable[[int, int], None]) -> Order:
            config, destination = _destination(folder, target)
            return _order(
                folder,
                config,
                destination,
                allowed=Allowed(allow_deletions, allow_feed_changes, allow_domain),
                adopt=adopt,
                allow_quarantined=allow_quarantined,
                break_lock=break_lock,
                dry_run=dry_run,
                confirm=_confirming(yes=yes, quiet=as_json or watching),
                progress=progress,
            )

        with progress_bar(quiet=as_json or watching, what="files") as progress:
            if show_history:
                _show_history(order_now(progress), as_json=as_json)
                return
            if watching:
                order_now(progress)  # a mistake in the command line is told at once
                watch(folder, lambda: run(order_now(progress)))
                return
            report = run(order_now(progress))
    _show(report, dry_run=dry_run, as_json=as_json)
    raise SystemExit(_status(report, dry_run=dry_run))


@click.command(short_help="Put the previous release back.")
@click.argument("target", required=False)
@site_option
@click.option("--to", metavar="ID", help="This release; without it the one before the live one.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--break-lock", is_flag=True, help="Whoever is said to be publishing is dead.")
@json_option
def rollback(
    target: str | None,
    site: Path | None,
    to: str | None,
    dry_run: bool,
    yes: bool,
    break_lock: bool,
    as_json: bool,
) -> None:
    """Make a former release live again at TARGET. Its files are read before it is."""
    with guarded(_failing(as_json=as_json)):
        from ssg.deploy import roll_back

        folder = find_site(site)
        config, destination = _destination(folder, target)
        order = _order(
            folder,
            config,
            destination,
            dry_run=dry_run,
            break_lock=break_lock,
            confirm=_confirming_rollback(yes=yes, as_json=as_json),
        )
        report = roll_back(order, to)
    _show(report, dry_run=dry_run, as_json=as_json)
    raise SystemExit(_status(report, dry_run=dry_run))


def _order(site: Path, config: Config, destination: Destination, **more: Any) -> Order:
    from ssg.deploy import Order

    now = datetime.now(UTC)
    return Order(site=site, config=config, destination=destination, now=now, **more)


def _destination(site: Path, target: str | None) -> tuple[Config, Destination]:
    """Where to: the destination that is named, else the only one there is."""
    from ssg.build.inputs import load_config

    config = load_config(site)
    known = config.deploy
    if target is None:
        if len(known) != 1:
            names = ", ".join(known) or "there is none, see [deploy.NAME]"
            raise click.UsageError(f"name a target; in config.toml: {names}")
        return config, next(iter(known.values()))
    if target in known:
        return config, known[target]
    if ":" in target:
        return config, _from_url(target)
    hint = did_you_mean(target, known)
    message = f'config.toml names no target "{target}"' + (f"; {hint}" if hint else "")
    raise click.BadParameter(message, param_hint="TARGET")


def _from_url(url: str) -> Destination:
    from ssg.config import Destination
    from ssg.config.secrets import has_password
    from ssg.digest import digest

    if has_password(url):
        hint = "it is seen by everybody on this machine: set it in the environment"
        raise Halt((Fault("E855", "the URL holds a password", None, hint),))
    return Destination(f"url-{digest(url)[:8]}", url)


# --- what is asked -------------------------------------------------------------------------


def _confirming(*, yes: bool, quiet: bool) -> Callable[[Proposal], bool]:
    from ssg.deploy.order import UNSETTLED

    def confirm(proposal: Proposal) -> bool:
        if not quiet:
            click.echo("\n".join(_plan_lines(proposal.shown, proposal.plan)))
            click.echo(_of_the_host(proposal))
        if yes:
            return True
        unsettled = [fault for fault in proposal.faults if fault.code == UNSETTLED]
        if quiet or not sys.stdin.isatty():
            return not unsettled
        show_faults(unsettled)
        return click.confirm("Publish?", default=not unsettled, err=True)

    return confirm


def _confirming_rollback(*, yes: bool, as_json: bool) -> Callable[[Proposal], bool]:
    def confirm(proposal: Proposal) -> bool:
        if not as_json:
            click.echo("\n".join(_plan_lines(proposal.shown, proposal.plan)))
        return yes or as_json or click.confirm("Go back?", default=False, err=True)

    return confirm


def _of_the_host(proposal: Proposal) -> str:
    """What is to be known of a host before it is published to."""
    if proposal.can_roll_back:
        return "  former releases are kept there"
    way = "" if proposal.can_switch else "file by file; "
    return f"  {way}former releases are kept on this machine, in .ssg/release/"


# --- what is shown -------------------------------------------------------------------------


def _failing(*, as_json: bool) -> Callable[[tuple[Fault, ...]], None]:
    def show(faults: tuple[Fault, ...]) -> None:
        if as_json:
            show_json({"faults": [fault_json(fault) for fault in faults], "done": False})
        else:
            show_faults(faults)
            click.echo("not published: what was live is live.", err=True)

    return show


def _show(report: Report, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        show_json(_as_json(report))
        return
    show_faults(report.faults)
    if dry_run:
        click.echo("\n".join(_plan_lines(report.shown, report.plan, every=True)))
    click.echo(_sentence(report, dry_run=dry_run))


def _status(report: Report, *, dry_run: bool) -> int:
    """What is not published since nobody agreed is not published."""
    refused = not (report.done or dry_run or report.plan.is_idle)
    return exit_status(report.faults) or int(refused)


def _sentence(report: Report, *, dry_run: bool) -> str:
    if dry_run:
        return "nothing was sent"
    if report.done:
        return f"live: {report.release} on {report.shown}"
    if report.plan.is_idle:
        return f"{report.shown} shows this build already"
    return "not published without an answer or --yes: what was live is live"


def _plan_lines(shown: str, plan: Plan, *, every: bool = False) -> list[str]:
    """The plan as a table; `every`: with paths."""
    lines = [shown]
    for name in ("new", "changed", "unchanged", "deleted"):
        files: Mapping[str, int] = getattr(plan, name)
        lines.append(f"  {name:<10}{len(files):>7} files {_size(sum(files.values())):>10}")
        if every and name != "unchanged":
            lines += _some(list(files))
    if plan.leaving:
        lines.append(f"  {'leaving':<10}{len(plan.leaving):>7} files, until nobody needs them")
    if plan.foreign:
        lines.append(f"  {'not ours':<10}{len(plan.foreign):>7} files, left alone")
    return lines


def _some(paths: list[str]) -> list[str]:
    more = len(paths) - _SHOWN
    shown = [f"    {path}" for path in sorted(paths)[:_SHOWN]]
    return [*shown, f"    and {more} more"] if more > 0 else shown


def _size(count: float) -> str:
    for unit in _UNITS:
        if count < _THOUSAND or unit == _UNITS[-1]:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= _THOUSAND
    raise AssertionError(count)


def _as_json(report: Report) -> dict[str, Any]:
    plan = report.plan
    return {
        "target": report.shown,
        "release": report.release,
        "done": report.done,
        "plan": {
            "new": dict(plan.new),
            "changed": dict(plan.changed),
            "unchanged": len(plan.unchanged),
            "deleted": dict(plan.deleted),
            "leaving": {path: gone.until for path, gone in plan.leaving.items()},
            "foreign": list(plan.foreign),
        },
        "faults": [fault_json(fault) for fault in report.faults],
    }


def _show_history(order: Order, *, as_json: bool) -> None:
    from ssg.deploy import history

    releases, live = history(order)
    if as_json:
        show_json({"live": live, "releases": [_release_json(one) for one in releases]})
        return
    for one in releases:
        mark = "live" if one.id == live else ""
        click.echo(f"{one.id}  {one.at}  {len(one.files):>6} files  {mark}".rstrip())
    if not releases:
        click.echo("no release is kept")


def _release_json(release: Release) -> dict[str, Any]:
    return {"id": release.id, "at": release.at, "files": len(release.files)}
