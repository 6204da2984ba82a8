"""`ssg watch` as a user runs it: whatever happens to files, `output/` shows what is there then."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from tests.build.newsroom import Newsroom, article, newsroom, png
from tests.build.paper import paper
from tests.serve.editors import Save, emacs, gedit, jetbrains, nano, vim, vscode
from tests.serve.watched import DEADLINE, FIXED, Watched, edit, edited, watched

ARTICLES = "content/articles"
CREST = f"{ARTICLES}/2026/03/crest.md"
PIER = f"{ARTICLES}/2026/03/pier.md"
STORM = f"{ARTICLES}/2025/12/storm.md"
CREST_PAGE = "2026/03/crest/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Newsroom:
    """A paper that has one of everything."""
    return newsroom(tmp_path / "site", paper())


@pytest.fixture
def watch(site: Newsroom) -> Iterator[Watched]:
    with watched(site, *FIXED) as running:
        yield running


# --- files and folders


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Desk", "-c", "user.email=desk@tidal.example")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_branch_switch(site: Newsroom) -> None:
    """Hundreds of files come, go, change and move at once; and back."""
    site.write(
        {f"{ARTICLES}/2025/{n % 12 + 1:02}/{n}.md": article(f"Story {n}") for n in range(99)}
    )
    site.write({".gitignore": ".ssg/\noutput/\n"})
    git(site.folder, "init", "-q", "-b", "main")
    git(site.folder, "add", ".")
    git(site.folder, "commit", "-qm", "One")
    git(site.folder, "checkout", "-qb", "other")
    for number in range(0, 99, 3):
        site.remove(f"{ARTICLES}/2025/{number % 12 + 1:02}/{number}.md")
    (site.folder / f"{ARTICLES}/2024").mkdir()
    (site.folder / f"{ARTICLES}/2025/02").rename(site.folder / f"{ARTICLES}/2024/02")
    edit(site, CREST, "It held.", "It broke.")
    site.write(
        {f"{ARTICLES}/2023/{n % 12 + 1:02}/{n}.md": article(f"More {n}") for n in range(300)}
    )
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-qm", "Another")
    with watched(site, *FIXED) as watch:
        git(site.folder, "checkout", "-q", "main")
        watch.shows_what_is_there()
        git(site.folder, "checkout", "-q", "other")
        watch.shows_what_is_there()


def rename_folder(site: Newsroom) -> None:
    (site.folder / f"{ARTICLES}/2025").rename(site.folder / f"{ARTICLES}/2024")


def move_folder_out(site: Newsroom) -> None:
    (site.folder / f"{ARTICLES}/2025").rename(site.folder.parent / "away")


def move_folder_in(site: Newsroom) -> None:
    away = Newsroom(site.folder.parent / "away").write(
        {"05/gale.md": article("Gale", "2024-05-01")}
    )
    away.folder.rename(site.folder / f"{ARTICLES}/2024")


def make_folder_anew(site: Newsroom) -> None:
    shutil.rmtree(site.folder / f"{ARTICLES}/2025")
    site.write({f"{ARTICLES}/2025/11/fog.md": article("Fog", "2025-11-02")})


def make_content_anew(site: Newsroom) -> None:
    (site.folder / "content").rename(site.folder.parent / "content")
    shutil.copytree(site.folder.parent / "content", site.folder / "content")
    edit(site, CREST, "It held.", "It broke.")


@pytest.mark.parametrize(
    ("change", "options"),
    [
        (rename_folder, ()),
        (move_folder_out, ()),
        (move_folder_in, ()),
        (make_folder_anew, ()),
        (make_content_anew, ()),
        (rename_folder, ("--poll",)),
    ],
    ids=["renamed", "moved out", "moved in", "made anew", "content made anew", "polling"],
)
def test_folders(
    site: Newsroom, change: Callable[[Newsroom], None], options: tuple[str, ...]
) -> None:
    """Renamed, moved out, moved in, deleted and made again; edits of what is there go on."""
    with watched(site, *FIXED, *options) as watch:
        change(site)
        watch.build()
        edit(site, PIER, "Back to", "Forth to")
        moved = next((site.folder / ARTICLES).glob("202[45]/**/*.md"), None)
        if moved:
            moved.write_text(article("Moved", "2025-10-01"), "utf-8")
        watch.shows_what_is_there()


def test_a_changed_link(site: Newsroom) -> None:
    """To a picture and to a folder of them: what is behind it now is shown."""
    site.write({"photos/one/map.png": png(3, 2), "photos/another/map.png": png(5, 4)})
    picture, gallery = (site.folder / f"content/media/{name}" for name in ("map.png", "gallery"))
    picture.unlink()
    picture.symlink_to("../../photos/one/map.png")
    gallery.symlink_to("../../photos/one")
    with watched(site, *FIXED) as watch:
        for link in (picture, gallery):
            target = str(link.readlink()).replace("one", "another")
            link.with_name("next").symlink_to(target)
            link.with_name("next").replace(link)
            watch.build()

        assert b'width="5"' in site.output()[CREST_PAGE]
        assert site.output()["media/gallery/map.png"] == png(5, 4)
        watch.shows_what_is_there()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_in_either_form(watch: Watched, site: Newsroom, form: Literal["NFC", "NFD"]) -> None:
    """Some systems write a name composed, others decomposed; it comes, changes and goes."""
    path = unicodedata.normalize(form, f"{ARTICLES}/2026/03/Zürich.md")
    for text in ("Trams.", "No trams."):
        site.write({path: article("Zürich", body=text)})
        watch.build()
    watch.shows_what_is_there()
    site.remove(path)
    watch.build()
    watch.shows_what_is_there()


# --- how files are saved


def test_editors_save(watch: Watched, site: Newsroom) -> None:
    """The page shows it, and nothing that the editor put beside the file."""
    saves: list[Save] = [vim, vscode, jetbrains, nano, gedit, emacs]
    for save in saves:
        said = f"Written with {save.__name__}."
        save(site.folder / CREST, edited(site, CREST, "It held.", f"It held. {said}"))
        assert CREST in watch.build()
        assert said.encode() in site.output()[CREST_PAGE]
    assert watch.rest() == []
    watch.shows_what_is_there()


def test_vim_itself_saves(watch: Watched, site: Newsroom, require: Callable[[str], Path]) -> None:
    """With a swap file and a backup that takes the old file's place."""
    keys = ["set backup backupcopy=no", "%s/It held/It broke/", "wq"]
    vim_itself = [str(require("vim")), "-u", "NONE", "-N", "-es", *(f"+{key}" for key in keys)]
    subprocess.run([*vim_itself, CREST], cwd=site.folder, check=True, timeout=DEADLINE)

    assert CREST in watch.build()
    watch.shows_what_is_there()
    assert b"It broke." in site.output()[CREST_PAGE]


