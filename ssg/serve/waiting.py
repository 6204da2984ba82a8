"""What waits at the desk: read from the inbox, and from what the last build knew of the articles.

Articles are never read here. Raw texts and receipts are, anew for each page, so that the page
is right also when somebody settles a guess while it is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from ssg.config import Config
from ssg.desk.files import bytes_at, inside, refused
from ssg.desk.guesses import kept, may_be_read, waiting_fields
from ssg.desk.inbox import Raw, raws_in
from ssg.desk.receipts import (
    FOLDER,
    INBOX,
    Found,
    Receipt,
    found_in,
    read_receipt,
    record_path,
    theirs_path,
)
from ssg.digest import digest_bytes
from ssg.faults import Fault, Place, errors
from ssg.ingest import Options
from ssg.ingest.decode import MAX_BYTES
from ssg.ingest.reading import read
from ssg.model import Article, Author, Held, StaticPage
from ssg.pages.addresses import Addresses, article_place, term_place
from ssg.serve.desk_page import Conflict, Evidence, Guess, HeldBack, Row, Untaken, Waiting
from ssg.serve.marked import Words, pieces_of

_FIELDS: Final = (
    "title",
    "kicker",
    "standfirst",
    "date",
    "updated",
    "authors",
    "bios",
    "sources",
    "left_out",
)
_REASONS: Final = ("embargo", "draft", "expired")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What the last build that could read them knew of the articles; `now` is its instant.

    `articles` and `pages` are those that the preview shows (or all there are), `held` and
    `held_pages` those it does not. `authors` have a page; those `behind` the name of an
    organisation have none.
    """

    config: Config
    now: datetime
    articles: Sequence[Article] = ()
    held: Sequence[Held] = ()
    authors: Sequence[Author] = ()
    behind: Sequence[Author] = ()
    pages: Sequence[StaticPage] = ()
    held_pages: Sequence[StaticPage] = ()


def what_waits(site: Path, stock: Stock | None) -> Waiting:
    """All that waits; without a stock only what the inbox tells."""
    if (fault := inside(site, FOLDER)) is not None:
        held = _held_back(stock) if stock else ()
        return Waiting(untaken=(_untaken(fault, FOLDER),), held=held, is_known=False)
    conflicts, untaken = _inbox(site)
    return Waiting(
        guesses=tuple(_guesses(site, stock)) if stock else (),
        conflicts=conflicts,
        untaken=untaken,
        held=_held_back(stock) if stock else (),
        is_known=stock is not None,
    )


# --- the inbox -----------------------------------------------------------------------------


def _inbox(site: Path) -> tuple[tuple[Conflict, ...], tuple[Untaken, ...]]:
    raws, faults = raws_in(site)
    conflicts: list[Conflict] = []
    untaken = [_untaken(fault, INBOX) for fault in faults]
    for raw in raws:
        found = _unsettled(site, raw)
        if isinstance(found, Conflict):
            conflicts.append(found)
        elif found is not None:
            untaken.append(found)
    return tuple(conflicts), tuple(untaken)


def _unsettled(site: Path, raw: Raw) -> Conflict | Untaken | None:
    """What a raw text waits for, if it waits."""
    try:
        digest = digest_bytes(_start_of(raw.file))
        data = bytes_at(site / record_path(raw.name))
        receipt = read_receipt(raw.name, data) if data is not None else None
        laid = (site / theirs_path(raw.name)).is_file()
    except OSError as error:
        return _untaken(refused(error, raw.path), raw.path)
    if isinstance(receipt, Fault):
        return _untaken(receipt, raw.path)
    if receipt is None:
        return Untaken(path=raw.path, message="is not taken in yet")
    if receipt.pending is not None and laid:
        theirs = theirs_path(raw.name)
        return Conflict(raw=raw.name, document=receipt.document, theirs=theirs)
    if receipt.digest != digest and receipt.pending is None:
        hint = f"ssg ingest {raw.path} says why"
        return Untaken(path=raw.path, message="was changed, and is not taken in again", hint=hint)
    return None


def _untaken(fault: Fault, path: str) -> Untaken:
    where = fault.place.path if fault.place else path
    return Untaken(path=where, message=fault.message, hint=fault.hint)


def _start_of(file: Path) -> bytes:
    """As much of a file as is ever taken in, and a byte more of a file that is larger."""
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


