"""Filters: the pure functions that templates may use besides Jinja's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ssg.dates import Style as DateStyle
from ssg.dates import date_in, month_in, number_in, time_in

#: Jinja's own filters that a template may not use, with the reason.
FORBIDDEN: Final[Mapping[str, str]] = {
    "random": "a page is the same each time it is made",
    "safe": "what is HTML already prints as it stands; everything else is escaped",
}


def date(moment: str, lang: str, style: DateStyle = "long") -> str:
    """The day of an ISO 8601 moment as the language writes it; styles: short to full."""
    return date_in(lang, moment, style)


def day(moment: str) -> str:
    """The day of an ISO 8601 moment as YYYY-MM-DD."""
    return moment[:10]


def time(moment: str, lang: str = "en-GB") -> str:
    """The time of an ISO 8601 moment as the language writes it."""
    return time_in(lang, moment)


def month_name(month: str, lang: str) -> str:
    """A month, given as YYYY-MM, in words."""
    return month_in(lang, month)


def number(value: int, lang: str) -> str:
    """A whole number with the language's separators."""
    return number_in(lang, value)


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "date": date,
    "day": day,
    "month_name": month_name,
    "number": number,
    "time": time,
}
