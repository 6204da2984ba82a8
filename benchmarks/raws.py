"""Raw texts as newsrooms send them, made up, and how long it takes to take them in.

A text has some 600 words in 8 to 14 paragraphs, about as many as measured articles. Most have
a headline, a byline, a date and a source; some have none but a biography below; some are
hard-wrapped, some come in older encodings or with entities. Between made-up words stand those
that a language is known by.
"""

from __future__ import annotations

import random
import shutil
import sys
import textwrap
from collections.abc import Iterator
from html import escape
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.corpus import Story, stories
from benchmarks.measure import Run, run
from benchmarks.programs import NOW, PROGRAMS, place_site

#: Texts and seconds of the goal, on two cores.
TEXTS: Final = 1000
GOAL: Final = 6.0

_COMMON: Final[dict[str, tuple[str, ...]]] = {
    "en": ("the", "of", "and", "to", "in", "that", "was", "for", "on", "with", "said", "by"),
    "es": ("el", "de", "la", "que", "y", "en", "los", "se", "del", "las", "por", "con", "dijo"),
    "de": ("der", "die", "und", "in", "den", "von", "zu", "das", "mit", "sich", "auf", "für"),
}
_BYLINES: Final = {"en": "By", "es": "Por", "de": "Von"}
_SOURCES: Final = {"en": "Source", "es": "Fuente", "de": "Quelle"}
_WRAPPED: Final = 5  # one in so many is hard-wrapped
_BARE: Final = 7  # and one in so many has no head


def raw_texts(number: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of so many raw texts, the same each time."""
    for story in stories(number):
        yield f"{story.slug}.txt", _saved(story, _text(story))


def measure_ingest(number: int, runs: int, room: Path) -> list[Run]:
    """Takes so many raw texts into an empty site, `runs` times, each in a process of its own."""
    texts = list(raw_texts(number))
    return [_run(room / f"ingest-{one}", texts) for one in range(runs)]


def told(number: int, measured: list[Run]) -> str:
    """The runs as a table in Markdown, and what is to be reached."""
    lines = [
        f"{number:,} raw texts of 600 words, taken in and written (goal: {TEXTS:,} in {GOAL:g} s)",
        "",
        "| run | seconds | of processor | used by others |",
        "|---|---:|---:|---:|",
        *(
            f"| {place} | {one.wall:.2f} | {one.cpu:.2f} | {one.foreign:.0%} |"
            for place, one in enumerate(measured, 1)
        ),
        f"| median | {median(one.wall for one in measured):.2f} | | |",
    ]
    return "\n".join(lines)


def _run(folder: Path, texts: list[tuple[str, bytes]]) -> Run:
    place_site(PROGRAMS["ssg"], folder)
    inbox = folder / "content/inbox"
    inbox.mkdir(parents=True)
    for name, raw in texts:
        (inbox / name).write_bytes(raw)
    try:
        return run([sys.executable, "-m", "ssg", "ingest", "--now", NOW], folder)
    finally:
        shutil.rmtree(folder)


def _text(story: Story) -> str:
    chance = random.Random(story.number)
    lang = "en" if story.number % 2 else chance.choice(("es", "de"))
    paragraphs = [_spiced(chance, block, lang) for block in _paragraphs(story)]
    if not story.number % _WRAPPED:
        paragraphs = [textwrap.fill(text, 72, break_on_hyphens=False) for text in paragraphs]
    tail = [f"{_SOURCES[lang]}: {story.source}"]
    if not story.number % _BARE:
        bio = f"{story.author} is a reporter who covers {story.section.lower()} for the paper."
        return "\n".join([*paragraphs, *tail, "", bio]) + "\n"
    head = [story.title, f"{_BYLINES[lang]} {story.author}", story.date.date().isoformat()]
    return "\n\n".join([*head, *paragraphs, *tail]) + "\n"


def _paragraphs(story: Story) -> list[str]:
    """A story's body without its markup."""
    blocks = [block.lstrip("#> ") for block in story.body.replace("*", "").split("\n\n")]
    return [
        block.partition("](")[0].replace("[", "") if "](" in block else block for block in blocks
    ]


def _spiced(chance: random.Random, text: str, lang: str) -> str:
    words = text.split()
    for place in range(1, len(words), 4):
        words[place] = chance.choice(_COMMON[lang]) + words[place][len(words[place].rstrip(",.")) :]
    return " ".join(words)


def _saved(story: Story, text: str) -> bytes:
    match story.number % 8:
        case 1:
            return text.replace("\n", "\r\n").encode("cp1252")
        case 2:
            return text.encode("utf-16")
        case 3:
            return escape(text.replace(" ", "\u00a0", 9)).encode()
        case _:
            return text.encode()
