"""Content files to documents, documents to the library. Pure: bytes in, values and faults out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ssg.config import Config
from ssg.content.documents import AnyDocument, decode, read_document
from ssg.content.home import PATH as HOME
from ssg.content.home import check_home, read_home
from ssg.content.library import PUBLISHED, Documents, Showing, library_of
from ssg.content.references import Known, check_article, check_author, check_body
from ssg.faults import Fault, Place
from ssg.frontmatter import body_of
from ssg.model import Article, Author, HomePlan, Library, Media, Section, Source, StaticPage

__all__ = [
    "HOME",
    "PUBLISHED",
    "Content",
    "Documents",
    "Showing",
    "body_text",
    "library_of",
    "read_content",
]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything under `content/` as read, and every fault found in it."""

    documents: Documents
    home: HomePlan
    media: Mapping[str, Media]
    faults: tuple[Fault, ...]

    def library(self, now: datetime, showing: Showing) -> Library:
        return library_of(self.documents, self.media, self.home, now, showing)


def body_text(path: str, data: bytes) -> str | Fault:
    """The Markdown below a content file's front matter, for a file that was read before."""
    text = decode(path, data)
    return text if isinstance(text, Fault) else body_of(text)


def read_content(files: Mapping[str, bytes], media: Mapping[str, Media], config: Config) -> Content:
    """Reads every content file (by path), and checks that all they name is there."""
    read: list[AnyDocument] = []
    faults: list[Fault] = []
    broken: set[str] = set()
    for path in sorted(path for path in files if path != HOME):
        document = read_document(path, files[path], config)
        if isinstance(document, tuple):
            faults += document
            broken.add(path)
        else:
            read.append(document)
    documents = _sort(read)
    home, home_faults = _home(files, documents, config, frozenset(broken))
    faults += home_faults
    faults += _same_ids(documents.articles)
    faults += _unresolved(documents, media, files, frozenset(broken))
    return Content(documents, home, media, tuple(faults))


def _sort(read: Iterable[AnyDocument]) -> Documents:
    documents = tuple(read)
    return Documents(
        articles=tuple(item for item in documents if isinstance(item, Article)),
        authors=tuple(item for item in documents if isinstance(item, Author)),
        sources=tuple(item for item in documents if isinstance(item, Source)),
        sections=tuple(item for item in documents if isinstance(item, Section)),
        pages=tuple(item for item in documents if isinstance(item, StaticPage)),
    )


def _home(
    files: Mapping[str, bytes],
    documents: Documents,
    config: Config,
    broken: frozenset[str],
) -> tuple[HomePlan, list[Fault]]:
    if HOME not in files:
        return HomePlan(), []
    text = decode(HOME, files[HOME])
    if isinstance(text, Fault):
        return HomePlan(), [text]
    plan = read_home(text, config)
    if isinstance(plan, tuple):
        return HomePlan(), list(plan)
    ids = [article.id for article in documents.articles]
    # While an article cannot be read its id is unknown, and naming it here is no fault.
    return plan, [] if broken else list(check_home(plan, ids, text))


def _same_ids(articles: Iterable[Article]) -> Iterable[Fault]:
    first: dict[str, str] = {}
    for article in articles:
        other = first.setdefault(article.id, article.path)
        if other != article.path:
            hint = "a copied article needs an id of its own: change it in the newer file"
            message = f"has the same id as {other}: {article.id}"
            yield Fault("E305", message, Place(article.path), hint)


def _unresolved(
    documents: Documents,
    media: Mapping[str, Media],
    files: Mapping[str, bytes],
    broken: frozenset[str],
) -> Iterable[Fault]:
    def text_of(path: str) -> str:
        text = decode(path, files[path])
        return "" if isinstance(text, Fault) else text

    everything: tuple[AnyDocument, ...] = (
        *documents.articles,
        *documents.authors,
        *documents.sources,
        *documents.sections,
        *documents.pages,
    )
    known = Known(
        authors={author.id: author.name for author in documents.authors},
        sources={source.id: source.name for source in documents.sources},
        sections={section.id: section.title for section in documents.sections},
        documents=frozenset(document.path for document in everything),
        media=media,
        broken=broken,
    )
    for document in everything:
        match document:
            case Article():
                yield from check_article(document, known, text_of)
            case Author():
                yield from check_author(document, known, text_of)
            case _:
                yield from check_body(document.path, document.body, known, text_of)
