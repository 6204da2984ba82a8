"""An address that was published stays live, leads on, or says that it is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from msgspec.structs import replace

from ssg.build.manifest import Manifest, read_manifest
from ssg.check import check
from ssg.content.published import after_deploy, read_published, written
from ssg.faults import Fault
from ssg.model import Record
from ssg.pages.permanence import vanished, vanished_faults
from tests.build.newsroom import CONFIG, NOW, Files, Newsroom, article, document

MakeSite = Callable[[Files], Newsroom]
RECORD = "content/published.jsonl"
HERE = "content/articles/2026/03/"
NEWS = CONFIG.replace("tidal.example/", "tidal.example/news/")
FERRY = {"id": "tag:x,2026:ferry"}


def manifest_of(room: Newsroom) -> Manifest:
    found = read_manifest(room.folder / ".ssg")
    assert found is not None
    return found


def records_of(room: Newsroom) -> tuple[Record, ...]:
    file = room.folder / RECORD
    records, faults = read_published(file.read_text() if file.exists() else "")
    assert faults == ()
    return records


def deployed(room: Newsroom) -> Newsroom:
    """Builds, and records what a deploy of it would."""
    room.build()
    records = after_deploy(records_of(room), manifest_of(room).live, NOW)
    return room.write({RECORD: written(records)})


def said(faults: Iterable[Fault]) -> list[tuple[str, str]]:
    return [(fault.code, fault.message.partition(" ")[0]) for fault in faults]


def moved(room: Newsroom, old: str, new: str) -> None:
    there = room.folder / new
    there.parent.mkdir(parents=True, exist_ok=True)
    (room.folder / old).rename(there)


def test_many_moves_are_one_step(site: MakeSite) -> None:
    """Every former address of an article leads straight to where it is, by page and by status."""
    room = site({"config.toml": NEWS, HERE + "ferry.md": article("Ferry", **FERRY)})
    deployed(room)
    moved(room, HERE + "ferry.md", HERE + "boat.md")
    deployed(room)
    moved(room, HERE + "boat.md", "content/articles/2026/04/ship.md")
    report = room.build()
    assert report.faults == ()
    for name in ("ferry", "boat"):
        page = room.page(f"2026/03/{name}/index.html")
        (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
        (canonical,) = page.xpath("//link[@rel='canonical']/@href")
        assert refresh == "0; url=/news/2026/04/ship/"
        assert canonical == "https://tidal.example/news/2026/04/ship/"
    assert room.text("_redirects") == (
        "/news/2026/03/ /news/2026/ 301\n"
        "/news/2026/03/boat/ /news/2026/04/ship/ 301\n"
        "/news/2026/03/ferry/ /news/2026/04/ship/ 301\n"
    )


def test_a_dropped_alias_leads_on(site: MakeSite) -> None:
    """What was live as a redirect once stays one when front matter forgets it."""
    room = site({HERE + "ferry.md": article(aliases="[/boat/]", **FERRY)})
    deployed(room)
    room.write({HERE + "ferry.md": article(**FERRY)})
    assert room.build().faults == ()
    assert "/boat/ /2026/03/ferry/ 301" in room.text("_redirects")


def test_a_new_article_at_an_old_address_has_it(site: MakeSite) -> None:
    """A record takes no address from anybody."""
    room = site({HERE + "ferry.md": article("Old", **FERRY)})
    deployed(room)
    moved(room, HERE + "ferry.md", HERE + "boat.md")
    room.write({HERE + "ferry.md": article("New", id="tag:x,2026:other")})
    assert room.build().faults == ()
    assert "New" in room.page("2026/03/ferry/index.html").xpath("string(//h1)")


def test_what_vanished_is_said_in_every_build_until_it_is_mended(site: MakeSite) -> None:
    """A warning with the address in a build, clean or not; an error where one asks for it."""
    room = site({HERE + "ferry.md": article(**FERRY), HERE + "pier.md": article("Pier")})
    deployed(room)
    room.remove(HERE + "ferry.md")
    expected = [("W320", "/2026/03/ferry/")]
    assert said(room.build().faults) == expected
    assert said(room.build().faults) == expected
    room.write({HERE + "pier.md": article("Pier", body="More.")}).settle()
    room.build()
    room.write({HERE + "pier.md": article("Pier", body="Less.")})
    assert expected[0] in said(room.build().faults)
    lost = vanished(records_of(room), manifest_of(room).files)
    (fault,) = vanished_faults(lost, "error")
    assert (fault.code, fault.severity) == ("W320", "error")
    room.write({HERE + "pier.md": article("Pier", aliases="[/2026/03/ferry/]")})
    assert room.build().faults == ()


def test_a_check_takes_what_vanished_for_an_error(site: MakeSite) -> None:
    """Unless the site judges otherwise; a build goes on."""
    room = site({HERE + "ferry.md": article(**FERRY)})
    deployed(room)
    room.remove(HERE + "ferry.md")

    def found() -> list[str]:
        faults = check(room.order()).faults
        return [fault.severity for fault in faults if fault.code == "W320"]

    assert found() == ["error"]
    room.write({"config.toml": CONFIG + '[check]\nW320 = "note"\n'})
    assert found() == ["note"]


def test_a_draft_again_has_vanished_and_an_expired_story_has_not(site: MakeSite) -> None:
    """Expiry is meant: a notice stands there, without a word of the story. A draft is a slip."""
    room = site({HERE + "ferry.md": article("Ferry", **FERRY)})
    deployed(room)
    room.write({HERE + "ferry.md": article("Ferry", draft="true", **FERRY)})
    assert ("W320", "/2026/03/ferry/") in said(room.build().faults)
    room.write({HERE + "ferry.md": article("Ferry", expires="2026-03-10", **FERRY)})
    assert room.build().faults == ()
    assert "Ferry" not in room.text("2026/03/ferry/index.html")
    assert "/2026/03/ferry/ /2026/03/ferry/index.html 410!" in room.text("_redirects")


def test_a_retired_address_says_why(site: MakeSite) -> None:
    """A notice that is not indexed, with the reason and the day; the status 410; no sitemap."""
    room = site({HERE + "ferry.md": article("Ferry", **FERRY)})
    deployed(room)
    room.remove(HERE + "ferry.md")
    entry = 'url = "/2026/03/ferry/"\nreason = "A <b>court</b> asked."\ndate = 2026-03-14\n'
    room.write({"content/retired.toml": f"[[page]]\n{entry}"})
    assert room.build().faults == ()
    page = room.page("2026/03/ferry/index.html")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='canonical']") == []
    text = " ".join(page.xpath("string(//main)").split())
    assert "A <b>court</b> asked." in text
    assert "March 14, 2026" in text
    assert "/2026/03/ferry/ /2026/03/ferry/index.html 410!\n" in room.text("_redirects")
    assert "ferry" not in room.sitemaps()
    assert "/2026/03/ferry/" not in manifest_of(room).live


def test_an_empty_list_leads_to_the_one_above(site: MakeSite) -> None:
    """Tags, series, months and older pages go when nothing is in them; people and pages do not."""
    stories = {
        f"{HERE}{n}.md": article(str(n), f"2026-03-0{n}", tags="[tide]", series="Sea")
        for n in range(1, 6)
    }
    room = site({**stories, "content/authors/ada.md": document(name="Ada")})
    deployed(room)
    for path in stories:
        room.remove(path)
    room.remove("content/authors/ada.md")
    faults = room.build().faults
    assert {url for _, url in said(faults)} == {
        "/authors/ada/",
        *(f"/2026/03/{n}/" for n in range(1, 6)),
    }
    lines = set(room.text("_redirects").splitlines())
    assert {
        "/tags/tide/ / 301",
        "/tags/tide/page/1/ / 301",
        "/series/sea/ / 301",
        "/2026/03/ / 301",
        "/2026/03/page/1/ / 301",
        "/authors/ / 301",
    } <= lines


def test_a_silent_change_is_reported_until_a_correction_says_so(site: MakeSite) -> None:
    """Also where nothing but the body was rewritten, and where the article has moved since."""
    room = site({HERE + "ferry.md": article(body="It left.", **FERRY)})
    deployed(room).build()
    room.settle().build()
    room.write({HERE + "ferry.md": article(body="It left. Late.", **FERRY)})
    assert said(room.build().faults) == [("W323", "the")]
    moved(room, HERE + "ferry.md", HERE + "boat.md")
    assert said(room.build().faults) == [("W323", "the")]
    note = "[{date: 2026-03-12, kind: correction, text: It was late.}]"
    room.write({HERE + "boat.md": article(body="It left. Late.", corrections=note, **FERRY)})
    assert room.build().faults == ()
    deployed(room)
    room.write({HERE + "boat.md": article(body="It came.", corrections=note, **FERRY)})
    assert said(room.build().faults) == [("W323", "the")]


def test_a_build_leaves_the_record_alone(site: MakeSite) -> None:
    """Only a deploy writes it."""
    room = deployed(site({HERE + "ferry.md": article(**FERRY)}))
    before = (room.folder / RECORD).read_bytes()
    room.write({HERE + "pier.md": article("Pier")}).build()
    room.build(clean=True)
    assert (room.folder / RECORD).read_bytes() == before
    assert "published.jsonl" not in "".join(room.output())


def test_the_manifest_says_what_a_deploy_records(site: MakeSite) -> None:
    """Each page with its article and body: the same after a small build and after a clean one."""
    room = site(
        {
            HERE + "ferry.md": article(body="It left.", aliases="[/boat/]", **FERRY),
            HERE + "pier.md": article("Pier"),
        }
    )
    room.settle().build()
    room.write({HERE + "ferry.md": article(body="It came.", aliases="[/boat/]", **FERRY)})
    room.build()
    live = manifest_of(room).live
    assert live["/boat/"].id == live["/2026/03/ferry/"].id == FERRY["id"]
    assert live["/boat/"].digest is None
    assert {"/", "/2026/", "/2026/03/", "/2026/03/pier/"} <= live.keys()
    assert not [url for url in live if not url.endswith("/")]
    room.build(clean=True)
    assert manifest_of(room).live == live


def test_a_record_keeps_when_an_address_was_first_published(site: MakeSite) -> None:
    """Later deploys change what stands there, and lose no address."""
    room = deployed(site({HERE + "ferry.md": article(**FERRY)}))
    first = records_of(room)
    room.remove(HERE + "ferry.md")
    room.build()
    later = after_deploy(first, manifest_of(room).live, NOW + timedelta(days=1))
    assert [(r.url, r.id, r.published) for r in later] == [
        (r.url, r.id, r.published) for r in first
    ]
    gone = next(record for record in later if record.url == "/2026/03/ferry/")
    assert gone == replace(gone, digest=None, corrections=0)
