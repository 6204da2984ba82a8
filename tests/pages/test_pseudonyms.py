"""Pseudonyms: who writes under another name is in no byte of what a build makes."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Callable, Iterator
from html import escape
from urllib.parse import quote

import pytest

from ssg.model import Showing
from ssg.slugs import slugify
from tests.build.newsroom import CONFIG, Files, Newsroom, article, document, png

MakeSite = Callable[[Files], Newsroom]
HERE = "content/articles/2026/03/"

#: Names that no output may hold, and the names of their files.
SECRETS = {
    "Žofie O’Brádaigh-Müller": "zofie-brad",
    "Rasha El & Din": "rashaeldin",
    "王小明": "xiaoming-w",
}
ROLES = ("reporting", "photography", "editing", "translation", "data", "illustration")

STAFF = document("The newsroom, together.", name="Staff", kind="organization")
PORTRAIT = "{src: /media/p1.png, alt: A drawing of a mask}"


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    check = zlib.crc32(name + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + name + data + check


def hidden(name: str, display_as: str, bio: str = "", **keys: str) -> str:
    return document(bio, name=f'"{name}"', display_as=display_as, aliases="[Zed Z.]", **keys)


def files() -> dict[str, str | bytes]:
    """A paper in which people under other names have every part there is."""
    ids = list(SECRETS.values())
    names = list(SECRETS)
    credits_ = [f"{{author: {id_}, role: {role}}}" for role in ROLES for id_ in ids]
    everyone = f"[{', '.join(credits_)}]"
    return {
        "config.toml": CONFIG,
        "content/media/p1.png": png(4, 4),
        "content/media/p2.png": png(4, 4),
        "content/media/p3.png": png(4, 4)
        + chunk(b"tEXt", b"Author\x00Zofie  brad")
        + chunk(b"tEXt", b"Copyright\x00Tidal"),
        "content/authors/staff.md": STAFF,
        f"content/authors/{ids[0]}.md": hidden(
            names[0],
            "Nobody “N.” Noone",
            "Nobody writes [at length](../articles/2026/03/a.md).",
            photo=PORTRAIT,
            role="Columnist",
            email="nobody@tidal.example",
            links='[{title: Notes, url: "https://nobody.example/"}]',
        ),
        f"content/authors/{ids[1]}.md": hidden(
            names[1],
            "Staff",
            f"{names[1]} was born by the sea.",
            photo="{src: /media/p2.png, alt: Me}",
            email="rasha@tidal.example",
        ),
        f"content/authors/{ids[2]}.md": hidden(names[2], "Staff"),
        "content/sections/town.md": document(title="Town"),
        HERE + "a.md": article(
            "A",
            "2026-03-10",
            f"By [one](../../../authors/{ids[0]}.md) and [all](../../../authors/{ids[1]}.md).",
            authors=everyone,
            section="town",
            tags="[tide]",
            corrections="[{date: 2026-03-11, kind: correction, text: It was ten.}]",
        ),
        HERE + "b.md": article("B", "2026-03-11", authors=f"[{ids[1]}, {ids[2]}]"),
        HERE + "c.md": article(
            "C",
            "2026-03-12",
            authors=f"[{ids[0]}]",
            corrections="[{date: 2026-03-13, kind: retraction, text: Made up.}]",
        ),
        HERE + "d.md": article("D", "2026-03-13", authors=everyone, draft="true"),
    }


def forms(secret: str) -> Iterator[str]:
    """A name in the ways in which it may stand somewhere."""
    for text in (
        secret,
        slugify(secret),
        slugify(secret).replace("-", ""),
        secret.replace(" ", ""),
    ):
        for form in ("NFC", "NFD", "NFKC"):
            normal = unicodedata.normalize(form, text)
            yield from (normal, quote(normal), escape(normal), normal.encode("punycode").decode())
            yield normal.encode("unicode_escape").decode()
            yield normal.encode("ascii", "xmlcharrefreplace").decode()


def told(output: dict[str, bytes]) -> set[tuple[str, str]]:
    """Which names stand in which files, or in their paths."""
    words = {form.casefold() for pair in SECRETS.items() for name in pair for form in forms(name)}
    found = set()
    for path, data in output.items():
        text = data.decode("utf-8", "surrogateescape")
        seen = [unicodedata.normalize(form, path + text).casefold() for form in ("NFC", "NFD")]
        found |= {(path, word) for word in words if any(word in item for item in seen)}
    return found


@pytest.mark.parametrize("drafts", [False, True])
def test_who_writes_under_another_name_is_nowhere(site: MakeSite, *, drafts: bool) -> None:
    """Neither the real name nor the file's stands in a byte of any output, in whatever form."""
    room = site(files())
    room.build(showing=Showing(drafts=drafts))
    output = room.output(".ssg/preview" if drafts else "output")
    assert len(output) > 30
    assert ("2026/03/d/index.html" in output) == drafts
    assert told(output) == set()


