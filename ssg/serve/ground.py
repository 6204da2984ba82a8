"""Grounds: what is watched, where it stands on the disk, and by which paths it is known."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass

from ssg.serve.noise import is_noise


@dataclass(frozen=True, slots=True)
class Ground:
    """A file or folder to look after: the path it is known by, where it stands and what it is.

    `real` is where its links lead.
    """

    path: str
    place: str
    real: str
    is_folder: bool

    def path_of(self, place: str) -> str | None:
        """The path by which something here is known; None when it is noise or elsewhere."""
        place, top = nfc(place), nfc(self.real)
        if place in {nfc(self.place), top}:
            return self.path
        if not self.is_folder or not place.startswith(f"{top}/"):
            return None
        inner = place[len(top) + 1 :]
        return None if is_noise(self.path, inner) else f"{self.path}/{inner}"


def ground(path: str, place: str) -> Ground:
    """What is to be looked after at a place, as it is now."""
    real = os.path.realpath(place)
    return Ground(path, place, real, is_folder(real))


def is_folder(place: str) -> bool:
    """Whether a folder is there, by way of links or not; what cannot be seen is none."""
    return os.path.isdir(place)  # noqa: PTH112 - a `Path` raises where it may not look


def nfc(path: str) -> str:
    """A path of the disk as this program writes it."""
    path = path.replace(os.sep, "/")
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def is_below(place: str, top: str) -> bool:
    """Whether a place of the disk lies in a folder."""
    return place.startswith(top.rstrip(os.sep) + os.sep)
