"""Links: addresses of this site that it does not have, and places that a page does not have.

Everything that would be published is looked at, feeds and sitemaps as well; what leads nowhere
is then told where somebody wrote it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from ssg.check.material import Link, Outputs
from ssg.check.places import place_written
from ssg.faults import Fault, nearest
from ssg.pages.addresses import output_path

#: More hints than this nobody reads, and each is a look at every address.
_MOST_HINTS: Final = 50
#: Places that every page has.
_EVERYWHERE: Final = frozenset({"", "top"})


class Trouble(NamedTuple):
    """What is wrong with an address."""

    code: str
    message: str
    hint: str | None


@dataclass(slots=True)
class _Way:
    """Finds out where addresses of one site lead, each once."""

    outputs: Outputs
    seen: dict[str, Trouble | None] = field(default_factory=dict)
    by_case: dict[str, str] = field(default_factory=dict)
    hints: int = 0

    def trouble(self, url: str) -> Trouble | None:
        """What is wrong with an address that begins with the base path, if anything is."""
        if url not in self.seen:
            self.seen[url] = self._trouble(url, set())
        return self.seen[url]

    def _trouble(self, url: str, passed: set[str]) -> Trouble | None:
        path, _, fragment = url.partition("#")
        place = unquote(path.partition("?")[0]).removeprefix(self.outputs.base_path)
        place = unicodedata.normalize("NFC", place)
        file = output_path(place)
        facts = self.outputs.files.get(file)
        if facts is None:
            if self.outputs.redirected.fullmatch(f"/{place}"):
                return None
            return Trouble("E901", f"this site has no /{place}", self._meant(file))
        if facts.leads and file not in passed:
            onward = inside(self.outputs, facts.leads, path)
            return self._trouble(f"{onward}#{fragment}", passed | {file}) if onward else None
        name = unquote(fragment)
        if name in _EVERYWHERE or name.startswith(":~:") or not file.endswith(".html"):
            return None
        if name in facts.ids or fragment in facts.ids:
            return None
        near = nearest(name, facts.ids)
        hint = f'did you mean "#{near}"?' if near else None
        return Trouble("W901", f"/{place} has no place #{name}", hint)

    def _meant(self, file: str) -> str | None:
        """The address that was meant, also where only its letters' case is another."""
        if not self.by_case:
            self.by_case = {path.casefold(): path for path in self.outputs.files}
        near = self.by_case.get(file.casefold())
        if near is None and self.hints < _MOST_HINTS:
            self.hints += 1
            near = nearest(file, self.outputs.files)
        if near is None:
            return None
        return f'did you mean "/{near.removesuffix("index.html")}"?'


def inside(outputs: Outputs, link: str, page: str) -> str | None:
    """The address in this site that a link on a page (by its URL) leads to; None: elsewhere."""
    if link.startswith(outputs.base_url):
        return outputs.base_path + link[len(outputs.base_url) :]
    if link.startswith("/") and not link.startswith("//"):
        return link if link.startswith(outputs.base_path) else None
    if link == outputs.base_url.removesuffix("/"):
        return outputs.base_path
    try:
        parts = urlsplit(link)
        return None if parts.scheme or parts.netloc else urljoin(page, link)
    except ValueError:  # such as http://[
        return None


def broken(
    outputs: Outputs | None, links: Iterable[Link], texts: Mapping[str, str]
) -> Iterator[Fault]:
    """Every address of this site that leads nowhere, where it was written, else where it stands.

    `texts` are what people write, by path.
    """
    if outputs is None:
        return
    way = _Way(outputs)
    told: set[str] = set()
    for link in links:
        if url := inside(outputs, link.url, outputs.base_path):
            told.add(url)
            if trouble := way.trouble(url):
                yield Fault(trouble.code, trouble.message, link.place, trouble.hint)
    for url, pages in _on_pages(outputs, way).items():
        if url not in told and (trouble := way.trouble(url)):
            place = place_written(_forms(url, outputs), pages, outputs, texts)
            yield Fault(trouble.code, f"{trouble.message} ({_on(pages)})", place, trouble.hint)


def _forms(url: str, outputs: Outputs) -> list[str]:
    """How an address of this site may have been written."""
    _, sign, fragment = url.partition("#")
    written = "/" + url.removeprefix(outputs.base_path)
    return [written, f"#{fragment}"] if sign else [written]


def _on(pages: list[str]) -> str:
    first = f"on /{pages[0].removesuffix('index.html')}"
    more = len(pages) - 1
    return f"{first} and {more} more page{'' if more == 1 else 's'}" if more else first


def _on_pages(outputs: Outputs, way: _Way) -> dict[str, list[str]]:
    """The addresses that lead nowhere, each with the files that name it."""
    found: dict[str, list[str]] = {}
    good: set[str] = set()
    for path, facts in outputs.files.items():
        page = outputs.base_path + path.removesuffix("index.html")
        for link in facts.links:
            if link in good:
                continue
            url = inside(outputs, link, page)
            if url is not None and way.trouble(url):
                found.setdefault(url, []).append(path)
            elif link.startswith("/") or "://" in link:  # the same from every page
                good.add(link)
    return found
