"""The views of lists: what is gathered under a section, author, source, tag, series or month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from ssg.model import Article, Html, Link, Listing, Page, Profile, Prose, Section, Source, Teaser
from ssg.pages.addresses import month_place, older_place, output_path
from ssg.pages.edition import Stories
from ssg.pages.frame import Frame
from ssg.pages.head import Head
from ssg.pages.listings import first_page, older_page, older_pages
from ssg.pages.parts import direction
from ssg.pages.views import (
    AuthorView,
    ListView,
    MonthLink,
    MonthView,
    Part,
    SectionView,
    SeriesView,
    SourceView,
    TagView,
    TermLink,
    TermsView,
    YearView,
)

#: A year, and a month of it from 1.
Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heading:
    """A list's place and title, and the index it belongs to."""

    place: str
    title: str
    above: Link | None = None


@dataclass(frozen=True, slots=True)
class Gathering:
    """What is gathered under a heading, newest first."""

    heading: Heading
    stories: Stories

    def first(self, size: int, frame: Frame) -> Listing:
        return first_page(self.stories, size, self.heading.place, frame.at)

    def first_rests_on(self, size: int, beside: tuple[str, ...]) -> tuple[object, ...]:
        """What the list's short URL shows: how many pages are behind it, which stories, and what
        is `beside` them.
        """
        behind = older_pages(len(self.stories), size)
        newest = self.stories.articles[: len(self.stories) - behind * size]
        return self.heading.title, behind, *beside, *newest

    def older_rests_on(self, size: int, number: int) -> tuple[object, ...]:
        """The same of one of the older pages."""
        end = len(self.stories) - (number - 1) * size
        is_last = number == older_pages(len(self.stories), size)
        return self.heading.title, str(is_last), *self.stories.articles[end - size : end]


def _frame(
    heading: Heading,
    frame: Frame,
    lang: str | None = None,
    description: str | None = None,
    profile: Profile | None = None,
    *,
    has_feeds: bool = False,
) -> dict[str, Any]:
    """What every list's view has."""
    url = frame.at.url(heading.place)
    head = Head(
        title=heading.title,
        site_title=frame.site.title,
        url=url,
        description=description,
        feed=frame.site.feed,
        picture=profile.photo if profile else None,
        lang=lang or frame.site.lang,
        type="profile" if profile else "website",
        has_feeds=has_feeds,
    )
    return {
        "head": head,
        "url": url,
        "title": heading.title,
        "lang": lang or frame.site.lang,
        "dir": direction(lang or frame.site.lang),
        "crumbs": (frame.home, heading.above) if heading.above else (frame.home,),
    }


def older_list_pages(
    gathering: Gathering, size: int, frame: Frame, origin: str | None = None
) -> Iterator[Page]:
    """The pages of a list behind its first."""
    for number in range(1, older_pages(len(gathering.stories), size) + 1):
        view = partial(_older_view, gathering, size, frame, number)
        path = output_path(older_place(gathering.heading.place, number))
        rests_on = partial(gathering.older_rests_on, size, number)
        yield Page(path, "list.html", view, origin, rests_on)


def _older_view(gathering: Gathering, size: int, frame: Frame, number: int) -> ListView:
    of = gathering.heading
    listing = older_page(gathering.stories, size, of.place, frame.at, number)
    above = Link(of.title, frame.at.url(of.place))
    heading = Heading(older_place(of.place, number), of.title, above)
    return ListView(**_frame(heading, frame), listing=listing, of=above)


def section_view(
    section: Section, text: Prose | Html, gathering: Gathering, size: int, frame: Frame
) -> SectionView:
    """A section's page: what it is about and its newest stories."""
    return SectionView(
        **_frame(
            gathering.heading,
            frame,
            section.lang,
            section.description,
            has_feeds="sections" in frame.feeds_of,
        ),
        description=section.description,
        text=text,
        listing=gathering.first(size, frame),
    )


def author_view(
    profile: Profile, description: str, gathering: Gathering, size: int, frame: Frame
) -> AuthorView:
    """An author's page: who they are and what they wrote."""
    return AuthorView(
        **_frame(
            gathering.heading,
            frame,
            profile.lang,
            description or None,
            profile,
            has_feeds="authors" in frame.feeds_of,
        ),
        profile=profile,
        listing=gathering.first(size, frame),
    )


def source_view(
    source: Source, text: Prose | Html, gathering: Gathering, size: int, frame: Frame
) -> SourceView:
    """A source's page: what it is, on which terms, and what came from it."""
    return SourceView(
        **_frame(
            gathering.heading,
            frame,
            source.lang,
            source.body.facts.excerpt or None,
            has_feeds="sources" in frame.feeds_of,
        ),
        kind=source.kind,
        site_url=source.url,
        licence=source.licence,
        licence_url=source.licence_url and frame.at.site(source.licence_url),
        credit_line=source.credit_line,
        territory=source.territory,
        text=text,
        listing=gathering.first(size, frame),
    )


def tag_view(gathering: Gathering, size: int, frame: Frame) -> TagView:
    """The stories with one tag."""
    return TagView(
        **_frame(gathering.heading, frame, has_feeds="tags" in frame.feeds_of),
        listing=gathering.first(size, frame),
    )


def series_view(
    gathering: Gathering, stories: Iterable[tuple[Article, Teaser]], frame: Frame
) -> SeriesView:
    """A series in the order of its parts; parts without a number follow, oldest first."""
    numbered = [
        (article.series.part if article.series else None, article, teaser)
        for article, teaser in stories
    ]
    last = max((number or 0 for number, _, _ in numbered), default=0) + 1
    numbered.sort(key=lambda item: (item[0] or last, item[1].date, item[1].path))
    parts = tuple(Part(number, teaser) for number, _, teaser in numbered)
    return SeriesView(**_frame(gathering.heading, frame), parts=parts)


def month_view(
    month: Month,
    around: tuple[Month | None, Month | None],
    gathering: Gathering,
    size: int,
    frame: Frame,
) -> MonthView:
    """A month's stories, and the months before and after it."""
    earlier, later = around
    return MonthView(
        **_frame(gathering.heading, frame),
        month=month_name(month),
        listing=gathering.first(size, frame),
        earlier=_month_link(earlier, frame) if earlier else None,
        later=_month_link(later, frame) if later else None,
    )


def year_view(
    year: int, months: Iterable[Month], around: tuple[int | None, int | None], frame: Frame
) -> YearView:
    """The months of a year that have stories, and the years before and after it."""
    earlier, later = around
    heading = Heading(f"{year:04}/", f"{year:04}")
    return YearView(
        **_frame(heading, frame),
        year=f"{year:04}",
        months=tuple(_month_link(month, frame) for month in months),
        earlier=year_link(earlier, frame) if earlier else None,
        later=year_link(later, frame) if later else None,
    )


def year_link(year: int, frame: Frame) -> Link:
    """A year of the archive."""
    return Link(f"{year:04}", frame.at.url(f"{year:04}/"))


def month_name(month: Month) -> str:
    """A month as YYYY-MM."""
    return f"{month[0]:04}-{month[1]:02}"


def _month_link(month: Month, frame: Frame) -> MonthLink:
    return MonthLink(month_name(month), frame.at.url(month_place(*month)))


def terms_view(of: str, title: str, terms: Iterable[TermLink], frame: Frame) -> TermsView:
    """The index of all authors, sources, sections or tags."""
    heading = Heading(f"{of}/", title)
    return TermsView(**_frame(heading, frame), of=of, terms=tuple(terms))
