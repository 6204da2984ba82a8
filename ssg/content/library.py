"""The library: documents in the order readers see them, at one instant.

Drafts, articles under embargo and expired ones are held: they are in no list, under no
term and nobody's neighbour. Neither are those whose licence has ended, of which a notice stays.
Everything here is a function of documents and `now`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from msgspec.structs import replace

from ssg.content.licences import lapse_of
from ssg.content.pseudonyms import shown_as
from ssg.content.schedule import due, is_news
from ssg.model import (
    PUBLISHED,
    Article,
    Author,
    Held,
    HomePlan,
    Lapsed,
    Library,
    Media,
    Neighbours,
    Pick,
    Section,
    Showing,
    Source,
    StaticPage,
    Term,
)
from ssg.slugs import slugify


@dataclass(frozen=True, slots=True)
class Documents:
    """Every document that could be read, in the order of their paths."""

    articles: tuple[Article, ...]
    authors: tuple[Author, ...]
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    pages: tuple[StaticPage, ...]


def library_of(
    documents: Documents,
    media: Mapping[str, Media],
    home: HomePlan,
    now: datetime,
    showing: Showing = PUBLISHED,
) -> Library:
    """What is published at `now`, in order, with its terms, archives and neighbours."""
    held = tuple(_held(documents.articles, now, showing))
    authors = shown_as(documents.authors)
    sources = {source.id: source for source in documents.sources}
    kept_back = {item.article.path for item in held}
    shown = [article for article in documents.articles if article.path not in kept_back]
    lapsed = tuple(_lapsed(shown, sources, now))
    gone = {item.article.path for item in lapsed}
    articles = tuple(sorted((a for a in shown if a.path not in gone), key=_newest_first))
    sections = {
        section.id: section
        for section in sorted(documents.sections, key=lambda s: (s.order, s.title, s.id))
    }
    by_id = {article.id: article for article in articles}
    return Library(
        articles=articles,
        held=held,
        lapsed=lapsed,
        authors=authors,
        behind=tuple(a for a in documents.authors if authors[a.id] is not a),
        sources=sources,
        sections=sections,
        held_pages=tuple(page for page in documents.pages if page.draft and not showing.drafts),
        pages=tuple(page for page in documents.pages if showing.drafts or not page.draft),
        media=media,
        by_author=_gather(
            articles,
            lambda article: _credited(article, authors),
            {author.id: Term(author.slug, author.name, ()) for author in authors.values()},
        ),
        by_source=_gather(
            articles, _sources_of, {id_: Term(id_, s.name, ()) for id_, s in sources.items()}
        ),
        by_section=_gather(
            articles, _section_of, {id_: Term(id_, s.title, ()) for id_, s in sections.items()}
        ),
        by_tag=_gather_by_name(articles, lambda article: article.tags),
        by_series=_gather_by_name(articles, _series_of),
        months=_months(articles),
        neighbours=_neighbours(articles),
        lead=next(_picked(home.lead, by_id, now), None),
        follow=tuple(_picked(home.follow, by_id, now)),
        news=tuple(takewhile(lambda article: is_news(article, now), articles)),
        next_instant=min(
            (d.at for d in due(documents.articles, sources, home, now, showing)), default=None
        ),
    )


def stays_in_place(before: Article, after: Article) -> bool:
    """Whether all that orders an article among others, and gathers it with them, is the same."""
    return _place_of(before) == _place_of(after)


def _place_of(article: Article) -> tuple[object, ...]:
    return (
        article.path,
        article.slug,
        article.id,
        (article.date, article.expires, article.draft),
        (article.year, article.month),
        (article.section, article.tags, article.series and article.series.name),
        tuple(_authors_of(article)),
        tuple((item.source, item.relation, item.expires) for item in article.sources),
    )


def with_edited(library: Library, articles: Iterable[Article]) -> Library:
    """The library with other versions of some articles, each of which stays in its place."""
    for article in articles:
        library = _with_edited(library, article)
    return library


def _with_edited(library: Library, article: Article) -> Library:
    def within(terms: Mapping[str, Term], ids: Iterable[str]) -> Mapping[str, Term]:
        other = {id_: replace(terms[id_], articles=among(terms[id_].articles)) for id_ in ids}
        return {**terms, **other} if other else terms

    def among(stories: tuple[Article, ...]) -> tuple[Article, ...]:
        at = bisect_left(stories, _newest_first(article), key=_newest_first)
        found = list(stories)
        found[at] = article
        return tuple(found)

    if library.neighbours.get(article.path) is None:
        held = (replace(h, article=_either(h.article, article)) for h in library.held)
        lapsed = (replace(item, article=_either(item.article, article)) for item in library.lapsed)
        return replace(library, held=tuple(held), lapsed=tuple(lapsed))
    month = article.year, article.month
    return replace(
        library,
        articles=among(library.articles),
        by_author=within(library.by_author, set(_credited(article, library.authors))),
        by_source=within(library.by_source, set(_sources_of(article))),
        by_section=within(library.by_section, set(_section_of(article))),
        by_tag=within(library.by_tag, {slugify(name) for name in article.tags}),
        by_series=within(library.by_series, {slugify(name) for name in _series_of(article)}),
        months={**library.months, month: among(library.months[month])},
        neighbours={**library.neighbours, **dict(_around(article, library.neighbours))},
        lead=library.lead and _either(library.lead, article),
        follow=tuple(_either(story, article) for story in library.follow),
        news=tuple(_either(story, article) for story in library.news),
    )


def _either(former: Article, article: Article) -> Article:
    return article if former.path == article.path else former


def _around(
    article: Article, neighbours: Mapping[str, Neighbours]
) -> Iterator[tuple[str, Neighbours]]:
    around = neighbours[article.path]
    if around.previous:
        path = around.previous.path
        yield path, replace(neighbours[path], next=article)
    if around.next:
        path = around.next.path
        yield path, replace(neighbours[path], previous=article)


def _newest_first(article: Article) -> tuple[float, str]:
    return -article.date.timestamp(), article.path


def _held(articles: Iterable[Article], now: datetime, showing: Showing) -> Iterable[Held]:
    for article in articles:
        if article.draft and not showing.drafts:
            yield Held(article, "draft")
        elif article.expires and article.expires <= now:
            yield Held(article, "expired", article.expires)
        elif article.date > now and not showing.future:
            yield Held(article, "embargo", article.date)


def _lapsed(
    articles: Iterable[Article], sources: Mapping[str, Source], now: datetime
) -> Iterator[Lapsed]:
    for article in articles:
        lapsed = lapse_of(article, sources) if article.sources else None
        if lapsed and lapsed.since <= now:
            yield lapsed


def _gather(
    articles: Sequence[Article],
    ids_of: Callable[[Article], Iterable[str]],
    terms: Mapping[str, Term],
) -> dict[str, Term]:
    """The articles under each id that has a document, also where there are none."""
    found: dict[str, list[Article]] = {id_: [] for id_ in terms}
    for article in articles:
        for id_ in dict.fromkeys(ids_of(article)):
            found[id_].append(article)
    return {id_: replace(terms[id_], articles=tuple(found[id_])) for id_ in terms}


def _gather_by_name(
    articles: Sequence[Article], names_of: Callable[[Article], Iterable[str]]
) -> dict[str, Term]:
    """The articles under each name; names with one slug are one, spelled as in the oldest."""
    names: dict[str, str] = {}
    found: dict[str, list[Article]] = {}
    for article in articles:
        for slug, name in {slugify(name): name for name in names_of(article)}.items():
            names[slug] = name
            found.setdefault(slug, []).append(article)
    return {slug: Term(slug, names[slug], tuple(found[slug])) for slug in sorted(found)}


def _credited(article: Article, authors: Mapping[str, Author]) -> Iterable[str]:
    """The ids of those who are credited, which are not always those that the article names."""
    return (authors[id_].id for id_ in _authors_of(article))


def _authors_of(article: Article) -> Iterable[str]:
    return (credit.author for credit in article.credits)


def _sources_of(article: Article) -> Iterable[str]:
    return (sourcing.source for sourcing in article.sources)


def _section_of(article: Article) -> Iterable[str]:
    return (article.section,) if article.section else ()


def _series_of(article: Article) -> Iterable[str]:
    return (article.series.name,) if article.series else ()


def _months(articles: Sequence[Article]) -> dict[tuple[int, int], tuple[Article, ...]]:
    found: dict[tuple[int, int], list[Article]] = {}
    for article in articles:
        found.setdefault((article.year, article.month), []).append(article)
    return {month: tuple(found[month]) for month in sorted(found, reverse=True)}


def _neighbours(articles: Sequence[Article]) -> dict[str, Neighbours]:
    by_section: dict[str | None, list[Article]] = {}
    for article in articles:
        by_section.setdefault(article.section, []).append(article)
    found: dict[str, Neighbours] = {}
    for stories in by_section.values():
        around: list[Article | None] = [None, *stories, None]
        for newer, article, older in zip(around, stories, around[2:], strict=False):
            found[article.path] = Neighbours(previous=older, next=newer)
    return found


def _picked(
    picks: Iterable[Pick], by_id: Mapping[str, Article], now: datetime
) -> Iterator[Article]:
    return (
        by_id[pick.article]
        for pick in picks
        if pick.article in by_id and (pick.until is None or now < pick.until)
    )
