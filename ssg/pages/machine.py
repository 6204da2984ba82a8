"""The outputs for machines: which stories a feed holds, which pages a sitemap lists."""

from __future__ import annotations

from collections.abc import Iterable

from ssg.model import Article, Page
from ssg.pages.addresses import article_place
from ssg.pages.edition import Edition
from ssg.pages.frame import Frame
from ssg.pages.parts import iso
from ssg.pages.serialise import (
    FeedEntry,
    FeedView,
    RobotsView,
    SitemapEntry,
    SitemapView,
)
from ssg.pages.views import ArticleView, NotFoundView, RedirectView, View


def feed_page(edition: Edition) -> Page:
    """`/feed.xml`: the newest stories of the site with their full text."""
    site = edition.frame.site
    stories = edition.library.articles[: edition.feed_size]
    view = FeedView(
        title=site.title,
        url=site.url,
        feed_url=site.url + "feed.xml",
        root=site.url.removesuffix(site.home),
        lang=site.lang,
        description=site.description or site.tagline or site.title,
        entries=tuple(_entry(article, edition) for article in stories),
    )
    return Page("feed.xml", "feed.xml", view)


def _entry(article: Article, edition: Edition) -> FeedEntry:
    at, sources = edition.frame.at, edition.library.sources
    return FeedEntry(
        id=article.id,
        url=at.absolute(at.url(article_place(article))),
        title=article.title,
        published=iso(article.date, edition.frame.zone),
        authors=_each_once(byline.name for byline in edition.bylines[article.path]),
        sources=_each_once(sources[sourcing.source].name for sourcing in article.sources),
        summary=article.standfirst or article.body.facts.excerpt or None,
        tags=tuple(tag.name for tag in edition.tags(article)),
        body=edition.prose(article.path, article.body),
    )


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def sitemap_page(pages: Iterable[Page], frame: Frame) -> Page:
    """`/sitemap.xml`: the canonical address of every page that may be found."""
    entries = tuple(
        SitemapEntry(frame.at.absolute(page.view.url), _changed(page.view))
        for page in pages
        if isinstance(page.view, View) and not isinstance(page.view, NotFoundView | RedirectView)
    )
    return Page("sitemap.xml", "sitemap.xml", SitemapView(entries))


def _changed(view: View) -> str | None:
    return (view.updated or view.published) if isinstance(view, ArticleView) else None


def robots_page(frame: Frame) -> Page:
    """`/robots.txt`, which names the sitemap."""
    return Page("robots.txt", "robots.txt", RobotsView(frame.site.url + "sitemap.xml"))
