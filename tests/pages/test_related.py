"""What a story leads on to, and that a new story changes nothing of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.model import Article, Body, Correction
from ssg.pages.parts import minutes_of
from ssg.pages.related import SHOWN, Window, related
from tests.build.newsroom import Files, Newsroom, article, document

MakeSite = Callable[[Files], Newsroom]
HERE = "content/articles/2026/03/"


def story(name: str, day: int, **fields: str) -> dict[str, str | bytes]:
    return {f"{HERE}{name}.md": article(name.title(), f"2026-03-{day:02}", **fields)}


def led_to(room: Newsroom, name: str) -> list[str]:
    """The titles under "More on this", in order."""
    page = room.text(f"2026/03/{name}/index.html")
    block = page.partition('class="related"')[2].partition("</section>")[0]
    return re.findall(r"<a [^>]*>([^<]+)</a>", block)


@pytest.fixture
def paper(site: MakeSite) -> Newsroom:
    return site(
        {
            "content/sections/town.md": document(title="Town"),
            "content/sources/wire.md": document(name="Wire"),
            **story("flood", 1, tags="[Tide, Quay]"),
            **story("fish", 2, tags="[Fish]", section="town"),
            **story("quay", 3, tags="[Quay]", section="town", sources="[wire]"),
            **story("wire", 4, section="town", sources="[wire]"),
            **story("fair", 5, section="town"),
            **story("ebb", 6, tags="[quay, Tide]", section="town", sources="[wire]"),
        }
    )


def test_what_shares_most_comes_first(paper: Newsroom) -> None:
    """Tags before sources, sources with the section before nothing; the neighbour is named once."""
    paper.build()
    # Fair is the story before it in the section, and its neighbour in any case.
    assert led_to(paper, "ebb") == ["Flood", "Quay", "Wire"]
    assert led_to(paper, "quay") == ["Flood"]
    assert led_to(paper, "flood") == []


def test_a_new_story_changes_nothing_of_it(paper: Newsroom) -> None:
    """Older stories lead where they led, but for the neighbour of the new one."""
    paper.build()
    before = paper.output()
    paper.write(story("news", 9, tags="[Tide, Quay, Fish]", section="town", sources="[wire]"))
    paper.build()
    changed = {path for path, data in paper.output().items() if before.get(path) != data}
    assert {path for path in changed if path.startswith("2026/03/")} == {
        "2026/03/index.html",
        "2026/03/news/index.html",
        "2026/03/ebb/index.html",
    }


def test_what_was_retracted_is_not_led_to(paper: Newsroom) -> None:
    """And leads nowhere itself."""
    gone = "[{date: 2026-03-20, kind: retraction, text: It was not so.}]"
    paper.write(story("flood", 1, tags="[Tide, Quay]", corrections=gone))
    paper.write(story("quay", 3, tags="[Quay]", corrections=gone))
    paper.build()
    assert led_to(paper, "ebb") == ["Wire"]
    assert led_to(paper, "quay") == []


ARTICLES = st.builds(
    Article,
    path=st.sampled_from([f"{HERE}{name}.md" for name in "abcdefgh"]),
    id=st.just("x"),
    title=st.just("X"),
    slug=st.just("x"),
    year=st.just(2026),
    month=st.just(3),
    date=st.datetimes(timezones=st.just(UTC)),
    body=st.just(Body("d")),
    corrections=st.sampled_from([(), (Correction(None, "retraction", "X"),)]),  # type: ignore[arg-type]
)


@given(st.lists(st.tuples(st.integers(1, 3), st.lists(ARTICLES, max_size=4)), max_size=6))
def test_the_choice_is_small_and_one(windows: list[tuple[int, list[Article]]]) -> None:
    """At most so many, each once, the same whatever the order of the terms."""
    known: dict[str, Article] = {}
    made = [
        Window(weight, tuple(known.setdefault(item.path, item) for item in stories))
        for weight, stories in windows
    ]
    chosen = related(made, None)
    assert len(chosen) <= SHOWN
    assert len({item.path for item in chosen}) == len(chosen)
    assert chosen == related(reversed(made), None)


@pytest.mark.parametrize(
    ("words", "lang", "minutes"),
    [(0, "en", 0), (1, "en", 1), (238, "en-GB", 1), (239, "de", 2), (800, "zh-Hant", 2)],
)
def test_minutes(words: int, lang: str, minutes: int) -> None:
    """Words a minute, or characters where a script has no spaces."""
    assert minutes_of(words, lang) == minutes


def test_the_masthead_is_in_its_order(site: MakeSite) -> None:
    """People before organisations, ordered ones first, the others by name."""
    room = site(
        {
            "content/authors/a.md": document(name="Ada"),
            "content/authors/b.md": document(name="Zoe", order="2", role="Editor"),
            "content/authors/c.md": document(name="Ben", order="3", beat="Fish"),
            "content/authors/d.md": document(name="Desk", kind="organization", order="1"),
        }
    )
    room.build()
    page = room.text("authors/index.html")
    assert re.findall(r'class="name"[^>]*>([^<]+)<', page) == ["Zoe", "Ben", "Ada", "Desk"]
    assert re.findall(r"<h2[^>]*>([^<]+)<", page) == ["People", "Agencies and desks"]
    assert ">Fish<" in page


def test_the_archive_is_a_way(site: MakeSite) -> None:
    """From month to month over a turn of the year, from year to year, and from the front page."""
    room = site(
        {
            "content/articles/2025/12/a.md": article("A", "2025-12-01"),
            "content/articles/2026/01/b.md": article("B", "2026-01-01"),
            "content/articles/2026/03/c.md": article("C", "2026-03-01"),
        }
    )
    room.build()
    ways = {
        path: re.findall(r'rel="(?:prev|next)" href="([^"]+)"', room.text(f"{path}index.html"))
        for path in ("2025/12/", "2026/01/", "2026/03/", "2025/", "2026/")
    }
    assert ways == {
        "2025/12/": ["/2026/01/"],
        "2026/01/": ["/2025/12/", "/2026/03/"],
        "2026/03/": ["/2026/01/"],
        "2025/": ["/2026/"],
        "2026/": ["/2025/"],
    }
    assert re.findall(r'<li><a href="(/\d{4}/)">', room.text("index.html")) == ["/2026/", "/2025/"]
