"""Pictures: those that nobody is credited for, and those that say nothing to the blind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ssg.check.material import Outputs, Written
from ssg.check.places import place_written
from ssg.content.facts import without_code
from ssg.faults import Fault, Place
from ssg.model import Article, Author, Image

#: A picture in Markdown without words between its brackets, and one in HTML without `alt`.
_WORDLESS: Final = re.compile(r"!\[\s*\](?=[(\[])|<img\b(?![^<>]*\salt\s*=)[^<>]*>", re.IGNORECASE)


def uncredited(written: Written) -> Iterator[Fault]:
    """The picture of an article or author that does not say whose it is, and on which terms."""
    match written.document:
        case Article(image=Image() as image):
            yield from _uncredited(image, "image", written)
        case Author(photo=Image() as photo):
            yield from _uncredited(photo, "photo", written)
        case _:
            pass


def _uncredited(image: Image, key: str, written: Written) -> Iterator[Fault]:
    missing = [
        name
        for name, value in (("credit", image.credit or image.source), ("licence", image.licence))
        if not value
    ]
    if missing:
        message = f"the picture has no {' and no '.join(missing)}"
        hint = "add the keys to it: who made it, and on which terms you may show it"
        yield Fault("W310", message, written.place_of(key), hint)


def wordless(written: Written) -> Iterator[Fault]:
    """The pictures in a text without alternative text, if nobody has said that none is needed."""
    body = written.body
    if "![" not in body and "<img" not in body:
        return
    for match in _WORDLESS.finditer(without_code(body)):
        hint = 'say between the brackets what it shows; for decoration: <img src="…" alt="">'
        place = written.place(match.start(), len(match[0]))
        yield Fault("W311", "the picture says nothing to those who do not see it", place, hint)


def unseen(outputs: Outputs | None, texts: Mapping[str, str]) -> Iterator[Fault]:
    """The pictures that a theme shows and that say nothing, not even that they are decoration."""
    for page, src in _unseen(outputs) if outputs else ():
        name = src.rpartition("/")[2]
        forms = [src, name] if name else [src]
        if outputs and place_written(forms, [page], outputs, texts).line is None:
            hint = 'write alt="what is to be seen", or alt="" where it is decoration'
            message = f"the picture {src} says nothing to those who do not see it"
            yield Fault("W311", message, Place(page), hint)


def _unseen(outputs: Outputs) -> Iterator[tuple[str, str]]:
    """Pictures in finished pages that have no `alt` at all, each with the first page of it."""
    seen: set[str] = set()
    for page, facts in outputs.files.items():
        for src in facts.unseen:
            if src not in seen:
                seen.add(src)
                yield page, src
