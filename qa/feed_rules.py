"""What the RSS Advisory Board's profile asks of an RSS feed, as far as no parser checks it.

The rules are those of rssboard.org/rss-profile: which elements have to be there and how often, what
their texts may be, and what readers are known to trip over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from lxml import etree

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"

#: RFC 822 with a year of four digits; a zone that all readers know.
_DATE: Final = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})"
)
_WEB: Final = re.compile(r"https?://[^\s/]+/\S*|https?://[^\s/]+")
_MAIL: Final = re.compile(r"\S+@\S+\.\S+( \(.+\))?")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_RELATIVE: Final = re.compile(r'\s(?:href|src)="(?!https?:|mailto:|tel:)')

_OF_CHANNEL: Final = {
    *("title", "link", "description", "language", "copyright", "managingEditor", "webMaster"),
    *("pubDate", "lastBuildDate", "category", "generator", "docs", "cloud", "ttl", "image"),
    *("rating", "textInput", "skipHours", "skipDays", "item"),
}
_OF_ITEM: Final = {
    *("title", "link", "description", "author", "category", "comments", "enclosure", "guid"),
    *("pubDate", "source"),
}
_MANY: Final = frozenset({"category", "item"})


def rss_faults(data: bytes) -> list[str]:
    """What the profile has against a feed, in words."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return ["no channel of RSS 2.0"]
    items = channel.findall("item")
    ids = Counter(item.findtext("guid") for item in items)
    return [
        *_channel(channel),
        *(f"guid of two items: {id_}" for id_, number in ids.items() if number > 1),
        *(fault for number, item in enumerate(items, 1) for fault in _item(item, number)),
    ]


def _channel(channel: etree._Element) -> Iterator[str]:
    yield from _elements(channel, "channel", _OF_CHANNEL)
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield f"channel has no {name}"
    if not any(link.get("rel") == "self" for link in channel.findall(f"{_ATOM}link")):
        yield "channel has no atom:link to itself"
    if not _LANGUAGE.fullmatch(channel.findtext("language") or "en"):
        yield "channel has no language that is one"
    for name in ("pubDate", "lastBuildDate"):
        if not _DATE.fullmatch(channel.findtext(name) or "Thu, 01 Jan 1970 00:00:00 GMT"):
            yield f"channel: {name} is no date"
    for node in channel.iter("link", f"{_ATOM}link"):
        if not _WEB.fullmatch(node.get("href") or node.text or ""):
            yield f"an address that is not whole: {node.get('href') or node.text}"


def _item(item: etree._Element, number: int) -> Iterator[str]:
    name = f"item {number}"
    yield from _elements(item, name, _OF_ITEM)
    yield from (f"{name}{fault}" for fault in (*_told(item), *_named(item)))


def _told(item: etree._Element) -> Iterator[str]:
    """What is wrong with its words."""
    names = [str(child.tag) for child in item]
    told = item.findtext("description")
    if not item.findtext("title") and not told:
        yield " has neither title nor description"
    before = names[: names.index(_CONTENT)] if _CONTENT in names else ["description"]
    if "description" not in before:
        yield ": content:encoded without a description before it"
    for text in (told, item.findtext(_CONTENT)):
        if text and _RELATIVE.search(text):
            yield ": an address in its text that is not whole"


def _named(item: etree._Element) -> Iterator[str]:
    """What is wrong with when, which and who it says it is."""
    if not _DATE.fullmatch(item.findtext("pubDate") or ""):
        yield f": pubDate is no date: {item.findtext('pubDate')}"
    guid = item.find("guid")
    if guid is None or not guid.text:
        yield " has no guid"
    elif guid.get("isPermaLink", "true") == "true" and not _WEB.fullmatch(guid.text):
        yield f": guid is called an address and is none: {guid.text}"
    if (author := item.findtext("author")) is not None and not _MAIL.fullmatch(author):
        yield f": author is no address of e-mail: {author}"
    for source in item.findall("source"):
        if not _WEB.fullmatch(source.get("url") or ""):
            yield ": source has no address of a feed"


def _elements(parent: etree._Element, name: str, known: AbstractSet[str]) -> Iterator[str]:
    """Elements of no namespace that RSS does not have, or that stand there twice."""
    own = Counter(str(child.tag) for child in parent if "{" not in str(child.tag))
    yield from (f"{name}: RSS has no {tag}" for tag in own if tag not in known)
    yield from (f"{name}: {tag} twice" for tag, n in own.items() if n > 1 and tag not in _MANY)
