"""The schedule: the instants at which the same files make another site, and why.

What a build shows is a function of its files and one instant; a site made of plain files
changes at such an instant only if somebody builds then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from ssg.content.home import PATH as HOME
from ssg.content.licences import lapse_of
from ssg.model import Article, Change, Due, HomePlan, Showing, Source

#: How long a story is news (Google, "News sitemaps": created in the last two days).
NEWS: Final = timedelta(hours=48)

_STAGES: Final[tuple[tuple[timedelta, Change], ...]] = (
    (timedelta(), "published"),
    (NEWS, "old-news"),
)


def is_news(article: Article, now: datetime) -> bool:
    """Whether the story is young enough for the news sitemap; it leaves it 48 hours on."""
    return article.date > now - NEWS


def due(
    articles: Iterable[Article],
    sources: Mapping[str, Source],
    home: HomePlan,
    now: datetime,
    showing: Showing,
) -> Iterator[Due]:
    """What changes after `now`, in no particular order: each with its instant and its file."""
    for pick in (*home.lead, *home.follow):
        if pick.until and pick.until > now:
            yield Due(pick.until, "steps-down", HOME, pick.article)
    young = now - NEWS
    for article in articles:
        if article.draft and not showing.drafts:
            continue
        if article.expires and article.expires <= now:
            continue
        if article.date > young:
            yield from _of_young(article, now)
        if article.expires:
            yield _due(article, article.expires, "expires")
        if article.sources and (lapsed := lapse_of(article, sources)) and lapsed.since > now:
            yield _due(article, lapsed.since, "licence-ends")


def _of_young(article: Article, now: datetime) -> Iterator[Due]:
    for after, change in _STAGES:
        try:
            instant = article.date + after
        except OverflowError:  # later than any clock can show
            return
        if instant > now and not (article.expires and article.expires <= instant):
            yield _due(article, instant, change)


def _due(article: Article, at: datetime, change: Change) -> Due:
    return Due(at, change, article.path, article.title)
