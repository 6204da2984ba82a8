"""The site as the preview shows it: what is at an address, and which version of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from ssg.build.manifest import Banner
from ssg.serve.added import NOTHING_HERE, with_live
from ssg.serve.answers import is_html
from ssg.serve.board import Board
from ssg.serve.files import Found, find_file, found_bytes, mark_of, safe_path
from ssg.serve.shown import Version, version_of

_NOT_FOUND: Final = "404.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it is sent; `is_missing`: it is the one for an address that has none."""

    html: bytes
    version: Version
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Site:
    """An output folder under a base path, as it is on disk and as the board knows better."""

    folder: Path
    base_path: str
    board: Board
    held: Callable[[], Mapping[str, Banner]]

    def below(self, path: str) -> str | None:
        """A decoded path of a URL, from the base path; None: it is not below that."""
        base = unquote(self.base_path)
        return path.removeprefix(base) if path.startswith(base) else None

    def find(self, output: str) -> Found | None:
        """An output, from memory where its file is still to come."""
        early = self.board.early(output)
        return find_file(self.folder, output) if early is None else found_bytes(early)

    def has(self, output: str) -> bool:
        """Whether there is such an output."""
        found = self.find(output)
        if found:
            found.handle.close()
        return found is not None

    def page(self, output: str) -> Shown:
        """The page of an output, or the site's own for what is not there."""
        html = self._read(output) if is_html(output) else None
        is_missing = html is None
        if html is None:
            html = self._read(_NOT_FOUND) or NOTHING_HERE
        banner = None if is_missing else self.held().get(output)
        held = (banner.reason, banner.until) if banner else None
        version = version_of(html, self._mark_from(output), (is_missing, held))
        return Shown(with_live(html, output, version, banner), version, is_missing)

    def _read(self, output: str) -> bytes | None:
        found = self.find(output)
        if found is None:
            return None
        with found.handle as handle:
            return handle.read()

    def _mark_from(self, output: str) -> Callable[[str], str]:
        """Marks of what the page of an output refers to."""
        page_url = self.base_path + quote(output)

        def mark(reference: str) -> str:
            try:
                target = self._output_at(urljoin(page_url, reference))
            except ValueError:  # no URL: the browser shows nothing there either
                return ""
            return self._mark(target) if target else ""

        return mark

    def _output_at(self, url: str) -> str | None:
        parts = urlsplit(url)
        if parts.scheme or parts.netloc:
            return None
        path = self.below(unquote(parts.path))
        return safe_path(path) if path is not None else None

    def _mark(self, output: str) -> str:
        early = self.board.early(output)
        if early is not None:
            return found_bytes(early).mark
        return mark_of(self.folder, output) or ""


def wanted_output(path: str) -> str:
    """The page that an address below the base path stands for, whether or not it is there."""
    folder, _, name = path.rpartition("/")
    if not name:
        return f"{path}index.html"
    if is_html(name):
        return path
    return f"{folder}/{name}/index.html" if folder else f"{name}/index.html"
