"""What a page shows: told apart by digests, so that a tab knows whether it has to change.

A page shows its HTML, its stylesheets, and the pictures, scripts and the like that it names.
Stylesheets are told apart from the rest, because they can be exchanged in an open page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from ssg.digest import digest, digest_bytes

_ELEMENT: Final = re.compile(
    rb"<(?P<name>link|img|source|video|audio|track|script|iframe|embed|object|image|use|input)"
    rb"""(?P<attributes>(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?)>""",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(
    rb"""(?<=\s)(?P<name>rel|href|xlink:href|src|srcset|poster|data)\s*=\s*"""
    rb"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)

# Other links lead on to something that the page does not show, such as its feed.
_SHOWING: Final = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})

#: Gives a mark of the bytes behind a reference of the page; empty where they are not ours.
Mark = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Version:
    """What a page showed at some moment: `page` is all but its stylesheets."""

    page: str
    styles: str

    def __str__(self) -> str:
        return f"{self.page}.{self.styles}"


def read_version(text: str) -> Version | None:
    """The version that a tab says it shows."""
    page, dot, styles = text.partition(".")
    return Version(page, styles) if dot else None


def version_of(html: bytes, mark: Mark, added: object = None) -> Version:
    """The version of a page; `added` is what else is shown on it."""
    styles: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    parts: list[bytes] = []
    done = 0
    for element in _ELEMENT.finditer(html):
        attributes = element["attributes"]
        rel = _rel(attributes) if element["name"].lower() == b"link" else None
        if rel is not None and rel.isdisjoint(_SHOWING):
            continue
        is_style = rel is not None and "stylesheet" in rel
        for match in _ATTRIBUTE.finditer(attributes):
            for reference in _references(match):
                (styles if is_style else others).append((reference, mark(reference)))
            if is_style and match["name"].lower() == b"href":
                parts.append(html[done : element.start("attributes") + match.start()])
                done = element.start("attributes") + match.end()
    parts.append(html[done:])
    return Version(digest((digest_bytes(b"".join(parts)), others, added)), digest(styles))


def _rel(attributes: bytes) -> frozenset[str]:
    values = (
        _value(match).lower().split()
        for match in _ATTRIBUTE.finditer(attributes)
        if match["name"].lower() == b"rel"
    )
    return frozenset(next(values, ()))


def _references(match: re.Match[bytes]) -> Iterator[str]:
    name, value = match["name"].lower(), _value(match)
    if name == b"srcset":
        yield from (words[0] for part in value.split(",") if (words := part.split()))
    elif name != b"rel" and not value.startswith("#"):
        yield value.strip()


def _value(match: re.Match[bytes]) -> str:
    raw: bytes = match["double"] or match["single"] or match["bare"] or b""
    return unescape(raw.decode("utf-8", "replace"))
