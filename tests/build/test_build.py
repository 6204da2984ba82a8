"""What a build writes, leaves alone and refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from ssg.build import wanted, write
from ssg.build.code import code_digest
from ssg.build.inputs import load_config
from ssg.build.manifest import read_manifest, state_folder
from ssg.build.verify import differences
from ssg.faults import Halt
from ssg.model import Showing
from ssg.pages import SERIALISERS
from tests.build.newsroom import CONFIG, NOW, Files, Newsroom, article, document, newsroom, png
from tests.build.paper import paper

MakeSite = Callable[[Files], Newsroom]
HERE = "content/articles/2026/03/"


def test_a_report_counts_what_was_done(site: MakeSite) -> None:
    """Pages, rendered, written, removed and unchanged add up, with seconds by stage."""
    room = site({HERE + "a.md": article("A"), HERE + "b.md": article("B")})

    first = room.build()
    room.remove(HERE + "a.md")
    second = room.build()

    assert first.pages == first.rendered == 15
    assert (first.written, first.unchanged, first.removed) == (first.pages + 3, 0, 0)
    assert second.removed == 1
    assert second.written + second.unchanged == second.pages + 3
    assert set(first.seconds) == {"total", "scan", "read", "plan", "render", "write"}


def test_a_second_build_renders_and_writes_nothing(site: MakeSite) -> None:
    """Where nothing changed nothing is done: not a byte, not a time stamp."""
    room = site(paper())
    room.build()
    before = {path: (room.folder / "output" / path).stat().st_mtime_ns for path in room.output()}
    record = (room.folder / ".ssg/manifest.json").stat().st_mtime_ns

    report = room.build()

    assert (report.rendered, report.written, report.removed) == (0, 0, 0)
    after = {path: (room.folder / "output" / path).stat().st_mtime_ns for path in room.output()}
    assert after == before
    assert (room.folder / ".ssg/manifest.json").stat().st_mtime_ns == record


def test_equal_bytes_are_not_written_again(site: MakeSite) -> None:
    """A page rendered anew to the bytes that stand there keeps its file."""
    room = site(paper())
    room.build()
    page = room.folder / "output/2025/12/storm/index.html"
    before = page.stat().st_mtime_ns
    template = room.folder / "themes/tide/templates/article.html"
    template.write_text(template.read_text() + "{# nothing #}")

    report = room.build()

    assert report.rendered == 5
    assert report.written == 0
    assert page.stat().st_mtime_ns == before
    assert room.build().rendered == 0


def test_a_body_touches_its_page_and_the_full_feeds(site: MakeSite) -> None:
    """Lists hold teasers: a body behind its first sentences is on its page, and in
    the feeds of the site and of its section.
    """
    room = site(paper())
    room.build()
    path = room.folder / "content/articles/2026/03/crest.md"
    path.write_text(path.read_text() + "\nMore at ten.\n")

    assert room.build().written == 7


def test_a_file_that_somebody_removed_is_made_again(site: MakeSite) -> None:
    """What is missing in the output folder, or has another size, is made good."""
    room = site(paper())
    room.build()
    before = room.output()
    (room.folder / "output/index.html").unlink()
    (room.folder / "output/404.html").write_text("cut short")

    assert room.build().written == 2
    assert room.output() == before


def test_a_fault_leaves_the_output_as_it_was(site: MakeSite) -> None:
    """Content, template or link: whatever is wrong, nothing in the output folder moves."""
    room = site(paper())
    room.build()
    before = room.output()
    record = (room.folder / ".ssg/manifest.json").read_bytes()
    broken = {
        "content/articles/2026/03/new.md": "---\ntitel: x\n---\n",
        "themes/tide/templates/parts/tide.html": "{{ view.titel }}",
        "content/root/404.html": "two of them",
    }
    for path, text in broken.items():
        kept = (room.folder / path).read_bytes() if (room.folder / path).exists() else None
        room.write({path: text, "content/articles/2026/03/other.md": article("Other")})
        assert room.faults()
        assert room.output() == before
        assert (room.folder / ".ssg/manifest.json").read_bytes() == record
        assert not (room.folder / ".ssg/staging").exists()
        room.remove(path)
        if kept is not None:
            room.write({path: kept})


def test_all_faults_come_at_once(site: MakeSite) -> None:
    """One run shows what is wrong in content and in the theme."""
    room = site(paper())
    room.write({HERE + "a.md": "no front matter", "themes/tide/theme.toml": "extends = []"})
    assert {fault.code for fault in room.faults()} == {"E201", "E506"}


def test_a_failing_template_is_named_once_for_each_page(site: MakeSite) -> None:
    """A template's failure names the line, the page and the file the page is about."""
    room = site(paper())
    room.write({"themes/tide/templates/parts/tide.html": "tide\n{{ view.titel }}\n"})

    faults = room.faults()

    assert {fault.code for fault in faults} == {"E507"}
    assert {(f.place.path, f.place.line) for f in faults if f.place} == {
        ("themes/tide/templates/parts/tide.html", 2)
    }
    assert len(faults) == 5
    assert any(
        "/2026/03/pier/index.html (from content/articles/2026/03/pier.md)" in f.message
        for f in faults
    )
    assert faults[0].hint is not None
    assert faults[0].hint.startswith(
        'did you mean "title"?; reached through article.html:1 → base/article.html:'
    )
    assert faults[0].hint.endswith(" → article.html:3 → parts/tide.html:2")


