"""JSON Feed 1.1. What it has no names for, such as a source's relation to the story, stands in
`_news`, an object of ours as the format allows.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from ssg.pages.feed_text import text_of
from ssg.pages.feed_views import FeedAuthor, FeedEntry, FeedSource, FeedView
from ssg.pages.parts import credit_line
from ssg.pages.xml import clean

_VERSION: Final = "https://jsonfeed.org/version/1.1"

# What a story was made from comes before what it only names.
_ORIGINS: Final = ("republished", "based-on", "with-material-from", "cited")


def json_feed(view: FeedView) -> str:
    """The whole feed."""
    feed = {
        "version": _VERSION,
        "title": view.title,
        "home_page_url": view.url,
        "feed_url": view.feed_url,
        "description": view.description,
        "language": view.lang,
        "authors": [_author(view.publisher)],
        "hubs": [{"type": "WebSub", "url": view.hub}] if view.hub else None,
        "items": [_item(entry, view) for entry in view.entries],
    }
    data = msgspec.json.encode(_said(feed))
    return msgspec.json.format(data, indent=1).decode() + "\n"


def _item(entry: FeedEntry, view: FeedView) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "external_url": _origin(entry.sources),
        "title": entry.title,
        "content_html": text_of(entry, view.lang, view.root),
        "summary": entry.summary,
        "image": entry.picture.url if entry.picture else None,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [_author(author) for author in entry.authors] or None,
        "tags": entry.tags or None,
        "language": entry.lang,
        "_news": _news(entry) or None,
    }


def _news(entry: FeedEntry) -> dict[str, Any]:
    sources = [
        {
            "name": source.name,
            "relation": source.relation,
            "url": source.url,
            "credit_line": source.credit_line,
        }
        for source in entry.sources
    ]
    notes = [{"kind": note.kind, "date": note.date, "text": note.text} for note in entry.notes]
    picture = entry.picture
    image = picture and {
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": credit_line(picture) or None,
        "licence": picture.licence,
    }
    about = {"sources": sources, "corrections": notes, "image": image, "rights": entry.rights}
    return {name: value for name, value in about.items() if value}


def _author(author: FeedAuthor) -> dict[str, str]:
    return {"name": author.name, "url": author.url}


def _origin(sources: tuple[FeedSource, ...]) -> str | None:
    """The page elsewhere that a story rests on most."""
    known = [source for source in sources if source.url]
    known.sort(key=lambda source: _ORIGINS.index(source.relation))
    return known[0].url if known else None


def _said(value: Any) -> Any:
    """The value without what is None and without control characters."""
    match value:
        case str():
            return clean(value)
        case dict():
            return {key: _said(item) for key, item in value.items() if item is not None}
        case list() | tuple():
            return [_said(item) for item in value]
        case _:
            return value
