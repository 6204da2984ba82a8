"""What a story's page says: credits, corrections, references, and what it tells machines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssg.pages.parts import direction
from tests.build.newsroom import CONFIG, Files, Newsroom, article, document, png

MakeSite = Callable[[Files], Newsroom]
HERE = "content/articles/2026/03/"
PAGE = "2026/03/a/index.html"
NEWS = CONFIG.replace("tidal.example/", "tidal.example/news/")


def test_a_story_without_an_author_is_the_organisations(site: MakeSite) -> None:
    """Somebody answers for every story: the organisation, else the site by its title."""
    room = site({HERE + "a.md": article()})
    room.build()
    assert room.page(PAGE).xpath("//p[@class='byline']/a/text()") == ["The Tidal Post"]
    assert "<dc:creator>The Tidal Post</dc:creator>" in room.text("feed.xml")
    organization = '[organization]\nname = "Tidal Press"\nurl = "/about/"\n'
    room.write({"config.toml": NEWS + organization})
    room.build()
    page = room.page(PAGE)
    assert page.xpath("//p[@class='byline']/a/text()") == ["Tidal Press"]
    assert page.xpath("//p[@class='byline']/a/@href") == ["/news/about/"]
    assert page.xpath("//meta[@name='author']/@content") == ["Tidal Press"]


def test_a_byline_keeps_the_order_of_its_file(site: MakeSite) -> None:
    """Who is named first is first everywhere; those of one role stand together."""
    room = site(
        {
            HERE + "a.md": article(
                authors="[{author: s, role: photography}, g, {author: k, role: photography}]"
            ),
            "content/authors/g.md": document(name="Greta Vance"),
            "content/authors/k.md": document(name="Kit Oyelaran"),
            "content/authors/s.md": document(name="Sam Okoro"),
        }
    )
    room.build()
    page = room.page(PAGE)
    assert " ".join(page.xpath("string(//p[@class='byline'])").split()) == (
        "Photographs by Sam Okoro and Kit Oyelaran; by Greta Vance"
    )
    names = ["Sam Okoro", "Kit Oyelaran", "Greta Vance"]
    assert page.xpath("//meta[@name='author']/@content") == names
    creators = "".join(f"<dc:creator>{name}</dc:creator>\n" for name in names)
    assert creators in room.text("feed.xml")


def test_everybody_is_credited_with_their_part(site: MakeSite) -> None:
    """Roles in words on the page; once each in the head, the feed and the bios."""
    room = site(
        {
            HERE + "a.md": article(
                authors="[g, {author: s, role: photography}, {author: g, role: data}]",
                sources="[{source: w, url: 'https://w.example/1', relation: republished},"
                " {source: w, url: 'https://w.example/2', relation: cited, read: 2026-02-27}]",
            ),
            "content/authors/g.md": document("Greta's **bio**.", name="Greta Vance"),
            "content/authors/s.md": document(name="Sam Okoro", kind="organization"),
            "content/sources/w.md": document(
                name="Wire", licence="CC BY", url="https://w.example/"
            ),
        }
    )
    room.build()
    page = room.page(PAGE)
    assert " ".join(page.xpath("string(//p[@class='byline'])").split()) == (
        "By Greta Vance; photographs by Sam Okoro; data by Greta Vance"
    )
    assert page.xpath("//meta[@name='author']/@content") == ["Greta Vance", "Sam Okoro"]
    assert page.xpath("//meta[@property='article:author']/@content") == [
        "https://tidal.example/authors/g/",
        "https://tidal.example/authors/s/",
    ]
    assert page.xpath("//section[@class='bios']//h3/a/text()") == ["Greta Vance", "Sam Okoro"]
    assert page.xpath("//section[@class='bios']//strong/text()") == ["bio"]
    assert page.xpath("//section[@class='sources']//a[@class='away u-url']/@href") == [
        "https://w.example/1",
        "https://w.example/2",
    ]
    assert page.xpath("//section[@class='sources']//p[@class='read']/text()") == [
        "Read on February 27, 2026"
    ]
    feed = room.text("feed.xml")
    assert feed.count("<dc:creator>") == 2
    assert feed.count("<dc:source>Wire</dc:source>") == 1


def test_corrections_are_shown_and_date_the_story(site: MakeSite) -> None:
    """A correction after publication is a change: on the page, in the head, in the sitemap."""
    room = site(
        {
            HERE + "a.md": article(
                date="2026-03-01T08:00:00Z",
                updated="2026-03-02T08:00:00Z",
                corrections="[{date: 2026-03-03, kind: correction, text: It was 3 m.},"
                " {date: 2026-03-02, kind: retraction, text: All wrong.}]",
            ),
            HERE + "b.md": article("B", "2026-03-02", updated="2026-03-01"),
        }
    )
    room.build()
    page = room.page(PAGE)
    assert page.xpath("//time[@class='dt-updated']/@datetime") == ["2026-03-03T00:00:00+00:00"]
    assert page.xpath("//meta[@property='article:modified_time']/@content") == [
        "2026-03-03T00:00:00+00:00"
    ]
    assert [item.text_content() for item in page.xpath("//section[@class='corrections']//li")] == [
        "Correction, March 3, 2026: It was 3 m."
    ]
    assert [item.text_content() for item in page.xpath("//p[@class='retraction']")] == [
        "Retraction, March 2, 2026 All wrong."
    ]
    assert "<lastmod>2026-03-03T00:00:00+00:00</lastmod>" in room.sitemaps()
    assert room.page("2026/03/b/index.html").xpath("//time[@class='dt-updated']") == []


def test_references_lead_where_they_say(site: MakeSite) -> None:
    """Documents of every kind, media with their sizes, fragments, the site, the web, mail."""
    body = """
