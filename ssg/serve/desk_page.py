"""The desk's pages: what waits for a person, and what a receipt says, as HTML.

Pure: values in, text out. All that is shown may come from a raw text, which anybody may have
written: it is escaped, and what no page may hold is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ssg.faults import Fault
from ssg.model import HeldFor
from ssg.serve.marked import Piece, Words, excerpt_of
from ssg.serve.outcome import Outcome

ASSETS: Final = Path(__file__).with_name("assets")

# Of a list that may be endless so many are shown.
_FEW: Final = 20

_SEVERITIES: Final = ("error", "warning", "note")

# What HTML forbids in text (WHATWG HTML § 13.2.3.5), and halves of characters, which no
# encoding has.
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is the same on all pages of the desk: the site's title and home, the addresses of its
    theme's stylesheets, and the time zone that times are shown in.
    """

    title: str = ""
    home: str = "/"
    stylesheets: tuple[str, ...] = ()
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """An article or author with fields that were guessed and that nobody has settled; `url` where
    it is shown, `raw` the name of its raw text where that has a receipt.
    """

    title: str
    path: str
    fields: tuple[str, ...]
    url: str | None = None
    raw: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A raw text and its article that were both changed; `theirs` is the version laid beside."""

    raw: str
    document: str | None
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Untaken:
    """What lies in the inbox and was not taken in, by its path in the site."""

    path: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """An article or page that readers do not see; `url` where the preview shows it."""

    title: str
    path: str
    reason: HeldFor
    until: datetime | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """All that waits for a person or for its hour. `is_known` is false while no build could read
    the articles.
    """

    guesses: tuple[Guess, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    untaken: tuple[Untaken, ...] = ()
    held: tuple[HeldBack, ...] = ()
    is_known: bool = True

    @property
    def count(self) -> int:
        """How many things a person has to look at."""
        return len(self.guesses) + len(self.conflicts) + len(self.untaken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A field of a receipt: what the article says now, the words that gave it, and what became
    of it (such as "guessed, waits").
    """

    field: str
    value: str
    words: tuple[Words, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A receipt with its raw text, in pieces (none where it cannot be read).

    `astray` says how many words no longer stand where the receipt says, `lang` is the language
    of the article.
    """

    raw: str
    document: str | None = None
    title: str | None = None
    url: str | None = None
    lang: str | None = None
    rows: tuple[Row, ...] = ()
    pieces: tuple[Piece, ...] = ()
    astray: int = 0
    theirs: str | None = None
    faults: tuple[Fault, ...] = ()


def desk_page(waiting: Waiting, outcomes: Sequence[Outcome], frame: Frame) -> str:
    """The page that says what is wrong, what waits, what is held, and what was built."""
    builds = sorted(outcomes, key=lambda outcome: outcome.number, reverse=True)
    last = builds[0] if builds else None
    faults = _gravest_first(last.faults if last else ())
    return _rendered(
        "desk.html",
        frame,
        waiting=waiting,
        builds=builds,
        last=last,
        last_green=next((build for build in builds if build.is_green), None),
        faults=faults,
        faulty={fault.place.path for fault in faults if fault.place},
    )


def receipt_page(evidence: Evidence, frame: Frame) -> str:
    """The page of one receipt: the raw text with the words that gave each field marked."""
    return _rendered("receipt.html", frame, evidence=evidence)


def _gravest_first(faults: Sequence[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: _SEVERITIES.index(fault.severity))


def _rendered(name: str, frame: Frame, **values: object) -> str:
    text = _environment().get_template(name).render(frame=frame, few=_FEW, **values)
    return _FORBIDDEN.sub("\ufffd", text)


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters |= {"clock": _clock, "excerpt": excerpt_of, "sure": _sure, "brief": _brief}
    return env


def _clock(moment: datetime, zone: tzinfo) -> str:
    """A moment as front matter writes it, to the second."""
    return moment.astimezone(zone).isoformat(" ", "seconds")[:19]


def _sure(confidence: float) -> str:
    return f"{confidence:.0%}"


def _brief(text: str, most: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rstrip()}…"
