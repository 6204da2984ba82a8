"""Outputs that no theme touches: what serialises them, by the name that pages carry.

Text is checked for what XML cannot hold before it goes in; every address is absolute,
since readers ignore `xml:base`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ssg.pages.atom import atom
from ssg.pages.host_text import headers, key, redirects, robots, tdmrep, web_manifest
from ssg.pages.json_feed import json_feed
from ssg.pages.rss import rss
from ssg.pages.sitemap_text import news_sitemap, sitemap, sitemap_index

#: What serialises each.
SERIALISERS: Mapping[str, Callable[[Any], str]] = {
    "feed.xml": rss,
    "atom.xml": atom,
    "feed.json": json_feed,
    "sitemap-index.xml": sitemap_index,
    "sitemap.xml": sitemap,
    "news-sitemap.xml": news_sitemap,
    "robots.txt": robots,
    "tdmrep.json": tdmrep,
    "key.txt": key,
    "manifest.webmanifest": web_manifest,
    "_redirects": redirects,
    "_headers": headers,
}
