"""Indexes: all authors, sources, sections and tags; that of authors is the masthead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssg.model import (
    Author,
    Library,
    Page,
)
from ssg.pages.addresses import (
    TermKind,
    output_path,
    term_place,
)
from ssg.pages.edition import Edition
from ssg.pages.lists import (
    terms_view,
)
from ssg.pages.views import TermLink


def index_pages(edition: Edition) -> Iterator[Page]:
    """The index of each kind of which there are any."""
    for kind, terms in _index_terms(edition).items():
        if terms:
            view = terms_view(kind, edition.frame.titles[kind], terms, edition.frame)
            yield Page(output_path(f"{kind}/"), "terms.html", view)


def _index_terms(edition: Edition) -> dict[TermKind, list[TermLink]]:
    library, at = edition.library, edition.frame.at
    return {
        "authors": [_in_masthead(author, edition) for author in _masthead(library)],
        "sources": _by_name(
            TermLink(source.name, edition.url(source.path), source.body.facts.excerpt or None)
            for source in library.sources.values()
        ),
        "sections": _by_name(
            TermLink(section.title, edition.url(section.path), section.description)
            for section in library.sections.values()
        ),
        "tags": _by_name(
            TermLink(term.name, at.url(term_place("tags", term.slug)))
            for term in library.by_tag.values()
        ),
    }


def _by_name(terms: Iterable[TermLink]) -> list[TermLink]:
    return sorted(terms, key=lambda term: (term.name.casefold(), term.url))


def _masthead(library: Library) -> list[Author]:
    """Who is credited: people before organisations, in the order that their files give."""
    return sorted(
        (library.authors[id_] for id_ in library.by_author),
        key=lambda author: (
            author.kind != "person",
            author.order is None,
            author.order,
            author.name.casefold(),
            author.slug,
        ),
    )


def _in_masthead(author: Author, edition: Edition) -> TermLink:
    profile = edition.profile(author)
    return TermLink(
        profile.name, profile.url, profile.role, profile.photo, profile.beat, profile.kind
    )
