"""The outputs: which pages a library makes, and the view of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from msgspec.structs import replace as replace_fields

from ssg.content.pseudonyms import secrets_of
from ssg.content.references import MEDIA, destination
from ssg.dates import month_in
from ssg.model import (
    Article,
    Author,
    Copy,
    Front,
    Html,
    Image,
    Lapsed,
    Library,
    Link,
    Output,
    Page,
    Section,
    Source,
    StaticPage,
    Term,
)
from ssg.pages.addresses import (
    TermKind,
    article_place,
    month_place,
    output_path,
    term_place,
)
from ssg.pages.articles import Surroundings, article_view
from ssg.pages.corrections import corrections_pages
from ssg.pages.edition import Edition
from ssg.pages.feeds import (
    correction_feeds,
    feeds_holding,
    list_feeds,
    site_feeds,
)
from ssg.pages.head import Head
from ssg.pages.home import FRONT, home_view
from ssg.pages.hosting import host_pages
from ssg.pages.lists import (
    Gathering,
    Heading,
    Month,
    author_view,
    month_name,
    month_view,
    older_list_pages,
    section_view,
    series_view,
    source_view,
    tag_view,
    terms_view,
    year_link,
    year_view,
)
from ssg.pages.parts import (
    direction,
    free_keys,
    indexing_of,
    is_retracted,
    iso,
    source_credits_of,
)
from ssg.pages.permanence import pages_of_the_past, redirects
from ssg.pages.related import related
from ssg.pages.sitemaps import news_sitemap_page, sitemap_pages
from ssg.pages.views import Lapse, NotFoundView, StaticView, TermLink, View
from ssg.pictures import ENDINGS

T = TypeVar("T")


def outputs_of(edition: Edition) -> Iterator[Output]:
    """Every output of the site but the theme's assets and `content/root/`."""
    pages = [
        _home(edition),
        *_all_stories(edition),
        *_stories(edition),
        *_notices(edition),
        *_sections(edition),
        *_authors(edition),
        *_sources(edition),
        *_tags(edition),
        *_series(edition),
        *_archive(edition),
        *_indexes(edition),
        *corrections_pages(edition.corrections, edition.size, edition.frame),
        *_static_pages(edition),
        _not_found(edition),
        *site_feeds(edition),
        *list_feeds(edition),
        *correction_feeds(edition.corrections, edition),
    ]
    pages += pages_of_the_past(pages, edition)
    pages += (*sitemap_pages(pages, edition), news_sitemap_page(edition))
    yield from pages
    yield from host_pages(pages, edition)
    yield from _media(edition)


def outputs_holding(articles: Collection[Article], edition: Edition) -> Iterator[Output]:
    """The outputs that hold the bodies of these articles: no others have to be made again when
    nothing but bodies has changed.
    """
    published = [article for article in articles if article.path in edition.library.neighbours]
    for article in published:
        if not is_retracted(article):
            yield _story(article, edition)
    yield from feeds_holding({article.path for article in published}, edition)


def _home(edition: Edition) -> Page:
    return Page("index.html", "home.html", partial(_home_view, edition))


def _home_view(edition: Edition) -> View:
    library = edition.library
    fronts = (
        Front(edition.sections[id_], edition.stories(library.by_section[id_].articles)[:FRONT])
        for id_ in library.sections
    )
    return home_view(
        stories=edition.stories(library.articles),
        lead=edition.teaser(library.lead),
        follow=edition.stories(library.follow),
        fronts=fronts,
        opinion=edition.stories([item for item in library.articles if item.kind == "opinion"]),
        years=dict.fromkeys(year for year, _ in library.months),
        size=edition.size,
        frame=edition.frame,
    )


def _all_stories(edition: Edition) -> Iterator[Page]:
    stories = edition.stories(edition.library.articles)
    gathering = Gathering(Heading("", edition.frame.site.title), stories)
    return older_list_pages(gathering, edition.size, edition.frame)