def test_a_serialiser_that_fails_is_a_fault_of_its_page(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails outside of templates is a fault of the page it was making."""

    def broken(_: object) -> str:
        raise ValueError

    monkeypatch.setattr("ssg.build.render.SERIALISERS", {**SERIALISERS, "robots.txt": broken})
    (fault,) = site({}).faults()
    assert fault.code == "E507"
    assert fault.place is None
    assert fault.message == "robots.txt failed on /robots.txt: ValueError: ValueError"


def test_a_link_that_only_rendering_sees(site: MakeSite) -> None:
    """A reference that the first pass missed is a fault of the document that holds it, once."""
    quoted = "> See [x].\n>\n> [x]: nowhere.md\n"
    room = site(
        {
            HERE + "a.md": article(body=quoted, authors="[g]"),
            "content/authors/g.md": document(quoted, name="G"),
        }
    )
    faults = room.faults()
    assert {fault.code for fault in faults} == {"E302"}
    assert sorted(fault.place.path for fault in faults if fault.place) == [
        HERE + "a.md",
        "content/authors/g.md",
    ]


def test_a_text_that_changes_while_the_site_is_built(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file saved between planning and rendering is a fault, not another page than planned."""
    room = site({HERE + "a.md": article(), HERE + "b.md": article()})
    honest = wanted.want

    def want(*args: object) -> object:
        found = honest(*args)  # type: ignore[arg-type]
        room.write({HERE + "a.md": article(body="Saved again.")})
        room.remove(HERE + "b.md")
        return found

    monkeypatch.setattr(wanted, "want", want)
    faults = room.faults()
    assert {(fault.code, fault.place.path if fault.place else "") for fault in faults} == {
        ("E308", HERE + "a.md"),
        ("E308", HERE + "b.md"),
    }
    assert len(faults) == 2


def test_foreign_files_without_a_manifest_refuse_the_build(site: MakeSite) -> None:
    """A folder that holds files of somebody else's is not taken over."""
    room = site({**{f"output/{number}.txt": "mine" for number in range(7)}})
    (fault,) = room.faults()
    assert fault.code == "E701"
    assert "and 2 more" in fault.message
    assert room.output() == {f"{number}.txt": b"mine" for number in range(7)}


def test_adopting_declares_all_files_ours(site: MakeSite) -> None:
    """After --adopt what no page wants is removed, and the rest replaced."""
    room = site({"output/index.html": "mine", "output/old/page.html": "mine"})
    room.build(adopt=True)
    assert "old/page.html" not in room.output()
    assert not (room.folder / "output/old").exists()
    assert room.output()["index.html"] != b"mine"
    room.write({"output/late.txt": "mine"})
    assert room.build(adopt=True).removed == 1


def test_dot_files_at_the_top_are_nobodys_business(site: MakeSite) -> None:
    """The `.gitignore` that keeps the folder in the repository is neither named nor touched."""
    room = site({"output/.gitignore": "*\n", "output/.git/config": "x"})
    assert room.build().faults == ()
    assert room.build(adopt=True).faults == ()
    assert (room.folder / "output/.gitignore").read_text() == "*\n"


def test_foreign_files_beside_ours_are_named_and_left(site: MakeSite) -> None:
    """A file that came later is named in a note on each build, and stays."""
    room = site({})
    room.build()
    room.write({"output/theirs/a.txt": "mine"})

    (note,) = room.build().faults

    assert note.code == "N701"
    assert "theirs/a.txt" in note.message
    assert room.output()["theirs/a.txt"] == b"mine"


@pytest.mark.parametrize(
    ("foreign", "wanted"),
    [
        ("about/index.html", "content/pages/about.md"),
        ("about", "content/pages/about.md"),
        ("card/theirs.txt", "content/root/card"),
        ("card", "content/root/card"),
    ],
)
def test_a_foreign_file_in_the_way(site: MakeSite, foreign: str, wanted: str) -> None:
    """Where a page goes, where it needs a folder, or in a folder of its name: refused."""
    room = site({})
    room.build()
    before = room.output()
    room.write({f"output/{foreign}": "mine", wanted: document("x", title="About")})

    (fault,) = room.faults()

    assert fault.code == "E702"
    assert fault.place is not None
    assert fault.place.path == foreign
    assert room.output() == {**before, foreign: b"mine"}
    assert room.build(adopt=True).faults == ()
    assert room.build().written == 0


def test_a_link_in_the_output_is_not_followed(site: MakeSite, tmp_path: Path) -> None:
    """A folder that somebody replaced by a link is in the way, not written through."""
    room = site({})
    room.build()
    (tmp_path / "elsewhere").mkdir()
    (room.folder / "output/2026").symlink_to(tmp_path / "elsewhere")
    room.write({HERE + "a.md": article()})
    assert {fault.code for fault in room.faults()} == {"E702"}
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    "place",
    [".", "..", "content", "content/articles", "themes", ".ssg", ".ssg/staging", ".ssg/outputs/x"],
)
def test_output_must_not_swallow_the_site(site: MakeSite, place: str) -> None:
    """The site, what holds it, and what people write in it are no output folders."""
    room = site({HERE + "a.md": article()})
    (fault,) = room.faults(output=room.folder / place)
    assert fault.code == "E703"
    assert (room.folder / HERE / "a.md").exists()


