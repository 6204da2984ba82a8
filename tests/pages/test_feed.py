"""The feed as a reader understands it."""

from __future__ import annotations

from collections.abc import Callable

import feedparser

from ssg.pages.feed_text import absolute_addresses
from tests.build.newsroom import CONFIG, Files, Newsroom, article, document, png

MakeSite = Callable[[Files], Newsroom]
HERE = "content/articles/2026/03/"
NEWS = CONFIG.replace("tidal.example/", "tidal.example/news/")


def test_a_reader_understands_the_feed(site: MakeSite) -> None:
    """Well-formed, the newest stories first, each with all its credits and its full text."""
    room = site(
        {
            "config.toml": NEWS + 'feed_size = 2\ndescription = "Wet & wild"\n',
            HERE + "a.md": article(
                "A <b> & B",
                "2026-03-10T08:30:00+02:00",
                authors="[g, s]",
                sources="[w]",
                tags="[Tide]",
                standfirst="In short",
                id="tag:x,2026:a",
                body="Read [b](b.md), [#](#n), [web](https://w.example/), ![x](/media/x.png).",
            ),
            HERE + "b.md": article("B", "2026-03-09", body="Plain ]]> text."),
            HERE + "c.md": article("C", "2026-03-08"),
            "content/authors/g.md": document(name="Greta Vance"),
            "content/authors/s.md": document(name="Sam Okoro"),
            "content/sources/w.md": document(name="Wire"),
            "content/media/x.png": png(3, 4),
        }
    )
    room.build()
    feed = feedparser.parse((room.folder / "output/feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.feed.title == "The Tidal Post"
    assert feed.feed.subtitle == "Wet & wild"
    assert feed.feed.link == "https://tidal.example/news/"
    first, second = feed.entries
    assert first.title == "A <b> & B"
    assert first.id == "tag:x,2026:a"
    assert not first.guidislink
    assert first.link == "https://tidal.example/news/2026/03/a/"
    assert first.published == "Tue, 10 Mar 2026 06:30:00 +0000"
    assert feed.feed.updated == first.published
    assert [author.name for author in first.authors] == ["Greta Vance", "Sam Okoro"]
    assert [tag.term for tag in first.tags] == ["Tide"]
    assert first.summary == "In short"
    html = first.content[0].value
    assert 'href="https://tidal.example/news/2026/03/b/"' in html
    assert 'href="https://tidal.example/news/2026/03/a/#n"' in html
    assert 'src="https://tidal.example/news/media/x.png"' in html
    assert 'href="https://w.example/"' in html
    assert "Plain ]]&gt; text." in second.content[0].value
    assert second.summary == "Plain ]]&gt; text."  # as HTML, which is what readers take it for


def test_ids_survive_a_move(site: MakeSite) -> None:
    """A new slug, date or domain leaves a feed's ids as they are."""
    room = site({HERE + "a.md": article(id="tag:x,2026:a")})
    room.build()
    before = feedparser.parse(room.text("feed.xml")).entries[0].id
    room.remove(HERE + "a.md")
    room.write(
        {
            "content/articles/2025/01/b.md": article("New", "2025-01-01", id="tag:x,2026:a"),
            "config.toml": CONFIG.replace("tidal.example", "ebb.example"),
        }
    )
    room.build()
    assert feedparser.parse(room.text("feed.xml")).entries[0].id == before


def test_addresses_in_texts_are_made_whole() -> None:
    """Every address of a tag, and nothing that only looks like one."""
    html = (
        '<img alt="a > b" src="/x.png" title="href=\'/no\'"><a href="#n">src="/no"</a>'
        '<video src="/v" poster="/p"></video><a href="https://a.example/">x</a> href="/no"'
    )
    assert absolute_addresses(html, "https://h.example", "https://h.example/s/") == (
        '<img alt="a > b" src="https://h.example/x.png" title="href=\'/no\'">'
        '<a href="https://h.example/s/#n">src="/no"</a>'
        '<video src="https://h.example/v" poster="https://h.example/p"></video>'
        '<a href="https://a.example/">x</a> href="/no"'
    )


def test_a_feed_without_stories_is_one(site: MakeSite) -> None:
    """A new site has a feed at once."""
    room = site({})
    room.build()
    feed = feedparser.parse(room.text("feed.xml"))
    assert not feed.bozo
    assert (feed.entries, feed.feed.subtitle) == ([], "The Tidal Post")
