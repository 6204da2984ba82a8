"""`ssg build`: ingests what is new, then builds what changed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssg.cli.guard import guarded
from ssg.cli.inbox import Inbox, empty_inbox
from ssg.cli.options import find_site, json_option, now_option, showing_options, site_option
from ssg.cli.show import exit_status, fault_json, show_faults, show_json
from ssg.faults import Fault

if TYPE_CHECKING:
    from ssg.build import Order, Report


@click.command(short_help="Build the site into output/.")
@site_option
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Where to.")
@showing_options
@now_option
@click.option("--workers", default="serial", metavar="SPEC", show_default=True)
@click.option("--clean", is_flag=True, help="Make everything again.")
@click.option("--adopt", is_flag=True, help="Treat every file in the output folder as ours.")
@click.option("--verify", is_flag=True, help="Also build clean elsewhere and compare every byte.")
@click.option("--no-ingest", is_flag=True, help="Leave the inbox alone.")
@json_option
def build(
    site: Path | None,
    output: Path | None,
    drafts: bool,
    future: bool,
    now: datetime,
    workers: str,
    clean: bool,
    adopt: bool,
    verify: bool,
    no_ingest: bool,
    as_json: bool,
) -> None:
    """Ingest what is new in content/inbox/, then build what changed into output/.

    SPEC is serial, threads:N, processes:N or package.module:factory.
    """
    from ssg.build import Order, Showing, check_workers

    try:
        check_workers(workers)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--workers") from None
    inbox = Inbox()
    with guarded(lambda faults: _show_failure(inbox, faults, as_json=as_json)):
        folder = find_site(site)
        if not no_ingest:
            inbox = empty_inbox(folder, now, quiet=as_json)
        order = Order(
            site=folder,
            now=now,
            output=output.resolve() if output else None,
            showing=Showing(drafts=drafts, future=future),
            workers=workers,
            adopt=adopt,
            clean=clean,
        )
        _build(order, inbox, verify=verify, as_json=as_json)


def _build(order: Order, inbox: Inbox, *, verify: bool, as_json: bool) -> None:
    from ssg.build import build as run
    from ssg.build import differences

    report = run(order)
    faults = (*inbox.faults, *report.faults)
    if verify:
        faults = (*faults, *differences(order))
    if as_json:
        show_json(_as_json(report, inbox.ingested, faults))
    else:
        show_faults(faults)
        click.echo(_sentence(report, order.target))
    raise SystemExit(exit_status(faults))


def _show_failure(inbox: Inbox, faults: tuple[Fault, ...], *, as_json: bool) -> None:
    faults = (*inbox.faults, *faults)
    if as_json:
        from ssg.build import NOTHING

        show_json(_as_json(NOTHING, inbox.ingested, faults))
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


def _as_json(report: Report, ingested: int, faults: tuple[Fault, ...]) -> dict[str, Any]:
    return {
        "pages": report.pages,
        "rendered": report.rendered,
        "written": report.written,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "ingested": ingested,
        "faults": [fault_json(fault) for fault in faults],
        "seconds": dict(report.seconds),
    }
