"""References: where a link or a picture in a document leads, and the faults of those that do not.

A relative path names a document (`../10/ferry.md`) or a file in `content/media/`; a path
with a leading slash is an address of the site; everything else is somebody else's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname
from typing import Final, Literal
from urllib.parse import unquote

from ssg.faults import Fault, Place, did_you_mean, place_on
from ssg.frontmatter import Document, parse, place_of
from ssg.model import Article, Author, Body, Image, Media
from ssg.slugs import slugify
from ssg.urls import is_web, resolve, url_kind

MEDIA: Final = "content/media/"

TextOf = Callable[[str], str]

_NO_FILE = re.compile(r"[?#\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a reference leads: a path under `content/` for documents and media, else a URL.

    `suffix` is the query and fragment that follow the path.
    """

    kind: Literal["document", "media", "site", "outside", "nowhere", "refused"]
    path: str
    suffix: str = ""


def destination(document: str, target: str) -> Destination:
    """Where `target`, written in the document at this path, leads."""
    bare, suffix = _split(target)
    name = unicodedata.normalize("NFC", unquote(bare))
    match url_kind(target):
        case "refused":
            return Destination("refused", target)
        case "web" | "mail" | "fragment":
            return Destination("outside", target)
        case "site":
            path = resolve("content", name) or ""
            if path.startswith(MEDIA):
                return Destination("media", path, suffix)
            return Destination("site", bare, suffix)
        case _:
            path = resolve(dirname(document), name) or ""
            if path.startswith("content/") and path.endswith(".md"):
                return Destination("document", path, suffix)
            return Destination("media" if path.startswith(MEDIA) else "nowhere", path, suffix)


def _split(target: str) -> tuple[str, str]:
    cut = min((at for at in (target.find("?"), target.find("#")) if at >= 0), default=len(target))
    return target[:cut], target[cut:]


def media_path(document: str, src: str) -> str | None:
    """The path in `content/media/` that a picture's `src` names, or a web address as it is."""
    if is_web(src):
        return src
    found = destination(document, src)
    return found.path if found.kind == "media" else None


def is_site_path(path: str) -> bool:
    """Whether `path` is one of this site, with nothing in it that a file's name may not hold."""
    read = unquote(path)
    plain = read.removeprefix("/").removesuffix("/")
    return url_kind(read) == "site" and resolve("", read) == plain and not _NO_FILE.search(read)


@dataclass(frozen=True, slots=True)
class Known:
    """What references may lead to: ids by kind, the paths of documents, and media files.

    `broken` are the paths of documents that have faults of their own: a reference to one of
    these is not reported a second time.
    """

    authors: Mapping[str, str]
    sources: Mapping[str, str]
    sections: Mapping[str, str]
    documents: frozenset[str]
    media: Mapping[str, Media]
    broken: frozenset[str] = frozenset()


def check_article(article: Article, known: Known, text_of: TextOf) -> Iterator[Fault]:
    """The ids, pictures and links of an article that lead nowhere."""
    path = article.path
    for kind, wanted, names, keys in _ids_of(article, known):
        if wanted not in names and f"content/{kind}s/{wanted}.md" not in known.broken:
            place = place_of_key(path, keys, text_of)
            yield _unknown_id(kind, wanted, names, place)
    yield from _check_image(article.image, known, path, "image", text_of)
    yield from check_body(path, article.body, known, text_of)


def check_author(author: Author, known: Known, text_of: TextOf) -> Iterator[Fault]:
    """The photo and the links of an author that lead nowhere."""
    yield from _check_image(author.photo, known, author.path, "photo", text_of)
    yield from check_body(author.path, author.body, known, text_of)


def check_body(path: str, body: Body, known: Known, text_of: TextOf) -> Iterator[Fault]:
    """The links and pictures of a body that lead nowhere or are no address for a reader."""
    for reference in body.facts.references:
        found = destination(path, reference.target)
        if found.kind in {"site", "outside"} or _is_there(found, known):
            continue
        place = place_on(
            path, text_of(path), reference.line, reference.column, len(reference.target)
        )
        yield _body_fault(found, reference.target, known, place)


def _is_there(found: Destination, known: Known) -> bool:
    if found.kind == "document":
        return found.path in known.documents or found.path in known.broken
    return found.kind == "media" and found.path in known.media


def _body_fault(found: Destination, target: str, known: Known, place: Place) -> Fault:
    if found.kind == "refused":
        hint = "allowed are https://…, http://…, mailto:…, paths of the site and of its files"
        return Fault("E303", f'"{target}" is no address for a reader', place, hint)
    if found.kind == "nowhere":
        hint = "link to a .md file, to a file in content/media/, or to an address like /about/"
        return Fault("E302", f'"{target}" leads to nothing that is published', place, hint)
    among: Iterable[str] = known.documents if found.kind == "document" else known.media
    return Fault("E302", f"there is no {found.path}", place, did_you_mean(found.path, among))


def _check_image(
    image: Image | None, known: Known, path: str, key: str, text_of: TextOf
) -> Iterator[Fault]:
    if image is None or is_web(image.src) or image.src in known.media:
        return
    place = place_of_key(path, (key, "src"), text_of)
    yield Fault("E302", f"there is no {image.src}", place, did_you_mean(image.src, known.media))


def _ids_of(
    article: Article, known: Known
) -> Iterator[tuple[str, str, Mapping[str, str], tuple[str | int, ...]]]:
    """Each id an article names: of what kind, among which, and where it stands."""
    for index, credit in enumerate(article.credits):
        yield "author", credit.author, known.authors, ("authors", index, "author")
    for index, sourcing in enumerate(article.sources):
        yield "source", sourcing.source, known.sources, ("sources", index, "source")
    if article.section is not None:
        yield "section", article.section, known.sections, ("section",)


def _unknown_id(kind: str, wanted: str, names: Mapping[str, str], place: Place) -> Fault:
    hint = _nearest_id(wanted, names)
    hint = hint or f"write content/{kind}s/{slugify(wanted)}.md, or remove it here"
    return Fault("E301", f'no {kind} has the id "{wanted}"', place, hint)


def _nearest_id(wanted: str, names: Mapping[str, str]) -> str | None:
    """The id that was meant, also where somebody wrote the name in its place."""
    for id_, name in names.items():
        if slugify(wanted) in {id_, slugify(name)}:
            return f'did you mean "{id_}"?'
    return did_you_mean(wanted, names)


def place_of_key(path: str, keys: tuple[str | int, ...], text_of: TextOf) -> Place:
    """Where the value under `keys` stands in the front matter of a file."""
    document = parse(path, text_of(path))
    return place_of(document, keys) if isinstance(document, Document) else Place(path)
