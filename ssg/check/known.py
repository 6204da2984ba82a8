"""Known: what was found in texts and outputs before, so that only what has changed is read again.

A cache like the build's own: it may be deleted at any time, and other code starts anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from ssg.build.execute import run, workers_of
from ssg.build.manifest import Entry
from ssg.check.material import Written
from ssg.check.pages import NOTHING, PageFacts, facts_of, is_read
from ssg.check.table import ALONE
from ssg.check.twins import sample_of
from ssg.config import Config
from ssg.digest import digest_bytes
from ssg.faults import Fault

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Facts = TypeVar("Facts")

NAME: Final = "check.msgpack"

_FEW: Final = 400  # texts or outputs: reading so many takes as long as starting processes for it


class TextFacts(msgspec.Struct, frozen=True):
    """What is wrong with a document by itself, and the sample by which its twins are found."""

    faults: tuple[Fault, ...]
    sample: tuple[int, ...]


class Known(msgspec.Struct):
    """The facts of each document and each output, with the digest of what they were found in.

    `salt` is the digest of all else that they depend on.
    """

    salt: str
    texts: dict[str, tuple[str, TextFacts]] = {}
    pages: dict[str, tuple[str, PageFacts]] = {}


def read_known(state: Path, salt: str) -> Known:
    """What is known; nothing where it was found by other code or with other settings."""
    with suppress(FileNotFoundError, msgspec.MsgspecError):
        known = msgspec.msgpack.decode((state / NAME).read_bytes(), type=Known)
        if known.salt == salt:
            return known
    return Known(salt)


def write_known(state: Path, known: Known) -> None:
    """Keeps what is known, in one step."""
    fresh = state / f"{NAME}.new"
    fresh.write_bytes(msgspec.msgpack.encode(known))
    fresh.replace(state / NAME)


def texts_known(known: Known, documents: Sequence[Written], config: Config, workers: str) -> Known:
    """What is known with the facts of these documents, and of no others."""
    digests = {written.path: digest_bytes(written.text.encode()) for written in documents}
    found = {
        path: last
        for path, digest in digests.items()
        if (last := known.texts.get(path)) and last[0] == digest
    }
    waiting = [written for written in documents if written.path not in found]
    for path, facts in _run(workers, look_at, config, waiting):
        found[path] = (digests[path], facts)
    return Known(known.salt, {path: found[path] for path in digests}, known.pages)


def look_at(written: Written, config: Config) -> tuple[str, TextFacts]:
    """The worker: what is wrong with a document by itself."""
    faults = tuple(fault for check in ALONE for fault in check.run(written, config))
    return written.path, TextFacts(faults, sample_of(written))


def pages_known(known: Known, output: Path, files: Mapping[str, Entry], workers: str) -> Known:
    """What is known with what these files of an output folder name, and no others."""
    found = {
        path: last
        for path, entry in files.items()
        if (last := known.pages.get(path)) and last[0] == entry.digest
    }
    waiting = [path for path in files if is_read(path) and path not in found]
    for path, facts in _run(workers, read_one, str(output), waiting):
        found[path] = (files[path].digest, facts)
    return Known(known.salt, known.texts, found)


def read_one(path: str, output: str) -> tuple[str, PageFacts]:
    """The worker: what one output names."""
    try:
        data = Path(output, path).read_bytes()
    except FileNotFoundError:
        return path, NOTHING
    return path, facts_of(path, data)


def _run(
    workers: str,
    worker: Callable[[Item, Shared], tuple[str, Facts]],
    shared: Shared,
    items: Sequence[Item],
) -> Iterator[tuple[str, Facts]]:
    """What workers on this machine find; the files are here."""
    ours = workers_of(workers)
    here = ours if ours.are_here else workers_of("serial")
    return run(here, worker, shared, items, key=NAME, few=_FEW)
