"""A made-up news site of any size, the same each time: what the benchmarks build."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

_BEGIN: Final = datetime(2021, 1, 1, 6, tzinfo=UTC)
_YEARS: Final = timedelta(days=5 * 365)
_SYLLABLES: Final = (
    "ba",
    "den",
    "cor",
    "el",
    "fin",
    "gar",
    "hal",
    "is",
    "jo",
    "kel",
    "lo",
    "mar",
    "nes",
    "or",
)
_AUTHORS: Final = 60
_SOURCES: Final = 40
_TAGS: Final = 120
_SECTIONS: Final = ("world", "town", "business", "science", "culture", "sport", "climate", "law")

CONFIG: Final = 'title = "Benchmark"\nbase_url = "https://bench.example/"\ntimezone = "UTC"\n'


def make_site(folder: Path, articles: int) -> None:
    """Writes a site with so many articles of 450 to 700 words, spread over five years."""
    _put(folder / "config.toml", CONFIG)
    for kind, count in (("authors", _AUTHORS), ("sources", _SOURCES)):
        for number in range(count):
            name = f"{kind[:-1].title()} {number}"
            path = folder / "content" / kind / f"{kind[:-1]}-{number}.md"
            _put(path, f"---\nname: {name}\n---\n{name} is known for a sentence or two.\n")
    for section in _SECTIONS:
        _put(folder / f"content/sections/{section}.md", f"---\ntitle: {section.title()}\n---\n")
    for number in range(articles):
        _article(folder, number, articles)


def _article(folder: Path, number: int, articles: int) -> None:
    chance = random.Random(number)
    when = _BEGIN + _YEARS * number / articles
    title = " ".join(_word(chance).title() for _ in range(chance.randint(6, 10)))
    tags = sorted({f"tag {chance.randrange(_TAGS)}" for _ in range(chance.randint(1, 4))})
    text = (
        f"---\ntitle: {title}\ndate: {when:%Y-%m-%dT%H:%M:%SZ}\n"
        f"standfirst: {_sentence(chance)}\nauthors: [author-{chance.randrange(_AUTHORS)}]\n"
        f"sources: [{{source: source-{chance.randrange(_SOURCES)}, "
        f'url: "https://source.example/{number}"}}]\n'
        f"section: {chance.choice(_SECTIONS)}\ntags: [{', '.join(tags)}]\n---\n"
        + "\n\n".join(_paragraphs(chance))
        + "\n"
    )
    _put(folder / f"content/articles/{when:%Y/%m}/story-{number}.md", text)


def _paragraphs(chance: random.Random) -> list[str]:
    blocks = [
        " ".join(_sentence(chance) for _ in range(chance.randint(3, 5)))
        for _ in range(chance.randint(9, 12))
    ]
    blocks[1] = f"*{_word(chance).title()}* {blocks[1]}"
    blocks[3] += f" [{_word(chance)}](https://source.example/more)."
    blocks[5] = f"> {blocks[5]}"
    if chance.random() < 1 / 3:
        blocks.insert(4, f"## {_word(chance).title()}")
    return blocks


def _sentence(chance: random.Random) -> str:
    return " ".join(_word(chance) for _ in range(chance.randint(8, 18))).capitalize() + "."


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(1, 3)))


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