def test_a_manifest_that_cannot_be_read(site: MakeSite) -> None:
    """A broken manifest is a fault: without it nobody knows which files are ours."""
    room = site({})
    room.build()
    room.write({".ssg/manifest.json": "{"})
    (fault,) = room.faults()
    assert fault.code == "E706"


def test_another_output_folder_has_a_state_of_its_own(site: MakeSite, tmp_path: Path) -> None:
    """Two folders are two publications: neither build disturbs the other."""
    room = site(paper())
    room.build()
    inside, outside = room.folder / "public", tmp_path / "www"
    for place in (inside, outside):
        room.build(output=place)
        assert room.output(place) == room.output()
        assert room.build(output=place).written == 0
    assert room.build().written == 0
    room.remove("content/articles/2026/03/pier.md")
    room.write({"content/articles/2026/03/crest.md": article(), "content/home.toml": ""})
    room.build()
    assert room.output(outside) != room.output()
    assert room.build(output=outside).removed > 0
    assert room.output(outside) == room.output()


def test_the_site_and_a_folder_in_it_may_move(site: MakeSite, tmp_path: Path) -> None:
    """The state of a folder inside the site is found again where the site was moved to."""
    room = site(paper())
    room.build(output=room.folder / "public")
    moved = Newsroom(room.folder.rename(tmp_path / "moved"))
    assert moved.build(output=moved.folder / "public").written == 0


