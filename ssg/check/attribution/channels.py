"""Feeds as wholes: their formats hold the same entries, and only those that belong there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ssg.check.attribution.reading import Paper
from ssg.check.attribution.said import Feed, Story
from ssg.faults import Fault, Place


def unequal_feeds(feeds: Sequence[Feed], folder: str) -> Iterator[Fault]:
    """The formats of a feed that hold other entries than those beside them, or in other order."""
    beside: dict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        if not feed.unread:
            beside[feed.path.rpartition("/")[0]].append(feed)
    for place in beside.values():
        held = [tuple((item.id, item.url) for item in feed.items) for feed in place]
        usual = max(held, key=held.count)
        for feed, entries in zip(place, held, strict=True):
            if entries != usual:
                yield _unequal(feed, {url for _, url in usual}, folder)


def _unequal(feed: Feed, usual: set[str], folder: str) -> Fault:
    missing = sorted(usual - {item.url for item in feed.items})
    why = f"leaves out {', '.join(missing)}" if missing else "holds other entries"
    message = f"the feed {why}, unlike the other formats beside it"
    return Fault("E814", message, Place(f"{folder}/{feed.path}"))


def strange_entries(
    feeds: Sequence[Feed], stories: Mapping[str, Story], paper: Paper, folder: str
) -> Iterator[Fault]:
    """Entries about pages that are not there; in the feed of an author or source, others' stories.
    `stories` are by their paths.
    """
    for feed in feeds:
        owner = paper.absolute(paper.url(f"{feed.path.rpartition('/')[0]}/index.html"), "")
        for item in feed.items:
            story = stories.get(paper.path(item.url) or "")
            if message := _strange(feed, owner, item.url, story):
                yield Fault("E814", message, Place(f"{folder}/{feed.path}"))


def _strange(feed: Feed, owner: str, url: str, story: Story | None) -> str | None:
    if story is None:
        return f"the feed tells of {url}, where no article is"
    if story.lapsed:
        return f"the feed tells of {url}, whose licence has ended"
    if feed.path.startswith("authors/") and owner not in {who.url for who in story.people}:
        return f"the feed of {owner} holds {url}, which credits others"
    if feed.path.startswith("sources/") and owner not in story.source_pages:
        return f"the feed of {owner} holds {url}, which does not rest on it"
    return None