def _stories(edition: Edition) -> Iterator[Page]:
    for article in edition.library.articles:
        yield _story(article, edition)
        yield from redirects(article.aliases, article.title, article.path, edition)


def _notices(edition: Edition) -> Iterator[Page]:
    """What stands at the address of a story whose licence has ended."""
    for lapsed in edition.library.lapsed:
        article = lapsed.article
        path = output_path(article_place(article))
        yield Page(path, "article.html", partial(_notice_view, lapsed, edition), article.path)
        yield from redirects(article.aliases, article.title, article.path, edition)


def _notice_view(lapsed: Lapsed, edition: Edition) -> View:
    article, library, frame = lapsed.article, edition.library, edition.frame
    source = library.sources[lapsed.source]
    around = Surroundings(
        bylines=edition.bylines(article),
        authors=(),
        sources=source_credits_of(article, library.sources, frame.at, frame.zone),
        indexing="noindex",
        picture=None,
        body=Html(""),
        section=edition.section(article),
        tags=(),
        series=None,
        previous=None,
        next=None,
        related=(),
        lapse=Lapse(Link(source.name, edition.url(source.path)), iso(lapsed.since, frame.zone)),
    )
    return article_view(article, around, frame)


def _story(article: Article, edition: Edition) -> Page:
    path = output_path(article_place(article))
    view = partial(_story_view, article, edition)
    return Page(
        path, "article.html", view, article.path, partial(_story_rests_on, article, edition)
    )


def _story_view(article: Article, edition: Edition) -> View:
    return article_view(article, _surroundings(article, edition), edition.frame)


def _story_rests_on(article: Article, edition: Edition) -> Sequence[object]:
    neighbours = edition.library.neighbours[article.path]
    values: list[object] = [article, neighbours.previous, neighbours.next]
    for window in edition.windows.of(article):
        values += window.stories
    values += edition.names(article)
    values += edition.leads_to(article)
    return values


def _surroundings(article: Article, edition: Edition) -> Surroundings:
    library, at = edition.library, edition.frame.at
    neighbours = library.neighbours[article.path]
    people = {library.authors[c.author].path: library.authors[c.author] for c in article.credits}
    return Surroundings(
        bylines=edition.bylines(article),
        authors=tuple(map(edition.profile, people.values())),
        sources=source_credits_of(article, library.sources, at, edition.frame.zone),
        indexing=indexing_of(article, library.sources),
        picture=edition.picture(article),
        body=edition.prose(article.path, article.body),
        section=edition.section(article),
        tags=edition.tags(article),
        series=edition.series(article),
        previous=edition.teaser(neighbours.previous),
        next=edition.teaser(neighbours.next),
        related=tuple(map(edition.teaser_of, _related(article, neighbours.previous, edition))),
    )


def _related(article: Article, previous: Article | None, edition: Edition) -> list[Article]:
    """What a story leads on to; one that was retracted leads nowhere."""
    return [] if is_retracted(article) else related(edition.windows.of(article), previous)


def _gathering(kind: TermKind, term: Term, edition: Edition) -> Gathering:
    index = edition.frame.titles.get(kind)
    above = Link(index, edition.frame.at.url(f"{kind}/")) if index else None
    place = term_place(kind, term.slug)
    return Gathering(Heading(place, term.name, above), edition.stories(term.articles))


def _list_pages(
    template: str,
    view: Callable[[], View],
    gathering: Gathering,
    edition: Edition,
    origin: str | None = None,
    beside: tuple[str, ...] = (),
) -> Iterator[Page]:
    """A list's first page, which has a view of its own, and the older ones behind it.

    `beside` is what that view shows that is neither shared nor in the list.
    """
    rests_on = partial(gathering.first_rests_on, edition.size, beside)
    yield Page(output_path(gathering.heading.place), template, view, origin, rests_on)
    yield from older_list_pages(gathering, edition.size, edition.frame, origin)


