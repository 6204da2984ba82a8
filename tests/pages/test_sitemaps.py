"""Sitemaps: what search engines are told of, in files that stay within the limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from ssg.pages import sitemaps
from ssg.pages.sitemaps import news_language
from tests.build.newsroom import CONFIG, NOW, Files, Newsroom, article, document

MakeSite = Callable[[Files], Newsroom]
Require = Callable[[str | Path], Path]

HERE = "content/articles/2026/03/"
NEWS = CONFIG.replace("tidal.example/", "tidal.example/news/")
BASE = "https://tidal.example/news/"
QA = Path(__file__).parents[2] / "qa"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def tree(room: Newsroom, name: str) -> Any:
    return etree.fromstring((room.folder / "output" / name).read_bytes())


def entries(room: Newsroom, name: str) -> dict[str, str | None]:
    """Addresses with their last change, of a sitemap or of the index."""
    found = tree(room, name)
    listed = {
        item.findtext("s:loc", namespaces=NAMES): item.findtext("s:lastmod", namespaces=NAMES)
        for item in found
    }
    assert len(listed) == len(found)
    return listed


def test_stories_month_by_month_and_all_else(site: MakeSite) -> None:
    """Every page with its whole address, none twice; dates from the content alone."""
    room = site(
        {
            "config.toml": NEWS,
            HERE + "a.md": article(aliases="[/old/]", updated="2026-03-05T08:00:00Z", tags="[x]"),
            HERE + "b.md": article("B", "2026-03-02"),
            "content/articles/2026/02/c.md": article("C", "2026-02-03"),
            "content/pages/p.md": document(title="P & Q"),
        }
    )
    room.build()
    assert entries(room, "sitemap.xml") == {
        f"{BASE}sitemap-pages.xml": None,
        f"{BASE}sitemap-2026-02.xml": "2026-02-03T00:00:00+00:00",
        f"{BASE}sitemap-2026-03.xml": "2026-03-05T08:00:00+00:00",
    }
    assert entries(room, "sitemap-2026-03.xml") == {
        f"{BASE}2026/03/a/": "2026-03-05T08:00:00+00:00",
        f"{BASE}2026/03/b/": "2026-03-02T00:00:00+00:00",
    }
    places = ("", "2026/03/", "2026/02/", "2026/", "tags/", "tags/x/", "p/")
    assert entries(room, "sitemap-pages.xml") == dict.fromkeys(BASE + place for place in places)


def test_a_build_at_another_time_changes_no_date(site: MakeSite) -> None:
    """`lastmod` is true: it moves with the content and with nothing else."""
    room = site({HERE + "a.md": article(), HERE + "b.md": article("B", "2026-03-02")})
    room.build()
    before = room.sitemaps(), room.text("sitemap.xml")
    room.build(now=NOW + timedelta(days=300), clean=True)
    assert (room.sitemaps(), room.text("sitemap.xml")) == before
    room.write({HERE + "a.md": article(body="Rewritten.")}).build()
    assert (room.sitemaps(), room.text("sitemap.xml")) == before


def test_what_is_later_is_so_in_any_zone(site: MakeSite) -> None:
    """The index names the last change of a month by its instant, not by what clocks showed."""
    dublin = site(
        {
            HERE + "a.md": article("A", "2026-03-29T00:50:00+00:00"),  # an hour before the change
            HERE + "b.md": article("B", "2026-03-29T01:10:00+00:00"),
        }
    )
    dublin.build(now=NOW + timedelta(days=30))
    assert entries(dublin, "sitemap.xml")["https://tidal.example/sitemap-2026-03.xml"] == (
        "2026-03-29T02:10:00+01:00"
    )


def test_more_than_a_sitemap_holds_goes_into_further_ones(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None has more than its number, and together they have all, each once."""
    files = {f"{HERE}{number}.md": article(str(number)) for number in range(7)}
    room = site(files)
    room.build()
    whole = {
        url for name in ("sitemap-pages.xml", "sitemap-2026-03.xml") for url in entries(room, name)
    }
    monkeypatch.setattr(sitemaps, "_MOST", 3)
    room.build(clean=True)
    parts = [url.removeprefix("https://tidal.example/") for url in entries(room, "sitemap.xml")]
    assert parts.count("sitemap-2026-03-3.xml") == 1
    found = [entries(room, part) for part in parts]
    assert max(map(len, found)) == 3
    assert sum(map(len, found)) == len(whole)
    assert set().union(*found) == whole


def test_the_limits_hold_whatever_addresses_are() -> None:
    """Even the longest addresses that may be listed fill no more than half of what is allowed."""
    assert sitemaps._MOST <= 50_000
    assert sitemaps._MOST * (2_048 + 200) <= 50_000_000 // 2


