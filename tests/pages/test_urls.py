"""The URL scheme: which pages a site has, where they lie, and that every link meets one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as lxml_html

from tests.build.newsroom import CONFIG, Files, Newsroom, article, document, newsroom, png
from tests.build.paper import paper

MakeSite = Callable[[Files], Newsroom]
HERE = "content/articles/2026/03/"

PAGES = {
    "_redirects",
    "2025/12/storm/index.html",
    "2025/12/index.html",
    "2025/index.html",
    "2026/02/levee/index.html",
    "2026/02/market/index.html",
    "2026/02/index.html",
    "2026/03/crest/index.html",
    "2026/03/flood/index.html",
    "2026/03/pier/index.html",
    "2026/03/index.html",
    "2026/index.html",
    "404.html",
    "about/index.html",
    "ads.txt",
    "authors/greta/index.html",
    "authors/sam/index.html",
    "authors/index.html",
    *(
        f"{place}{name}"
        for place in (
            "",
            "authors/greta/",
            "authors/sam/",
            "corrections/",
            "sections/harbour/",
            "sections/town/",
            "sources/ambito/",
            "sources/quay/",
            "tags/floods/",
            "tags/north-basin/",
            "tags/weather/",
        )
        for name in ("feed.xml", "atom.xml", "feed.json")
    ),
    "corrections/index.html",
    "imprint/index.html",
    "index.html",
    "media/greta.png",
    "media/levee.png",
    "media/map.png",
    "page/1/index.html",
    "robots.txt",
    "sections/harbour/index.html",
    "sections/town/index.html",
    "sections/index.html",
    "series/the-long-winter/index.html",
    "sitemap.xml",
    "sitemap-pages.xml",
    "sitemap-2025-12.xml",
    "sitemap-2026-02.xml",
    "sitemap-2026-03.xml",
    "news-sitemap.xml",
    "_headers",
    "sources/ambito/index.html",
    "sources/quay/index.html",
    "sources/index.html",
    "tags/floods/index.html",
    "tags/north-basin/index.html",
    "tags/weather/index.html",
    "tags/index.html",
}


def test_every_kind_of_page_lies_where_scripts_expect_it(site: MakeSite) -> None:
    """The URL scheme of the commands' contract, page by page."""
    room = site(paper())
    room.build()
    assert {path for path in room.output() if not path.startswith("assets/")} == PAGES


def links(tree: Any) -> Iterator[str]:
    for attribute in ("href", "src"):
        yield from tree.xpath(f"//@{attribute}")
    yield from (value.partition("url=")[2] for value in tree.xpath("//meta[@http-equiv]/@content"))


@pytest.mark.parametrize("base", ["/", "/news/", "/a/b/"])
def test_every_link_of_the_site_meets_an_output(tmp_path: Path, base: str) -> None:
    """With whatever base path: each address of the site leads to a file, each fragment to an id."""
    room = newsroom(tmp_path / "site", paper())
    config = room.folder / "config.toml"
    config.write_text(config.read_text().replace("example/news/", f"example{base}"))
    room.write(
        {
            "content/media/50% & more (1).pdf": "x",
            HERE + "odd.md": article(
                "Odd",
                slug="ünder-weg",
                aliases="[/2020/alt%20weg/, /2020/früher]",
                body="[a](<../../../media/50%25 & more (1).pdf>) [b](/tags/) [c](odd.md?x=1#top)"
                ' <a href="/authors/">raw</a>\n\n# A heading',
                tags="[C++]",
            ),
        }
    )
    room.build()
    output = room.output()
    pages = {
        path: lxml_html.document_fromstring(data.decode())
        for path, data in output.items()
        if path.endswith(".html")
    }
    assert "2020/alt weg/index.html" in pages
    assert "2020/früher/index.html" in pages
    seen = 0
    for path, tree in pages.items():
        for link in links(tree):
            parts = urlsplit(link.removeprefix("https://tidal.example"))
            if parts.scheme or not (parts.path or parts.fragment):
                continue
            target = path
            if parts.path:
                assert parts.path.startswith(base), (path, link)
                place = unquote(parts.path.removeprefix(base))
                target = f"{place}index.html" if place.endswith("/") or not place else place
                assert target in output, (path, link)
            if parts.fragment and target in pages and parts.fragment not in {"notes", "top"}:
                assert pages[target].xpath(f'//*[@id="{parts.fragment}"]'), (path, link)
            seen += 1
    assert seen > 300


def test_a_slug_in_front_matter_is_the_last_part(site: MakeSite) -> None:
    """The file's folder gives year and month, the slug what follows."""
    room = site({HERE + "long-name.md": article(slug="short", date="2025-01-01")})
    room.build()
    assert "2026/03/short/index.html" in room.output()
    assert "2026/03/long-name/index.html" not in room.output()


def test_tags_with_one_slug_are_one_page(site: MakeSite) -> None:
    """The tag is spelled as in its oldest article: on pages, in heads and in the feed."""
    room = site(
        {
            HERE + "new.md": article("New", tags="[NEWS, news, Été]"),
            HERE + "old.md": article("Old", "2026-02-01", tags="[News]"),
        }
    )
    room.build()
    new = room.page("2026/03/new/index.html")
    assert new.xpath("//a[@rel='tag']/text()") == ["News", "Été"]
    assert new.xpath("//a[@rel='tag']/@href") == ["/tags/news/", "/tags/ete/"]
    assert new.xpath("//meta[@property='article:tag']/@content") == ["News", "Été"]
    assert room.page("tags/news/index.html").xpath("//h1/text()") == ["News"]
    assert room.text("feed.xml").count("<category>News</category>") == 2
    assert "NEWS" not in room.text("feed.xml")


