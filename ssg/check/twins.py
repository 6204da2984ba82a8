"""Twins: articles with one headline, and articles that are nearly the same.

Texts are compared by their shingles: every run of `SPAN` words. Pairs worth comparing are found
by those shingles alone that begin with a chosen word, one word in eleven, chosen by checksum
and so the same on every machine; a pair that shares enough of these is compared in full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final
from zlib import crc32

from ssg.check.material import Written
from ssg.faults import Fault
from ssg.model import Article

SPAN: Final = 4
ALIKE: Final = 0.6  # of all shingles of both: a story that was taken up twice has more
SHORTEST: Final = 40

_CHOSEN: Final = 11  # one word in so many begins a shingle that is looked up
_FEWEST: Final = 24
_SUSPECT: Final = 0.25
_COMMON: Final = 20  # what so many texts have is furniture: a note, a list of offices
# Scripts without blanks between words: each sign counts as one.
_SIGNS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")


def same_headlines(articles: Iterable[tuple[Article, Written]]) -> Iterator[Fault]:
    """Articles that have the headline of an older one, in the same language."""
    first: dict[tuple[str, str], Article] = {}
    for article, written in _oldest_first(articles):
        key = (" ".join(article.title.casefold().split()), article.lang)
        other = first.setdefault(key, article)
        if other is not article:
            hint = "readers and search engines cannot tell them apart: say what is new"
            message = f"has the same headline as {other.path}"
            yield Fault("W907", message, written.place_of("title"), hint)


def _oldest_first(
    articles: Iterable[tuple[Article, Written]],
) -> list[tuple[Article, Written]]:
    return sorted(articles, key=lambda pair: (pair[0].date, pair[0].path))


def near_twins(
    articles: Iterable[tuple[Article, Written]], samples: Mapping[str, Sequence[int]]
) -> Iterator[Fault]:
    """Articles that are nearly the same as an older one; `samples` are theirs by path."""
    pairs = _oldest_first(articles)
    for older, newer in suspects([samples.get(article.path, ()) for article, _ in pairs]):
        written = pairs[newer][1]
        share = share_of(words_of(pairs[older][1].prose), words_of(written.prose))
        if share >= ALIKE:
            hint = "update the older one, or take one of them back"
            message = f"is to {share:.0%} the same as {pairs[older][0].path}"
            yield Fault("W908", message, written.place_of("title"), hint)


def words_of(prose: str) -> list[str]:
    """The words of a text, or the signs of a script that does not part words."""
    text = prose.casefold()
    return text.split() if text.isascii() else _SIGNS.findall(text)


def sample_of(written: Written) -> tuple[int, ...]:
    """The checksums of those shingles of an article that begin with a chosen word; none of a text
    that is too short to tell.
    """
    if not isinstance(written.document, Article):
        return ()
    return sample(words_of(written.prose))


def sample(words: Sequence[str]) -> tuple[int, ...]:
    """See `sample_of`. Where these are few, those with the lowest checksums are taken as well."""
    if len(words) < SHORTEST:
        return ()
    chosen = set(filter(_is_chosen, set(words)))
    begins = [at for at, word in enumerate(words[: 1 - SPAN]) if word in chosen]
    found = _checksums(words, begins)
    if len(found) < _FEWEST:
        found |= set(sorted(_checksums(words, range(len(words) - SPAN + 1)))[:_FEWEST])
    return tuple(sorted(found))


def _checksums(words: Sequence[str], begins: Iterable[int]) -> set[int]:
    return {crc32(" ".join(words[at : at + SPAN]).encode()) for at in begins}


@lru_cache(maxsize=1 << 16)
def _is_chosen(word: str) -> bool:
    return crc32(word.encode()) % _CHOSEN == 0


def suspects(samples: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """The pairs of texts, by their numbers, that share enough of their samples."""
    by_shingle: dict[int, list[int]] = {}
    for number, sample in enumerate(samples):
        for shingle in sample:
            by_shingle.setdefault(shingle, []).append(number)
    shared = Counter(
        pair
        for numbers in by_shingle.values()
        if 1 < len(numbers) <= _COMMON
        for pair in combinations(numbers, 2)
    )
    for (one, other), count in sorted(shared.items()):
        if count >= _SUSPECT * min(len(samples[one]), len(samples[other])):
            yield one, other


def share_of(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of the shingles that either text has both have (Jaccard's index)."""
    these, those = (
        {tuple(words[at : at + SPAN]) for at in range(len(words) - SPAN + 1)}
        for words in (one, other)
    )
    return len(these & those) / (len(these | those) or 1)
