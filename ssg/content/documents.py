"""Documents: the bytes of one content file to an article, author, source, section or page.

What a file is follows from its path. Every fault in a file is returned, none is raised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from ssg.config import Config
from ssg.content.facts import facts_of
from ssg.content.shape import (
    ArticleShape,
    AuthorShape,
    ImageShape,
    IngestedShape,
    SectionShape,
    SourceShape,
    StaticPageShape,
)
from ssg.digest import digest_bytes
from ssg.faults import Fault, Place, place_at
from ssg.frontmatter import parse, place_of
from ssg.model import (
    Article,
    Author,
    Body,
    Correction,
    Credit,
    Image,
    Ingested,
    Link,
    Section,
    SeriesPart,
    Source,
    Sourcing,
    StaticPage,
)
from ssg.shapes import Codes, Shape, check
from ssg.slugs import is_slug

AnyDocument = Article | Author | Source | Section | StaticPage

_ARTICLE_PATH = re.compile(r"content/articles/(?!0000)([0-9]{4})/(0[1-9]|1[0-2])/([^/]+)\.md")
_OTHER_PATH = re.compile(r"content/(authors|sources|sections|pages)/([^/]+)\.md")

_SHAPES: dict[str, type[Shape]] = {
    "articles": ArticleShape,
    "authors": AuthorShape,
    "sources": SourceShape,
    "sections": SectionShape,
    "pages": StaticPageShape,
}
_CODES = Codes(unknown="E206", missing="E207", wrong="E208")


@dataclass(frozen=True, slots=True)
class _Where:
    """What a path says: the kind of document, its name, and an article's year and month."""

    kind: str
    name: str
    year: int = 0
    month: int = 0


def read_document(path: str, data: bytes, config: Config) -> AnyDocument | tuple[Fault, ...]:
    """The document in a content file, or every fault in it."""
    where = _where(path)
    if isinstance(where, Fault):
        return (where,)
    text = decode(path, data)
    if isinstance(text, Fault):
        return (text,)
    document = parse(path, text)
    if isinstance(document, Fault):
        return (document,)
    shape = check(
        _SHAPES[where.kind],
        document.values,
        codes=_CODES,
        locate=lambda keys: place_of(document, keys),
        context={"zone": _zone(config.timezone), "path": path},
    )
    if isinstance(shape, tuple):
        return shape
    facts = facts_of(document.body, document.body_line)
    body = Body(digest_bytes(document.body.encode()), facts)
    return _build(_File(path, where, body, config), shape)


def decode(path: str, data: bytes) -> str | Fault:
    """The text of a content file: UTF-8, with or without a byte order mark, any line ends."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "save it as UTF-8, or drop it into content/inbox/ as a raw text"
        return Fault("E306", "the file is not text in UTF-8", Place(path, line), hint)
    if "\x00" in text:
        return Fault("E306", "the file holds binary data", place_at(path, text, text.index("\x00")))
    return text.replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _where(path: str) -> _Where | Fault:
    if match := _ARTICLE_PATH.fullmatch(path):
        where = _Where("articles", match[3], int(match[1]), int(match[2]))
    elif match := _OTHER_PATH.fullmatch(path):
        where = _Where(match[1], match[2])
    else:
        hint = "articles lie in content/articles/YYYY/MM/slug.md, the others in a folder of a kind"
        return Fault("E304", "no address can be made from this path", Place(path), hint)
    if not is_slug(where.name):
        hint = "name the file with letters, digits and hyphens"
        return Fault("E304", f'"{where.name}" cannot stand in an address', Place(path), hint)
    return where


@dataclass(frozen=True, slots=True)
class _File:
    """What a document gets from its file besides the keys of its front matter."""

    path: str
    where: _Where
    body: Body
    config: Config


def _build(file: _File, shape: Shape) -> AnyDocument:
    match shape:
        case ArticleShape():
            return _article(file, shape)
        case AuthorShape():
            return _author(file, shape)
        case SourceShape():
            return _source(file, shape)
        case SectionShape():
            return _section(file, shape)
        case StaticPageShape():
            return _page(file, shape)
        case _:
            raise TypeError(shape)


def _article(file: _File, shape: ArticleShape) -> Article:
    where = file.where
    return Article(
        path=file.path,
        id=shape.id or f"tag:{file.config.host},{where.year}:{where.month:02}/{where.name}",
        title=shape.title,
        slug=shape.slug or where.name,
        year=where.year,
        month=where.month,
        date=shape.date,
        body=file.body,
        kicker=shape.kicker,
        standfirst=shape.standfirst,
        updated=shape.updated,
        expires=shape.expires,
        draft=shape.draft,
        credits=tuple(Credit(item.author, item.role) for item in shape.authors),
        sources=tuple(
            Sourcing(item.source, item.url, item.relation, item.read) for item in shape.sources
        ),
        section=shape.section,
        tags=tuple(dict.fromkeys(shape.tags)),
        series=SeriesPart(shape.series.name, shape.series.part) if shape.series else None,
        image=_image(shape.image),
        lang=shape.lang or file.config.lang,
        canonical_url=shape.canonical_url,
        licence=shape.licence,
        aliases=shape.aliases,
        corrections=tuple(
            Correction(item.date, item.kind, item.text) for item in shape.corrections
        ),
        kind=shape.kind,
        dateline=shape.dateline,
        ingested=_ingested(shape.ingest),
        extra=shape.extra,
    )


def _author(file: _File, shape: AuthorShape) -> Author:
    return Author(
        path=file.path,
        id=file.where.name,
        name=shape.name,
        body=file.body,
        aliases=shape.aliases,
        kind=shape.kind,
        role=shape.role,
        beat=shape.beat,
        email=shape.email,
        links=tuple(Link(item.title, item.url) for item in shape.links),
        photo=_image(shape.photo),
        lang=shape.lang or file.config.lang,
        ingested=_ingested(shape.ingest),
        extra=shape.extra,
    )


def _source(file: _File, shape: SourceShape) -> Source:
    return Source(
        path=file.path,
        id=file.where.name,
        name=shape.name,
        body=file.body,
        aliases=shape.aliases,
        url=shape.url,
        kind=shape.kind,
        licence=shape.licence,
        licence_url=shape.licence_url,
        credit_line=shape.credit_line,
        indexing=shape.indexing,
        lang=shape.lang or file.config.lang,
        ingested=_ingested(shape.ingest),
        extra=shape.extra,
    )


def _section(file: _File, shape: SectionShape) -> Section:
    return Section(
        path=file.path,
        id=file.where.name,
        title=shape.title,
        body=file.body,
        description=shape.description,
        order=shape.order,
        lang=shape.lang or file.config.lang,
        extra=shape.extra,
    )


def _page(file: _File, shape: StaticPageShape) -> StaticPage:
    return StaticPage(
        path=file.path,
        slug=file.where.name,
        title=shape.title,
        body=file.body,
        description=shape.description,
        draft=shape.draft,
        lang=shape.lang or file.config.lang,
        aliases=shape.aliases,
        extra=shape.extra,
    )


def _ingested(shape: IngestedShape | None) -> Ingested | None:
    return Ingested(shape.raw, shape.digest, shape.guessed) if shape else None


def _image(shape: ImageShape | None) -> Image | None:
    if shape is None:
        return None
    return Image(shape.src, shape.alt, shape.caption, shape.credit, shape.source, shape.licence)
