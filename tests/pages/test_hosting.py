"""What hosts and crawlers read beside the pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from protego import Protego

from ssg.config.discovery import AiPolicy
from ssg.faults import Fault
from ssg.pages.crawlers import AGENTS, AS_OF, shut_out
from ssg.serve.redirects import redirect_for
from tests.build.newsroom import CONFIG, Files, Newsroom, article, document, png

MakeSite = Callable[[Files], Newsroom]

HERE = "content/articles/2026/03/"
NEWS = CONFIG.replace("tidal.example/", "tidal.example/news/")
STORY = "https://tidal.example/2026/03/a/"


# --- robots.txt and text and data mining ---------------------------------------------------


def test_robots_may_read_all(site: MakeSite) -> None:
    """One group for everybody, and the sitemaps' whole addresses."""
    room = site({"config.toml": NEWS})
    room.build()
    assert room.text("robots.txt") == (
        "User-agent: *\nAllow: /\n\n"
        "Sitemap: https://tidal.example/news/sitemap.xml\n"
        "Sitemap: https://tidal.example/news/news-sitemap.xml\n"
    )


@pytest.mark.parametrize(
    ("policy", "kept_out"),
    [
        ("allow", set()),
        ("search-only", {"training"}),
        ("block", {"training", "search", "user"}),
    ],
)
def test_the_policy_for_crawlers_that_feed_learning(
    policy: AiPolicy, kept_out: set[str], site: MakeSite
) -> None:
    """A parser that knows RFC 9309 reads what was meant, agent by agent; others read all."""
    room = site(
        {"config.toml": CONFIG + f'[crawlers]\nai = "{policy}"\n', HERE + "a.md": article()}
    )
    room.build()
    robots = Protego.parse(room.text("robots.txt"))
    refused = {name for name in AGENTS if not robots.can_fetch(STORY, name)}
    assert refused == {name for name, purpose in AGENTS.items() if purpose in kept_out}
    assert set(shut_out(policy)) == refused
    assert all(robots.can_fetch(STORY, name) for name in ("Googlebot", "Bingbot", "Nobody"))
    assert list(robots.sitemaps) == [
        "https://tidal.example/sitemap.xml",
        "https://tidal.example/news-sitemap.xml",
    ]
    assert len(room.text("robots.txt").encode()) < 500 * 1024  # what RFC 9309 promises is read


def test_the_list_of_crawlers() -> None:
    """Data in the order of the names, each once, with the day on which somebody looked."""
    assert list(AGENTS) == sorted(AGENTS, key=str.lower)
    assert len({name.lower() for name in AGENTS}) == len(AGENTS)
    assert date(2026, 1, 1) < AS_OF
    assert {"training", "search", "user"} == set(AGENTS.values())


def test_a_reservation_stands_in_every_place_where_it_is_looked_for(site: MakeSite) -> None:
    """In each page, in the headers, and in the file of the protocol; without one, in none."""
    told = '[crawlers]\ntdm_reserved = true\ntdm_policy = "/terms/"\n'
    room = site({"config.toml": NEWS + told, "content/pages/terms.md": document(title="Terms")})
    room.build()
    for path in ("index.html", "terms/index.html", "404.html"):
        page = room.page(path)
        assert page.xpath("//meta[@name='tdm-reservation']/@content") == ["1"]
        policy = "https://tidal.example/news/terms/"
        assert page.xpath("//meta[@name='tdm-policy']/@content") == [policy]
    assert "  tdm-reservation: 1\n  tdm-policy: https://tidal.example/news/terms/\n" in room.text(
        "_headers"
    )
    assert json.loads(room.text(".well-known/tdmrep.json")) == [
        {"location": "/news/", "tdm-reservation": 1, "tdm-policy": "/news/terms/"}
    ]
    room.write({"config.toml": NEWS}).build()
    assert not [path for path, data in room.output().items() if b"tdm-" in data]


# --- headers ------------------------------------------------------------------------------


