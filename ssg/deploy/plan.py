"""The plan: what a deploy would send, leave and delete. Two tables in, their difference out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from posixpath import dirname

from ssg.build.manifest import Entry
from ssg.deploy.kinds import is_fingerprinted
from ssg.deploy.release import Leaving


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What becomes of each file, by path, with its size in bytes.

    `leaving` stays for readers whose page still names it; `foreign` is on the host and not ours;
    `taken` are those of the foreign files that stand where the release needs its place.
    """

    new: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]
    deleted: Mapping[str, int]
    leaving: Mapping[str, Leaving] = field(default_factory=dict)
    foreign: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()

    @property
    def sent(self) -> dict[str, int]:
        """What has to be sent."""
        return {**self.new, **self.changed}

    @property
    def is_idle(self) -> bool:
        """Whether the host shows the release already."""
        return not (self.new or self.changed or self.deleted)

    @property
    def first(self) -> tuple[str, ...]:
        """What has to be deleted before anything is sent: a file where a folder has to be, or
        files in a folder where a file has to be.
        """
        return tuple(sorted(set(_obstacles(self.deleted, self.new))))


def make_plan(
    ours: Mapping[str, Entry],
    wanted: Mapping[str, Entry],
    *,
    now: datetime,
    leaving: Mapping[str, Leaving] | None = None,
    grace: timedelta = timedelta(0),
    foreign: Collection[str] = (),
    are_ours: bool = False,
) -> Plan:
    """The way from what is on the host to the release.

    `ours` is what lies there because of us, `leaving` those of it that are on their way out.
    `are_ours`: foreign files are deleted as if they were ours.
    """
    leaving = leaving or {}
    staying = dict(_staying(ours, wanted, leaving, now, grace))
    gone = {path: max(entry.size, 0) for path, entry in ours.items() if path not in wanted}
    others = sorted(set(foreign))
    taken = () if are_ours else tuple(sorted(set(_obstacles(others, wanted))))
    deleted = {path: size for path, size in gone.items() if path not in staying}
    if are_ours:
        deleted |= {path: 0 for path in others if path not in wanted}
    return Plan(
        new={path: entry.size for path, entry in wanted.items() if path not in ours},
        changed={p: e.size for p, e in wanted.items() if p in ours and ours[p] != e},
        unchanged={p: e.size for p, e in wanted.items() if ours.get(p) == e},
        deleted=deleted,
        leaving=staying,
        foreign=() if are_ours else tuple(others),
        taken=taken,
    )


def _staying(
    ours: Mapping[str, Entry],
    wanted: Mapping[str, Entry],
    leaving: Mapping[str, Leaving],
    now: datetime,
    grace: timedelta,
) -> Iterator[tuple[str, Leaving]]:
    """Fingerprinted files that nobody wants any more and whose time is not over."""
    for path, entry in ours.items():
        if path in wanted or not is_fingerprinted(path) or not entry.digest:
            continue
        known = leaving.get(path)
        until = datetime.fromisoformat(known.until) if known else now + grace
        if until > now:
            yield path, Leaving(entry.digest, entry.size, until.isoformat(timespec="seconds"))


def _obstacles(there: Collection[str], wanted: Collection[str]) -> Iterator[str]:
    """Those of the paths that are in the way of others: one of the two needs a folder there."""
    if not there:
        return
    folders = {folder for path in wanted for folder in _folders(path)}
    places = set(wanted)
    for path in there:
        if path in folders or path in places or any(f in places for f in _folders(path)):
            yield path


def _folders(path: str) -> Iterator[str]:
    while path := dirname(path):
        yield path
