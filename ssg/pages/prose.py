"""Prose: bodies on their way into pages, and HTML put in their place."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

from ssg.content.references import Destination, destination
from ssg.model import Body, Html, Media, Prose, Target
from ssg.pages.addresses import Addresses


def prose_of(
    path: str,
    body: Body,
    urls: Mapping[str, str | None],
    media: Mapping[str, Media],
    at: Addresses,
) -> Prose:
    """The body of the document at `path`, with where each of its references leads.

    `urls` maps the paths of documents to their URLs; None: the document is held.
    """
    references = dict.fromkeys(reference.target for reference in body.facts.references)
    targets = (_target(item, destination(path, item), urls, media, at) for item in references)
    return Prose(
        body.digest,
        path,
        tuple(target for target in targets if target is not None),
        empty=not body.facts.words,
    )


def _target(
    reference: str,
    found: Destination,
    urls: Mapping[str, str | None],
    media: Mapping[str, Media],
    at: Addresses,
) -> Target | None:
    match found.kind:
        case "document" if found.path in urls:
            url = urls[found.path]
            return Target(reference, url and url + found.suffix)
        case "media" if found.path in media:
            file = media[found.path]
            url = at.media(found.path) + found.suffix
            return Target(reference, url, file.width, file.height)
        case "site":
            return Target(reference, at.site(found.path) + found.suffix)
        case _:
            return None


def embed(view: Any, convert: Callable[[Prose], Html]) -> Any:
    """The view with HTML in place of every `Prose` in it."""
    names = _prose_fields(view.__class__)
    changes = {name: _embedded(getattr(view, name), convert) for name in names}
    return replace(view, **changes) if changes else view


def _embedded(value: Any, convert: Callable[[Prose], Html]) -> Any:
    if isinstance(value, Prose):
        return convert(value)
    if isinstance(value, tuple):
        return tuple(_embedded(item, convert) for item in value)
    return embed(value, convert) if isinstance(value, Struct) else value


def prose_in(view: Any) -> Iterator[Prose]:
    """Every `Prose` in a view: the texts that a job to render it must carry."""
    for name in _prose_fields(view.__class__):
        yield from _found_in(getattr(view, name))


def _found_in(value: Any) -> Iterator[Prose]:
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _found_in(item)
    elif isinstance(value, Struct):
        yield from prose_in(value)


@cache
def _prose_fields(kind: Hashable) -> tuple[str, ...]:
    """The fields of a view through which a `Prose` can be reached: lists of teasers are not."""
    if not isinstance(kind, type) or not issubclass(kind, Struct):
        return ()
    hints = get_type_hints(kind)
    return tuple(name for name in kind.__struct_fields__ if _may_hold_prose(hints[name]))


def _may_hold_prose(hint: Any) -> bool:
    if hint is Prose:
        return True
    if isinstance(hint, type) and issubclass(hint, Struct):
        return bool(_prose_fields(hint))
    return any(_may_hold_prose(part) for part in get_args(hint))
