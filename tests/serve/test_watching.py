"""Watching: every way in which files change is told, once; what is nobody's work is not."""

from __future__ import annotations

import _thread
import errno
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from watchdog.events import FileOpenedEvent
from watchdog.observers import Observer
from watchdog.observers.inotify_c import InotifyConstants, InotifyEvent

from ssg.serve.noise import is_noise
from ssg.serve.observing import Observation
from ssg.serve.quiet import MANY, Quiet
from ssg.serve.watching import Look, Pace, Watcher
from tests.serve.editors import Save, emacs, gedit, jetbrains, nano, vim, vscode, write

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="asks inotify")

FERRY = "content/articles/2026/03/ferry.md"
PIER = "content/articles/2026/03/pier.md"

#: So that only the system's news can be what tells.
NEWS_ONLY = Pace(scan=3600)
#: So that a slow machine makes no two bursts of one.
SLOW = Pace(scan=3600, quiet=0.4, longest=20)
#: So that the scan tells soon.
SCAN = Pace(scan=0.1)
POLL = Pace(poll=0.05)

DEADLINE = 20.0


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with an article, its output and what else lies about."""
    top = tmp_path / "site"
    for path in (FERRY, "themes/own/base.html", "output/index.html", ".ssg/manifest.json"):
        write(top / path, "as it was")
    for folder in ("content/inbox", "content/media", "content/root"):
        (top / folder).mkdir()
    write(top / "config.toml", 'title = "Site"\n')
    return top


class Opened:
    """Opens watchers that are closed when the test ends; `said` is what they told an editor."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.said: list[str] = []
        self.open: list[Watcher] = []

    def __call__(self, pace: Pace = NEWS_ONLY, **more: object) -> Watcher:
        watcher = Watcher(
            self.site,
            target=self.site / "output",
            said=self.said.append,
            pace=pace,
            **more,  # type: ignore[arg-type]
        )
        self.open.append(watcher)
        return watcher.__enter__()


@pytest.fixture
def watch(site: Path) -> Iterator[Opened]:
    opened = Opened(site)
    yield opened
    for watcher in opened.open:
        watcher.close()


@pytest.fixture(params=["news", "polling"])
def either(request: pytest.FixtureRequest, watch: Opened) -> Watcher:
    """A watcher of either kind."""
    return watch() if request.param == "news" else watch(POLL, poll=True)


def look(watcher: Watcher) -> Look:
    """The next look; there must be one."""
    found = watcher.wait(time.time() + DEADLINE)
    assert not found.due, "nothing was told"
    return found


def tell(watcher: Watcher, *paths: str) -> list[Look]:
    """The looks until all these paths were told."""
    looks = [look(watcher)]
    while not set(paths) <= told(looks):
        looks.append(look(watcher))
    return looks


def told(looks: list[Look]) -> set[str]:
    return {path for each in looks for path in each.paths}


def is_silent(watcher: Watcher, seconds: float = 0.4) -> bool:
    return watcher.wait(time.time() + seconds) == Look(due=True)


def rest(watcher: Watcher) -> list[Look]:
    """The looks until nothing comes any more."""
    looks = []
    while not (next_one := watcher.wait(time.time() + 0.2)).due:
        looks.append(next_one)
    return looks


# --- what is told


@pytest.mark.parametrize(
    "path",
    [
        FERRY,
        "content/inbox/wire.txt",
        "content/inbox/.hidden.txt",
        "content/media/pier.jpg",
        "content/root/.well-known",
        "content/home.toml",
        "themes/own/base.html",
        "config.toml",
    ],
)
def test_a_written_file_is_told(either: Watcher, site: Path, path: str) -> None:
    """By its path from the site's folder, and no other."""
    write(site / path, "changed")

    assert told(tell(either, path)) == {path}
    assert is_silent(either)


def test_a_deleted_file_is_told(either: Watcher, site: Path) -> None:
    (site / FERRY).unlink()

    tell(either, FERRY)
    assert is_silent(either)


