"""Scan: which files a site has, and which of them have changed since they were last read.

A file is known by its path in NFC; on disk its name need not be so. Its bytes are taken to
be those of the last time only when size and modification time are the same and the file had
rested for two seconds when it was scanned then: file systems tell times in steps, and what
is saved twice within a step looks the same.
"""

from __future__ import annotations

import os
import stat
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from ssg.build.store import Row
from ssg.faults import Fault, Place

CONFIG: Final = "config.toml"
CONTENT: Final = "content"
INBOX: Final = "content/inbox/"
MEDIA: Final = "content/media/"
ROOT: Final = "content/root/"
THEMES: Final = "themes"

#: How long a file must have rested before its times are believed, in nanoseconds.
SETTLING: Final = 2_000_000_000

_NEVER_PUBLISHED: Final = frozenset({".DS_Store", ".git", ".gitignore", ".gitkeep"})
_CHUNK: Final = 1 << 20


class File(NamedTuple):
    """A file as the disk shows it: where it is, its size, and when it changed (nanoseconds)."""

    file: str
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class Scan:
    """Every file of a site by its path, at one moment of this machine's clock. `otherwise` has
    those whose names on disk are not those of their paths.
    """

    files: Mapping[str, File]
    faults: tuple[Fault, ...]
    at: int
    otherwise: Mapping[str, str] = field(default_factory=dict)

    def below(self, folder: str) -> dict[str, File]:
        """The files below a folder, whose name ends with a slash."""
        return {path: file for path, file in self.files.items() if path.startswith(folder)}


def scan(site: Path) -> Scan:
    """Lists what a build of the site may read; nothing is opened."""
    at = time.time_ns()
    walk = _Walk(os.path.realpath(site))
    for folder in (CONTENT, THEMES):
        walk.below(folder, str(site / folder), os.path.realpath(site / folder))
    files = dict(walk.files)
    if len(files) < len(walk.files):
        walk.faults += _of_one_name(walk.files)
    if (config := _stat(site / CONFIG)) is not None:
        files[CONFIG] = config
    return Scan(files, tuple(walk.faults), at, walk.otherwise)


def scan_again(found: Scan, site: Path, paths: Iterable[str]) -> Scan | None:
    """The scan with another look at these paths. None where only a full scan can tell: where a
    folder came or went, a link is on the way, or a file is new whose name has other forms.
    """
    if found.faults:
        return None
    at = time.time_ns()
    top = os.path.realpath(site)
    files = dict(found.files)
    for path in paths:
        known = files.get(path)
        place = known.file if known else f"{top}/{path}"
        if os.path.islink(place) or (known is None and not _is_plain(path, top)):
            return None
        now = _stat(Path(place))
        if now is None and (os.path.isdir(place) or _holds(files, f"{path}/")):
            return None
        if now is None:
            files.pop(path, None)
        elif known or not _is_hidden_in(path):
            files[path] = File(place, now.size, now.mtime)
    return Scan(files, (), at, found.otherwise)


def _is_plain(path: str, top: str) -> bool:
    """Whether a path not known yet can only be what it says."""
    folder = path.rpartition("/")[0]
    inside = path == CONFIG or path.startswith((f"{CONTENT}/", f"{THEMES}/"))
    return inside and path.isascii() and os.path.realpath(f"{top}/{folder}") == f"{top}/{folder}"


def _holds(files: Iterable[str], folder: str) -> bool:
    return any(path.startswith(folder) for path in files)


def _is_hidden_in(path: str) -> bool:
    """Whether a scan would pass by a file, or by a folder that it is in."""
    parts = path.split("/")
    return any(is_hidden("/".join(parts[: number + 1]), part) for number, part in enumerate(parts))


def _of_one_name(files: Iterable[tuple[str, File]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, _ in files:
        if path in seen:
            hint = "rename or remove one of them"
            yield Fault("E401", "two files have this name", Place(path), hint)
        seen.add(path)


def stands(row: Row | None, file: File) -> bool:
    """Whether a file's bytes can be taken to be those of its row without reading it."""
    return (
        row is not None
        and row.mtime == file.mtime
        and row.size == file.size
        and row.seen - row.mtime >= SETTLING
    )


@dataclass(slots=True)
class _Walk:
    """A way through the folders of a site, and what was found on it.

    Links are followed while they stay inside the site; each folder is visited once. Themes
    are code that the site's user chose: their links may lead anywhere.
    """

    top: str
    files: list[tuple[str, File]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    otherwise: dict[str, str] = field(default_factory=dict)

    def below(self, path: str, file: str, real: str) -> None:
        """Lists a folder, known by a path, that lies at a place of the disk."""
        if self._is_outside(path, real):
            hint = "copy the files into the site"
            self.faults.append(Fault("E307", "this link leads out of the site", Place(path), hint))
        elif real not in self.seen:
            self.seen.add(real)
            for entry in _entries(file):
                child = f"{path}/{entry.name}"
                if not is_hidden(child, entry.name):
                    self._visit(child, entry, real)

    def _visit(self, child: str, entry: os.DirEntry[str], real: str) -> None:
        linked = entry.is_symlink()
        place = os.path.realpath(entry.path) if linked else f"{real}{os.sep}{entry.name}"
        if entry.is_dir():
            self.below(child, entry.path, place)
        elif linked and self._is_outside(child, place):
            hint = "copy the file into the site"
            self.faults.append(Fault("E307", "this link leads out of the site", Place(child), hint))
        elif (found := _stat(entry)) is not None:
            path = child if child.isascii() else unicodedata.normalize("NFC", child)
            if path != child:
                self.otherwise[path] = found.file
            self.files.append((path, found))

    def _is_outside(self, path: str, real: str) -> bool:
        inside = real == self.top or real.startswith(self.top + os.sep)
        return not inside and path.startswith(CONTENT)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _stat(entry: os.DirEntry[str] | Path) -> File | None:
    """What there is to know of a regular file; None for others, or when it has just gone."""
    try:
        found = entry.stat()
    except FileNotFoundError:
        return None
    regular = stat.S_ISREG(found.st_mode)
    return File(os.fspath(entry), found.st_size, found.st_mtime_ns) if regular else None


def is_hidden(path: str, name: str) -> bool:
    """Hidden files are nobody's business, but in the inbox and in `content/root/`, which may
    hold `.well-known/` or `.nojekyll`.
    """
    if not name.startswith("."):
        return False
    published = path.startswith(ROOT) and name not in _NEVER_PUBLISHED
    return not (published or path.startswith(INBOX))


def changed(path: str) -> Fault:
    """The fault of a file that is not what it was when the build began."""
    return Fault("E308", "changed while the site was being built", Place(path), "build again")


def file_digest(file: str | Path) -> str:
    """The digest of a file's bytes, read in pieces: films are larger than memory."""
    state = blake2b(digest_size=16)
    with Path(file).open("rb") as stream:
        while piece := stream.read(_CHUNK):
            state.update(piece)
    return state.hexdigest()
