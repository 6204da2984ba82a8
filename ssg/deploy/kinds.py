"""Kinds of file, told by the path: in which order they are sent, and which may stay a while.

Where a host cannot switch from one release to the next at once, the order is what keeps readers
whole: what pages name is there before the pages, pages before the lists that lead to them, and
what calls machines to the site comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import basename
from typing import Final, Literal, get_args

Kind = Literal["asset", "page", "list", "feed"]

#: The order in which files are sent.
ORDER: Final[tuple[Kind, ...]] = get_args(Kind)

_FINGERPRINTED: Final = "assets/"
_FEED = re.compile(r"(feed|atom|rss|[a-z0-9-]*sitemap[a-z0-9-]*)\.(xml|json)|robots\.txt")
_FEED_FOLDERS: Final = ("sitemaps/",)
_LISTS: Final = ("authors/", "sources/", "sections/", "tags/", "series/", "corrections/")
_ARCHIVE = re.compile(r"\d{4}/(\d{2}/)?(page/\d+/)?index\.html")
_PAGED = re.compile(r"(.*/)?page/\d+/index\.html")
_STORY = re.compile(r"\d{4}/\d{2}/(?!page/)[^/]+/index\.html")


def kind_of(path: str) -> Kind:
    """What an output is to readers, by its place in the site (`docs/reference/urls.md`)."""
    if _FEED.fullmatch(basename(path)) or path.startswith(_FEED_FOLDERS):
        return "feed"
    if not path.endswith((".html", ".htm")):
        return "asset"
    is_list = path == "index.html" or path.startswith(_LISTS)
    return "list" if is_list or _ARCHIVE.fullmatch(path) or _PAGED.fullmatch(path) else "page"


def is_fingerprinted(path: str) -> bool:
    """Whether its name changes with its bytes: it may be cached for ever, and is dropped late."""
    return path.startswith(_FINGERPRINTED)


def is_story(path: str) -> bool:
    """Whether it is the page of an article."""
    return _STORY.fullmatch(path) is not None


def is_page(path: str) -> bool:
    """Whether it is a page that readers see."""
    return path.endswith((".html", ".htm"))


def in_order(paths: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The paths of each kind, in the order in which kinds are sent; kinds without any left out."""
    found: dict[Kind, list[str]] = {kind: [] for kind in ORDER}
    for path in sorted(paths):
        found[kind_of(path)].append(path)
    return tuple(tuple(group) for group in found.values() if group)
