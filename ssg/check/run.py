"""Running the checks: a build, then every check, then the site's own judgement of severity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ssg.build import Order, build
from ssg.build.inputs import Inputs, read_inputs
from ssg.build.memory import Memory
from ssg.build.scan import scan
from ssg.build.store import opened
from ssg.check.gather import gather
from ssg.check.severities import judged
from ssg.check.table import CHECKS
from ssg.config import Verdict
from ssg.faults import Fault, Halt, errors

if TYPE_CHECKING:
    from ssg.check.attribution import Proof

#: What a build only warns of, and nothing should be published with.
_STRICTER: Final[Mapping[str, Verdict]] = {"W320": "error"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at besides what always is: web addresses elsewhere, who is credited."""

    external: bool = False
    attribution: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was found, in the order of files and lines; `documents` were looked at.

    `proof` says what was compared, where attribution was asked for and there is an output of these
    documents.
    """

    faults: tuple[Fault, ...]
    documents: int = 0
    proof: Proof | None = None


def check(order: Order, asked: Asked = Asked()) -> Findings:
    """Brings the output up to date and says what an editor must know of it.

    Where the site cannot be built, what is healthy of its content is looked at all the same.
    Raises `Halt` where not even that can be read.
    """
    memory = Memory()
    try:
        faults = build(order, memory).faults
        kept = memory.kept
        inputs = kept.inputs if kept else _healthy(order)
    except Halt as halt:
        faults = halt.faults
        inputs = _healthy(order, faults)
    material = gather(inputs, order)
    found = [fault for item in CHECKS for fault in item.run(material)]
    proof = _proof(order, inputs) if asked.attribution and not errors(faults) else None
    found += proof.faults if proof else ()
    every = judged((*faults, *found), {**_STRICTER, **inputs.config.check})
    ordered = tuple(sorted(dict.fromkeys(every), key=_in_order))
    return Findings(ordered, len(material.written), proof)


def _healthy(order: Order, faults: tuple[Fault, ...] = ()) -> Inputs:
    """The inputs without what is faulty; with these faults where there are none."""
    try:
        with opened(order.state) as store:
            again = replace(order, keep_going=True)
            return read_inputs(again, scan(order.site), store, store.files(), None)
    except Halt as halt:
        raise Halt(tuple(dict.fromkeys((*faults, *halt.faults)))) from None


def _proof(order: Order, inputs: Inputs) -> Proof:
    """What the published pages say of authors and sources, read from their bytes alone."""
    from ssg.check.attribution import prove

    return prove(order.target, inputs.config)


def _in_order(fault: Fault) -> tuple[str, int, int, str, str]:
    place = fault.place
    if place is None:
        return "", 0, 0, fault.code, fault.message
    return place.path, place.line or 0, place.column or 0, fault.code, fault.message
