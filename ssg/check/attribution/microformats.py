"""Microformats 2, as much of them as credits need: items, their properties, cards.

A property belongs to the nearest item above it (microformats.org, "microformats2 parsing").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssg.check.attribution.reading import Paper, plain
from ssg.check.attribution.said import Person

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def classes(node: LexborNode) -> list[str]:
    """The classes of an element."""
    return (node.attributes.get("class") or "").split()


def is_item(node: LexborNode) -> bool:
    """Whether an element is an item of its own, such as an `h-card`."""
    return any(name.startswith("h-") for name in classes(node))


def owner(node: LexborNode) -> LexborNode | None:
    """The item that a property belongs to."""
    above = node.parent
    while above is not None and not is_item(above):
        above = above.parent
    return above


def properties(item: LexborNode, name: str) -> Iterator[LexborNode]:
    """The elements of a property of an item, in their order."""
    for node in item.css(f".{name}"):
        above = owner(node)
        if above is not None and above.mem_id == item.mem_id and node.mem_id != item.mem_id:
            yield node


def text_value(node: LexborNode) -> str:
    """The value of a `p-` property."""
    given = node.attributes
    match node.tag:
        case "data" | "input" if given.get("value") is not None:
            return plain(given["value"])
        case "img" | "area":
            return plain(given.get("alt"))
        case "abbr" if given.get("title"):
            return plain(given["title"])
        case _:
            return plain(node.text())


def url_value(node: LexborNode) -> str:
    """The value of a `u-` property as it is written."""
    given = node.attributes
    names = {"img": "src", "data": "value", "input": "value", "object": "data"}
    return (given.get(names.get(node.tag or "", "href")) or "").strip()


def card(node: LexborNode, page: str, paper: Paper) -> Person:
    """Name and address of an `h-card`; those that are not said follow from the element itself."""
    name = next((text_value(found) for found in properties(node, "p-name")), None)
    url = next((url_value(found) for found in properties(node, "u-url")), None)
    if url is None:
        url = url_value(node) if node.tag in {"a", "area"} else ""
    whole = paper.absolute(page, url) if url else ""
    return Person(text_value(node) if name is None else name, whole)
