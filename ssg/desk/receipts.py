"""Receipts: what was made of a raw text, and from which of its words.

They lie in `content/inbox/.receipts/`, under version control: `NAME.json` is the record,
`NAME.md` the Markdown as it was made, which is the base of the next merge, and
`NAME.theirs.md`, where a merge waits for a person, the version that could not be merged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from ssg.faults import Fault, Place, place_on

INBOX: Final = "content/inbox"
FOLDER: Final = f"{INBOX}/.receipts"

_TEXTS: Final = ("pending", "theirs", "document", "id", "date")
# Only such a path is followed: a receipt is a file that anybody may have edited.
_DOCUMENT = re.compile(r"content/(?:articles/\d{4}/\d{2}|authors)/[^/\\\0]+\.md")


class Found(msgspec.Struct, frozen=True):
    """Words of a raw text that gave a field: where they stand in it as decoded, by which rule,
    and how sure that rule is, 0 to 1.
    """

    span: tuple[int, int]
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said on the command line where the text said nothing."""

    date: str | None = None
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one raw text became. `document` is the file that follows its changes.

    `pending` is the digest of a changed raw text that waits for a person, `theirs` that of
    the version laid before them.
    """

    raw: str
    digest: str
    document: str | None = None
    id: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    given: Given = Given()
    pending: str | None = None
    theirs: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


def record_path(raw: str) -> str:
    """Where the record of a raw text lies."""
    return f"{FOLDER}/{raw}.json"


def base_path(raw: str) -> str:
    """Where the Markdown lies that was made of a raw text."""
    return f"{FOLDER}/{raw}.md"


def theirs_path(raw: str) -> str:
    """Where the version lies that waits for a person."""
    return f"{FOLDER}/{raw}.theirs.md"


def write_receipt(receipt: Receipt) -> bytes:
    """The record as it is kept: keys in one order, without what is empty."""
    values = {
        "raw": receipt.raw,
        "digest": receipt.digest,
        "pending": receipt.pending,
        "theirs": receipt.theirs,
        "document": receipt.document,
        "id": receipt.id,
        "date": receipt.date,
        "authors": list(receipt.authors),
        "sources": list(receipt.sources),
        "guessed": list(receipt.guessed),
        "given": _filled(
            {
                "date": receipt.given.date,
                "authors": list(receipt.given.authors),
                "sources": list(receipt.given.sources),
            }
        ),
        "fields": dict(receipt.fields),
    }
    return (json.dumps(_filled(values), ensure_ascii=False, indent=2) + "\n").encode(
        "utf-8", "replace"
    )


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [], {})}


def found_in(receipt: Receipt) -> dict[str, list[Found]]:
    """The words that gave each field. Raises msgspec.ValidationError where it does not say."""
    return msgspec.convert(dict(receipt.fields), dict[str, list[Found]])


def read_receipt(raw: str, data: bytes) -> Receipt | Fault:
    """The record of a raw text, or why it cannot be used."""
    path = record_path(raw)
    try:
        values = json.loads(data)
    except json.JSONDecodeError as error:
        place = place_on(path, error.doc, error.lineno, error.colno)
        return _unreadable(f"the receipt is not valid JSON: {error.msg}", place)
    except (ValueError, RecursionError):  # no text, too deep, or a number without an end
        return _unreadable("the receipt is not valid JSON", Place(path))
    if not _has_shape(values):
        return _unreadable("the receipt does not have the shape of one", Place(path))
    return _receipt(raw, values)


def _receipt(raw: str, values: Mapping[str, Any]) -> Receipt:
    given = values.get("given", {})
    return Receipt(
        raw=raw,
        digest=values["digest"],
        document=values.get("document"),
        id=values.get("id"),
        date=values.get("date"),
        authors=tuple(values.get("authors", ())),
        sources=tuple(values.get("sources", ())),
        guessed=tuple(values.get("guessed", ())),
        given=Given(
            given.get("date"), tuple(given.get("authors", ())), tuple(given.get("sources", ()))
        ),
        pending=values.get("pending"),
        theirs=values.get("theirs"),
        fields=values.get("fields", {}),
    )


def _has_shape(values: object) -> bool:
    if not isinstance(values, dict):
        return False
    given, document = values.get("given", {}), values.get("document")
    return (
        isinstance(values.get("digest"), str)
        and isinstance(values.get("fields", {}), dict)
        and isinstance(given, dict)
        and all(_is_text(values.get(key)) for key in _TEXTS)
        and _is_text(given.get("date"))
        and all(_is_texts(values.get(key, [])) for key in ("authors", "sources", "guessed"))
        and all(_is_texts(given.get(key, [])) for key in ("authors", "sources"))
        and (document is None or bool(_DOCUMENT.fullmatch(document)))
    )


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _unreadable(message: str, place: Place) -> Fault:
    hint = "bring it back from version control, or delete it: it is then made anew"
    return Fault("E605", message, place, hint)
