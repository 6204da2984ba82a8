"""Printed dates: a line, or the part of one, that says when a text was published.

Read from left to right: labels, dates, times, zones and what may stand between them. What
is left over was not understood, and the caller decides whether it may be (a byline before
the date) or not (then the line is prose).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from ssg.ingest.forms import Labels, plain
from ssg.ingest.vocabulary import DateWords

DateKind = Literal["published", "bare", "updated"]

_ISO = re.compile(
    r"(?P<year>(?:1[5-9]|2[01])\d\d)[-/.\u5e74](?P<month>\d{1,2})[-/.\u6708](?P<day>\d{1,2})\u65e5?(?!\d)"
)
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[-/.]|\. )(?P<second>\d{1,2})(?P=mark)"
    r"(?P<year>(?:1[5-9]|2[01])\d\d|\d\d)(?![\d:])"
)
_TIME = re.compile(
    r"(?P<joint>T)?(?P<hour>\d{1,2})(?:[:.h\u6642\u65f6\uff1a](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?|(?P<whole>\s?h\b|[\u6642\u65f6]))?\u5206?"
    r"\s?(?P<half>[ap]\.?\s?m\b\.?)?(?![\d:])",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"\s?(?P<sign>[+\-\u2212])(?P<hours>[01]\d):?(?P<minutes>[0-5]\d)(?!\d)")
_HOURS_FROM = re.compile(
    r"\s?(?:GMT|UTC)\s?(?P<sign>[+\-\u2212])(?P<hours>\d|1[0-4])(?::?(?P<minutes>[0-5]\d))?(?!\d)"
)
_ZONE = re.compile(r"\s?\(?(?P<name>[A-Z]{1,5})\)?(?![\w])")
_BETWEEN = re.compile(
    r"[\s,;|/\u2022\u00b7()\[\]\u2013\u2014\-\u060c\uff08\uff09\u3010\u3011\u200e\u200f.:]+"
)
# Arabic, Persian, Devanagari, Bengali and full-width figures.
_FIGURES = {
    zero + value: str(value)
    for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10)
    for value in range(10)
}
_ARTICLE = 3
_NOON = 12
_LAST_HOUR = 23
_LAST_CENTURY = 70


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date with its place in the line; `sure` is false when day and month could be swapped."""

    iso: str
    kind: DateKind
    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """The dates read, whether anything was, and where the reading stopped."""

    stamps: tuple[Stamp, ...]
    end: int
    understood: bool = False


def read_dates(text: str, words: DateWords, start: int = 0) -> Reading:
    """Everything from `start` on that belongs to dates, up to the first word that does not."""
    figures = text if text.isascii() else text.translate(_FIGURES)
    reader = _Reader(figures, words, start)
    while reader.at < len(text) and (reader.mark() or reader.date() or reader.word()):
        pass
    return Reading(tuple(reader.stamps), reader.at, reader.understood)


@dataclass(slots=True)
class _Reader:
    """How far a line was read, the dates so far, and which kind the next one is of."""

    text: str
    words: DateWords
    at: int
    stamps: list[Stamp] = field(default_factory=list)
    kind: DateKind = "bare"
    weekday: int | None = None
    understood: bool = False

    def mark(self) -> bool:
        """Marks between dates, and days of the week."""
        if match := _BETWEEN.match(self.text, self.at):
            self.at = match.end()
            return True
        if match := self.words.weekday.match(self.text, self.at):
            name = plain(match[0].strip(" .,\u060c"))
            self.weekday, self.at = self.words.weekdays.get(name, self.weekday), match.end()
            return True
        return False

    def date(self) -> bool:
        """A date, or the time of the date before it."""
        if found := _date_at(self.text, self.at, self.words, self.kind, self.weekday):
            self.stamps.append(found)
            self.at, self.understood = found.end, True
            return True
        if not self.stamps:
            early = _before_a_date(self.text, self.at, self.words)
            if early is None and self.understood and (match := _clock(self.text, self.at)):
                # The time behind a word such as "yesterday".
                early = match.end()
            self.at = early or self.at
            return early is not None
        last = self.stamps[-1]
        if self.kind == last.kind:
            timed = _time_at(self.text, self.at, last, self.words)
            self.stamps[-1] = timed or last
            self.at = timed.end if timed else self.at
            return timed is not None
        # A time behind "Updated:" is not that of the date before it.
        match = _clock(self.text, self.at)
        self.at = match.end() if match else self.at
        return match is not None

    def word(self) -> bool:
        """A label of dates, or a word that may stand beside them."""
        if label := _label_at(self.text, self.at, self.words):
            kind, end = label
            # In "updated on 3 May" the "on" of another language's label changes nothing.
            follows = kind == "published" and len(self.text[self.at : end].strip()) <= _ARTICLE
            self.kind = self.kind if follows and self.kind == "updated" else kind
            self.at = end
            return True
        if match := self.words.relative.match(self.text, self.at):
            self.at, self.understood = match.end(), True
            return True
        match = self.words.between.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match is not None