@pytest.mark.parametrize(
    ("files", "both"),
    [
        (
            {HERE + "a.md": article(), HERE + "b.md": article(slug="a")},
            (HERE + "a.md", HERE + "b.md"),
        ),
        (
            {HERE + "a.md": article(slug="Straße"), HERE + "b.md": article(slug="STRASSE")},
            (HERE + "a.md", HERE + "b.md"),
        ),
        (
            {"content/root/Feed.XML": "x"},
            ("content/root/Feed.XML", "the site's own page /feed.xml"),
        ),
        (
            {"content/media/e\u0301.txt": "x", "content/root/media/É.txt": "y"},
            ("content/media/é.txt", "content/root/media/É.txt"),
        ),
        (
            {"content/root/about": "x", "content/pages/about.md": document(title="A")},
            ("content/root/about", "content/pages/about.md"),
        ),
        (
            {"content/root/about/more.txt": "x", "content/root/ABOUT": "y"},
            ("content/root/ABOUT", "content/root/about/more.txt"),
        ),
        (
            {
                HERE + "a.md": article(aliases="[/about/]"),
                "content/pages/about.md": document(title="A"),
            },
            (HERE + "a.md", "content/pages/about.md"),
        ),
        (
            {HERE + "a.md": article(aliases="[/2026/03/%61/]")},
            (HERE + "a.md",),
        ),
        (
            {"content/pages/tags.md": document(title="T"), HERE + "a.md": article(tags="[t]")},
            ("content/pages/tags.md", "the site's own page /tags/index.html"),
        ),
        (
            {"content/pages/feed.xml.md": document(title="F")},
            ("content/pages/feed.xml.md", "the site's own page /feed.xml"),
        ),
        (
            {HERE + "a.md": article(aliases="[/]")},
            (HERE + "a.md", "the site's own page /index.html"),
        ),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else None,
)
def test_two_outputs_of_one_address(
    site: MakeSite, files: dict[str, str], both: tuple[str, ...]
) -> None:
    """Whatever makes them, on whatever file system: a fault that names both."""
    faults = site(files).faults()
    assert {fault.code for fault in faults} == {"E401"}
    for name in both:
        assert any(name in fault.message for fault in faults)
    assert all(fault.place for fault in faults)


def test_aliases_lead_to_where_the_page_is(site: MakeSite) -> None:
    """A former address is a page that redirects, with a canonical link, in no sitemap."""
    room = site(
        {
            "config.toml": CONFIG.replace("tidal.example/", "tidal.example/news/"),
            HERE + "a.md": article("A & B", aliases="[/old/a.html, /old/b, /old/c/]"),
            "content/pages/about.md": document(title="About", aliases="/imprint/"),
        }
    )
    room.build()
    for path in ("old/a.html", "old/b/index.html", "old/c/index.html"):
        page = room.page(path)
        assert page.xpath("//link[@rel='canonical']/@href") == [
            "https://tidal.example/news/2026/03/a/"
        ]
        assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/news/2026/03/a/"]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert page.xpath("//main//a/@href") == ["/news/2026/03/a/"]
    assert room.page("imprint/index.html").xpath("//main//a/@href") == ["/news/about/"]
    assert "/old/" not in room.sitemaps()
    assert "imprint" not in room.sitemaps()


def test_media_of_stories_that_are_notices_is_held(site: MakeSite) -> None:
    """What only a retracted story names, or one whose licence has ended, is published no longer."""
    gone = {
        "retracted": {"corrections": "[{date: 2026-03-02, kind: retraction, text: Made up.}]"},
        "lapsed": {"sources": "[{source: s, expires: 2026-03-02}]"},
    }
    files: dict[str, str | bytes] = {
        f"{HERE}{name}.md": article(
            name, image=f"{{src: /media/{name}-1.png, alt: x}}", body=f"![x](/media/{name}-2.png)"
        ).replace("---\n![", "".join(f"{k}: {v}\n" for k, v in keys.items()) + "---\n![")
        for name, keys in gone.items()
    }
    pictures = {f"content/media/{name}-{n}.png": png(4, 3) for name in gone for n in (1, 2)}
    told = article("Told", body="![x](/media/lapsed-2.png)")
    room = site(
        {**pictures, **files, HERE + "told.md": told, "content/sources/s.md": document(name="S")}
    )
    room.build()
    published = {path for path in room.output() if path.startswith("media/")}
    assert published == {"media/lapsed-2.png"}


def test_media_of_held_stories_alone_is_held(site: MakeSite) -> None:
    """A draft's pictures are not published, unless something that is published shows them."""
    pictures = {f"content/media/{name}.png": png(4, 3) for name in "abcdefg"}
    room = site(
        {
            **pictures,
            HERE + "draft.md": article(
                "Draft",
                draft="true",
                image="{src: /media/a.png, alt: ''}",
                body="".join(f"![x](/media/{name}.png)" for name in "bcdef"),
            ),
            HERE + "told.md": article("Told", body="![x](/media/c.png)"),
            "content/authors/g.md": document(name="G", photo="{src: /media/d.png, alt: ''}"),
            "content/pages/about.md": document("![x](../media/e.png)", title="About"),
            "content/sources/s.md": document("![x](../media/f.png)", name="S"),
        }
    )
    room.build()
    published = {path for path in room.output() if path.startswith("media/")}
    assert published == {f"media/{name}.png" for name in "cdefg"}
