"""The material: the plain values that checks look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ssg.config import Config
from ssg.content import Documents
from ssg.content.documents import AnyDocument
from ssg.faults import Place, place_at
from ssg.frontmatter import Document, parse, place_of
from ssg.model import Article, Author

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A document with the text of its file. `start` is where its body begins; `prose` is the
    body with blanks in place of all that no reader reads, so that offsets are the same in both.
    """

    document: AnyDocument
    text: str
    start: int
    prose: str

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def lang(self) -> str:
        return self.document.lang

    @property
    def body(self) -> str:
        return self.text[self.start :]

    def place(self, offset: int, length: int = 1) -> Place:
        """The place of an offset in the body."""
        return place_at(self.path, self.text, self.start + offset, length)

    def place_of(self, *keys: str | int) -> Place:
        """The place of a value of the front matter."""
        document = parse(self.path, self.text)
        return place_of(document, keys) if isinstance(document, Document) else Place(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What there is to look at.

    `written` are the documents that are, or will be, published; `documents` are all there are.
    `guessed` has for each document the fields whose guesses nobody has settled.
    """

    now: datetime
    config: Config
    documents: Documents
    written: tuple[Written, ...] = ()
    guessed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def articles(self) -> Iterator[tuple[Article, Written]]:
        for written in self.written:
            if isinstance(written.document, Article):
                yield written.document, written

    def authors(self) -> Iterator[tuple[Author, Written]]:
        for written in self.written:
            if isinstance(written.document, Author):
                yield written.document, written
