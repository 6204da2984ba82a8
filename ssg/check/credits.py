"""Credits: articles that nobody has signed, and guesses that nobody has settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ssg.check.material import Written
from ssg.faults import Fault
from ssg.model import Article

#: What the fields of a guess are called in front matter, where that is not their own name.
_KEYS: Final = {"bios": "authors"}


def unsigned(written: Written) -> Iterator[Fault]:
    """An article that no author is credited for. What is republished was written elsewhere."""
    article = written.document
    if not isinstance(article, Article) or article.credits:
        return
    if all(sourcing.relation != "republished" for sourcing in article.sources):
        hint = "name them under authors; the publisher is credited where nobody is"
        yield Fault("W905", "no author is credited", written.place_of("title"), hint)


def unsettled(
    documents: Iterable[Written], guessed: Mapping[str, tuple[str, ...]]
) -> Iterator[Fault]:
    """The fields that were guessed when a raw text was taken in, and that stand as they were."""
    for written in documents:
        for field in guessed.get(written.path, ()):
            hint = "put it right, or take its name out of ingest › guessed where it is right"
            place = written.place_of(_KEYS.get(field, field))
            yield Fault("W902", f"the {field} was guessed, and nobody has looked", place, hint)
