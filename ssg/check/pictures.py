"""Pictures: those that nobody is credited for, and those that say nothing to the blind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ssg.check.material import Written
from ssg.content.facts import without_code
from ssg.faults import Fault
from ssg.model import Article, Author, Image

#: A picture in Markdown without words between its brackets, and one in HTML without `alt`.
_WORDLESS: Final = re.compile(r"!\[\s*\](?=[(\[])|<img\b(?![^<>]*\salt\s*=)[^<>]*>", re.IGNORECASE)


def uncredited(
    articles: Iterable[tuple[Article, Written]], authors: Iterable[tuple[Author, Written]]
) -> Iterator[Fault]:
    """The pictures of articles and authors that do not say whose they are, and on which terms."""
    for article, written in articles:
        yield from _uncredited(article.image, "image", written)
    for author, written in authors:
        yield from _uncredited(author.photo, "photo", written)


def _uncredited(image: Image | None, key: str, written: Written) -> Iterator[Fault]:
    if image is None:
        return
    missing = [
        name
        for name, value in (("credit", image.credit or image.source), ("licence", image.licence))
        if not value
    ]
    if missing:
        message = f"the picture has no {' and no '.join(missing)}"
        hint = "add the keys to it: who made it, and on which terms you may show it"
        yield Fault("W310", message, written.place_of(key), hint)


def wordless(documents: Iterable[Written]) -> Iterator[Fault]:
    """The pictures in texts without alternative text, where nobody has said that none is needed."""
    for written in documents:
        body = written.body
        if "![" not in body and "<img" not in body:
            continue
        for match in _WORDLESS.finditer(without_code(body)):
            hint = 'say between the brackets what it shows; for decoration: <img src="…" alt="">'
            place = written.place(match.start(), len(match[0]))
            yield Fault("W311", "the picture says nothing to those who do not see it", place, hint)
