"""Grounds: what the view of a page rests on, in digests, so that it is known without the view.

A page names the values that its view is made of beside those that all pages share. Documents
are known by their files' digests: equal files, read with equal settings, are equal documents.
So what a page rests on is told in a few words, which the store keeps; where they are what they
were, so is the view, and whoever plans need not make it, in this process or another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ssg.build.inputs import Inputs
from ssg.digest import digest
from ssg.model import Article, Author, Output, Page, Section, Source
from ssg.pages import STORY, Edition

#: What the store calls the digest of the values that all pages share.
SHARED: Final = "shared"

_PLAIN: Final = frozenset({str, int, type(None)})


@dataclass(frozen=True, slots=True)
class Grounds:
    """How what a page rests on is told. `shared` sums up what any page may be made of, `files`
    has what is told of a document, by its path; `hold` says that the last build shared the
    same, so that what was told of pages then can be compared. `concerned` are the stories whose
    pages alone may rest on something else than then, by their paths; None: any may.
    """

    shared: str
    files: Mapping[str, bytes]
    hold: bool
    concerned: frozenset[str] | None = None

    def of(self, output: Output, before: str) -> str:
        """What an output rests on, which was told to be `before`; empty where it does not say."""
        if not isinstance(output, Page) or output.rests_on is None:
            return ""
        if before and output.template == STORY and not self._may_concern(output):
            return before
        return digest(_told(output.rests_on(), self.files))

    def _may_concern(self, page: Page) -> bool:
        return self.concerned is None or page.origin in self.concerned


def grounds_of(
    inputs: Inputs, edition: Edition, site: str, last: str, concerned: frozenset[str] | None
) -> Grounds:
    """The grounds of a build. `site` is the digest of what all templates see, `last` what pages
    shared in the build before, `concerned` the stories that edits concern, if that is known.
    """
    reading = inputs.reading
    rows = {
        **inputs.rows,
        # What a broken file says now is not what stands for it.
        **{path: row for path, row in reading.rows.items() if path not in reading.broken},
    }
    files = {path: f"{row.digest} {path}".encode() for path, row in rows.items()}
    values = _told(edition.shared, files)
    shared = digest((site, inputs.salt, digest(inputs.config), values))
    return Grounds(shared, files, shared == last, concerned)


def _told(values: Iterable[object], files: Mapping[str, bytes]) -> list[object]:
    """The values as a digest can tell them apart, documents by their files."""
    return [
        files[value.path]
        if value.__class__ is Article
        else value
        if value.__class__ in _PLAIN
        else _of_other(value, files)
        for value in values
    ]


def _of_other(value: object, files: Mapping[str, bytes]) -> object:
    if isinstance(value, Author | Source | Section):
        return files[value.path]
    # As it prints: equal instants are one to a digest, and a page may show their offsets.
    return value.isoformat() if isinstance(value, datetime) else repr(value)