def test_what_shows_drafts_goes_to_the_preview(site: MakeSite) -> None:
    """Drafts and the future never come near what is published."""
    room = site(
        {
            HERE + "a.md": article("Draft", draft="true"),
            HERE + "b.md": article("Future", date="2027-01-01"),
            "content/pages/p.md": document("x", title="Page", draft="true"),
        }
    )
    room.build()
    published = room.output()
    room.build(showing=Showing(drafts=True))
    drafts = room.output(".ssg/preview")
    room.build(showing=Showing(future=True))
    future = room.output(".ssg/preview")

    assert {"2026/03/a/index.html", "p/index.html"} <= drafts.keys()
    assert "2026/03/b/index.html" not in drafts
    assert "2026/03/b/index.html" in future
    assert "2026/03/a/index.html" not in future
    assert room.output() == published
    assert "2026/03/a/index.html" not in published
    room.build(showing=Showing(drafts=True), output=room.folder / "elsewhere")
    assert "p/index.html" in room.output("elsewhere")


def test_a_clean_build_forgets_keys_and_not_files(site: MakeSite) -> None:
    """--clean makes every file again and still removes what nobody wants any more."""
    room = site({HERE + "a.md": article(), HERE + "b.md": article()})
    room.build()
    room.remove(HERE + "a.md")
    index = room.folder / "output/index.html"
    index.write_bytes(b"x" * index.stat().st_size)

    report = room.build(clean=True)

    assert report.removed == 1
    assert report.rendered == report.pages
    assert "2026/03/a/index.html" not in room.output()
    assert b"xxx" not in room.output()["index.html"]
    assert room.build().faults == ()
    index.write_bytes(b"x" * index.stat().st_size)
    assert room.build(clean=True).written > 0
    assert b"xxx" not in room.output()["index.html"]


def test_verify_finds_what_differs(site: MakeSite) -> None:
    """Files that a clean build makes otherwise, or that only one of the builds has."""
    room = site(paper())
    room.build()
    assert differences(room.order()) == ()
    index = room.folder / "output/index.html"
    index.write_bytes(b"x" * index.stat().st_size)
    (room.folder / "output/404.html").unlink()
    room.write({HERE + "new.md": article("New")})
    room.remove("content/articles/2025/12/storm.md")

    found = {fault.place.path: fault.message for fault in differences(room.order()) if fault.place}

    assert found["index.html"] == "a clean build makes other bytes"
    assert found["404.html"] == "a clean build makes other bytes"
    assert found["2026/03/new/index.html"] == "a clean build makes it, and it is not there"
    assert found["2025/12/storm/index.html"] == "a clean build does not make it"
    assert room.build(clean=True).faults == ()
    assert differences(room.order()) == ()
    assert not any((room.folder / ".ssg/outputs").iterdir())


def test_pages_become_folders_and_folders_files(site: MakeSite) -> None:
    """A file may take the place of a folder of ours, and the other way round."""
    room = site({"content/root/card/a.txt": "1"})
    room.build()
    room.remove("content/root/card")
    room.write({"content/root/card": "2"})
    room.build()
    assert room.output()["card"] == b"2"
    room.remove("content/root/card")
    room.write({"content/root/card/a.txt": "3"})
    room.build()
    assert room.output()["card/a.txt"] == b"3"
    room.remove("content/root/card")
    room.build()
    assert not (room.folder / "output/card").exists()


