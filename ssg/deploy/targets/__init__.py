"""Targets: the hosts a site is published to, and all that an adapter must promise.

An adapter is a class with the members of `Target`, entered in `ssg.deploy.targets.doors`. Which
files there are, what may be deleted, in which order and whether at all is decided before it is
called; it carries out. `tests/deploy/contract.py` holds every adapter to this page.

It promises:

1. *Whole.* After `publish` the host shows exactly the files of the shipment: what it sends, what
   it keeps as it is, and nothing else. Bytes are those of the files given, to the last one; a
   write that failed is raised, never swallowed.
2. *At once, or in order.* Where `can_switch` is true, every request before some instant is answered
   from the former release and every request after it from the new one. Elsewhere the groups are
   written one after the other, each file replaced in one step, then what is removed is removed,
   then the record is written.
3. *Killed at any instant.* A process that dies in `publish` leaves the former release or the new
   one where `can_switch` is true. Elsewhere it leaves a record by which the next deploy knows what
   it may have touched (`shipment.interim`, written before the first file, and again now and then
   with what has arrived since); `ssg.deploy.targets.ordered` does this for every host that can only
   put and delete single files. What a killed process left lying about is swept by the next one.
4. *One at a time.* `lock` is taken by one process, on whichever machine. The other is told at once
   who has it (`ssg.deploy.locks.taken`). A lock whose holder is known to be dead is taken over;
   else it is explained, and `broken=True` takes it.
5. *Only ours.* Nothing outside the place that the destination names is read or written, but
   what the adapter itself needs beside it. Files that the shipment neither sends nor removes stay.
6. *No secret.* `shown` and every message can be read by anybody. Secrets come from the
   environment, an agent or a file of credentials, never from the destination.
7. *In plain words.* What is wrong with the host raises `Halt` with a fault of the room's codes:
   E857 (files not ours), E858 (locked), E859 (no connection, refused, full; try again later),
   E869 (something is not installed), E880 to E882 (another host, nobody let in, no such place).
   Nothing else is raised but OSError for this machine's own files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from ssg.build.manifest import Entry
from ssg.deploy.kinds import Kind

#: Is told the path of each file that has arrived.
Tell = Callable[[str], None]

#: The record of a deploy that is at work, given the paths that have arrived so far.
Interim = Callable[[Collection[str]], bytes]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file to send: where to, the file that holds its bytes, their digest and number."""

    path: str
    file: Path
    entry: Entry
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """All that an adapter needs to know to make a release live.

    `groups` are sent in their order; `first` is deleted before them and `removed` after them.
    `kept` are the files that stay as they are, those that are not ours among them.
    """

    id: str
    record: bytes
    interim: Interim
    groups: tuple[tuple[Parcel, ...], ...]
    kept: frozenset[str]
    first: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class Target(Protocol):
    """A host. One that keeps former releases is a `Keeper` as well; those of the others are kept on
    this machine.
    """

    @property
    def shown(self) -> str:
        """What people call it: its address, without a secret."""

    @property
    def can_switch(self) -> bool:
        """Whether all readers go from one release to the next at one instant."""

    @property
    def can_list(self) -> bool:
        """Whether a list of all files costs little; if not, it is asked for only when there is no
        record that can be believed.
        """

    def lock(self, *, broken: bool = False) -> AbstractContextManager[None]:
        """Keeps every other deploy away. Raises `Halt` (E858) where somebody else has it.

        `broken`: whoever has it is dead, says the person at the keyboard.
        """

    def record(self) -> bytes | None:
        """The record of what is live, as it lies there. None: there is none."""

    def listing(self) -> Mapping[str, int]:
        """Every file that readers can fetch, with its size, ours or not; the adapter's own things
        left out.
        """

    def adopt(self) -> None:
        """Takes over what stands there and was not made by us: it may be replaced from now on.

        Without it, what cannot be used as it is makes `record` or `listing` raise E857.
        """

    def publish(self, shipment: Shipment, tell: Tell) -> None:
        """Makes a release live. Whoever calls has the lock."""


@runtime_checkable
class Keeper(Target, Protocol):
    """A host that keeps former releases, and can make one of them live again."""

    def history(self) -> Mapping[str, bytes]:
        """The records of all releases that are kept, the live one among them, by their id."""

    def differing(self, release: str, files: Mapping[str, Entry]) -> tuple[str, ...]:
        """Those of the files that a kept release does not hold, or holds with other bytes. Each is
        read.
        """

    def switch_back(self, release: str, record: bytes, kept: Collection[str]) -> None:
        """Makes a kept release live again, with files of the live one that stay for readers or are
        not ours (`kept`), under a record that says so.
        """

    def forget(self, releases: Collection[str]) -> None:
        """Removes kept releases; never the live one."""
