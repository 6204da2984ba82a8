"""Explain: why a page looks as it does, and which pages a change of a file would touch.

Both answers come from views, as a build makes them: what a page is made of is compared with
what it was made of last, and a file's pages are those whose keys would change with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct, structs

from ssg.build.inputs import Inputs, read_inputs, with_texts
from ssg.build.order import Order
from ssg.build.plan import checksums_of, part_names
from ssg.build.scan import scan
from ssg.build.store import Store, opened
from ssg.build.wanted import Wanted, want
from ssg.faults import Fault, Halt, Place, did_you_mean, errors
from ssg.model import Body, Media, Page
from ssg.pages import prose_in
from ssg.pages.addresses import output_path
from ssg.theme import FEED_STYLE, Theme

#: What an edit changes that leaves a document's place and connections as they are.
_WORDS: Final = ("title", "name", "standfirst", "description", "kicker", "role", "credit_line")
_EDITED: Final = "\u200b"


@dataclass(frozen=True, slots=True)
class Why:
    """What one output is made of. `texts` are the documents whose bodies it holds; `last` the
    parts that had changed when it was made last (None: it was new then, or is not known),
    `now` those that have changed since (empty: it stands as it is; None: it is not there yet).
    """

    url: str
    path: str
    template: str
    theme: str
    origin: str | None
    texts: tuple[str, ...]
    last: tuple[str, ...] | None
    now: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Affected:
    """The outputs that an edit would make again: all that any edit of the file touches, and
    those among them that an edit of the body alone does.
    """

    by_any: tuple[str, ...]
    by_body: tuple[str, ...]


def why(order: Order, url: str) -> Why:
    """What the output at a URL is made of. Raises `Halt` when there is none."""
    with opened(order.state) as store:
        inputs, wanted = _now(order, store)
        base = wanted.press.site.home
        path = _path_of(url, base)
        output = next((item for item in wanted.outputs if item.path == path), None)
        if not isinstance(output, Page):
            raise Halt((_no_page(url, path, wanted),))
        parts, before = store.parts(path)
    view = output.view
    closure = wanted.press.theme.closures.get(output.template, "")
    today = checksums_of(view, closure, inputs.code.digest, wanted.press.site_digest)
    names = part_names(view)
    return Why(
        url=url,
        path=path,
        template=output.template,
        theme=" → ".join(wanted.press.theme.layers),
        origin=output.origin,
        texts=tuple(dict.fromkeys(prose.path for prose in prose_in(view) if prose)),
        last=tuple(_differing(names, parts, before)) if parts and before else None,
        now=tuple(_differing(names, today, parts)) if parts else None,
    )


def _differing(names: Iterable[str], one: bytes, other: bytes) -> Iterator[str]:
    for number, name in enumerate(names):
        here = slice(4 * number, 4 * number + 4)
        if one[here] != other[here]:
            yield name


def _now(order: Order, store: Store) -> tuple[Inputs, Wanted]:
    inputs = read_inputs(order, scan(order.site), store, store.files(), None)
    wanted, faults = want(inputs, order)
    if errors(faults):
        raise Halt(faults)
    return inputs, wanted


def _path_of(url: str, base: str) -> str:
    """The output path of a URL as a person copies it: with host or without, encoded or not."""
    place = unquote(urlsplit(url).path).removeprefix(base.rstrip("/")).removeprefix("/")
    return output_path(place)


def _no_page(url: str, path: str, wanted: Wanted) -> Fault:
    pages = [output.path for output in wanted.outputs if isinstance(output, Page)]
    hint = did_you_mean(path, pages) or "give the address as readers see it, such as /2026/03/slug/"
    return Fault("E402", f"no page of this site has the address {url}", None, hint)


def affects(order: Order, path: str) -> Affected:
    """The outputs that a change of a file would touch. Raises `Halt` when nothing is made of it."""
    with opened(order.state) as store:
        inputs, wanted = _now(order, store)
    if path in inputs.texts:
        edits = (_reworded, _rewritten)
        by_any, by_body = (_with(inputs, path, edit, order, wanted) for edit in edits)
        return Affected(tuple(sorted({*by_any, *by_body})), by_body)
    if path in inputs.content.media or path.startswith("content/root/"):
        return Affected(tuple(_of_file(inputs, path, order, wanted)), ())
    if path.startswith("themes/"):
        return Affected(tuple(_of_theme(path, wanted)), ())
    if path == "config.toml":
        return Affected(tuple(sorted(wanted.paths)), ())
    hint = did_you_mean(path, inputs.found.files) or "name a file of this site, as from its folder"
    raise Halt((Fault("E403", f"no page is made of {path}", Place(path), hint),))


def _with(
    inputs: Inputs, path: str, edit: Callable[[Any], Any], order: Order, wanted: Wanted
) -> tuple[str, ...]:
    texts = {**inputs.texts, path: edit(inputs.texts[path])}
    edited, _ = want(with_texts(inputs, texts), order)
    return changed_between(wanted, edited)


def changed_between(one: Wanted, other: Wanted) -> tuple[str, ...]:
    """The outputs that only one of two sites has, or that are not the same in both."""
    before, after = (
        {output.path: wanted.press.keys.key(output) for output in wanted.outputs}
        for wanted in (one, other)
    )
    return tuple(sorted(p for p in before.keys() | after.keys() if before.get(p) != after.get(p)))


def _reworded(document: Struct) -> Struct:
    """A document of which each word that readers see is another."""
    words = {
        name: f"{getattr(document, name)}{_EDITED}"
        for name in _WORDS
        if isinstance(getattr(document, name, None), str)
    }
    if not words:  # the plan of the home page: without it the newest stories stand there
        return type(document)()
    return _rewritten(structs.replace(document, **words))


def _rewritten(document: Struct) -> Struct:
    """A document with another body, of which the first sentences are the same."""
    body = getattr(document, "body", None)
    if not isinstance(body, Body):
        return document
    return structs.replace(document, body=Body(f"{body.digest}{_EDITED}", body.facts))


def _of_file(inputs: Inputs, path: str, order: Order, wanted: Wanted) -> Iterator[str]:
    """The file itself, and the pages that say how large a picture is."""
    yield from (item.path for item in wanted.outputs if item.origin == path)
    file = inputs.content.media.get(path)
    if file is None or file.width is None:
        return
    other = Media(path, file.digest, file.width + 1, file.height)
    media = {**inputs.content.media, path: other}
    content = replace(inputs.content, media=media)
    edited, _ = want(replace(inputs, content=content), order)
    yield from changed_between(wanted, edited)


def _of_theme(path: str, wanted: Wanted) -> Iterator[str]:
    """Pages whose templates reach the file; words and settings of a theme reach all."""
    theme = wanted.press.theme
    kind = path.split("/")[2:3]
    if kind == ["assets"]:
        assets = set(_shown_with(path.split("/", 3)[3], theme))
        yield from (theme.assets[name].place for name in assets)
    else:
        assets = set()
    for output in wanted.outputs:
        if FEED_STYLE in assets and output.path.endswith(("feed.xml", "atom.xml")):
            yield output.path
        reach = theme.inspection.reaches.get(output.template) if isinstance(output, Page) else None
        if reach and (path in reach.files or assets & reach.assets or kind == ["words"]):
            yield output.path


def _shown_with(asset: str, theme: Theme) -> Iterator[str]:
    """An asset, and those that name it and so change with it."""
    if asset not in theme.assets:
        return
    yield asset
    name = theme.assets[asset].place.rpartition("/")[2].encode()
    for other, found in theme.assets.items():
        if other != asset and other.endswith(".css") and name in found.data:
            yield from _shown_with(other, theme)