# --- articles ------------------------------------------------------------------------------


def _guesses(site: Path, stock: Stock) -> Iterator[Guess]:
    """Of articles, the newest first, then of authors."""
    shown = _shown(stock)
    articles = {
        article.path: article
        for article in (*stock.articles, *(held.article for held in stock.held))
        if article.ingested and article.ingested.guessed
    }
    for article in sorted(articles.values(), key=lambda one: (-one.date.timestamp(), one.path)):
        yield from _guess(site, article, article.title, shown.get(article.path), stock.config)
    at = Addresses(stock.config.base_path, stock.config.base_url)
    pages = {one.path: at.url(term_place("authors", one.slug)) for one in stock.authors}
    for author in sorted((*stock.authors, *stock.behind), key=lambda one: one.path):
        yield from _guess(site, author, author.name, pages.get(author.path), stock.config)


def _guess(
    site: Path, document: Article | Author, title: str, url: str | None, config: Config
) -> Iterator[Guess]:
    raw = document.ingested.raw if document.ingested else ""
    if fields := waiting_fields(site, document, config):
        receipt = raw if may_be_read(site, raw, record_path(raw)) else None
        yield Guess(title=title, path=document.path, fields=fields, url=url, raw=receipt)


def _held_back(stock: Stock) -> tuple[HeldBack, ...]:
    """What readers do not see, each kind in the order of its instants: what comes out next is
    first, then the newest draft and pages that are drafts, then what expired last.
    """
    shown = _shown(stock)
    hidden = {held.article.path: held for held in stock.held}
    previewed = (
        held
        for article in stock.articles
        if article.path not in hidden and (held := _held_from_readers(article, stock.now))
    )
    articles = [
        HeldBack(
            title=held.article.title,
            path=held.article.path,
            reason=held.reason,
            until=held.until,
            url=shown.get(held.article.path),
        )
        for held in sorted((*hidden.values(), *previewed), key=_turn)
    ]
    found = (*articles, *_held_pages(stock))
    return tuple(sorted(found, key=lambda one: _REASONS.index(one.reason)))


def _held_pages(stock: Stock) -> Iterator[HeldBack]:
    """The pages that are drafts, in the order of their paths."""
    at = Addresses(stock.config.base_path, stock.config.base_url)
    shown = {page.path: at.url(f"{page.slug}/") for page in stock.pages}
    for page in sorted((*stock.held_pages, *stock.pages), key=lambda one: one.path):
        if page.draft:
            url = shown.get(page.path)
            yield HeldBack(title=page.title, path=page.path, reason="draft", url=url)


def _turn(held: Held) -> tuple[int, float, str]:
    instant = (held.until or held.article.date).timestamp()
    order = instant if held.reason == "embargo" else -instant
    return _REASONS.index(held.reason), order, held.article.path


def _held_from_readers(article: Article, now: datetime) -> Held | None:
    """Why readers do not see an article that a preview shows."""
    if article.draft:
        return Held(article, "draft")
    return Held(article, "embargo", article.date) if article.date > now else None


def _shown(stock: Stock) -> dict[str, str]:
    """The addresses of the articles that the preview shows, by their paths."""
    at = Addresses(stock.config.base_path, stock.config.base_url)
    hidden = {held.article.path for held in stock.held}
    return {
        article.path: at.url(article_place(article))
        for article in stock.articles
        if article.path not in hidden
        and (article.ingested or article.draft or article.date > stock.now)
    }


# --- one receipt ---------------------------------------------------------------------------


def evidence_of(site: Path, raw: str, stock: Stock | None) -> Evidence | None:
    """What the receipt of the raw text called `raw` says; None where there is none.

    `raw` may come from anybody: nothing outside the inbox is ever read for it.
    """
    data = kept(site, raw, record_path(raw)) if inside(site, FOLDER) is None else None
    if data is None:
        return None
    receipt = read_receipt(raw, data)
    if isinstance(receipt, Fault):
        return Evidence(raw=raw, faults=(receipt,))
    article = _article_of(receipt, stock)
    text, text_faults = _text(site, raw, stock)
    words, word_faults = _words(receipt)
    pieces = pieces_of(text, words) if text is not None else ()
    waiting = waiting_fields(site, article, stock.config) if article and stock else None
    theirs = theirs_path(raw)
    return Evidence(
        raw=raw,
        document=article.path if article else receipt.document,
        title=article.title if article else None,
        url=_shown(stock).get(article.path) if article and stock else None,
        lang=article.lang if article else None,
        rows=tuple(_rows(receipt, words, _values(receipt, article, stock), waiting)),
        pieces=pieces,
        astray=sum(not one.stand_in(text) for one in words) if text is not None else 0,
        theirs=theirs if receipt.pending and kept(site, raw, theirs) is not None else None,
        faults=(*text_faults, *word_faults),
    )


