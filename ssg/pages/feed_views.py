"""The views of feeds: what RSS, Atom and JSON Feed say, before it is written as one of them.

The three formats of a feed are made from one value, so that no reader is told another author
or source than the next. All addresses are absolute; times are ISO 8601 in the site's zone.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from ssg.model import CorrectionKind, Html, Picture, Prose, Relation


class FeedAuthor(Struct, frozen=True):
    """Who is credited, by name alone, and their page here."""

    name: str
    url: str


class FeedSource(Struct, frozen=True):
    """A source that is credited: the story there or its site, its own feed, the words that its
    licence asks for.
    """

    name: str
    relation: Relation
    url: str | None
    feed: str | None = None
    credit_line: str | None = None


class FeedNote(Struct, frozen=True):
    """A correction; `label` is its kind in the site's language."""

    kind: CorrectionKind
    label: str
    date: str
    text: str


class FeedEntry(Struct, frozen=True, kw_only=True):
    """A story in a feed. `body` is HTML once rendered, and None in a feed of teasers and of a
    story that was retracted. `updated` is `published` while nothing has changed.
    """

    id: str
    url: str
    title: str
    lang: str
    published: str
    updated: str
    authors: tuple[FeedAuthor, ...] = ()
    sources: tuple[FeedSource, ...] = ()
    summary: str | None = None
    tags: tuple[str, ...] = ()
    picture: Picture | None = None
    notes: tuple[FeedNote, ...] = ()
    rights: str | None = None
    body: Prose | Html | None = None


class FeedView(Struct, frozen=True, kw_only=True):
    """`feed.xml`, `atom.xml` and `feed.json`: the newest stories of the site, or of a part of it.

    `url` is the page that the feed belongs to, `feed_url` the feed's own address, `root` scheme
    and host without a slash at the end, `hub` a WebSub hub, `stylesheet` that in which browsers
    show the feed where it is XML.
    """

    title: str
    url: str
    feed_url: str
    root: str
    lang: str
    description: str
    publisher: FeedAuthor
    hub: str | None
    entries: tuple[FeedEntry, ...]
    stylesheet: str | None = None

    @property
    def updated(self) -> str | None:
        """When its newest story came or its last one changed; None without stories."""
        moments = (max(entry.published, entry.updated, key=_instant) for entry in self.entries)
        return max(moments, key=_instant, default=None)


def _instant(moment: str) -> datetime:
    return datetime.fromisoformat(moment)