def test_a_moved_file_is_told_at_both_ends(either: Watcher, site: Path) -> None:
    (site / FERRY).rename(site / PIER)

    tell(either, FERRY, PIER)
    assert is_silent(either)


def test_reading_is_no_change(either: Watcher, site: Path) -> None:
    """A build reads its inputs and lists folders; that must not start the next build."""
    for file in site.rglob("*"):
        assert file.is_dir() or file.read_bytes()

    assert is_silent(either)


def test_only_writing_is_listened_to(watch: Opened, site: Path) -> None:
    """What watchdog tells of opened files does not even reach us."""
    watcher = watch()
    heard: list[type] = []
    observation = watcher._observation
    assert observation is not None
    observation.told = lambda event: heard.append(type(event))  # type: ignore[method-assign]

    (site / FERRY).read_text("utf-8")
    write(site / PIER, "new")
    deadline = time.monotonic() + DEADLINE
    while not heard and time.monotonic() < deadline:
        time.sleep(0.01)

    assert heard
    assert FileOpenedEvent not in heard


def test_what_a_build_writes_is_no_change(either: Watcher, site: Path) -> None:
    """Nor does the site's history, nor a file at its top that is none of ours."""
    write(site / "output/index.html", "new")
    write(site / "output/2026/index.html", "new")
    write(site / ".ssg/staging/1/index.html", "new")
    write(site / ".git/index", "new")
    write(site / "content/inbox/.receipts/wire.txt.json", "{}")
    write(site / "README.md", "new")
    shutil.rmtree(site / "output")

    assert is_silent(either)


def test_an_output_folder_elsewhere_is_not_watched(site: Path) -> None:
    """Even where it lies in a folder that is."""
    package = site.parent / "package"
    write(package / "theme.html", "as it was")
    write(package / "public/index.html", "as it was")

    with Watcher(
        site, target=package / "public", said=print, pace=NEWS_ONLY, also=[package]
    ) as watcher:
        write(package / "public/index.html", "new")
        write(package / "public/2026/index.html", "new")
        assert is_silent(watcher)
        write(package / "theme.html", "new")
        assert look(watcher).paths == {(package / "theme.html").as_posix()}


# --- one look


def test_a_burst_is_one_look(watch: Opened, site: Path) -> None:
    watcher = watch(SLOW)
    for number in range(20):
        write(site / FERRY, f"version {number}")
        write(site / PIER, f"version {number}")

    assert look(watcher).paths == {FERRY, PIER}
    assert is_silent(watcher, 0.8)


def test_quiet_is_counted_from_the_last_event(watch: Opened, site: Path) -> None:
    """An editor that goes on saving is waited for: watchdog's own debouncer would not."""
    watcher = watch(SLOW)

    def save() -> None:
        for number in range(12):
            write(site / FERRY, f"version {number}")
            time.sleep(0.1)
        write(site / PIER, "last of all")

    saving = threading.Thread(target=save)
    saving.start()
    found = look(watcher)
    saving.join()

    assert PIER in found.paths


def test_constant_noise_is_told_nevertheless() -> None:
    """What never falls quiet is handed on after a while."""
    quiet = Quiet(rest=5.0, longest=0.2)
    ended = threading.Event()

    def note() -> None:
        latest = time.monotonic() + DEADLINE
        while not ended.wait(0.005) and time.monotonic() < latest:
            quiet.note(FERRY, FERRY)

    noise = threading.Thread(target=note)
    noise.start()
    taken = quiet.take(DEADLINE)
    assert noise.is_alive()
    ended.set()
    noise.join()

    assert taken.files.keys() == {FERRY}


def test_changes_during_a_build_are_one_more_look(watch: Opened, site: Path) -> None:
    """However many there were."""
    watcher = watch(SLOW)
    write(site / FERRY, "first")
    look(watcher)

    for number in range(5):  # the build goes on meanwhile
        write(site / FERRY, f"version {number}")
        write(site / PIER, f"version {number}")
        time.sleep(0.1)

    assert look(watcher).paths == {FERRY, PIER}
    assert is_silent(watcher, 0.8)


