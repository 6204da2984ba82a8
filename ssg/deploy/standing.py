"""The standing: what is known of a host before anything is sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ssg.build.manifest import UNSURE, Entry
from ssg.deploy.release import Release, read_record
from ssg.deploy.targets import Target
from ssg.faults import Fault, Halt


@dataclass(frozen=True, slots=True)
class Standing:
    """`ours` is what lies there because of us, `foreign` the files that are not ours."""

    release: Release | None
    ours: Mapping[str, Entry]
    foreign: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


def look_at(target: Target, known: Collection[str], *, adopt: bool = False) -> Standing:
    """What lies on the host: as its record says, as far as a list of its files agrees.

    `known` are the paths that this machine remembers to have sent there: where the record was lost
    or edited, they still tell which files are ours. What is ours by nothing but that is sent again.
    """
    data = _record(target, adopt=adopt)
    release = read_record(data) if data is not None else None
    if release is not None and not target.can_list and not adopt:
        return Standing(release, release.ours)
    sizes = target.listing()
    if release is not None:
        ours = {
            path: entry if sizes[path] == entry.size else UNSURE
            for path, entry in release.ours.items()
            if path in sizes
        }
        faults: tuple[Fault, ...] = ()
    else:
        ours = {path: UNSURE for path in known if path in sizes}
        faults = (_lost(target),) if data is not None or ours else ()
    foreign = frozenset(sizes.keys() - ours.keys())
    if adopt:
        return Standing(release, ours | dict.fromkeys(foreign, UNSURE), frozenset(), faults)
    return Standing(release, ours, foreign, faults)


def _record(target: Target, *, adopt: bool) -> bytes | None:
    """The record; None also where something stands that is to be adopted."""
    try:
        return target.record()
    except Halt as halt:
        if adopt and all(fault.code == "E857" for fault in halt.faults):
            return None
        raise


def _lost(target: Target) -> Fault:
    message = f"the record of what lies on {target.shown} was lost or changed by hand"
    hint = "what is there was listed; files that are known to be ours are sent again"
    return Fault("W852", message, None, hint)
