"""Files: what a content file says of its document before it is opened, and its text."""

from __future__ import annotations

import re
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from ssg.config import Config
from ssg.content.facts import facts_of
from ssg.digest import digest_bytes
from ssg.faults import Fault, Place, place_at
from ssg.model import Article, Author, Body, Section, Source, StaticPage
from ssg.slugs import is_slug

AnyDocument = Article | Author | Source | Section | StaticPage

_ARTICLE_PATH = re.compile(r"content/articles/(?!0000)([0-9]{4})/(0[1-9]|1[0-2])/([^/]+)\.md")
_OTHER_PATH = re.compile(r"content/(authors|sources|sections|pages)/([^/]+)\.md")


class File(Struct, frozen=True):
    """The kind of a document, its name, an article's year and month, and the site it is in."""

    path: str
    config: Config
    kind: str
    name: str
    year: int = 0
    month: int = 0

    @property
    def zone(self) -> ZoneInfo:
        return _zone(self.config.timezone)


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def file_at(path: str, config: Config) -> File | Fault:
    """What a path says of the document there, or why no address can be made from it."""
    if match := _ARTICLE_PATH.fullmatch(path):
        file = File(path, config, "articles", match[3], int(match[1]), int(match[2]))
    elif match := _OTHER_PATH.fullmatch(path):
        file = File(path, config, match[1], match[2])
    else:
        hint = "articles lie in content/articles/YYYY/MM/slug.md, the others in a folder of a kind"
        return Fault("E304", "no address can be made from this path", Place(path), hint)
    if not is_slug(file.name):
        hint = "name the file with letters, digits and hyphens"
        return Fault("E304", f'"{file.name}" cannot stand in an address', Place(path), hint)
    return file


def decode(path: str, data: bytes) -> str | Fault:
    """The text of a content file: UTF-8, with or without a byte order mark, any line ends."""
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "save it as UTF-8, or drop it into content/inbox/ as a raw text"
        return Fault("E306", "the file is not text in UTF-8", Place(path, line), hint)
    if "\x00" in text:
        return Fault("E306", "the file holds binary data", place_at(path, text, text.index("\x00")))
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def body_of(text: str, first_line: int) -> Body:
    """A body that begins on line `first_line` of its file: its digest and facts."""
    return Body(digest_bytes(text.encode()), facts_of(text, first_line))