def test_a_file_half_written_when_it_is_read(watch: Watched, site: Newsroom) -> None:
    """Its first half is a fault, which changes no page; the rest of it mends that."""
    before = site.output()
    text = article("Long", body="A long story.")
    with (site.folder / f"{ARTICLES}/2026/03/long.md").open("w", encoding="utf-8") as file:
        file.write(text[:20])
        file.flush()
        watch.line("error[")
        assert "not built" in watch.build()
        assert site.output() == before
        file.write(text[20:])
    assert "long.md" in watch.build()
    watch.shows_what_is_there()


# --- how often is built


def test_a_burst_is_one_build(watch: Watched, site: Newsroom) -> None:
    """However many files and however often each."""
    with watch.asleep():
        for number in range(30):
            site.write({f"{ARTICLES}/2026/03/{n}.md": article(f"{number}") for n in range(10)})
            edit(site, CREST, "It held.", "It held. Still.")

    assert "and 10 more" in watch.build()
    assert watch.rest() == []
    watch.shows_what_is_there()


# --- the clock


def test_the_clock_publishes_and_withdraws(site: Newsroom) -> None:
    """An embargo ends, then an article expires: built for at the instant, without any file."""
    with watched(site) as watch:
        soon = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4)
        later = soon + timedelta(seconds=2)
        tide = article("Tide", soon.isoformat(), expires=later.isoformat())
        site.write({f"{ARTICLES}/2026/05/tide.md": tide})
        page = "2026/05/tide/index.html"
        assert watch.rest() == []
        assert page not in site.output()

        assert watch.build().startswith("the clock: ")
        assert page in site.output()
        assert datetime.now(UTC) >= soon
        assert watch.build().startswith("the clock: ")
        assert page not in site.output()
        watch.shows_what_is_there()


