"""Sitemaps: which pages search engines are told of.

`/sitemap.xml` names one sitemap a month for stories, and one for all other pages, so that a new
story changes two files however many there are. `lastmod` is a date that the content states,
never that of a build: it would be believed no more (Google, "Build and submit a sitemap").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from ssg.model import Article, Library, Page
from ssg.pages.addresses import Addresses, article_place
from ssg.pages.edition import Edition
from ssg.pages.parts import indexing_of, is_retracted, iso
from ssg.pages.serialise import SERIALISERS
from ssg.pages.sitemap_text import (
    NewsEntry,
    NewsSitemapView,
    SitemapEntry,
    SitemapIndexView,
    SitemapView,
)

T = TypeVar("T")

#: What no search engine shows: outputs for machines, former addresses, the page of the lost.
_NOT_FOUND: Final = frozenset({*SERIALISERS, "redirect.html", "404.html", "gone.html"})

#: A sitemap may have 50,000 addresses and 50 MB. An address has at most 2,048 characters
#: (sitemaps.org, "loc"), so with this many neither limit is ever met.
_MOST: Final = 10_000

#: Of a sitemap for news (Google, "News sitemaps").
_MOST_NEWS: Final = 1_000
_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_CHINESE: Final = {"hans": "zh-cn", "cn": "zh-cn", "sg": "zh-cn"}


def sitemap_pages(pages: Iterable[Page], edition: Edition) -> Iterator[Page]:
    """The sitemaps, and the index that names them."""
    hidden = _hidden(edition.library, edition.frame.at)
    months = {
        f"sitemap-{year:04}-{month:02}": tuple(a for a in found if a.path not in hidden)
        for (year, month), found in sorted(edition.library.months.items())
    }
    others = [
        page.path
        for page in pages
        if page.template not in _NOT_FOUND and page.template != "article.html"
    ]
    shards: list[tuple[str, Sequence[Article]]] = []
    for name, found in _numbered("sitemap-pages", others):
        shards.append((name, ()))
        view = partial(_other_pages, found, edition)
        yield Page(f"{name}.xml", "sitemap.xml", view, None, partial(tuple, found))
    for month, stories in months.items():
        for name, some in _numbered(month, stories):
            shards.append((name, some))
            view = partial(_stories, some, edition)
            yield Page(f"{name}.xml", "sitemap.xml", view, None, partial(tuple, some))
    changes = [(name, _latest(stories)) for name, stories in shards]
    index = partial(_index, changes, edition)
    yield Page("sitemap.xml", "sitemap-index.xml", index, None, partial(_flat, changes))


def _numbered(name: str, items: Sequence[T]) -> Iterator[tuple[str, Sequence[T]]]:
    """The items in pieces that a sitemap may hold; those after the first have a number."""
    for start in range(0, len(items), _MOST):
        number = start // _MOST + 1
        yield name if number == 1 else f"{name}-{number}", items[start : start + _MOST]


def _hidden(library: Library, at: Addresses) -> frozenset[str]:
    """The paths of the stories that are not for search engines: a source of theirs keeps them out,
    or the original stands elsewhere.
    """
    return frozenset(a.path for a in library.articles if _is_hidden(a, library, at))


def _is_hidden(article: Article, library: Library, at: Addresses) -> bool:
    original = article.canonical_url
    elsewhere = original is not None and original != at.absolute(at.url(article_place(article)))
    return elsewhere or indexing_of(article, library.sources) == "noindex"


def _other_pages(paths: Iterable[str], edition: Edition) -> SitemapView:
    at = edition.frame.at
    urls = (at.absolute(at.url(path.removesuffix("index.html"))) for path in paths)
    return SitemapView(tuple(map(SitemapEntry, urls)))


def _stories(articles: Iterable[Article], edition: Edition) -> SitemapView:
    zone = edition.frame.zone
    return SitemapView(
        tuple(SitemapEntry(_address(a, edition), iso(_last_change(a), zone)) for a in articles)
    )


def _address(article: Article, edition: Edition) -> str:
    at = edition.frame.at
    return at.absolute(at.url(article_place(article)))


def _latest(articles: Iterable[Article]) -> datetime | None:
    """The last change of some stories."""
    return max(map(_last_change, articles), default=None)


def _last_change(article: Article) -> datetime:
    latest = max(article.date, article.updated or article.date)
    if not article.corrections:
        return latest
    return max(latest, *(entry.date for entry in article.corrections))


def _flat(changes: Iterable[tuple[str, datetime | None]]) -> tuple[object, ...]:
    return tuple(part for change in changes for part in change)


def _index(changes: Iterable[tuple[str, datetime | None]], edition: Edition) -> SitemapIndexView:
    frame = edition.frame
    return SitemapIndexView(
        tuple(
            SitemapEntry(f"{frame.site.url}{name}.xml", iso(last, frame.zone) if last else None)
            for name, last in changes
        )
    )


def news_sitemap_page(edition: Edition) -> Page:
    """`/news-sitemap.xml`: empty while nothing is new, which is allowed."""
    library = edition.library
    hidden = _hidden_from_news(library, edition.frame.at)
    news = [article for article in library.news if article.path not in hidden][:_MOST_NEWS]
    view = partial(_news_view, news, edition)
    return Page("news-sitemap.xml", "news-sitemap.xml", view, None, partial(tuple, news))


def _hidden_from_news(library: Library, at: Addresses) -> frozenset[str]:
    """What is no news here: copies of a partner's story, adverts, and what was taken back."""
    return frozenset(
        article.path
        for article in library.news
        if article.kind == "sponsored"
        or is_retracted(article)
        or indexing_of(article, library.sources) != "index"
        or _is_hidden(article, library, at)
    )


def _news_view(articles: Iterable[Article], edition: Edition) -> NewsSitemapView:
    frame = edition.frame
    return NewsSitemapView(
        _IN_BRACKETS.sub("", frame.site.title).strip() or frame.site.title,
        tuple(
            NewsEntry(
                _address(article, edition),
                article.title,
                iso(article.date, frame.zone),
                news_language(article.lang),
            )
            for article in articles
        ),
    )


def news_language(lang: str) -> str:
    """A language as Google's news sitemaps name it: two or three letters, Chinese by its script."""
    first, *rest = lang.lower().split("-")
    if first != "zh":
        return first
    return next((_CHINESE[part] for part in rest if part in _CHINESE), "zh-tw" if rest else "zh-cn")
