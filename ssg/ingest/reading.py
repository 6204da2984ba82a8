"""Formats: what turns the bytes of a raw file into text that the rules can read.

A reader says which files are its own and gives their text; spans of receipts then count in
that text. A new format is a reader in front of plain text, which takes everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from ssg.faults import Fault
from ssg.ingest.decode import decode
from ssg.ingest.harvest import Options


@dataclass(frozen=True, slots=True)
class Reading:
    """A raw file's text before any repair, and what was wrong with it."""

    text: str
    faults: tuple[Fault, ...] = ()


class Reader(Protocol):
    """A format. Neither method touches anything but the bytes it is given."""

    def accepts(self, raw: bytes, name: str) -> bool: ...

    def read(self, raw: bytes, name: str, options: Options) -> Reading: ...


@dataclass(frozen=True, slots=True)
class PlainText:
    """Text in whatever encoding."""

    def accepts(self, raw: bytes, name: str) -> bool:  # noqa: ARG002 - everything is text
        return True

    def read(self, raw: bytes, name: str, options: Options) -> Reading:
        decoded = decode(raw, name, options.legacy_encoding)
        return Reading(decoded.text, decoded.faults)


READERS: Final[tuple[Reader, ...]] = (PlainText(),)


def read(raw: bytes, name: str, options: Options, readers: Sequence[Reader] = READERS) -> Reading:
    """The text of a raw file, by the first reader that accepts it."""
    reader = next(reader for reader in readers if reader.accepts(raw, name))
    return reader.read(raw, name, options)
