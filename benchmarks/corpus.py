"""A made-up newspaper of any length, the same each time: what every program builds.

A story has 450 to 700 words in 8 to 14 paragraphs; subheads in one of three, a link in two
of three, one quotation, one word in italics; one of 60 authors, 40 sources and 8 sections,
one to four of 120 tags. Stories follow each other over five years. Words are made of
syllables, and common ones are short, as in any language.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from typing import Final

#: Stories a list page shows, in every program's site.
PAGE_SIZE: Final = 20

_BEGIN: Final = datetime(2021, 1, 1, 6, tzinfo=UTC)
_SPAN: Final = timedelta(days=5 * 365)
_WORDS: Final = 3000
_WITH_COMMA: Final = 12  # words, from which on a sentence has one
_ONSETS: Final = (*"bcdfghlmnprstvw", "br", "cl", "dr", "fl", "gr", "pl", "sh", "st", "th", "tr")
_CORES: Final = (*"aeiouaeio", "ai", "ea", "io", "ou")
_ENDS: Final = ("", "", "", "l", "m", "n", "r", "s", "t", "nd", "rk", "st")

SECTIONS: Final = (
    "World",
    "Town",
    "Business",
    "Science",
    "Culture",
    "Sport",
    "Climate",
    "Law",
)


@dataclass(frozen=True, slots=True)
class Story:
    """An article before any program's front matter; `body` is Markdown."""

    number: int
    slug: str
    title: str
    date: datetime
    standfirst: str
    author: str
    source: str
    section: str
    tags: tuple[str, ...]
    body: str

    @property
    def source_url(self) -> str:
        """Where the story was published first."""
        return f"https://source.example/story/{self.number}"


def stories(number: int) -> Iterator[Story]:
    """So many stories, the oldest first."""
    return (_story(place, number) for place in range(number))


def even_stories(number: int) -> Iterator[Story]:
    """The same, but each run of `PAGE_SIZE` stories shares its terms.

    So the length of every list is a multiple of a page's whatever the archive's, and what
    one more story touches can be compared between archives.
    """
    for story in stories(number):
        run = story.number // PAGE_SIZE
        yield replace(
            story,
            author=AUTHORS[run % len(AUTHORS)],
            source=SOURCES[run % len(SOURCES)],
            section=SECTIONS[run % len(SECTIONS)],
            tags=(TAGS[run % len(TAGS)],),
        )


def slug(name: str) -> str:
    """A name in an address; names here are plain letters and spaces."""
    return name.lower().replace(" ", "-")


def _story(place: int, number: int) -> Story:
    chance = random.Random(place)
    title = " ".join(word.capitalize() for word in _words(chance, chance.randint(6, 10)))
    step = _SPAN / number
    return Story(
        number=place,
        slug=f"{slug(' '.join(title.split()[:5]))}-{place}",
        title=title,
        date=(_BEGIN + step * (place + 0.9 * chance.random())).replace(microsecond=0),
        standfirst=_sentence(_words(chance, chance.randint(14, 20))),
        author=_pick(chance, AUTHORS),
        source=_pick(chance, SOURCES),
        section=chance.choice(SECTIONS),
        tags=tuple(dict.fromkeys(_pick(chance, TAGS) for _ in range(chance.randint(1, 4)))),
        body=_body(chance, place),
    )


def _body(chance: random.Random, place: int) -> str:
    words = _words(chance, chance.randint(450, 700))
    count = chance.randint(8, 14)
    cuts = [len(words) * part // count for part in range(count + 1)]
    words[cuts[1] + 2] = f"*{words[cuts[1] + 2]}*"
    if place % 3:
        text = " ".join(words[cuts[3] + 1 : cuts[3] + 3])
        words[cuts[3] + 1 : cuts[3] + 3] = [f"[{text}](https://source.example/more/{place})", ""]
    blocks = [_paragraph(chance, words[a:b]) for a, b in pairwise(cuts)]
    blocks[5] = f"> {blocks[5]}"
    if not place % 3:
        blocks.insert(6, f"## {' '.join(_words(chance, 4)).capitalize()}")
        blocks.insert(3, f"## {' '.join(_words(chance, 5)).capitalize()}")
    return "\n\n".join(blocks) + "\n"


def _paragraph(chance: random.Random, words: Sequence[str]) -> str:
    sentences = []
    begin = 0
    while begin < len(words):
        end = begin + chance.randint(8, 20)
        # No sentence of a few words is left over.
        end = end if end + 5 < len(words) else len(words)
        sentences.append(_sentence([word for word in words[begin:end] if word]))
        begin = end
    return " ".join(sentences)


def _sentence(words: Sequence[str]) -> str:
    middle = len(words) // 2
    comma = "," if len(words) > _WITH_COMMA else ""
    text = f"{' '.join(words[:middle])}{comma} {' '.join(words[middle:])}."
    return text[0].upper() + text[1:]


def _words(chance: random.Random, number: int) -> list[str]:
    return chance.choices(_DECK, k=number)


def _pick(chance: random.Random, names: Sequence[str]) -> str:
    """One of them; the first come up about five times as often as the last."""
    weights = _WEIGHTS[len(names)]
    return names[bisect(weights, chance.random() * weights[-1])]


def _vocabulary(chance: random.Random) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < _WORDS:
        syllables = chance.choices((1, 2, 3, 4), (25, 40, 25, 10))[0]
        word = "".join(chance.choice(_ONSETS) + chance.choice(_CORES) for _ in range(syllables))
        made[word + chance.choice(_ENDS)] = None
    return sorted(made, key=lambda word: len(word) + 8 * chance.random())


def _names(chance: random.Random, number: int, second: Sequence[str]) -> tuple[str, ...]:
    made: dict[str, None] = {}
    while len(made) < number:
        made[f"{chance.choice(_LONG).capitalize()} {chance.choice(second).capitalize()}"] = None
    return tuple(made)


_CHANCE: Final = random.Random(20260101)
_VOCABULARY: Final = _vocabulary(_CHANCE)
# A word stands in it as often as it is used; drawing from it is quicker than from weights.
_DECK: Final = [
    word
    for place, word in enumerate(_VOCABULARY)
    for _ in range(1 + round(_WORDS * (place + 4) ** -0.9))
]
_LONG: Final = [word for word in _VOCABULARY if word[4:]]

AUTHORS: Final = _names(_CHANCE, 60, _LONG)
SOURCES: Final = _names(_CHANCE, 40, ("Agency", "Courier", "Journal", "Post", "Radio", "Star"))
TAGS: Final = tuple(name.lower() for name in _names(_CHANCE, 120, _LONG))

_WEIGHTS: Final = {
    len(names): list(accumulate(1 / (place + len(names) / 4) for place in range(len(names))))
    for names in (AUTHORS, SOURCES, TAGS)
}
