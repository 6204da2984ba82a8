"""Addresses: the URL scheme, in one place.

A *place* is a path below the site's root as scripts rely on it (`2026/03/slug/`); a URL is
that place after the base path, percent-encoded; an output path is the file that a web
server sends for it (`2026/03/slug/index.html`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

from ssg.content.references import MEDIA
from ssg.model import Article
from ssg.urls import is_web, resolve

# What `quote` would leave as it is (RFC 3986 § 2.3): nearly every place, at a tenth of its time.
_UNRESERVED = re.compile(r"[A-Za-z0-9/._~-]*")

TermKind = Literal["authors", "sources", "sections", "tags", "series"]


def article_place(article: Article) -> str:
    """`2026/03/slug/`: the path is the URL, a slug in front matter its last part."""
    return f"{article.year:04}/{article.month:02}/{article.slug}/"


def term_place(kind: TermKind, slug: str) -> str:
    """`authors/slug/` and its like."""
    return f"{kind}/{slug}/"


def month_place(year: int, month: int) -> str:
    """`2026/03/`."""
    return f"{year:04}/{month:02}/"


def older_place(place: str, number: int) -> str:
    """The place of an older page of the list at `place`, numbered from the oldest."""
    return f"{place}page/{number}/"


def alias_place(alias: str) -> str:
    """The place of a former address, which may be written percent-encoded."""
    path = resolve("", unquote(alias)) or resolve("", alias) or ""
    return f"{path}/" if alias.endswith("/") and path else path


def output_path(place: str) -> str:
    """The file that is sent for a place: of a folder, its index."""
    name = place.rpartition("/")[2]
    if not name:
        return f"{place}index.html"
    return place if "." in name else f"{place}/index.html"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Places to URLs, for one site: `base_path` and `base_url` end with a slash."""

    base_path: str
    base_url: str

    def url(self, place: str) -> str:
        """The URL as pages write it: with the base path, without the host."""
        plain = _UNRESERVED.fullmatch(place)
        return self.base_path + (place if plain else quote(place, safe="/-._~!$&'()*+,;=:@"))

    def absolute(self, url: str) -> str:
        """The whole address of a URL as pages write it; one that leads elsewhere is whole."""
        return self.base_url + url.removeprefix(self.base_path) if url.startswith("/") else url

    def site(self, url: str) -> str:
        """A URL as configuration and content write it: paths of the site get the base path."""
        return self.base_path + url.removeprefix("/") if url.startswith("/") else url

    def media(self, src: str) -> str:
        """The URL of a picture: a path in `content/media/`, or a web address as it is."""
        return src if is_web(src) else self.url(f"media/{src.removeprefix(MEDIA)}")
