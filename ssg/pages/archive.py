"""The archive: a page for each month and year that has stories, each with the way to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TypeVar

from ssg.dates import month_in
from ssg.model import (
    Page,
)
from ssg.pages.addresses import (
    month_place,
    output_path,
)
from ssg.pages.edition import Edition
from ssg.pages.gatherings import list_pages
from ssg.pages.lists import (
    Gathering,
    Heading,
    Month,
    month_name,
    month_view,
    year_link,
    year_view,
)

T = TypeVar("T")


def archive_pages(edition: Edition) -> Iterator[Page]:
    """Every month and year that has stories."""
    frame, months = edition.frame, edition.library.months
    years: dict[int, list[Month]] = {}
    for month, earlier, later in _with_neighbours(months):
        years.setdefault(month[0], []).append(month)
        title = month_in(frame.site.lang, month_name(month))
        heading = Heading(month_place(*month), title, year_link(month[0], frame))
        gathering = Gathering(heading, edition.stories(months[month]))
        view = partial(month_view, month, (earlier, later), gathering, edition.size, frame)
        beside = (str(earlier), str(later))
        yield from list_pages("month.html", view, gathering, edition, beside=beside)
    for year, before, after in _with_neighbours(years):
        page = partial(year_view, year, years[year], (before, after), frame)
        yield Page(output_path(f"{year:04}/"), "year.html", page)


def _with_neighbours(newest_first: Iterable[T]) -> Iterator[tuple[T, T | None, T | None]]:
    """Each with the one before it in time and the one after it."""
    ordered = [None, *newest_first, None]
    for later, item, earlier in zip(ordered, ordered[1:], ordered[2:], strict=False):
        if item is not None:
            yield item, earlier, later
