"""What a raw text gives: fields, and for each the words it was read from.

A harvest is what `ssg ingest FILE --json` prints and what the desk writes. Every field that
was found carries receipts; a field that was guessed is named in `guessed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ssg.config import Config
from ssg.faults import Fault
from ssg.model import Relation, Role


@dataclass(frozen=True, slots=True)
class Receipt:
    """The words of the raw text that gave a field, by which rule, and how sure (0 to 1).

    `start` and `end` count characters of the text as decoded, before any repair.
    """

    start: int
    end: int
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundAuthor:
    """A person the raw text credits, and for what; the bio is Markdown."""

    name: str
    bio: str | None = None
    role: Role = "reporting"


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source the raw text credits; `url` only when it was printed."""

    name: str
    url: str | None = None
    relation: Relation = "based-on"


@dataclass(frozen=True, slots=True)
class Harvest:
    """An article with its credits, or, when `body` is empty, an author's biography alone.

    `date` is ISO 8601 as printed (`YYYY-MM-DD`, with a time and offset only where the text
    has them) or None. `title` may be a guess; then `title_is_guess` is true. `receipts` maps
    a field's name to what it was read from. `updated`, `kicker` and `standfirst` are set only
    when printed. `doubts` holds what was read too unsurely to be used: candidates for a person.
    """

    title: str | None
    title_is_guess: bool
    date: str | None
    authors: tuple[FoundAuthor, ...]
    sources: tuple[FoundSource, ...]
    lang: str
    body: str
    receipts: Mapping[str, tuple[Receipt, ...]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    updated: str | None = None
    kicker: str | None = None
    standfirst: str | None = None
    doubts: Mapping[str, tuple[Receipt, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: the site's language, the encoding of old files that are not UTF-8, and
    whether quotation marks and dashes are set as the text's language has them.
    """

    lang: str = "en"
    legacy_encoding: str = "cp1252"
    typography: bool = False

    @classmethod
    def of(cls, config: Config) -> Options:
        """As the site's configuration has them."""
        return cls(config.lang, config.legacy_encoding, config.typography)
