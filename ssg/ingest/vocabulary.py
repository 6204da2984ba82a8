"""Vocabulary: what the rules know of one language, as compiled words and forms.

`ssg.ingest.language` makes it of the language's file; docs/how-to/add-a-language.md says what
each list holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ssg.ingest.forms import Labels
from ssg.ingest.typography import Typography
from ssg.model import Relation, Role

DayOrder = Literal["day", "month", "unknown"]
Script = Literal["cased", "caseless", "unspaced"]


@dataclass(frozen=True, slots=True)
class Syndication:
    """A sentence that names where a text comes from, and what it then is to it."""

    pattern: re.Pattern[str]
    relation: Relation


@dataclass(frozen=True, slots=True)
class DateWords:
    """How dates are printed; `forms` have the groups day, month, year."""

    published: Labels
    updated: Labels
    weekday: re.Pattern[str]
    between: re.Pattern[str]
    relative: re.Pattern[str]
    dayless: re.Pattern[str]
    forms: tuple[re.Pattern[str], ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    zones: Mapping[str, str]
    order: DayOrder
    day_first: re.Pattern[str]
    month_first: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class NameWords:
    """What tells personal names from other words in capitals."""

    script: Script
    inner_space: bool
    joiner: re.Pattern[str]
    place: re.Pattern[str]
    places: frozenset[str]
    particles: frozenset[str]
    never: frozenset[str]
    desks: frozenset[str]
    outlets: frozenset[str]
    writing_jobs: frozenset[str]
    jobs: frozenset[str]
    ranks: frozenset[str]
    degrees: frozenset[str]
    honorifics: frozenset[str]


@dataclass(frozen=True, slots=True)
class BioWords:
    """How biographies begin."""

    head: Labels
    about: Labels
    nameless: Labels
    verbs: frozenset[str]
    writing_verbs: frozenset[str]
    pronouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class CreditWords:
    """The labels of a line of credits. Those of `byline_colon`, `photo` and `source` need
    their colon; `roles` says what each label of `others` makes of a person.
    """

    byline: Labels
    byline_colon: Labels
    others: Labels
    roles: Mapping[str, Role]
    photo: Labels
    aside: Labels
    source: Labels
    source_loose: Labels
    no_source: frozenset[str]
    signed: tuple[re.Pattern[str], ...]
    contributed: re.Pattern[str]
    joint: re.Pattern[str]
    small: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on a page beside the article."""

    anywhere: re.Pattern[str]
    tail: re.Pattern[str]
    share_heads: frozenset[str]
    networks: frozenset[str]
    read_also: Labels
    tags: Labels
    ends: re.Pattern[str]
    comments: re.Pattern[str]
    reply: re.Pattern[str]
    kept: Labels


@dataclass(frozen=True, slots=True)
class ReaderWords:
    """The parts of a call on the reader: `calls` begin a clause, `calls_last` end one, `invites`
    name us in the same word; `softly` may stand before either. `reads` point to other stories.
    """

    calls: Labels
    invites: Labels
    softly: Labels
    calls_last: tuple[str, ...]
    you: re.Pattern[str]
    us: re.Pattern[str]
    page: re.Pattern[str]
    reads: Labels


@dataclass(frozen=True, slots=True)
class MailWords:
    """The lines above and below a letter: `fields` says what a label of the header is."""

    labels: Labels
    fields: Mapping[str, str]
    replied: re.Pattern[str]
    forwarded: re.Pattern[str]
    greeting: re.Pattern[str]
    closing: re.Pattern[str]
    contact: re.Pattern[str]
    contact_heads: Labels


@dataclass(frozen=True, slots=True)
class Language:
    """Everything the rules know of one language."""

    code: str
    credits: CreditWords
    syndication: tuple[Syndication, ...]
    datelines: tuple[re.Pattern[str], ...]
    names: NameWords
    dates: DateWords
    bio: BioWords
    furniture: Furniture
    reader: ReaderWords
    mail: MailWords
    sections: frozenset[str]
    never_last: frozenset[str]
    abbreviations: frozenset[str]
    typography: Typography | None
