"""Write: finished outputs into the output folder, each file replaced in one step.

Everything is staged first, on the output folder's file system; only when all is there is
anything moved: a folder that the output has not yet in one step, other files one by one.
Bytes that stand there already are not written again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from ssg.build.manifest import Entry
from ssg.build.scan import File, changed
from ssg.digest import digest_bytes
from ssg.faults import Fault
from ssg.model import Copy

_STAGING: Final = "staging"
_NEW: Final = "new"
_REPLACING: Final = "replacing"
_TOGETHER: Final = 64


@contextmanager
def staging(state: Path, output: Path) -> Iterator[Path]:
    """A fresh folder on the output's file system, gone afterwards."""
    output.mkdir(parents=True, exist_ok=True)
    beside, inside = _staging_folders(state, output)
    folder = beside if _device(state) == _device(output) else inside
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(state: Path, output: Path) -> None:
    """Removes what a build that was killed has left on its way."""
    for folder in _staging_folders(state, output):
        if folder.exists():
            shutil.rmtree(folder, ignore_errors=True)


def _staging_folders(state: Path, output: Path) -> tuple[Path, Path]:
    return state / _STAGING, output / f".{_STAGING}"


def _device(folder: Path) -> int:
    return folder.stat().st_dev


def place_in_staging(path: str, number: int, *, replaces: bool) -> str:
    """Where an output is staged: new ones in the shape of the output folder, whose new parts
    arrive whole; those that replace a file side by side, since folders are dear to make, but not
    all in one, where workers would wait for each other.
    """
    return f"{_REPLACING}/{number // _TOGETHER}/{number}" if replaces else f"{_NEW}/{path}"


def stage_copy(copy: Copy, target: Path, files: Mapping[str, File], before: Entry) -> Entry | Fault:
    """Stages a file, unless it has changed since it was looked at. Where the same bytes stand in
    its place, `before` is given back.
    """
    if copy.digest == before.digest and not copy.stripped:
        return before
    if copy.data is not None:
        stage_bytes(copy.data, target)
        return Entry(copy.digest, len(copy.data))
    source = files[copy.file or ""]
    try:
        entry = _stage_file(copy, source, target, before)
        after = os.stat(source.file)
    except FileNotFoundError:
        return changed(copy.file or copy.path)
    if (after.st_size, after.st_mtime_ns) != source[1:]:
        return changed(copy.file or copy.path)
    return entry


def _stage_file(copy: Copy, source: File, target: Path, before: Entry) -> Entry:
    if not copy.stripped:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.file, target)
        return Entry(copy.digest, source.size)
    # Dear for a build that has nothing to do, which sweeps with this module.
    from ssg.content.pseudonyms import tells
    from ssg.pictures import without_traces

    data = without_traces(Path(source.file).read_bytes(), partial(tells, names=copy.unsaid))
    entry = Entry(digest_bytes(data), len(data))
    if entry == before:
        return before
    stage_bytes(data, target)
    return entry


def stage_bytes(data: bytes, target: Path) -> None:
    """Stages bytes that came back from a worker elsewhere."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def move_into_place(folder: Path, staged: Mapping[str, str], output: Path) -> None:
    """Moves outputs, which `staged` gives with their places in the staging folder."""
    top = str(output)
    for path, place in staged.items():
        if place.startswith(f"{_REPLACING}/"):
            _replace(f"{folder}/{place}", f"{top}/{path}")
    if (folder / _NEW).exists():
        _merge(f"{folder}/{_NEW}", top)


def _replace(staged: str, target: str) -> None:
    try:
        os.replace(staged, target)
    except FileNotFoundError:  # somebody removed the folder
        os.makedirs(target.rpartition("/")[0], exist_ok=True)
        os.replace(staged, target)


def _merge(folder: str, output: str) -> None:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        target = f"{output}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            os.replace(entry.path, target)
        elif os.path.lexists(target):
            _merge(entry.path, target)
        else:
            os.rename(entry.path, target)


def remove(paths: Iterable[str], output: Path) -> int:
    """Removes files of ours that nobody wants any more, and the folders they leave empty."""
    removed = 0
    for path in paths:
        target = output / path
        if target.is_file() or target.is_symlink():
            target.unlink()
            removed += 1
        _remove_empty(target.parent, output)
    return removed


def _remove_empty(folder: Path, output: Path) -> None:
    while folder != output and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