def test_an_alias_at_a_dot_folder_is_built_once(site: MakeSite) -> None:
    """Our own files at the top whose names begin with a dot are known as ours."""
    room = site({HERE + "a.md": article(aliases="[/.old/a/]")})
    room.build()
    assert room.build().written == 0
    room.write({HERE + "a.md": article()})
    assert room.build().removed == 2  # the page, and the line in `_redirects`


def test_names_on_disk_in_any_normal_form(site: MakeSite) -> None:
    """A Mac's decomposed names are read, linked and published in NFC."""
    decomposed = "cafe\u0301"
    room = site(
        {
            f"{HERE}{decomposed}.md": article(body="![x](../../../media/café.png) [self](café.md)"),
            f"content/media/{decomposed}.png": png(3, 4),
            f"content/root/{decomposed}.txt": "x",
        }
    )
    room.build()
    assert {"2026/03/café/index.html", "media/café.png", "café.txt"} <= room.output().keys()
    assert room.build().written == 0


@pytest.mark.parametrize("path", [HERE + "café.md", "content/media/café.png"])
def test_two_files_of_one_name_in_two_normal_forms(site: MakeSite, path: str) -> None:
    """Names that differ in their normal form only are one name: neither is dropped silently."""
    room = site({path: article(), path.replace("é", "e\u0301"): article("Other")})
    (fault,) = room.faults()
    assert fault.code == "E401"
    assert fault.place is not None
    assert fault.place.path == path


def test_links_that_lead_out_of_the_site(site: MakeSite, tmp_path: Path) -> None:
    """Files and folders linked from outside are refused; links inside are followed once."""
    room = site({HERE + "a.md": article()})
    (tmp_path / "secret.md").write_text(article("Secret"))
    (tmp_path / "box").mkdir()
    (room.folder / HERE / "b.md").symlink_to(tmp_path / "secret.md")
    (room.folder / "content/media").symlink_to(tmp_path / "box")
    (room.folder / "content/root").mkdir()
    (room.folder / "content/root/loop").symlink_to(room.folder / "content/root")
    (room.folder / "content/root/gone").symlink_to(room.folder / "nowhere")
    assert sorted(fault.code for fault in room.faults()) == ["E307", "E307"]


def test_a_file_that_nothing_uses(site: MakeSite) -> None:
    """A stray file in content/ is a warning; hidden files and the inbox are not."""
    room = site(
        {
            "content/notes.txt": "x",
            "content/.DS_Store": "x",
            "content/inbox/raw.txt": "x",
            "content/media/clip.png": b"not a picture",
        }
    )
    (fault,) = room.build().faults
    assert (fault.code, fault.place.path if fault.place else "") == ("W301", "content/notes.txt")


def test_a_site_without_anything(site: MakeSite) -> None:
    """A configuration alone makes a paper without stories."""
    room = site({})
    room.build()
    assert "There are no stories here yet." in room.text("index.html")


@pytest.mark.parametrize(
    ("config", "code"), [(None, "E101"), (b"\xff", "E306"), ("title = ", "E102"), ("", "E104")]
)
def test_a_configuration_that_cannot_be_read(
    site: MakeSite, config: str | bytes | None, code: str
) -> None:
    """Without its configuration no build begins."""
    room = site({})
    if config is None:
        room.remove("config.toml")
    else:
        room.write({"config.toml": config})
    with pytest.raises(Halt) as caught:
        load_config(room.folder)
    assert {fault.code for fault in caught.value.faults} == {code}


def test_a_byte_order_mark_is_nothing(site: MakeSite) -> None:
    """Windows editors put a mark before the text."""
    room = site({"config.toml": "\ufeff" + CONFIG})
    assert load_config(room.folder).title == "The Tidal Post"


