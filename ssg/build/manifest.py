"""The manifest: which files in the output folder are ours, and the bytes that we gave each.

It is no cache: only files it names are ever replaced or removed, and deploying publishes
what it says. Before files are moved their paths are written to a journal beside it,
afterwards the manifest is replaced and the journal removed; so a build that was killed in
between leaves files that are known as ours, but whose bytes nobody relies on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from msgspec import structs

from ssg.digest import digest
from ssg.faults import Fault, Halt, Place
from ssg.model import HeldFor, Live

T = TypeVar("T")

STATE: Final = ".ssg"
NAME: Final = "manifest.json"
JOURNAL: Final = "moving.json"
DEFAULT_OUTPUT: Final = "output"


class Entry(msgspec.Struct, frozen=True):
    """A file as the last build left it; an empty digest: nobody knows what its bytes are."""

    digest: str
    size: int


UNSURE: Final = Entry("", -1)


class Banner(msgspec.Struct, frozen=True):
    """Why readers do not see a page that a preview shows; `until` in ISO 8601, if that ends."""

    reason: HeldFor
    until: str | None = None


class Manifest(msgspec.Struct, frozen=True, omit_defaults=True):
    """Every output of the last build by its path.

    `quarantined` are the content files whose faults were left out of that build: a manifest
    that has any is of a site that is not as its files say. `guessed` are the values of published
    articles that nobody has settled, by content file. `held` are the pages (by path) that only a
    preview has. `live` is what a deploy records of each address that readers may
    know.
    """

    files: Mapping[str, Entry] = {}
    quarantined: tuple[str, ...] = ()
    guessed: Mapping[str, tuple[str, ...]] = {}
    held: Mapping[str, Banner] = {}
    live: Mapping[str, Live] = {}


def state_folder(site: Path, output: Path) -> Path:
    """Where what is known of an output folder lies: one store for each."""
    site, output = site.resolve(), output.resolve()
    if output == site / DEFAULT_OUTPUT:
        return site / STATE
    name = output.relative_to(site) if output.is_relative_to(site) else output
    return site / STATE / "outputs" / digest(name.as_posix())


def read_manifest(state: Path) -> Manifest | None:
    """What the last build left, also one that was killed while it moved files; None: no build."""
    manifest = _read(state / NAME, Manifest)
    moving = _read(state / JOURNAL, list[str])
    if moving is None:
        return manifest
    known = manifest or Manifest()
    files = {**known.files, **dict.fromkeys(moving, UNSURE)}
    return structs.replace(known, files=files)


def _read(path: Path, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as error:
        hint = "remove it and build with --adopt, if all files in the output folder are ours"
        shown = "/".join(path.parts[path.parts.index(STATE) :])
        fault = Fault("E706", f"the manifest cannot be read: {error}", Place(shown), hint)
        raise Halt((fault,)) from None


def write_journal(state: Path, moving: Iterable[str]) -> None:
    """Says which files are about to be replaced or removed."""
    _replace(state / JOURNAL, msgspec.json.encode(sorted(moving)))


def write_manifest(state: Path, manifest: Manifest) -> None:
    """Replaces the manifest in one step; what was being moved has arrived."""
    ordered = Manifest(
        dict(sorted(manifest.files.items())),
        manifest.quarantined,
        dict(sorted(manifest.guessed.items())),
        dict(sorted(manifest.held.items())),
        dict(sorted(manifest.live.items())),
    )
    _replace(state / NAME, msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n")
    (state / JOURNAL).unlink(missing_ok=True)


def _replace(path: Path, data: bytes) -> None:
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(data)
    fresh.replace(path)


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
