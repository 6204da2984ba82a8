"""Guesses: which fields of a document stand as they were guessed when its raw text came in."""

from __future__ import annotations

from pathlib import Path

from ssg.config import Config
from ssg.content.documents import read_document
from ssg.desk.files import bytes_at
from ssg.desk.receipts import base_path
from ssg.model import Article, Author


def waiting_fields(site: Path, document: Article | Author, config: Config) -> tuple[str, ...]:
    """The fields whose guess stands as it was made: a changed value settles it as well."""
    guessed = document.ingested.guessed if document.ingested else ()
    made = _made(site, document, config) if guessed else None
    if made is None or made.ingested is None:
        return guessed
    first = made.ingested.guessed
    return tuple(
        field
        for field in guessed
        if field not in first or _value(made, field) == _value(document, field)
    )


def _value(document: Article | Author, field: str) -> object:
    """What a document says under the name that a receipt has for it."""
    match field:
        case "authors":
            return getattr(document, "credits", None)
        case "bios":
            return document.body.digest
        case _:
            return getattr(document, field, None)


def _made(site: Path, document: Article | Author, config: Config) -> Article | Author | None:
    """The document as it was made of its raw text, if that can still be read."""
    raw = document.ingested.raw if document.ingested else ""
    data = kept(site, raw, base_path(raw))
    found = read_document(document.path, data, config) if data is not None else None
    return found if isinstance(found, Article | Author) else None


def kept(site: Path, raw: str, path: str) -> bytes | None:
    """The bytes at a path that was made of a raw text's name, where that may be read."""
    try:
        return bytes_at(site / path) if may_be_read(site, raw, path) else None
    except OSError:
        return None


def may_be_read(site: Path, raw: str, path: str) -> bool:
    """Whether a path made of a raw text's name is a file in the folder of receipts: the name
    is one, not a way to another folder, and the file no link.
    """
    if raw.startswith(".") or not raw.isprintable() or set("/\\") & set(raw):
        return False
    file = site / path
    try:
        return file.is_file() and not file.is_symlink()
    except OSError:
        return False