def test_a_credit_in_a_picture_tells_no_name(site: MakeSite) -> None:
    """Whose name is not told is not told by the data in a file; other credits in it stay."""
    room = site(files())
    room.build()
    picture = room.output()["media/p3.png"]
    assert b"brad" not in picture
    assert b"Tidal" in picture
    room.remove("content/authors/zofie-brad.md")
    for name in "acd":
        room.remove(f"{HERE}{name}.md")
    room.build()
    assert b"Zofie  brad" in room.output()["media/p3.png"]


def test_the_search_for_names_finds_them(site: MakeSite) -> None:
    """The same search finds these names where nobody asked for another one."""
    plain = {
        path: "".join(line for line in str(text).splitlines(True) if "display_as" not in line)
        if path.endswith(".md")
        else text
        for path, text in files().items()
    }
    room = site(plain)
    room.build()
    found = {path for path, _ in told(room.output())}
    assert {
        "2026/03/a/index.html",
        "authors/index.html",
        "authors/zofie-brad/index.html",
        "authors/zofie-brad/feed.json",
        "sitemap-pages.xml",
        "atom.xml",
        "feed.json",
        "feed.xml",
    } <= found


def test_a_pseudonym_has_the_page_of_an_author(site: MakeSite) -> None:
    """Byline, page, address and feed are those of the chosen name; so are links to the file."""
    room = site(files())
    room.build()
    page = room.page("2026/03/c/index.html")
    assert page.xpath("//p[@class='byline']/a/@href") == ["/authors/nobody-n-noone/"]
    assert page.xpath("//p[@class='byline']/a/text()") == ["Nobody “N.” Noone"]
    assert "/2026/03/a/" in room.text("authors/nobody-n-noone/index.html")
    assert "/authors/nobody-n-noone/" in room.text("2026/03/a/index.html")
    assert room.text("authors/nobody-n-noone/feed.xml")


def test_a_file_may_be_named_by_the_pseudonym(site: MakeSite) -> None:
    """Then its name is the public one, and only the real name is kept."""
    bio = document("Nobody writes.", name="Zed Zwi", display_as="Nobody", email="nobody@a.example")
    room = site({"content/authors/nobody.md": bio, HERE + "a.md": article(authors="[nobody]")})
    assert room.build().faults == ()
    assert "Nobody writes" in room.text("authors/nobody/index.html")
    assert not [path for path, data in room.output().items() if b"zwi" in data.lower()]


def test_those_who_write_as_the_staff_share_its_page(site: MakeSite) -> None:
    """The organisation is credited once, its page has all of their stories and nothing of them."""
    room = site(files())
    room.build()
    page = room.page("2026/03/b/index.html")
    assert page.xpath("//p[@class='byline']/a/text()") == ["Staff"]
    assert page.xpath("//section[@class='bios']//h3/a/text()") == ["Staff"]
    assert '"@type":"Organization","@id":"https://tidal.example/authors/staff/#organization"' in (
        room.text("2026/03/b/index.html")
    )
    staff = room.text("authors/staff/index.html")
    assert "The newsroom, together." in staff
    assert "/2026/03/a/" in staff
    assert "/2026/03/b/" in staff
    assert "media/p2.png" not in room.output()
    assert room.page("authors/index.html").xpath("//ul[contains(@class, 'terms')]//a/text()") == [
        "Nobody “N.” Noone",
        "Staff",
    ]


def test_an_edit_by_somebody_under_another_name(site: MakeSite) -> None:
    """A build after an edit, and one in a process that goes on, say no more than the first did."""
    room = site(files()).settle()
    room.build()
    for text in ("Other words.", "Again others."):
        room.write({HERE + "b.md": article("B", "2026-03-11", text, authors="[rashaeldin]")})
        room.build()
        assert told(room.output()) == set()
        assert "Staff" in room.text("2026/03/b/index.html")
