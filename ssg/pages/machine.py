"""The outputs for search engines: which pages a sitemap lists, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from ssg.model import Article, Library, Page
from ssg.pages.addresses import Addresses, article_place
from ssg.pages.edition import Edition
from ssg.pages.frame import Frame
from ssg.pages.parts import indexing_of, iso, updated_of
from ssg.pages.serialise import (
    SERIALISERS,
    RedirectRule,
    RedirectsView,
    RobotsView,
    SitemapEntry,
    SitemapView,
)
from ssg.pages.views import GoneView, RedirectView

#: What no search engine shows: outputs for machines, former addresses, the page of the lost.
_NOT_FOUND: Final = frozenset({*SERIALISERS, "redirect.html", "404.html", "gone.html"})


def sitemap_page(pages: Iterable[Page], edition: Edition) -> Page:
    """`/sitemap.xml`: the canonical address of every page that may be found."""
    hidden = _hidden(edition.library, edition.frame.at)
    found = [
        page
        for page in pages
        if page.template not in _NOT_FOUND
        and not (page.template == "article.html" and page.origin in hidden)
    ]
    view = partial(_sitemap_view, found, edition)
    rests_on = partial(_sitemap_rests_on, found, edition)
    return Page("sitemap.xml", "sitemap.xml", view, None, rests_on)


def _hidden(library: Library, at: Addresses) -> frozenset[str]:
    """The paths of the stories that are not for search engines: a source of theirs keeps them out,
    the original stands elsewhere, or their licence has ended.
    """
    return frozenset(
        (
            *(article.path for article in library.articles if _is_hidden(article, library, at)),
            *(lapsed.article.path for lapsed in library.lapsed),
        )
    )


def _is_hidden(article: Article, library: Library, at: Addresses) -> bool:
    original = article.canonical_url
    elsewhere = original is not None and original != at.absolute(at.url(article_place(article)))
    return elsewhere or indexing_of(article, library.sources) == "noindex"


def _sitemap_rests_on(pages: Iterable[Page], edition: Edition) -> tuple[object, ...]:
    stories = edition.library.articles
    changes = (
        change for story in stories for change in (story.date, story.updated, story.corrections)
    )
    return *(page.path for page in pages), *changes


def _sitemap_view(pages: Iterable[Page], edition: Edition) -> SitemapView:
    at, zone = edition.frame.at, edition.frame.zone
    changed = {
        article.path: updated_of(article, zone) or iso(article.date, zone)
        for article in edition.library.articles
    }
    return SitemapView(
        tuple(
            SitemapEntry(
                at.absolute(at.url(page.path.removesuffix("index.html"))),
                changed[page.origin or ""] if page.template == "article.html" else None,
            )
            for page in pages
        )
    )


def robots_page(frame: Frame) -> Page:
    """`/robots.txt`, which names the sitemap."""
    return Page("robots.txt", "robots.txt", RobotsView(frame.site.url + "sitemap.xml"))


def redirects_page(pages: Iterable[Page]) -> Iterator[Page]:
    """`/_redirects`, for hosts that answer with a status: 301 for what has moved, 410 for what is
    gone. None where nothing is.
    """
    rules = tuple(sorted(_rules(pages)))
    if rules:
        yield Page("_redirects", "_redirects", RedirectsView(rules))


def _rules(pages: Iterable[Page]) -> Iterator[RedirectRule]:
    for page in pages:
        view = page.made_of
        if isinstance(view, RedirectView):
            yield RedirectRule(view.url, view.target, 301)
        elif isinstance(view, GoneView):
            yield RedirectRule(view.url, f"{view.url}index.html", 410)
