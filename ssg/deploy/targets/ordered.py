"""Ordered writes: a target made of any host that can put, read, list and delete single files.

Such a host cannot go from one release to the next at once. So: what pages name first, then pages,
lists, feeds, and deletions last; before the first file a record that says which are about to
change, from time to time another that says which have arrived, at the end that of the release.
Its own things lie in `.ssg/` at the top of what readers can fetch; there is nothing secret in them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final, Protocol

from ssg.deploy.locks import is_dead, read_holder, taken, this_process, write_holder
from ssg.deploy.targets import Parcel, Shipment, Tell
from ssg.deploy.targets.sending import send_all
from ssg.faults import Halt

#: Where the adapter's own things lie: not in listings, never deleted.
OWN: Final = ".ssg/"

_RECORD: Final = ".ssg/record.json"
_LOCK: Final = ".ssg/lock.json"
_OFTEN: Final = 250
_SETTLING: Final = 0.3


class Files(Protocol):
    """Single files on a host. Paths are those of outputs.

    A lost connection is tried again within each method, which raises `Halt` (E859) in the end.
    """

    @property
    def shown(self) -> str: ...

    @property
    def can_list(self) -> bool: ...

    @property
    def at_once(self) -> int:
        """How many files may be put at the same time, from as many threads."""

    def put(self, parcel: Parcel) -> None:
        """Writes a file, in one step: readers get the former bytes or all of the new ones."""

    def write(self, path: str, data: bytes) -> None:
        """The same, of a few bytes."""

    def create(self, path: str, data: bytes) -> bool:
        """Writes a file that is not there; False: it is, and stays as it is."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None: there is none."""

    def delete(self, paths: Collection[str]) -> None:
        """Deletes those of the files that are there, and the folders they leave empty."""

    def listing(self) -> Mapping[str, int]:
        """Every file with its size, `OWN` among them or not."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """The target that a host of single files is."""

    files: Files

    can_switch: bool = False

    @property
    def shown(self) -> str:
        return self.files.shown

    @property
    def can_list(self) -> bool:
        return self.files.can_list

    @contextmanager
    def lock(self, *, broken: bool = False) -> Iterator[None]:
        mine = write_holder(this_process())
        if not self.files.create(_LOCK, mine):
            self._take_over(mine, broken=broken)
        try:
            yield
        finally:
            with suppress(Halt, OSError):
                if self.files.read(_LOCK) == mine:
                    self.files.delete([_LOCK])

    def _take_over(self, mine: bytes, *, broken: bool) -> None:
        """Takes the lock of a dead holder. Raises `Halt` where it lives, or somebody was faster."""
        found = self.files.read(_LOCK)
        holder = read_holder(found) if found else None
        if not (broken or found is None or is_dead(holder)):
            raise Halt((taken(holder, self.shown),))
        if self.files.read(_LOCK) == found:
            self.files.delete([_LOCK])
        mine_now = self.files.create(_LOCK, mine)
        time.sleep(_SETTLING)  # whoever saw the same dead holder has acted by then
        found = self.files.read(_LOCK)
        if not mine_now or found != mine:
            raise Halt((taken(read_holder(found) if found else None, self.shown),))

    def record(self) -> bytes | None:
        return self.files.read(_RECORD)

    def listing(self) -> Mapping[str, int]:
        found = self.files.listing()
        return {path: size for path, size in found.items() if not path.startswith(OWN)}

    def adopt(self) -> None:
        """Nothing stands in the way here: every file is taken for itself."""

    def publish(self, shipment: Shipment, tell: Tell) -> None:
        arrived: set[str] = set()
        self.files.write(_RECORD, shipment.interim(arrived))
        if shipment.first:
            self.files.delete(shipment.first)
        arrive = self._noted(arrived, shipment, tell)
        for group in shipment.groups:
            send_all(group, self.files.put, arrive, at_once=self.files.at_once)
        if shipment.removed:
            self.files.delete(shipment.removed)
        self.files.write(_RECORD, shipment.record)

    def _noted(self, arrived: set[str], shipment: Shipment, tell: Tell) -> Callable[[str], None]:
        """Notes in the record on the host, now and then, what has arrived."""

        def arrive(path: str) -> None:
            arrived.add(path)
            if len(arrived) % _OFTEN == 0:
                self.files.write(_RECORD, shipment.interim(arrived))
            tell(path)

        return arrive
