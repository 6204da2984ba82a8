"""The edition: what the pages of one library share, made once and read by all.

Views are built from the values found here, never from the library as a whole, so that a
view can depend on nothing that its page does not show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, Generic, TypeVar, overload

from msgspec.structs import replace

from ssg.config import Config
from ssg.model import (
    Article,
    Author,
    Body,
    Byline,
    Library,
    Link,
    Picture,
    Profile,
    Prose,
    Section,
    Source,
    StaticPage,
    Teaser,
    Term,
)
from ssg.pages.addresses import Addresses, TermKind, article_place, term_place
from ssg.pages.corrections import Noted, corrections_in
from ssg.pages.entries import entry_of
from ssg.pages.feed_views import FeedEntry
from ssg.pages.frame import Frame
from ssg.pages.parts import (
    bylines_of,
    is_retracted,
    picture_of,
    profile_of,
    relation_to,
    section_link,
    source_credits_of,
    teaser_of,
)
from ssg.pages.prose import prose_of
from ssg.pages.related import Windows
from ssg.slugs import slugify

_Document = Article | Author | Source | Section | StaticPage

D = TypeVar("D", bound=_Document)
V = TypeVar("V")

#: How references begin that lead to the same place whatever the site holds.
_AWAY: Final = ("https://", "http://", "mailto:")

_NOWHERE: Final[Mapping[str, str | None]] = {}


class _Once(Generic[D, V]):
    """What is made of a document when that is first asked for: a build of one page needs few."""

    def __init__(self, make: Callable[[D], V]) -> None:
        self.make = make
        self.made: dict[str, V] = {}

    def __call__(self, document: D) -> V:
        value = self.made.get(document.path)
        if value is None:
            value = self.made[document.path] = self.make(document)
        return value


class Stories(Sequence[Teaser]):
    """The teasers of articles in their order, made when somebody looks at them."""

    def __init__(self, articles: Sequence[Article], teaser: Callable[[Article], Teaser]) -> None:
        self.articles = articles
        self.teaser = teaser

    @overload
    def __getitem__(self, at: int) -> Teaser: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Teaser, ...]: ...
    def __getitem__(self, at: int | slice) -> Teaser | tuple[Teaser, ...]:
        if isinstance(at, slice):
            return tuple(map(self.teaser, self.articles[at]))
        return self.teaser(self.articles[at])

    def __len__(self) -> int:
        return len(self.articles)


class Edition:
    """What is asked for by an article or author is made once and the same for all pages."""

    def __init__(self, library: Library, config: Config, frame: Frame) -> None:
        self.library = library
        self.config = config
        self.size = config.page_size
        self.feed_size = config.feed_size
        self.feed_hub = config.feed_hub
        self.frame = frame
        self.sections = {id_: section_link(s, frame.at) for id_, s in library.sections.items()}
        self.bylines = _Once(self._bylines)
        self.profile = _Once(self._profile)
        self.teaser_of = _Once(self._teaser)
        self.entry = _Once(self._entry)
        self.full_entry = _Once(self._full_entry)
        self.windows = Windows(library)

    @cached_property
    def urls(self) -> Mapping[str, str | None]:
        """The URL of every document by its path; None for the articles and pages that are held."""
        return _Urls(self.library, self.frame.at)

    def prose(self, path: str, body: Body) -> Prose:
        """The body of the document at `path`, with where its references lead."""
        urls = self.urls if _leads_within(body) else _NOWHERE
        return prose_of(path, body, urls, self.library.media, self.frame.at)

    def leads_to(self, document: _Document) -> tuple[str | None, ...]:
        """The addresses behind the references in a document's body."""
        if not _leads_within(document.body):
            return ()
        return tuple(target.url for target in self.prose(document.path, document.body).targets)

    @cached_property
    def shared(self) -> tuple[object, ...]:
        """What any page may be made of: people, sources, sections, files, and what they name."""
        library = self.library
        documents: tuple[Author | Source | Section, ...] = (
            *library.authors.values(),
            *library.sources.values(),
            *library.sections.values(),
        )
        targets = (url for document in documents for url in self.leads_to(document))
        return *documents, *library.media.values(), *targets

    def url(self, path: str) -> str:
        """The URL of a document that is published."""
        url = self.urls[path]
        if url is None:
            raise LookupError(path)
        return url

    @cached_property
    def corrections(self) -> tuple[Noted, ...]:
        """Every correction of every article, newest first."""
        return corrections_in(self.library.articles)

    def picture(self, article: Article) -> Picture | None:
        """An article's picture: none is shown of a story that was retracted."""
        if is_retracted(article):
            return None
        return picture_of(article.image, self.library.media, self.frame.at)

    def section(self, article: Article) -> Link | None:
        return self.sections[article.section] if article.section else None

    def teaser(self, article: Article | None) -> Teaser | None:
        return self.teaser_of(article) if article else None

    def tags(self, article: Article) -> tuple[Link, ...]:
        """An article's tags, each once, as the site spells them."""
        return tuple(self._named(article.tags, "tags", self.library.by_tag))

    def names(self, article: Article) -> Iterator[str]:
        """How the site spells an article's tags and series."""
        for name in article.tags:
            yield self.library.by_tag[slugify(name)].name
        if article.series:
            yield self.library.by_series[slugify(article.series.name)].name

    def series(self, article: Article) -> Link | None:
        names = (article.series.name,) if article.series else ()
        return next(self._named(names, "series", self.library.by_series), None)

    def _named(
        self, names: Iterable[str], kind: TermKind, terms: Mapping[str, Term]
    ) -> Iterator[Link]:
        for slug in dict.fromkeys(slugify(name) for name in names):
            yield Link(terms[slug].name, self.frame.at.url(term_place(kind, slug)))

    def stories(self, articles: Sequence[Article]) -> Stories:
        return Stories(articles, self.teaser_of)

    def stories_from(self, source: Source) -> Stories:
        """What draws on a source, each story with how it does."""

        def teaser(article: Article) -> Teaser:
            return replace(self.teaser_of(article), relation=relation_to(article, source.id))

        return Stories(self.library.by_source[source.id].articles, teaser)

    def _bylines(self, article: Article) -> tuple[Byline, ...]:
        frame = self.frame
        return bylines_of(article, self.library.authors, frame.organization, frame.at)

    def _profile(self, author: Author) -> Profile:
        bio = self.prose(author.path, author.body)
        photo = picture_of(author.photo, self.library.media, self.frame.at)
        return profile_of(author, bio, photo, self.frame.at)

    def _teaser(self, article: Article) -> Teaser:
        return teaser_of(
            article,
            self.bylines(article),
            self.section(article),
            self.picture(article),
            self.frame.at,
            self.frame.zone,
            self.frame.correction_kinds["retraction"],
        )

    def _entry(self, article: Article) -> FeedEntry:
        frame = self.frame
        return entry_of(
            article,
            self.bylines(article),
            source_credits_of(article, self.library.sources, frame.at, frame.zone),
            (tag.name for tag in self.tags(article)),
            self.picture(article),
            frame,
        )

    def _full_entry(self, article: Article) -> FeedEntry:
        """An entry with the body; of a story that was retracted there is none."""
        entry = self.entry(article)
        if is_retracted(article):
            return entry
        return replace(entry, body=self.prose(article.path, article.body))


