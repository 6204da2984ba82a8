"""Gathering: reads the files that checks look at. The edge of this room to the disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ssg.build.inputs import Inputs
from ssg.build.memory import Kept
from ssg.build.order import Order
from ssg.build.scan import INBOX
from ssg.build.store import opened
from ssg.check.known import Known
from ssg.check.material import Keys, Link, Material, Outputs, Written
from ssg.check.pages import NOTHING
from ssg.check.redirects import NOWHERE, redirects_in
from ssg.config import PATH as CONFIG
from ssg.content import decode
from ssg.content.documents import AnyDocument
from ssg.desk import Report, ingest_files
from ssg.desk.guesses import waiting_fields
from ssg.faults import Fault
from ssg.frontmatter import body_of
from ssg.ingest.harvest import Options
from ssg.ingest.reading import read
from ssg.model import Article, Author, Source, StaticPage
from ssg.pages import Edition
from ssg.urls import url_kind

_REDIRECTS = "_redirects"


def gather(inputs: Inputs, order: Order) -> Material:
    """What there is to look at in a site whose inputs could be read."""
    written = tuple(_written(inputs, order))
    return Material(
        now=order.now,
        config=inputs.config,
        documents=inputs.content.documents,
        written=written,
        guessed=dict(_guessed(written, inputs, order.site)),
        raws=dict(_raws(written, inputs)),
        inbox=_inbox(inputs, order),
        settings=(order.site / CONFIG).read_text(encoding="utf-8-sig"),
    )


def with_outputs(material: Material, kept: Kept, known: Known, order: Order) -> Material:
    """The material with what would be published, and where its links lead."""
    edition = kept.wanted.edition
    pages = known.pages
    files = {
        path: pages[path][1] if path in pages else NOTHING for path in sorted(kept.manifest.files)
    }
    redirects = order.target / _REDIRECTS
    outputs = Outputs(
        base_url=material.config.base_url,
        base_path=material.config.base_path,
        files=files,
        origins={o.path: o.origin for o in kept.wanted.outputs if o.origin},
        redirected=redirects_in(redirects.read_text("utf-8", "replace"))
        if _REDIRECTS in files
        else NOWHERE,
    )
    links = tuple(link for item in material.written for link in _links(item, edition))
    return replace(material, links=links, outputs=outputs)


def _links(written: Written, edition: Edition) -> Iterator[Link]:
    """Every address in a document; a story that is held has none yet."""
    document, at = written.document, edition.frame.at
    own = edition.urls.get(written.path)
    prose = edition.prose(document.path, document.body)
    targets = {target.reference: target.url for target in prose.targets}
    for reference in document.body.facts.references:
        kind = url_kind(reference.target)
        url = targets.get(reference.target)
        if kind == "web":
            url = reference.target
        elif kind == "fragment" and own:
            url = own + reference.target
        if url:
            yield Link(written, reference.target, url, reference.line, reference.column)
    for keys, address in _stated(document):
        yield Link(written, address, at.site(address), keys=keys)


def _stated(document: AnyDocument) -> Iterator[tuple[Keys, str]]:
    """The addresses in front matter."""
    match document:
        case Article():
            for index, sourcing in enumerate(document.sources):
                if sourcing.url:
                    yield ("sources", index, "url"), sourcing.url
        case Author():
            for index, link in enumerate(document.links):
                yield ("links", index, "url"), link.url
        case Source():
            for name in ("url", "feed_url", "licence_url"):
                if address := getattr(document, name):
                    yield (name,), address
        case _:
            pass


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
                yield Written(document, text, len(text) - len(body))


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


def _inbox(inputs: Inputs, order: Order) -> Report:
    """What taking in raw texts would do; nothing is taken in."""
    with opened(order.state):
        return ingest_files(order.site, (), inputs.config, now=order.now, dry_run=True)


def _raws(written: tuple[Written, ...], inputs: Inputs) -> Iterator[tuple[str, str]]:
    """The raw texts that articles were made of, by name, as far as they can be read."""
    options = Options.of(inputs.config)
    for item in written:
        document = item.document
        if isinstance(document, Article) and document.ingested:
            name = document.ingested.raw
            file = inputs.found.files.get(f"{INBOX}{name}")
            if file and not (reading := read(Path(file.file).read_bytes(), name, options)).faults:
                yield name, reading.text


def _guessed(
    written: tuple[Written, ...], inputs: Inputs, site: Path
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for item in written:
        document = item.document
        if isinstance(document, Article | Author) and document.ingested:
            yield item.path, waiting_fields(site, document, inputs.config)
