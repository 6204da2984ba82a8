"""Reads what readers see under and beside a story: its sources, its picture, its corrections.

They are found by the few marks that `docs/reference/theme.md` asks themes to keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssg.check.attribution import microformats
from ssg.check.attribution.reading import Paper, licence, plain
from ssg.check.attribution.said import (
    CORRECTIONS,
    CREDIT_LINES,
    PICTURE,
    PICTURE_CREDIT,
    PICTURE_LICENCE,
    REPUBLISHED,
    SOURCE_LICENCES,
    Aspect,
    Claim,
    Form,
    Origin,
    Wording,
    notes_said,
    relations_said,
    rows,
    sources_said,
)
from ssg.check.attribution.words import words_before

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


@dataclass(frozen=True, slots=True)
class Boxes:
    """What the boxes of a story say, which pages of sources they lead to, and in which words."""

    claims: dict[Form, dict[Aspect, Claim]]
    source_pages: tuple[str, ...]
    wordings: tuple[Wording, ...]


def boxes_of(entry: LexborNode, path: str, url: str, paper: Paper) -> Boxes:
    """The boxes of a story's element."""
    cites, notes = entry.css(".h-cite"), entry.css("[data-kind]")
    names = [(cite, next(microformats.properties(cite, "p-author"), None)) for cite in cites]
    return Boxes(
        claims={
            "line above the text": {REPUBLISHED: _provenance(entry)},
            "sources box": _sources(names, url, paper),
            "picture": _picture(entry, url, paper),
            "corrections": {CORRECTIONS: notes_said(map(_note, notes))},
        },
        source_pages=tuple(
            paper.absolute(url, microformats.url_value(name)) for _, name in names if name
        ),
        wordings=(
            *_provenance_words(entry, path),
            *_relation_words(names, path),
            *(_kind_words(note, path) for note in notes),
        ),
    )


# --- sources ------------------------------------------------------------------------------

_Cites = list[tuple["LexborNode", "LexborNode | None"]]


def _sources(cites: _Cites, url: str, paper: Paper) -> dict[Aspect, Claim]:
    origins = [
        Origin(
            microformats.text_value(name) if name else "",
            _leads_to(cite, url, paper),
            plain(cite.attributes.get("data-relation")),
        )
        for cite, name in cites
    ]
    lines = {plain(line.text()) for cite, _ in cites for line in cite.css(".credit-line")}
    return {
        **sources_said(origins),
        **relations_said(origins),
        CREDIT_LINES: rows(sorted(lines)),
        SOURCE_LICENCES: tuple(sorted(_licences(cites, url, paper))),
    }


def _licences(cites: _Cites, url: str, paper: Paper) -> set[tuple[str, str]]:
    """Each source with its terms: by their address, unless that is one of e-mail, else by name."""
    found = set()
    for cite, name in cites:
        for node in cite.css(".rights"):
            href = paper.absolute(url, node.attributes.get("href") or "mailto:")
            terms = licence(node.text() if href.startswith("mailto:") else href)
            if not terms.startswith("mailto:"):
                found.add((microformats.text_value(name) if name else "", terms))
    return found


def _provenance(entry: LexborNode) -> Claim:
    return rows([plain(node.text()) for node in entry.css(".provenance a")][:1])


def _provenance_words(entry: LexborNode, path: str) -> Iterator[Wording]:
    for node in entry.css(".provenance"):
        if links := node.css("a"):
            yield Wording("relation", "republished", words_before(node, links)[0], path)


def _leads_to(cite: LexborNode, url: str, paper: Paper) -> str:
    """Where a source's story stands, else its site: the first link that leaves ours."""
    for node in microformats.properties(cite, "u-url"):
        return paper.absolute(url, microformats.url_value(node))
    for node in cite.css("a[href]"):
        href = paper.absolute(url, node.attributes.get("href") or "")
        if paper.path(href) is None and "license" not in (node.attributes.get("rel") or "").split():
            return href
    return ""


def _relation_words(cites: _Cites, path: str) -> Iterator[Wording]:
    for cite, name in cites:
        if name is not None and name.parent is not None:
            relation = plain(cite.attributes.get("data-relation"))
            yield Wording("relation", relation, words_before(name.parent, [name])[0], path)


# --- the picture, corrections -------------------------------------------------------------


def _picture(entry: LexborNode, url: str, paper: Paper) -> dict[Aspect, Claim]:
    for figure in entry.css("figure"):
        image = figure.css_first("img.u-photo")
        owner = microformats.owner(image) if image else None
        if image and owner and owner.mem_id == entry.mem_id:
            maker, rights = figure.css_first(".credit .maker"), figure.css_first(".credit .rights")
            return {
                PICTURE: rows([paper.absolute(url, microformats.url_value(image))]),
                PICTURE_CREDIT: rows([plain(maker.text())] if maker else ()),
                PICTURE_LICENCE: rows([licence(rights.text())] if rights else ()),
            }
    return {PICTURE: (), PICTURE_CREDIT: (), PICTURE_LICENCE: ()}


def _note(note: LexborNode) -> tuple[str, str, str]:
    when, text = note.css_first("time"), note.css_first("span")
    day = plain(when.attributes.get("datetime")) if when else ""
    return plain(note.attributes.get("data-kind")), day, plain(text.text()) if text else ""


def _kind_words(note: LexborNode, path: str) -> Wording:
    """The kind in words; a retraction has its day beside them."""
    kind, label = plain(note.attributes.get("data-kind")), note.css_first("strong")
    if label is None:
        return Wording("kind", kind, "", path)
    days = label.css("time")
    words = words_before(label, days)[0] if days else plain(label.text())
    return Wording("kind", kind, words, path)
