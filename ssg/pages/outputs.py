"""The outputs: which pages a library makes, and the view of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from ssg.model import (
    Article,
    Front,
    Output,
    Page,
    StaticPage,
)
from ssg.pages.addresses import (
    output_path,
)
from ssg.pages.archive import archive_pages
from ssg.pages.corrections import corrections_pages
from ssg.pages.edition import Edition
from ssg.pages.feeds import (
    correction_feeds,
    feeds_holding,
    list_feeds,
    site_feeds,
)
from ssg.pages.gatherings import (
    all_stories_pages,
    author_pages,
    section_pages,
    series_pages,
    source_pages,
    tag_pages,
)
from ssg.pages.head import Head
from ssg.pages.home import FRONT, home_view
from ssg.pages.hosting import host_pages
from ssg.pages.indexes import index_pages
from ssg.pages.media import media_copies
from ssg.pages.parts import (
    direction,
    free_keys,
    is_retracted,
)
from ssg.pages.permanence import pages_of_the_past, redirects
from ssg.pages.sitemaps import news_sitemap_page, sitemap_pages
from ssg.pages.stories import notice_pages, story_page, story_pages
from ssg.pages.views import NotFoundView, StaticView, View


def outputs_of(edition: Edition) -> Iterator[Output]:
    """Every output of the site but the theme's assets and `content/root/`."""
    pages = [
        _home(edition),
        *all_stories_pages(edition),
        *story_pages(edition),
        *notice_pages(edition),
        *section_pages(edition),
        *author_pages(edition),
        *source_pages(edition),
        *tag_pages(edition),
        *series_pages(edition),
        *archive_pages(edition),
        *index_pages(edition),
        *corrections_pages(edition.corrections, edition.size, edition.frame),
        *_static_pages(edition),
        _not_found(edition),
        *site_feeds(edition),
        *list_feeds(edition),
        *correction_feeds(edition.corrections, edition),
    ]
    pages += pages_of_the_past(pages, edition)
    pages += (*sitemap_pages(pages, edition), news_sitemap_page(edition))
    yield from pages
    yield from host_pages(pages, edition)
    yield from media_copies(edition)


def outputs_holding(articles: Collection[Article], edition: Edition) -> Iterator[Output]:
    """The outputs that hold the bodies of these articles: no others have to be made again when
    nothing but bodies has changed.
    """
    published = [article for article in articles if article.path in edition.library.neighbours]
    for article in published:
        if not is_retracted(article):
            yield story_page(article, edition)
    yield from feeds_holding({article.path for article in published}, edition)


def _home(edition: Edition) -> Page:
    return Page("index.html", "home.html", partial(_home_view, edition))


def _home_view(edition: Edition) -> View:
    library = edition.library
    fronts = (
        Front(edition.sections[id_], edition.stories(library.by_section[id_].articles)[:FRONT])
        for id_ in library.sections
    )
    return home_view(
        stories=edition.stories(library.articles),
        lead=edition.teaser(library.lead),
        follow=edition.stories(library.follow),
        fronts=fronts,
        opinion=edition.stories([item for item in library.articles if item.kind == "opinion"]),
        years=dict.fromkeys(year for year, _ in library.months),
        size=edition.size,
        frame=edition.frame,
    )


def _static_pages(edition: Edition) -> Iterator[Page]:
    for page in edition.library.pages:
        yield _static_page(page, edition)
        yield from redirects(page.aliases, page.title, page.path, edition)


def _static_page(page: StaticPage, edition: Edition) -> Page:
    frame, url = edition.frame, edition.url(page.path)
    head = Head(
        title=page.title,
        site_title=frame.site.title,
        url=url,
        description=page.description or page.body.facts.excerpt or None,
        feed=frame.site.feed,
        lang=page.lang,
    )
    view = StaticView(
        head=head,
        url=url,
        title=page.title,
        lang=page.lang,
        dir=direction(page.lang),
        crumbs=(frame.home,),
        body=edition.prose(page.path, page.body),
        extra=free_keys(page.extra),
    )
    return Page(output_path(f"{page.slug}/"), "page.html", view, page.path)


def _not_found(edition: Edition) -> Page:
    frame = edition.frame
    url = frame.at.url("404.html")
    title = frame.titles["not_found"]
    head = Head(title=title, site_title=frame.site.title, url=url, indexed=False)
    view = NotFoundView(
        head=head,
        url=url,
        title=title,
        lang=frame.site.lang,
        dir=frame.site.dir,
        crumbs=(frame.home,),
    )
    return Page("404.html", "404.html", view)
