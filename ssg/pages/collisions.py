"""Collisions: two outputs that would be one file, on any file system.

Paths are compared case-folded and in NFC, since macOS and Windows keep no two names apart
that differ in these; a file and a folder of one name collide as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from posixpath import dirname
from typing import Final

from ssg.content.retired import PATH as RETIRED
from ssg.faults import Fault, Place
from ssg.model import Output

#: What `config.toml` has words for, and people put into `content/root/`.
_OF_HOSTS: Final = frozenset({"_headers", "_redirects"})


def collisions(outputs: Iterable[Output]) -> Iterator[Fault]:
    """A fault for each output that meets an earlier one, naming what made both."""
    found = tuple(outputs)
    if not _are_apart(found):
        yield from _meetings(found)


def _are_apart(outputs: Collection[Output]) -> bool:
    """Whether no two are one: nearly always, and known in a tenth of the time."""
    keys = {_key(output.path) for output in outputs}
    folders: set[str] = set()
    for key in keys:
        while (key := key[: max(key.rfind("/"), 0)]) and key not in folders:
            folders.add(key)
    return len(keys) == len(outputs) and keys.isdisjoint(folders)


def _meetings(outputs: Iterable[Output]) -> Iterator[Fault]:
    files: dict[str, Output] = {}
    folders: dict[str, Output] = {}
    for output in outputs:
        key = _key(output.path)
        other = files.get(key) or folders.get(key) or _file_above(key, files)
        if other is None:
            files[key] = output
            for folder in _folders(key):
                folders.setdefault(folder, output)
        else:
            yield _fault(output, other)


def _key(path: str) -> str:
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _folders(key: str) -> Iterator[str]:
    while key := dirname(key):
        yield key


def _file_above(key: str, files: dict[str, Output]) -> Output | None:
    return next((files[folder] for folder in _folders(key) if folder in files), None)


def _fault(output: Output, other: Output) -> Fault:
    message = f"{_maker(output)} and {_maker(other)} both make /{output.path}"
    hint = "give one of them another slug, name or alias"
    if RETIRED in {output.origin, other.origin}:
        hint = "remove the document or make it a draft; else it is not retired"
    if output.path in _OF_HOSTS:
        hint = "write it in config.toml ([[redirects]], [headers]), or set headers.enabled = false"
    return Fault("E401", message, Place(output.origin or other.origin or output.path), hint)


def _maker(output: Output) -> str:
    return output.origin or f"the site's own page /{output.path}"
