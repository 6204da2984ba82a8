"""Dates as readers of a language write them, from the ISO 8601 text that views hold.

Babel has the customs of every language (Unicode CLDR); a language it does not know is
written as in English.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel import Locale

Style = Literal["short", "medium", "long", "full"]


@lru_cache(maxsize=64)
def _locale(lang: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def date_in(lang: str, day: str, style: Style = "long") -> str:
    """The day of an ISO date or moment: "2026-03-01T09:30:00Z" is "1 March 2026" in en-GB."""
    return _day_in(lang, day[:10], style)


@lru_cache(maxsize=4096)
def _day_in(lang: str, day: str, style: Style) -> str:
    from babel.dates import format_date

    return format_date(date.fromisoformat(day), style, locale=_locale(lang))


@lru_cache(maxsize=4096)
def month_in(lang: str, month: str) -> str:
    """A month, given as YYYY-MM: "2026-03" is "March 2026" in en."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=_locale(lang))


@lru_cache(maxsize=4096)
def time_in(lang: str, moment: str) -> str:
    """The time of day of an ISO moment, as its own offset shows it: "9:30 AM", "09:30"."""
    from babel.dates import format_time

    return format_time(datetime.fromisoformat(moment).time(), "short", locale=_locale(lang))


@lru_cache(maxsize=4096)
def number_in(lang: str, number: int) -> str:
    """A whole number with the language's separators: 12,345."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(lang))
