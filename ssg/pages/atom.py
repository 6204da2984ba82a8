"""Atom (RFC 4287): each author with name and page, each source as `rel="via"`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ssg.pages.feed_text import text_of
from ssg.pages.feed_views import FeedAuthor, FeedEntry, FeedView
from ssg.pages.rss import media
from ssg.pages.xml import document, element, parent

_NAMESPACES: Final = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}

#: RFC 4287 wants a date also of a feed that holds nothing; it must not be the build's.
_NEVER: Final = "1970-01-01T00:00:00Z"


def atom(view: FeedView) -> str:
    """The whole feed."""
    entries = (
        parent("entry", _entry(entry, view), {"xml:lang": entry.lang}) for entry in view.entries
    )
    named = {**_NAMESPACES, "xml:lang": view.lang}
    return document(parent("feed", (*_feed(view), *entries), named), view.stylesheet)


def _feed(view: FeedView) -> Iterator[str]:
    yield element("id", view.feed_url)
    yield element("title", view.title)
    yield element("subtitle", view.description)
    yield element("updated", view.updated or _NEVER)
    yield element("link", "", {"rel": "alternate", "type": "text/html", "href": view.url})
    yield element(
        "link", "", {"rel": "self", "type": "application/atom+xml", "href": view.feed_url}
    )
    if view.hub:
        yield element("link", "", {"rel": "hub", "href": view.hub})
    yield _person(view.publisher)


def _entry(entry: FeedEntry, view: FeedView) -> Iterator[str]:
    yield element("id", entry.id)
    yield element("title", entry.title)
    yield element("published", entry.published)
    yield element("updated", entry.updated)
    yield element("link", "", {"rel": "alternate", "type": "text/html", "href": entry.url})
    for source in entry.sources:
        if source.url:
            yield element("link", "", {"rel": "via", "href": source.url, "title": source.name})
    yield from map(_person, entry.authors)
    for name in dict.fromkeys(source.name for source in entry.sources):
        yield element("dc:source", name)
    for tag in entry.tags:
        yield element("category", "", {"term": tag})
    if entry.rights:
        yield element("rights", entry.rights)
    text = text_of(entry, view.lang, view.root)
    if entry.body is None:
        yield element("summary", text, {"type": "html"})
    else:
        if entry.summary:
            yield element("summary", entry.summary)
        yield element("content", text, {"type": "html"})
    if entry.picture:
        yield media(entry.picture)


def _person(author: FeedAuthor) -> str:
    return parent("author", (element("name", author.name), element("uri", author.url)))
