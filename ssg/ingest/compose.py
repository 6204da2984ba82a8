"""From a harvest to the documents that stand for it: an article, its authors, its sources.

Authors and sources that the site has are referred to, never written again: what this raw
text says of them is offered beside. The result says in plain values what was found, what
was guessed and what a person should look at.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from ssg.ingest.harvest import FoundAuthor, FoundSource, Harvest, Receipt
from ssg.ingest.names import identity, source_identity
from ssg.slugs import slugify, unique

Kind = Literal["article", "author", "source"]
Concern = Literal["found", "new", "known", "guessed", "missing", "unsure"]

_FOLDERS: Mapping[Kind, str] = {
    "article": "content/articles",
    "author": "content/authors",
    "source": "content/sources",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When an article is dated: `date` as front matter holds it, year and month of its path."""

    year: int
    month: int
    date: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class Known:
    """An author or a source that the site has."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    """All authors and sources that the site has."""

    authors: tuple[Known, ...] = ()
    sources: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A content file to be: where it goes, its front matter in order, its Markdown."""

    kind: Kind
    path: str
    slug: str
    values: Mapping[str, Any]
    body: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to tell the editor: about which field, and in which words."""

    concern: Concern
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Composed:
    """The documents to write. `offers` are drafts of authors and sources that exist already
    (under their own ids): never to be written over them, only to be shown or merged.
    """

    article: Draft | None
    authors: tuple[Draft, ...]
    sources: tuple[Draft, ...]
    offers: tuple[Draft, ...]
    guessed: tuple[str, ...]
    remarks: tuple[Remark, ...]


def moment_of(date: str) -> Moment:
    """The moment of a date that a text prints."""
    return Moment(int(date[:4]), int(date[5:7]), date, guessed=False)


def compose(  # noqa: PLR0913 - each is one fact that only the desk knows
    harvest: Harvest,
    *,
    raw_name: str,
    raw_digest: str,
    when: Moment,
    domain: str,
    registry: Registry,
    taken_slugs: Container[str],
    site_lang: str = "en",
    slug: str | None = None,
    article_id: str | None = None,
) -> Composed:
    """The documents of a raw text.

    `taken_slugs` are those of other articles. `slug` and `article_id` are what an earlier run
    gave this raw text: they never change once written.
    """
    mark = {"raw": raw_name, "digest": raw_digest}
    authors = _apart(
        [_author(found, registry, mark) for found in harvest.authors], registry.authors
    )
    sources = _apart(
        [_source(found, registry, mark) for found in harvest.sources], registry.sources
    )
    guessed = _guessed(harvest, when)
    article = None
    if harvest.body:
        slug = slug or unique(slugify(harvest.title or raw_name, harvest.lang), taken_slugs)
        values = {
            "id": article_id or f"tag:{domain},{when.year:04}:{slug}",
            **_fields(harvest, when, site_lang, _credits(harvest, authors, sources)),
            "ingest": {**mark, **({"guessed": list(guessed)} if guessed else {})},
        }
        article = _draft("article", slug, values, harvest.body, f"{when.year:04}/{when.month:02}/")
    return Composed(
        article=article,
        authors=tuple(draft for draft, known in authors if not known),
        sources=tuple(draft for draft, known in sources if not known),
        offers=tuple(draft for draft, known in (*authors, *sources) if known),
        guessed=guessed,
        remarks=(*_credit_remarks(authors, sources), *_field_remarks(harvest, when)),
    )


_Placed = tuple[Draft, bool]


def _author(found: FoundAuthor, registry: Registry, mark: Mapping[str, str]) -> _Placed:
    match = _known(found.name, registry.authors, identity)
    slug = match.id if match else slugify(found.name)
    values = {"name": found.name, "ingest": dict(mark)}
    return _draft("author", slug, values, found.bio or ""), match is not None


def _source(found: FoundSource, registry: Registry, mark: Mapping[str, str]) -> _Placed:
    match = _known(found.name, registry.sources, source_identity)
    slug = match.id if match else slugify(found.name)
    home = {"url": _home(found.url)} if found.url else {}
    values = {"name": found.name, **home, "ingest": dict(mark)}
    return _draft("source", slug, values, ""), match is not None


def _draft(kind: Kind, slug: str, values: Mapping[str, Any], body: str, folder: str = "") -> Draft:
    return Draft(kind, f"{_FOLDERS[kind]}/{folder}{slug}.md", slug, values, body)


def _home(url: str) -> str:
    """The site of a story: what is known of a source from one of its addresses."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _known(name: str, registry: tuple[Known, ...], spelled: Callable[[str], str]) -> Known | None:
    """Who in the registry bears this name; one whose name it is before one whose alias."""
    wanted = spelled(name)
    by_name = (known for known in registry if spelled(known.name) == wanted)
    by_alias = (k for k in registry if any(spelled(alias) == wanted for alias in k.aliases))
    return next(by_name, None) or next(by_alias, None)


