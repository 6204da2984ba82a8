"""Why a page looks as it does, and what a change would touch."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssg.build.explain import affects, why
from ssg.faults import Halt
from tests.build.newsroom import Newsroom, newsroom
from tests.build.paper import FULL_FEEDS, paper

CREST = "content/articles/2026/03/crest.md"
PAGE = "2026/03/crest/index.html"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    made = newsroom(tmp_path / "site", paper()).settle()
    made.build()
    return made


def edit(room: Newsroom, path: str, old: str, new: str) -> None:
    file = room.folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_what_a_page_is_made_of(room: Newsroom) -> None:
    """Its template, its file, and the documents whose bodies it shows."""
    found = why(room.order(), "https://tidal.example/news/2026/03/crest/")

    assert (found.path, found.template, found.origin) == (PAGE, "article.html", CREST)
    assert found.theme == "tide → base"
    assert found.texts == ("content/authors/greta.md", CREST)
    assert (found.last, found.now) == (None, ())


@pytest.mark.parametrize(
    ("path", "old", "new", "parts"),
    [
        (CREST, "It held. See", "It broke. See", {"body"}),
        (CREST, "kicker: Floods", "kicker: Water", {"kicker"}),
        ("config.toml", "All the news", "Some news", {"site"}),
        ("themes/tide/templates/parts/tide.html", "High", "Low", {"templates"}),
    ],
)
def test_what_made_it_new(room: Newsroom, path: str, old: str, new: str, parts: set[str]) -> None:
    """Before the build the parts that have changed, after it those that had."""
    edit(room, path, old, new)
    before = why(room.order(), "/news/2026/03/crest/")
    room.build()
    after = why(room.order(), "/news/2026/03/crest/")

    assert before.now is not None
    assert set(before.now) == parts
    assert after.now == ()
    assert after.last is not None
    assert set(after.last) == parts


def test_an_address_without_a_page(room: Newsroom) -> None:
    """A fault that names the nearest."""
    with pytest.raises(Halt) as caught:
        why(room.order(), "/news/2026/03/crets/")
    (fault,) = caught.value.faults
    assert fault.code == "E402"
    assert fault.hint == f'did you mean "{PAGE}"?'


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (CREST, "It held. See [the pier](pier.md#notes) and", "It broke. See it, and"),
        (CREST, "title: River crests", "title: River sinks"),
        ("content/authors/greta.md", "name: Greta Vance", "name: G. Vance"),
        ("content/sources/ambito.md", "name: Ambito", "name: Agencia"),
        ("content/sections/harbour.md", "title: Harbour", "title: Port"),
        ("content/pages/about.md", "title: About us", "title: Us"),
        ("themes/tide/templates/parts/tide.html", "High", "Low"),
        ("themes/tide/assets/colours.css", "navy", "teal"),
        ("config.toml", 'title = "The Tidal Post"', 'title = "Ebb"'),
    ],
)
def test_what_a_change_touches_is_foretold(room: Newsroom, path: str, old: str, new: str) -> None:
    """Whatever an edit makes anew was named before, but for files under new names."""
    foretold = set(affects(room.order(), path).by_any)
    before = room.output()
    edit(room, path, old, new)
    room.build()
    after = room.output()

    touched = {item for item in before.keys() & after.keys() if before[item] != after[item]}
    assert touched
    assert touched <= foretold


def test_a_body_alone_touches_less(room: Newsroom) -> None:
    """Lists hold teasers: behind its first sentences a body is on its page and in full feeds."""
    found = affects(room.order(), CREST)
    assert set(found.by_body) == {PAGE, *FULL_FEEDS}
    assert set(found.by_body) < set(found.by_any)


def test_files_that_are_no_texts(room: Newsroom) -> None:
    """A picture is itself and on the pages that state its size; a file of the root is itself."""
    picture = affects(room.order(), "content/media/levee.png").by_any
    assert {"media/levee.png", PAGE, "index.html"} <= set(picture)
    assert affects(room.order(), "content/root/ads.txt").by_any == ("ads.txt",)
    assert "index.html" in affects(room.order(), "content/home.toml").by_any


def test_a_file_that_nothing_is_made_of(room: Newsroom) -> None:
    """A fault that names the nearest."""
    with pytest.raises(Halt) as caught:
        affects(room.order(), "content/pages/abuot.md")
    (fault,) = caught.value.faults
    assert (fault.code, fault.hint) == ("E403", 'did you mean "content/pages/about.md"?')
