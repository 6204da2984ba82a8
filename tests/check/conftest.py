"""The fixture of the tests that prove attribution: a paper in which every kind of credit stands."""

from __future__ import annotations

import pytest

from tests.build.newsroom import Newsroom, article, document, newsroom, png

HERE = "content/articles/2026/03/"

PAPER: dict[str, str | bytes] = {
    "config.toml": """\
title = "The Tidal Post"
base_url = "https://tidal.example/news/"
timezone = "Europe/Dublin"

[organization]
name = "Tidal Press"
url = "/about/"
""",
    HERE + "a.md": article(
        "Water rises",
        "2026-03-10T08:30:00Z",
        authors="[g, {author: s, role: photography}, k, {author: g, role: translation}]",
        sources='[{source: w, url: "https://w.example/1", relation: republished},'
        ' {source: q, url: "https://q.example/2", relation: cited},'
        " {source: h, relation: based-on}, {source: r, relation: with-material-from}]",
        section="town",
        tags="[Tide]",
        standfirst="It will fall again",
        image="{src: /media/pier.png, alt: Pier, credit: Sam Okoro, source: Quay Agency,"
        " licence: CC BY 4.0}",
        corrections="[{date: 2026-03-11, kind: correction, text: It was ten metres.},"
        " {date: 2026-03-12, kind: clarification, text: At the old pier.}]",
    ),
    HERE + "b.md": article(
        "Pier closed",
        "2026-03-09",
        authors="[{author: s, role: photography}, g, {author: k, role: editing}]",
        sources='[{source: w, url: "https://w.example/3"}, {source: q, relation: cited}]',
        corrections="[{date: 2026-03-10, kind: correction, text: On Monday.}]",
        section="town",
    ),
    HERE + "c.md": article("Tables for the tide", "2026-03-08"),
    HERE + "d.md": article(
        "Boats come home",
        "2026-03-07",
        authors="[g, k, {author: s, role: photography}, {author: g, role: translation}]",
        sources="[{source: w, relation: republished}, {source: r, relation: with-material-from},"
        " {source: h, relation: based-on}]",
        corrections="[{date: 2026-03-09, kind: clarification, text: All of them.}]",
    ),
    HERE + "e.md": article(
        "Pier open",
        "2026-03-06",
        authors="[k, {author: s, role: photography}, {author: g, role: editing}]",
    ),
    HERE + "f.md": article(
        "Wire story of last month",
        "2026-03-01",
        authors="[k]",
        sources='[{source: n, url: "https://n.example/1", relation: republished}]',
    ),
    HERE + "g.md": article(
        "False alarm",
        "2026-03-04",
        authors="[g]",
        sources="[{source: w, relation: cited}]",
        corrections="[{date: 2026-03-05, kind: correction, text: At noon.},"
        " {date: 2026-03-06, kind: retraction, text: We were misled.}]",
    ),
    "content/sections/town.md": document(title="Town"),
    "content/authors/g.md": document("Covers water.", name="Greta Vance", role="Reporter"),
    "content/authors/k.md": document(name="Kit Oyelaran"),
    "content/authors/s.md": document(name="Sam Okoro"),
    "content/sources/w.md": document(
        name="Wire Service",
        url="https://w.example/",
        kind="agency",
        credit_line="Courtesy of Wire",
        licence="Subscribers",
        licence_url="/about/",
        feed_url="https://w.example/feed.xml",
    ),
    "content/sources/n.md": document(
        name="Northern Wire", url="https://n.example/", expires_after="3"
    ),
    "content/sources/q.md": document(name="Quay Radio", licence="CC BY-SA 4.0"),
    "content/sources/h.md": document(
        name="Harbour Office",
        url="https://h.example/",
        licence="On request",
        licence_url='"mailto:press@h.example"',
    ),
    "content/sources/r.md": document(name="River Board", licence_url='"mailto:r@r.example"'),
    "content/media/pier.png": png(30, 20),
    "content/pages/about.md": document("We print.", title="About us"),
}


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """The paper, built once; whoever changes its output puts it back."""
    room = newsroom(tmp_path_factory.mktemp("paper") / "site", PAPER)
    room.build()
    return room
