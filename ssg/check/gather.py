"""Gathering: reads the files that checks look at. The edge of this room to the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ssg.build.inputs import Inputs
from ssg.build.order import Order
from ssg.check.material import Material, Written
from ssg.check.prose import prose_in
from ssg.content import decode
from ssg.content.documents import AnyDocument
from ssg.desk.guesses import waiting_fields
from ssg.faults import Fault
from ssg.frontmatter import body_of
from ssg.model import Article, Author, StaticPage


def gather(inputs: Inputs, order: Order) -> Material:
    """What there is to look at in a site whose inputs could be read."""
    written = tuple(_written(inputs, order))
    return Material(
        now=order.now,
        config=inputs.config,
        documents=inputs.content.documents,
        written=written,
        guessed=dict(_guessed(written, inputs, order.site)),
    )


def _written(inputs: Inputs, order: Order) -> Iterator[Written]:
    """The documents that are or will be published, with their texts."""
    known = inputs.content.documents
    documents: tuple[AnyDocument, ...] = (
        *known.articles,
        *known.authors,
        *known.sources,
        *known.sections,
        *known.pages,
    )
    for document in documents:
        if _is_for_readers(document, order):
            text = _text(inputs, document.path)
            if text is not None:
                body = body_of(text)
                yield Written(document, text, len(text) - len(body), prose_in(body))


def _is_for_readers(document: AnyDocument, order: Order) -> bool:
    """Drafts are unfinished, and what has expired is not read any more."""
    if isinstance(document, Article) and document.expires and document.expires <= order.now:
        return False
    is_draft = isinstance(document, Article | StaticPage) and document.draft
    return order.showing.drafts or not is_draft


def _text(inputs: Inputs, path: str) -> str | None:
    try:
        text = decode(path, Path(inputs.found.files[path].file).read_bytes())
    except FileNotFoundError:
        return None
    return None if isinstance(text, Fault) else text


def _guessed(
    written: tuple[Written, ...], inputs: Inputs, site: Path
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for item in written:
        document = item.document
        if isinstance(document, Article | Author) and document.ingested:
            yield item.path, waiting_fields(site, document, inputs.config)
