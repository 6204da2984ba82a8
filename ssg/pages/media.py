"""Media: which files of `content/media/` are published, and which of them are stripped."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace as replace_fields

from ssg.content.pseudonyms import secrets_of
from ssg.content.references import MEDIA, destination
from ssg.model import (
    Article,
    Author,
    Copy,
    Image,
    Library,
    Section,
    Source,
    StaticPage,
)
from ssg.pages.edition import Edition
from ssg.pages.parts import (
    is_retracted,
)
from ssg.pictures import ENDINGS


def media_copies(edition: Edition) -> Iterator[Copy]:
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
