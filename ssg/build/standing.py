"""Standing: finding out, at little cost, that the output is what a build would make of it.

What the last green build was made from is summed up in a `Mark`. When the files of the site,
the code, the order and the output folder are as it says, and the clock has crossed no
instant at which something appears or disappears, a build has nothing to do; that is known
without reading a file, and without loading what parses, converts or renders.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from ssg.build.code import code_stamp
from ssg.build.manifest import NAME as MANIFEST
from ssg.build.order import Order, Report
from ssg.build.scan import INBOX, SETTLING, File, Scan, file_digest, stands
from ssg.build.store import Row, Store
from ssg.digest import digest
from ssg.faults import Fault

T = TypeVar("T")

MARK: Final = "mark"
INBOX_MARK: Final = "inbox"


class Mark(msgspec.Struct, frozen=True):
    """What a green build was made from and of; times as seconds since the epoch.

    It holds from the build's instant until the library's next one. `folder` and `manifest` are
    the identities of the output folder and of the manifest, `code` the stamp of the code, `files`
    how many the site has.
    """

    code: str
    code_files: tuple[str, ...]
    showing: str
    since: float
    until: float | None
    folder: tuple[int, int, int] | None
    manifest: tuple[int, int, int] | None
    files: int
    pages: int
    outputs: int
    faults: tuple[Fault, ...]

    def is_in_time(self, order: Order) -> bool:
        """Whether nothing has appeared or disappeared since, by the clock alone."""
        return self.since <= order.now.timestamp() < (self.until or float("inf"))


def identity(place: Path) -> tuple[int, int, int] | None:
    """Which folder it is, and when something was last added to or taken from its top; which file,
    and when it was last written.
    """
    try:
        found = place.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns


def read_mark(store: Store) -> Mark | None:
    """The mark of the last build, unless that build had errors or was another version's."""
    return recalled(store.about(MARK), Mark)


def recalled(data: bytes | None, kind: type[T]) -> T | None:
    """What was remembered; None when it is not of that kind any more: a cache may be of any age."""
    try:
        return msgspec.msgpack.decode(data, type=kind) if data else None
    except msgspec.ValidationError:
        return None


def standing(order: Order, mark: Mark | None, found: Scan, rows: Mapping[str, Row]) -> bool:
    """Whether the output stands as it is."""
    return (
        mark is not None
        and not (order.clean or order.adopt or found.faults)
        and mark.files == len(found.files)
        and mark.showing == digest(order.showing)
        and mark.is_in_time(order)
        and mark.folder is not None
        and mark.folder == identity(order.target)
        and mark.manifest == identity(order.state / MANIFEST)
        and all(_is_same(rows.get(path), file) for path, file in found.files.items())
        and mark.code == code_stamp(mark.code_files)
    )


def _is_same(row: Row | None, file: File) -> bool:
    """Whether a file holds the bytes of its row: those whose times say nothing yet are read."""
    if stands(row, file):
        return True
    return row is not None and row.size == file.size and row.digest == file_digest(file.file)


def as_it_stands(mark: Mark, seconds: Mapping[str, float]) -> Report:
    """The report of a build that had nothing to do: what was said of the site is said again."""
    return Report(
        pages=mark.pages, unchanged=mark.outputs, faults=mark.faults, seconds=dict(seconds)
    )


def inbox_mark(found: Scan) -> bytes | None:
    """What the inbox looks like; None while a file in it may change without looking changed."""
    files = found.below(INBOX)
    if any(found.at - file.mtime < SETTLING for file in files.values()):
        return None
    return os.fsencode(digest([(path, *file[1:]) for path, file in sorted(files.items())]))


def inbox_is_done(store: Store, found: Scan) -> bool:
    """Whether nothing is in the inbox that the last build did not take in without a remark."""
    if not found.below(INBOX):
        return True
    mark = inbox_mark(found)
    return mark is not None and mark == store.about(INBOX_MARK)
