"""Licences: what a source asks for is done on each of its stories, for as long as it asks."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.build.newsroom import CONFIG, NOW, Files, Newsroom, article, document, png

MakeSite = Callable[[Files], Newsroom]
HERE = "content/articles/2026/03/"
PAGE = "2026/03/a/index.html"
WIRE = "content/sources/wire.md"

# The words, the picture's name and the tags of a story that ends ten days after the 8th of March.
WORDS = ("herring", "quota", "trawl", "netting")


def wire(relation: str = "republished", **keys: str) -> dict[str, str | bytes]:
    """A paper with a story of an agency, which lets stories stand for ten days."""
    link = f'{{source: wire, relation: {relation}, url: "https://wire.example/1"}}'
    return {
        "config.toml": CONFIG,
        WIRE: document(name="Northern Wire", url="https://wire.example/", expires_after="10"),
        "content/sections/town.md": document(title="Town"),
        "content/media/trawl.png": png(8, 8),
        HERE + "a.md": article(
            "Boats stay in",
            "2026-03-08",
            "All about herring.",
            **{
                "standfirst": "The quota is eaten",
                "section": "town",
                "tags": "[netting]",
                "aliases": "[/2026/03/old/]",
                "image": "{src: /media/trawl.png, alt: A trawl, credit: N, licence: CC0}",
                "sources": f"[{link}]",
                **keys,
            },
        ),
        HERE + "b.md": article("B", "2026-03-09", "See [the other](a.md).", section="town"),
    }


def holding(output: dict[str, bytes], word: str) -> set[str]:
    """The files in which a word stands, or whose paths have it."""
    return {p for p, data in output.items() if word in p or word.encode() in data.lower()}


def test_a_wire_story_becomes_a_notice_when_its_licence_ends(site: MakeSite) -> None:
    """At that moment, with no file changed, its words are in no output any more; its address says
    whose licence ended and when, to readers and not to search engines.
    """
    room = site(wire()).settle()
    room.build(now=NOW + timedelta(days=2, hours=11))
    before = room.output()
    assert all(holding(before, word) for word in WORDS)
    assert {"feed.xml", "sections/town/index.html"} < holding(before, "boats stay in")
    report = room.build(now=NOW + timedelta(days=2, hours=12))
    assert report.written
    after = room.output()
    assert {word: holding(after, word) for word in WORDS} == {word: set() for word in WORDS}
    assert holding(after, "boats stay in") == {PAGE, "2026/03/old/index.html"}
    page = room.page(PAGE)
    assert page.xpath("string(//p[contains(@class, 'retraction')])") == (
        "Our licence for this story from Northern Wire ended on March 18, 2026,"
        " so it can no longer be read here."
    )
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//li[contains(@class, 'h-cite')]//a/@href") == [
        "/sources/wire/",
        "https://wire.example/1",
    ]
    assert not page.xpath("//script[@type='application/ld+json']")
    assert "2026/03/a/" not in room.sitemaps()
    assert room.page("2026/03/b/index.html").xpath("//a[text()='the other']/@href") == [
        "/2026/03/a/"
    ]


@pytest.mark.parametrize(
    ("relation", "days", "stands"),
    [
        ("republished", 2, True),
        ("republished", 3, False),
        ("with-material-from", 3, False),
        ("based-on", 3, True),
        ("cited", 1000, True),
    ],
)
def test_a_term_binds_what_has_words_of_the_source(
    relation: str, days: int, stands: bool, site: MakeSite
) -> None:
    """Rewritten and quoted stories are the paper's own, and stay."""
    room = site(wire(relation))
    room.build(now=NOW + timedelta(days=days))
    assert bool(holding(room.output(), "herring")) == stands


def test_a_term_of_one_story(site: MakeSite) -> None:
    """An article may state when its own licence ends, sooner or later than the source's term."""
    early = "[{source: wire, relation: based-on, expires: 2026-03-10}]"
    room = site(wire(sources=early))
    room.build()
    assert holding(room.output(), "herring") == set()
    late = "[{source: wire, relation: republished, expires: 2026-04-10}]"
    room.write(wire(sources=late))
    room.build(now=NOW + timedelta(days=20))
    assert holding(room.output(), "herring")


def test_an_edit_of_a_story_that_has_ended(site: MakeSite) -> None:
    """No edit brings it back: neither of its text nor of anything else in it."""
    room = site(wire()).settle()
    later = NOW + timedelta(days=5)
    room.build(now=later)
    for text in ("More herring.", "Less herring."):
        room.write({HERE + "a.md": str(wire()[HERE + "a.md"]).replace("All about herring.", text)})
        room.build(now=later)
        assert holding(room.output(), "herring") == set()


