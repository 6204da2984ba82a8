"""Moments: what an editor writes as a date in the site's time zone, as one instant in UTC.

In UTC, since Python compares two times of one zone by the wall clock, which is wrong
wherever the clocks change.

A date without a time means local midnight. A local time that the clocks skip in spring or
show twice in autumn is refused: nobody can know which instant was meant, and an embargo
that ends an hour early is a broken promise.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ](?!24)\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?\s?(Z|[+-]\d{2}:?\d{2})?"
)
_BLANK_BEFORE_OFFSET = re.compile(r"\s(?=Z|[+-]\d{2}:?\d{2}$)")
_ONE_DIGIT = re.compile(r"[T ](\d):")

_DAY = timedelta(days=1)
_FORMS = "write 2026-03-01, 2026-03-01 09:30 or 2026-03-01T09:30:00+01:00"


class NoMoment(Exception):  # noqa: N818 - it is what an editor wrote
    """A text that names no instant, or not one: E210 or E211, what is wrong, and a hint."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = hint


def read_moment(text: object, zone: ZoneInfo) -> datetime:
    """The instant that `text` names, in UTC. Raises `NoMoment`."""
    if text is None:
        raise NoMoment("E210", "is empty", _FORMS)
    if not isinstance(text, str) or not (_DATE.fullmatch(text) or _TIME.fullmatch(text)):
        raise NoMoment("E210", f'"{text}" is no date', _FORMS)
    try:
        moment = datetime.fromisoformat(_padded(text))
    except ValueError as error:
        raise NoMoment("E210", f'"{text}" is no date: {error}', _FORMS) from None
    try:
        if moment.tzinfo is None:
            moment = (_first_instant if _DATE.fullmatch(text) else _local)(moment, zone)
        instant = moment.astimezone(UTC)
        _ = instant - _DAY, instant + _DAY  # so that every time zone can show it
    except OverflowError:
        raise NoMoment("E210", f'"{text}" is at the end of time', _FORMS) from None
    return instant


def _padded(text: str) -> str:
    """`fromisoformat` wants no blank before an offset and two digits for the hour."""
    if text[13:14] in {"", ":"} and len(text.split()) == 1:
        return text
    return _ONE_DIGIT.sub(r"T0\1:", _BLANK_BEFORE_OFFSET.sub("", text))


def _first_instant(midnight: datetime, zone: ZoneInfo) -> datetime:
    """The first instant of a day, also where the clocks skip midnight or show it twice."""
    moment = midnight.replace(tzinfo=zone)
    return moment if _exists(moment) else _after_gap(moment)


def _local(naive: datetime, zone: ZoneInfo) -> datetime:
    first, second = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if not _exists(first):
        hint = f"the clocks go forward then; the next time there is {_after_gap(first):%H:%M}"
        raise NoMoment("E211", f'"{naive:%Y-%m-%d %H:%M}" does not exist in {zone.key}', hint)
    if first.utcoffset() != second.utcoffset():
        hint = f"write {first.isoformat()} or {second.isoformat()}"
        raise NoMoment("E211", f'"{naive:%Y-%m-%d %H:%M}" comes twice in {zone.key}', hint)
    return first


def _exists(moment: datetime) -> bool:
    """Whether the wall clock ever shows this time: going through UTC leaves it as it is."""
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def _after_gap(moment: datetime) -> datetime:
    """The wall clock's first time after the gap that holds `moment`."""
    zone = moment.tzinfo
    before = moment.replace(fold=0).utcoffset() or timedelta()
    after = moment.replace(fold=1).utcoffset() or timedelta()
    shift = after - before if after > before else before - after
    start = moment.replace(tzinfo=None)
    step = timedelta(minutes=1)
    end = start + shift + step
    while start < end and not _exists(start.replace(tzinfo=zone)):
        start = start.replace(second=0, microsecond=0) + step
    return start.replace(tzinfo=zone)
