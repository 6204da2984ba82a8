"""The laws of the engine in one process that goes on building."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace

from ssg.build import build, builder, grounds, inputs, wanted
from ssg.build.memory import Memory
from ssg.build.scan import CONFIG, scan, scan_again
from ssg.content import library_of, with_edited
from ssg.faults import Halt
from ssg.model import PUBLISHED, Article, Body
from ssg.pages import stories
from tests.build.newsroom import NOW, Newsroom, article, newsroom
from tests.build.paper import FULL_FEEDS, paper
from tests.build.test_laws import CREST, EDITS, HISTORIES, STORM, clean_output, explain_inputs


def differing(site: Newsroom, before: dict[str, Any]) -> frozenset[str]:
    """Where files are not what they were, as a watcher would say."""
    after = dict(scan(site.folder).files)
    return frozenset(p for p in before.keys() | after.keys() if before.get(p) != after.get(p))


def outcome(site: Newsroom, memory: Memory, hours: int) -> dict[str, bytes] | tuple[str, ...]:
    try:
        build(site.order(now=NOW + timedelta(hours=hours)), memory)
    except Halt as halt:
        return tuple(sorted({fault.code for fault in halt.faults}))
    return site.output()


def hold_the_law(edits: Iterable[tuple[str, int]]) -> None:
    """After every edit the output is a clean build's, and building again does nothing.

    Every fourth time nobody can say where the edit was.
    """
    with TemporaryDirectory() as folder:
        site, memory = newsroom(Path(folder) / "site", paper()).settle(), Memory()
        build(site.order(), memory)
        hours = 0
        for number, (name, later) in enumerate(edits):
            before = dict(scan(site.folder).files)
            EDITS[name](site)
            if number % 3 == 2:
                site.settle()
            found = differing(site, before)
            memory.notice(None if number % 4 == 3 else found)
            hours += later
            incremental = outcome(site, memory, hours)
            assert incremental == clean_output(site, Path(folder) / "clean", hours), name
            if isinstance(incremental, dict):
                memory.notice(found)
                again = build(site.order(now=NOW + timedelta(hours=hours)), memory)
                assert (again.rendered, again.written, again.removed) == (0, 0, 0), name


@pytest.mark.parametrize("name", EDITS)
def test_one_edit_and_its_undoing(name: str) -> None:
    """After each kind of edit, and after taking it back."""
    hold_the_law([(name, 0), (name, 0)])


@given(HISTORIES)
@settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_one_process_equals_clean(history: list[tuple[str, int]]) -> None:
    """Whatever was edited in whatever order."""
    hold_the_law(history)


@pytest.mark.long
@given(HISTORIES)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_one_process_equals_clean_for_long(history: list[tuple[str, int]]) -> None:
    """The same over many histories."""
    hold_the_law(history)


@pytest.mark.parametrize(
    ("module", "name", "mutant", "edit"),
    [
        (stories, "_story_rests_on", lambda article, _: (article,), "title"),
        (grounds, "_told", lambda values, _: len(list(values)), "author's name"),
        (wanted, "resting_on", lambda articles, _: {one.path for one in articles}, "title"),
        (inputs, "_rewritten", lambda reading: reading.fresh, "title"),
    ],
)
def test_the_law_can_fail(
    module: Any,
    name: str,
    mutant: Callable[..., Any],
    edit: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A story that forgets its neighbours, or those beside one that was edited; grounds that do not
    look; a title taken for a body.
    """
    monkeypatch.setattr(module, name, mutant)
    with pytest.raises(AssertionError):
        hold_the_law([(edit, 0)])


def test_a_body_is_all_that_is_read(site_with_memory: tuple[Newsroom, Memory]) -> None:
    """Told where to look, a build reads that file and makes the outputs that hold its body."""
    site, memory = site_with_memory
    EDITS["body"](site)
    memory.notice(frozenset({CREST}))
    report = build(site.order(), memory)

    assert report.changed == {"2026/03/crest/index.html", *FULL_FEEDS}
    assert report.rendered == 7


