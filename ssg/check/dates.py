"""Dates that cannot be right: in front matter, in datelines, and weekdays in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ssg.check.days import NamedDay, dates_in, days_with_weekdays
from ssg.check.material import Written
from ssg.check.prose import paragraphs
from ssg.faults import Fault, Place
from ssg.model import Article

#: Up to so many days later a date of last year is still news, as in the first days of January.
_NEAR: Final = 60
#: Dates before these years may be those of another calendar (Greece gave up the Julian in 1923).
_GREGORIAN: Final = 1924
_DATELINE = re.compile(r"[\s*_]*(?P<words>[^\n]{3,80}?)\s*(?:[—–]|\s-\s|--)")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY: Final = timedelta(days=1)


def impossible(written: Written, timezone: str) -> Iterator[Fault]:
    """The dates of an article that contradict each other, its address or its dateline."""
    article = written.document
    if isinstance(article, Article):
        published = article.date.astimezone(ZoneInfo(timezone)).date()
        yield from _in_front_matter(article, written, published)
        yield from _in_dateline(article, written, published)


def _in_front_matter(article: Article, written: Written, published: date) -> Iterator[Fault]:
    months = (published.year - article.year) * 12 + published.month - article.month
    if published.year != article.year and abs(months) > 1:
        message = f"the date is of {published.year}, the address of the article of {article.year}"
        hint = "one of the two is a slip: mend the date, or move the file"
        yield Fault("W911", message, written.place_of("date"), hint)
    if article.updated and article.updated < article.date:
        message = "the article was updated before it was published"
        yield Fault("W911", message, written.place_of("updated"), "mend one of the two dates")
    for index, correction in enumerate(article.corrections):
        if correction.date + _DAY < article.date:
            message = "something was put right before the article was published"
            place = written.place_of("corrections", index, "date")
            yield Fault("W911", message, place, "mend one of the two dates")


def _in_dateline(article: Article, written: Written, published: date) -> Iterator[Fault]:
    for words, place in _datelines(article, written):
        for named in dates_in(words, article.lang):
            if message := _wrong(named, published):
                hint = f"the article is of {published.isoformat()}"
                yield Fault("W911", message, place, hint)


def _datelines(article: Article, written: Written) -> Iterator[tuple[str, Place]]:
    """The words before the text proper: as front matter has them, or before the first dash."""
    if article.dateline:
        yield article.dateline, written.place_of("dateline")
    for start, text in paragraphs(written.prose):
        if match := _DATELINE.match(text):
            words = match["words"]
            yield words, written.place(start + match.start("words"), len(words))
        return


def _wrong(named: NamedDay, published: date) -> str | None:
    year = named.year or published.year
    day = _day(named, year)
    if day is None:
        return f"{named.text} is no date"
    if day > published + _DAY:
        return (
            f"the dateline is of {named.text}, after the article"
            if named.year or (day - published).days < _NEAR
            else None
        )
    if named.year and year != published.year and (published - day).days > _NEAR:
        return f"the dateline is of another year: {named.text}"
    return None


def _day(named: NamedDay, year: int) -> date | None:
    with suppress(ValueError):
        return date(year, named.month, named.day)
    return None


def misnamed(written: Written, timezone: str) -> Iterator[Fault]:
    """Weekdays in an article that are not those of their dates.

    Where no year is named, the one is meant in which the date is nearest to the article's, or one
    that the text names elsewhere.
    """
    article = written.document
    if not isinstance(article, Article):
        return
    published = article.date.astimezone(ZoneInfo(timezone)).date()
    years: list[int] | None = None
    for named in days_with_weekdays(written.prose, article.lang):
        if years is None:
            years = sorted({int(year) for year in _YEARS.findall(written.prose)})
        days = list(_meant(named, published, years))
        if any(day.weekday() == named.weekday or day.year < _GREGORIAN for day in days):
            continue
        place = written.place(named.start, named.end - named.start)
        yield Fault("W912", f"{named.text}: {_said(days, written.lang)}", place)


def _meant(named: NamedDay, published: date, told: list[int]) -> Iterator[date]:
    """The dates that may be meant; none where no year has such a day. `told` are the years that
    the text names.
    """
    if named.year:
        years = [named.year]
    else:
        around = (published.year + step for step in (0, -1, 1))
        near = [day for year in around if (day := _day(named, year))]
        nearest = min(near, key=lambda day: abs(day - published), default=None)
        years = [nearest.year] if nearest else []
        years += told
    yield from (day for year in dict.fromkeys(years) if (day := _day(named, year)))


def _said(days: list[date], lang: str) -> str:
    """What is true of a date."""
    if not days:
        return "there is no such day"
    from ssg.dates import date_in

    return f"that day is {date_in(lang, days[0].isoformat(), 'full')}"
