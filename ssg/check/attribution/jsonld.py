"""What an article's JSON-LD says of its credits, read as schema.org means it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from ssg.check.attribution.reading import Paper, licence, listed, plain
from ssg.check.attribution.said import (
    CITED,
    CORRECTIONS,
    CREDIT_LINES,
    PICTURE,
    PICTURE_CREDIT,
    PICTURE_LICENCE,
    REPUBLISHED,
    ROLES,
    SOURCE_LICENCES,
    SUPPLIERS,
    Aspect,
    Claim,
    Origin,
    Person,
    notes_said,
    people_said,
    rows,
    sources_said,
)

Node = dict[str, Any]

#: Properties that name somebody's part in a story by themselves.
_PARTS: Final = {"editor": "editing", "translator": "translation"}


def nodes_in(script: str) -> list[Node]:
    """The nodes of a block of JSON-LD. Raises `ValueError` where it is no JSON."""
    data = json.loads(script)
    graph = data.get("@graph", data) if isinstance(data, dict) else data
    return [node for node in listed(graph) if isinstance(node, dict)]


def of_type(nodes: list[Node], ending: str) -> Node | None:
    """The first node whose type ends so: every kind of article is called one."""
    for node in nodes:
        if any(str(name).endswith(ending) for name in listed(node.get("@type"))):
            return node
    return None


def article_said(node: Node, paper: Paper) -> dict[Aspect, Claim]:
    """What an article's node says."""
    people = list(_authors(node, paper))
    origins = list(_origins(node, paper))
    suppliers = {plain(item.get("name")) for item in _nodes(node, "sourceOrganization")}
    holders = [plain(item.get("name")) for item in _nodes(node, "copyrightHolder")]
    notes = (
        (plain(note.get("name")), plain(note.get("datePublished")), plain(note.get("text")))
        for note in _nodes(node, "correction")
    )
    return {
        **people_said(people),
        **sources_said(origins),
        ROLES: _roles(node, paper),
        CITED: rows(sorted({o.name for o in origins if o.relation == "citation"})),
        SUPPLIERS: rows(sorted(suppliers)),
        REPUBLISHED: rows(holders),
        SOURCE_LICENCES: tuple(sorted(_licences(node, paper))),
        CREDIT_LINES: tuple(sorted(_credit_lines(node))),
        CORRECTIONS: notes_said(notes),
        **_picture(node, paper),
    }


def contradictions(value: Any) -> Iterator[str]:
    """One `@id` is one thing: where two nodes say other names or addresses of it."""
    known: dict[str, tuple[str, str]] = {}
    for node in _named(value):
        id_, said = plain(node.get("@id")), (plain(node.get("name")), plain(node.get("url")))
        if known.setdefault(id_, said) != said:
            yield f'JSON-LD says of {id_} both "{" – ".join(known[id_])}" and "{" – ".join(said)}"'


def _named(value: Any) -> Iterator[Node]:
    if isinstance(value, list):
        for item in value:
            yield from _named(item)
    elif isinstance(value, dict):
        if "@id" in value and "name" in value:
            yield value
        for item in value.values():
            if isinstance(item, (dict, list)):
                yield from _named(item)


def publisher_in(node: Node) -> str | None:
    """By what name the article's publisher goes."""
    return next((plain(item.get("name")) for item in _nodes(node, "publisher")), None)


def profile_name(nodes: list[Node]) -> str | None:
    """Whom a page is the profile of."""
    page = of_type(nodes, "ProfilePage")
    return next((plain(item.get("name")) for item in _nodes(page or {}, "mainEntity")), None)


def _nodes(node: Node, name: str) -> Iterator[Node]:
    return (item for item in listed(node.get(name)) if isinstance(item, dict))


def _authors(node: Node, paper: Paper) -> Iterator[Person]:
    page = plain(node.get("url"))
    for item in listed(node.get("author")):
        if isinstance(item, dict):
            url = plain(item.get("url"))
            yield Person(plain(item.get("name")), paper.absolute(page, url) if url else "")
        else:
            yield Person(plain(item), "")


def _roles(node: Node, paper: Paper) -> Claim:
    page = plain(node.get("url"))
    known = {plain(item.get("@id")): plain(item.get("url")) for item in _nodes(node, "author")}

    def who(somebody: Node) -> str:
        url = known.get(plain(somebody.get("@id"))) or plain(somebody.get("url"))
        return paper.absolute(page, url) if url else ""

    found = {(role, who(item)) for name, role in _PARTS.items() for item in _nodes(node, name)} | {
        (plain(part.get("roleName")), who(item))
        for part in _nodes(node, "contributor")
        for item in _nodes(part, "contributor")
    }
    return tuple(sorted(found))


def _works(node: Node) -> Iterator[tuple[str, Node]]:
    for name in ("isBasedOn", "citation"):
        yield from ((name, work) for work in _nodes(node, name))


def _origins(node: Node, paper: Paper) -> Iterator[Origin]:
    """A work's publisher is the source; one whose own page is ours has no site that is known."""
    for name, work in _works(node):
        source = next(_nodes(work, "publisher"), {})
        site, ours = plain(source.get("url")), plain(source.get("@id")).partition("#")[0]
        url = plain(work.get("url")) or ("" if site == ours else site)
        whole = paper.absolute(plain(node.get("url")), url) if url else ""
        yield Origin(plain(source.get("name")), whole, name)


def _licences(node: Node, paper: Paper) -> set[tuple[str, str]]:
    page, found = plain(node.get("url")), set()
    for _, work in _works(node):
        source = next(_nodes(work, "publisher"), {})
        if terms := licence(work.get("license")):
            whole = paper.absolute(page, terms) if "://" in terms else terms
            found.add((plain(source.get("name")), whole))
    return found


def _credit_lines(node: Node) -> Iterator[tuple[str, ...]]:
    """They stand with each work, and all together with the article."""
    together = plain(node.get("creditText"))
    for line in sorted({plain(work.get("creditText")) for _, work in _works(node)} - {""}):
        yield (line,) if line in together else (line, "not with the article")
        together = together.replace(line, "")
    if together := together.strip("; "):
        yield together, "with the article alone"


def _picture(node: Node, paper: Paper) -> dict[Aspect, Claim]:
    page = plain(node.get("url"))
    pictures = list(_nodes(node, "image"))
    urls = [plain(item.get(name)) for item in pictures for name in ("contentUrl", "url")]
    credits_ = [plain(item.get("creditText")) for item in pictures]
    licences = [licence(item.get("license")) for item in pictures]
    return {
        PICTURE: rows(paper.absolute(page, url) for url in dict.fromkeys(urls) if url),
        PICTURE_CREDIT: rows(filter(None, credits_)),
        PICTURE_LICENCE: rows(filter(None, licences)),
    }
