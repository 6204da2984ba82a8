"""Documents in full: front matter read by YAML, each key held to its shape, every fault found.

Files that are not ordinary come here, and with them the imports of YAML and pydantic.
"""

from __future__ import annotations

from ssg.content.files import AnyDocument, File, body_of
from ssg.content.limits import excess
from ssg.content.pseudonyms import names_of
from ssg.content.shape import (
    ArticleShape,
    AuthorShape,
    ImageShape,
    IngestedShape,
    SectionShape,
    SourceShape,
    StaticPageShape,
)
from ssg.faults import Fault, place_at
from ssg.frontmatter import Document, parse, place_of
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

_SHAPES: dict[str, type[Shape]] = {
    "articles": ArticleShape,
    "authors": AuthorShape,
    "sources": SourceShape,
    "sections": SectionShape,
    "pages": StaticPageShape,
}
_CODES = Codes(unknown="E206", missing="E207", wrong="E208")


def read_checked(file: File, text: str) -> AnyDocument | tuple[Fault, ...]:
    """The document in a content file, or every fault in it."""
    document = parse(file.path, text)
    if isinstance(document, Fault):
        return (document,)
    shape = check(
        _SHAPES[file.kind],
        document.values,
        codes=_CODES,
        locate=lambda keys: place_of(document, keys),
        context={"zone": file.zone, "path": file.path},
    )
    much = _too_much(document)
    if isinstance(shape, tuple):
        return (*shape, *much)
    return much or _build(file, body_of(document.body, document.body_line), shape)


def _too_much(document: Document) -> tuple[Fault, ...]:
    """The fault of a body that no converter could be expected to finish with."""
    found = excess(document.body)
    if found is None:
        return ()
    offset = len(document.text) - len(document.body) + found.offset
    hint = (
        "shorten the text, or close what is open; signs that mean nothing may stand in a code block"
    )
    return (Fault("E309", found.message, place_at(document.path, document.text, offset), hint),)


def _build(file: File, body: Body, shape: Shape) -> AnyDocument:
    match shape:
        case ArticleShape():
            return _article(file, body, shape)
        case AuthorShape():
            return _author(file, body, shape)
        case SourceShape():
            return _source(file, body, shape)
        case SectionShape():
            return _section(file, body, shape)
        case StaticPageShape():
            return _page(file, body, shape)
        case _:
            raise TypeError(shape)


def _article(file: File, body: Body, shape: ArticleShape) -> Article:
    return Article(
        path=file.path,
        id=shape.id or f"tag:{file.config.host},{file.year}:{file.month:02}/{file.name}",
        title=shape.title,
        slug=shape.slug or file.name,
        year=file.year,
        month=file.month,
        date=shape.date,
        body=body,
        kicker=shape.kicker,
        standfirst=shape.standfirst,
        updated=shape.updated,
        expires=shape.expires,
        draft=shape.draft,
        credits=tuple(Credit(item.author, item.role) for item in shape.authors),
        sources=tuple(
            Sourcing(item.source, item.url, item.relation, item.read, item.expires)
            for item in shape.sources
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


def _author(file: File, body: Body, shape: AuthorShape) -> Author:
    lang = shape.lang or file.config.lang
    name, slug, real_name = names_of(shape.name, shape.display_as, file.name, lang)
    return Author(
        path=file.path,
        id=file.name,
        name=name,
        slug=slug,
        real_name=real_name,
        body=body,
        aliases=shape.aliases,
        kind=shape.kind,
        role=shape.role,
        beat=shape.beat,
        email=shape.email,
        links=tuple(Link(item.title, item.url) for item in shape.links),
        photo=_image(shape.photo),
        order=shape.order,
        lang=lang,
        ingested=_ingested(shape.ingest),
        extra=shape.extra,
    )


def _source(file: File, body: Body, shape: SourceShape) -> Source:
    return Source(
        path=file.path,
        id=file.name,
        name=shape.name,
        body=body,
        aliases=shape.aliases,
        url=shape.url,
        kind=shape.kind,
        licence=shape.licence,
        feed_url=shape.feed_url,
        licence_url=shape.licence_url,
        credit_line=shape.credit_line,
        indexing=shape.indexing,
        territory=shape.territory,
        expires_after=shape.expires_after,
        lang=shape.lang or file.config.lang,
        ingested=_ingested(shape.ingest),
        extra=shape.extra,
    )


def _section(file: File, body: Body, shape: SectionShape) -> Section:
    return Section(
        path=file.path,
        id=file.name,
        title=shape.title,
        body=body,
        description=shape.description,
        order=shape.order,
        lang=shape.lang or file.config.lang,
        extra=shape.extra,
    )


def _page(file: File, body: Body, shape: StaticPageShape) -> StaticPage:
    return StaticPage(
        path=file.path,
        slug=file.name,
        title=shape.title,
        body=body,
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