def _sections(edition: Edition) -> Iterator[Page]:
    library = edition.library
    for id_, section in library.sections.items():
        gathering = _gathering("sections", library.by_section[id_], edition)
        text = edition.prose(section.path, section.body)
        view = partial(section_view, section, text, gathering, edition.size, edition.frame)
        yield from _list_pages("section.html", view, gathering, edition, section.path)


def _authors(edition: Edition) -> Iterator[Page]:
    library = edition.library
    for id_, term in library.by_author.items():
        author = library.authors[id_]
        gathering = _gathering("authors", term, edition)
        about = author.body.facts.excerpt
        profile = edition.profile(author)
        view = partial(author_view, profile, about, gathering, edition.size, edition.frame)
        yield from _list_pages("author.html", view, gathering, edition, author.path)


def _sources(edition: Edition) -> Iterator[Page]:
    library = edition.library
    for id_, source in library.sources.items():
        stories = edition.stories_from(source)
        gathering = replace(_gathering("sources", library.by_source[id_], edition), stories=stories)
        text = edition.prose(source.path, source.body)
        view = partial(source_view, source, text, gathering, edition.size, edition.frame)
        yield from _list_pages("source.html", view, gathering, edition, source.path)


def _tags(edition: Edition) -> Iterator[Page]:
    for term in edition.library.by_tag.values():
        gathering = _gathering("tags", term, edition)
        view = partial(tag_view, gathering, edition.size, edition.frame)
        yield from _list_pages("tag.html", view, gathering, edition)


def _series(edition: Edition) -> Iterator[Page]:
    for term in edition.library.by_series.values():
        gathering = _gathering("series", term, edition)
        stories = zip(term.articles, gathering.stories, strict=True)
        view = series_view(gathering, stories, edition.frame)
        yield Page(output_path(gathering.heading.place), "series.html", view)


def _archive(edition: Edition) -> Iterator[Page]:
    frame, months = edition.frame, edition.library.months
    years: dict[int, list[Month]] = {}
    for month, earlier, later in _with_neighbours(months):
        years.setdefault(month[0], []).append(month)
        title = month_in(frame.site.lang, month_name(month))
        heading = Heading(month_place(*month), title, year_link(month[0], frame))
        gathering = Gathering(heading, edition.stories(months[month]))
        view = partial(month_view, month, (earlier, later), gathering, edition.size, frame)
        beside = (str(earlier), str(later))
        yield from _list_pages("month.html", view, gathering, edition, beside=beside)
    for year, before, after in _with_neighbours(years):
        page = partial(year_view, year, years[year], (before, after), frame)
        yield Page(output_path(f"{year:04}/"), "year.html", page)


def _with_neighbours(newest_first: Iterable[T]) -> Iterator[tuple[T, T | None, T | None]]:
    """Each with the one before it in time and the one after it."""
    ordered = [None, *newest_first, None]
    for later, item, earlier in zip(ordered, ordered[1:], ordered[2:], strict=False):
        if item is not None:
            yield item, earlier, later


def _indexes(edition: Edition) -> Iterator[Page]:
    for kind, terms in _index_terms(edition).items():
        if terms:
            view = terms_view(kind, edition.frame.titles[kind], terms, edition.frame)
            yield Page(output_path(f"{kind}/"), "terms.html", view)


def _index_terms(edition: Edition) -> dict[TermKind, list[TermLink]]:
    library, at = edition.library, edition.frame.at
    return {
        "authors": [_in_masthead(author, edition) for author in _masthead(library)],
        "sources": _by_name(
            TermLink(source.name, edition.url(source.path), source.body.facts.excerpt or None)
            for source in library.sources.values()
        ),
        "sections": _by_name(
            TermLink(section.title, edition.url(section.path), section.description)
            for section in library.sections.values()
        ),
        "tags": _by_name(
            TermLink(term.name, at.url(term_place("tags", term.slug)))
            for term in library.by_tag.values()
        ),
    }


