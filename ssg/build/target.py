"""The target: the output folder as a build finds it, and what it refuses to touch."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname
from typing import Final

from ssg.build.manifest import STATE, UNSURE, Entry, Manifest, read_manifest, sizes_in
from ssg.faults import Fault, Halt, Place

_SHOWN: Final = 5
_SOURCES: Final = ("content", "themes", f"{STATE}/staging", f"{STATE}/outputs", f"{STATE}/release")


@dataclass(frozen=True, slots=True)
class Target:
    """An output folder, and what the last build left in it, as its `manifest` says.

    An entry is unsure when its file is not there any more, or has another size.
    """

    folder: Path
    state: Path
    last: Mapping[str, Entry]
    manifest: Manifest
    notes: tuple[Fault, ...] = ()


def refuse_swallowing(site: Path, output: Path) -> None:
    """Raises `Halt` where writing the output would meet the site's own files."""
    top, target = site.resolve(), output.resolve()
    inside = any(target.is_relative_to(top / name) for name in _SOURCES)
    state = top / STATE
    if top.is_relative_to(target) or inside or target == state:
        message = f"{output} is the site or a part of it that people write"
        hint = "name a folder of its own, such as output"
        raise Halt((Fault("E703", message, None, hint),))


def look_at(
    state: Path,
    output: Path,
    wanted: AbstractSet[str],
    *,
    adopt: bool,
    untouched: bool,
    known: Manifest | None = None,
) -> Target:
    """What lies in the output folder. Raises `Halt` when a file there is not ours to replace.

    A folder that is `untouched` since the last build holds what that build left; only what is
    in the way of new outputs is looked for. `known` is the manifest, where it was read before.
    """
    manifest = known or read_manifest(state)
    said = manifest or Manifest()
    last = said.files
    if untouched and manifest and not adopt:
        new = (path for path in wanted if path not in last)
        found = sorted(path for path in set(_standing_in(output, new)) if path not in last)
        _refuse(found, output, wanted)
        return Target(output, state, last, said)
    sizes = sizes_in(output, last)
    foreign = sorted(path for path in sizes if path not in last and not path.startswith("."))
    last = {p: entry if sizes.get(p) == entry.size else UNSURE for p, entry in last.items()}
    if adopt:
        return Target(output, state, last | dict.fromkeys(foreign, UNSURE), said)
    if foreign and manifest is None:
        message = f"{output} holds files and no build of ours made them: {_some(foreign)}"
        hint = "choose an empty folder, or --adopt to treat all of them as ours"
        raise Halt((Fault("E701", message, None, hint),))
    _refuse(foreign, output, wanted)
    return Target(output, state, last, said, tuple(_note(foreign, output)))


def _standing_in(output: Path, new: Iterable[str]) -> Iterator[str]:
    """Files not ours at the places of new outputs, in folders there, or where these need one."""
    seen: set[str] = set()
    for path in new:
        if _is_dir(output / path):
            yield from (f"{path}/{name}" for name in sizes_in(output / path))
        for step in (path, *_folders(path)):
            if step in seen:
                break
            seen.add(step)
            if os.path.lexists(output / step) and not _is_dir(output / step):
                yield step


def _is_dir(place: Path) -> bool:
    return place.is_dir() and not place.is_symlink()


def _refuse(foreign: Collection[str], output: Path, wanted: Collection[str]) -> None:
    taken = list(_in_the_way(foreign, wanted))
    if taken:
        hint = "move them away, or --adopt to let the build replace them"
        raise Halt(tuple(_taken(path, output, hint) for path in taken))


def _in_the_way(foreign: Collection[str], wanted: Collection[str]) -> Iterator[str]:
    """Files not ours where an output goes, where it needs a folder, or inside one of its name."""
    folders = {folder for path in wanted for folder in _folders(path)} if foreign else set()
    for path in foreign:
        if path in wanted or path in folders or any(folder in wanted for folder in _folders(path)):
            yield path


def _folders(path: str) -> Iterator[str]:
    while path := dirname(path):
        yield path


def _taken(path: str, output: Path, hint: str) -> Fault:
    return Fault("E702", f"{output / path} is in the way and not ours", Place(path), hint)


def _note(foreign: list[str], output: Path) -> list[Fault]:
    if not foreign:
        return []
    return [Fault("N701", f"left alone in {output}, since not ours: {_some(foreign)}")]


def _some(paths: list[str]) -> str:
    more = len(paths) - _SHOWN
    return ", ".join(paths[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
