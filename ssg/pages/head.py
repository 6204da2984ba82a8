"""The head block: what a page tells machines about itself, written by our code.

A theme prints it and adds its stylesheets; so no theme can lose a canonical address or
credit the wrong author. Names follow the Open Graph protocol (ogp.me): `article:author`
is a list of profile addresses, not of names.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final, Literal

from msgspec import Struct

from ssg.model import Byline, Html, Indexing, Picture, Site
from ssg.pages.addresses import Addresses

# What X shows of a picture's description, in characters (X, "Cards markup").
_LONGEST_ALT: Final = 420
_FEEDS: Final = (
    ("feed.xml", "application/rss+xml"),
    ("atom.xml", "application/atom+xml"),
    ("feed.json", "application/feed+json"),
)


class Story(Struct, frozen=True, kw_only=True):
    """What the head of an article says beyond that of any page; times in ISO 8601."""

    published: str
    updated: str | None
    bylines: tuple[Byline, ...]
    section: str | None
    tags: tuple[str, ...]


class Head(Struct, frozen=True, kw_only=True):
    """What a page is called and where it lives; URLs as `Addresses.url` makes them.

    `indexed` is False for pages that are no place to arrive at: former addresses, the page of
    the lost. `indexing` is what the sources of a story allow search engines. `has_feeds`: whether
    feeds of its own lie beside the page.
    """

    title: str
    site_title: str
    url: str
    canonical: str | None = None
    description: str | None = None
    feed: str | None = None
    has_feeds: bool = False
    picture: Picture | None = None
    story: Story | None = None
    lang: str | None = None
    type: Literal["website", "article", "profile"] = "website"
    indexed: bool = True
    indexing: Indexing = "index"
    refresh: str | None = None


def head_block(head: Head, site: Site, at: Addresses, data: str | None = None) -> Html:
    """The lines between `<head>` and `</head>` that are ours, each on its own line.

    `data` is the page's JSON-LD in its `<script>`.
    """
    lines = (*_lines(head, at), *_of_site(site, at))
    return Html("\n".join((*lines, data) if data else lines))


def _lines(head: Head, at: Addresses) -> Iterator[str]:
    full = head.title if head.title == head.site_title else f"{head.title} – {head.site_title}"
    canonical = head.canonical or at.absolute(head.url)
    yield f"<title>{escape(full, quote=False)}</title>"
    if head.description:
        yield _meta("name", "description", head.description)
    yield from _robots(head)
    if head.refresh:
        yield f'<meta http-equiv="refresh" content="0; url={escape(head.refresh)}">'
    if head.indexed or head.refresh:
        yield f'<link rel="canonical" href="{escape(canonical)}">'
    if head.has_feeds:
        for name, type_ in _FEEDS:
            yield (
                f'<link rel="alternate" type="{type_}"'
                f' title="{escape(full)}" href="{escape(head.url)}{name}">'
            )
    if head.feed:
        yield (
            '<link rel="alternate" type="application/rss+xml"'
            f' title="{escape(head.site_title)}" href="{escape(head.feed)}">'
        )
    if head.indexed:
        yield from _open_graph(head, at)
    if head.story:
        yield from _article(head.story, at)


def _of_site(site: Site, at: Addresses) -> Iterator[str]:
    """What every page says: the site's icon, and that text and data mining is reserved (TDM
    Reservation Protocol, § 4.3).
    """
    if site.manifest:
        yield f'<link rel="manifest" href="{escape(site.manifest)}">'
    if site.icon and site.icon.endswith(".png"):
        yield f'<link rel="apple-touch-icon" href="{escape(site.icon)}">'
    if site.tdm_reserved:
        yield _meta("name", "tdm-reservation", "1")
    if site.tdm_reserved and site.tdm_policy:
        yield _meta("name", "tdm-policy", at.absolute(site.tdm_policy))


def _robots(head: Head) -> Iterator[str]:
    """What search engines may do. `Googlebot-News` is for copies of a partner's story, which are
    found but are no news here (Google News publisher help, "Duplicate content").
    """
    hidden = not head.indexed or head.indexing == "noindex"
    yield _meta("name", "robots", "noindex" if hidden else "max-image-preview:large")
    if head.indexing == "noindex-news":
        yield _meta("name", "Googlebot-News", "noindex")


def _open_graph(head: Head, at: Addresses) -> Iterator[str]:
    """What a card shows of this page. Its address is always its own, also of a copy of a story
    that stands elsewhere first: who shares it shares these words and this picture.
    """
    yield _meta("property", "og:title", head.title)
    yield _meta("property", "og:type", head.type)
    yield _meta("property", "og:url", at.absolute(head.url))
    yield _meta("property", "og:site_name", head.site_title)
    if locale := locale_of(head.lang or ""):
        yield _meta("property", "og:locale", locale)
    if head.description:
        yield _meta("property", "og:description", head.description)
    # X takes from Open Graph what is not said to it.
    yield _meta("name", "twitter:card", "summary_large_image" if head.picture else "summary")
    if head.picture:
        yield from _picture(head.picture, at)


def locale_of(lang: str) -> str | None:
    """A language with its country as Open Graph wants it, `en_GB`; None where none is named."""
    language, *rest = lang.split("-")
    for part in rest:
        if len(part) == 1:
            break
        if len(part) == 2 and part.isalpha():  # noqa: PLR2004 - ISO 3166-1 alpha-2
            return f"{language.lower()}_{part.upper()}"
    return None


def _picture(picture: Picture, at: Addresses) -> Iterator[str]:
    yield _meta("property", "og:image", at.absolute(picture.url))
    if picture.width and picture.height:
        yield _meta("property", "og:image:width", str(picture.width))
        yield _meta("property", "og:image:height", str(picture.height))
    if picture.alt:
        yield _meta("property", "og:image:alt", picture.alt)
        yield _meta("name", "twitter:image:alt", picture.alt[:_LONGEST_ALT])


def _article(story: Story, at: Addresses) -> Iterator[str]:
    yield _meta("property", "article:published_time", story.published)
    if story.updated:
        yield _meta("property", "article:modified_time", story.updated)
    # Who has two parts in a story is still one author.
    for name, url in dict.fromkeys((byline.name, byline.url) for byline in story.bylines):
        yield _meta("property", "article:author", at.absolute(url))
        yield _meta("name", "author", name)
        yield f'<link rel="author" href="{escape(at.absolute(url))}">'
    if story.section:
        yield _meta("property", "article:section", story.section)
    for tag in story.tags:
        yield _meta("property", "article:tag", tag)


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">'
