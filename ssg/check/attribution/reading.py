"""Texts and addresses as all readers of forms take them, whoever wrote them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import unquote, urljoin

_AFTER_PATH: Final = re.compile(r"[?#]")
_ARTICLE: Final = re.compile(r"\d{4}/\d\d/[^/]+/index\.html")
_AUTHOR: Final = re.compile(r"authors/[^/]+/index\.html")
_COMMONS: Final = re.compile(r"cc[ -](by(?:-nc)?(?:-sa|-nd)?)[ -](\d\.\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Paper:
    """The site as its configuration states it: its address, and who publishes it."""

    base_url: str
    publisher: str

    @cached_property
    def _base(self) -> str:
        return self.base_url.rstrip("/") + "/"

    def url(self, path: str) -> str:
        """The address of an output."""
        return self._base + path.removesuffix("index.html")

    def path(self, url: str) -> str | None:
        """The output that a web server sends for an address of ours; None: it leads elsewhere."""
        bare = _AFTER_PATH.split(url, maxsplit=1)[0]
        if not f"{bare}/".startswith(self._base):
            return None
        path = unquote(bare[len(self._base) :])
        return f"{path}index.html" if not path or path.endswith("/") else path

    def absolute(self, page: str, href: str) -> str:
        """The whole address of what a page names; of our own as a reader sees it, unescaped."""
        bare = href.strip()
        whole = bare if bare.startswith(self._base) else urljoin(page, bare)
        return unquote(whole) if whole.startswith(self._base) else whole


def is_article(path: str) -> bool:
    """Whether an output lies where articles do."""
    return _ARTICLE.fullmatch(path) is not None


def is_profile(path: str) -> bool:
    """Whether an output lies where the pages of authors do; older pages of lists lie deeper."""
    return _AUTHOR.fullmatch(path) is not None


def plain(text: object) -> str:
    """A text on one line, as readers take it; nothing for what is no text."""
    return " ".join(text.split()) if isinstance(text, str) else ""


def licence(value: object) -> str:
    """A licence by its address where one is known, else by its name."""
    if isinstance(value, dict):
        return licence(value.get("url") or value.get("name"))
    text = plain(value)
    if known := _COMMONS.fullmatch(text):
        return f"https://creativecommons.org/licenses/{known[1].lower()}/{known[2]}/"
    return text


def listed(value: Any) -> list[Any]:
    """JSON-LD and JSON write one value without its list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
