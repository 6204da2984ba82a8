"""What the site holds when raw texts come in: authors, sources, and the articles by origin.

Read once for a run in which there is something to do, and added to as the run makes more.
Articles of an archive are many, so of each only the lines that matter here are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ssg.frontmatter import Document, parse
from ssg.ingest.compose import Composed, Draft, Known, Registry

ARTICLES: Final = "content/articles"

_FOLDER = re.compile(r"\d{4}/\d{2}")
_INGEST = re.compile(r"^[\"']?ingest\b", re.MULTILINE)
_SLUG = re.compile(r"^[\"']?slug\b", re.MULTILINE)
# The lines as ingest writes them; what a person has written otherwise is parsed.
_ID = re.compile(r"^id: ([A-Za-z][A-Za-z0-9:,./_-]*)$", re.MULTILINE)
_ORIGIN = re.compile(
    r"^ingest:\n  raw: ([A-Za-z][A-Za-z0-9._-]*\.txt)\n  digest: ([0-9a-f]*[a-f][0-9a-f]*)$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Holding:
    """A document, and the raw text it was made of, as its front matter says."""

    path: str
    id: str
    raw: str = ""
    digest: str = ""


@dataclass(slots=True)
class Holdings:
    """What is there now. `taken` has the slugs of each month's folder.

    `articles` and `authors` have what raw texts became, by the name of the raw text.
    """

    registry: Registry = field(default_factory=Registry)
    by_id: dict[str, Holding] = field(default_factory=dict)
    by_digest: dict[str, Holding] = field(default_factory=dict)
    articles: dict[str, Holding] = field(default_factory=dict)
    authors: dict[str, Holding] = field(default_factory=dict)
    taken: dict[str, set[str]] = field(default_factory=dict)

    def slugs_in(self, year: int, month: int) -> set[str]:
        return self.taken.get(f"{year:04}/{month:02}", set())

    def add(self, composed: Composed) -> None:
        """Counts in what was just written."""
        self.registry = Registry(
            (*self.registry.authors, *map(_known, composed.authors)),
            (*self.registry.sources, *map(_known, composed.sources)),
        )
        if (article := composed.article) is not None:
            self.take(article.path, article.slug)
            self.hold(_holding(article.path, article.values))
        for draft in composed.authors:
            self.hold(_holding(draft.path, draft.values))

    def hold(self, holding: Holding) -> None:
        """Files a document under the raw text it came from; the first keeps the place."""
        if holding.path.startswith(f"{ARTICLES}/"):
            self.by_id.setdefault(holding.id, holding)
            self.by_digest.setdefault(holding.digest, holding)
            self.articles.setdefault(holding.raw, holding)
        else:
            self.authors.setdefault(holding.raw, holding)

    def take(self, path: str, slug: str | None = None) -> None:
        """Marks the name of an article's file, and the slug it may state, as taken."""
        folder, _, name = path.removeprefix(f"{ARTICLES}/").rpartition("/")
        names = {name.removesuffix(".md"), slug or ""} - {""}
        self.taken.setdefault(folder, set()).update(map(str.casefold, names))


def holdings_of(site: Path) -> Holdings:
    """What lies in a site's `content/`. What cannot be read there is the build's to report."""
    holdings = Holdings()
    for path in article_paths(site):
        _count_article(holdings, path, _text(site / path))
    authors, sources = (
        tuple(
            _person_or_source(holdings, path, _text(site / path)) for path in _listed(site, folder)
        )
        for folder in ("content/authors", "content/sources")
    )
    holdings.registry = Registry(authors, sources)
    return holdings


def author_paths(site: Path) -> Iterator[str]:
    """The files of all authors, by their paths in the site."""
    yield from _listed(site, "content/authors")


def article_paths(site: Path) -> Iterator[str]:
    """The files of all articles, by their paths in the site."""
    for year in _names(site / ARTICLES):
        for month in _names(site / ARTICLES / year):
            if _FOLDER.fullmatch(f"{year}/{month}"):
                yield from _listed(site, f"{ARTICLES}/{year}/{month}")


def _listed(site: Path, folder: str) -> Iterator[str]:
    for name in _names(site / folder):
        if name.endswith(".md") and not name.startswith("."):
            yield f"{folder}/{name}"


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
    except OSError:
        return ""


def _count_article(holdings: Holdings, path: str, text: str) -> None:
    head = text.partition("\n---")[0]
    stated, name, origin = _SLUG.search(head), _ID.search(head), _ORIGIN.search(head)
    if not stated and not _INGEST.search(head):
        holdings.take(path)
        if name:
            holdings.by_id.setdefault(name[1], Holding(path, name[1]))
        return
    plain = Holding(path, name[1], origin[1], origin[2]) if name and origin else None
    document = parse(path, text) if stated or plain is None else None
    values = document.values if isinstance(document, Document) else {}
    holdings.take(path, str(values.get("slug") or ""))
    holding = plain or _holding(path, values)
    if holding.raw:
        holdings.hold(holding)


def _person_or_source(holdings: Holdings, path: str, text: str) -> Known:
    """Who a file is about; one that cannot be read still has its name taken."""
    slug = path.rpartition("/")[2].removesuffix(".md")
    document = parse(path, text)
    values = document.values if isinstance(document, Document) else {}
    holding = _holding(path, values)
    if holding.raw and path.startswith("content/authors/"):
        holdings.hold(holding)
    aliases = values.get("aliases") or []
    listed = [*(aliases if isinstance(aliases, list) else [aliases])]
    if other := values.get("display_as"):
        listed.append(other)
    return Known(slug, str(values.get("name") or slug.replace("-", " ")), tuple(map(str, listed)))


def _holding(path: str, values: Mapping[str, Any]) -> Holding:
    """What front matter says of a document's origin, in whatever state it is."""
    ingest = values.get("ingest")
    origin = ingest if isinstance(ingest, Mapping) else {}
    raw, digest = origin.get("raw") or "", origin.get("digest") or ""
    return Holding(path, str(values.get("id") or ""), str(raw), str(digest))


def _known(draft: Draft) -> Known:
    return Known(draft.slug, str(draft.values["name"]))
