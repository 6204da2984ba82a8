"""Raw text in; an article, its authors, its sources and a receipt for each field out.

The line: bytes are read to text, the text is mended, taken apart into blocks, claimed by
the rules one after the other, and what they claimed is gathered. Formats are added in
`reading`, rules in `rules`, languages in `languages/`; this line stays as it is. Nothing
here touches a file, the clock or the network.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ssg.faults import Fault, Place, errors
from ssg.ingest.claims import Rule, View
from ssg.ingest.dates import in_order_of
from ssg.ingest.detect import detect
from ssg.ingest.gather import gather
from ssg.ingest.harvest import Harvest, Options
from ssg.ingest.language import language
from ssg.ingest.mend import mend
from ssg.ingest.page import blocks_of
from ssg.ingest.reading import read
from ssg.ingest.rules import RULES

__all__ = ["Harvest", "Options", "ingest"]

#: More than any article, and few enough to be read in a moment.
MAX_LINES = 10_000

_LINE = re.compile(r"\r\n?|\n")
_OVERRIDE = re.compile(r"[\u202d\u202e]")


def ingest(raw: bytes, name: str, options: Options) -> Harvest:
    """What a raw text holds; `name` only says in faults which file it was."""
    reading = read(raw, name, options)
    if errors(reading.faults):
        return _nothing(options, reading.faults)
    if (fault := _too_long(reading.text, name)) is not None:
        return _nothing(options, (*reading.faults, fault))
    page = mend(reading.text)
    lang = language_of(page.text, options.lang)
    words = language(lang)
    words = replace(words, dates=in_order_of(page.text, words.dates))
    view = claimed(View(blocks_of(page.text), words), RULES)
    harvest = gather(view, page, lang, words.typography if options.typography else None)
    empty = _empty(harvest, name)
    faults = (*reading.faults, *_turned(reading.text, name), *empty)
    return replace(harvest, faults=faults, body="" if empty else harvest.body)


def language_of(text: str, site_lang: str) -> str:
    """The language a text is in; the site's own tag for its language, or when it is unclear."""
    found = detect(text)
    return site_lang if found in {None, site_lang.partition("-")[0].lower()} else str(found)


def claimed(view: View, rules: Sequence[Rule]) -> View:
    """The page with what each rule claims, every rule seeing the claims before it.

    A rule may be asked again when others have cleared the way; it claims nothing twice.
    """
    known = set(view.claims)
    for rule in rules:
        found = tuple(claim for claim in dict.fromkeys(rule(view)) if claim not in known)
        known.update(found)
        # A view remembers what it worked out, so one that is still true is kept.
        view = replace(view, claims=(*view.claims, *found)) if found else view
    return view


def _nothing(options: Options, faults: tuple[Fault, ...]) -> Harvest:
    return Harvest(
        title=None,
        title_is_guess=False,
        date=None,
        authors=(),
        sources=(),
        lang=options.lang,
        body="",
        faults=faults,
    )


def _too_long(text: str, name: str) -> Fault | None:
    """A limit on lines as there is one on bytes: the time that reading takes is bounded by both."""
    if text.count("\n") + text.count("\r") <= 2 * MAX_LINES and (
        sum(1 for _ in _LINE.finditer(text)) <= MAX_LINES
    ):
        return None
    message = f"the text has more than {MAX_LINES:,} lines"
    return Fault("E610", message, Place(name), "save the article alone")


def _turned(text: str, name: str) -> tuple[Fault, ...]:
    """Characters that turn the order of letters round: a text then reads as it does not say."""
    found = _OVERRIDE.search(text)
    if found is None:
        return ()
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    message = "hidden characters turn the order of letters round here; they were taken out"
    hint = "compare the article with the raw text"
    return (Fault("W610", message, Place(name, line, column), hint),)


def _empty(harvest: Harvest, name: str) -> tuple[Fault, ...]:
    """A text without an article is an author's biography, or nothing to publish."""
    if any(c.isalnum() for c in harvest.body) or any(author.bio for author in harvest.authors):
        return ()
    hint = "the text of an article, or the biography of an author, was expected here"
    return (Fault("E602", "nothing in this text can be published", Place(name), hint),)
