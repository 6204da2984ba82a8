"""Reads what the head of an article's page says to machines: its tags, and its JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ssg.check.attribution import jsonld
from ssg.check.attribution.reading import Paper, plain
from ssg.check.attribution.said import NAMES, PAGES, PICTURE, Aspect, Claim, Form, rows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser


class Data(NamedTuple):
    """What the JSON-LD says, and by what name the publisher goes; `unread`: what makes no sense."""

    claims: dict[Aspect, Claim] | None
    publisher: str | None = None
    unread: tuple[str, ...] = ()


def tags_said(tree: LexborHTMLParser, url: str, paper: Paper) -> dict[Form, dict[Aspect, Claim]]:
    """The tags that name authors and the picture. Names follow Open Graph: `article:author` is an
    address.
    """
    profiles: list[str] = []
    names: list[str] = []
    links: list[str] = []
    pictures: list[str] = []
    for node in tree.head.iter() if tree.head else ():
        given = node.attributes
        content = given.get("content") or ""
        match node.tag, given.get("property") or given.get("name") or given.get("rel"):
            case "meta", "article:author":
                profiles.append(paper.absolute(url, content))
            case "meta", "author":
                names.append(plain(content))
            case "meta", "og:image":
                pictures.append(paper.absolute(url, content))
            case "link", "author":
                links.append(paper.absolute(url, given.get("href") or ""))
            case _:
                pass
    return {
        "Open Graph": {PAGES: rows(profiles), PICTURE: rows(pictures)},
        "meta author": {NAMES: rows(names)},
        "link author": {PAGES: rows(links)},
    }


def data_said(tree: LexborHTMLParser, paper: Paper) -> Data:
    """What the JSON-LD of an article says."""
    try:
        nodes = nodes_of(tree)
    except ValueError as error:
        return Data(None, unread=(f"JSON-LD is no JSON: {error}",))
    article = jsonld.of_type(nodes, "Article")
    if article is None:
        return Data(None, unread=("JSON-LD holds no article",))
    return Data(
        jsonld.article_said(article, paper),
        jsonld.publisher_in(article) or "",
        tuple(jsonld.contradictions(nodes)),
    )


def nodes_of(tree: LexborHTMLParser) -> list[jsonld.Node]:
    """All nodes of a page's JSON-LD. Raises `ValueError` where it is no JSON."""
    return [node for script in _scripts(tree) for node in jsonld.nodes_in(script)]


def _scripts(tree: LexborHTMLParser) -> Iterator[str]:
    return (node.text() for node in tree.css('script[type="application/ld+json"]'))
