"""What a theme may not do is found before a page is made, on its line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.build.newsroom import CONFIG, Files, Newsroom, article

MakeSite = Callable[[Files], Newsroom]
MINE = "themes/mine/templates/article.html"
THEME = {
    "config.toml": CONFIG + 'theme = "mine"\n',
    "themes/mine/theme.toml": "",
    "themes/mine/assets/mine.css": "",
    "content/articles/2026/03/a.md": article(),
}

MISTAKES = {
    "a tag never closed": ("E502", "\n{% if view.title %}", 2, "Unexpected end", None),
    "an unknown tag": ("E502", "\n\n{% blok main %}", 3, "unknown tag", None),
    "an unknown filter": ("E502", "a\n{{ view.title | lenght }}", 2, '"lenght"', '"length"'),
    "an unknown test": ("E502", "\n{% if 1 is evenn %}{% endif %}", 2, '"evenn"', '"even"'),
    "a missing template": (
        "E503",
        '\n{% include "parts/byline.htm" %}',
        2,
        "byline.htm",
        '"parts/byline.html"',
    ),
    "a missing macro file": ("E503", '\n{% from "x.html" import y %}', 2, '"x.html"', None),
    "a missing asset": ("E504", '\n\n{{ "mine.cs" | asset }}', 3, '"mine.cs"', '"mine.css"'),
    "a computed include": ("E505", "\n{% include view.title %}", 2, "written out", None),
    "a list of includes": ("E505", '{% include ["a.html", "b.html"] %}', 1, "written out", None),
    "a computed base": (
        "E505",
        '\n{% extends "a" if view.title else "b" %}',
        2,
        "written out",
        None,
    ),
    "a computed asset": ("E505", '\n{{ ("mine" ~ ".css") | asset }}', 2, "written out", None),
    "an asset in a block": (
        "E505",
        "\n{% filter asset %}mine.css{% endfilter %}",
        2,
        "written out",
        None,
    ),
    "assets by map": (
        "E505",
        '\n{{ ["mine.css"] | map("asset") | first }}',
        2,
        "written out",
        None,
    ),
    "chance": ("E505", "\n{{ [1, 2] | random }}", 2, "the same each time", None),
    "raw text": ("E505", "\n\n{{ view.title | safe }}", 3, "escaped", None),
    "raw text in a block": (
        "E505",
        "{% filter safe %}{{ view.title }}{% endfilter %}",
        1,
        "escaped",
        None,
    ),
    "escaping switched off": (
        "E505",
        "\n{% autoescape false %}{% endautoescape %}",
        2,
        "escaping",
        None,
    ),
    "an attribute with an underscore": ("E505", "\n{{ view.__class__ }}", 2, "__class__", None),
    "an item with an underscore": ("E505", '\n{{ view["__class__"] }}', 2, "__class__", None),
    "a name with an underscore": ("E505", "\n{% set _x = 1 %}", 2, '"_x"', None),
    "an underscore by filter": ("E505", '\n{{ view | attr("__class__") }}', 2, "__class__", None),
    "itself": ("E505", '\n{% extends "article.html" %}', 2, "names itself", '"base/article.html"'),
    "a name that nothing declares": ("E505", "\n{{ vieww.title }}", 2, '"vieww"', '"view"'),
    "another page's view": (
        "E505",
        "{{ 1 }}\n{{ library.articles }}",
        2,
        '"library"',
        "view and site, nothing else",
    ),
    "no more globals": ("E505", "\n{{ lipsum() }}", 2, '"lipsum"', None),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_a_template(site: MakeSite, name: str) -> None:
    """Its code, its line, and where one is near, what was meant."""
    code, text, line, words, hint = MISTAKES[name]
    faults = site({**THEME, MINE: text}).faults()
    (fault,) = [fault for fault in faults if fault.code == code]
    assert fault.place is not None
    assert (fault.place.path, fault.place.line) == (MINE, line)
    assert fault.place.excerpt == text.split("\n")[line - 1]
    assert words in fault.message
    assert hint is None or hint in (fault.hint or "")


def test_the_first_use_of_a_name_is_shown(site: MakeSite) -> None:
    """A mistake made twice is one fault, where it comes first."""
    (fault,) = site({**THEME, MINE: "\n{{ x }}\n{{ x }}\n"}).faults()
    assert fault.place is not None
    assert fault.place.line == 2


def test_templates_that_extend_each_other(site: MakeSite) -> None:
    """A ring of templates is found, whoever is in it."""
    ring = "themes/mine/templates/ring.html"
    faults = site(
        {**THEME, MINE: '\n{% extends "ring.html" %}', ring: '{% extends "article.html" %}'}
    ).faults()
    assert {(f.code, f.place and (f.place.path, f.place.line)) for f in faults} == {
        ("E505", (MINE, 2)),
        ("E505", (ring, 1)),
    }
    assert all("through" in fault.message for fault in faults)


def test_what_templates_may_use(site: MakeSite) -> None:
    """Variables of blocks, macros, loops, imports, calls and namespaces are all declared."""
    room = site(
        {
            **THEME,
            "themes/mine/templates/parts/mine.html": "{% macro put(a, b=1) %}{{ a }}{{ b }}"
            "{{ caller() }}"
            "{{ varargs }}{{ kwargs }}{% endmacro %}{% set shared = 2 %}",
            MINE: """{% extends "base/article.html" %}
{% import "parts/mine.html" as mine %}
{% from "parts/mine.html" import put as set_down, shared %}
{% block end %}
{% set ns = namespace(n=0) %}
{% for key, value in dict(a=1).items() %}{% set ns.n = ns.n + loop.index %}{% endfor %}
{% call(x) set_down("p") %}{{ shared }}{{ say["and"] }}{% endcall %}
{% call mine.put("q") %}{{ super() }}{{ self.title is defined }}{% endcall %}
{% for n in range(2) %}{{ n }}{% endfor %}
{{ "mine.css" | asset }} {{ view.published | day }} {{ view.published | date("de", "short") }}
{{ view.published | time("en") }} {{ "2026-03" | month_name("fr") }} {{ 12345 | number("de") }}
{% endblock %}
""",
        }
    )
    room.build()
    text = room.text("2026/03/a/index.html")
    assert "2026-03-01 01.03.26" in text
    assert "12:00\u202fAM mars 2026 12.345" in text


def test_a_template_fails_on_its_line(site: MakeSite) -> None:
    """A field that a view has not is a fault of the line that asks for it."""
    (fault,) = site({**THEME, MINE: "{{ view.head }}\n{{ view.titel }}\n"}).faults()
    assert fault.code == "E507"
    assert fault.place is not None
    assert (fault.place.path, fault.place.line) == (MINE, 2)
    assert "'titel'" in fault.message
    assert "/2026/03/a/index.html (from content/articles/2026/03/a.md)" in fault.message
    assert fault.hint == 'did you mean "title"?'


def test_a_page_must_print_its_head(site: MakeSite) -> None:
    """A theme cannot lose the address, the feeds and the credits that stand there."""
    (fault,) = site({**THEME, MINE: "<h1>{{ view.title }}</h1>\n"}).faults()
    assert fault.code == "E505"
    assert fault.message == "article.html never prints view.head"
    assert fault.place is not None
    assert fault.place.path == MINE


def test_a_template_that_divides_by_nothing(site: MakeSite) -> None:
    """Whatever fails in a template is its fault, by the name of what went wrong."""
    (fault,) = site({**THEME, MINE: "{{ view.head }}\n\n{{ 1 / 0 }}"}).faults()
    assert fault.code == "E507"
    assert fault.place is not None
    assert fault.place.line == 3
    assert "ZeroDivisionError: division by zero" in fault.message


def test_a_chain_without_a_template(site: MakeSite) -> None:
    """A template that no theme of the chain has is a fault that names the chain."""
    from ssg.theme.inspection import inspect
    from ssg.theme.themes import Theme

    _, faults = inspect(Theme(("mine", "base"), {}, {}), ["article.html"])
    (fault,) = faults
    assert fault.code == "E503"
    assert fault.message == 'no theme of the chain mine → base has the template "article.html"'


@pytest.mark.parametrize(
    ("files", "code", "place", "words"),
    [
        ({"config.toml": CONFIG + 'theme = "basse"'}, "E501", "config.toml", '"basse"'),
        ({"themes/mine/theme.toml": 'extends = "bas"'}, "E501", "config.toml", "mine extends it"),
        ({"themes/mine/theme.toml": "extends ="}, "E506", "themes/mine/theme.toml", "TOML"),
        ({"themes/mine/theme.toml": 'extend = "base"'}, "E506", "themes/mine/theme.toml", "extend"),
        (
            {"themes/mine/theme.toml": 'extends = "mine"'},
            "E506",
            "themes/mine/theme.toml",
            "mine → mine",
        ),
        ({"themes/mine/theme.toml": b"\xff"}, "E306", "themes/mine/theme.toml", "UTF-8"),
        ({MINE: b"\xff"}, "E306", MINE, "UTF-8"),
    ],
)
def test_a_theme_that_cannot_be_had(
    site: MakeSite, files: dict[str, str | bytes], code: str, place: str, words: str
) -> None:
    """No such theme, a chain that never ends, or files that cannot be read."""
    (fault,) = site({**THEME, **files}).faults()
    assert fault.code == code
    assert fault.place is not None
    assert fault.place.path == place
    assert words in fault.message
    if code == "E501":
        assert fault.hint == 'did you mean "base"?'


def test_a_theme_name_that_is_like_no_other(site: MakeSite) -> None:
    """The hint lists what there is."""
    (fault,) = site({**THEME, "config.toml": CONFIG + 'theme = "xyzzy"'}).faults()
    assert fault.hint is not None
    assert "base" in fault.hint
    assert "mine" in fault.hint


def test_what_editors_leave_behind(site: MakeSite) -> None:
    """A byte order mark prints nothing; hidden files and links out of the theme are not read."""
    room = site(
        {
            **THEME,
            "themes/mine/theme.toml": "\ufeffname = 'x'",
            MINE: '\ufeff{% extends "base/article.html" %}',
            "themes/mine/templates/.article.html.swp": b"\xff{% nothing",
            "themes/mine/templates/.git/x.html": "{{ x }}",
        }
    )
    (room.folder / "themes/mine/templates/out.html").symlink_to(room.folder / "config.toml")
    room.build()
    assert room.text("2026/03/a/index.html").startswith("<!doctype html>")
