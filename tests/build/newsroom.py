"""Whole sites for tests: written from text in a few lines, built at one fixed instant.

A site is text in the manner of txtar (`-- path --` heads a file) or a mapping of paths to
texts or bytes. Where it gives no `config.toml` it gets a plain one.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from ssg.build import Order, Report, build
from ssg.build.manifest import sizes_in
from ssg.faults import Fault, Halt

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)

CONFIG = """\
title = "The Tidal Post"
base_url = "https://tidal.example/"
timezone = "Europe/Dublin"
page_size = 2
"""

#: Moments of the past, each later than the one before, at which files may have been saved.
_LONG_AGO = 1_000_000_000
_TIMES = itertools.count(_LONG_AGO - 100_000_000)

_HEADER = re.compile(r"^-- (?P<path>\S.*?) --\n", re.MULTILINE)

Files = Mapping[str, str | bytes] | str


def unpack(files: Files) -> dict[str, str | bytes]:
    """The files in txtar text."""
    if not isinstance(files, str):
        return dict(files)
    parts = _HEADER.split(files)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def png(width: int, height: int) -> bytes:
    """A picture of that size: enough of one for whoever reads its header."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    size, check = struct.pack(">I", 13), struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + size + header + check


@dataclass(frozen=True)
class Newsroom:
    """A site's folder, and what one does with it."""

    folder: Path

    def write(self, files: Files) -> Newsroom:
        """Writes files; they are added to what is there."""
        for path, content in unpack(files).items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def remove(self, path: str) -> None:
        target = self.folder / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()

    def settle(self) -> Newsroom:
        """Lets all files have rested: a build believes the times of those that have."""
        for path in self.folder.rglob("*"):
            if path.is_file() and path.stat().st_mtime > _LONG_AGO:
                os.utime(path, ns=(0, int(next(_TIMES) * 1e9)))
        return self

    def order(self, **changes: Any) -> Order:
        return Order(**{"site": self.folder, "now": NOW, **changes})

    def build(self, **changes: Any) -> Report:
        return build(self.order(**changes))

    def faults(self, **changes: Any) -> tuple[Fault, ...]:
        """What a build that must be refused says."""
        try:
            report = self.build(**changes)
        except Halt as halt:
            return halt.faults
        message = f"built without an error: {report}"
        raise AssertionError(message)

    def output(self, folder: str | Path = "output") -> dict[str, bytes]:
        """Every file that a build left, by its path."""
        top = self.folder / folder
        return {path: (top / path).read_bytes() for path in sorted(sizes_in(top))}

    def text(self, path: str) -> str:
        return (self.folder / "output" / path).read_text(encoding="utf-8")

    def sitemaps(self) -> str:
        """The sitemaps of all months and of the other pages, one after the other."""
        found = (self.folder / "output").glob("sitemap-*.xml")
        return "".join(path.read_text(encoding="utf-8") for path in sorted(found))

    def page(self, path: str) -> Any:
        """A page of the output as a tree of elements."""
        return lxml_html.document_fromstring(self.text(path))


def newsroom(folder: Path, files: Files) -> Newsroom:
    """A new site in an empty folder."""
    given = unpack(files)
    return Newsroom(folder).write({"config.toml": CONFIG, **given})


def article(title: str = "Tide", date: str = "2026-03-01", body: str = "Text.", **keys: str) -> str:
    """A content file of an article; further keys as YAML."""
    lines = [f"title: {title}", f"date: {date}", *(f"{key}: {keys[key]}" for key in keys)]
    return "---\n" + "\n".join(lines) + f"\n---\n{body}\n"


def document(body: str = "", **keys: str) -> str:
    """A content file of an author, a source, a section or a page."""
    return "---\n" + "".join(f"{key}: {keys[key]}\n" for key in keys) + f"---\n{body}\n"
