"""Pseudonyms: texts that tell readers who writes under another name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from ssg.check.material import Written
from ssg.check.prose import paragraphs
from ssg.content.pseudonyms import secrets_of, tells, texts_in
from ssg.faults import Fault, Place
from ssg.frontmatter import Document, parse
from ssg.model import Author

#: Keys that name authors by their ids, or the raw text that a document came from.
_UNSEEN: Final = frozenset({"authors", "ingest"})


def given_away(documents: Iterable[Written], authors: Iterable[Author]) -> Iterator[Fault]:
    """Where another document says a name that readers are not to know. Their own files are looked
    at by every build.
    """
    hidden = [(author, secrets_of(author)) for author in authors if author.real_name]
    if not hidden:
        return
    for written in documents:
        if isinstance(written.document, Author) and written.document.real_name:
            continue
        text = unicodedata.normalize("NFC", written.text).casefold()
        for author, names in hidden:
            if any(unicodedata.normalize("NFC", n).casefold().split()[-1] in text for n in names):
                yield from _told(written, author, names)


def _told(written: Written, author: Author, names: tuple[str, ...]) -> Iterator[Fault]:
    document = parse(written.path, written.text)
    if isinstance(document, Document):
        for keys, value in texts_in(document.values):
            if keys[0] not in _UNSEEN and tells(value, names):
                yield _fault(author, written.place_of(*keys))
    for start, paragraph in paragraphs(written.prose):
        if tells(paragraph, names):
            at = max(paragraph.casefold().find((author.real_name or "").casefold()), 0)
            yield _fault(author, written.place(start + at))


def _fault(author: Author, place: Place) -> Fault:
    message = f'this names somebody who writes as "{author.name}"'
    hint = "say it otherwise, if readers could tell from it who that is"
    return Fault("W312", message, place, hint)
