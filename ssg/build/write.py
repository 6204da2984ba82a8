"""Write: finished outputs into the output folder, each file replaced in one step.

Everything is staged first, beside the output folder's files and on their file system; only
when all is there are files moved. Bytes that stand there already are not written again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ssg.build.manifest import Entry
from ssg.build.render import Rendered
from ssg.build.scan import located
from ssg.model import Copy


@contextmanager
def staging(state: Path, output: Path) -> Iterator[Path]:
    """A fresh folder on the output's file system, gone afterwards."""
    state.mkdir(parents=True, exist_ok=True)
    output.mkdir(parents=True, exist_ok=True)
    same = state.stat().st_dev == output.stat().st_dev
    folder = (state if same else output) / (".staging" if not same else "staging")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Stage:
    """Outputs waiting to be moved into place, and what the manifest will say of them."""

    def __init__(self, folder: Path, last: Mapping[str, Entry], sizes: Mapping[str, int]) -> None:
        self.folder = folder
        self.last = last
        self.sizes = sizes
        self.waiting: dict[str, Path] = {}
        self.entries: dict[str, Entry] = {}

    def add_page(self, rendered: Rendered, key: str) -> None:
        """Stages a page, unless the same bytes stand in its place already."""
        entry = Entry(key, rendered.digest, len(rendered.data))
        if not self._stands(rendered.path, entry):
            self._new_file(rendered.path).write_bytes(rendered.data)
        self.entries[rendered.path] = entry

    def add_copy(self, copy: Copy, key: str, site: Path) -> None:
        """Stages a file as it is."""
        if copy.data is not None:
            size = len(copy.data)
        else:
            size = located(site, copy.file or "").stat().st_size
        entry = Entry(key, copy.digest, size)
        if not self._stands(copy.path, entry):
            target = self._new_file(copy.path)
            if copy.data is not None:
                target.write_bytes(copy.data)
            else:
                shutil.copyfile(located(site, copy.file or ""), target)
        self.entries[copy.path] = entry

    def _stands(self, path: str, entry: Entry) -> bool:
        last = self.last.get(path)
        return bool(
            last and last.key and last.digest == entry.digest and self.sizes.get(path) == entry.size
        )

    def _new_file(self, path: str) -> Path:
        self.waiting[path] = self.folder / str(len(self.waiting))
        return self.waiting[path]


def move_into_place(waiting: Mapping[str, Path], output: Path) -> None:
    """Replaces each file in one step; folders are made once."""
    made: set[Path] = set()
    for path, staged in waiting.items():
        target = output / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        staged.replace(target)


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
