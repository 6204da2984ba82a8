"""Prose: bodies on their way into pages, and HTML put in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import is_
from typing import Any, get_args, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

from ssg.content.references import Destination, destination
from ssg.model import Body, Html, Media, Prose, Site, Target
from ssg.pages.addresses import Addresses
from ssg.pages.head import Head, head_block
from ssg.pages.jsonld import data_block


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


def embed(view: Any, convert: Callable[[Prose], Html], site: Site) -> Any:
    """The view with HTML in place of every `Prose` and `Head` in it."""
    at = Addresses(site.home, site.url)

    def html(part: Prose | Head) -> Html:
        if isinstance(part, Prose):
            return convert(part)
        return head_block(part, site, at, data_block(view, site, at))

    return _embedded(view, html)


def _embedded(value: Any, html: Callable[[Prose | Head], Html]) -> Any:
    if isinstance(value, Prose | Head):
        return html(value)
    if isinstance(value, tuple):
        items = tuple(_embedded(item, html) for item in value)
        return value if all(map(is_, items, value)) else items
    if not isinstance(value, Struct):
        return value
    before = {name: getattr(value, name) for name in _fields_with((Prose, Head), value.__class__)}
    after = {name: _embedded(part, html) for name, part in before.items()}
    changes = {name: part for name, part in after.items() if part is not before[name]}
    return replace(value, **changes) if changes else value


def prose_in(view: Any) -> Iterator[Prose]:
    """Every `Prose` in a view: the texts that a job to render it must carry."""
    if isinstance(view, Prose):
        yield view
    elif isinstance(view, tuple):
        for item in view:
            yield from prose_in(item)
    elif isinstance(view, Struct):
        for name in _fields_with((Prose,), view.__class__):
            yield from prose_in(getattr(view, name))


@cache
def _fields_with(wanted: tuple[type, ...], kind: type[Struct]) -> tuple[str, ...]:
    """The fields through which a part of such a type can be reached: lists of teasers are not."""
    hints = get_type_hints(kind)
    return tuple(name for name in kind.__struct_fields__ if _may_hold(wanted, hints[name]))


def _may_hold(wanted: tuple[type, ...], hint: Any) -> bool:
    if hint in wanted:
        return True
    if isinstance(hint, type) and issubclass(hint, Struct):
        return bool(_fields_with(wanted, hint))
    return any(_may_hold(wanted, part) for part in get_args(hint))
