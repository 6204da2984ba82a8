"""Outputs for machines: the feed, the sitemap and robots.txt, serialised by our code.

Text is checked for what XML cannot hold before it goes in; every address is absolute,
since readers ignore `xml:base`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import Struct

from ssg.model import Html, Prose

# XML 1.0, production 2 (Char): everything else makes a document ill-formed.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_OWN_ADDRESS = re.compile(r'(\s(?:href|src|cite|poster)=")([/#][^"]*)"')

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


class FeedEntry(Struct, frozen=True, kw_only=True):
    """A story in a feed; `url` absolute, `published` in ISO 8601, `body` HTML once rendered."""

    id: str
    url: str
    title: str
    published: str
    authors: tuple[str, ...]
    sources: tuple[str, ...]
    summary: str | None
    tags: tuple[str, ...]
    body: Prose | Html


class FeedView(Struct, frozen=True, kw_only=True):
    """`/feed.xml`: the newest stories with their full text. All addresses are absolute."""

    title: str
    url: str
    feed_url: str
    root: str
    lang: str
    description: str
    entries: tuple[FeedEntry, ...]


class SitemapEntry(Struct, frozen=True):
    """An address and when what it shows last changed (ISO 8601), where that is known."""

    url: str
    changed: str | None = None


class SitemapView(Struct, frozen=True):
    """`/sitemap.xml`: every page that a search engine may show."""

    entries: tuple[SitemapEntry, ...]


class RobotsView(Struct, frozen=True):
    """`/robots.txt` (RFC 9309): everything may be read."""

    sitemap: str


def rss(view: FeedView) -> str:
    """RSS 2.0 with full text; authors as Dublin Core, since `author` there is an address."""
    root = Element(
        "rss",
        {
            "version": "2.0",
            "xmlns:atom": "http://www.w3.org/2005/Atom",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        },
    )
    channel = SubElement(root, "channel")
    _add(channel, "title", view.title)
    _add(channel, "link", view.url)
    _add(channel, "description", view.description)
    _add(channel, "language", view.lang)
    link = {"rel": "self", "type": "application/rss+xml", "href": view.feed_url}
    SubElement(channel, "atom:link", link)
    if view.entries:
        _add(channel, "lastBuildDate", _rfc822(view.entries[0].published))
    for entry in view.entries:
        _add_item(channel, entry, view.root)
    return _document(root)


def _add_item(channel: Element, entry: FeedEntry, root: str) -> None:
    item = SubElement(channel, "item")
    _add(item, "title", entry.title)
    _add(item, "link", entry.url)
    _add(item, "guid", entry.id).set("isPermaLink", "false")
    _add(item, "pubDate", _rfc822(entry.published))
    for author in entry.authors:
        _add(item, "dc:creator", author)
    for source in entry.sources:
        _add(item, "dc:source", source)
    for tag in entry.tags:
        _add(item, "category", tag)
    _add(item, "description", entry.summary or entry.title)
    _add(item, "content:encoded", absolute_addresses(str(entry.body), root, entry.url))


def absolute_addresses(html: str, root: str, page: str) -> str:
    """HTML of ours with the host before each address of the site, the page before fragments.

    `root` is scheme and host, without a slash at its end.
    """

    def whole(match: re.Match[str]) -> str:
        return f'{match[1]}{root if match[2].startswith("/") else page}{match[2]}"'

    return _TAG.sub(lambda tag: _OWN_ADDRESS.sub(whole, tag[0]), html)


def sitemap(view: SitemapView) -> str:
    """The sitemap protocol 0.9, `lastmod` only where the content states a date."""
    root = Element("urlset", {"xmlns": _SITEMAP})
    for entry in view.entries:
        url = SubElement(root, "url")
        _add(url, "loc", entry.url)
        if entry.changed:
            _add(url, "lastmod", entry.changed)
    return _document(root)


def robots(view: RobotsView) -> str:
    """RFC 9309: one group for everybody, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n"


#: What serialises the outputs that no theme touches, by the name that pages carry.
SERIALISERS: Mapping[str, Callable[[Any], str]] = {
    "feed.xml": rss,
    "sitemap.xml": sitemap,
    "robots.txt": robots,
}


def _add(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = _NOT_XML.sub("", text)
    return child


def _rfc822(moment: str) -> str:
    return format_datetime(datetime.fromisoformat(moment))


def _document(root: Element) -> str:
    indent(root, "")
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
