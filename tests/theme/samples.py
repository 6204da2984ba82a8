"""Views made from their types: one that holds everything, one that holds the least."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from ssg.model import Html, Prose, Site, Target
from ssg.pages.views import View

V = TypeVar("V", bound=Struct)

_NAMED: dict[str, object] = {
    "url": "/2026/03/tide/",
    "lang": "en",
    "dir": "ltr",
    "published": "2026-03-01T09:30:00+00:00",
    "read": "2026-02-27T00:00:00+00:00",
    "updated": "2026-03-02T09:30:00+00:00",
    "date": "2026-03-02T00:00:00+00:00",
    "since": "2026-03-09T00:00:00+00:00",
    "month": "2026-03",
    "year": "2026",
    "email": "desk@tidal.example",
}


def rich(kind: type[V], **given: object) -> V:
    """Every field filled, two items in every list."""
    return _made(kind, given, full=True)


def bare(kind: type[V], **given: object) -> V:
    """Every optional field None, every list empty, every text that may be so empty."""
    return _made(kind, given, full=False)


def site(*, full: bool, lang: str = "en") -> Site:
    return _made(Site, {"lang": lang, "home": "/", "url": "https://tidal.example/"}, full=full)


def _made(kind: type[V], given: Mapping[str, object], *, full: bool) -> V:
    hints = get_type_hints(kind)
    made = {
        name: given.get(name, _value(name, hints[name], full)) for name in kind.__struct_fields__
    }
    if issubclass(kind, View) and "bylines" in made and not made["bylines"]:
        # The contract: a story is never without a byline.
        made["bylines"] = _value("bylines", hints["bylines"], full=True)
    return kind(**made)


def _value(name: str, hint: Any, full: bool) -> object:
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    if Prose in options:
        return Prose("digest", f"content/{name}.md", (Target("a.md", "/a/"),), empty=not full)
    if type(None) in options and not full:
        return None
    chosen = next(option for option in options if option is not type(None))
    if get_origin(chosen) is tuple:
        return tuple(_value(name, get_args(chosen)[0], full) for _ in range(2 if full else 0))
    if get_origin(chosen) is Literal:
        return get_args(chosen)[0 if not full else -1] if name != "dir" else "ltr"
    if chosen == Mapping[str, object]:
        return {"note": "<kept>"} if full else {}
    if chosen is Html or Html in options:
        return Html("<title>Sample</title>")
    if isinstance(chosen, type) and issubclass(chosen, Struct):
        return _made(chosen, {}, full=full)
    if chosen is int:
        return 3
    fallback = f'A {name} with <b> & "quotes"'
    return _NAMED.get(name, fallback if not name.endswith("url") else "https://tidal.example/x/")
