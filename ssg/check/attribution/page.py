"""Reads the pages of articles and of authors: all forms in which they credit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssg.check.attribution import jsonld, microformats
from ssg.check.attribution.boxes import boxes_of
from ssg.check.attribution.head import data_said, nodes_of, tags_said
from ssg.check.attribution.reading import Paper, plain
from ssg.check.attribution.said import (
    PICTURE,
    REPUBLISHED,
    ROLES,
    Aspect,
    Claim,
    Form,
    Person,
    Said,
    Story,
    Wording,
    people_said,
    rows,
)
from ssg.check.attribution.words import words_before

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_AUTHOR = 'a[rel~="author"]'

#: What only the page of an article has: any one of these makes it one.
_CLAIMS = 'meta[property="og:type"][content="article"], .h-entry, .byline, .e-content'


def parsed(data: bytes) -> LexborHTMLParser:
    """A page as a tree."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(data)


def leads_on(tree: LexborHTMLParser) -> bool:
    """Whether a page only leads to the address that its article has now."""
    head = tree.head
    return head is not None and head.css_first('meta[http-equiv="refresh"]') is not None


def holds_a_story(tree: LexborHTMLParser) -> bool:
    """Whether any form says that there is an article at a page: a notice that an address is gone
    credits nobody, and no form of it may claim otherwise.
    """
    return not leads_on(tree) and tree.css_first(_CLAIMS) is not None


def read_story(path: str, tree: LexborHTMLParser, paper: Paper) -> Story:
    """What the page of an article says in each of its forms."""
    url = paper.absolute(paper.url(path), "")
    data = data_said(tree, paper)
    forms: dict[Form, dict[Aspect, Claim]] = {}
    entry = _entry(tree, url, paper)
    lapsed = entry is not None and entry.css_first(".lapse") is not None
    unread = [] if lapsed and data.claims is None else list(data.unread)
    people: tuple[Person, ...] = ()
    pages: tuple[str, ...] = ()
    wordings: tuple[Wording, ...] = ()
    if entry is None:
        unread.append("microformats have no h-entry")
    else:
        people = tuple(_byline(entry, url, paper))
        boxes = boxes_of(entry, path, url, paper)
        pages, wordings = boxes.source_pages, (*_role_words(entry, path), *boxes.wordings)
        forms |= {"byline": people_said(people), **boxes.claims}
        forms["microformats"] = _microformats(entry, url, paper)
    if data.claims is not None:
        forms["JSON-LD"] = data.claims
    forms |= tags_said(tree, url, paper)
    said = tuple(Said(form, path, claims) for form, claims in forms.items())
    return Story(
        path=path,
        url=url,
        said=said,
        people=people,
        source_pages=pages,
        publisher=data.publisher,
        wordings=wordings,
        lapsed=lapsed,
        unread=tuple(unread),
    )


def profile_names(tree: LexborHTMLParser) -> dict[str, str | None]:
    """Whom the page of an author is about, in each form that says it."""
    heading = tree.css_first(".h-card h1")
    try:
        named = jsonld.profile_name(nodes_of(tree))
    except ValueError:
        named = None
    return {"heading": plain(heading.text()) if heading else None, "JSON-LD": named}


def _entry(tree: LexborHTMLParser, url: str, paper: Paper) -> LexborNode | None:
    """The story of the page: the entry that gives the page's address as its own, or the first."""
    found = tree.css(".h-entry")
    for entry in found:
        own = map(microformats.url_value, microformats.properties(entry, "u-url"))
        if any(paper.absolute(url, value) == url for value in own):
            return entry
    return found[0] if found else None


def _byline(entry: LexborNode, url: str, paper: Paper) -> Iterator[Person]:
    for node in entry.css(_AUTHOR):
        href = node.attributes.get("href") or ""
        yield Person(plain(node.text()), paper.absolute(url, href) if href else "")


def _microformats(entry: LexborNode, url: str, paper: Paper) -> dict[Aspect, Claim]:
    cards = list(microformats.properties(entry, "p-author"))
    people = [microformats.card(card, url, paper) for card in cards]
    roles = {
        (microformats.text_value(role), person.url)
        for card, person in zip(cards, people, strict=True)
        for role in microformats.properties(card, "p-role")
    }
    reposts = [
        microformats.text_value(author)
        for cite in microformats.properties(entry, "u-repost-of")
        for author in microformats.properties(cite, "p-author")
    ]
    photos = map(microformats.url_value, microformats.properties(entry, "u-photo"))
    return {
        **people_said(people),
        ROLES: tuple(sorted(roles)),
        REPUBLISHED: rows(reposts[:1]),
        PICTURE: rows([paper.absolute(url, photo) for photo in photos][:1]),
    }


def _role_words(entry: LexborNode, path: str) -> Iterator[Wording]:
    """The words that open each role of the byline; within a role stand commas and "and"."""
    links = entry.css(_AUTHOR)
    above = _around(links)
    if above is None:
        return
    last = None
    for number, (link, words) in enumerate(zip(links, words_before(above, links), strict=True)):
        role = _role(link)
        if role != last:
            yield Wording("further role" if number else "first role", role, words, path)
        last = role


def _around(links: list[LexborNode]) -> LexborNode | None:
    """The nearest element that holds all links and is not one of the people."""
    above = links[0].parent if links else None
    while above is not None and (
        microformats.is_item(above) or len(above.css(_AUTHOR)) < len(links)
    ):
        above = above.parent
    return above


def _role(link: LexborNode) -> str:
    card = link if microformats.is_item(link) else link.parent
    said = card.css_first(".p-role") if card is not None else None
    return microformats.text_value(said) if said else "reporting"
