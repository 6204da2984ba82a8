"""`ssg check`: what an editor must know before publishing."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssg.cli.guard import guarded
from ssg.cli.options import find_site, json_option, now_option, showing_options, site_option
from ssg.cli.show import exit_status, fault_json, show_faults, show_json
from ssg.faults import Fault

if TYPE_CHECKING:
    from ssg.check import Findings
    from ssg.check.attribution import Proof


@click.command(short_help="Say what an editor must know before publishing.")
@site_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option("--strict", is_flag=True, help="Let warnings make the exit status 1, too.")
@click.option("--external", is_flag=True, help="Also ask whether web addresses elsewhere answer.")
@click.option("--attribution", is_flag=True, help="Also read every credit back from the pages.")
@showing_options
@now_option
@json_option
def check(
    site: Path | None,
    form: str,
    strict: bool,
    external: bool,
    attribution: bool,
    drafts: bool,
    future: bool,
    now: datetime,
    as_json: bool,
) -> None:
    """Build the site, and say what an editor must know before publishing it.

    The inbox is left alone. Drafts are looked at with --drafts.
    """
    as_json = as_json or form == "json"
    begun = time.perf_counter()
    with guarded(lambda faults: _show_halt(faults, begun, as_json=as_json)):
        findings = _findings(
            find_site(site),
            now,
            external=external,
            attribution=attribution,
            drafts=drafts,
            future=future,
        )
    _show(findings, begun, as_json=as_json)
    raise SystemExit(_status(findings.faults, strict=strict))


def _findings(
    site: Path,
    now: datetime,
    *,
    external: bool,
    attribution: bool,
    drafts: bool,
    future: bool,
) -> Findings:
    from ssg.build import Order
    from ssg.build.execute import one_a_core
    from ssg.check import Asked, check
    from ssg.model import Showing

    showing = Showing(drafts=drafts, future=future)
    order = Order(site=site, now=now, showing=showing, workers=one_a_core())
    return check(order, Asked(external=external, attribution=attribution))


def _status(faults: tuple[Fault, ...], *, strict: bool) -> int:
    warned = strict and any(fault.severity == "warning" for fault in faults)
    return exit_status(faults) or int(warned)


def _show_halt(faults: tuple[Fault, ...], begun: float, *, as_json: bool) -> None:
    from ssg.check import Findings

    _show(Findings(faults), begun, as_json=as_json)


def _show(findings: Findings, begun: float, *, as_json: bool) -> None:
    seconds = round(time.perf_counter() - begun, 4)
    if as_json:
        show_json(_as_json(findings, seconds))
        return
    show_faults(findings.faults)
    if findings.proof:
        click.echo("\n".join(_proof_lines(findings.proof)))
    counted = _counted(findings.faults)
    click.echo(f"{findings.documents} documents checked in {seconds:.2f} s: {counted}")


def _proof_lines(proof: Proof) -> list[str]:
    """In how many articles each form was compared with the others, and what came of it."""
    read = f"{_number(proof.articles, 'article')} and {_number(proof.feeds, 'feed')} read back"
    differing = _number(len(proof.faults), "fault") if proof.faults else ""
    head = f"{read}: {differing or 'every credit is the same in all of them'}"
    return [head, *(f"  {form:<20} {count:>6}" for form, count in proof.forms.items())]


def _as_json(findings: Findings, seconds: float) -> dict[str, Any]:
    faults, proof = findings.faults, findings.proof
    return {
        "documents": findings.documents,
        "errors": _count(faults, "error"),
        "warnings": _count(faults, "warning"),
        "notes": _count(faults, "note"),
        "faults": [fault_json(fault) for fault in faults],
        "attribution": proof
        and {"articles": proof.articles, "feeds": proof.feeds, "forms": dict(proof.forms)},
        "seconds": seconds,
    }


def _counted(faults: tuple[Fault, ...]) -> str:
    counts = {word: _count(faults, word) for word in ("error", "warning", "note")}
    words = [_number(n, word) for word, n in counts.items() if n]
    return ", ".join(words) or "nothing to mend"


def _number(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _count(faults: tuple[Fault, ...], severity: str) -> int:
    return sum(fault.severity == severity for fault in faults)
