"""The rules that are data: one file a language, and one for what holds in all of them.

`languages/xx.toml` holds words and forms; here they become compiled patterns, once. A new
language is a new file; one that has none gets what holds everywhere. Web pages and agencies
print English furniture in every language, so each language stands on the English file; what
its own file says of a single value wins.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from ssg.ingest.forms import (
    NOTHING,
    WORD_END,
    Labels,
    any_of,
    filled,
    plain,
    several,
    substituted,
    whole,
    words,
)
from ssg.ingest.typography import Typography
from ssg.ingest.vocabulary import (
    BioWords,
    CreditWords,
    DateWords,
    DayOrder,
    Furniture,
    Language,
    MailWords,
    NameWords,
    ReaderWords,
    Script,
    Syndication,
)
from ssg.model import Relation, Role

_CODE = re.compile(r"[a-z]{2,3}")

Data = Mapping[str, Any]


@lru_cache(maxsize=64)
def language(tag: str) -> Language:
    """The rules for a language tag such as `en` or `pt-BR`."""
    code, *others = tag.lower().split("-")
    data = _data(code if _CODE.fullmatch(code) else "")
    headline, source = _section(data, "headline"), _section(data, "source")
    return Language(
        code=code,
        credits=_credit_words(data),
        syndication=tuple(map(_syndication, source.get("syndication", ()))),
        datelines=several(source.get("datelines", ())),
        names=_name_words(data),
        dates=_date_words(_section(data, "dates")),
        bio=_bio_words(_section(data, "bio")),
        furniture=_furniture(_section(data, "furniture")),
        reader=_reader_words(
            _section(data, "reader"), dense=_section(data, "names").get("script") == "unspaced"
        ),
        mail=_mail_words(_section(data, "mail")),
        sections=words(headline, "sections"),
        never_last=words(headline, "never_last"),
        abbreviations=words(headline, "abbreviations"),
        typography=_typography(_section(data, "typography"), others),
    )


def has_rules(code: str) -> bool:
    """Whether a language has a file of its own."""
    return bool(_CODE.fullmatch(code)) and _file(code).is_file()


@lru_cache(maxsize=1)
def agencies() -> Mapping[str, str]:
    """News agencies: their name by each name and tag in small letters. The same everywhere."""
    known = _section(_read("common"), "agencies")
    return {plain(tag): name for name, tags in known.items() for tag in (name, *tags)}


def _data(code: str) -> Data:
    common = _read("common")
    own = _read(code) if code and code != "en" else {}
    if code and (code == "en" or own):
        return _merged(_merged(common, _read("en")), own)
    return common


def _file(name: str) -> Any:
    return files("ssg.ingest") / "languages" / f"{name}.toml"


@lru_cache(maxsize=8)
def _read(name: str) -> Data:
    file = _file(name)
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def _merged(base: Data, more: Data) -> dict[str, Any]:
    """Tables are merged, lists joined; of two plain values the later wins."""
    merged = dict(base)
    for key, value in more.items():
        old = merged.get(key)
        if isinstance(old, dict):
            merged[key] = _merged(old, value)
        else:
            merged[key] = [*old, *value] if isinstance(old, list) else value
    return merged


def _section(data: Data, name: str) -> Data:
    return cast("Data", data.get(name, {}))


def _credit_words(data: Data) -> CreditWords:
    byline, source = _section(data, "byline"), _section(data, "source")
    roles, furniture = _section(data, "credits"), _section(data, "furniture")
    strict = words(byline, "colon")
    joiners = any_of(_section(data, "names").get("joiners", ())) or "(?!)"
    return CreditWords(
        byline=Labels(words(byline, "labels") - strict),
        byline_colon=Labels(strict),
        others=Labels(roles),
        roles={plain(label): cast("Role", role) for label, role in roles.items()},
        photo=Labels(furniture.get("photo", ())),
        aside=Labels(furniture.get("tags", ())),
        source=Labels(source.get("labels", ())),
        source_loose=Labels(source.get("loose", ())),
        no_source=words(source, "empty"),
        signed=several(byline.get("signed", ())),
        contributed=whole(byline.get("contributed", ())),
        joint=re.compile(rf"\s*(?:[/&,+]|(?:{joiners}){WORD_END})\s*", re.IGNORECASE),
        small=whole(furniture.get("small", ())),
    )


def _syndication(entry: Mapping[str, str]) -> Syndication:
    pattern = re.compile(filled(entry["pattern"]), re.IGNORECASE)
    return Syndication(pattern, cast("Relation", entry["relation"]))


# What stands between names, besides "and".
_MARKS = r"(?:\s*[,;&|/、，؛،]\s*|\s+[\u2013\u2014-]\s+)"


def _name_words(data: Data) -> NameWords:
    section = _section(data, "names")
    joiners, places = any_of(section.get("joiners", ())), any_of(section.get("places", ()))
    spaced = rf"|\s+(?:{joiners})\s+" if joiners else ""
    return NameWords(
        script=cast("Script", section.get("script", "cased")),
        inner_space=bool(section.get("inner_space", False)),
        joiner=re.compile(rf"{_MARKS}(?:(?:{joiners or '(?!)'})\s+)?{spaced}", re.IGNORECASE),
        place=re.compile(rf"\s+(?:{places})\s+") if places else NOTHING,
        places=words(section, "places"),
        particles=words(section, "particles"),
        never=words(section, "never") | words(_section(data, "dates"), "weekdays"),
        desks=words(section, "desks"),
        outlets=words(section, "outlets"),
        writing_jobs=words(section, "writing_jobs"),
        jobs=words(section, "jobs"),
        ranks=words(section, "ranks"),
        degrees=words(section, "degrees"),
        honorifics=words(section, "honorifics"),
    )


def _date_words(section: Data) -> DateWords:
    months = {plain(name): int(number) for name, number in section.get("months", {}).items()}
    parts = {
        "day": r"(?P<day>\d{1,2})",
        "month": rf"(?P<month>{any_of(months) or '(?!)'})",
        "year": r"(?P<year>(?:1[5-9]|2[01])\d\d)",
        "altmonth": any_of(months) or "(?!)",
    }
    weekdays = section.get("weekdays", ())
    between = any_of(section.get("before_time", ()))
    patterns = [
        re.compile(substituted(form, parts) + r"(?!\d)", re.IGNORECASE)
        for form in dict.fromkeys(section.get("forms", ()))
    ]
    dayless = "|".join(
        substituted(form, {**parts, "year": r"(?!\d)", "day": r"\d{1,2}"}).rstrip()
        for form in section.get("dayless", ())
    )
    return DateWords(
        published=Labels(section.get("published", ())),
        updated=Labels(section.get("updated", ())),
        weekday=re.compile(rf"(?:{any_of(weekdays) or '(?!)'}){WORD_END}\.?[,،]?", re.IGNORECASE),
        between=re.compile(rf"(?:{between or '(?!)'}){WORD_END}", re.IGNORECASE),
        relative=whole(section.get("relative", ()), after=r"(?!\w)"),
        dayless=re.compile(dayless.replace("(?P<month>", "(?:"), re.IGNORECASE)
        if dayless
        else NOTHING,
        forms=tuple(patterns),
        months=months,
        weekdays={plain(name): count % 7 for count, name in enumerate(section.get("days", ()))},
        zones=dict(section.get("zones", {})),
        order=cast("DayOrder", section.get("order", "unknown")),
        day_first=_word_of(section.get("day_first", ()), beginning=True),
        month_first=_word_of(section.get("month_first", ()), beginning=True),
    )


def _word_of(labels: Iterable[str], *, beginning: bool = False) -> re.Pattern[str]:
    """One of the words anywhere in a text, or a word that begins with it."""
    options = any_of(labels)
    end = "" if beginning else WORD_END
    return re.compile(rf"(?<!\w)(?:{options}){end}", re.IGNORECASE) if options else NOTHING


def _subject_marks(labels: Iterable[str]) -> re.Pattern[str]:
    """What mail programs put before a subject: "Fwd: Re: [desk] "."""
    options = any_of(labels) or "(?!)"
    return re.compile(
        rf"^(?:(?:{options})\s?(?:\[\d\])?\s?[:\uff1a]\s?|\[[^\]]{{1,30}}\]\s?){{1,6}}",
        re.IGNORECASE,
    )


def _bio_words(section: Data) -> BioWords:
    return BioWords(
        head=Labels(section.get("heads", ())),
        about=Labels(section.get("about", ())),
        nameless=Labels(section.get("nameless", ())),
        verbs=words(section, "verbs"),
        writing_verbs=words(section, "writing_verbs"),
        pronouns=words(section, "pronouns"),
    )


def _typography(section: Data, regions: Iterable[str]) -> Typography | None:
    """The custom of a language, or of one of its regions (`ch` of `de-CH`)."""
    for region in regions:
        section = {**section, **section.get("regions", {}).get(region, {})}
    if not section:
        return None
    first, last, inner_first, inner_last = section["quotes"]
    return Typography(
        outer=(first, last),
        inner=(inner_first, inner_last),
        space=section["space"],
        dash=section["dash"],
        elisions=words(section, "elisions"),
        clipped=words(section, "clipped"),
    )


def _furniture(section: Data) -> Furniture:
    return Furniture(
        anywhere=whole(section.get("anywhere", ())),
        tail=whole(section.get("tail", ())),
        share_heads=words(section, "share_heads"),
        networks=words(section, "networks"),
        read_also=Labels(section.get("read_also", ())),
        tags=Labels(section.get("tags", ())),
        ends=whole(section.get("ends", ())),
        comments=whole(section.get("comments", ())),
        reply=_word_of(section.get("replies", ())),
        kept=Labels(section.get("kept", ())),
    )


def _reader_words(section: Data, *, dense: bool) -> ReaderWords:
    """Where a script is `dense`, nothing shows where a word begins and ends."""

    def anywhere(key: str) -> re.Pattern[str]:
        entries = section.get(key, ())
        if dense:
            return re.compile(any_of(entries) or "(?!)", re.IGNORECASE)
        stems = any_of(entry.rstrip("*") for entry in entries if entry.endswith("*")) or "(?!)"
        complete = any_of(entry for entry in entries if not entry.endswith("*")) or "(?!)"
        return re.compile(rf"(?<!\w)(?:{stems}|(?:{complete}){WORD_END})", re.IGNORECASE)

    return ReaderWords(
        calls=Labels(section.get("calls", ())),
        invites=Labels(section.get("invites", ())),
        softly=Labels(section.get("softly", ())),
        calls_last=tuple(words(section, "calls_last")),
        you=anywhere("you"),
        us=anywhere("us"),
        page=anywhere("page"),
        reads=Labels(section.get("reads", ())),
    )


def _mail_words(section: Data) -> MailWords:
    kinds = ("other", "to", "from", "date", "subject")
    fields = {plain(label): kind for kind in kinds for label in section.get(kind, ())}
    return MailWords(
        labels=Labels(fields),
        fields=fields,
        replied=_subject_marks(section.get("replied", ())),
        forwarded=whole(section.get("forwarded", ())),
        greeting=whole(section.get("greetings", ())),
        closing=whole(section.get("closings", ())),
        contact=whole(section.get("contacts", ())),
        contact_heads=Labels(section.get("contact_heads", ())),
    )
