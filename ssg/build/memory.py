"""Memory: what a process that goes on building keeps from one build to the next.

It holds what the store holds and more: documents as they were read, the library, what is
known of outputs. A build that is told where to look then reads no more than that.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ssg.build.manifest import NAME as MANIFEST
from ssg.build.manifest import Manifest
from ssg.build.order import Order
from ssg.build.scan import CONFIG, INBOX, Scan, scan_again
from ssg.build.standing import Mark, identity
from ssg.digest import digest

if TYPE_CHECKING:
    from ssg.build.inputs import Inputs
    from ssg.build.store import Known, Row
    from ssg.build.wanted import Wanted
    from ssg.content import Text
    from ssg.model import Media


@dataclass(frozen=True, slots=True)
class Kept:
    """What a green build was made from, and what it left. `rows`, `outputs` and `shared`
    are the store's.
    """

    inputs: Inputs
    wanted: Wanted
    mark: Mark
    manifest: Manifest
    rows: dict[str, Row]
    outputs: dict[str, Known]
    shared: str

    @property
    def former(self) -> Mapping[str, Text | Media]:
        """What was read of files, by path."""
        reading = self.inputs.reading
        return ChainMap[str, Any](reading.texts, reading.media, reading.files)

    def is_of(self, order: Order) -> bool:
        """Whether nobody else has built since, and this order asks for the same site."""
        return (
            not (order.clean or order.adopt or order.keep_going)
            and self.mark.showing == digest(order.showing)
            and self.mark.folder == identity(order.target)
            and self.mark.manifest == identity(order.state / MANIFEST)
        )


@dataclass(slots=True)
class Memory:
    """What is kept, and where files have changed since the last green build.

    `look` are the paths that the next build has to look at; None: nobody knows, so at all.
    `found` is a scan of the whole site, where somebody has just made one.
    """

    kept: Kept | None = None
    look: set[str] | None = field(default_factory=set)
    found: Scan | None = None

    def notice(self, paths: frozenset[str] | None, found: Scan | None = None) -> None:
        """Files have changed at these paths; None: somewhere."""
        self.found = found
        if paths is None or self.look is None:
            self.look = None
        else:
            self.look |= paths

    def scan(self, order: Order) -> Scan | None:
        """The site's files, by a look at those that have changed; None where that cannot tell."""
        if self.kept is None or not self.kept.is_of(order):
            self.kept = None
            return None
        if self.look is None or any(path == CONFIG or path.startswith(INBOX) for path in self.look):
            return None
        if self.found:
            return None if self.found.faults else self.found
        return scan_again(self.kept.inputs.found, order.site, self.look)

    def keep(self, kept: Kept | None) -> None:
        """After a build; None: it had errors, and what it left is not known to be whole."""
        self.kept = kept
        self.look = set()
        self.found = None
