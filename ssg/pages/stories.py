"""Stories: the page of each, and the notice where one may not be read any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from ssg.model import (
    Article,
    Html,
    Lapsed,
    Link,
    Page,
)
from ssg.pages.addresses import (
    article_place,
    output_path,
)
from ssg.pages.articles import Surroundings, article_view
from ssg.pages.edition import Edition
from ssg.pages.parts import (
    indexing_of,
    is_retracted,
    iso,
    source_credits_of,
)
from ssg.pages.permanence import redirects
from ssg.pages.related import related
from ssg.pages.views import Lapse, View

#: The template of stories, and of what stands in their place.
STORY: Final = "article.html"


def story_pages(edition: Edition) -> Iterator[Page]:
    """Every story that is published, and its former addresses."""
    for article in edition.library.articles:
        yield story_page(article, edition)
        yield from redirects(article.aliases, article.title, article.path, edition)


def notice_pages(edition: Edition) -> Iterator[Page]:
    """What stands at the address of a story whose licence has ended."""
    for lapsed in edition.library.lapsed:
        article = lapsed.article
        path = output_path(article_place(article))
        yield Page(path, STORY, partial(_notice_view, lapsed, edition), article.path)
        yield from redirects(article.aliases, article.title, article.path, edition)


def story_page(article: Article, edition: Edition) -> Page:
    """The page of one published story."""
    path = output_path(article_place(article))
    view = partial(_story_view, article, edition)
    return Page(path, STORY, view, article.path, partial(_story_rests_on, article, edition))


def _notice_view(lapsed: Lapsed, edition: Edition) -> View:
    article, library, frame = lapsed.article, edition.library, edition.frame
    source = library.sources[lapsed.source]
    around = Surroundings(
        bylines=edition.bylines(article),
        authors=(),
        sources=source_credits_of(article, library.sources, frame.at, frame.zone),
        indexing="noindex",
        picture=None,
        body=Html(""),
        section=edition.section(article),
        tags=(),
        series=None,
        previous=None,
        next=None,
        related=(),
        lapse=Lapse(Link(source.name, edition.url(source.path)), iso(lapsed.since, frame.zone)),
    )
    return article_view(article, around, frame)


def _story_view(article: Article, edition: Edition) -> View:
    return article_view(article, _surroundings(article, edition), edition.frame)


def _story_rests_on(article: Article, edition: Edition) -> Sequence[object]:
    neighbours = edition.library.neighbours[article.path]
    values: list[object] = [article, neighbours.previous, neighbours.next]
    for window in edition.windows.of(article):
        values += window.stories
    values += edition.names(article)
    values += edition.leads_to(article)
    return values


def resting_on(articles: Iterable[Article], edition: Edition) -> frozenset[str]:
    """The paths of the stories whose pages rest on one of these, each of which has stayed in its
    place: themselves, those beside them, and those that may lead on to them.
    """
    found: set[str] = set()
    for article in articles:
        found.add(article.path)
        neighbours = edition.library.neighbours.get(article.path)
        if neighbours:
            beside = (neighbours.previous, neighbours.next, *edition.windows.holding(article))
            found.update(story.path for story in beside if story)
    return frozenset(found)


def _surroundings(article: Article, edition: Edition) -> Surroundings:
    library, at = edition.library, edition.frame.at
    neighbours = library.neighbours[article.path]
    people = {library.authors[c.author].path: library.authors[c.author] for c in article.credits}
    return Surroundings(
        bylines=edition.bylines(article),
        authors=tuple(map(edition.profile, people.values())),
        sources=source_credits_of(article, library.sources, at, edition.frame.zone),
        indexing=indexing_of(article, library.sources),
        picture=edition.picture(article),
        body=edition.prose(article.path, article.body),
        section=edition.section(article),
        tags=edition.tags(article),
        series=edition.series(article),
        previous=edition.teaser(neighbours.previous),
        next=edition.teaser(neighbours.next),
        related=tuple(map(edition.teaser_of, _related(article, neighbours.previous, edition))),
    )


def _related(article: Article, previous: Article | None, edition: Edition) -> list[Article]:
    """What a story leads on to; one that was retracted leads nowhere."""
    return [] if is_retracted(article) else related(edition.windows.of(article), previous)
