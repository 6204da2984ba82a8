"""The types of outputs by their names, for whoever serves them or has them served."""

from __future__ import annotations

from mimetypes import MimeTypes
from posixpath import basename, splitext
from typing import Final

# Written down, because what a system has on record differs from one to the next.
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".xml": "application/xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
_FEEDS: Final = {
    "feed.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
}
_OTHERS: Final = MimeTypes()


def type_of(output: str) -> str:
    """The type of an output by its name."""
    name = basename(output)
    ending = splitext(name)[1].lower()
    known = _FEEDS.get(name) or _TYPES.get(ending)
    return known or _OTHERS.guess_type(f"x{ending}")[0] or "application/octet-stream"
