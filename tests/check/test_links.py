"""Links over the output: what pages and feeds name is there, or is told where it was written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.build import Order
from ssg.check import check
from ssg.check.links import broken, inside
from ssg.check.material import Outputs
from ssg.check.pages import PageFacts, facts_of
from ssg.check.redirects import redirects_in
from tests.test_sites_invalid import CONFIG, NOW, spelled, write

OUTPUTS: Final = Outputs(
    base_url="https://tidal.example/news/",
    base_path="/news/",
    files={
        "index.html": PageFacts(ids=("top-stories",)),
        "about/index.html": PageFacts(ids=("owners", "größe")),
        "old/index.html": PageFacts(leads="/news/about/"),
        "round/index.html": PageFacts(leads="/news/round/"),
        "media/käse.jpg": PageFacts(),
        "feed.xml": PageFacts(),
    },
    redirected=redirects_in("/former/* /news/ 301\n/tag/:name /news/ 302 # all\n/a.html /\n"),
)


def trouble(link: str, page: str = "index.html") -> list[str]:
    """The codes of what is wrong with a link on a page."""
    files = {**OUTPUTS.files, page: replace_links(OUTPUTS.files[page], link)}
    return [fault.code for fault in broken(replace(OUTPUTS, files=files), (), {})]


def replace_links(facts: PageFacts, link: str) -> PageFacts:
    return PageFacts((link,), facts.ids, facts.leads)


@pytest.mark.parametrize(
    "link",
    [
        *("/news/", "/news/about/", "/news/about", "/news/about/index.html", "about/", "./about/"),
        *("/news/about/#owners", "/news/about/?q=1#owners", "#top-stories", "#", "#top", ""),
        *("https://tidal.example/news/about/", "https://tidal.example/news", "/news/feed.xml"),
        *(
            "/news/media/k%C3%A4se.jpg",
            "/news/media/ka\u0308se.jpg",
            "/news/about/#gr%C3%B6%C3%9Fe",
        ),
        *("/news/old/#owners", "/news/round/", "/news/feed.xml#whatever"),
        *("/news/former/any/thing/", "/news/tag/x", "/news/tag/x/", "/news/a.html"),
        *("https://elsewhere.example/", "//elsewhere.example/", "mailto:a@b.example", "tel:1"),
        *("/other-site-on-this-host/", "/news/about/#:~:text=who%20owns"),
    ],
)
def test_what_leads_somewhere_is_good(link: str) -> None:
    """However it is written, and also where a host or a page leads on."""
    assert trouble(link) == []


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("/news/abuot/", "E901"),
        ("/news/About/", "E901"),
        ("about/more/", "E901"),
        ("/news/media/Käse.jpg", "E901"),
        ("https://tidal.example/news/nothing.html", "E901"),
        ("/news/tag/x/y/", "E901"),
        ("/news/about/#Owners", "W901"),
        ("/news/old/#nothing", "W901"),
        ("#nothing", "W901"),
    ],
)
def test_what_leads_nowhere_is_found(link: str, code: str) -> None:
    """Letters' case counts, as it does on a server."""
    assert trouble(link) == [code]


def test_relative_links_are_those_of_their_page() -> None:
    """The same words on two pages are two addresses."""
    files = {
        "index.html": PageFacts(("about/",)),
        "about/index.html": PageFacts(("about/",)),
    }
    (fault,) = broken(replace(OUTPUTS, files=files), (), {})
    assert "/about/about/" in fault.message


def test_pages_are_read_as_browsers_do() -> None:
    """Every attribute that names an address, each place that may be named, entities, sets."""
    page = b"""<!doctype html><html><head><link rel=stylesheet href="/a.css?x&amp;y">
    <link rel=preconnect href="https://cdn.example"><meta property="og:image" content="/og.png">
    </head><body id=top><a href=" /b/ ">b</a><a name="c"></a>
    <img src="/d.png" srcset="/e.png 2x, /f.png 3x">
    <video poster="/g.png"><source src=/h.mp4></video><img src="/i.png" alt=""></body></html>"""

    facts = facts_of("index.html", page)

    assert facts.links == (
        *(
            "/a.css?x&y",
            "/og.png",
            "/b/",
            "/d.png",
            "/e.png",
            "/f.png",
            "/g.png",
            "/h.mp4",
            "/i.png",
        ),
    )
    assert facts.ids == ("top", "c")
    assert facts.unseen == ("/d.png",)


