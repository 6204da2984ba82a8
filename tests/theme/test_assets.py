"""Assets: published under names that change with their bytes, and named so by stylesheets."""

from __future__ import annotations

import re
from collections.abc import Callable

from ssg.theme.assets import fingerprint
from tests.build.newsroom import CONFIG, Files, Newsroom

MakeSite = Callable[[Files], Newsroom]


def published(files: dict[str, str]) -> dict[str, tuple[str, str]]:
    found, faults = fingerprint(
        {name: text.encode() for name, text in files.items()}, dict.fromkeys(files, "themes/x")
    )
    assert faults == ()
    return {name: (asset.place, asset.data.decode()) for name, asset in found.items()}


def test_a_name_changes_with_the_bytes() -> None:
    """Folder and ending stay; ten digits of the digest stand between."""
    one, other = published({"fonts/a.b.woff2": "1"}), published({"fonts/a.b.woff2": "2"})
    place = one["fonts/a.b.woff2"][0]
    assert re.fullmatch(r"assets/fonts/a\.b\.[0-9a-f]{10}\.woff2", place)
    assert other["fonts/a.b.woff2"][0] != place


def test_stylesheets_name_what_is_published() -> None:
    """`url()` with any quotes and `@import` are rewritten, relative to where they stand."""
    made = published(
        {
            "css/page.css": "@import 'sub/a.css';@import url(\"../b.css\");"
            "a{b:url( ../i.svg#x );c:url('../i.svg?y');d:url(u)}",
            "css/sub/a.css": "a{b:url(../../i.svg)}",
            "b.css": "",
            "i.svg": "<svg/>",
            "css/u": "",
        }
    )

    names = {key: place.removeprefix("assets/") for key, (place, _) in made.items()}
    imported, font = names["css/sub/a.css"], names["css/u"]
    assert made["css/page.css"][1] == (
        f"@import '{imported.removeprefix('css/')}';@import url(\"../{names['b.css']}\");"
        f"a{{b:url( ../{names['i.svg']}#x);c:url('../{names['i.svg']}?y');"
        f"d:url({font.removeprefix('css/')})}}"
    )
    assert made["css/sub/a.css"][1] == f"a{{b:url(../../{names['i.svg']})}}"


def test_a_font_changes_the_name_of_what_uses_it() -> None:
    """A change travels up through every stylesheet that leads to it."""
    files = {"a.css": "@import 'b.css';", "b.css": "a{b:url(c.svg)}", "c.svg": "1", "d.css": ""}
    one, other = published(files), published({**files, "c.svg": "2"})
    assert {name for name in files if one[name] != other[name]} == {"a.css", "b.css", "c.svg"}


def test_what_is_no_file_of_the_theme_stays_as_it_is() -> None:
    """Web addresses, data, fragments, paths of the site and comments."""
    text = (
        "/* url(gone.png) @import 'gone.css'; */a{b:url(https://a.example/x.png);"
        "c:url(data:image/png;base64,AA);d:url(#e);f:url('/media/x.png');g:url()}"
    )
    assert published({"a.css": text})["a.css"][1] == text


def test_a_missing_asset_is_named_on_its_line(site: MakeSite) -> None:
    """With the theme's folder, the line, and what was meant."""
    room = site(
        {
            "config.toml": CONFIG + 'theme = "mine"\n',
            "themes/mine/theme.toml": "",
            "themes/mine/assets/a.css": "a{}\nb{c:url(pier.pgn)}\n@import '../../out.css';",
            "themes/mine/assets/pier.png": "x",
        }
    )
    first, second = room.faults()
    assert (first.code, first.hint) == ("E504", 'did you mean "pier.png"?')
    assert first.place is not None
    assert (first.place.path, first.place.line, first.place.column) == (
        "themes/mine/assets/a.css",
        2,
        9,
    )
    assert second.place is not None
    assert second.place.line == 3


def test_stylesheets_that_import_each_other() -> None:
    """A ring has no digest: it is a fault."""
    files = {"a.css": b"@import 'b.css';", "b.css": b"@import 'a.css';"}
    _, faults = fingerprint(files, dict.fromkeys(files, "themes/x"))
    assert [fault.code for fault in faults] == ["E504"]


def test_the_pages_that_name_an_asset_follow_it(site: MakeSite) -> None:
    """Its digest is in the keys of those pages, and in no others'."""
    room = site(
        {
            "config.toml": CONFIG + 'theme = "mine"\n',
            "themes/mine/theme.toml": "",
            "themes/mine/assets/lost.svg": "1",
            "themes/mine/templates/404.html": '{% extends "base/404.html" %}'
            '{% block end %}{{ "lost.svg" | asset }}{% endblock %}',
        }
    )
    room.build()
    room.write({"themes/mine/assets/lost.svg": "2"})
    report = room.build()
    assert (report.rendered, report.written, report.removed) == (1, 2, 1)
