"""The head block: what a page tells machines about itself, written by our code.

A theme prints it and adds its stylesheets; so no theme can lose a canonical address or
credit the wrong author. Names follow the Open Graph protocol (ogp.me): `article:author`
is a list of profile addresses, not of names.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from msgspec import Struct

from ssg.model import Byline, Html, Picture
from ssg.pages.addresses import Addresses


class Story(Struct, frozen=True, kw_only=True):
    """What the head of an article says beyond that of any page; times in ISO 8601."""

    published: str
    updated: str | None
    bylines: tuple[Byline, ...]
    section: str | None
    tags: tuple[str, ...]


class Head(Struct, frozen=True, kw_only=True):
    """What a page is called and where it lives; URLs as `Addresses.url` makes them."""

    title: str
    site_title: str
    url: str
    canonical: str | None = None
    description: str | None = None
    feed: str | None = None
    picture: Picture | None = None
    story: Story | None = None
    indexed: bool = True
    refresh: str | None = None


def head_block(head: Head, at: Addresses) -> Html:
    """The lines between `<head>` and `</head>` that are ours, each on its own line."""
    return Html("\n".join(_lines(head, at)))


def _lines(head: Head, at: Addresses) -> Iterator[str]:
    full = head.title if head.title == head.site_title else f"{head.title} – {head.site_title}"
    canonical = head.canonical or at.absolute(head.url)
    yield f"<title>{escape(full, quote=False)}</title>"
    if head.description:
        yield _meta("name", "description", head.description)
    yield _meta("name", "robots", "max-image-preview:large" if head.indexed else "noindex")
    if head.refresh:
        yield f'<meta http-equiv="refresh" content="0; url={escape(head.refresh)}">'
    if head.indexed or head.refresh:
        yield f'<link rel="canonical" href="{escape(canonical)}">'
    if head.feed:
        yield (
            '<link rel="alternate" type="application/rss+xml"'
            f' title="{escape(head.site_title)}" href="{escape(head.feed)}">'
        )
    if head.indexed:
        yield from _open_graph(head, canonical, at)
    if head.story:
        yield from _article(head.story, at)


def _open_graph(head: Head, canonical: str, at: Addresses) -> Iterator[str]:
    yield _meta("property", "og:title", head.title)
    yield _meta("property", "og:type", "article" if head.story else "website")
    yield _meta("property", "og:url", canonical)
    yield _meta("property", "og:site_name", head.site_title)
    if head.description:
        yield _meta("property", "og:description", head.description)
    if head.picture:
        yield _meta("property", "og:image", at.absolute(head.picture.url))
        if head.picture.alt:
            yield _meta("property", "og:image:alt", head.picture.alt)


def _article(story: Story, at: Addresses) -> Iterator[str]:
    yield _meta("property", "article:published_time", story.published)
    if story.updated:
        yield _meta("property", "article:modified_time", story.updated)
    # Who has two parts in a story is still one author.
    for name, url in dict.fromkeys((byline.name, byline.url) for byline in story.bylines):
        yield _meta("property", "article:author", at.absolute(url))
        yield _meta("name", "author", name)
    if story.section:
        yield _meta("property", "article:section", story.section)
    for tag in story.tags:
        yield _meta("property", "article:tag", tag)


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">'
