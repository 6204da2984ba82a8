"""Addresses to files of the output folder, and never to one outside it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from ssg.digest import digest, digest_bytes

# A larger file is known by its size and times: reading a film to name it takes too long.
_READ_WHOLE: Final = 8 * 1024 * 1024

_DRIVE: Final = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is open for reading; `mark` is another one for other bytes."""

    handle: BinaryIO
    size: int
    mark: str


def found_bytes(data: bytes) -> Found:
    """Bytes that need no file."""
    return Found(BytesIO(data), len(data), digest_bytes(data))


def safe_path(path: str) -> str | None:
    """A decoded path below the site's base as a path in the output folder.

    None for what no web host would take as one: steps upwards, empty steps, the signs of
    other systems' paths. An empty last step is allowed, it stands for a folder.
    """
    steps = path.split("/")
    if any(not step for step in steps[:-1]):
        return None
    if any(step in {".", ".."} or _DRIVE.match(step) for step in steps):
        return None
    return None if "\\" in path or "\0" in path else path


def find_file(folder: Path, output: str) -> Found | None:
    """A file of the folder. What links lead out of it to is not found, whoever made them."""
    try:
        path = _inside(folder, output)
        handle = path.open("rb") if path and path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None
    if path is None or handle is None:
        return None
    state = os.fstat(handle.fileno())
    return Found(handle, state.st_size, _mark(path, _times(state), state.st_size))


def mark_of(folder: Path, output: str) -> str | None:
    """The mark of a file of the folder, None where there is none."""
    found = find_file(folder, output)
    if found is None:
        return None
    found.handle.close()
    return found.mark


def _inside(folder: Path, output: str) -> Path | None:
    root = folder.resolve()
    path = (root / output).resolve(strict=True)
    return path if path.is_relative_to(root) else None


def _times(state: os.stat_result) -> tuple[int, int, int]:
    return state.st_ino, state.st_mtime_ns, state.st_ctime_ns


@lru_cache(maxsize=10_000)
def _mark(path: Path, times: tuple[int, int, int], size: int) -> str:
    if size > _READ_WHOLE:
        return digest((times, size))
    return digest_bytes(path.read_bytes())
