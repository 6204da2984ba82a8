"""Feeds in three formats, and corrections: what readers of feeds are told, and how often."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import feedparser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ssg.model import Html, Picture
from ssg.pages.atom import atom
from ssg.pages.feed_views import FeedAuthor, FeedEntry, FeedNote, FeedSource, FeedView
from ssg.pages.json_feed import json_feed
from ssg.pages.rss import rss
from tests.build.newsroom import CONFIG, Files, Newsroom, article, document, png

MakeSite = Callable[[Files], Newsroom]
HERE = "content/articles/2026/03/"
NEWS = CONFIG.replace("tidal.example/", "tidal.example/news/")
BASE = "https://tidal.example/news/"
PLACES = ("", "sections/town/", "authors/g/", "sources/w/", "tags/tide/", "corrections/")

SITE: Files = {
    "config.toml": NEWS + 'feed_hub = "https://hub.example/"\n',
    HERE + "a.md": article(
        "A",
        "2026-03-10T08:30:00Z",
        id="tag:x,2026:a",
        authors="[g, {author: s, role: photography}]",
        sources='[{source: q, relation: cited, url: "https://q.example/1"}, '
        '{source: w, url: "https://w.example/1"}]',
        section="town",
        tags="[Tide]",
        standfirst="In short",
        image="{src: /media/x.png, alt: Pier, credit: Sam Okoro, licence: CC BY 4.0}",
        corrections="[{date: 2026-03-11, kind: correction, text: It was ten.}]",
        body="Full [text](#n) of the story.",
    ),
    HERE + "b.md": article(
        "B",
        "2026-03-09",
        section="town",
        authors="[g]",
        sources="[w]",
        tags="[Tide]",
        standfirst="False claim",
        image="{src: /media/x.png, alt: Pier}",
        corrections="[{date: 2026-03-12, kind: retraction, text: We were misled.}]",
        body="Wrong text.",
    ),
    "content/sections/town.md": document(title="Town"),
    "content/authors/g.md": document(name="Greta Vance"),
    "content/authors/s.md": document(name="Sam Okoro"),
    "content/sources/w.md": document(
        name="Wire", credit_line="Courtesy of Wire", feed_url="https://w.example/feed.xml"
    ),
    "content/sources/q.md": document(name="Quay"),
    "content/media/x.png": png(30, 20),
}


def wrong_in(feed: dict[str, Any]) -> list[str]:
    """What JSON Feed 1.1 requires of a feed and is not so."""
    wrong = [key for key in ("title", "home_page_url", "feed_url") if not feed.get(key)]
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        wrong.append("version")
    for item in feed["items"]:
        wrong += [key for key in ("id", "url", "content_html") if not isinstance(item[key], str)]
        wrong += [f"author {a}" for a in item["authors"] if not (a["name"] and "://" in a["url"])]
        wrong += [key for key in item if key not in KEYS]
    return wrong


KEYS = {
    *("id", "url", "external_url", "title", "content_html", "summary", "image"),
    *("date_published", "date_modified", "authors", "tags", "language", "_news"),
}


def test_every_feed_is_one(site: MakeSite) -> None:
    """Each part of the paper has the three, and their addresses are their own and whole."""
    room = site(SITE)
    room.build()
    for place in PLACES:
        for name in ("feed.xml", "atom.xml"):
            feed = feedparser.parse((room.folder / "output" / place / name).read_bytes())
            links = {link.rel: link.href for link in feed.feed.links}
            assert not feed.bozo
            assert links["self"] == f"{BASE}{place}{name}"
            assert links["hub"] == "https://hub.example/"
            assert links["alternate"] == f"{BASE}{place}"
            assert len(feed.entries) == 2
        data = json.loads(room.text(f"{place}feed.json"))
        assert wrong_in(data) == []
        assert data["feed_url"] == f"{BASE}{place}feed.json"
        assert data["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
        heads = room.page(f"{place}index.html").xpath("//link[@rel='alternate']/@href")
        assert heads[:3] == [f"/news/{place}{n}" for n in ("feed.xml", "atom.xml", "feed.json")]


def test_the_three_formats_credit_alike(site: MakeSite) -> None:
    """Authors in order by name alone, sources, the picture, the dates, the stable id."""
    room = site(SITE)
    room.build()
    first = json.loads(room.text("feed.json"))["items"][0]
    for name in ("feed.xml", "atom.xml"):
        feed = feedparser.parse((room.folder / "output" / name).read_bytes())
        entry = feed.entries[0]
        assert entry.id == first["id"] == "tag:x,2026:a"
        assert [author.name for author in entry.authors] == ["Greta Vance", "Sam Okoro"]
        assert [link.href for link in entry.links if link.rel == "via"] == [
            "https://q.example/1",
            "https://w.example/1",
        ]
        (picture,) = entry.media_content
        assert picture["url"] == first["image"] == f"{BASE}media/x.png"
        assert (picture["width"], picture["height"]) == ("30", "20")
        assert [credit["content"] for credit in entry.media_credit] == ["Sam Okoro"]
        assert entry.updated == "2026-03-11T00:00:00+00:00" == first["date_modified"]
        assert entry.content[0].value == first["content_html"]
        assert feed.feed.updated_parsed[:3] == (2026, 3, 12)
    assert '<source url="https://w.example/feed.xml">Wire</source>' in room.text("feed.xml")
    assert first["external_url"] == "https://w.example/1"
    assert first["authors"] == [
        {"name": "Greta Vance", "url": f"{BASE}authors/g/"},
        {"name": "Sam Okoro", "url": f"{BASE}authors/s/"},
    ]
    assert f'<a href="{BASE}2026/03/a/#n">text</a>' in first["content_html"]
    assert "It was ten." in first["content_html"]
    assert first["content_html"].endswith("<p>Courtesy of Wire</p>")
    assert first["_news"]["image"]["credit"] == "Sam Okoro"


def test_terms_have_teasers(site: MakeSite) -> None:
    """No body in the feeds of authors, sources and tags; the credit and the correction stay."""
    room = site(SITE)
    room.build()
    for place in ("authors/g/", "sources/w/", "tags/tide/"):
        for name in ("feed.xml", "atom.xml", "feed.json"):
            text = room.text(place + name)
            assert "of the story" not in text
            assert all(told in text for told in ("In short", "It was ten.", "Courtesy of Wire"))
    assert "of the story" in room.text("sections/town/feed.xml")


def test_a_retracted_story_is_a_notice(site: MakeSite) -> None:
    """At its address stand headline and reason; nowhere its text, standfirst or picture."""
    room = site(SITE)
    room.build()
    page = room.page("2026/03/b/index.html")
    assert page.xpath("//h1/text()") == ["B"]
    assert "We were misled." in page.xpath("string(//p[@class='retraction'])")
    assert page.xpath("//article//img") == []
    assert page.xpath("//meta[@name='description']/@content") == ["We were misled."]
    for path, data in room.output().items():
        assert b"Wrong text" not in data, path
        assert b"False claim" not in data, path
    for place in ("", "tags/tide/"):
        (item,) = [
            i for i in json.loads(room.text(f"{place}feed.json"))["items"] if i["title"] == "B"
        ]
        assert item["content_html"].startswith("<p><strong>Retraction</strong>")
    assert "Retraction" in room.page("tags/tide/index.html").xpath("string(//main)")


def test_corrections_are_listed_newest_first(site: MakeSite) -> None:
    """With the stories they are about, on pages like those of lists, and never without any."""
    room = site(SITE)
    room.build()
    page = room.page("corrections/index.html")
    assert page.xpath("//main//li//h2/a/@href") == ["/news/2026/03/b/", "/news/2026/03/a/"]
    assert "/news/corrections/" in room.page("2026/03/a/index.html").xpath("//article//a/@href")
    ids = [item["id"] for item in json.loads(room.text("corrections/feed.json"))["items"]]
    assert ids[1] == "tag:x,2026:a#correction-1"

    notes = ", ".join(f"{{date: 2026-03-0{n}, kind: update, text: N{n}}}" for n in range(1, 6))
    room.write({HERE + "c.md": article("C", "2026-03-01", corrections=f"[{notes}]")})
    room.build()
    shown = []
    for place in ("corrections/", "corrections/page/2/", "corrections/page/1/"):
        older = room.page(f"{place}index.html")
        shown += older.xpath("//main//li/div/p/text()")
    assert shown == ["We were misled.", "It was ten.", "N5", "N4", "N3", "N2", "N1"]
    assert room.page("corrections/index.html").xpath("//a[@rel='next']/@href") == [
        "/news/corrections/page/2/"
    ]
    for name in "abc":
        room.remove(f"{HERE}{name}.md")
    room.write({HERE + "d.md": article("D")})
    room.build()
    assert not [path for path in room.output() if path.startswith("corrections")]


def test_a_story_touches_the_feeds_of_its_own_terms(site: MakeSite) -> None:
    """Publishing one leaves the feeds of all other authors, sources and tags alone."""
    room = site(SITE)
    room.build()
    before = room.output()
    room.write({HERE + "c.md": article("C", "2026-03-13", authors="[s]")})
    room.build()
    touched = {path for path, data in room.output().items() if data != before.get(path)}
    names = ("feed.xml", "atom.xml", "feed.json")
    feeds = {path for path in touched if path.endswith(names)}
    assert feeds == {f"{place}{name}" for place in ("", "authors/s/") for name in names}


STYLE = re.compile(r'<\?xml-stylesheet type="text/css" href="/news/(assets/feed\.\w+\.css)"\?>')


def test_a_feed_is_shown_in_the_themes_stylesheet(site: MakeSite) -> None:
    """In both XML formats and every feed, with an address that changes with it, and no others."""
    room = site(SITE)
    room.write({"themes/sea/theme.toml": 'extends = "base"\n'})
    room.write({"config.toml": NEWS + 'theme = "sea"\n'})
    room.build()
    before = room.output()
    named = {
        path: match[1].decode()
        for path, data in before.items()
        if path.endswith((".xml", ".json")) and (match := re.search(STYLE.pattern.encode(), data))
    }
    feeds = {f"{place}{name}" for place in PLACES for name in ("feed.xml", "atom.xml")}
    assert set(named) >= feeds
    assert {path.rpartition("/")[2] for path in named} == {"feed.xml", "atom.xml"}
    assert set(named.values()) <= before.keys()

    room.write({"themes/sea/assets/feed.css": "title { display: block }"})
    room.build()
    after = room.output()
    old, new = set(before) - set(after), set(after) - set(before)
    assert len(old) == len(new) == 1
    changed = {path for path in before.keys() & after.keys() if before[path] != after[path]}
    assert changed == set(named)

    room.write({"themes/sea/assets/feed.css": "\n"})
    room.build()
    assert not any(b"xml-stylesheet" in data for data in room.output().values())


TEXT = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&]\"'\x00\x0b\x1f\ufffe")
) | st.sampled_from(["]]>", "</script>", "<![CDATA[", "<!--"])


@given(TEXT, TEXT, TEXT)
def test_whatever_people_write_the_feeds_are_well_formed(title: str, name: str, body: str) -> None:
    """Control characters, `]]>` and markup cannot break them; what a feed can hold is kept."""
    entry = FeedEntry(
        id="tag:x",
        url="https://x.example/a/",
        title=title,
        lang="en",
        published="2026-03-01T00:00:00+00:00",
        updated="2026-03-02T00:00:00+00:00",
        authors=(FeedAuthor(name, "https://x.example/n/"),),
        sources=(FeedSource(name, "cited", f"https://x.example/?{title}", credit_line=body),),
        summary=body,
        tags=(name,),
        picture=Picture("https://x.example/x.png", title, caption=body, credit=name, licence=name),
        notes=(FeedNote("correction", "Correction", "2026-03-02", body),),
        rights=name,
        body=Html(body),
    )
    view = FeedView(
        title=title,
        url="https://x.example/",
        feed_url="https://x.example/feed.xml",
        root="https://x.example",
        lang="en",
        description=body,
        publisher=FeedAuthor(name, "https://x.example/"),
        hub=None,
        entries=(entry,),
    )
    kept = "".join(c for c in title if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    lines = kept.replace("\r\n", "\n").replace("\r", "\n")
    assert (etree.fromstring(rss(view).encode()).findtext(".//item/title") or "") == lines
    found = etree.fromstring(atom(view).encode()).findtext("{*}entry/{*}title")
    assert (found or "") == lines
    item = json.loads(json_feed(view).encode())["items"][0]
    assert item["title"] == kept


def test_an_empty_feed_has_a_date_that_is_not_the_builds(site: MakeSite) -> None:
    """Atom wants one; the same site gives the same bytes at any time."""
    room = site({})
    room.build()
    assert "<updated>1970-01-01T00:00:00Z</updated>" in room.text("atom.xml")
    assert json.loads(room.text("feed.json"))["items"] == []


def test_a_site_chooses_which_lists_have_feeds(site: MakeSite) -> None:
    """The others have neither feeds nor links to them; the site's own are there in any case."""
    room = site(SITE).write({"config.toml": NEWS + 'feeds_of = ["authors"]\n'})
    room.build()
    feeds = {path.rpartition("/")[0] for path in room.output() if path.endswith("atom.xml")}
    assert {place.partition("/")[0] for place in feeds} == {"", "authors", "corrections"}
    for path in room.output():
        if path.endswith("/index.html"):
            place = path.rpartition("/")[0]
            assert (f"{place}/atom.xml" in room.text(path)) == (place in feeds), path