def _leads_within(body: Body) -> bool:
    return not all(reference.target.startswith(_AWAY) for reference in body.facts.references)


class _Urls(Mapping[str, str | None]):
    """The URL of every document by its path; None for the articles and pages that are held."""

    def __init__(self, library: Library, at: Addresses) -> None:
        self.at = at
        held: tuple[Article | StaticPage, ...] = (
            *(item.article for item in library.held),
            *library.held_pages,
        )
        self.documents: dict[str, _Document | None] = {document.path: None for document in held}
        for documents in (
            library.articles,
            tuple(item.article for item in library.lapsed),
            library.authors.values(),
            library.sources.values(),
            library.sections.values(),
            library.pages,
        ):
            self.documents.update((document.path, document) for document in documents)
        self.documents.update(
            (author.path, library.authors[author.id]) for author in library.behind
        )

    def __getitem__(self, path: str) -> str | None:
        match self.documents[path]:
            case None:
                return None
            case Article() as article:
                return self.at.url(article_place(article))
            case Author(slug=slug):
                return self.at.url(term_place("authors", slug))
            case Source(id=id_):
                return self.at.url(term_place("sources", id_))
            case Section(id=id_):
                return self.at.url(term_place("sections", id_))
            case StaticPage(slug=slug):
                return self.at.url(f"{slug}/")

    def __contains__(self, path: object) -> bool:
        return path in self.documents

    def __iter__(self) -> Iterator[str]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)
