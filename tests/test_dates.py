"""Dates: as readers of a language write them."""

from __future__ import annotations

import pytest
from babel.localedata import locale_identifiers

from ssg.dates import Style, date_in, month_in, number_in, time_in


@pytest.mark.parametrize(
    ("lang", "day", "style", "text"),
    [
        ("en-GB", "2026-03-01T09:30:00Z", "long", "1 March 2026"),
        ("en-US", "2026-03-01", "long", "March 1, 2026"),
        ("de", "2026-03-01", "full", "Sonntag, 1. März 2026"),
        ("pt-BR", "2026-03-01", "medium", "1 de mar. de 2026"),
        ("zh-Hant-TW", "2026-03-01", "long", "2026年3月1日"),
        ("en-GB", "2026-03-01T23:30:00-11:00", "short", "01/03/2026"),
    ],
)
def test_days(lang: str, day: str, style: Style, text: str) -> None:
    """A day is written as the language writes it, and is the day that its own offset names."""
    assert date_in(lang, day, style) == text


@pytest.mark.parametrize("lang", ["tlh-Latn-x", "xx", "qqq-ZZ", "123", "x"])
def test_unknown_languages_are_written_as_in_english(lang: str) -> None:
    """A language nobody has recorded, or that is none, is no reason to fail."""
    assert date_in(lang, "2026-03-01") == "March 1, 2026"


def test_months() -> None:
    """A month has its name and year."""
    assert month_in("en", "2026-03") == "March 2026"
    assert month_in("fr", "2026-08") == "août 2026"


def test_times() -> None:
    """A time is shown by its own offset."""
    assert time_in("en-GB", "2026-03-01T09:30:00+05:30") == "09:30"
    assert time_in("en-US", "2026-03-01T21:30:00Z").replace("\u202f", " ") == "9:30 PM"


def test_numbers() -> None:
    """Long numbers are parted as the language parts them."""
    assert number_in("en", 12345) == "12,345"
    assert number_in("de", 12345) == "12.345"


@pytest.mark.parametrize("lang", sorted({name.partition("_")[0] for name in locale_identifiers()}))
def test_every_language_writes_everything(lang: str) -> None:
    """No language that Babel knows lacks what pages show."""
    written = (
        date_in(lang, "2026-03-01"),
        month_in(lang, "2026-03"),
        time_in(lang, "2026-03-01T09:30:00Z"),
        number_in(lang, 1234),
    )
    assert all(written)