def test_the_manifest_says_what_lies_there(site: MakeSite) -> None:
    """Each file by its path with the size it has, in order."""
    room = site(paper())
    room.build()
    manifest = read_manifest(state_folder(room.folder, room.folder / "output"))
    assert manifest is not None
    assert list(manifest.files) == sorted(room.output())
    assert all(manifest.files[path].size == len(data) for path, data in room.output().items())


def test_staging_on_another_file_system(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is staged lies on the output's file system, where moving is one step."""
    room = site(paper())
    room.write({"output/.gitignore": "*"})
    staged: list[str] = []
    honest_move = write.move_into_place

    def move(folder: Path, places: Mapping[str, str], output: Path) -> None:
        staged.append(str(folder))
        honest_move(folder, places, output)

    with monkeypatch.context() as patch:
        patch.setattr(write, "_device", lambda folder: folder.name == "output")
        patch.setattr("ssg.build.work.move_into_place", move)
        room.build()
    assert staged == [str(room.folder / "output/.staging")]
    assert not (room.folder / "output/.staging").exists()
    assert room.build().written == 0


def test_a_picture_that_cannot_be_measured(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is unknown, which is no reason not to publish it."""

    def refuse(_: Path) -> None:
        raise ValueError

    monkeypatch.setattr("imagesize.get", refuse)
    room = site({HERE + "a.md": article(body="![x](/media/x.png)"), "content/media/x.png": "x"})
    room.build()
    (picture,) = room.page("2026/03/a/index.html").xpath("//img")
    assert "width" not in picture.attrib


def test_the_code_of_a_sites_own_extension_is_in_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An extension that a site brings along changes the keys when its file changes."""
    (tmp_path / "own_marks.py").write_text("class Marks: pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    before = code_digest(("own_marks:Marks",))
    code_digest.cache_clear()
    (tmp_path / "own_marks.py").write_text("class Marks: change = 1\n")
    assert code_digest(("own_marks:Marks",)) != before
    assert code_digest(("footnotes", "sys:path")) == code_digest(("footnotes", "sys:path"))


def test_later_is_another_build(site: MakeSite) -> None:
    """One instant for a build: the same files at another one show the embargoed story."""
    room = site({HERE + "a.md": article(date="2026-03-16")})
    room.build()
    assert "2026/03/a/index.html" not in room.output()
    room.build(now=NOW + timedelta(days=1))
    assert "2026/03/a/index.html" in room.output()


_ELSEWHERE = """\
import sys, locale, time
from pathlib import Path
from datetime import datetime
locale.setlocale(locale.LC_ALL, "")
from ssg.build import Order, build
build(Order(site=Path(sys.argv[1]), now=datetime.fromisoformat(sys.argv[2])))
"""


@pytest.mark.parametrize(
    ("zone", "tongue", "seed"),
    [("Pacific/Kiritimati", "C", "1"), ("America/Caracas", "de_DE.UTF-8", "77")],
)
def test_the_same_bytes_on_any_machine(
    tmp_path: Path, repository: Path, zone: str, tongue: str, seed: str
) -> None:
    """Time zone, locale, hash seed and the site's place leave no trace."""
    here = newsroom(tmp_path / "here", paper())
    here.build()
    there = newsroom(tmp_path / f"a place of {seed}" / "there", paper())
    places = {"PYTHONPATH": str(repository), "PATH": os.environ["PATH"]}
    machine = {"TZ": zone, "LANG": tongue, "LC_ALL": "C" if tongue == "C" else "C.UTF-8"}
    subprocess.run(
        [sys.executable, "-c", _ELSEWHERE, str(there.folder), NOW.isoformat()],
        env={**places, **machine, "PYTHONHASHSEED": seed},
        cwd=tmp_path,
        check=True,
    )
    assert there.output() == here.output()
    manifest = ".ssg/manifest.json"
    assert (there.folder / manifest).read_bytes() == (here.folder / manifest).read_bytes()
