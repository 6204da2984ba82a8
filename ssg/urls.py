"""What a URL may be, wherever one enters: from content, configuration or a raw text.

Allowed are http, https and mailto, paths of the site (`/about/`), paths relative to a
document (`../media/pier.jpg`) and fragments (`#notes`). Everything else, such as
`javascript:`, `data:` and protocol-relative `//host/`, is refused.
"""

from __future__ import annotations

import re
from typing import Literal

UrlKind = Literal["web", "mail", "site", "relative", "fragment", "refused"]

# Browsers drop tabs and line ends inside a URL and skip leading controls and blanks
# (WHATWG URL, "basic URL parser", steps 1 to 3), so `java\tscript:` is a scheme to them.
_IGNORED = re.compile(r"[\x00-\x20\x7f]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_HOST = re.compile(r"//[^/?#]")

# A backslash before these is a slash to browsers, and parts folders on Windows.
_AFTER_PATH = re.compile(r"[?#]")


def url_kind(url: str) -> UrlKind:
    """How a browser would take `url`."""
    bare = _IGNORED.sub("", url)
    if bare != url.strip() and _SCHEME.match(bare):
        return "refused"
    if "\\" in _AFTER_PATH.split(bare, maxsplit=1)[0]:
        return "refused"
    if match := _SCHEME.match(bare):
        return _by_scheme(match.group().lower(), bare[match.end() :])
    if bare.startswith("#"):
        return "fragment"
    if bare.startswith("//"):
        return "refused"
    return "site" if bare.startswith("/") else "relative"


def _by_scheme(scheme: str, rest: str) -> UrlKind:
    if scheme in {"http:", "https:"}:
        return "web" if _HOST.match(rest) else "refused"
    return "mail" if scheme == "mailto:" else "refused"


def is_safe(url: str) -> bool:
    """Whether `url` may stand in a page."""
    return url_kind(url) != "refused"


def is_web(url: str) -> bool:
    """Whether `url` is an absolute http or https address."""
    return url_kind(url) == "web"


def resolve(base: str, target: str) -> str | None:
    """The path that `target`, relative to the folder `base`, names; None when it leaves the root.

    Both are paths with `/` between their parts, without a leading one.
    """
    parts = [part for part in base.split("/") if part]
    for part in target.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)