def has_day(text: str) -> bool:
    """Whether a text holds a figure at all: most lines do not, and need no closer look."""
    return any(map(str.isdigit, text))


def _before_a_date(text: str, at: int, words: DateWords) -> int | None:
    """The end of a time that a date follows: "6:14 PM EST, November 8, 2023"."""
    match = _clock(text, at)
    if match is None:
        return None
    end = _offset(text, match.end(), words)[1]
    reading = read_dates(text, words, end) if end < len(text) else None
    return end if reading and reading.stamps else None


def starts_of_dates(text: str, words: DateWords) -> list[int]:
    """Where in a line a date, or the label of one, could begin."""
    return [
        match.start()
        for match in re.finditer(r"\S+", text)
        if match.start() and read_dates(text, words, match.start()).end == len(text)
    ]


def _label_at(text: str, at: int, words: DateWords) -> tuple[DateKind, int] | None:
    labels_of: tuple[tuple[DateKind, Labels], ...] = (
        ("updated", words.updated),
        ("published", words.published),
    )
    for kind, labels in labels_of:
        if hit := labels.loosely(text, at):
            return kind, hit.end
    return None


def _date_at(text: str, at: int, words: DateWords, kind: DateKind, day: int | None) -> Stamp | None:
    for form in (_ISO, *words.forms):
        if match := form.match(text, at):
            month = match["month"]
            number = int(month) if month.isdigit() else words.months.get(plain(month))
            if number:
                return _stamp(match, int(match["year"]), number, int(match["day"]), kind)
    if match := _NUMERIC.match(text, at):
        return _numeric(match, words, kind, day)
    return None


def _numeric(
    match: re.Match[str], words: DateWords, kind: DateKind, day: int | None
) -> Stamp | None:
    """Day or month first by the number that can be no month, by the day of the week that is
    printed beside it, or by the language's custom.
    """
    first, second = int(match["first"]), int(match["second"])
    year = _full_year(match["year"])
    by_day = _stamp(match, year, second, first, kind)
    by_month = _stamp(match, year, first, second, kind)
    if by_day is None or by_month is None or by_day == by_month:
        return by_day or by_month
    fitting = [one for one in (by_day, by_month) if _weekday(one) == day]
    if len(fitting) == 1:
        return fitting[0]
    if words.order == "unknown":
        return replace(by_day, sure=False)
    return by_day if words.order == "day" else by_month


def _full_year(printed: str) -> int:
    """Two figures are a year of this century, or of the last from 70 on."""
    year = int(printed)
    return year if len(printed) > len("99") else year + (1900 if year >= _LAST_CENTURY else 2000)


def _weekday(stamp: Stamp) -> int:
    return date.fromisoformat(stamp.iso).weekday()


def _stamp(match: re.Match[str], year: int, month: int, day: int, kind: DateKind) -> Stamp | None:
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return None
    return Stamp(iso, kind, match.start(), match.end())


def _time_at(text: str, at: int, stamp: Stamp, words: DateWords) -> Stamp | None:
    """`stamp` with the time that stands at `at`; without it beside a zone of unknown offset."""
    match = _clock(text, at)
    if match is None or "T" in stamp.iso:
        return None
    hour = _hour(match)
    if hour is None:
        return None
    seconds = f":{match['second']}" if match["second"] else ""
    clock = f"{hour:02}:{match['minute'] or '00'}{seconds}"
    offset, end = _offset(text, match.end(), words)
    if offset is None:
        return replace(stamp, end=end)
    return replace(stamp, iso=f"{stamp.iso}T{clock}{offset}", end=end)


def _clock(text: str, at: int) -> re.Match[str] | None:
    """A time of day: more than a figure alone."""
    match = _TIME.match(text, at)
    return match if match and (match["minute"] or match["half"] or match["whole"]) else None


def _hour(match: re.Match[str]) -> int | None:
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= _NOON:
            return None
        return hour % _NOON + (_NOON if match["half"].lower().startswith("p") else 0)
    return hour if hour <= _LAST_HOUR else None


def _offset(text: str, at: int, words: DateWords) -> tuple[str | None, int]:
    """The offset at `at`: empty when none is printed, None when it is not known."""
    if match := _OFFSET.match(text, at):
        sign = "+" if match["sign"] == "+" else "-"
        return f"{sign}{match['hours']}:{match['minutes']}", match.end()
    if match := _HOURS_FROM.match(text, at):
        sign = "+" if match["sign"] == "+" else "-"
        return f"{sign}{int(match['hours']):02}:{match['minutes'] or '00'}", match.end()
    if match := _ZONE.match(text, at):
        return words.zones.get(match["name"].casefold()), match.end()
    return "", at


def in_order_of(text: str, words: DateWords) -> DateWords:
    """`words` with the order that a text's own spelling tells, where the language has none."""
    if words.order != "unknown" or not _NUMERIC.search(text):
        return words
    by_month, by_day = (len(p.findall(text)) for p in (words.month_first, words.day_first))
    if by_month == by_day:
        return words
    return replace(words, order="month" if by_month > by_day else "day")
