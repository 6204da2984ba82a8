"""`ssg build`: ingests what is new, then builds what changed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssg.cli.guard import guarded
from ssg.cli.options import find_site, json_option, now_option, showing_options, site_option
from ssg.cli.progress import progress_bar
from ssg.cli.show import exit_status, fault_json, show_faults, show_json
from ssg.faults import Fault

if TYPE_CHECKING:
    from ssg.build import Intake, Order, Report


@click.command(short_help="Build the site into output/.")
@site_option
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Where to.")
@showing_options
@now_option
@click.option("--workers", metavar="SPEC", help="Who renders; without it one process a core.")
@click.option("--clean", is_flag=True, help="Forget the cache: make everything again.")
@click.option("--adopt", is_flag=True, help="Treat every file in the output folder as ours.")
@click.option("--verify", is_flag=True, help="Also build clean elsewhere and compare every byte.")
@click.option("--keep-going", is_flag=True, help="Leave faulty files as they last were.")
@click.option("--no-ingest", is_flag=True, help="Leave the inbox alone.")
@click.option("--profile", is_flag=True, help="Show where the time went.")
@json_option
def build(
    site: Path | None,
    output: Path | None,
    drafts: bool,
    future: bool,
    now: datetime,
    workers: str | None,
    clean: bool,
    adopt: bool,
    verify: bool,
    keep_going: bool,
    no_ingest: bool,
    profile: bool,
    as_json: bool,
) -> None:
    """Ingest what is new in content/inbox/, then build what changed into output/.

    SPEC is serial, threads:N, processes:N or package.module:factory.
    """
    from ssg.build import Order
    from ssg.build.execute import one_a_core, workers_of
    from ssg.model import Showing

    try:
        workers_of(workers or "serial")
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--workers") from None
    with guarded(lambda faults: _show_failure(faults, as_json=as_json)):
        folder = find_site(site)

        def take_in() -> Intake:
            from ssg.cli.inbox import empty_inbox

            return empty_inbox(folder, now, workers or one_a_core(), quiet=as_json)

        with progress_bar(quiet=as_json) as progress:
            order = Order(
                site=folder,
                now=now,
                output=output.resolve() if output else None,
                showing=Showing(drafts=drafts, future=future),
                workers=workers or one_a_core(),
                adopt=adopt,
                clean=clean,
                keep_going=keep_going,
                take_in=None if no_ingest else take_in,
                progress=progress,
            )
            report, faults = _build(order, verify=verify)
    _show(report, faults, order.target, profile=profile, as_json=as_json)
    raise SystemExit(exit_status(faults))


def _build(order: Order, *, verify: bool) -> tuple[Report, tuple[Fault, ...]]:
    from ssg.build import build as run

    report = run(order)
    if not verify:
        return report, report.faults
    from ssg.build.verify import differences

    return report, (*report.faults, *differences(order))


def _show(
    report: Report, faults: tuple[Fault, ...], target: Path, *, profile: bool, as_json: bool
) -> None:
    if as_json:
        show_json(_as_json(report, faults))
        return
    show_faults(faults)
    click.echo(_sentence(report, target))
    if profile:
        click.echo("\n".join(_profile(report)))


def _profile(report: Report) -> list[str]:
    """A table of the stages: seconds and their share of the whole."""
    whole = report.seconds["total"] or 1.0
    return [
        f"{stage:<8} {seconds:8.3f} s {seconds / whole:7.1%}"
        for stage, seconds in sorted(report.seconds.items(), key=lambda item: item[0] == "total")
    ]


def _show_failure(faults: tuple[Fault, ...], *, as_json: bool) -> None:
    if as_json:
        from ssg.build import NOTHING

        show_json(_as_json(NOTHING, faults))
    else:
        show_faults(faults)
        click.echo(f"not built: {_count(faults)}. The output is as it was.", err=True)


def _count(faults: tuple[Fault, ...]) -> str:
    errors = sum(fault.severity == "error" for fault in faults)
    return f"{errors} error{'' if errors == 1 else 's'}"


def _sentence(report: Report, target: Path) -> str:
    shown = target.relative_to(Path.cwd()) if target.is_relative_to(Path.cwd()) else target
    return (
        f"{report.pages} pages in {shown}/: {report.rendered} rendered, "
        f"{report.written} files written, {report.removed} removed, "
        f"in {report.seconds['total']:.2f} s"
    )


def _as_json(report: Report, faults: tuple[Fault, ...]) -> dict[str, Any]:
    return {
        "pages": report.pages,
        "rendered": report.rendered,
        "written": report.written,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "ingested": report.ingested,
        "faults": [fault_json(fault) for fault in faults],
        "seconds": dict(report.seconds),
    }