def test_a_title_makes_no_other_views(
    site_with_memory: tuple[Newsroom, Memory], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages that do not show it are known without their views."""
    site, memory = site_with_memory
    file = site.folder / STORM
    file.write_text(file.read_text().replace("title: Storm", "title: Gale"))
    memory.notice(frozenset({STORM}))
    made: list[str] = []
    honest = stories._story_view

    def view(article: Article, edition: Any) -> Any:
        made.append(article.path)
        return honest(article, edition)

    monkeypatch.setattr(stories, "_story_view", view)
    build(site.order(), memory)

    assert STORM in made
    assert len(set(made)) < len(list((site.folder / "content/articles").rglob("*.md")))


def test_another_build_between_two_is_noticed(site_with_memory: tuple[Newsroom, Memory]) -> None:
    """What another process did is not taken for what this one left."""
    site, memory = site_with_memory
    EDITS["title"](site)
    site.build()
    EDITS["title"](site)
    memory.notice(frozenset({CREST}))
    build(site.order(), memory)

    assert site.output() == clean_output(site, site.folder.parent / "clean", 0)


def test_a_fault_is_remembered_until_it_is_mended(
    site_with_memory: tuple[Newsroom, Memory],
) -> None:
    """A broken file is looked at again with the next, also when nothing more is said of it."""
    site, memory = site_with_memory
    good = (site.folder / CREST).read_text()
    site.write({CREST: "---\ntitle: [\n---\n"})
    memory.notice(frozenset({CREST}))
    assert outcome(site, memory, 0) == ("E203",)
    EDITS["standfirst"](site)
    memory.notice(frozenset({STORM}))
    assert outcome(site, memory, 0) == ("E203",)
    (site.folder / CREST).write_text(good)
    memory.notice(frozenset({CREST}))
    assert outcome(site, memory, 0) == clean_output(site, site.folder.parent / "clean", 0)


def test_somebody_looks_at_a_page(site_with_memory: tuple[Newsroom, Memory]) -> None:
    """It is made first and its bytes are handed over before anything is in place."""
    site, memory = site_with_memory
    page = "2025/12/storm/index.html"
    before = site.output()[page]
    seen: list[tuple[str, bytes, bytes]] = []

    def show(path: str, data: bytes) -> None:
        seen.append((path, data, site.output()[page]))

    file = site.folder / "themes/tide/templates/article.html"
    file.write_text(file.read_text().replace('class="tide"', 'class="ebb"'))
    memory.notice(None)
    build(site.order(first=frozenset({page}), show=show), memory)

    assert [(path, on_disk) for path, _, on_disk in seen] == [(page, before)]
    assert seen[0][1] == site.output()[page] != before


def test_settings_that_change_during_a_build(site_with_memory: tuple[Newsroom, Memory]) -> None:
    """They are the next build's: this one must not remember their text with what it read before.

    Once in the same process, once in another.
    """
    site, memory = site_with_memory
    clean = site.folder.parent / "clean"

    def change(*_: object) -> None:
        EDITS["feed size"](site)

    for later in (memory, Memory()):
        EDITS["body"](site)
        memory.notice(None)
        build(site.order(first=frozenset({"2026/03/crest/index.html"}), show=change), memory)
        later.notice(frozenset({CONFIG}))
        assert outcome(site, later, 0) == clean_output(site, clean, 0)


def test_a_page_is_shown_after_what_it_is_dressed_in(
    site_with_memory: tuple[Newsroom, Memory],
) -> None:
    """A stylesheet has a new name for new bytes: it is handed over before the page names it."""
    site, memory = site_with_memory
    page = "2025/12/storm/index.html"
    seen: list[str] = []
    EDITS["asset"](site)
    memory.notice(None)
    build(site.order(first=frozenset({page}), show=lambda path, _: seen.append(path)), memory)

    assert seen[-1] == page
    assert seen[0].startswith("assets/")


def test_held_pages_of_a_preview_are_in_its_manifest(tmp_path: Path) -> None:
    """Why readers do not see them, and until when."""
    from ssg.build.manifest import Banner, read_manifest
    from ssg.model import Showing

    site = newsroom(
        tmp_path,
        {
            "content/articles/2026/03/a.md": article("A", "2026-03-01", draft="true"),
            "content/articles/2026/04/b.md": article("B", "2026-04-01T09:00:00Z"),
            "content/articles/2026/03/c.md": article("C", "2026-03-02"),
        },
    )
    order = site.order(showing=Showing(drafts=True, future=True))
    build(order)
    manifest = read_manifest(order.state)

    assert manifest
    assert manifest.held == {
        "2026/03/a/index.html": Banner("draft"),
        "2026/04/b/index.html": Banner("embargo", "2026-04-01T09:00:00+00:00"),
    }


@pytest.fixture
def site_with_memory(tmp_path: Path) -> tuple[Newsroom, Memory]:
    """A paper that was built once by a process that goes on."""
    site, memory = newsroom(tmp_path / "site", paper()).settle(), Memory()
    build(site.order(), memory)
    return site, memory


def test_bodies_find_their_place_in_a_library(tmp_path: Path) -> None:
    """Putting a rewritten article in is the same as making the library anew, wherever it is."""
    site = newsroom(tmp_path, paper())
    content = explain_inputs(site).content
    library = content.library(NOW, PUBLISHED)
    for one in content.documents.articles:
        other = replace(one, body=Body("another", one.body.facts))
        anew = content.rewritten([other])
        made = library_of(anew.documents, anew.media, anew.home, NOW, PUBLISHED)
        assert with_edited(library, [other]) == made, one.path


class TestAnotherLook:
    """What a second look at some paths can tell, and where only a full scan can."""

    def test_files_come_change_and_go(self, tmp_path: Path) -> None:
        site = newsroom(tmp_path, paper())
        before = scan(site.folder)
        site.write({STORM: "x", "content/articles/2025/12/new.md": "y"})
        site.remove(CREST)
        paths = [STORM, CREST, "content/articles/2025/12/new.md", "content/articles/gone.md"]
        found = scan_again(before, site.folder, paths)

        assert found
        assert found.files == scan(site.folder).files

    @pytest.mark.parametrize("path", ["content/articles/2025", "content/nowhere/new.md"])
    def test_folders(self, path: str, tmp_path: Path) -> None:
        """A folder may hold anything, and so may one that a link leads to."""
        site = newsroom(tmp_path, paper())
        before = scan(site.folder)
        (site.folder / "elsewhere").mkdir()
        (site.folder / "content/nowhere").symlink_to(site.folder / "elsewhere")
        (site.folder / "elsewhere/new.md").write_text("x")

        assert scan_again(before, site.folder, [path]) is None

    def test_a_folder_that_went(self, tmp_path: Path) -> None:
        site = newsroom(tmp_path, paper())
        before = scan(site.folder)
        site.remove("content/articles/2025")

        assert scan_again(before, site.folder, ["content/articles/2025"]) is None

    def test_hidden_files(self, tmp_path: Path) -> None:
        site = newsroom(tmp_path, paper())
        before = scan(site.folder)
        site.write({"content/articles/.x.md": "x", "content/.git/y": "x", "content/root/.z": "z"})
        paths = ["content/articles/.x.md", "content/.git/y", "content/root/.z"]
        found = scan_again(before, site.folder, paths)

        assert found
        assert found.files == scan(site.folder).files


def test_what_is_scanned_in_the_dark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that knows where to look lists no folder."""
    site, memory = newsroom(tmp_path, paper()), Memory()
    build(site.order(), memory)
    monkeypatch.setattr(builder, "scan", lambda _: pytest.fail("listed the whole site"))
    EDITS["title"](site)
    memory.notice(frozenset({CREST}))

    assert build(site.order(), memory).written