def rules(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The patterns of a `_headers` file with their headers, as hosts read it."""
    found = []
    for block in text.strip().split("\n\n"):
        pattern, *lines = block.splitlines()
        assert all(line.startswith("  ") for line in lines)
        found.append((pattern, [tuple(line.strip().split(": ", 1)) for line in lines]))
    return found  # type: ignore[return-value]  # two parts each


def headers_for(text: str, path: str) -> dict[str, list[str]]:
    """What a host sends along with a path: the values of all patterns that fit."""
    found: dict[str, list[str]] = {}
    for pattern, headers in rules(text):
        if path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1])):
            for name, value in headers:
                found.setdefault(name, []).append(value)
    return found


def test_each_kind_of_file_is_kept_for_its_time(site: MakeSite) -> None:
    """Assets for ever, media for a day, pages as configured; no path gets two answers."""
    config = NEWS + "[headers]\npages = 300\n"
    room = site(
        {
            "config.toml": config,
            HERE + "a.md": article(tags="[x]", body="![x](/media/x.png)"),
            "content/media/x.png": png(3, 4),
        }
    )
    room.build()
    text = room.text("_headers")
    for path in room.output():
        sent = headers_for(text, f"/news/{path.removesuffix('index.html')}")
        assert all(len(values) == 1 for values in sent.values())
        assert sent["X-Content-Type-Options"] == ["nosniff"]
        kept = sent.get("Cache-Control")
        match path.partition("/")[0], path.endswith("index.html"):
            case "assets", _:
                assert kept == ["public, max-age=31536000, immutable"]
            case "media", _:
                assert kept == ["public, max-age=86400"]
            case _, True:
                assert kept == ["public, max-age=300"]
            case _:
                assert kept in (None, ["public, max-age=300"])


def test_headers_of_the_sites_own(site: MakeSite) -> None:
    """They come to all paths and replace ours of the same name; `csp = ""` sends none."""
    own = '[headers]\ncsp = ""\n[headers.all]\nX-Frame-Options = "DENY"\nreferrer-policy = "same"\n'
    room = site({"config.toml": CONFIG + own})
    room.build()
    sent = headers_for(room.text("_headers"), "/")
    assert sent["X-Frame-Options"] == ["DENY"]
    assert sent["referrer-policy"] == ["same"]
    assert not {"Referrer-Policy", "Content-Security-Policy"} & sent.keys()
    room.write({"config.toml": CONFIG + "[headers]\nenabled = false\n"}).build()
    assert "_headers" not in room.output()


# --- redirects ----------------------------------------------------------------------------


def test_moves_that_the_configuration_names(site: MakeSite) -> None:
    """They come first, with the base path, patterns and statuses as they were written."""
    moves = (
        '[[redirects]]\nold = "/blog/*"\nnew = "/:splat"\nstatus = 302\n'
        '[[redirects]]\nold = "/shop/"\nnew = "https://shop.example/"\n'
        '[[redirects]]\nold = "/terms"\nnew = "/about/"\n'
    )
    room = site({"config.toml": NEWS + moves, HERE + "a.md": article(aliases="[/old/]")})
    room.build()
    assert room.text("_redirects") == (
        "/news/blog/* /news/:splat 302\n"
        "/news/shop/ https://shop.example/ 301\n"
        "/news/terms /news/about/ 301\n"
        "/news/old/ /news/2026/03/a/ 301\n"
    )
    assert redirect_for(room.text("_redirects"), "/news/terms") == ("/news/about/", 301)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("_headers", ""),
        ("_redirects", '[[redirects]]\nold = "/a/"\nnew = "/b/"\n'),
        ("robots.txt", ""),
        ("sitemap.xml", ""),
    ],
)
def test_a_file_of_the_sites_own_does_not_replace_ours(
    name: str, keys: str, site: MakeSite
) -> None:
    """What lies in `content/root/` is copied as it is, and never over something else."""
    room = site({"config.toml": CONFIG + keys, f"content/root/{name}": "x"})
    (fault,) = room.faults()
    assert fault.code == "E401"
    assert f"content/root/{name}" in fault.message
    if name.startswith("_"):
        assert "config.toml" in (fault.hint or "")


def test_files_that_are_copied_as_they_are(site: MakeSite) -> None:
    """Also those whose names begin with a dot, byte for byte, at the top."""
    files = {"CNAME": b"tidal.example\n", ".well-known/security.txt": b"\xff\x00", ".nojekyll": b""}
    room = site({f"content/root/{name}": data for name, data in files.items()})
    room.build()
    output = room.folder / "output"
    assert {name: (output / name).read_bytes() for name in files} == files


# --- the key of IndexNow, the icon -----------------------------------------------------------


def test_the_key_of_indexnow(site: MakeSite) -> None:
    """A file of its name that holds it, and nothing else."""
    key = "0123abcd-0123abcd"
    room = site({"config.toml": CONFIG + f'[publish]\nindexnow_key = "{key}"\n'})
    room.build()
    assert room.text(f"{key}.txt") == key


def test_the_icon_and_the_manifest(site: MakeSite) -> None:
    """One picture for home screens, named in every page, in its own size and bytes."""
    config = NEWS + 'icon = "/media/icon.png"\ndescription = "Wet"\n'
    room = site({"config.toml": config, "content/media/icon.png": png(512, 512)})
    room.build()
    manifest = json.loads(room.text("manifest.webmanifest"))
    assert manifest["name"] == manifest["short_name"] == "The Tidal Post"
    assert manifest["start_url"] == manifest["scope"] == manifest["id"] == "/news/"
    assert (manifest["lang"], manifest["dir"], manifest["description"]) == ("en", "ltr", "Wet")
    assert manifest["icons"] == [
        {
            "src": "/news/media/icon.png",
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "any",
        }
    ]
    page = room.page("index.html")
    assert page.xpath("//link[@rel='manifest']/@href") == ["/news/manifest.webmanifest"]
    assert page.xpath("//link[@rel='apple-touch-icon']/@href") == ["/news/media/icon.png"]
    room.write({HERE + "a.md": article(draft="true", body="![x](/media/icon.png)")}).build()
    assert "media/icon.png" in room.output()


def test_an_icon_that_is_drawn(site: MakeSite) -> None:
    """An SVG fits any size."""
    config = CONFIG + 'icon = "/media/icon.svg"\n'
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    room = site({"config.toml": config, "content/media/icon.svg": drawn})
    room.build()
    (icon,) = json.loads(room.text("manifest.webmanifest"))["icons"]
    assert (icon["sizes"], icon["type"]) == ("any", "image/svg+xml")
    assert room.page("index.html").xpath("//link[@rel='apple-touch-icon']") == []


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "there is no content/media/icon.png"),
        ({"content/media/icon.png": png(512, 256)}, "512 by 256"),
        ({"content/media/icon.png": png(64, 64)}, "64 by 64"),
        ({"content/media/icon.png": b"no picture"}, "no picture"),
    ],
)
def test_icons_that_cannot_be_used(files: dict[str, bytes], words: str, site: MakeSite) -> None:
    """A picture that is not there, is none, is no square or would be blurred."""
    room = site({"config.toml": CONFIG + 'icon = "/media/icon.png"\n', **files})
    (fault,) = room.faults()
    assert isinstance(fault, Fault)
    assert fault.code == "E324"
    assert words in fault.message