[story](b.md) [part](../../2026/03/b.md#top) [author](../../../authors/g.md)
[source](../../../sources/s.md) [section](../../../sections/t.md) [page](../../../pages/p.md)
[held](h.md) [here](#x) [site](/tags/?a=1&b=2#c) [web](https://a.example/?x=1&y)
[mail](mailto:a@b.example)
[file](../../../media/r.pdf#page=2) [media](/media/r.pdf) ![a picture](../../../media/x.png)
![far](https://a.example/y.png) [by name][n]

[n]: b.md?x=1 "Title"
"""
    room = site(
        {
            "config.toml": NEWS,
            HERE + "a.md": article(body=body),
            HERE + "b.md": article("B"),
            HERE + "h.md": article("H", draft="true"),
            "content/authors/g.md": document(name="G"),
            "content/sources/s.md": document(name="S"),
            "content/sections/t.md": document(title="T"),
            "content/pages/p.md": document(title="P"),
            "content/media/r.pdf": "x",
            "content/media/x.png": png(30, 20),
        }
    )
    room.build()
    text = room.page(PAGE).xpath("//div[contains(@class, 'e-content')]")[0]
    found = {link.text: link.get("href") for link in text.xpath(".//a")}
    assert found == {
        "story": "/news/2026/03/b/",
        "part": "/news/2026/03/b/#top",
        "author": "/news/authors/g/",
        "source": "/news/sources/s/",
        "section": "/news/sections/t/",
        "page": "/news/p/",
        "here": "#x",
        "site": "/news/tags/?a=1&b=2#c",
        "web": "https://a.example/?x=1&y",
        "mail": "mailto:a@b.example",
        "file": "/news/media/r.pdf#page=2",
        "media": "/news/media/r.pdf",
        "by name": "/news/2026/03/b/?x=1",
    }
    assert [span.text for span in text.xpath(".//span")] == ["held"]
    ours, far = text.xpath(".//img")
    assert dict(ours.attrib) == {
        "alt": "a picture",
        "src": "/news/media/x.png",
        "width": "30",
        "height": "20",
        "loading": "lazy",
    }
    assert far.get("src") == "https://a.example/y.png"
    assert far.get("width") is None


def test_a_lifted_embargo_makes_the_link(site: MakeSite) -> None:
    """What was plain text while a story was held is a link once it is out, and not again after."""
    room = site(
        {
            HERE + "a.md": article(body="Before [the vote](b.md)."),
            HERE + "b.md": article("B", "2026-03-16", expires="2026-03-18"),
        }
    )
    for day, links in ((15, []), (17, ["/2026/03/b/"]), (19, [])):
        room.build(now=room.order().now.replace(day=day))
        assert room.page(PAGE).xpath("//div[contains(@class, 'e-content')]//a/@href") == links


NASTY = "Say \"yes\" & 'no' </title><script>alert(1)</script> ]]>"


def test_the_head_escapes_what_people_write(site: MakeSite) -> None:
    """Quotes, ampersands and tags in any field end up as text: in the head and in the page."""
    quoted = "'" + NASTY.replace("'", "''") + "'"
    room = site(
        {
            "config.toml": CONFIG.replace('"The Tidal Post"', f"'''The {NASTY}'''"),
            HERE + "a.md": article(
                quoted,
                standfirst=quoted,
                tags=f"[{quoted}]",
                authors="[g]",
                section="t",
                image=f"{{src: /media/x.png, alt: {quoted}, caption: {quoted}}}",
            ),
            "content/authors/g.md": document(name=quoted),
            "content/sections/t.md": document(title=quoted, description=quoted),
            "content/media/x.png": png(3, 4),
        }
    )
    room.build()
    for path, data in room.output().items():
        if path.endswith(".html"):
            # The one script is data of ours, in which nothing ends it.
            assert data.count(b"<script") == data.count(b"</script>"), path
            assert data.count(b"<script") <= 1
            assert b"alert(1)</title>" not in data
    page = room.page(PAGE)
    assert page.xpath("//title/text()") == [f"{NASTY} – The {NASTY}"]
    for name in ("og:title", "og:description", "og:image:alt", "article:section", "article:tag"):
        assert page.xpath(f"//meta[@property='{name}']/@content") == [NASTY], name
    for name in ("description", "author"):
        assert page.xpath(f"//meta[@name='{name}']/@content") == [NASTY]
    assert page.xpath("//meta[@property='og:site_name']/@content") == [f"The {NASTY}"]
    assert page.xpath("//img/@alt") == [NASTY]
    assert page.xpath("//h1/text()") == [NASTY]


def test_the_head_says_what_a_page_is(site: MakeSite) -> None:
    """Canonical, feed, picture and type, with whole addresses where machines want them."""
    room = site(
        {
            "config.toml": NEWS + 'tagline = "Wet"\n',
            HERE + "a.md": article(image="{src: /media/x.png, alt: ''}"),
            HERE + "b.md": article("B", canonical_url="https://w.example/1"),
            "content/pages/p.md": document(title="P", description="About it"),
            "content/media/x.png": png(3, 4),
        }
    )
    room.build()
    story = room.page(PAGE)
    assert story.xpath("//link[@rel='canonical']/@href") == [
        "https://tidal.example/news/2026/03/a/"
    ]
    assert story.xpath("//meta[@property='og:url']/@content") == [
        "https://tidal.example/news/2026/03/a/"
    ]
    assert story.xpath("//meta[@property='og:image']/@content") == [
        "https://tidal.example/news/media/x.png"
    ]
    assert story.xpath("//meta[@property='og:image:alt']") == []
    assert story.xpath("//meta[@property='og:type']/@content") == ["article"]
    assert story.xpath("//link[@rel='alternate']/@href") == ["/news/feed.xml"]
    other = room.page("2026/03/b/index.html")
    assert other.xpath("//link[@rel='canonical']/@href") == ["https://w.example/1"]
    home = room.page("index.html")
    assert home.xpath("//title/text()") == ["The Tidal Post"]
    assert home.xpath("//meta[@name='description']/@content") == ["Wet"]
    assert home.xpath("//meta[@property='og:type']/@content") == ["website"]
    assert room.page("p/index.html").xpath("//meta[@name='description']/@content") == ["About it"]
    missing = room.page("404.html")
    assert missing.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert missing.xpath("//link[@rel='canonical']") == []


HELD: dict[str, str | bytes] = {
    HERE + "draft-slug.md": article(
        "Draft title",
        draft="true",
        tags="[draft tag]",
        body="Draft body.",
        aliases="[/draft-alias/]",
        series="Draft series",
        id="tag:x,2026:draft-id",
        section="t",
        image="{src: /media/draft-picture.png, alt: Draft alt}",
    ),
    HERE + "embargo-slug.md": article(
        "Embargo title",
        "2026-03-15T12:00:01Z",
        body="Embargo body.",
        section="t",
        authors="[g]",
        sources="[s]",
    ),
    HERE + "expired-slug.md": article(
        "Expired title",
        expires="2026-03-15T12:00:00Z",
        body="Expired body.",
        section="t",
        authors="[g]",
    ),
    "content/pages/draft-page.md": document("Draft page body", title="Draft page", draft="true"),
    "content/media/draft-picture.png": b"draft picture",
}


def test_what_is_held_leaves_no_trace(site: MakeSite) -> None:
    """No word, slug, tag or address of a held story is in any byte or name of the output."""
    room = site(
        {
            **HELD,
            HERE + "a.md": article(
                section="t",
                authors="[g]",
                body="[so it was](draft-slug.md) "
                "![x](https://x.example/x.png) <a href='embargo-slug.md'>this</a>",
            ),
            HERE + "b.md": article("B", section="t", authors="[g]", sources="[s]"),
            "content/sections/t.md": document(title="T"),
            "content/authors/g.md": document(
                "See [that](../articles/2026/03/expired-slug.md).", name="G"
            ),
            "content/sources/s.md": document(name="S"),
            "content/home.toml": '[[lead]]\nid = "tag:x,2026:draft-id"\n',
        }
    )
    room.build()
    output = room.output()
    for word in ("draft", "embargo", "expired"):
        for path, data in output.items():
            assert word not in path.lower()
            assert word.encode() not in data.lower(), (word, path)
    assert "so it was" in room.text(PAGE)


@pytest.mark.parametrize(
    ("lang", "way"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("en", "ltr"),
        ("sr-Latn", "ltr"),
        ("ku-Latn", "ltr"),
        ("pa-Arab", "rtl"),
        ("az-Hebr", "rtl"),
        ("FA", "rtl"),
    ],
)
def test_languages_are_written_their_way(lang: str, way: str) -> None:
    """The script decides, where it is named."""
    assert direction(lang) == way


def test_a_story_in_another_language_is_marked(site: MakeSite) -> None:
    """Its text carries its language and direction, the site's own words theirs."""
    room = site({HERE + "a.md": article("مد", lang="ar")})
    room.build()
    page = room.page(PAGE)
    story = page.xpath("//article")[0]
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    assert (story.get("lang"), story.get("dir")) == ("ar", "rtl")
    assert page.xpath("//p[@class='byline']/@lang") == ["en"]
    assert room.page("index.html").xpath("//article/@lang") == ["ar"]
