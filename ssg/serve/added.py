"""What the preview adds to a page when it sends it: never to a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Final

from ssg.build.manifest import Banner
from ssg.model import HeldFor
from ssg.serve.shown import Version

#: Where the script lies that keeps an open page up to date.
SCRIPT: Final = "/_ssg/live.js"

#: The page for an address that has none, on a site that has no page for this.
NOTHING_HERE: Final = b"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Nothing is at this address</title>
</head>
<body style="font: 100%/1.5 system-ui, sans-serif; margin: 2rem auto; padding: 0 1rem;
max-inline-size: 40rem">
<h1>Nothing is at this address</h1>
<p>The preview shows this page because the site has none of its own. It changes by itself as
soon as there is something.</p>
</body>
</html>
"""

_BODY_STARTS: Final = re.compile(rb"""<body\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_HEAD_ENDS: Final = re.compile(rb"</head\s*>", re.IGNORECASE)
_BODY_ENDS: Final = re.compile(rb"</body\s*>", re.IGNORECASE)

# Nothing of a theme's applies to it, and colours that suit a dark page as well as a light one.
_BANNER_STYLE: Final = (
    "all: initial; display: block; box-sizing: border-box; inline-size: 100%; "
    "padding: .6em 1em; border-block-end: 1px solid #000; background: #ffd54f; color: #000; "
    "font: 600 16px/1.4 system-ui, sans-serif; overflow-wrap: anywhere; direction: ltr"
)

_HELD: Final[Mapping[HeldFor, tuple[str, str]]] = {
    "draft": ("Draft: readers do not see this page.", ""),
    "embargo": (
        "Held back: readers do not see this page yet.",
        "Held until {until}: readers do not see this page before.",
    ),
    "expired": (
        "Expired: readers do not see this page any more.",
        "Expired since {until}: readers do not see this page any more.",
    ),
}


def with_live(html: bytes, output: str, version: Version, banner: Banner | None) -> bytes:
    """A page with the script that keeps it up to date, and a banner where readers see none."""
    tag = (
        f'<script src="{SCRIPT}" defer data-output="{escape(output)}" '
        f'data-version="{version}"></script>\n'
    )
    at = _last(_BODY_ENDS, html)
    page = html[:at] + tag.encode() + html[at:]
    return page if banner is None else _with_banner(page, banner)


def banner_text(banner: Banner) -> str:
    """Why readers do not see a page, and until when."""
    plain, timed = _HELD[banner.reason]
    return timed.format(until=_minute(banner.until)) if banner.until and timed else plain


def _with_banner(page: bytes, banner: Banner) -> bytes:
    text = escape(banner_text(banner))
    element = f'<div role="note" lang="en" id="ssg-held" style="{_BANNER_STYLE}">{text}</div>\n'
    head = _HEAD_ENDS.search(page)
    body = _BODY_STARTS.search(page, head.end() if head else 0)
    at = body.end() if body else _last(_BODY_ENDS, page)
    return page[:at] + element.encode() + page[at:]


def _last(pattern: re.Pattern[bytes], html: bytes) -> int:
    """Where the last match begins, else the end of the page."""
    starts = [match.start() for match in pattern.finditer(html)]
    return starts[-1] if starts else len(html)


def _minute(until: str) -> str:
    try:
        return f"{datetime.fromisoformat(until):%Y-%m-%d %H:%M}"
    except ValueError:
        return until
