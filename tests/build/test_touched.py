"""Publishing one article touches the same outputs, however large the archive is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.build.newsroom import CONFIG, NOW, Files, Newsroom, article, document

MakeSite = Callable[[Files], Newsroom]

SIZE = 10
NEW = "content/articles/2026/03/new.md"
STORY = article(
    "New",
    "2026-03-15T11:00:00Z",
    authors="[ada]",
    sources="[wire]",
    section="town",
    tags="[tide]",
    series="{name: Sea, part: 9}",
)

#: Every output that a new story changes or adds, and why.
TOUCHED = {
    "2026/03/new/index.html": "the story",
    "2026/03/n1/index.html": "the story before it in its section: what comes next",
    "index.html": "the home page",
    "2026/03/index.html": "the month",
    "authors/ada/index.html": "its author",
    "sources/wire/index.html": "its source",
    "sections/town/index.html": "its section",
    "tags/tide/index.html": "its tag",
    "series/sea/index.html": "its series",
    **{
        f"{place}{name}": "a feed"
        for place in ("", "authors/ada/", "sources/wire/", "sections/town/", "tags/tide/")
        for name in ("feed.xml", "atom.xml", "feed.json")
    },
    "sitemap.xml": "the index of sitemaps: when the month last changed",
    "sitemap-2026-03.xml": "the month's sitemap",
    "news-sitemap.xml": "the stories of the last 48 hours",
}


def archive(count: int) -> dict[str, str]:
    """So many stories, the newest some days old; their lists leave one remainder by page length."""
    files = {
        "config.toml": CONFIG.replace("page_size = 2", f"page_size = {SIZE}"),
        "content/authors/ada.md": document(name="Ada"),
        "content/sources/wire.md": document(name="Wire"),
        "content/sections/town.md": document(title="Town"),
    }
    for number in range(1, count + 1):
        day = NOW - timedelta(days=3, hours=5 * number)
        path = f"content/articles/{day:%Y/%m}/n{number}.md"
        files[path] = article(
            f"Story {number}",
            day.isoformat(),
            authors="[ada]",
            sources="[wire]",
            section="town",
            tags="[tide]",
            series=f"{{name: Sea, part: {number}}}" if number < 9 else "Land",
        )
    return files


@pytest.mark.parametrize("count", [200, 2_000])
def test_publishing_one_article(count: int, site: MakeSite) -> None:
    """The outputs touched are those that are named, and no others; all else stays as it is."""
    room = site(archive(count))
    room.build()
    room.write({NEW: STORY})
    report = room.build()
    assert report.changed == TOUCHED.keys()
    assert report.removed == 0
    print(f"{count} articles: {len(report.changed)} of {len(room.output())} outputs touched")  # noqa: T201 - for `pytest -s`


def test_both_archives_end_in_the_same_place_of_a_page() -> None:
    """So that the same lists get an older page, which is what their remainder decides."""
    assert 200 % SIZE == 2_000 % SIZE
