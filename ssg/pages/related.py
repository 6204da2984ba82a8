"""Related: the older stories that a story leads on to.

They are chosen among the few that came before it under each of its tags and sources and in its
section. So a new story changes nothing of what older ones lead to, and what is looked at does
not grow with the archive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ssg.model import Article, Library, Term
from ssg.pages.parts import is_retracted
from ssg.slugs import slugify

#: How many stories before it are looked at under each of its terms, and how many are shown.
WINDOW: Final = 4
SHOWN: Final = 3

# What stories share says more or less about them: a tag is chosen for the story, a section is not.
_TAG, _SOURCE, _SECTION = 3, 1, 1

#: A section alone leads on by the neighbours; a tag is enough, or section and source together.
_ENOUGH: Final = 2


class Window(NamedTuple):
    """The stories that came next before a story under one term, newest first."""

    weight: int
    stories: tuple[Article, ...]


class Windows:
    """The windows of stories in one library. Where a term's stories stand is found out once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.places: dict[int, dict[str, int]] = {}

    def of(self, article: Article) -> Iterator[Window]:
        """The windows under all the terms that a published story has."""
        for term, weight in self._terms(article):
            after = self._place(article, term) + 1
            yield Window(weight, term.articles[after : after + WINDOW])

    def holding(self, article: Article) -> Iterator[Article]:
        """The stories in whose windows a published story stands."""
        for term, _ in self._terms(article):
            place = self._place(article, term)
            yield from term.articles[max(0, place - WINDOW) : place]

    def _terms(self, article: Article) -> Iterator[tuple[Term, int]]:
        library = self.library
        for slug in dict.fromkeys(map(slugify, article.tags)):
            yield library.by_tag[slug], _TAG
        for id_ in dict.fromkeys(item.source for item in article.sources):
            yield library.by_source[id_], _SOURCE
        if article.section:
            yield library.by_section[article.section], _SECTION

    def _place(self, article: Article, term: Term) -> int:
        places = self.places.get(id(term))
        if places is None:
            places = {story.path: place for place, story in enumerate(term.articles)}
            self.places[id(term)] = places
        return places[article.path]


def related(windows: Iterable[Window], apart: Article | None) -> list[Article]:
    """The stories that share most, the newest of equals first; none of `apart`, which the page
    leads to in any case, and none that was retracted.
    """
    shared: Counter[str] = Counter()
    found: dict[str, Article] = {}
    for weight, stories in windows:
        for story in stories:
            shared[story.path] += weight
            found[story.path] = story
    chosen = [
        story
        for path, story in found.items()
        if shared[path] >= _ENOUGH and story is not apart and not is_retracted(story)
    ]
    chosen.sort(key=lambda story: (-shared[story.path], -story.date.timestamp(), story.path))
    return chosen[:SHOWN]