def test_a_term_that_no_clock_can_show(site: MakeSite) -> None:
    """A story of the year 9999 and a term of a thousand years are no reason to fail."""
    files = wire()
    files[WIRE] = document(name="Wire", expires_after="365000")
    files["content/articles/9999/12/z.md"] = article(
        "Z", "9999-12-30", sources="[{source: wire, relation: republished}]"
    )
    room = site(files)
    room.build()
    assert holding(room.output(), "herring")


def test_where_a_licence_holds_is_shown_and_told(site: MakeSite) -> None:
    """Readers see it in the box and on the source's page; the newsroom is told once a source."""
    files = wire()
    files[WIRE] = document(name="Northern Wire", territory="Ireland and the UK")
    room = site(files)
    report = room.build()
    assert [(fault.code, fault.place and fault.place.line) for fault in report.faults] == [
        ("N310", 3)
    ]
    for path in (PAGE, "sources/wire/index.html"):
        assert "Ireland and the UK" in room.text(path)
    room.write(wire("based-on"))
    room.write({WIRE: files[WIRE]})
    assert room.build().faults == ()


def test_a_sources_page_says_how_each_story_uses_it(site: MakeSite) -> None:
    """The relation stands with each story there, on older pages too, and in no other list."""
    files = wire()
    for number, relation in enumerate(("cited", "based-on", "with-material-from")):
        files[f"{HERE}s{number}.md"] = article(
            f"S{number}",
            f"2026-03-{10 + number}",
            sources=f"[{{source: wire, relation: cited}}, {{source: wire, relation: {relation}}}]",
        )
    room = site(files)
    room.build()
    shown = [
        room.page(path).xpath("//span[@class='relation']/text()")
        for path in ("sources/wire/index.html", "sources/wire/page/1/index.html", "index.html")
    ]
    assert shown == [
        ["With its material", "Based on its story"],
        ["Cited", "Republished"],
        [],
    ]


def graph(room: Newsroom, path: str) -> list[Any]:
    (data,) = room.page(path).xpath("//script[@type='application/ld+json']/text()")
    return list(json.loads(data)["@graph"])


def test_a_copy_is_its_own_page_and_names_the_original(site: MakeSite) -> None:
    """Search engines are told where the original is, and no sitemap lists the copy; a card that
    somebody shares is that of this page.
    """
    room = site(wire(canonical_url="https://wire.example/1"))
    room.build()
    page = room.page(PAGE)
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://wire.example/1"]
    assert page.xpath("//meta[@property='og:url']/@content") == ["https://tidal.example/2026/03/a/"]
    story = graph(room, PAGE)[0]
    assert story["url"] == "https://tidal.example/2026/03/a/"
    assert story["isBasedOn"][0]["url"] == "https://wire.example/1"
    assert "2026/03/a/" not in room.sitemaps()
    room.write(wire(canonical_url="https://tidal.example/2026/03/a/"))
    room.build()
    assert "2026/03/a/" in room.sitemaps()


def test_a_story_that_nobody_signed_is_the_publishers_everywhere(site: MakeSite) -> None:
    """Byline, lists, head, data and three feeds credit the organisation, as the publisher it is."""
    organization = '[organization]\nname = "Tidal Press"\nurl = "/about/"\n'
    files: dict[str, str | bytes] = {
        "config.toml": CONFIG + organization,
        HERE + "a.md": article(section="town"),
        "content/sections/town.md": document(title="Town"),
        "content/pages/about.md": document(title="About"),
    }
    room = site(files)
    room.build()
    page = room.page(PAGE)
    assert page.xpath("//*[contains(@class, 'p-author')]/text()") == ["Tidal Press"]
    assert page.xpath("//meta[@name='author']/@content") == ["Tidal Press"]
    about = "https://tidal.example/about/"
    assert page.xpath("//meta[@property='article:author']/@content") == [about]
    assert page.xpath("//link[@rel='author']/@href") == [about]
    story = graph(room, PAGE)[0]
    assert story["author"] == [story["publisher"]]
    assert (story["author"][0]["name"], story["author"][0]["url"]) == ("Tidal Press", about)
    for place in ("", "sections/town/"):
        (item,) = json.loads(room.text(f"{place}feed.json"))["items"]
        assert item["authors"] == [{"name": "Tidal Press", "url": about}]
        assert room.text(f"{place}feed.xml").count("<dc:creator>Tidal Press</dc:creator>") == 1
        atom = room.text(f"{place}atom.xml").partition("<entry")[2]
        assert f"<author><name>Tidal Press</name><uri>{about}</uri></author>" in "".join(
            line.strip() for line in atom.splitlines()
        )
    for path in ("index.html", "sections/town/index.html", "2026/03/index.html"):
        assert "Tidal Press" in room.page(path).xpath("string(//span[@class='signed'])")
