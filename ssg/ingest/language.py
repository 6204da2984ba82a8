"""The rules that are data: one file a language, and one for what holds in all of them.

`languages/xx.toml` holds words and forms; here they become compiled patterns, once. A new
language is a new file; one that has none gets what holds everywhere. Every pattern is held
to short lines by those who use it, so that no text can make it slow.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, cast

from ssg.model import Relation, Role

DayOrder = Literal["day", "month", "unknown"]

_NOTHING = re.compile(r"(?!)")
_CODE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Syndication:
    """A sentence that names where a text comes from, and what it then is to it."""

    pattern: re.Pattern[str]
    relation: Relation


@dataclass(frozen=True, slots=True)
class DateWords:
    """How dates are printed; `pattern` has the groups day, month, year of one form each."""

    published: re.Pattern[str]
    updated: re.Pattern[str]
    weekday: re.Pattern[str]
    between: re.Pattern[str]
    relative: re.Pattern[str]
    forms: tuple[re.Pattern[str], ...]
    months: Mapping[str, int]
    zones: Mapping[str, str]
    order: DayOrder


@dataclass(frozen=True, slots=True)
class NameWords:
    """What tells personal names from other words in capitals."""

    joiner: re.Pattern[str]
    place: re.Pattern[str]
    particles: frozenset[str]
    never: frozenset[str]
    desks: frozenset[str]
    outlets: frozenset[str]
    writing_jobs: frozenset[str]
    jobs: frozenset[str]
    ranks: frozenset[str]
    degrees: frozenset[str]


@dataclass(frozen=True, slots=True)
class BioWords:
    """How biographies begin."""

    head: re.Pattern[str]
    nameless: re.Pattern[str]
    verbs: frozenset[str]
    writing_verbs: frozenset[str]
    pronouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Language:
    """Everything the rules know of one language."""

    code: str
    byline: re.Pattern[str]
    desk_credits: re.Pattern[str]
    roles: Mapping[str, Role]
    source: re.Pattern[str]
    no_source: frozenset[str]
    syndication: tuple[Syndication, ...]
    names: NameWords
    dates: DateWords
    bio: BioWords
    sections: frozenset[str]
    never_last: frozenset[str]
    abbreviations: frozenset[str]
    anywhere: re.Pattern[str]
    tail: re.Pattern[str]
    share_head: re.Pattern[str]
    networks: frozenset[str]


@lru_cache(maxsize=32)
def language(tag: str) -> Language:
    """The rules for a language tag such as `en` or `pt-BR`."""
    code = tag.partition("-")[0].lower()
    data = _merged(_read("common"), _read(code) if _CODE.fullmatch(code) else {})
    desk = _section(data, "desk_credits")
    source, headline = _section(data, "source"), _section(data, "headline")
    furniture = _section(data, "furniture")
    return Language(
        code=code,
        byline=_byline(_section(data, "byline")),
        desk_credits=_starts(desk),
        roles={_plain(label): cast("Role", role) for label, role in desk.items()},
        source=_starts(source.get("labels", ()), after=r"\s*[:：]\s*"),
        no_source=_words(source, "empty"),
        syndication=tuple(map(_syndication, source.get("syndication", ()))),
        names=_name_words(data),
        dates=_date_words(_section(data, "dates")),
        bio=_bio_words(_section(data, "bio")),
        sections=_words(headline, "sections"),
        never_last=_words(headline, "never_last"),
        abbreviations=_words(headline, "abbreviations"),
        anywhere=_whole(furniture.get("anywhere", ())),
        tail=_whole(furniture.get("tail", ())),
        share_head=_whole(map(_spaced, furniture.get("share_heads", ())), after=r"\s?:?"),
        networks=_words(furniture, "networks"),
    )


@lru_cache(maxsize=1)
def agencies() -> Mapping[str, str]:
    """News agencies: their name by each name and tag in small letters. The same everywhere."""
    known = _section(_read("common"), "agencies")
    return {_plain(tag): name for name, tags in known.items() for tag in (name, *tags)}


def _read(name: str) -> Mapping[str, Any]:
    file = files("ssg.ingest") / "languages" / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def _merged(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Tables are merged, lists joined; of two plain values the later wins."""
    merged = dict(base)
    for key, value in more.items():
        old = merged.get(key)
        if isinstance(old, dict):
            merged[key] = _merged(old, value)
        else:
            merged[key] = [*old, *value] if isinstance(old, list) else value
    return merged


