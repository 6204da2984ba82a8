"""The snapshot: the files of the last green build, held fast while they are sent.

They lie in `.ssg/release/files/`, each under its digest, as hard links where the file system has
them: so the next build may go on while a deploy sends, and former releases cost only what they do
not share. Every file is read and compared with its digest whenever a snapshot is taken.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from ssg.build.manifest import DEFAULT_OUTPUT, STATE, Entry, Manifest, read_manifest, state_folder
from ssg.build.store import opened
from ssg.deploy.release import is_sure
from ssg.faults import Fault, Halt, Place

#: Where releases are held, in a site's folder.
FOLDER: Final = f"{STATE}/release"

_FILES: Final = "files"
_BYTES: Final = 16
_PIECE: Final = 1 << 20
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Blobs:
    """Files by their digest."""

    folder: Path

    def file(self, entry: Entry) -> Path:
        """Where the bytes of an entry lie, if they are there."""
        return Path(self._place(entry))

    def _place(self, entry: Entry) -> str:
        return f"{self.folder}/{entry.digest[:2]}/{entry.digest}"

    def holds(self, entry: Entry) -> bool:
        """Whether the bytes are there, and are those: they are read."""
        return has_digest(self._place(entry), entry)

    def take(self, file: str, entry: Entry) -> bool:
        """Takes a file in; False: it is not there, or its bytes are others."""
        if self.holds(entry):
            return True
        held = self.file(entry)
        held.unlink(missing_ok=True)
        held.parent.mkdir(parents=True, exist_ok=True)
        fresh = held.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        try:
            _link_or_copy(file, fresh)
        except FileNotFoundError:
            return False
        if not has_digest(fresh, entry):
            fresh.unlink()
            return False
        fresh.replace(held)
        return True

    def keep_only(self, digests: Collection[str]) -> None:
        """Removes what nobody wants any more."""
        for folder in self.folder.iterdir() if self.folder.is_dir() else ():
            for file in folder.iterdir():
                if file.name not in digests:
                    file.unlink()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The outputs of a build, whose bytes stay as they are."""

    files: Mapping[str, Entry]
    blobs: Blobs

    def file(self, path: str) -> Path:
        return self.blobs.file(self.files[path])


def blobs_of(site: Path) -> Blobs:
    """The files that are held for a site."""
    return Blobs(site / FOLDER / _FILES)


def take_snapshot(site: Path) -> tuple[Snapshot, Manifest]:
    """Holds the last build fast. Raises `Halt` where it cannot be published.

    Waits for a build that is at work, and keeps others away while it links and compares.
    """
    output = site / DEFAULT_OUTPUT
    state = state_folder(site, output)
    if not (state.is_dir() and output.is_dir()):
        raise Halt((_nothing(),))
    with opened(state):
        manifest = read_manifest(state)
        if manifest is None or not manifest.files:
            raise Halt((_nothing(),))
        blobs = blobs_of(site)
        if faults := tuple(_held(manifest, output, blobs)):
            raise Halt(_some(faults))
    return Snapshot(manifest.files, blobs), manifest


def _held(manifest: Manifest, output: Path, blobs: Blobs) -> Iterator[Fault]:
    """Takes every file in; gives a fault for each that is not as the build left it."""
    for path, entry in manifest.files.items():
        place = Place(f"{DEFAULT_OUTPUT}/{path}")
        if not is_sure(entry):
            message = "a build was stopped while it replaced this file"
            yield Fault("E851", message, place, "build again, then deploy")
        elif not blobs.take(f"{output}/{path}", entry):
            hint = "ssg build --clean makes it again, then deploy"
            yield Fault("E851", "the file is not as the build left it", place, hint)


def _nothing() -> Fault:
    return Fault("E850", "nothing has been built", None, "ssg build makes what can be published")


def _some(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The first of many: each of ten thousand files may be damaged."""
    if len(faults) <= _SHOWN:
        return faults
    more = Fault("E851", f"and {len(faults) - _SHOWN} files more", None, "build again, then deploy")
    return (*faults[:_SHOWN], more)


def has_digest(file: str | Path, entry: Entry) -> bool:
    """Whether a file's bytes are those of the entry. A link is not followed."""
    try:
        found = os.lstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_size != entry.size:
            return False
        return file_digest(file) == entry.digest
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def file_digest(file: str | Path) -> str:
    """The digest of a file's bytes, as `ssg.digest.digest_bytes` gives it."""
    found = blake2b(digest_size=_BYTES)
    with open(file, "rb") as opened_file:
        while piece := opened_file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def _link_or_copy(file: str, target: Path) -> None:
    try:
        os.link(file, target)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without links
        shutil.copyfile(file, target)
