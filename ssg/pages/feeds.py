"""Which feeds there are: three formats each of the site, its sections, authors, sources and tags.

The site's and its sections' hold the full text, the others teasers, so that a new body touches
six feeds whatever the number of terms. All are bounded by `feed_size`; `feeds_of` says which
kinds of lists have them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from ssg.model import Article, Page
from ssg.pages.addresses import term_place
from ssg.pages.corrections import PLACE, Noted
from ssg.pages.edition import Edition
from ssg.pages.entries import correction_entry
from ssg.pages.feed_views import FeedAuthor, FeedEntry, FeedView
from ssg.pages.parts import is_retracted

#: The feed of a page lies beside it, once in each format: RSS, Atom, JSON Feed.
FORMATS: Final = ("feed.xml", "atom.xml", "feed.json")


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed is of: the place of its page, and what it is called."""

    place: str
    title: str
    description: str
    lang: str
    origin: str | None = None


def feeds_holding(articles: Collection[str], edition: Edition) -> Iterator[Page]:
    """The feeds that hold the full text of one of these articles (by path)."""
    library = edition.library
    full = [(partial(site_feeds, edition), library.articles)]
    if "sections" in edition.frame.feeds_of:
        full += [
            (partial(section_feeds, id_, edition), library.by_section[id_].articles)
            for id_ in library.sections
        ]
    for feeds, stories in full:
        newest = stories[: edition.feed_size]
        if any(item.path in articles and not is_retracted(item) for item in newest):
            yield from feeds()


def site_feeds(edition: Edition) -> Iterator[Page]:
    """`/feed.xml` and its like: the newest stories of all."""
    site = edition.frame.site
    about = site.description or site.tagline or site.title
    channel = Channel("", site.title, about, site.lang)
    yield from _story_feeds(channel, edition.library.articles, edition, full=True)


def section_feeds(id_: str, edition: Edition) -> Iterator[Page]:
    """The feeds of a section, with full texts."""
    section = edition.library.sections[id_]
    channel = Channel(
        term_place("sections", id_),
        _title(section.title, edition),
        section.description or section.title,
        section.lang,
        section.path,
    )
    stories = edition.library.by_section[id_].articles
    yield from _story_feeds(channel, stories, edition, full=True)


def list_feeds(edition: Edition) -> Iterator[Page]:
    """The feeds of sections, authors, sources and tags, as far as the site has them."""
    of = {
        "sections": _all_section_feeds,
        "authors": _author_feeds,
        "sources": _source_feeds,
        "tags": _tag_feeds,
    }
    for kind, feeds in of.items():
        if kind in edition.frame.feeds_of:
            yield from feeds(edition)


def _all_section_feeds(edition: Edition) -> Iterator[Page]:
    for id_ in edition.library.sections:
        yield from section_feeds(id_, edition)


def _author_feeds(edition: Edition) -> Iterator[Page]:
    library = edition.library
    for id_, term in library.by_author.items():
        origin = library.authors[id_].path
        channel = _channel(term_place("authors", term.slug), term.name, origin, edition)
        yield from _story_feeds(channel, term.articles, edition, full=False)


def _source_feeds(edition: Edition) -> Iterator[Page]:
    for id_, source in edition.library.sources.items():
        channel = _channel(term_place("sources", id_), source.name, source.path, edition)
        stories = edition.library.by_source[id_].articles
        yield from _story_feeds(channel, stories, edition, full=False)


def _tag_feeds(edition: Edition) -> Iterator[Page]:
    for term in edition.library.by_tag.values():
        channel = _channel(term_place("tags", term.slug), term.name, None, edition)
        yield from _story_feeds(channel, term.articles, edition, full=False)


def _channel(place: str, name: str, origin: str | None, edition: Edition) -> Channel:
    return Channel(place, _title(name, edition), name, edition.frame.site.lang, origin)


def _title(name: str, edition: Edition) -> str:
    return f"{name} – {edition.frame.site.title}"


def _story_feeds(
    channel: Channel, articles: Sequence[Article], edition: Edition, *, full: bool
) -> Iterator[Page]:
    newest = articles[: edition.feed_size]
    entries = partial(_entries, newest, edition, full=full)
    return _feeds(
        channel, entries, partial(_rests_on, channel, newest, edition, full=full), edition
    )


def _entries(articles: Sequence[Article], edition: Edition, *, full: bool) -> tuple[FeedEntry, ...]:
    return tuple(map(edition.full_entry if full else edition.entry, articles))


def _rests_on(
    channel: Channel, articles: Sequence[Article], edition: Edition, *, full: bool
) -> tuple[object, ...]:
    values: list[object] = [channel.title, channel.description, *_settings(edition)]
    for article in articles:
        values += (article, *edition.names(article))
        if full:
            values += edition.leads_to(article)
    return tuple(values)


def correction_feeds(noted: Sequence[Noted], edition: Edition) -> Iterator[Page]:
    """The feeds of `/corrections/`, where each correction is an entry."""
    if not noted:
        return
    title, newest = edition.frame.titles["corrections"], noted[: edition.feed_size]
    channel = _channel(PLACE, title, None, edition)
    rests_on = partial(_corrections_rest_on, newest, edition)
    yield from _feeds(channel, partial(_correction_entries, newest, edition), rests_on, edition)


def _correction_entries(noted: Sequence[Noted], edition: Edition) -> tuple[FeedEntry, ...]:
    frame, publisher = edition.frame, _publisher(edition)
    return tuple(correction_entry(article, at, publisher, frame) for article, at in noted)


def _corrections_rest_on(noted: Sequence[Noted], edition: Edition) -> tuple[object, ...]:
    return *_settings(edition), *(value for item in noted for value in item)


def _settings(edition: Edition) -> tuple[str, ...]:
    """What all feeds share, and no page beside them."""
    return edition.feed_hub or "", edition.frame.feed_style or ""


def _feeds(
    channel: Channel,
    entries: Callable[[], tuple[FeedEntry, ...]],
    rests_on: Callable[[], tuple[object, ...]],
    edition: Edition,
) -> Iterator[Page]:
    for name in FORMATS:
        view = partial(_view, channel, name, entries, edition)
        yield Page(channel.place + name, name, view, channel.origin, rests_on)


def _view(
    channel: Channel, name: str, entries: Callable[[], tuple[FeedEntry, ...]], edition: Edition
) -> FeedView:
    site, at = edition.frame.site, edition.frame.at
    return FeedView(
        title=channel.title,
        url=at.absolute(at.url(channel.place)),
        feed_url=at.absolute(at.url(channel.place + name)),
        root=site.url.removesuffix(site.home),
        lang=channel.lang,
        description=channel.description,
        publisher=_publisher(edition),
        hub=edition.feed_hub,
        entries=entries(),
        stylesheet=edition.frame.feed_style if name.endswith(".xml") else None,
    )


def _publisher(edition: Edition) -> FeedAuthor:
    organization = edition.frame.organization
    return FeedAuthor(organization.name, edition.frame.at.absolute(organization.url))
