"""The plan: the difference between what the last build left and what this one wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from operator import is_
from zlib import crc32

import msgspec
from msgspec import Struct

from ssg.build.manifest import Entry
from ssg.digest import digest
from ssg.model import Output, Page

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be made, with its key where that is known already, and which of our files
    nobody wants any more. All others stay as they are.
    """

    dirty: Mapping[str, Output]
    keys: Mapping[str, str]
    gone: tuple[str, ...]


@dataclass(slots=True)
class Memo:
    """What the views of pages said in their keys, by path, with the values they were made of.

    While all pages share the same values, a page that rests on the same objects as before needs
    no view to be known as what it was.
    """

    shared: tuple[object, ...] = ()
    known: dict[str, tuple[tuple[object, ...], str]] = field(default_factory=dict)

    def begin(self, shared: tuple[object, ...]) -> None:
        """Forgets all when what pages share is not what it was."""
        if not _same(shared, self.shared):
            self.known.clear()
        self.shared = shared

    def learn(self, page: Page, told: str) -> None:
        """What the key of a page that was made says of its view."""
        if page.rests_on:
            self.known[page.path] = page.rests_on(), told

    def forget(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.known.pop(path, None)

    def of_view(self, page: Page, keys: Keys) -> str:
        """What the page's key says of its view."""
        if page.rests_on is None:
            return keys.of_view(page.view)
        values = page.rests_on()
        former = self.known.get(page.path)
        if former is None or not _same(values, former[0]):
            former = values, keys.of_view(page.view)
        self.known[page.path] = values, former[1]
        return former[1]


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether two rows of values are the same objects, or the same words, numbers and moments.

    Documents that compare equal may print otherwise: one of their own keys may be 1 or true.
    """
    if len(one) != len(other):
        return False
    if all(map(is_, one, other)):
        return True
    plain = {str, int, datetime}
    return all(a is b or (a.__class__ in plain and a == b) for a, b in zip(one, other, strict=True))


@dataclass(frozen=True, slots=True)
class Keys:
    """How keys are made. Each begins with its *base*, the digest of what shapes all pages of a
    template: code, site, the template's closure. Where that has changed so has the key, and
    nobody need look at the view.
    """

    common: str
    closures: Mapping[str, str]

    def base(self, output: Output) -> str:
        if isinstance(output, Page):
            closure = self.closures.get(output.template, "")
            return _base((self.common, output.template, closure))
        return _base(("copy",))

    def key(self, output: Output) -> str:
        """The key of an output: equal keys, equal bytes."""
        return self.base(output) + self.told(output)

    def told(self, output: Output, memo: Memo | None = None) -> str:
        """What the key of an output says of its view, or of its file."""
        if not isinstance(output, Page):
            return digest(output.digest)
        return memo.of_view(output, self) if memo else self.of_view(output.view)

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
    last_keys: Mapping[str, str],
    last: Mapping[str, Entry],
    *,
    some: bool = False,
    memo: Memo | None = None,
) -> Plan:
    """An output is kept when its key is the last one and its file is as we left it.

    Where these are but `some` of the outputs, all the others are kept.
    """
    dirty: dict[str, Output] = {}
    known: dict[str, str] = {}
    wanted: set[str] = set()
    bases: dict[str, str] = {}
    for output in outputs:
        path = output.path
        wanted.add(path)
        entry, last_key = last.get(path), last_keys.get(path, "")
        template = output.template if isinstance(output, Page) else ""
        base = bases.get(template) or bases.setdefault(template, keys.base(output))
        if entry and entry.digest and last_key.startswith(base):
            known[path] = base + keys.told(output, memo)
            if known[path] == last_key:
                continue
        dirty[path] = output
    gone: tuple[str, ...] = (
        () if some else tuple(sorted(path for path in last if path not in wanted))
    )
    if memo:
        memo.forget(gone)
    return Plan(dirty, known, gone)
