"""Outputs that no theme touches: what serialises them, by the name that pages carry.

Text is checked for what XML cannot hold before it goes in; every address is absolute,
since readers ignore `xml:base`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from ssg.pages.atom import atom
from ssg.pages.json_feed import json_feed
from ssg.pages.rss import rss
from ssg.pages.xml import document, element, parent

_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


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


class RedirectRule(Struct, frozen=True, order=True):
    """A path of the host, the path that is sent instead, and the status (301, 410 …)."""

    source: str
    target: str
    status: int


class RedirectsView(Struct, frozen=True):
    """`/_redirects`: what hosts answer at former addresses."""

    rules: tuple[RedirectRule, ...]


def sitemap(view: SitemapView) -> str:
    """The sitemap protocol 0.9, `lastmod` only where the content states a date."""
    urls = (parent("url", _url(entry)) for entry in view.entries)
    return document(parent("urlset", urls, {"xmlns": _SITEMAP}))


def _url(entry: SitemapEntry) -> Iterator[str]:
    yield element("loc", entry.url)
    if entry.changed:
        yield element("lastmod", entry.changed)


def robots(view: RobotsView) -> str:
    """RFC 9309: one group for everybody, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n"


def redirects(view: RedirectsView) -> str:
    """A line `from to status` for each: the form that Netlify, Cloudflare Pages and others read.

    A `!` lets a rule win over the file at its address, where redirecting is not all it does.
    """
    lines = (
        f"{rule.source} {rule.target} {rule.status}{'' if rule.status in _MOVED else '!'}\n"
        for rule in view.rules
    )
    return "".join(lines)


#: What serialises each.
SERIALISERS: Mapping[str, Callable[[Any], str]] = {
    "feed.xml": rss,
    "atom.xml": atom,
    "feed.json": json_feed,
    "sitemap.xml": sitemap,
    "robots.txt": robots,
    "_redirects": redirects,
}
