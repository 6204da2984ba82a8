"""Pages: what a finished output names and what it may be named by, read from its bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from msgspec import Struct

_NAMING: Final = (
    "[href],[src],[srcset],[poster],[id],a[name],[http-equiv],[property='og:image'],img"
)
_ADDRESSES: Final = ("href", "src", "poster")
#: Hints to a browser that name no file.
_NO_FILE: Final = frozenset({"preconnect", "dns-prefetch"})
_REFRESH = re.compile(r"^\s*\d+\s*;\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_IN_XML = re.compile(
    r"\b(?:href|src|url)=(?:\"([^\"]*)\"|'([^']*)'|&quot;(.*?)&quot;|&#34;(.*?)&#34;)"
    r"|<(?:link|loc|url|uri|guid|comments|docs|image:loc)(?:\s[^>]*)?>([^<]*)<"
)
_IN_HTML = re.compile(r"\b(?:href|src)=(?:\"([^\"]*)\"|'([^']*)')")


class PageFacts(Struct, frozen=True):
    """What one output names: `links` as they are written, each once; `ids` may be named by
    others; `leads` is where a page sends its readers at once; `unseen` are its pictures
    that say nothing to those who do not see them.
    """

    links: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    leads: str | None = None
    unseen: tuple[str, ...] = ()


NOTHING: Final = PageFacts()


def is_read(path: str) -> bool:
    """Whether an output may name addresses."""
    return path.endswith((".html", ".xml", ".json", ".webmanifest"))


def facts_of(path: str, data: bytes) -> PageFacts:
    """What an output names."""
    if path.endswith(".html"):
        return _facts_of_page(data)
    text = data.decode("utf-8", "replace")
    found = _in_json(text) if path.endswith((".json", ".webmanifest")) else _in_xml(text)
    return PageFacts(tuple(dict.fromkeys(found)))


def _facts_of_page(data: bytes) -> PageFacts:
    from selectolax.lexbor import LexborHTMLParser

    links: dict[str, None] = {}
    ids: dict[str, None] = {}
    unseen: dict[str, None] = {}
    leads = None
    for node in LexborHTMLParser(data).css(_NAMING):
        values = node.attributes
        if name := values.get("id") or (node.tag == "a" and values.get("name")):
            ids[name] = None
        links.update(dict.fromkeys(_addresses(node.tag or "", values)))
        if node.tag == "img" and "alt" not in values:
            unseen[values.get("src") or ""] = None
        if refresh := _REFRESH.match(values.get("content") or ""):
            leads = refresh[1].strip() if "http-equiv" in values else leads
    return PageFacts(tuple(links), tuple(ids), leads, tuple(unseen))


def _addresses(tag: str, values: dict[str, str | None]) -> Iterator[str]:
    if tag == "link" and values.get("rel") in _NO_FILE:
        return
    for name in _ADDRESSES:
        if (address := values.get(name)) is not None:
            yield address.strip()
    if several := values.get("srcset"):
        yield from (part.split()[0] for part in several.split(",") if part.split())
    if tag == "meta" and "property" in values and (picture := values.get("content")):
        yield picture


def _in_xml(text: str) -> Iterator[str]:
    for match in _IN_XML.finditer(text):
        if address := unescape(next(filter(None, match.groups()), "")).strip():
            yield address


def _in_json(text: str) -> Iterator[str]:
    try:
        value = json.loads(text)
    except ValueError:
        return
    yield from _in_value(value)


def _in_value(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for item in value.values():
                yield from _in_value(item)
        case list():
            for item in value:
                yield from _in_value(item)
        case str() if value.startswith(("http://", "https://")) and " " not in value:
            yield value
        case str():
            for found in _IN_HTML.finditer(value):
                yield unescape(found[1] or found[2] or "")
        case _:
            pass