def _section(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = data.get(name, {})
    return cast("Mapping[str, Any]", section)


def _words(section: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(map(_plain, section.get(key, ())))


def _plain(label: str) -> str:
    return " ".join(label.casefold().split())


def _spaced(label: str) -> str:
    return r"\s+".join(map(re.escape, label.split()))


def _any_of(labels: Iterable[str]) -> str:
    return "|".join(map(_spaced, sorted(labels, key=len, reverse=True)))


def _starts(labels: Iterable[str], after: str = r"\b\s*:?\s*") -> re.Pattern[str]:
    """One of the labels at the start of a text; the group `label` says which."""
    options = _any_of(labels)
    return re.compile(rf"(?P<label>{options}){after}", re.IGNORECASE) if options else _NOTHING


def _whole(patterns: Iterable[str], after: str = "") -> re.Pattern[str]:
    """One of the patterns, to be matched against the whole of a line."""
    options = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?:{options}){after}", re.IGNORECASE) if options else _NOTHING


def _byline(section: Mapping[str, Any]) -> re.Pattern[str]:
    strict = section.get("colon", ())
    loose = [label for label in section.get("labels", ()) if label not in strict]
    if not loose:
        return _NOTHING
    colon = rf"|(?:{_any_of(strict)})\s*:" if strict else ""
    return re.compile(rf"(?:(?:{_any_of(loose)})(?:\s*:|(?!\w)){colon})\s*", re.IGNORECASE)


def _syndication(entry: Mapping[str, str]) -> Syndication:
    pattern = re.compile(entry["pattern"], re.IGNORECASE)
    return Syndication(pattern, cast("Relation", entry["relation"]))


def _name_words(data: Mapping[str, Any]) -> NameWords:
    section = _section(data, "names")
    joiners, places = _any_of(section.get("joiners", ())), _any_of(section.get("places", ()))
    words = rf"|\s+(?:{joiners})\s+" if joiners else ""
    return NameWords(
        joiner=re.compile(
            rf"\s*[,;&|/、，]\s*(?:(?:{joiners or '(?!)'})\s+)?{words}", re.IGNORECASE
        ),
        place=re.compile(rf"\s+(?:{places})\s+") if places else _NOTHING,
        particles=_words(section, "particles"),
        never=_words(section, "never") | _words(_section(data, "dates"), "weekdays"),
        desks=_words(section, "desks"),
        outlets=_words(section, "outlets"),
        writing_jobs=_words(section, "writing_jobs"),
        jobs=_words(section, "jobs"),
        ranks=_words(section, "ranks"),
        degrees=_words(section, "degrees"),
    )


def _date_words(section: Mapping[str, Any]) -> DateWords:
    months = {_plain(name): int(number) for name, number in section.get("months", {}).items()}
    parts = {
        "day": r"(?P<day>\d{1,2})",
        "month": rf"(?P<month>{_any_of(months) or '(?!)'})",
        "year": r"(?P<year>(?:1[5-9]|2[01])\d\d)",
    }
    weekdays = _any_of(section.get("weekdays", ()))
    between = _any_of(section.get("before_time", ()))
    return DateWords(
        published=_starts(section.get("published", ())),
        updated=_starts(section.get("updated", ())),
        weekday=re.compile(rf"(?:{weekdays or '(?!)'})\b\.?,?", re.IGNORECASE),
        between=re.compile(rf"(?:{between or '(?!)'})\b", re.IGNORECASE),
        relative=_whole(section.get("relative", ()), after=r"(?!\w)"),
        forms=tuple(
            re.compile(_filled(form, parts) + r"(?!\d)", re.IGNORECASE)
            for form in section.get("forms", ())
        ),
        months=months,
        zones=dict(section.get("zones", {})),
        order=cast("DayOrder", section.get("order", "unknown")),
    )


def _filled(form: str, parts: Mapping[str, str]) -> str:
    for name, pattern in parts.items():
        form = form.replace("{" + name + "}", pattern)
    return form


def _bio_words(section: Mapping[str, Any]) -> BioWords:
    return BioWords(
        head=_starts(section.get("heads", ()), after=r"\s*(?::\s*|$)"),
        nameless=re.compile(
            rf"[(\[*_]*(?:{_any_of(section.get('nameless', ())) or '(?!)'})\b", re.IGNORECASE
        ),
        verbs=_words(section, "verbs"),
        writing_verbs=_words(section, "writing_verbs"),
        pronouns=_words(section, "pronouns"),
    )
