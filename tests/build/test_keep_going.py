"""One faulty file does not stop the paper, when its desk says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssg.build.manifest import read_manifest
from ssg.faults import errors
from tests.build.newsroom import CONFIG, Newsroom, article, document, newsroom

HERE = "content/articles/2026/03/"
A, B = "2026/03/a/index.html", "2026/03/b/index.html"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    files = {
        HERE + "a.md": article("First words", authors="[g]"),
        HERE + "b.md": article("Other", "2026-03-02"),
        "content/authors/g.md": document("Bio.", name="Greta"),
    }
    made = newsroom(tmp_path / "site", files).settle()
    made.build()
    return made


def quarantined(room: Newsroom) -> tuple[str, ...]:
    manifest = read_manifest(room.folder / ".ssg")
    assert manifest is not None
    return manifest.quarantined


def test_the_last_good_page_and_its_list_entries_stay(room: Newsroom) -> None:
    """The faulty file is as it was, the others are as they are, and the manifest says so."""
    before = room.output()
    room.write(
        {HERE + "a.md": "---\ntitel: x\n---\n", HERE + "b.md": article("News", "2026-03-02")}
    )

    report = room.build(keep_going=True)

    assert {fault.code for fault in errors(report.faults)} == {"E206", "E207"}
    assert room.output()[A] != b""
    assert "First words" in room.text("index.html")
    assert "News" in room.text("index.html")
    assert room.output()[B] != before[B]
    assert quarantined(room) == (HERE + "a.md",)


def test_what_was_never_good_is_left_out(room: Newsroom) -> None:
    """A new file with a fault is not there, and all else is."""
    room.write({HERE + "c.md": "---\ntitle: C\n---\n", HERE + "d.md": article("Delta")})
    room.build(keep_going=True)
    assert "2026/03/d/index.html" in room.output()
    assert "2026/03/c/index.html" not in room.output()


def test_what_names_something_that_is_gone(room: Newsroom) -> None:
    """An author's file is deleted: their story is left out, as nobody can be credited."""
    room.remove("content/authors/g.md")
    report = room.build(keep_going=True)
    assert [fault.code for fault in errors(report.faults)] == ["E301"]
    assert A not in room.output()
    assert B in room.output()


def test_two_files_with_one_address(room: Newsroom) -> None:
    """The second editor's slug does not silence the first: only one of them waits."""
    room.write({HERE + "z.md": article("Twin", slug="b")})
    report = room.build(keep_going=True)
    assert [fault.code for fault in errors(report.faults)] == ["E401"]
    assert "Twin" not in room.text(B)
    assert len(quarantined(room)) == 1


def test_a_link_that_only_rendering_sees(room: Newsroom) -> None:
    """The page keeps its last good state, whatever else is made."""
    before = room.output()
    room.write({HERE + "a.md": article("New words", body="> [x]\n>\n> [x]: no.md\n")})
    report = room.build(keep_going=True)
    assert {fault.code for fault in errors(report.faults)} == {"E302"}
    assert room.output()[A] == before[A]
    assert "New words" in room.text("index.html")


def test_mending_ends_the_quarantine(room: Newsroom) -> None:
    """The next build without a fault is a build as any other."""
    whole = (room.folder / HERE / "a.md").read_bytes()
    before = room.output()
    room.write({HERE + "a.md": "no front matter"})
    room.build(keep_going=True)
    assert room.build(keep_going=True).faults
    room.write({HERE + "a.md": whole})
    assert room.build().faults == ()
    assert room.output() == before
    assert quarantined(room) == ()


def test_what_no_page_can_do_without_stops_all_the_same(room: Newsroom) -> None:
    """A theme with a mistake, a configuration that cannot be read."""
    room.write({"config.toml": "title = "})
    assert room.faults(keep_going=True)


def test_what_was_read_with_other_settings_is_not_taken_up_again(room: Newsroom) -> None:
    """A file that was faulty while the language changed is read anew once it is mended."""
    good = (room.folder / HERE / "a.md").read_text()
    config = room.folder / "config.toml"
    config.write_text(config.read_text() + 'lang = "de"\n')
    room.write({HERE + "a.md": "---\ntitel: x\n---\n"})
    room.build(keep_going=True)
    room.write({HERE + "a.md": good})
    room.build()

    incremental = room.output()
    room.build(clean=True)
    assert room.output() == incremental


def test_a_page_that_failed_is_made_again(tmp_path: Path) -> None:
    """What a page would have rested on is not taken for what its file was made of."""
    room = newsroom(
        tmp_path / "site",
        {
            "config.toml": CONFIG + 'theme = "fussy"\n',
            "themes/fussy/theme.toml": 'extends = "base"\n',
            "themes/fussy/templates/author.html": (
                '{% extends "base/author.html" %}{% block end %}'
                "{{ view.nothing if view.title == 'Nobody' else 'Hello' }}{% endblock %}"
            ),
            "content/authors/g.md": document("Bio.", name="Greta"),
            HERE + "a.md": article("First words", authors="[g]"),
        },
    ).settle()
    room.build()
    room.write({"content/authors/g.md": document("Bio.", name="Nobody")})

    for _ in range(2):
        report = room.build(keep_going=True)
        assert {fault.code for fault in errors(report.faults)} == {"E507"}
        assert "Hello" in room.text("authors/g/index.html")
