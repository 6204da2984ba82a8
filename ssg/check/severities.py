"""Severities: how severe this site takes each finding to be, as `[check]` says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ssg.config import OFF, Verdict
from ssg.faults import Fault


def judged(faults: Iterable[Fault], verdicts: Mapping[str, Verdict]) -> Iterator[Fault]:
    """The faults as the site judges them, without those that it has switched off."""
    for fault in faults:
        verdict = verdicts.get(fault.code)
        if verdict is None:
            yield fault
        elif verdict != OFF:
            yield replace(fault, judged=verdict)