# --- the inbox


RAW = """\
Ferry service resumes after storm

By Greta Vance

March 12, 2026

ROSSPORT - The ferry to the islands sailed again on Thursday. It had been in port
for nine days.

Passengers were told to expect a long wait at the pier.
"""


def test_a_raw_text_becomes_an_article_in_one_build(watch: Watched, site: Newsroom) -> None:
    """The terminal says what was found."""
    site.write({"content/inbox/.wire.txt.part": RAW})
    (site.folder / "content/inbox/.wire.txt.part").rename(site.folder / "content/inbox/wire.txt")

    watch.line("wire.txt → content/articles/")
    assert "Ferry service resumes after storm" in watch.line("  title ")
    assert "2026-03-12" in watch.line("  date ")
    assert "Greta Vance" in watch.line("  author ")
    assert "content/inbox/wire.txt" in watch.build()
    assert watch.rest() == []
    assert "2026/03/ferry-service-resumes-after-storm/index.html" in site.output()
    watch.shows_what_is_there()


def test_what_is_guessed_of_a_raw_text_is_said(watch: Watched, site: Newsroom) -> None:
    """It has neither headline nor date."""
    site.write({"content/inbox/note.txt": "the ferry sailed again today. it had been in port.\n"})

    watch.line("note.txt → content/articles/")
    assert "guessed" in watch.line("  title ")
    assert "guessed" in watch.line("  date ")
    assert "content/inbox/note.txt" in watch.build()
    assert watch.rest() == []
    watch.shows_what_is_there()


# --- settings, theme, code


def test_settings_and_theme_need_no_restart(watch: Watched, site: Newsroom) -> None:
    """The same process goes on: title, a template, a stylesheet, another theme, its removal."""
    changes: list[tuple[Callable[[], None], str]] = [
        (lambda: edit(site, "config.toml", "The Tidal Post", "The Ebb"), "The Ebb"),
        (lambda: edit(site, "themes/tide/templates/parts/tide.html", "High", "Low"), "Low water"),
        (lambda: edit(site, "config.toml", 'theme = "tide"', 'theme = "wire"'), "/assets/wire."),
    ]
    for change, shown in changes:
        change()
        watch.build()
        assert shown.encode() in site.output()[CREST_PAGE]
    site.remove("themes/tide")
    watch.rest()
    watch.shows_what_is_there()
    assert not any("starting anew" in line for line in watch.printed)


def test_broken_settings_that_are_mended(watch: Watched, site: Newsroom) -> None:
    """They are a fault in the terminal and no end; the pages stay until it is mended."""
    before = site.output()
    good = edited(site, "config.toml", "The Tidal Post", "The Ebb")
    for bad in ("title =\n", good.replace("page_size = 2", 'page_size = "two"')):
        site.write({"config.toml": bad})
        watch.line("config.toml:")
        assert "not built" in watch.build()
        assert site.output() == before
    site.write({"config.toml": good})
    watch.build()
    watch.shows_what_is_there()


# --- the end


def test_ctrl_c_ends_it(watch: Watched) -> None:
    """Nothing went wrong: status 0, and no last words."""
    said = len(watch.printed)

    assert watch.interrupt() == 0
    assert watch.printed[said:] == []
