"""Content files to documents, documents to the library. Pure: bytes in, values and faults out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar

from msgspec import structs

from ssg.config import Config
from ssg.content.documents import AnyDocument, decode, read_document
from ssg.content.home import PATH as HOME
from ssg.content.home import check_home, read_home
from ssg.content.library import Documents, library_of, stays_in_place, with_edited
from ssg.content.licences import bounded
from ssg.content.pseudonyms import check_names, check_secrets
from ssg.content.published import PATH as PUBLISHED
from ssg.content.published import read_published
from ssg.content.references import Known, check_article, check_author, check_body
from ssg.content.retired import PATH as RETIRED
from ssg.content.retired import read_retired
from ssg.content.schedule import due
from ssg.faults import Fault, Place
from ssg.frontmatter import body_of
from ssg.model import (
    Article,
    Author,
    Due,
    HomePlan,
    Library,
    Media,
    Published,
    Retired,
    Section,
    Showing,
    Source,
    StaticPage,
)

__all__ = [
    "HOME",
    "PUBLISHED",
    "RETIRED",
    "Content",
    "Documents",
    "Text",
    "body_text",
    "content_of",
    "decode",
    "library_of",
    "read_content",
    "read_text",
    "stays_in_place",
    "with_edited",
]

T = TypeVar("T", HomePlan, Published, Retired)

#: What a text file under `content/` is read as.
Text = AnyDocument | HomePlan | Published | Retired


@dataclass(frozen=True, slots=True)
class Content:
    """Everything under `content/` as read, and every fault found in it."""

    documents: Documents
    home: HomePlan
    media: Mapping[str, Media]
    faults: tuple[Fault, ...]
    published: Published
    retired: Retired

    def rewritten(self, articles: Iterable[Article]) -> Content:
        """The same with other bodies of some articles, which name what the former ones named."""
        found = list(self.documents.articles)
        for article in articles:
            found[bisect_left(found, article.path, key=lambda item: item.path)] = article
        return replace(self, documents=replace(self.documents, articles=tuple(found)))

    def due(self, now: datetime, showing: Showing) -> Iterator[Due]:
        """What changes after `now` without anybody changing a file."""
        documents = self.documents
        sources = {source.id: source for source in documents.sources}
        return due(documents.articles, sources, self.home, now, showing)

    def library(self, now: datetime, showing: Showing) -> Library:
        library = library_of(self.documents, self.media, self.home, now, showing)
        return structs.replace(library, published=self.published, retired=self.retired)


def body_text(path: str, data: bytes) -> str | Fault:
    """The Markdown below a content file's front matter, for a file that was read before."""
    text = decode(path, data)
    return text if isinstance(text, Fault) else body_of(text)


def read_text(path: str, data: bytes, config: Config) -> Text | tuple[Fault, ...]:
    """What a text file under `content/` holds, or every fault in it."""
    if path not in _OTHERS:
        return read_document(path, data, config)
    text = decode(path, data)
    return (text,) if isinstance(text, Fault) else _OTHERS[path](text, config)


def _published(text: str, _: Config) -> Published | tuple[Fault, ...]:
    records, faults = read_published(text)
    return faults or Published(records)


#: What reads the texts that are no documents.
_OTHERS: Final[Mapping[str, Callable[[str, Config], Text | tuple[Fault, ...]]]] = {
    HOME: read_home,
    PUBLISHED: _published,
    RETIRED: read_retired,
}


def read_content(files: Mapping[str, bytes], media: Mapping[str, Media], config: Config) -> Content:
    """Reads every content file (by path), and checks that all they name is there."""
    texts: dict[str, Text] = {}
    faults: list[Fault] = []
    for path, data in files.items():
        text = read_text(path, data, config)
        if isinstance(text, tuple):
            faults += text
        else:
            texts[path] = text
    found = content_of(texts, media, lambda path: _decoded(path, files[path]), files.keys() - texts)
    return replace(found, faults=(*faults, *found.faults))


def _decoded(path: str, data: bytes) -> str:
    text = decode(path, data)
    return "" if isinstance(text, Fault) else text


def content_of(
    texts: Mapping[str, Text],
    media: Mapping[str, Media],
    text_of: Callable[[str], str],
    broken: Collection[str] = (),
    fresh: Collection[str] | None = None,
) -> Content:
    """What was read, with a fault for each thing that it names and that is not there.

    `text_of` gives a file's text, to say where a fault lies; `broken` are the files that have
    faults of their own. Only `fresh` texts are looked at where they are named: the caller
    knows that the others were without fault when all that was there is there still.
    """
    documents = _sort(texts)
    home = _one(texts.get(HOME), HomePlan)
    published, retired = _one(texts.get(PUBLISHED), Published), _one(texts.get(RETIRED), Retired)
    faults = [
        *_same_ids(documents.articles),
        *check_names(documents.authors, text_of),
        *check_secrets(documents.authors, text_of),
        *bounded(documents.articles, documents.sources, text_of),
    ]
    # While an article cannot be read its id is unknown, and naming it at home is no fault.
    if (home.lead or home.follow) and not broken:
        ids = [article.id for article in documents.articles]
        faults += check_home(home, ids, lambda: text_of(HOME))
    known = _known(documents, media, frozenset(broken))
    looked_at = texts if fresh is None else {path: texts[path] for path in fresh if path in texts}
    for path in sorted(looked_at):
        faults += _unresolved(looked_at[path], known, text_of)
    return Content(documents, home, media, tuple(faults), published, retired)


def _one(text: Text | None, kind: type[T]) -> T:
    """A text that is no document; where there is none, it says nothing."""
    return text if isinstance(text, kind) else kind()


def _sort(texts: Mapping[str, Text]) -> Documents:
    documents = [texts[path] for path in sorted(texts)]
    return Documents(
        articles=tuple(item for item in documents if isinstance(item, Article)),
        authors=tuple(item for item in documents if isinstance(item, Author)),
        sources=tuple(item for item in documents if isinstance(item, Source)),
        sections=tuple(item for item in documents if isinstance(item, Section)),
        pages=tuple(item for item in documents if isinstance(item, StaticPage)),
    )


def _same_ids(articles: Iterable[Article]) -> Iterable[Fault]:
    first: dict[str, str] = {}
    for article in articles:
        other = first.setdefault(article.id, article.path)
        if other != article.path:
            hint = "a copied article needs an id of its own: change it in the newer file"
            message = f"has the same id as {other}: {article.id}"
            yield Fault("E305", message, Place(article.path), hint)


def _known(documents: Documents, media: Mapping[str, Media], broken: frozenset[str]) -> Known:
    everything: tuple[AnyDocument, ...] = (
        *documents.articles,
        *documents.authors,
        *documents.sources,
        *documents.sections,
        *documents.pages,
    )
    return Known(
        authors={author.id: author.name for author in documents.authors},
        sources={source.id: source.name for source in documents.sources},
        sections={section.id: section.title for section in documents.sections},
        documents=frozenset(document.path for document in everything),
        media=media,
        broken=broken,
    )


def _unresolved(text: Text, known: Known, text_of: Callable[[str], str]) -> Iterable[Fault]:
    match text:
        case Article():
            return check_article(text, known, text_of)
        case Author():
            return check_author(text, known, text_of)
        case HomePlan() | Published() | Retired():
            return ()
        case _:
            return check_body(text.path, text.body, known, text_of)