def test_a_branch_switch_is_few_looks(either: Watcher, site: Path) -> None:
    """A thousand files at once: all are told."""
    paths = [f"content/articles/2025/{number % 12:02}/{number}.md" for number in range(1000)]
    for path in paths:
        write(site / path, "from the other branch")
    (site / FERRY).unlink()

    looks = [*tell(either, FERRY, *paths), *rest(either)]

    assert len(looks) <= 12


def test_too_many_paths_are_everywhere() -> None:
    quiet = Quiet(rest=0.01, longest=1.0)
    for number in range(MANY + 1):
        quiet.note(str(number), str(number))

    assert quiet.take(0.0).everywhere


# --- how editors save


@pytest.mark.parametrize("save", [vim, vscode, jetbrains, gedit, nano, emacs])
@pytest.mark.parametrize("path", [FERRY, "content/inbox/wire.txt", "config.toml"])
def test_an_editor_saves(watch: Opened, site: Path, save: Save, path: str) -> None:
    """The file is told, and nothing that the editor put beside it."""
    write(site / path, "as it was")
    watcher = watch()

    save(site / path)

    looks = [*tell(watcher, path), *rest(watcher)]
    assert {each.paths for each in looks} == {frozenset({path})}
    assert not any(each.everywhere for each in looks)


@pytest.mark.parametrize("save", [vim, jetbrains, gedit])
def test_an_editor_saves_while_polling(watch: Opened, site: Path, save: Save) -> None:
    watcher = watch(POLL, poll=True)

    save(site / FERRY)

    assert told([*tell(watcher, FERRY), *rest(watcher)]) == {FERRY}


@pytest.mark.parametrize(
    "name",
    [
        ".a.md.swp",
        "a.md~",
        "#a.md#",
        ".#a.md",
        "a.md___jb_tmp___",
        "film.mp4.part",
        "film.mp4.crdownload",
        ".DS_Store",
        ".goutputstream-XY12Z3",
        "~$wire.docx",
        ".~lock.wire.odt#",
    ],
)
def test_what_programs_put_beside_files_is_noise(watch: Opened, site: Path, name: str) -> None:
    """In the inbox too, where hidden files count. Under its real name a file does."""
    watcher = watch()
    temporary = site / "content/inbox" / name
    write(temporary, "half a text")
    assert is_silent(watcher, 0.2)

    temporary.rename(site / "content/inbox/wire.txt")

    assert look(watcher).paths == {"content/inbox/wire.txt"}


def test_a_hidden_folder_hides_what_is_in_it() -> None:
    """Except where the build takes hidden files as well."""
    assert is_noise("content", "articles/.obsidian/workspace.json")
    assert is_noise("themes", "own/.git/index")
    assert not is_noise("content", "root/.well-known/security.txt")


# --- folders


def test_a_renamed_folder(either: Watcher, site: Path) -> None:
    """Its files are gone from one place and in another, and watched there."""
    (site / "content/articles/2026").rename(site / "content/articles/2027")
    moved = "content/articles/2027/03/ferry.md"
    tell(either, FERRY, moved)
    rest(either)

    write(site / moved, "changed where it is now")

    assert told(tell(either, moved)) == {moved}


def test_a_folder_moved_out(either: Watcher, site: Path) -> None:
    """The system says one word of it, and none for its files."""
    (site / "content/articles/2026").rename(site.parent / "away")
    tell(either, FERRY)
    rest(either)

    write(site.parent / "away/03/ferry.md", "not ours any more")

    assert is_silent(either)


def test_a_folder_moved_in(either: Watcher, site: Path) -> None:
    """With files in it, which are watched from then on."""
    write(site.parent / "new/04/quay.md", "from elsewhere")
    (site.parent / "new").rename(site / "content/articles/2024")
    quay = "content/articles/2024/04/quay.md"
    tell(either, quay)
    rest(either)

    write(site / quay, "changed")

    assert told(tell(either, quay)) == {quay}


