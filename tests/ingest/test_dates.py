"""Printed dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.ingest.dates import read_dates, starts_of_dates
from ssg.ingest.language import language

WORDS = language("en").dates


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("November 20, 2026", "2026-11-20"),
        ("20 November 2026", "2026-11-20"),
        ("20 Nov 2026", "2026-11-20"),
        ("Nov. 3, 1998", "1998-11-03"),
        ("3rd of May, 2021", "2021-05-03"),
        ("May 3rd, 2021", "2021-05-03"),
        ("3-May-2021", "2021-05-03"),
        ("2026-11-20", "2026-11-20"),
        ("2026/11/20", "2026-11-20"),
        ("Sunday, 6 June 2021", "2021-06-06"),
        ("Sun. 6 June 2021", "2021-06-06"),
        ("25/08/2020", "2020-08-25"),
        ("08/25/2020", "2020-08-25"),
        ("07.07.2020", "2020-07-07"),
        ("2026-11-20T08:30:00Z", "2026-11-20T08:30:00Z"),
        ("2026-11-20T08:30:00.123+01:00", "2026-11-20T08:30:00+01:00"),
        ("2026-11-20 08:30 -0500", "2026-11-20T08:30-05:00"),
        ("3 May 2021 at 9:12 a.m.", "2021-05-03T09:12"),
        ("3 May 2021 12:05 am", "2021-05-03T00:05"),
        ("3 May 2021, 12 pm", "2021-05-03T12:00"),
        ("3 May 2021 | 14.30", "2021-05-03T14:30"),
        ("3 May 2021 14:30 GMT", "2021-05-03T14:30+00:00"),
        ("3 May 2021 2:30 PM (EST)", "2021-05-03T14:30-05:00"),
        ("3 May 2021 02:43 AM IST", "2021-05-03"),
    ],
)
def test_forms_of_dates(line: str, iso: str) -> None:
    """Each usual form is read whole; a time keeps its day when its zone is not known."""
    reading = read_dates(line, WORDS)
    assert reading.end == len(line)
    assert [stamp.iso for stamp in reading.stamps] == [iso]
    assert reading.stamps[0].sure


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Published: 3 May 2021", ["published"]),
        ("Posted on Monday, 3 May 2021 at 9:12 am", ["published"]),
        ("Last updated 4 May 2021", ["updated"]),
        ("Published 3 May 2021, updated 4 May 2021 09:10", ["published", "updated"]),
        ("3 May 2021 / 9:12 AM / Updated 2 hours ago", ["bare"]),
        ("3 May 2021 · 4 min read", ["bare"]),
        ("Updated 2 hours ago", []),
    ],
)
def test_labels_say_what_a_date_is(line: str, kinds: list[str]) -> None:
    """Publication, update or neither."""
    reading = read_dates(line, WORDS)
    assert reading.end == len(line)
    assert [stamp.kind for stamp in reading.stamps] == kinds
    assert reading.understood


def test_day_and_month_that_could_be_swapped_are_unsure() -> None:
    """05/08/2020 is two days; a language that has a custom settles it."""
    assert not read_dates("05/08/2020", WORDS).stamps[0].sure
    by_day = read_dates("05/08/2020", replace(WORDS, order="day"))
    by_month = read_dates("05/08/2020", replace(WORDS, order="month"))
    assert by_day.stamps[0].iso == "2020-08-05"
    assert by_month.stamps[0].iso == "2020-05-08"


@pytest.mark.parametrize(
    "line",
    [
        "By 2030",
        "30 February 2020",
        "45/45/2020",
        "In May they sailed",
        "1066-10-14",
        "2020-05-123",
    ],
)
def test_what_is_no_date(line: str) -> None:
    """Years, impossible days and words that name months."""
    assert read_dates(line, WORDS).stamps == ()


@pytest.mark.parametrize("rest", ["13:00 pm", "25:10", "9", "14:30 15:30"])
def test_what_is_no_time_is_left_over(rest: str) -> None:
    """A date followed by something else than a time ends there."""
    line = f"3 May 2021 {rest}"
    assert read_dates(line, WORDS).end < len(line)


def test_where_dates_begin_in_a_line() -> None:
    """The first place from which all the rest is dates."""
    line = "By Nora May on 3 May 2021 at 9:12 am"
    assert line[starts_of_dates(line, WORDS)[0] :] == "on 3 May 2021 at 9:12 am"
    assert starts_of_dates("By Nora May", WORDS) == []


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_day_is_read_in_any_form(day: date) -> None:
    """Writing a day out and reading it gives the day."""
    for line in (
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
    ):
        assert read_dates(line, WORDS).stamps[0].iso == day.isoformat()


@given(st.text(max_size=60))
def test_nothing_makes_the_reading_of_dates_fail(line: str) -> None:
    """It ends within the line, also in a language without words for dates."""
    for words in (WORDS, language("zz").dates):
        assert 0 <= read_dates(line, words).end <= len(line)
