"""Running the checks: a build, then every check, then the site's own judgement of severity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ssg.build import Order, build
from ssg.build.inputs import Inputs, read_inputs
from ssg.build.manifest import DEFAULT_OUTPUT, state_folder
from ssg.build.memory import Memory
from ssg.build.scan import scan
from ssg.build.store import opened
from ssg.check.answers import POLITE, Manners, elsewhere, unanswered
from ssg.check.gather import gather, with_outputs
from ssg.check.known import pages_known, read_known, texts_known, write_known
from ssg.check.material import Material
from ssg.check.severities import judged
from ssg.check.table import CHECKS
from ssg.config import Verdict
from ssg.digest import digest
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
    manners: Manners = POLITE


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
    faults, material, found = _look(order)
    found += [fault for item in CHECKS for fault in item.run(material)]
    if asked.external:
        found += _external(material, order, asked.manners)
    proof = _proof(order, material) if asked.attribution and not errors(faults) else None
    found += proof.faults if proof else ()
    every = judged((*faults, *found), {**_STRICTER, **material.config.check})
    ordered = tuple(sorted(dict.fromkeys(every), key=_in_order))
    return Findings(ordered, len(material.written), proof)


def _look(order: Order) -> tuple[tuple[Fault, ...], Material, list[Fault]]:
    """What a build says of the site, what there is to look at after it, and what is wrong with
    each document by itself.
    """
    memory = Memory()
    kept = None
    try:
        faults = build(order, memory).faults
        kept = memory.kept  # None after an error that stops no build
    except Halt as halt:
        faults = halt.faults
    inputs = kept.inputs if kept else _healthy(order, faults)
    material = gather(inputs, order)
    salt = digest((inputs.code.digest, inputs.config.timezone, inputs.config.lang))
    before = read_known(order.state, salt)
    known = texts_known(before, material.written, inputs.config, order.workers)
    if kept:
        known = pages_known(known, order.target, kept.manifest.files, order.workers)
        material = with_outputs(material, kept, known, order)
    if known != before:
        write_known(order.state, known)
    texts = known.texts.items()
    material = replace(material, samples={path: facts.sample for path, (_, facts) in texts})
    return faults, material, [fault for _, (_, facts) in texts for fault in facts.faults]


def _healthy(order: Order, faults: tuple[Fault, ...]) -> Inputs:
    """The inputs without what is faulty; with these faults where there are none."""
    try:
        with opened(order.state) as store:
            again = replace(order, keep_going=True)
            return read_inputs(again, scan(order.site), store, store.files(), None)
    except Halt as halt:
        raise Halt(tuple(dict.fromkeys((*faults, *halt.faults)))) from None


def _external(material: Material, order: Order, manners: Manners) -> Iterable[Fault]:
    """What addresses elsewhere say, asked with manners."""
    from ssg.check.web import answers

    places = elsewhere(material.outputs, material.links, material.texts)
    found = answers(
        places, state_folder(order.site, order.site / DEFAULT_OUTPUT), order.now, manners
    )
    return unanswered(places, found)


def _proof(order: Order, material: Material) -> Proof:
    """What the published pages say of authors and sources, read from their bytes alone."""
    from ssg.check.attribution import prove

    return prove(order.target, material.config)


def _in_order(fault: Fault) -> tuple[str, int, int, str, str]:
    place = fault.place
    if place is None:
        return "", 0, 0, fault.code, fault.message
    return place.path, place.line or 0, place.column or 0, fault.code, fault.message