def test_redirect_pages_are_seen_as_such() -> None:
    """Where a page sends its readers at once."""
    page = (
        b'<meta http-equiv="refresh" content="0; url=/news/about/"><a href="/news/about/">here</a>'
    )
    assert facts_of("old/index.html", page).leads == "/news/about/"


@given(st.binary(max_size=200), st.sampled_from(["a.html", "a.xml", "a.json"]))
def test_no_bytes_break_the_reader(data: bytes, path: str) -> None:
    """An output may be anything that somebody put into content/root/."""
    facts_of(path, data)


@given(st.text(alphabet=st.sampled_from(list("/:.#?%a[]\\ \n@é")), max_size=20))
def test_no_link_breaks_the_check(link: str) -> None:
    """Nor may a link."""
    inside(OUTPUTS, link, "/news/")
    trouble(link)


def test_feeds_and_sitemaps_are_read(tmp_path: Path) -> None:
    """A file of content/root/ that names what is not there is told as well."""
    site = write(
        tmp_path,
        {
            "config.toml": CONFIG.encode(),
            "content/root/opml.xml": b'<outline xmlUrl="x"/><a href="https://tidal.example/nofeed.xml"/>',
            "content/root/app.webmanifest": b'{"start_url": "https://tidal.example/start/"}',
            "content/root/own.xml": b"<loc>https://tidal.example/feed.xml</loc>",
        },
    )
    found = {spelled(f.place): f.message for f in check(Order(site=site, now=NOW)).faults}

    assert set(found) == {"content/root/opml.xml", "content/root/app.webmanifest"}


def test_a_link_in_front_matter_or_of_a_theme_is_told_there(tmp_path: Path) -> None:
    """An author's link, and what a template wrote on every page, each once."""
    files = {
        "config.toml": CONFIG + 'theme = "tide"\n',
        "themes/tide/theme.toml": 'extends = "base"\n',
        "themes/tide/templates/article.html": (
            '{% extends "base/article.html" %}{% block end %}<a href="/imprint/"></a>{% endblock %}'
        ),
        "content/authors/bo.md": (
            "---\nname: Bo Lind\nlinks:\n  - {title: Here, url: /here/}\n---\nBo.\n"
        ),
        "content/articles/2026/03/ferry.md": (
            "---\ntitle: Late\ndate: 2026-03-02\nauthors: [bo]\n---\nIt left at noon.\n"
        ),
    }
    site = write(tmp_path, {path: text.encode() for path, text in files.items()})
    found = [f for f in check(Order(site=site, now=NOW)).faults if f.code == "E901"]

    assert [(spelled(fault.place), fault.message) for fault in found] == [
        ("content/articles/2026/03/ferry.md", "this site has no /imprint/ (on /2026/03/ferry/)"),
        ("content/authors/bo.md:4:19", "this site has no /here/"),
    ]


def test_what_is_remembered_says_what_a_fresh_look_says(tmp_path: Path) -> None:
    """After an edit, with what was known of other pages and without."""
    pages = {
        "config.toml": CONFIG.encode(),
        "content/pages/about.md": b"---\ntitle: About\n---\n[Terms](/terms/#none).\n",
        "content/pages/terms.md": b"---\ntitle: Terms\n---\nNone.\n",
    }
    site, order = write(tmp_path, pages), Order(site=tmp_path, now=NOW)
    assert [fault.code for fault in check(order).faults] == ["W901"]
    terms = site / "content/pages/terms.md"
    terms.write_bytes(b"---\ntitle: Terms\n---\n<p id='none'>[No](/nowhere/).</p>\n")

    remembered = check(order).faults
    (site / ".ssg/check.msgpack").unlink()

    assert remembered == check(order).faults
    assert [fault.code for fault in remembered] == ["E901"]
