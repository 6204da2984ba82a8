"""The view of a story."""

from __future__ import annotations

from dataclasses import dataclass

from ssg.model import (
    Article,
    Byline,
    Html,
    Indexing,
    Link,
    Picture,
    Profile,
    Prose,
    SourceCredit,
    Teaser,
)
from ssg.pages.addresses import article_place
from ssg.pages.corrections import PLACE as CORRECTIONS
from ssg.pages.frame import Frame
from ssg.pages.head import Head, Story
from ssg.pages.parts import (
    corrections_of,
    direction,
    free_keys,
    is_retracted,
    iso,
    minutes_of,
    updated_of,
)
from ssg.pages.views import ArticleView, Lapse


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a story's page shows that is not in its own file."""

    bylines: tuple[Byline, ...]
    authors: tuple[Profile, ...]
    sources: tuple[SourceCredit, ...]
    indexing: Indexing
    picture: Picture | None
    body: Prose | Html
    section: Link | None
    tags: tuple[Link, ...]
    series: Link | None
    previous: Teaser | None
    next: Teaser | None
    related: tuple[Teaser, ...]
    lapse: Lapse | None = None


def article_view(article: Article, around: Surroundings, frame: Frame) -> ArticleView:
    """The page of one story, with all its credits. Of one that was retracted, or whose licence has
    ended, it is a notice: the headline and why, without standfirst, picture and text.
    """
    retracted, lapsed = is_retracted(article), around.lapse is not None
    gone = retracted or lapsed
    label = frame.correction_kinds["retraction"] if retracted else None
    words = 0 if gone else article.body.facts.words
    head = _head(article, around, frame)
    return ArticleView(
        head=head,
        url=head.url,
        title=article.title,
        lang=article.lang,
        dir=direction(article.lang),
        crumbs=(frame.home, around.section) if around.section else (frame.home,),
        kicker=label if gone else article.kicker,
        standfirst=None if gone else article.standfirst,
        kind=article.kind,
        published=iso(article.date, frame.zone),
        updated=updated_of(article, frame.zone),
        dateline=None if lapsed else article.dateline,
        bylines=around.bylines,
        authors=around.authors,
        sources=around.sources,
        picture=around.picture,
        body=Html("") if gone else around.body,
        words=words,
        minutes=minutes_of(words, article.lang),
        corrections=corrections_of(article, frame.zone),
        corrections_url=frame.at.url(CORRECTIONS) if article.corrections and not lapsed else None,
        section=around.section,
        tags=around.tags,
        series=around.series,
        series_part=article.series.part if article.series else None,
        licence=article.licence,
        previous=around.previous,
        next=around.next,
        related=around.related,
        lapse=around.lapse,
        extra={} if lapsed else free_keys(article.extra),
    )


def _head(article: Article, around: Surroundings, frame: Frame) -> Head:
    lapsed = around.lapse is not None
    return Head(
        title=article.title,
        site_title=frame.site.title,
        url=frame.at.url(article_place(article)),
        canonical=article.canonical_url,
        description=None if lapsed else _description(article),
        feed=frame.site.feed,
        picture=around.picture,
        lang=article.lang,
        type="article",
        indexed=not lapsed,
        indexing=around.indexing,
        story=Story(
            published=iso(article.date, frame.zone),
            updated=updated_of(article, frame.zone),
            bylines=around.bylines,
            section=around.section.name if around.section else None,
            tags=tuple(tag.name for tag in around.tags),
        ),
    )


def _description(article: Article) -> str | None:
    """What machines say of a story: of one that was retracted, why."""
    reasons = (entry.text for entry in article.corrections if entry.kind == "retraction")
    return next(reasons, None) or article.standfirst or article.body.facts.excerpt or None
