"""The inventory: which files a site was last known to have, to be held against the disk.

This is the safety scan: it finds what no news told of.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from ssg.build.scan import CONTENT, THEMES, File, scan
from ssg.serve.ground import Ground, ground, is_folder
from ssg.serve.noise import is_noise

if TYPE_CHECKING:
    from ssg.build.scan import Scan


class Inventory:
    """The files of a site, and of the further grounds by the paths these are known by."""

    def __init__(self, site: Path, further: Mapping[str, str]) -> None:
        self._site = site
        self.further = further
        self._files: dict[str, File] = {}
        self._folders: set[str] = set()

    def take(self) -> tuple[Scan | None, dict[str, str]]:
        """Lists everything: what a build's scan finds, and the files that differ from before.

        A folder that cannot be read is the build's to report: there is no scan then, and
        nothing differs.
        """
        former = self._files
        try:
            found = scan(self._site)
            self._files = {**dict(self._beside()), **found.files}
        except OSError:
            return None, {}
        self._folders = _folders_of(self._files)
        return found, dict(_differing(former, self._files))

    def remember(self, files: Mapping[str, str]) -> None:
        """Knows files, by their paths, as the disk has them now."""
        for path, file in files.items():
            if (now := _file(file)) is None:
                self._files.pop(path, None)
            else:
                self._files[path] = now

    def any_folder(self, files: Mapping[str, str]) -> bool:
        """Whether a path is or was a folder: a link to one comes and goes like a file."""
        return any(path in self._folders or is_folder(file) for path, file in files.items())

    def _beside(self) -> Iterator[tuple[str, File]]:
        for path, place in self.further.items():
            yield from _files_at(ground(path, place))


def _files_at(there: Ground) -> Iterator[tuple[str, File]]:
    if not there.is_folder and (file := _file(there.place)):
        yield there.path, file
    for folder, _, names in os.walk(there.real) if there.is_folder else ():
        for name in names:
            place = f"{folder}{os.sep}{name}"
            path = there.path_of(place)
            if path and (file := _file(place)):
                yield path, file


def _file(place: str) -> File | None:
    try:
        found = Path(place).stat()
    except OSError:
        return None
    return File(place, found.st_size, found.st_mtime_ns) if S_ISREG(found.st_mode) else None


def _differing(former: Mapping[str, File], now: Mapping[str, File]) -> Iterator[tuple[str, str]]:
    """The files whose size or time differ, or that came or went; noise left out."""
    for path, file in now.items():
        was = former.get(path)
        if (was is None or was[1:] != file[1:]) and not _is_noise(path):
            yield path, file.file
    for path in former.keys() - now.keys():
        if not _is_noise(path):
            yield path, former[path].file


def _is_noise(path: str) -> bool:
    folder, _, inner = path.partition("/")
    return folder in {CONTENT, THEMES} and is_noise(folder, inner)


def _folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that hold these files, themselves or by way of others."""
    folders = {path.rpartition("/")[0] for path in paths}
    for lowest in tuple(folders):
        folder = lowest.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders - {""}
