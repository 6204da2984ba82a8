"""The plan: the difference between what the last build left and what this one wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import msgspec
from msgspec import Struct

from ssg.build.grounds import Grounds
from ssg.build.manifest import Entry
from ssg.build.store import UNKNOWN, Known
from ssg.digest import digest
from ssg.model import Output, Page

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be made, with its key where that is known already, and which of our files
    nobody wants any more. All others stay as they are. `rests` has what the
    dirty outputs rest on, and those of the others of which the store says something else.
    """

    dirty: Mapping[str, Output]
    keys: Mapping[str, str]
    rests: Mapping[str, str]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """How keys are made. Each begins with its *base*, the digest of what shapes all pages of a
    template: code, site, the template's closure. Where that has changed so has the key, and
    nobody need look at the view.
    """

    common: str
    closures: Mapping[str, str]
    code: str = ""

    def base(self, output: Output) -> str:
        if isinstance(output, Page):
            closure = self.closures.get(output.template, "")
            return _base((self.common, output.template, closure))
        return _base(("picture", self.code) if output.stripped else ("copy",))

    def key(self, output: Output) -> str:
        """The key of an output: equal keys, equal bytes."""
        return self.base(output) + self.told(output)

    def told(self, output: Output) -> str:
        """What the key of an output says of its view, or of its file."""
        if isinstance(output, Page):
            return self.of_view(output.view)
        return digest((output.digest, output.unsaid) if output.unsaid else output.digest)

    def of_view(self, view: Struct) -> str:
        """What a key says of the view."""
        return digest((type(view).__name__, view))


@lru_cache(maxsize=256)
def _base(parts: tuple[str, ...]) -> str:
    return digest(parts)


def part_names(view: Struct) -> tuple[str, ...]:
    """What the parts of a page's key are called, in the order of `checksums_of`."""
    return ("code", "site", "templates", *view.__struct_fields__)


def checksums_of(view: Struct, closure: str, code: str, site: str) -> bytes:
    """Four bytes for each part of a page's key: what `ssg why` compares.

    Nothing but that explanation relies on them, so 32 bits are enough.
    """
    fields = (_encode(getattr(view, name)) for name in view.__struct_fields__)
    parts = (code.encode(), site.encode(), closure.encode(), *fields)
    return b"".join(crc32(part).to_bytes(4, "big") for part in parts)


def make_plan(
    outputs: Iterable[Output],
    keys: Keys,
    known: Mapping[str, Known],
    last: Mapping[str, Entry],
    grounds: Grounds | None,
) -> Plan:
    """An output is kept when its key is the last one and its file is as we left it.

    `known` is what the last build knew of each output. Where its grounds hold and a page rests on
    what it did, the view is what it was. Without `grounds` these are but some of the outputs: all
    the others are kept.
    """
    dirty: dict[str, Output] = {}
    made: dict[str, str] = {}
    rests: dict[str, str] = {}
    bases: dict[str, str] = {}
    wanted: set[str] = set()
    for output in outputs:
        path = output.path
        wanted.add(path)
        entry, before = last.get(path), known.get(path, UNKNOWN)
        kind = output.template if isinstance(output, Page) else str(output.stripped)
        base = bases.get(kind) or bases.setdefault(kind, keys.base(output))
        ground = grounds.of(output, before.rests) if grounds else ""
        if entry and entry.digest and before.key.startswith(base):
            if grounds and grounds.hold and ground and ground == before.rests:
                continue
            made[path] = base + keys.told(output)
            if made[path] == before.key:
                if ground != before.rests:
                    rests[path] = ground
                continue
        dirty[path] = output
        rests[path] = ground
    gone = sorted(path for path in last if path not in wanted) if grounds else ()
    return Plan(dirty, made, rests, tuple(gone))