def test_a_folder_deleted_and_made_again(either: Watcher, site: Path) -> None:
    shutil.rmtree(site / "content/articles")
    write(site / PIER, "new")
    tell(either, FERRY, PIER)
    rest(either)

    write(site / PIER, "changed")

    assert told(tell(either, PIER)) == {PIER}


def test_files_in_a_fresh_nested_folder(either: Watcher, site: Path) -> None:
    """They may be there before the system watches the folder; no round may lose one."""
    for number in range(10):
        path = f"content/articles/{number}/a/b/c/story.md"
        write(site / path, "at once")
        tell(either, path)


@pytest.mark.parametrize("folder", ["content", "themes"])
def test_a_top_folder_that_comes_and_goes(either: Watcher, site: Path, folder: str) -> None:
    """Renamed, missing, made again: it is always watched where it is now."""
    inside = {"content": FERRY, "themes": "themes/own/base.html"}[folder]
    (site / folder).rename(site / "aside")
    tell(either, inside)
    rest(either)

    write(site / inside, "a new one")
    tell(either, inside)
    rest(either)
    write(site / "aside" / "x.md", "not ours any more")
    assert is_silent(either)
    write(site / inside, "changed")
    assert told(tell(either, inside)) == {inside}
    rest(either)

    shutil.rmtree(site / folder)
    (site / "aside").rename(site / folder)
    tell(either, f"{folder}/x.md")
    rest(either)
    write(site / inside, "changed again")
    assert told(tell(either, inside)) == {inside}


def test_content_that_is_not_there_yet(watch: Opened, site: Path) -> None:
    shutil.rmtree(site / "content")
    shutil.rmtree(site / "themes")
    watcher = watch()

    write(site / FERRY, "first of all")
    tell(watcher, FERRY)
    rest(watcher)
    write(site / FERRY, "changed")

    assert told(tell(watcher, FERRY)) == {FERRY}


