"""Files that hosts and crawlers read, as text: robots.txt, `_headers`, `_redirects` and others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

_MOVED: Final = frozenset({301, 302, 303, 307, 308})


class RobotsView(Struct, frozen=True):
    """`/robots.txt`: which crawlers are kept out of `home` and below; where the sitemaps are."""

    sitemaps: tuple[str, ...]
    shut_out: tuple[str, ...] = ()
    home: str = "/"


class TdmView(Struct, frozen=True):
    """`/.well-known/tdmrep.json`: that text and data mining is reserved, and on which terms."""

    location: str
    policy: str | None


class KeyView(Struct, frozen=True):
    """The key that a search engine finds at its own address (IndexNow)."""

    key: str


class RedirectRule(Struct, frozen=True, order=True):
    """A path of the host, the path that is sent instead, and the status (301, 410 …)."""

    source: str
    target: str
    status: int


class RedirectsView(Struct, frozen=True):
    """`/_redirects`: what hosts answer at former addresses; the first line that fits counts."""

    rules: tuple[RedirectRule, ...]


class HeaderRule(Struct, frozen=True):
    """The headers that go with every path of a pattern, each a name and a value."""

    pattern: str
    headers: tuple[tuple[str, str], ...]


class HeadersView(Struct, frozen=True):
    """`/_headers`: what hosts send along."""

    rules: tuple[HeaderRule, ...]


class AppIcon(Struct, frozen=True):
    """A picture of the site for home screens; `sizes` such as `512x512`, or `any`."""

    src: str
    sizes: str
    type: str


class WebManifestView(Struct, frozen=True):
    """`/manifest.webmanifest` (W3C, "Web Application Manifest")."""

    name: str
    lang: str
    dir: str
    start_url: str
    description: str | None
    icons: tuple[AppIcon, ...]


def robots(view: RobotsView) -> str:
    """RFC 9309: a group for those who are kept out, one for everybody else, and the sitemaps."""
    return "\n".join((*_robots(view), ""))


def _robots(view: RobotsView) -> Iterator[str]:
    if view.shut_out:
        yield from (f"User-agent: {name}" for name in view.shut_out)
        yield from (f"Disallow: {view.home}", "")
    yield from ("User-agent: *", "Allow: /", "")
    yield from (f"Sitemap: {url}" for url in view.sitemaps)


def tdmrep(view: TdmView) -> str:
    """TDM Reservation Protocol (W3C community group report), § 4.1."""
    entry: dict[str, object] = {"location": view.location, "tdm-reservation": 1}
    if view.policy:
        entry["tdm-policy"] = view.policy
    return json.dumps([entry], ensure_ascii=False, indent=1) + "\n"


def key(view: KeyView) -> str:
    """The key alone."""
    return view.key


def redirects(view: RedirectsView) -> str:
    """A line `from to status` for each: the form that Netlify, Cloudflare Pages and others read.

    A `!` lets a rule win over the file at its address, where redirecting is not all it does.
    """
    lines = (
        f"{rule.source} {rule.target} {rule.status}{'' if rule.status in _MOVED else '!'}\n"
        for rule in view.rules
    )
    return "".join(lines)


def headers(view: HeadersView) -> str:
    """A pattern on a line, its headers indented below: the form that the same hosts read."""
    blocks = (
        "\n".join((rule.pattern, *(f"  {name}: {value}" for name, value in rule.headers), ""))
        for rule in view.rules
    )
    return "\n".join(blocks)


def web_manifest(view: WebManifestView) -> str:
    """JSON, in the order of the specification."""
    found: dict[str, object] = {
        "name": view.name,
        "short_name": view.name,
        "description": view.description,
        "lang": view.lang,
        "dir": view.dir,
        "id": view.start_url,
        "start_url": view.start_url,
        "scope": view.start_url,
        "display": "browser",
        "icons": [
            {"src": icon.src, "sizes": icon.sizes, "type": icon.type, "purpose": "any"}
            for icon in view.icons
        ],
    }
    said = {name: value for name, value in found.items() if value is not None}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
