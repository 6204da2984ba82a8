"""The plan: the difference between what the last build left and what this one wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

import msgspec

from ssg.build.manifest import Entry
from ssg.digest import digest
from ssg.model import Copy, Output, Page
from ssg.theme import Theme

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be made, and which of our files nobody wants any more."""

    dirty: tuple[Output, ...]
    kept: tuple[str, ...]
    gone: tuple[str, ...]


def keys_of(outputs: Iterable[Output], theme: Theme, common: str) -> dict[str, str]:
    """The key of each output; `common` is the digest of what shapes them all: code and site."""
    return {output.path: _key(output, theme, common) for output in outputs}


def _key(output: Output, theme: Theme, common: str) -> str:
    match output:
        case Page(template=template, view=view):
            closure = theme.closures.get(template, "")
            return digest((common, template, closure, type(view).__name__, view))
        case Copy(digest=content):
            return digest(("copy", content))


def part_names(page: Page) -> tuple[str, ...]:
    """What the parts of a page's key are called, in the order of `checksums_of`."""
    return ("code", "site", "templates", *page.view.__struct_fields__)


def checksums_of(page: Page, closure: str, code: str, site: str) -> bytes:
    """Four bytes for each part of a page's key: what `ssg why` compares.

    Nothing but that explanation relies on them, so 32 bits are enough.
    """
    view = page.view
    fields = (_encode(getattr(view, name)) for name in view.__struct_fields__)
    parts = (code.encode(), site.encode(), closure.encode(), *fields)
    return b"".join(crc32(part).to_bytes(4, "big") for part in parts)


def make_plan(
    outputs: Iterable[Output],
    keys: Mapping[str, str],
    last_keys: Mapping[str, str],
    last: Mapping[str, Entry],
    *,
    some: bool = False,
) -> Plan:
    """An output is kept when its key is the last one and its file is as we left it.

    Where these are but `some` of the outputs, all the others are kept.
    """
    dirty: list[Output] = []
    kept: list[str] = []
    for output in outputs:
        path = output.path
        entry = last.get(path)
        if entry and entry.digest and last_keys.get(path) == keys[path]:
            kept.append(path)
        else:
            dirty.append(output)
    others = [path for path in last if path not in keys]
    if some:
        return Plan(tuple(dirty), (*kept, *others), ())
    gone = tuple(sorted(others))
    return Plan(tuple(dirty), tuple(kept), gone)
