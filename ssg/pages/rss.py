"""RSS 2.0, in the form that the RSS Advisory Board's profile asks for.

Authors are Dublin Core, one `dc:creator` each, since `author` there is an address of e-mail.
`source` has to name a feed, so it is written where the source's feed is known; every source
stands as `dc:source`, and where its story is as `atom:link rel="via"`. Pictures and their
credits are Media RSS.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Final

from ssg.model import Picture
from ssg.pages.feed_text import text_of
from ssg.pages.feed_views import FeedEntry, FeedView
from ssg.pages.licences import licence_url
from ssg.pages.parts import credit_line
from ssg.pages.xml import document, element, parent

_NAMESPACES: Final = {
    "version": "2.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def rss(view: FeedView) -> str:
    """The whole feed."""
    items = (parent("item", _item(entry, view)) for entry in view.entries)
    channel = parent("channel", (*_channel(view), *items))
    named = {**_NAMESPACES, "xml:lang": view.lang}
    return document(parent("rss", (channel,), named), view.stylesheet)


def _channel(view: FeedView) -> Iterator[str]:
    yield element("title", view.title)
    yield element("link", view.url)
    yield element("description", view.description)
    yield element("language", view.lang)
    yield element("atom:link", "", _link("self", view.feed_url, "application/rss+xml"))
    if view.hub:
        yield element("atom:link", "", _link("hub", view.hub))
    if view.updated:
        yield element("lastBuildDate", _rfc822(view.updated))


def _item(entry: FeedEntry, view: FeedView) -> Iterator[str]:
    yield element("title", entry.title)
    yield element("link", entry.url)
    yield element("guid", entry.id, {"isPermaLink": "false"})
    yield element("pubDate", _rfc822(entry.published))
    if entry.updated != entry.published:
        yield element("atom:updated", entry.updated)
    for author in entry.authors:
        yield element("dc:creator", author.name)
    yield from _sources(entry)
    for tag in entry.tags:
        yield element("category", tag)
    if entry.rights:
        yield element("dc:rights", entry.rights)
    text = text_of(entry, view.lang, view.root)
    if entry.body is None:
        yield element("description", text or escape(entry.title, quote=False))
    else:
        # It is HTML to readers, so that a headline with `<b>` in it is escaped twice.
        yield element("description", escape(entry.summary or entry.title, quote=False))
        yield element("content:encoded", text)
    if entry.picture:
        yield media(entry.picture)


def _sources(entry: FeedEntry) -> Iterator[str]:
    for source in entry.sources:
        if source.feed:  # an item has room for one
            yield element("source", source.name, {"url": source.feed})
            break
    for name in dict.fromkeys(source.name for source in entry.sources):
        yield element("dc:source", name)
    for source in entry.sources:
        if source.url:
            yield element("atom:link", "", _link("via", source.url, title=source.name))


def media(picture: Picture) -> str:
    """A picture with its credit, for RSS and Atom (Media RSS 1.5.1)."""
    size = {
        "width": str(picture.width) if picture.width else None,
        "height": str(picture.height) if picture.height else None,
    }
    where = {"url": picture.url, "medium": "image", **size}
    return parent("media:content", _about(picture), where)


def _about(picture: Picture) -> Iterator[str]:
    if picture.caption or picture.alt:
        yield element("media:description", picture.caption or picture.alt, {"type": "plain"})
    if credit := credit_line(picture):
        yield element("media:credit", credit)
    if picture.licence:
        yield element("media:license", picture.licence, {"href": licence_url(picture.licence)})


def _link(
    rel: str, href: str, type_: str | None = None, title: str | None = None
) -> dict[str, str | None]:
    return {"rel": rel, "type": type_, "href": href, "title": title}


def _rfc822(moment: str) -> str:
    return format_datetime(datetime.fromisoformat(moment))
