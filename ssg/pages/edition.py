"""The edition: what the pages of one library share, made once and read by all.

Views are built from the values found here, never from the library as a whole, so that a
view can depend on nothing that its page does not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ssg.config import Config
from ssg.model import Article, Body, Library, Link, Picture, Prose, Teaser, Term
from ssg.pages.addresses import TermKind, article_place, term_place
from ssg.pages.frame import Frame
from ssg.pages.parts import bylines_of, picture_of, profile_of, section_link, teaser_of
from ssg.pages.prose import prose_of
from ssg.slugs import slugify


class Edition:
    """Mappings are by path for articles and other documents, by id for authors and sections."""

    def __init__(self, library: Library, config: Config, frame: Frame) -> None:
        at = frame.at
        self.library = library
        self.size = config.page_size
        self.feed_size = config.feed_size
        self.frame = frame
        self.urls = _urls(library, frame)
        self.sections = {id_: section_link(s, at) for id_, s in library.sections.items()}
        self.bylines = {
            article.path: bylines_of(article, library.authors, frame.organization, at)
            for article in library.articles
        }
        self.pictures = {
            article.path: picture_of(article.image, library.media, at)
            for article in library.articles
        }
        self.profiles = {
            author.id: profile_of(
                author,
                self.prose(author.path, author.body),
                picture_of(author.photo, library.media, at),
                at,
            )
            for author in library.authors.values()
        }
        self.teasers = {article.path: self._teaser(article) for article in library.articles}

    def prose(self, path: str, body: Body) -> Prose:
        """The body of the document at `path`, with where its references lead."""
        return prose_of(path, body, self.urls, self.library.media, self.frame.at)

    def url(self, path: str) -> str:
        """The URL of a document that is published."""
        url = self.urls[path]
        if url is None:
            raise LookupError(path)
        return url

    def picture(self, article: Article) -> Picture | None:
        return self.pictures[article.path]

    def section(self, article: Article) -> Link | None:
        return self.sections[article.section] if article.section else None

    def teaser(self, article: Article | None) -> Teaser | None:
        return self.teasers[article.path] if article else None

    def tags(self, article: Article) -> tuple[Link, ...]:
        """An article's tags, each once, as the site spells them."""
        return tuple(self._named(article.tags, "tags", self.library.by_tag))

    def series(self, article: Article) -> Link | None:
        names = (article.series.name,) if article.series else ()
        return next(self._named(names, "series", self.library.by_series), None)

    def _named(
        self, names: Iterable[str], kind: TermKind, terms: Mapping[str, Term]
    ) -> Iterator[Link]:
        for slug in dict.fromkeys(slugify(name) for name in names):
            yield Link(terms[slug].name, self.frame.at.url(term_place(kind, slug)))

    def stories(self, articles: Iterable[Article]) -> tuple[Teaser, ...]:
        return tuple(self.teasers[article.path] for article in articles)

    def _teaser(self, article: Article) -> Teaser:
        return teaser_of(
            article,
            self.bylines[article.path],
            self.section(article),
            self.picture(article),
            self.frame.at,
            self.frame.zone,
        )


def _urls(library: Library, frame: Frame) -> dict[str, str | None]:
    """The URL of every document by its path; None for the articles and pages that are held."""
    at = frame.at
    urls: dict[str, str | None] = {item.article.path: None for item in library.held}
    urls |= {page.path: None for page in library.held_pages}
    urls |= {article.path: at.url(article_place(article)) for article in library.articles}
    urls |= {a.path: at.url(term_place("authors", a.id)) for a in library.authors.values()}
    urls |= {s.path: at.url(term_place("sources", s.id)) for s in library.sources.values()}
    urls |= {s.path: at.url(term_place("sections", s.id)) for s in library.sections.values()}
    urls |= {page.path: at.url(f"{page.slug}/") for page in library.pages}
    return urls
