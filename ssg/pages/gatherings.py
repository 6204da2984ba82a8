"""Gatherings: the pages of sections, authors, sources, tags, series, and of all stories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from ssg.model import (
    Link,
    Page,
    Term,
)
from ssg.pages.addresses import (
    TermKind,
    output_path,
    term_place,
)
from ssg.pages.edition import Edition
from ssg.pages.lists import (
    Gathering,
    Heading,
    author_view,
    older_list_pages,
    section_view,
    series_view,
    source_view,
    tag_view,
)
from ssg.pages.views import View


def all_stories_pages(edition: Edition) -> Iterator[Page]:
    """All stories behind the front page."""
    stories = edition.stories(edition.library.articles)
    gathering = Gathering(Heading("", edition.frame.site.title), stories)
    return older_list_pages(gathering, edition.size, edition.frame)


def section_pages(edition: Edition) -> Iterator[Page]:
    """Every section: what it is about and its stories."""
    library = edition.library
    for id_, section in library.sections.items():
        gathering = _gathering("sections", library.by_section[id_], edition)
        text = edition.prose(section.path, section.body)
        view = partial(section_view, section, text, gathering, edition.size, edition.frame)
        yield from list_pages("section.html", view, gathering, edition, section.path)


def author_pages(edition: Edition) -> Iterator[Page]:
    """Every author: who they are and what they wrote."""
    library = edition.library
    for id_, term in library.by_author.items():
        author = library.authors[id_]
        gathering = _gathering("authors", term, edition)
        about = author.body.facts.excerpt
        profile = edition.profile(author)
        view = partial(author_view, profile, about, gathering, edition.size, edition.frame)
        yield from list_pages("author.html", view, gathering, edition, author.path)


def source_pages(edition: Edition) -> Iterator[Page]:
    """Every source, and what draws on it."""
    library = edition.library
    for id_, source in library.sources.items():
        stories = edition.stories_from(source)
        gathering = replace(_gathering("sources", library.by_source[id_], edition), stories=stories)
        text = edition.prose(source.path, source.body)
        view = partial(source_view, source, text, gathering, edition.size, edition.frame)
        yield from list_pages("source.html", view, gathering, edition, source.path)


def tag_pages(edition: Edition) -> Iterator[Page]:
    """Every tag that a story has."""
    for term in edition.library.by_tag.values():
        gathering = _gathering("tags", term, edition)
        view = partial(tag_view, gathering, edition.size, edition.frame)
        yield from list_pages("tag.html", view, gathering, edition)


def series_pages(edition: Edition) -> Iterator[Page]:
    """Every series, from its first part to its last."""
    for term in edition.library.by_series.values():
        gathering = _gathering("series", term, edition)
        stories = zip(term.articles, gathering.stories, strict=True)
        view = series_view(gathering, stories, edition.frame)
        yield Page(output_path(gathering.heading.place), "series.html", view)


def _gathering(kind: TermKind, term: Term, edition: Edition) -> Gathering:
    index = edition.frame.titles.get(kind)
    above = Link(index, edition.frame.at.url(f"{kind}/")) if index else None
    place = term_place(kind, term.slug)
    return Gathering(Heading(place, term.name, above), edition.stories(term.articles))


def list_pages(
    template: str,
    view: Callable[[], View],
    gathering: Gathering,
    edition: Edition,
    origin: str | None = None,
    beside: tuple[str, ...] = (),
) -> Iterator[Page]:
    """A list's first page, which has a view of its own, and the older ones behind it.

    `beside` is what that view shows that is neither shared nor in the list.
    """
    rests_on = partial(gathering.first_rests_on, edition.size, beside)
    yield Page(output_path(gathering.heading.place), template, view, origin, rests_on)
    yield from older_list_pages(gathering, edition.size, edition.frame, origin)