def _apart(placed: list[_Placed], registry: tuple[Known, ...]) -> tuple[_Placed, ...]:
    """New drafts with slugs that nobody has, also not each other."""
    taken = {known.id for known in registry}
    settled: list[_Placed] = []
    for draft, known in placed:
        slug = draft.slug if known else unique(draft.slug, taken)
        taken = taken | {slug}
        settled.append((_draft(draft.kind, slug, draft.values, draft.body), known))
    return tuple(settled)


def _guessed(harvest: Harvest, when: Moment) -> tuple[str, ...]:
    """Fields that a person should look at; credits left out where what was read is in doubt."""
    guesses = {
        "title": harvest.title_is_guess,
        "date": when.guessed,
        "authors": not harvest.authors and bool(harvest.doubts.get("authors")),
        "sources": not harvest.sources and bool(harvest.doubts.get("sources")),
    }
    return tuple(field for field, guess in guesses.items() if guess)


def _fields(
    harvest: Harvest, when: Moment, site_lang: str, credits_found: Mapping[str, Any]
) -> dict[str, Any]:
    """Front matter between the id and the record of the raw text; only what was found."""
    later = harvest.updated if harvest.date and when.date == harvest.date else None
    fields = {
        "title": harvest.title,
        "kicker": harvest.kicker,
        "standfirst": harvest.standfirst,
        "date": when.date,
        "updated": later,
        **credits_found,
        "lang": harvest.lang if harvest.lang != site_lang else None,
    }
    return {name: value for name, value in fields.items() if value}


def _credits(
    harvest: Harvest, authors: tuple[_Placed, ...], sources: tuple[_Placed, ...]
) -> dict[str, Any]:
    by = [
        draft.slug if found.role == "reporting" else {"author": draft.slug, "role": found.role}
        for found, (draft, _) in zip(harvest.authors, authors, strict=True)
    ]
    of = [
        {
            "source": draft.slug,
            **({"url": found.url} if found.url else {}),
            "relation": found.relation,
        }
        for found, (draft, _) in zip(harvest.sources, sources, strict=True)
    ]
    return {"authors": by, "sources": of}


def _credit_remarks(
    authors: tuple[_Placed, ...], sources: tuple[_Placed, ...]
) -> tuple[Remark, ...]:
    return tuple(
        Remark("known" if known else "new", draft.kind, str(draft.values["name"]))
        for draft, known in (*authors, *sources)
    )


def _field_remarks(harvest: Harvest, when: Moment) -> tuple[Remark, ...]:
    """What was found of the article itself, what was guessed, what is missing or unsure."""
    remarks: list[Remark] = []
    if harvest.body:
        title = Remark(
            "guessed" if harvest.title_is_guess else "found", "title", harvest.title or ""
        )
        remarks.append(title)
        remarks.append(Remark("guessed" if when.guessed else "found", "date", when.date))
        doubted = _guessed(harvest, when)
        for kind, found in (("author", harvest.authors), ("source", harvest.sources)):
            if f"{kind}s" in doubted:
                remarks.append(Remark("guessed", f"{kind}s", ""))
            elif not found:
                remarks.append(Remark("missing", kind, ""))
    remarks.extend(_unsure(harvest.doubts))
    return tuple(remarks)


def _unsure(doubts: Mapping[str, tuple[Receipt, ...]]) -> tuple[Remark, ...]:
    return tuple(
        Remark("unsure", field, receipt.text)
        for field, receipts in doubts.items()
        for receipt in receipts
    )
