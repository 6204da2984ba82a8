"""Corrections: every note on what was put right, newest first, on pages and for their feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from ssg.model import Article, Correction, Link, Page
from ssg.pages.addresses import article_place, older_place, output_path
from ssg.pages.frame import Frame
from ssg.pages.head import Head
from ssg.pages.listings import older_pages
from ssg.pages.parts import corrections_of, direction
from ssg.pages.views import Corrected, CorrectionsView

PLACE: Final = "corrections/"


class Noted(NamedTuple):
    """An article, and which entry of its list of corrections is meant, from 0."""

    article: Article
    number: int

    @property
    def correction(self) -> Correction:
        return self.article.corrections[self.number]


def corrections_in(articles: Sequence[Article]) -> tuple[Noted, ...]:
    """Every correction of these articles, newest first."""
    found = [
        Noted(article, number)
        for article in articles
        if article.corrections
        for number in range(len(article.corrections))
    ]
    found.sort(key=lambda noted: (noted.article.path, -noted.number))
    found.sort(key=lambda noted: noted.correction.date, reverse=True)
    return tuple(found)


def corrections_pages(noted: Sequence[Noted], size: int, frame: Frame) -> Iterator[Page]:
    """`/corrections/` and the pages behind it: none while nothing had to be put right.

    They follow the rule of lists (`listings`), so a new note touches the first page alone.
    """
    if not noted:
        return
    for number in range(older_pages(len(noted), size) + 1):
        place = older_place(PLACE, number) if number else PLACE
        view = partial(_view, noted, size, number, frame)
        rests_on = partial(_rests_on, noted, size, number)
        yield Page(output_path(place), "corrections.html", view, None, rests_on)


def _shown(noted: Sequence[Noted], size: int, number: int) -> Sequence[Noted]:
    """What stands on the older page of that number, or on the first page (0)."""
    if not number:
        return noted[: len(noted) - older_pages(len(noted), size) * size]
    end = len(noted) - (number - 1) * size
    return noted[end - size : end]


def _rests_on(noted: Sequence[Noted], size: int, number: int) -> tuple[object, ...]:
    values = (value for item in _shown(noted, size, number) for value in item)
    return older_pages(len(noted), size), *values


def _view(noted: Sequence[Noted], size: int, number: int, frame: Frame) -> CorrectionsView:
    at, last = frame.at, older_pages(len(noted), size)
    url = at.url(older_place(PLACE, number) if number else PLACE)
    title = frame.titles["corrections"]
    head = Head(
        title=title,
        site_title=frame.site.title,
        url=url,
        feed=frame.site.feed,
        has_feeds=not number,
    )
    behind = (number or last + 1) - 1
    newer = number + 1 if number < last else 0
    return CorrectionsView(
        head=head,
        url=url,
        title=title,
        lang=frame.site.lang,
        dir=frame.site.dir,
        crumbs=(frame.home, Link(title, at.url(PLACE))) if number else (frame.home,),
        corrections=tuple(_corrected(item, frame) for item in _shown(noted, size, number)),
        older=at.url(older_place(PLACE, behind)) if behind else None,
        newer=at.url(older_place(PLACE, newer) if newer else PLACE) if number else None,
        number=number or None,
    )


def _corrected(noted: Noted, frame: Frame) -> Corrected:
    article = noted.article
    return Corrected(
        note=corrections_of(article, frame.zone)[noted.number],
        story=Link(article.title, frame.at.url(article_place(article))),
        lang=article.lang,
        dir=direction(article.lang),
    )
