"""Files of the site as the desk writes them: whole or not at all, and never over another's work.

Every write goes to a hidden file in the same folder first and is then moved into place, so
that whoever reads meanwhile, and whoever comes after a crash, sees the old file or the new.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ssg.digest import digest_bytes
from ssg.faults import Fault, Place


@dataclass(frozen=True, slots=True)
class Write:
    """A file to be written, by its path in the site.

    `new` never touches a file that is there; `replace` only one whose bytes still have the
    digest `expected`; `ours` is a file that no person writes in; `remove` takes one away.
    """

    path: str
    data: bytes
    how: Literal["new", "replace", "ours", "remove"]
    expected: str | None = None


def carry_out(site: Path, write: Write) -> Fault | None:
    """Makes a write, or says why it was not made. Raises OSError where the machine refuses."""
    target = site / write.path
    match write.how:
        case "new":
            return _create(target, write)
        case "replace":
            return _exchange(target, write)
        case "ours":
            put(target, write.data)
        case "remove":
            target.unlink(missing_ok=True)
    return None


def put(target: Path, data: bytes) -> None:
    """Writes a file in one step, over the one that may be there."""
    spare = _spare(target, data)
    try:
        spare.replace(target)
    except OSError:
        _discard(spare)
        raise


def create(target: Path, data: bytes) -> None:
    """Writes a file that must not be there yet: FileExistsError if it is."""
    spare = _spare(target, data)
    try:
        _link(spare, target, data)
    finally:
        _discard(spare)


def bytes_at(file: Path) -> bytes | None:
    """A file's bytes; None where there is no file."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def inside(site: Path, path: str) -> Fault | None:
    """The fault of a path that links lead out of the site."""
    if (site / path).resolve().is_relative_to(site.resolve()):
        return None
    hint = "replace the link by a folder or a file of the site"
    return Fault("E307", "a link on this path leads out of the site", Place(path), hint)


def refused(error: OSError, path: str) -> Fault:
    """The fault of what the machine would not do with the file at `path`."""
    return Fault("E704", f"cannot be read or written: {error.strerror or error}", Place(path))


def _create(target: Path, write: Write) -> Fault | None:
    try:
        create(target, write.data)
    except FileExistsError:
        hint = "run ssg ingest again"
        return Fault("E604", "a file appeared here while it was made", Place(write.path), hint)
    return None


def _exchange(target: Path, write: Write) -> Fault | None:
    # The new text lies ready before the look at the old one: what is left between that
    # look and the replacement is one call.
    spare = _spare(target, write.data)
    try:
        if digest_bytes(target.read_bytes()) == write.expected:
            spare.replace(target)
            return None
    finally:
        _discard(spare)
    hint = "run ssg ingest again: it starts from the text as it is now"
    return Fault("E604", "the article was saved while it was merged", Place(write.path), hint)


def _spare(target: Path, data: bytes) -> Path:
    spare = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
    try:
        with spare.open("wb") as file:
            file.write(data)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        spare.write_bytes(data)
    except OSError:
        _discard(spare)
        raise
    return spare


def _link(spare: Path, target: Path, data: bytes) -> None:
    try:
        os.link(spare, target)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no links: there a crash may leave a part of the file.
        with target.open("xb") as file:
            file.write(data)


def _discard(spare: Path) -> None:
    with suppress(OSError):
        spare.unlink()
