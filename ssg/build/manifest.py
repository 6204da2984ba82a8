"""The manifest: which files in the output folder are ours, and what each was made from.

It is no cache: only files it names are ever replaced or removed. Before files are moved it
is written with the keys of those about to change left empty, afterwards with their new
keys; so a build that was killed in between leaves files that are known as ours and will be
made again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from ssg.digest import digest
from ssg.faults import Fault, Halt, Place

STATE: Final = ".ssg"
NAME: Final = "manifest.json"
DEFAULT_OUTPUT: Final = "output"


@dataclass(frozen=True, slots=True)
class Entry:
    """An output as the last build left it; an empty key: it must be made again."""

    key: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every output of the last build by its path."""

    files: Mapping[str, Entry] = field(default_factory=dict)


def state_folder(site: Path, output: Path) -> Path:
    """Where what is known of an output folder lies: one store for each."""
    site, output = site.resolve(), output.resolve()
    if output == site / DEFAULT_OUTPUT:
        return site / STATE
    name = output.relative_to(site) if output.is_relative_to(site) else output
    return site / STATE / "outputs" / digest(name.as_posix())


def read_manifest(state: Path) -> Manifest | None:
    """What the last build left; None when there was none."""
    path = state / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as error:
        hint = "remove it and build with --adopt, if all files in the output folder are ours"
        shown = "/".join(path.parts[path.parts.index(STATE) :])
        fault = Fault("E706", f"the manifest cannot be read: {error}", Place(shown), hint)
        raise Halt((fault,)) from None


def forgotten(paths: Iterable[str]) -> dict[str, Entry]:
    """Files that are ours and have to be made again."""
    return dict.fromkeys(paths, Entry("", "", 0))


def write_manifest(state: Path, manifest: Manifest) -> None:
    """Replaces the manifest in one step."""
    state.mkdir(parents=True, exist_ok=True)
    ordered = Manifest(dict(sorted(manifest.files.items())))
    data = msgspec.json.format(msgspec.json.encode(ordered), indent=1)
    fresh = state / f"{NAME}.new"
    fresh.write_bytes(data + b"\n")
    fresh.replace(state / NAME)


def sizes_in(output: Path, ours: Iterable[str] = ()) -> dict[str, int]:
    """Every file in the output folder with its size, but dot files at its top that are not ours."""
    known = frozenset(path.partition("/")[0] for path in ours)
    return dict(_sizes(output, "", known)) if output.is_dir() else {}


def _sizes(folder: Path, prefix: str, known: frozenset[str]) -> Iterator[tuple[str, int]]:
    for entry in os.scandir(folder):
        if not prefix and entry.name.startswith(".") and entry.name not in known:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _sizes(Path(entry.path), f"{prefix}{entry.name}/", known)
        else:
            yield f"{prefix}{entry.name}", entry.stat(follow_symlinks=False).st_size
