"""Wanted: every output that a site should have at one instant, and what it is printed with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ssg.build.code import code_stamp
from ssg.build.inputs import Inputs, read_inputs, without
from ssg.build.manifest import Banner
from ssg.build.memory import Kept
from ssg.build.order import Order
from ssg.build.render import Press
from ssg.build.scan import scan
from ssg.build.standing import Mark
from ssg.build.store import opened
from ssg.content import stays_in_place, with_edited
from ssg.digest import digest
from ssg.faults import Fault, Halt
from ssg.model import PUBLISHED, Article, Library, Output, Page
from ssg.pages import (
    Edition,
    collisions,
    frame_of,
    outputs_holding,
    outputs_of,
    resting_on,
)
from ssg.pages.addresses import article_place, output_path
from ssg.pages.hosting import icon_faults


@dataclass(frozen=True, slots=True)
class Wanted:
    """Every output that the site should have, and what pages are printed with.

    `until` is the instant at which the same files make another site, in seconds since 1970.
    `pages` and `count` are how many pages and outputs the site has: `outputs` are but some of
    them where it is known that no others can have changed. `apart` are the paths that were found
    to be all files of their own, `held` the pages that readers do not see. `concerned` are the
    stories whose pages alone can differ from the last ones, where no others are known to.
    """

    outputs: tuple[Output, ...]
    press: Press
    edition: Edition
    until: float | None
    pages: int
    count: int
    apart: tuple[str, ...]
    held: Mapping[str, Banner]
    concerned: frozenset[str] | None = None

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(output.path for output in self.outputs)

    @property
    def is_some(self) -> bool:
        return len(self.outputs) < self.count


def want(
    inputs: Inputs, order: Order, kept: Kept | None = None
) -> tuple[Wanted, tuple[Fault, ...]]:
    """The outputs of a site at one instant, and a fault for each two of them that are one file.

    `kept` is given where the inputs are those of the last build, read again in part.
    """
    edited = _edited_in_place(inputs, order, kept) if kept else None
    if kept and edited is not None:
        library = with_edited(kept.wanted.edition.library, edited)
    else:
        library = inputs.content.library(order.now, order.showing)
    edition, press = _print_with(inputs, library)
    pages = tuple(outputs_of(edition))
    outputs = (*pages, *inputs.root, *inputs.theme.copies())
    count = sum(isinstance(output, Page) for output in pages)
    paths = tuple(output.path for output in outputs)
    wanted = _wanted(outputs, edition, press, (count, len(outputs)), paths, order)
    if edited is not None:
        wanted = replace(wanted, concerned=resting_on(edited, edition))
    if kept and kept.wanted.apart == paths:
        return wanted, tuple(icon_faults(edition.library, inputs.config))
    # Of two files that meet, the one that came last is at fault.
    in_turn = sorted(outputs, key=lambda output: output.origin in inputs.reading.fresh)
    return wanted, (*collisions(in_turn), *icon_faults(edition.library, inputs.config))


def _edited_in_place(inputs: Inputs, order: Order, kept: Kept) -> list[Article] | None:
    """The articles that were edited, where nothing else has changed and all stay in place."""
    if not kept.mark.is_in_time(order) or inputs.rows.keys() != inputs.found.files.keys():
        return None
    fresh, before = inputs.reading.fresh, kept.inputs.texts
    pairs = [(before[path], inputs.texts[path]) for path in fresh]
    edited = [
        after
        for former, after in pairs
        if isinstance(former, Article)
        and isinstance(after, Article)
        and stays_in_place(former, after)
    ]
    return edited if len(edited) == len(pairs) and not inputs.reading.others else None


def want_all(inputs: Inputs, order: Order, kept: Kept | None = None) -> tuple[Inputs, Wanted]:
    """The outputs; with `keep_going`, without the files whose outputs meet those of others.

    Raises `Halt` with every two that meet.
    """
    while True:
        wanted, faults = want(inputs, order, kept)
        if not faults:
            return inputs, wanted
        apart = {fault.place.path for fault in faults if fault.place} & inputs.texts.keys()
        if not (order.keep_going and apart):
            raise Halt((*inputs.faults, *faults))
        for path in apart:
            inputs.reading.broken[path] = tuple(
                f for f in faults if f.place and f.place.path == path
            )
        inputs = without(inputs, apart, faults)


def wanted_now(order: Order) -> Wanted:
    """What a build would want at this moment. Raises `Halt` with every fault."""
    with opened(order.state) as store:
        inputs = read_inputs(order, scan(order.site), store, store.files(), None)
    return want_all(inputs, order)[1]


def may_rest(order: Order, mark: Mark, inputs: Inputs) -> bool:
    """Whether what has changed since the last build is the bodies of some articles, and no more."""
    same_order = mark.showing == digest(order.showing) and not (order.adopt or order.clean)
    return bool(inputs.rewritten) and same_order and mark.is_in_time(order)


def has_same_code(mark: Mark) -> bool:
    """Whether no code can have changed since the last build."""
    return mark.code == code_stamp(mark.code_files)


def want_rewritten(inputs: Inputs, mark: Mark, order: Order, kept: Kept | None) -> Wanted:
    """The outputs that hold bodies that were rewritten: the others are as they were."""
    texts = (inputs.texts[path] for path in sorted(inputs.rewritten))
    articles = [text for text in texts if isinstance(text, Article)]
    if kept:
        library = with_edited(kept.wanted.edition.library, articles)
    else:
        library = inputs.content.library(order.now, order.showing)
    edition, press = _print_with(inputs, library, kept)
    outputs = tuple(outputs_holding(articles, edition))
    apart = kept.wanted.apart if kept else ()
    return _wanted(outputs, edition, press, (mark.pages, mark.outputs), apart, order)


def _print_with(
    inputs: Inputs, library: Library, kept: Kept | None = None
) -> tuple[Edition, Press]:
    config, theme = inputs.config, inputs.theme
    if kept:
        frame = kept.wanted.edition.frame
        return Edition(library, config, frame), kept.wanted.press
    words = theme.say(config.lang)
    frame = frame_of(config, library.sections.values(), words, theme.feed_style)
    press = Press(
        theme,
        frame.site,
        config.markdown_extensions,
        config.trust_html,
        config.markdown_fast,
        inputs.code.digest,
    )
    return Edition(library, config, frame), press


def _wanted(
    outputs: tuple[Output, ...],
    edition: Edition,
    press: Press,
    counts: tuple[int, int],
    apart: tuple[str, ...],
    order: Order,
) -> Wanted:
    instant = edition.library.next_instant
    held = {} if order.showing == PUBLISHED else _held(edition.library, order)
    until = instant.timestamp() if instant else None
    return Wanted(outputs, press, edition, until, *counts, apart, held)


def _held(library: Library, order: Order) -> dict[str, Banner]:
    """What a preview shows and readers do not see."""
    found = {}
    for article in library.articles:
        path = output_path(article_place(article))
        if article.draft:
            found[path] = Banner("draft")
        elif article.date > order.now:
            found[path] = Banner("embargo", article.date.isoformat())
    for page in library.pages:
        if page.draft:
            found[output_path(f"{page.slug}/")] = Banner("draft")
    return found
