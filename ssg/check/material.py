"""The material: the plain values that checks look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from ssg.check.pages import PageFacts
from ssg.check.prose import prose_in
from ssg.check.redirects import NOWHERE
from ssg.config import PATH as CONFIG
from ssg.config import Config
from ssg.content import Documents
from ssg.content.documents import AnyDocument
from ssg.desk import Report
from ssg.faults import Place, place_at, place_on
from ssg.frontmatter import Document, parse, place_of
from ssg.model import Article

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Written:
    """A document with the text of its file. `start` is where its body begins."""

    document: AnyDocument
    text: str
    start: int

    @cached_property
    def prose(self) -> str:
        """The body without what no reader reads, with offsets that are the same in both."""
        return prose_in(self.body)

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

    def _place_of_line(self, beginning: str) -> Place | None:
        """The place of a key at the start of a line, if it is the only one: parsing takes long."""
        at = self.text.find(beginning, 0, self.start)
        if at < 0 or self.text.find(beginning, at + 1, self.start) >= 0:
            return None
        return place_at(self.path, self.text, at + 1, len(beginning) - 2)

    def place_of(self, *keys: str | int) -> Place:
        """The place of a value of the front matter."""
        if len(keys) == 1 and (place := self._place_of_line(f"\n{keys[0]}:")):
            return place
        document = parse(self.path, self.text)
        return place_of(document, keys) if isinstance(document, Document) else Place(self.path)


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a document: as it is `written`, and the `url` that readers get. It stands at
    a line and column, or under `keys` of the front matter.
    """

    within: Written
    written: str
    url: str
    line: int = 0
    column: int = 1
    keys: Keys = ()

    @property
    def place(self) -> Place:
        if self.keys:
            return self.within.place_of(*self.keys)
        path, text = self.within.path, self.within.text
        return place_on(path, text, self.line, self.column, len(self.written))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What would be published: what each file names, by its path, and the content file that a
    page is about, if there is one. Paths that `redirected` matches are sent elsewhere by a host.
    """

    base_url: str
    base_path: str
    files: Mapping[str, PageFacts]
    origins: Mapping[str, str] = field(default_factory=dict)
    redirected: re.Pattern[str] = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What there is to look at.

    `written` are the documents that are, or will be, published; `documents` are all there are.
    `guessed` has for each document the fields whose guesses nobody has settled, `links` every
    address in `written`, `samples` what twins are found by, `raws` the raw texts by name,
    `settings` the text of config.toml, `inbox` what taking in raw texts would do. `outputs` are
    None where the site could not be built.
    """

    now: datetime
    config: Config
    documents: Documents
    written: tuple[Written, ...] = ()
    links: tuple[Link, ...] = ()
    guessed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    samples: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    raws: Mapping[str, str] = field(default_factory=dict)
    inbox: Report = field(default_factory=Report)
    outputs: Outputs | None = None
    settings: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """What people write, by path."""
        return {CONFIG: self.settings, **{item.path: item.text for item in self.written}}

    def articles(self) -> Iterator[tuple[Article, Written]]:
        for written in self.written:
            if isinstance(written.document, Article):
                yield written.document, written