def _text(site: Path, raw: str, stock: Stock | None) -> tuple[str | None, tuple[Fault, ...]]:
    """A raw text as it was decoded when it was taken in, or why there is none."""
    path = f"{INBOX}/{raw}"
    file = next((one.file for one in raws_in(site)[0] if one.name == raw), None)
    if file is None:
        hint = "bring it back from version control"
        return None, (Fault("W602", "the raw text is gone", Place(path), hint),)
    try:
        data = _start_of(file)
    except OSError as error:
        return None, (refused(error, path),)
    config = stock.config if stock else None
    options = Options.of(config) if config else Options()
    reading = read(data, path, options)
    return None if errors(reading.faults) else reading.text, reading.faults


def _words(receipt: Receipt) -> tuple[tuple[Words, ...], tuple[Fault, ...]]:
    """The words that gave each field, in the order in which fields are shown."""
    try:
        found = found_in(receipt)
    except msgspec.ValidationError:
        message = "the receipt does not say in words what it rests on"
        hint = "bring it back from version control, or delete it: it is then made anew"
        return (), (Fault("E605", message, Place(record_path(receipt.raw)), hint),)
    return tuple(
        Words(
            field=field,
            start=one.span[0],
            end=one.span[1],
            text=one.text,
            rule=one.rule,
            confidence=one.confidence,
        )
        for field in _in_order(found)
        for one in found[field]
    ), ()


def _in_order(fields: Sequence[str] | dict[str, list[Found]]) -> list[str]:
    known = [field for field in _FIELDS if field in fields]
    return [*known, *sorted(set(fields) - set(known))]


def _article_of(receipt: Receipt, stock: Stock | None) -> Article | None:
    """The article that a raw text became, wherever it lies now."""
    if stock is None:
        return None
    articles = (*stock.articles, *(held.article for held in stock.held))
    made = (one for one in articles if one.ingested and one.ingested.raw == receipt.raw)
    by_path = (one for one in articles if one.path == receipt.document)
    return next(made, None) or next(by_path, None)


def _rows(
    receipt: Receipt,
    words: Sequence[Words],
    values: dict[str, str],
    waiting: Sequence[str] | None,
) -> Iterator[Row]:
    """Every field that has words, was guessed or was given. `waiting` None: no article tells."""
    given = {"date": receipt.given.date, "authors": receipt.given.authors}
    given |= {"sources": receipt.given.sources}
    named = {one.field for one in words}
    for field in _in_order([*named, *receipt.guessed, *(key for key in given if given[key])]):
        yield Row(
            field=field,
            value=values.get(field, ""),
            words=tuple(one for one in words if one.field == field),
            state=_state(field, receipt, waiting, is_given=bool(given.get(field))),
        )


def _state(field: str, receipt: Receipt, waiting: Sequence[str] | None, *, is_given: bool) -> str:
    if field in receipt.guessed:
        if waiting is None:
            return "guessed"
        return "guessed, waits for a person" if field in waiting else "guessed, settled"
    return "given by hand" if is_given else "found"


def _values(receipt: Receipt, article: Article | None, stock: Stock | None) -> dict[str, str]:
    """What the article says now, or as much as the receipt knows."""
    if article is None or stock is None:
        return {
            "date": receipt.date or "",
            "authors": ", ".join(receipt.authors),
            "sources": ", ".join(receipt.sources),
        }
    zone = ZoneInfo(stock.config.timezone)
    return {
        "title": article.title,
        "kicker": article.kicker or "",
        "standfirst": article.standfirst or "",
        "date": _moment(article.date, zone),
        "updated": _moment(article.updated, zone) if article.updated else "",
        "authors": ", ".join(credit.author for credit in article.credits),
        "sources": ", ".join(sourcing.source for sourcing in article.sources),
    }


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(" ", "minutes")[:16]
