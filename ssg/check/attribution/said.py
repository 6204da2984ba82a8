"""What a form of the output says of a story, in one shape for all forms, so that they compare.

A form is a way to credit: the byline that people read, the microformats, JSON-LD, the tags of the
head, the three formats of feeds. It says some aspects and has no words for others: RSS names
authors but has no place for their pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, get_args

Form = Literal[
    "byline",
    "line above the text",
    "sources box",
    "picture",
    "corrections",
    "microformats",
    "JSON-LD",
    "Open Graph",
    "meta author",
    "link author",
    "RSS",
    "Atom",
    "JSON Feed",
]

#: In the order in which they are told: what templates say, what our code says, feeds.
FORMS: Final[tuple[Form, ...]] = get_args(Form)

#: What is said of one aspect: rows of text, in their order where the aspect has one.
Claim = tuple[tuple[str, ...], ...]


class Aspect(NamedTuple):
    """One thing that all forms must say alike; `code` is the fault where they do not."""

    code: str
    noun: str
    ordered: bool = False


NAMES: Final = Aspect("E801", "the authors", ordered=True)
PAGES: Final = Aspect("E802", "the pages of the authors", ordered=True)
ROLES: Final = Aspect("E804", "the parts other than reporting")
SOURCES: Final = Aspect("E805", "the sources")
CITED: Final = Aspect("E806", "what is only cited")
SUPPLIERS: Final = Aspect("E806", "who supplied text")
REPUBLISHED: Final = Aspect("E806", "whose story is republished")
CREDIT_LINES: Final = Aspect("E807", "the credit lines of the sources")
SOURCE_LICENCES: Final = Aspect("E807", "the licences of the sources")
PICTURE: Final = Aspect("E808", "the picture")
PICTURE_CREDIT: Final = Aspect("E808", "the picture's credit")
PICTURE_LICENCE: Final = Aspect("E808", "the picture's licence")
CORRECTIONS: Final = Aspect("E809", "the corrections", ordered=True)

#: The order in which they are told.
ASPECTS: Final = (
    NAMES,
    PAGES,
    ROLES,
    SOURCES,
    CITED,
    SUPPLIERS,
    REPUBLISHED,
    CREDIT_LINES,
    SOURCE_LICENCES,
    PICTURE,
    PICTURE_CREDIT,
    PICTURE_LICENCE,
    CORRECTIONS,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What one form in one file says; `text` is the story's HTML in a feed, where it has one."""

    form: Form
    path: str
    claims: Mapping[Aspect, Claim]
    text: str | None = None


class Person(NamedTuple):
    """Who is credited, and the page that says who that is."""

    name: str
    url: str


class Origin(NamedTuple):
    """A source: its name, the story there or its site, and how the story rests on it."""

    name: str
    url: str = ""
    relation: str = ""


class Wording(NamedTuple):
    """Words in which a page says a role, a relation or a kind of correction (`of`)."""

    of: str
    value: str
    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Story:
    """A page of an article, as it was read; what could not be read is in `unread`, in words.

    `lapsed`: it is a notice, since the licence of its text has ended; machines are told nothing.
    """

    path: str
    url: str
    said: tuple[Said, ...]
    people: tuple[Person, ...] = ()
    source_pages: tuple[str, ...] = ()
    publisher: str | None = None
    wordings: tuple[Wording, ...] = ()
    lapsed: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed: the page that it is about, and what the feed says of it."""

    id: str
    url: str
    said: Said
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read."""

    path: str
    items: tuple[Item, ...] = ()
    unread: tuple[str, ...] = field(default=())


def rows(texts: Iterable[str]) -> Claim:
    """A claim of single texts."""
    return tuple((text,) for text in texts)


def people_said(people: Iterable[Person]) -> dict[Aspect, Claim]:
    """Authors with their pages: who has two parts in a story is still one author."""
    once = tuple(dict.fromkeys(people))
    return {
        NAMES: rows(person.name for person in once),
        PAGES: rows(person.url for person in once),
    }


def sources_said(origins: Iterable[Origin]) -> dict[Aspect, Claim]:
    """Sources by name and address; one without an address says no more than one with it."""
    found = set(origins)
    located = {origin.name for origin in found if origin.url}
    shown = {(o.name, o.url) for o in found if o.url or o.name not in located}
    return {SOURCES: tuple(sorted(shown))}


def relations_said(origins: Iterable[Origin]) -> dict[Aspect, Claim]:
    """How a story rests on its sources, in the terms that every form has."""
    found = tuple(origins)
    supplied = {o.name for o in found if o.relation in {"republished", "with-material-from"}}
    return {
        CITED: rows(sorted({o.name for o in found if o.relation == "cited"})),
        SUPPLIERS: rows(sorted(supplied)),
        REPUBLISHED: rows([o.name for o in found if o.relation == "republished"][:1]),
    }


def notes_said(notes: Iterable[tuple[str, str, str]]) -> Claim:
    """Corrections by kind, day and text, in their order; a retraction stands above all others."""
    return tuple(sorted(notes, key=lambda note: note[0] != "retraction"))