def test_content_that_comes_while_the_watching_begins(
    watch: Opened, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After it was looked for, and before anything would tell of it."""
    shutil.rmtree(site / "content")
    schedule: Callable[..., object] = Observer.schedule  # type: ignore[attr-defined]

    def schedule_too_late(*args: object, **more: object) -> object:
        write(site / FERRY, "just now")
        return schedule(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Observer, "schedule", schedule_too_late)
        watcher = watch()
    rest(watcher)
    write(site / FERRY, "changed")

    assert told(tell(watcher, FERRY)) == {FERRY}


# --- names and links


def test_a_decomposed_name_is_told_in_nfc(either: Watcher, site: Path) -> None:
    """As macOS writes it; the rest of the program knows one form only."""
    path = "content/articles/2026/03/Zürich.md"
    write(site / unicodedata.normalize("NFD", path), "decomposed")

    assert told(tell(either, path)) == {path}
    assert is_silent(either)


def test_a_site_known_by_a_link(site: Path) -> None:
    """Paths are the site's own whatever way leads to it."""
    (site.parent / "link").symlink_to(site)
    link = site.parent / "link"

    with Watcher(link, target=link / "output", said=print, pace=NEWS_ONLY) as watcher:
        write(link / FERRY, "changed")
        write(link / "output/index.html", "changed")
        assert look(watcher).paths == {FERRY}
        assert is_silent(watcher)


def test_a_changed_link_to_a_file(either: Watcher, site: Path) -> None:
    write(site / "photos/one.jpg", "one")
    write(site / "photos/another.jpg", "another")
    lead = site / "content/media/lead.jpg"
    lead.symlink_to(site / "photos/one.jpg")
    tell(either, "content/media/lead.jpg")
    rest(either)

    (site / "content/media/next").symlink_to(site / "photos/another.jpg")
    (site / "content/media/next").replace(lead)

    tell(either, "content/media/lead.jpg")


def test_a_changed_link_to_a_folder(either: Watcher, site: Path) -> None:
    """What is behind it comes and goes though the system tells of one file."""
    write(site / "one/a.jpg", "one")
    write(site / "another/b.jpg", "another")
    gallery = site / "content/media/gallery"
    gallery.symlink_to(site / "one")
    tell(either, "content/media/gallery/a.jpg")
    rest(either)

    gallery.unlink()
    gallery.symlink_to(site / "another")

    tell(either, "content/media/gallery/a.jpg", "content/media/gallery/b.jpg")


def test_files_behind_a_link_are_found_by_the_scan(watch: Opened, site: Path) -> None:
    """The system does not look there, the build does."""
    write(site / "photos/a.jpg", "one")
    (site / "content/media/gallery").symlink_to(site / "photos")
    watcher = watch(SCAN)

    write(site / "photos/a.jpg", "another one")

    assert told(tell(watcher, "content/media/gallery/a.jpg")) == {"content/media/gallery/a.jpg"}
    assert is_silent(watcher)


# --- files beside the site's own


@pytest.mark.parametrize("poll", [False, True], ids=["news", "polling"])
def test_code_and_installed_themes(watch: Opened, site: Path, poll: bool) -> None:
    """Known by absolute paths outside the site; neighbours of a file are nobody's business."""
    inside, outside = site / "extension.py", site.parent / "lib/extension.py"
    theme = site.parent / ".venv/theme"
    for file in (inside, outside, theme / "base.html"):
        write(file, "as it was")
    watcher = watch(POLL if poll else NEWS_ONLY, poll=poll, also=[inside, outside, theme])

    write(outside.with_name("other.py"), "new")
    write(theme / "__pycache__/theme.cpython-311.pyc", "new")
    assert is_silent(watcher)
    jetbrains(inside)
    tell(watcher, "extension.py")
    vim(outside)
    tell(watcher, outside.as_posix())
    gedit(theme / "base.html")
    tell(watcher, (theme / "base.html").as_posix())
    shutil.rmtree(theme)
    tell(watcher, (theme / "base.html").as_posix())


def test_another_theme_is_watched_from_then_on(watch: Opened, site: Path) -> None:
    former, other = site.parent / "former", site.parent / "other"
    for theme in (former, other):
        write(theme / "base.html", "as it was")
    watcher = watch(also=[former])

    watcher.watch_also([former])
    assert is_silent(watcher)
    watcher.watch_also([other])
    assert look(watcher).everywhere
    rest(watcher)
    write(former / "base.html", "changed")
    write(other / "base.html", "changed")

    assert told(tell(watcher, (other / "base.html").as_posix())) == {
        (other / "base.html").as_posix()
    }


# --- what gets lost


def test_lost_news_are_found_by_the_scan(watch: Opened, site: Path) -> None:
    """With a system that tells nothing: changed, new and deleted files."""
    watcher = watch(SCAN)
    observer(watcher).unschedule_all()
    write(site / PIER, "new")
    (site / FERRY).unlink()
    write(site / "content/articles/2026/03/pier.md~", "noise")

    assert told(tell(watcher, PIER, FERRY)) == {PIER, FERRY}
    assert is_silent(watcher)


def test_the_scan_does_not_repeat_the_news(watch: Opened, site: Path) -> None:
    """After each change there is one, and it has nothing to add."""
    watcher = watch(SLOW)

    changes: list[Callable[[], None]] = [
        lambda: write(site / FERRY, "changed"),
        (site / FERRY).unlink,
    ]
    for number, change in enumerate(changes):
        change()
        write(site / PIER, f"version {number}")
        assert look(watcher).paths == {FERRY, PIER}
        watcher._next_scan = 0.0
        assert is_silent(watcher)
        assert watcher._next_scan > 0.0


def test_a_change_after_a_look_is_found_though_its_news_were_lost(
    watch: Opened, site: Path
) -> None:
    """What is remembered is the file as it was when it was told, not as a scan finds it later."""
    watcher = watch(SCAN)
    write(site / FERRY, "first")
    tell(watcher, FERRY)
    observer(watcher).unschedule_all()

    write(site / FERRY, "second, and longer")

    tell(watcher, FERRY)


@linux_only
def test_an_overflow_is_a_look_everywhere(
    watch: Opened, site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A line for a log is all that watchdog would say."""
    watcher = watch()
    overflow = InotifyEvent(-1, InotifyConstants.IN_Q_OVERFLOW, 0, b"")  # type: ignore[arg-type]

    observer(watcher)._inotify_fd.handle_event(overflow)  # type: ignore[attr-defined]

    assert look(watcher).everywhere
    assert capfd.readouterr() == ("", "")
    write(site / FERRY, "changed")
    tell(watcher, FERRY)


@pytest.mark.parametrize("part", ["observer", "emitter", "reader"])
def test_a_dead_thread_is_replaced(watch: Opened, site: Path, part: str) -> None:
    """Whichever it is. What was missed is looked for, and then there are news again."""
    watcher = watch()
    first = observer(watcher)
    threads = {
        "observer": first,
        "emitter": next(each for each in first.emitters if each.watch.path.endswith("content")),
        "reader": getattr(first, "_inotify_fd", first),
    }
    threads[part].stop()
    threads[part].join(DEADLINE)
    write(site / FERRY, "missed")

    assert any(each.everywhere for each in tell(watcher, FERRY))
    assert observer(watcher) is not first
    rest(watcher)
    write(site / FERRY, "changed")
    tell(watcher, FERRY)


def test_an_exception_does_not_end_the_thread(
    watch: Opened, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a look everywhere."""
    watcher = watch()
    with monkeypatch.context() as patch:
        patch.setattr(Observation, "_note", lambda *_, **__: 1 / 0)
        write(site / FERRY, "changed")
        assert look(watcher).everywhere
        rest(watcher)
    first = observer(watcher)
    write(site / FERRY, "changed again")

    tell(watcher, FERRY)
    assert observer(watcher) is first


def observer(watcher: Watcher) -> BaseObserver:
    assert watcher._observation is not None
    assert watcher._observation._observer is not None
    return watcher._observation._observer


# --- where the system cannot tell


def test_more_folders_than_may_be_watched(watch: Opened, site: Path, tmp_path: Path) -> None:
    """Folders would be left out without a word."""
    write(tmp_path / "limit", "5\n")
    watcher = watch(POLL, limits=[tmp_path / "limit"])

    write(site / FERRY, "changed")

    tell(watcher, FERRY)
    assert len(watch.said) == 1
    assert "5 folders" in watch.said[0]


def test_as_many_folders_as_may_be_watched(watch: Opened, site: Path, tmp_path: Path) -> None:
    """Neither a high limit nor a missing one is a reason to poll."""
    write(tmp_path / "limit", "500\n")
    watcher = watch(limits=[tmp_path / "limit", tmp_path / "missing"])

    write(site / FERRY, "changed")

    tell(watcher, FERRY)
    assert watch.said == []


@pytest.mark.parametrize("place", ["__call__", "schedule", "start"])
def test_a_system_that_refuses(
    watch: Opened, site: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """At whichever step: it polls and says so, once."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, "inotify instance limit reached")

    if place == "__call__":
        monkeypatch.setattr("ssg.serve.observing.Observer", refuse)
    else:
        monkeypatch.setattr(Observer, place, refuse)
    watcher = watch(POLL)
    for text in ("changed", "changed again"):
        write(site / FERRY, text)
        tell(watcher, FERRY)

    assert len(watch.said) == 1
    assert "instance limit" in watch.said[0]


def test_polling_that_was_asked_for_is_no_news(watch: Opened, site: Path) -> None:
    watcher = watch(POLL, poll=True)
    write(site / FERRY, "changed")

    tell(watcher, FERRY)
    assert watch.said == []


LIMITED = """
import sys, time
from pathlib import Path
from ssg.serve.observing import LIMITS
from ssg.serve.watching import Pace, Watcher

site, limits = Path(sys.argv[1]), LIMITS if sys.argv[2] == "compared" else ()
with Watcher(
    site, target=site / "output", said=print, pace=Pace(scan=0.2, poll=0.2), limits=limits
) as watcher:
    for number in range(30):
        (site / f"content/articles/{number}/story.md").write_text("changed")
    paths = set()
    while len(paths) < 30:
        look = watcher.wait(time.time() + 20)
        assert not look.due, sorted(paths)
        paths |= look.paths
    print(len(paths), "told")
"""


@linux_only
@pytest.mark.parametrize("limits", ["compared", "not compared"])
def test_a_real_limit(
    site: Path, repository: Path, require: Callable[[str], Path], limits: str
) -> None:
    """Ten folders may be watched and there are more: compared, or met without knowing."""
    unshare = str(require("unshare"))
    shell = 'echo 10 > /proc/sys/user/max_inotify_watches && exec "$@"'
    limited = [unshare, "-Ur", "sh", "-c", shell, "sh"]
    if subprocess.run([*limited, "true"], capture_output=True, check=False).returncode:
        pytest.skip("needs unshare -Ur, which is not permitted here")
    for number in range(30):
        write(site / f"content/articles/{number}/story.md", "as it was")

    done = subprocess.run(
        [*limited, sys.executable, "-c", LIMITED, site, limits],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    *said, counted = done.stdout.splitlines()
    assert counted == "30 told"
    if limits == "compared":
        assert ["10 folders" in line for line in said] == [True]


# --- time and end


def test_an_instant_that_comes(either: Watcher) -> None:
    """An embargo ends, and no file has changed."""
    until = time.time() + 0.3

    found = either.wait(until)

    assert found == Look(due=True)
    assert time.time() >= until


def test_an_instant_that_has_been(either: Watcher, site: Path) -> None:
    assert either.wait(0.0).due


def test_changes_and_an_instant_are_one_look(watch: Opened, site: Path) -> None:
    watcher = watch(SLOW)
    write(site / FERRY, "changed")

    found = watcher.wait(time.time() + 0.2)

    assert found == Look(frozenset({FERRY}), due=True)


@pytest.mark.parametrize("poll", [False, True], ids=["news", "polling"])
def test_waiting_can_be_interrupted(watch: Opened, poll: bool) -> None:
    """Ctrl-C: without this the test would wait for ever."""
    watcher = watch(Pace(scan=3600, poll=3600), poll=poll)
    threading.Timer(0.1, _thread.interrupt_main).start()

    with pytest.raises(KeyboardInterrupt):
        watcher.wait()


def test_it_ends_with_nothing_left(watch: Opened, site: Path) -> None:
    """No thread, no descriptor, no handler; while changes come in as well."""
    before = threading.active_count()
    handlers = list(logging.getLogger("watchdog").handlers)
    watcher = watch()
    assert threading.active_count() > before
    write(site / FERRY, "changed")

    watcher.close()

    deadline = time.monotonic() + DEADLINE
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before
    assert logging.getLogger("watchdog").handlers == handlers


def test_ending_waits_for_no_thread_that_will_not(
    watch: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread of watchdog holds half a move for half a second; it is left behind."""
    watcher = watch()
    observing = observer(watcher)
    stop, may_end, ended = observing.stop, threading.Event(), threading.Event()

    def stop_at_last() -> None:
        may_end.wait(DEADLINE)
        stop()
        ended.set()

    monkeypatch.setattr(observing, "stop", stop_at_last)
    watcher.close()

    assert not ended.is_set()
    may_end.set()
    assert ended.wait(DEADLINE)


def test_a_look_everywhere_brings_the_scan_along(watch: Opened, site: Path) -> None:
    """So that the builder need not list everything once more."""
    watcher = watch()
    write(site / "content/articles/2025/quay.md", "new")

    looks = tell(watcher, "content/articles/2025/quay.md")

    found = next(each.found for each in looks if each.everywhere)
    assert found is not None
    assert "content/articles/2025/quay.md" in found.files
