"""Sitemaps as text: the sitemap protocol 0.9 and Google's extension for news."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from ssg.pages.xml import document, element, parent

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"


class SitemapEntry(Struct, frozen=True):
    """An address and when what it shows last changed (ISO 8601), where that is known."""

    url: str
    changed: str | None = None


class SitemapIndexView(Struct, frozen=True):
    """`/sitemap.xml`: the sitemaps of the site, each with its last change."""

    sitemaps: tuple[SitemapEntry, ...]


class SitemapView(Struct, frozen=True):
    """A sitemap: pages that a search engine may show."""

    entries: tuple[SitemapEntry, ...]


class NewsEntry(Struct, frozen=True):
    """A story that is news: `published` in ISO 8601, `lang` as Google names languages."""

    url: str
    title: str
    published: str
    lang: str


class NewsSitemapView(Struct, frozen=True):
    """`/news-sitemap.xml`: the stories of the last 48 hours, newest first."""

    publication: str
    entries: tuple[NewsEntry, ...]


def sitemap_index(view: SitemapIndexView) -> str:
    """The index of the sitemap protocol."""
    found = (parent("sitemap", _located(entry)) for entry in view.sitemaps)
    return document(parent("sitemapindex", found, {"xmlns": _SITEMAP}))


def sitemap(view: SitemapView) -> str:
    """A sitemap, with `lastmod` only where the content states a date."""
    urls = (parent("url", _located(entry)) for entry in view.entries)
    return document(parent("urlset", urls, {"xmlns": _SITEMAP}))


def _located(entry: SitemapEntry) -> Iterator[str]:
    yield element("loc", entry.url)
    if entry.changed:
        yield element("lastmod", entry.changed)


def news_sitemap(view: NewsSitemapView) -> str:
    """A sitemap with the elements that Google asks of news, and no others."""
    urls = (parent("url", _news(entry, view.publication)) for entry in view.entries)
    return document(parent("urlset", urls, {"xmlns": _SITEMAP, "xmlns:news": _NEWS}))


def _news(entry: NewsEntry, publication: str) -> Iterator[str]:
    yield element("loc", entry.url)
    names = element("news:name", publication), element("news:language", entry.lang)
    yield parent(
        "news:news",
        (
            parent("news:publication", names),
            element("news:publication_date", entry.published),
            element("news:title", entry.title),
        ),
    )
