"""Moments: what an editor writes as a date, as one instant or a fault."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ssg.content.moments import NoMoment, read_moment

at = datetime.fromisoformat

ZONES = sorted(available_timezones())
DUBLIN = ZoneInfo("Europe/Dublin")

zones = st.sampled_from(ZONES).map(ZoneInfo)
# Around the days on which clocks change somewhere, and anywhere.
naive = st.datetimes(at("1900-01-01"), at("2090-01-01")) | st.datetimes(
    at("2026-01-01"), at("2027-01-01")
)


def refused(text: object, zone: ZoneInfo = DUBLIN) -> tuple[str, str, str]:
    """Code, message and hint of a date that is a fault."""
    with pytest.raises(NoMoment) as caught:
        read_moment(text, zone)
    return caught.value.code, caught.value.message, caught.value.hint


def showings(local: datetime, zone: ZoneInfo) -> set[datetime]:
    """Every instant at which the clocks of a zone show this time, found by trying."""
    found = set()
    for hours in range(-48, 49):
        for minutes in (0, 15, 30, 45):
            offset = timedelta(hours=hours / 2, minutes=minutes)
            instant = (local - offset).replace(tzinfo=UTC)
            if instant.astimezone(zone).replace(tzinfo=None) == local:
                found.add(instant)
    return found


@given(naive, zones)
def test_local_time_is_an_instant_or_a_fault(local: datetime, zone: ZoneInfo) -> None:
    """The clocks of the zone show the written time at the instant that was read."""
    try:
        instant = read_moment(local.isoformat(), zone)
    except NoMoment as error:
        assert error.code == "E211"  # noqa: PT017 - both outcomes are right somewhere
        return
    assert instant.tzinfo is UTC
    assert instant.astimezone(zone).replace(tzinfo=None) == local


@given(naive.map(lambda moment: moment.replace(second=0, microsecond=0)), zones)
@example(at("2026-03-29T01:30"), ZoneInfo("Europe/Dublin"))
@example(at("2026-10-25T01:30"), ZoneInfo("Europe/Dublin"))
@example(at("2026-04-05T01:45"), ZoneInfo("Australia/Lord_Howe"))
@example(at("2011-12-30T12:00"), ZoneInfo("Pacific/Apia"))
@example(at("2026-04-05T03:00"), ZoneInfo("Pacific/Chatham"))
def test_a_time_is_refused_where_the_clocks_show_it_never_or_twice(
    local: datetime, zone: ZoneInfo
) -> None:
    """A fault means that nobody can know the instant, and nothing else does."""
    offset = local.replace(tzinfo=zone).utcoffset() or timedelta()
    if local.year < 1990 or offset.seconds % 900:
        return  # offsets that `showings` does not try
    found = showings(local, zone)
    if len(found) == 1:
        assert read_moment(f"{local:%Y-%m-%d %H:%M}", zone) in found
    else:
        assert refused(f"{local:%Y-%m-%d %H:%M}", zone)[0] == "E211"


@given(st.dates(at("1973-01-02").date(), at("2090-01-01").date()), zones)
@example(at("2011-12-30").date(), ZoneInfo("Pacific/Apia"))
@example(at("2018-11-04").date(), ZoneInfo("America/Sao_Paulo"))
def test_a_day_begins_at_its_first_instant(day: date, zone: ZoneInfo) -> None:
    """A date alone is never a fault, and a second earlier it was the day before.

    From 1973 on, when the last clock was no longer set by the sun, to the second.
    """
    instant = read_moment(day.isoformat(), zone)
    midnight = at(day.isoformat())
    begun = instant.astimezone(zone)
    before = (instant - timedelta(seconds=1)).astimezone(zone)
    assert begun.replace(tzinfo=None) >= midnight
    assert before.replace(tzinfo=None) < midnight or (before.date() < begun.date())


@given(st.datetimes(at("0002-01-01"), at("9998-01-01"), timezones=st.timezones()), zones)
def test_an_offset_is_taken_at_its_word(moment: datetime, zone: ZoneInfo) -> None:
    """A time with an offset is that instant in any zone."""
    offset = moment.utcoffset() or timedelta()
    if offset.seconds % 60:
        return
    assert read_moment(moment.isoformat(), zone) == moment.astimezone(UTC)


@given(st.text(max_size=25) | st.text(alphabet="0123456789-: TZ+.", max_size=25), zones)
def test_any_text_is_an_instant_or_a_fault(text: str, zone: ZoneInfo) -> None:
    """Nothing that can be typed raises anything but a fault."""
    try:
        assert read_moment(text, zone).tzinfo is UTC
    except NoMoment as error:
        assert error.code in {"E210", "E211"}  # noqa: PT017 - as above


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-01", "2026-03-01T00:00:00"),
        ("2026-07-01", "2026-06-30T23:00:00"),
        ("2026-03-01 09:30", "2026-03-01T09:30:00"),
        ("2026-03-01 9:30", "2026-03-01T09:30:00"),
        ("2026-03-01T9:30:05", "2026-03-01T09:30:05"),
        ("2026-03-01T09:30:05.25", "2026-03-01T09:30:05.250000"),
        ("2026-03-01 09:30 Z", "2026-03-01T09:30:00"),
        ("2026-03-01T09:30:00+05:30", "2026-03-01T04:00:00"),
        ("2026-03-01 9:30 -0800", "2026-03-01T17:30:00"),
    ],
)
def test_known_moments(text: str, instant: str) -> None:
    """Dates are read as people write them."""
    assert read_moment(text, DUBLIN) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "is empty"),
        (2026, '"2026" is no date'),
        ("", '"" is no date'),
        ("1 March 2026", "is no date"),
        ("2026-3-1", "is no date"),
        ("2026-13-01", "month must be in 1..12"),
        ("2026-02-30", "is out of range"),
        ("2026-03-01 25:00", "hour must be in 0..23"),
        ("2026-03-01 24:00", "is no date"),
        ("2026-03-01T09:30+25:00", "offset must be"),
        ("2026-03-01\n", "is no date"),
        ("٢٠٢٦-٠٣-٠١", "is no date"),
        ("0001-01-01", "is at the end of time"),
        ("9999-12-31T23:59:59-12:00", "is at the end of time"),
    ],
)
def test_no_dates(text: object, words: str) -> None:
    """What is no date is a fault that shows how to write one."""
    code, message, hint = refused(text)
    assert code == "E210"
    assert words in message
    assert hint.startswith("write 2026-03-01")


def test_hints_name_the_way_out() -> None:
    """A time that is skipped or repeated comes with times that are not."""
    assert refused("2026-03-29 01:30")[1:] == (
        '"2026-03-29 01:30" does not exist in Europe/Dublin',
        "the clocks go forward then; the next time there is 02:00",
    )
    assert refused("2026-10-25 01:30")[1:] == (
        '"2026-10-25 01:30" comes twice in Europe/Dublin',
        "write 2026-10-25T01:30:00+01:00 or 2026-10-25T01:30:00+00:00",
    )
    assert "02:30" in refused("2026-10-04 02:10:30", ZoneInfo("Australia/Lord_Howe"))[2]
