"""Reads feeds, each format as its own rules say: RSS 2.0, Atom, JSON Feed 1.1.

XML is parsed as text, so that no declared encoding is believed, and never with a document type:
a feed has none, and entities can be declared nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from xml.etree import ElementTree as ET

from ssg.check.attribution.reading import Paper, licence, listed, plain
from ssg.check.attribution.said import (
    CORRECTIONS,
    CREDIT_LINES,
    NAMES,
    PICTURE,
    PICTURE_CREDIT,
    PICTURE_LICENCE,
    SOURCES,
    Aspect,
    Claim,
    Feed,
    Item,
    Origin,
    Person,
    Said,
    notes_said,
    people_said,
    relations_said,
    rows,
    sources_said,
)

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_MEDIA: Final = "{http://search.yahoo.com/mrss/}"

Node = dict[str, Any]


def read_feed(path: str, data: bytes, paper: Paper) -> Feed:
    """A feed by its file's name; of one that cannot be read, why."""
    name = path.rpartition("/")[2]
    try:
        return Feed(path, tuple(READERS[name](path, data.decode(), paper)))
    except (ValueError, TypeError, KeyError, AttributeError, ET.ParseError) as error:
        return Feed(path, unread=(f"{_FORMS[name]} cannot be read: {error}",))


# --- RSS and Atom -------------------------------------------------------------------------


def _root(text: str) -> ET.Element:
    if "<!DOCTYPE" in text:
        raise ValueError("it has a document type, which feeds do not have")
    return ET.fromstring(text)  # noqa: S314 - without a document type there are no entities


def _rss(path: str, text: str, paper: Paper) -> Iterator[Item]:
    for item in _root(text).iterfind("channel/item"):
        names = [plain(node.text) for node in item.iterfind(f"{_DC}creator")]
        feed = item.findtext("source")
        claims = {NAMES: rows(names), **_sources(item, paper), **_picture(item, paper)}
        told = item.findtext(f"{_CONTENT}encoded") or item.findtext("description")
        said = Said("RSS", path, claims, told)
        unread = () if feed is None or _names_source(feed, claims) else (_STRANGE.format(feed),)
        yield Item(_text(item, "guid"), _own(paper, _text(item, "link")), said, unread)


_STRANGE: Final = 'RSS says in <source> that the story is from "{}", which no other form says'


def _names_source(name: str, claims: Mapping[Aspect, Claim]) -> bool:
    return plain(name) in {row[0] for row in claims[SOURCES]}


def _atom(path: str, text: str, paper: Paper) -> Iterator[Item]:
    for entry in _root(text).iterfind(f"{_ATOM}entry"):
        people = [
            Person(_text(who, f"{_ATOM}name"), _own(paper, _text(who, f"{_ATOM}uri")))
            for who in entry.iterfind(f"{_ATOM}author")
        ]
        pages = [
            node.get("href", "")
            for node in entry.iterfind(f"{_ATOM}link")
            if node.get("rel", "alternate") == "alternate"
        ]
        told = entry.findtext(f"{_ATOM}content") or entry.findtext(f"{_ATOM}summary")
        claims = {**people_said(people), **_sources(entry, paper), **_picture(entry, paper)}
        url = _own(paper, next(iter(pages), ""))
        yield Item(_text(entry, f"{_ATOM}id"), url, Said("Atom", path, claims, told))


def _sources(item: ET.Element, paper: Paper) -> dict[Aspect, Claim]:
    """`via` gives a source's story under the source's name, `dc:source` the name alone."""
    named = [Origin(plain(node.text)) for node in item.iterfind(f"{_DC}source")]
    via = [
        Origin(plain(node.get("title")), _own(paper, plain(node.get("href"))))
        for node in item.iterfind(f"{_ATOM}link")
        if node.get("rel") == "via"
    ]
    said = sources_said([*named, *via])
    unnamed = {origin.name for origin in via} - {origin.name for origin in named}
    return {SOURCES: tuple(row for row in said[SOURCES] if row[0] not in unnamed)}


def _picture(item: ET.Element, paper: Paper) -> dict[Aspect, Claim]:
    pictures = list(item.iterfind(f"{_MEDIA}content"))
    credits_ = [node for picture in pictures for node in picture.iterfind(f"{_MEDIA}credit")]
    licences = [
        licence(value)
        for picture in pictures
        for node in picture.iterfind(f"{_MEDIA}license")
        for value in (node.get("href"), node.text)
        if value
    ]
    return {
        PICTURE: rows(_own(paper, picture.get("url", "")) for picture in pictures),
        PICTURE_CREDIT: rows(plain(node.text) for node in credits_),
        PICTURE_LICENCE: rows(dict.fromkeys(licences)),
    }


def _text(item: ET.Element, name: str) -> str:
    return plain(item.findtext(name))


def _own(paper: Paper, url: str) -> str:
    """A feed's addresses are whole: readers ignore `xml:base`."""
    return paper.absolute("", url)


# --- JSON Feed ----------------------------------------------------------------------------


def _json(path: str, text: str, paper: Paper) -> Iterator[Item]:
    for item in json.loads(text)["items"]:
        people = [
            Person(plain(who.get("name")), _own(paper, plain(who.get("url"))))
            for who in listed(item.get("authors"))
        ]
        news = item.get("_news") or {}
        origins = [
            Origin(plain(s.get("name")), _own(paper, plain(s.get("url"))), plain(s.get("relation")))
            for s in listed(news.get("sources"))
        ]
        claims = {
            **people_said(people),
            **sources_said(origins),
            **relations_said(origins),
            **_news(news),
            **_image(item, news, paper),
        }
        said = Said("JSON Feed", path, claims, item.get("content_html"))
        unread = tuple(_elsewhere(_own(paper, plain(item.get("external_url"))), origins))
        yield Item(plain(item.get("id")), _own(paper, plain(item.get("url"))), said, unread)


def _news(news: Node) -> dict[Aspect, Claim]:
    lines = {plain(source.get("credit_line")) for source in listed(news.get("sources"))} - {""}
    notes = (
        (plain(note.get("kind")), plain(note.get("date")), plain(note.get("text")))
        for note in listed(news.get("corrections"))
    )
    return {CREDIT_LINES: rows(sorted(lines)), CORRECTIONS: notes_said(notes)}


def _image(item: Node, news: Node, paper: Paper) -> dict[Aspect, Claim]:
    image = news.get("image") or {}
    url, credit, terms = plain(item.get("image")), image.get("credit"), image.get("licence")
    return {
        PICTURE: rows([_own(paper, url)] if url else ()),
        PICTURE_CREDIT: rows([plain(credit)] if credit else ()),
        PICTURE_LICENCE: rows([licence(terms)] if terms else ()),
    }


def _elsewhere(url: str, origins: list[Origin]) -> Iterator[str]:
    """`external_url` is the page elsewhere that a story rests on, if it rests on any."""
    known = {origin.url for origin in origins if origin.url}
    if url and url not in known:
        yield f"JSON Feed gives as external_url {url}, which is no source's"
    if known and not url:
        yield "JSON Feed gives no external_url, though a source has an address"


READERS: Final[Mapping[str, Callable[[str, str, Paper], Iterator[Item]]]] = {
    "feed.xml": _rss,
    "atom.xml": _atom,
    "feed.json": _json,
}
_FORMS: Final = {"feed.xml": "RSS", "atom.xml": "Atom", "feed.json": "JSON Feed"}
