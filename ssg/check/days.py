"""Days: what the names of days and months are in a language, and where a text names one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

# What may stand between the parts of a date: "Tuesday, the 3rd of March", "martes 3 de marzo
# de 2026", "Dienstag, den 3. März", "mardi 1er mars".
_BEFORE = r"[\s,،、]{1,3}(?:the |den |dem |der |el |le |il |lo |o |on )?"
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|°|\.)?"
_OF = r"[\s]+(?:of |de |di |d[’']|des )?"
_YEAR = r"(?:,?\s+(?:de |del |do )?(?P<{}>(?:19|20|21)\d\d)(?![\d:]|[.,]\d))?"
_FIRST_WEEKDAY_OF_CJK = re.compile(
    r"(?:(?P<year>(?:19|20|21)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日\s*[（(]?"
    r"(?:星期|周|週|礼拜)?(?P<weekday>[一二三四五六日天月火水木金土])(?:曜日?)?(?=[）)，,、。\s]|曜|$)"
)
_CJK_DAYS = {
    "zh": {sign: number for number, sign in enumerate("一二三四五六日")} | {"天": 6},
    "ja": {sign: number for number, sign in enumerate("月火水木金土日")},
}


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A date as a text names it; `weekday` counts from Monday, 0, where one is named."""

    start: int
    end: int
    text: str
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The words of one language: names with their numbers, and the patterns made of them."""

    weekdays: tuple[tuple[str, int], ...]
    months: Mapping[str, int]
    after_weekday: re.Pattern[str]
    bare: re.Pattern[str]


@lru_cache(maxsize=32)
def calendar_of(lang: str) -> Calendar | None:
    """The calendar of a language that Babel knows; its names are those of Unicode CLDR."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    weekdays = {
        spelled: number
        for width in ("wide", "abbreviated")
        for form in ("format", "stand-alone")
        for number, name in locale.days[form][width].items()
        for spelled in (name, name.capitalize())
        if len(name) > 1
    }
    months = {
        name.casefold().rstrip("."): number
        for width in ("wide", "abbreviated")
        for form in ("format", "stand-alone")
        for number, name in locale.months[form][width].items()
        if not name[0].isdigit()
    }
    if not months or not weekdays:
        return None
    named = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day_month = rf"(?P<d1>\d{{1,2}}){_ORDINAL}{_OF}(?P<m1>{named})\b\.?" + _YEAR.format("y1")
    month_day = (
        rf"(?P<m2>{named})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])" + _YEAR.format("y2")
    )
    date = rf"(?:{day_month}|{month_day})"
    return Calendar(
        tuple(weekdays.items()),
        months,
        re.compile(rf"{_BEFORE}{date}", re.IGNORECASE),
        re.compile(rf"(?<!\w){date}", re.IGNORECASE),
    )


def days_with_weekdays(text: str, lang: str) -> Iterator[NamedDay]:
    """The dates in a text that name their day of the week, one after the other."""
    language = lang.partition("-")[0]
    if language in _CJK_DAYS:
        yield from _in_cjk(text, _CJK_DAYS[language])
        return
    calendar = calendar_of(lang)
    if calendar is None:
        return
    for name, number in calendar.weekdays:
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            match = calendar.after_weekday.match(text, end)
            if match and not text[max(at - 1, 0) : at].isalpha():
                yield _named(text, at, match, calendar, number)
            at = text.find(name, end)


def dates_in(text: str, lang: str) -> Iterator[NamedDay]:
    """The dates in a short text, with a weekday or without."""
    calendar = calendar_of(lang)
    if calendar is not None:
        for match in calendar.bare.finditer(text):
            yield _named(text, match.start(), match, calendar, None)


def _named(
    text: str, start: int, match: re.Match[str], calendar: Calendar, weekday: int | None
) -> NamedDay:
    day, month = match["d1"] or match["d2"], match["m1"] or match["m2"]
    year = match["y1"] or match["y2"]
    return NamedDay(
        start,
        match.end(),
        text[start : match.end()].rstrip("."),
        int(day),
        calendar.months[month.casefold()],
        int(year) if year else None,
        weekday,
    )


def _in_cjk(text: str, days: Mapping[str, int]) -> Iterator[NamedDay]:
    for match in _FIRST_WEEKDAY_OF_CJK.finditer(text):
        if match["weekday"] in days:
            yield NamedDay(
                match.start(),
                match.end(),
                match[0],
                int(match["day"]),
                int(match["month"]),
                int(match["year"]) if match["year"] else None,
                days[match["weekday"]],
            )