def _by_name(terms: Iterable[TermLink]) -> list[TermLink]:
    return sorted(terms, key=lambda term: (term.name.casefold(), term.url))


def _masthead(library: Library) -> list[Author]:
    """Who is credited: people before organisations, in the order that their files give."""
    return sorted(
        (library.authors[id_] for id_ in library.by_author),
        key=lambda author: (
            author.kind != "person",
            author.order is None,
            author.order,
            author.name.casefold(),
            author.slug,
        ),
    )


def _in_masthead(author: Author, edition: Edition) -> TermLink:
    profile = edition.profile(author)
    return TermLink(
        profile.name, profile.url, profile.role, profile.photo, profile.beat, profile.kind
    )


def _static_pages(edition: Edition) -> Iterator[Page]:
    for page in edition.library.pages:
        yield _static_page(page, edition)
        yield from redirects(page.aliases, page.title, page.path, edition)


def _static_page(page: StaticPage, edition: Edition) -> Page:
    frame, url = edition.frame, edition.url(page.path)
    head = Head(
        title=page.title,
        site_title=frame.site.title,
        url=url,
        description=page.description or page.body.facts.excerpt or None,
        feed=frame.site.feed,
        lang=page.lang,
    )
    view = StaticView(
        head=head,
        url=url,
        title=page.title,
        lang=page.lang,
        dir=direction(page.lang),
        crumbs=(frame.home,),
        body=edition.prose(page.path, page.body),
        extra=free_keys(page.extra),
    )
    return Page(output_path(f"{page.slug}/"), "page.html", view, page.path)


def _not_found(edition: Edition) -> Page:
    frame = edition.frame
    url = frame.at.url("404.html")
    title = frame.titles["not_found"]
    head = Head(title=title, site_title=frame.site.title, url=url, indexed=False)
    view = NotFoundView(
        head=head,
        url=url,
        title=title,
        lang=frame.site.lang,
        dir=frame.site.dir,
        crumbs=(frame.home,),
    )
    return Page("404.html", "404.html", view)


def _media(edition: Edition) -> Iterator[Copy]:
    """Every file of `content/media/` but those that only what readers do not see names."""
    library = edition.library
    hidden = set(_named_by_unseen(library))
    if hidden:
        hidden -= {*_named_by_seen(library), edition.config.icon}
    people = (*library.authors.values(), *library.behind)
    unsaid = tuple(sorted({name for author in people for name in secrets_of(author)}))
    for path, file in library.media.items():
        if path in hidden:
            continue
        copy = Copy(f"media/{path.removeprefix(MEDIA)}", file.digest, path, origin=path)
        if path.lower().endswith(ENDINGS):
            copy = replace_fields(copy, stripped=True, unsaid=unsaid)
        yield copy


def _named_by_unseen(library: Library) -> Iterator[str]:
    """What is named where no page shows it: where a text is held, or a notice stands for it."""
    articles = (
        *(held.article for held in library.held),
        *(lapsed.article for lapsed in library.lapsed),
        *filter(is_retracted, library.articles),
    )
    for article in articles:
        yield from _named_by(article, article.image)
    for author in library.behind:
        yield from _named_by(author, author.photo)
    for page in library.held_pages:
        yield from _named_by(page, None)


def _named_by_seen(library: Library) -> Iterator[str]:
    for article in library.articles:
        if not is_retracted(article):
            yield from _named_by(article, article.image)
    for author in library.authors.values():
        yield from _named_by(author, author.photo)
    others: tuple[Source | Section | StaticPage, ...] = (
        *library.sources.values(),
        *library.sections.values(),
        *library.pages,
    )
    for other in others:
        yield from _named_by(other, None)


def _named_by(
    document: Article | Author | Source | Section | StaticPage, image: Image | None
) -> Iterator[str]:
    if image:
        yield image.src
    for reference in document.body.facts.references:
        yield destination(document.path, reference.target).path