@pytest.mark.parametrize("name", ["sitemap-pages.xml", "sitemap-2026-03.xml"])
def test_sitemaps_are_what_the_schema_says(site: MakeSite, name: str, require: Require) -> None:
    """The schema of sitemaps.org has nothing against them."""
    schema = etree.XMLSchema(etree.parse(require(QA / "node_modules/sitemap/schema/sitemap.xsd")))
    room = site({HERE + "a.md": article(tags="['a & b']"), HERE + "ü.md": article("Ü")})
    room.build()
    schema.assertValid(tree(room, name))
    broken = tree(room, name)
    etree.SubElement(broken[0], f"{{{NAMES['s']}}}lastmod").text = "yesterday"
    assert not schema.validate(broken)


def test_the_index_is_what_the_schema_says(site: MakeSite) -> None:
    """So has that of the index."""
    schema = etree.XMLSchema(etree.parse(QA / "siteindex.xsd"))
    room = site({HERE + "a.md": article()})
    room.build()
    schema.assertValid(tree(room, "sitemap.xml"))


# --- news ---------------------------------------------------------------------------------


def news(room: Newsroom) -> list[dict[str, str | None]]:
    """What the news sitemap says of each story, in its order, held to what Google asks."""
    found = tree(room, "news-sitemap.xml")
    assert len(found) <= 1_000
    listed = []
    for url in found:
        (item,) = url.findall("n:news", NAMES)
        assert [etree.QName(child).localname for child in item] == [
            "publication",
            "publication_date",
            "title",
        ]
        publication = item[0]
        assert [etree.QName(child).localname for child in publication] == ["name", "language"]
        assert datetime.fromisoformat(item[1].text).tzinfo is not None
        listed.append(
            {
                "url": url.findtext("s:loc", namespaces=NAMES),
                "name": publication[0].text,
                "lang": publication[1].text,
                "date": item[1].text,
                "title": item[2].text,
            }
        )
    return listed


def test_news_of_the_last_48_hours(site: MakeSite) -> None:
    """By the instant of the build: what is 48 hours old is in it no more, to the second."""
    room = site(
        {
            "config.toml": NEWS.replace("The Tidal Post", "The Tidal Post (Cork)"),
            HERE + "a.md": article("A & B", "2026-03-15T11:00:00Z", updated="2026-03-15T11:30:00Z"),
            HERE + "b.md": article("B", "2026-03-13T12:00:01Z", lang="pt-BR"),
            HERE + "c.md": article("C", "2026-03-13T12:00:00Z"),
            HERE + "d.md": article("D", "2026-03-15T13:00:00Z"),
        }
    )
    room.build()
    assert news(room) == [
        {
            "url": f"{BASE}2026/03/a/",
            "name": "The Tidal Post",
            "lang": "en",
            "date": "2026-03-15T11:00:00+00:00",
            "title": "A & B",
        },
        {
            "url": f"{BASE}2026/03/b/",
            "name": "The Tidal Post",
            "lang": "pt",
            "date": "2026-03-13T12:00:01+00:00",
            "title": "B",
        },
    ]
    later = room.build(now=NOW + timedelta(seconds=1))
    assert [item["title"] for item in news(room)] == ["A & B"]
    assert later.changed == {"news-sitemap.xml"}
    assert room.build(now=NOW + timedelta(seconds=2)).written == 0


def test_what_is_no_news(site: MakeSite) -> None:
    """Adverts, retracted stories, copies of a partner's; what no search engine may show."""
    date = "2026-03-15T09:00:00Z"
    note = f"[{{date: {date}, kind: retraction, text: No.}}]"
    room = site(
        {
            "content/sources/quiet.md": document(name="Quiet", indexing="noindex-news"),
            "content/sources/mute.md": document(name="Mute", indexing="noindex"),
            HERE + "a.md": article("A", date),
            HERE + "b.md": article("B", date, kind="sponsored"),
            HERE + "c.md": article("C", date, corrections=note),
            HERE + "d.md": article("D", date, sources="[quiet]"),
            HERE + "e.md": article("E", date, sources="[mute]"),
            HERE + "f.md": article("F", date, canonical_url="https://w.example/f/"),
        }
    )
    room.build()
    assert [item["title"] for item in news(room)] == ["A"]


def test_a_busy_day_fills_no_more_than_one_sitemap(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest are in it; nobody is told of the others a second time."""
    assert sitemaps._MOST_NEWS == 1_000
    monkeypatch.setattr(sitemaps, "_MOST_NEWS", 2)
    room = site({f"{HERE}{n}.md": article(str(n), f"2026-03-15T0{n}:00:00Z") for n in range(5)})
    room.build()
    assert [item["title"] for item in news(room)] == ["4", "3"]


@pytest.mark.parametrize(
    ("lang", "named"),
    [
        ("en-GB", "en"),
        ("de", "de"),
        ("zh", "zh-cn"),
        ("zh-CN", "zh-cn"),
        ("zh-Hant-TW", "zh-tw"),
        ("zh-Hans", "zh-cn"),
        ("gsw-CH", "gsw"),
    ],
)
def test_languages_of_news(lang: str, named: str) -> None:
    """Two or three letters, and Chinese in two scripts (Google, "News sitemaps")."""
    assert news_language(lang) == named
