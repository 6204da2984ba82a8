"""Raw text survives Python-Markdown: what was typed is what readers see."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ssg.ingest.escape import (
    escape_paragraph,
    fold,
    list_to_markdown,
    paragraphs_to_markdown,
)

EXTENSIONS = [
    "tables",
    "footnotes",
    "fenced_code",
    "def_list",
    "abbr",
    "attr_list",
    "md_in_html",
    "sane_lists",
]

NASTY = [
    "#1 in the league",
    "###### six",
    "# ",
    "1986. A good year",
    "1986.",
    "3) is not a list",
    "5 * 4 * 3 boxes",
    "*one star only",
    "marked with a star *",
    "* * *",
    "a_b_c and @net_menders_club",
    "_lead and trail_",
    "__strong__ and ___",
    "signed with a <3",
    "less < than and <b>bold</b> <!-- gone --> <https://x.example> <a@x.example>",
    "Pitch & Toss, AT&T, &amp; &#35; &#x41; &nbsp; &unknown;",
    "- minus four",
    "-5 degrees",
    "---",
    "- - -",
    "+ plus",
    "> 40 is a mark",
    ">",
    "    four spaces",
    "\ttab",
    ": a definition",
    ":",
    "===",
    "~~~",
    "~~~ python",
    "```",
    "``` x ```",
    "`code`",
    "[a](b) and [c][d] and [e] [f]",
    "![alt](src.png)",
    "![alt]",
    "[^1] and [^1]: note",
    "[id]: https://x.example 'title'",
    "*[HTML]: Hyper",
    "{: .x }",
    "text {: #id .x }",
    "{#id}",
    "| a | b |",
    "|---|---|",
    "A | B | C",
    "back\\slash \\* \\\\ \\`",
    "ends with two spaces  ",
    "https://x.example/a_b*c?x=1&y=2",
    "https://x.example/a*b*c_(d)_",
    "net_mender@boats.example and _x@boats.example",
    "[TOC]",
    "!!! note",
    "???",
    "\\",
    "\\\\",
    "\\#",
    "[ad_1]",
    "[[wiki]]",
    "(*)",
    "'tis a lone apostrophe",
    "-- dash",
    "— speech",
    "1.5 metres",
    "&",
    "AT&T",
    "&#42",
    "&#x41",
    "&amp",
    "&copy",
    "&&lt;",
    "&lt;script&gt;",
    "///Footnotes Go Here///",
    "http://[::1]/",
    "[x]:",
    "*[x]:y",
    "\x02klzzwxh:0\x03",
    "=> arrow",
    "=-=-=",
    "<div>",
    "</p>",
    "<?php",
    "<",
    "a\u00a0b",
]


class _Text(HTMLParser):
    """The paragraphs of a page, and every tag in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.tags: list[str] = []
        self.stray = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag if not attrs else f"{tag} {attrs}")
        if tag == "p":
            self.paragraphs.append("")

    def handle_data(self, data: str) -> None:
        if self.paragraphs:
            self.paragraphs[-1] += data
        else:
            self.stray += data


def _shown(source: str, extensions: list[str]) -> _Text:
    page = _Text()
    page.feed(markdown.markdown(source, extensions=extensions))
    page.close()
    return page


def _folded(text: str) -> str:
    return " ".join(text.split())


def _assert_same(texts: list[str], extensions: list[str]) -> None:
    page = _shown(paragraphs_to_markdown(texts), extensions)
    wanted = [_folded(fold(text)) for text in texts if fold(text)]
    assert [_folded(paragraph) for paragraph in page.paragraphs] == wanted
    assert set(page.tags) <= {"p"}
    assert not page.stray.strip()


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("extensions", [[], EXTENSIONS], ids=["plain", "all"])
def test_each_known_trap_prints_as_it_stands(text: str, extensions: list[str]) -> None:
    """A text that Markdown would eat comes out as it went in."""
    _assert_same([text], extensions)


@pytest.mark.parametrize("extensions", [[], EXTENSIONS], ids=["plain", "all"])
def test_no_two_traps_fuse(extensions: list[str]) -> None:
    """Any trap below any other stays a paragraph of its own."""
    for trap in NASTY:
        _assert_same([text for other in NASTY for text in (trap, other)], extensions)


_MARKS = list("*_`[]()^:#-+><&;!|~={}.\\/ \n\t1aé'\"字ش\u200d\u00a0")
_RUNS = ["  ", "42", "bc", "--", "amp", "lt;", "&amp;", "&#35;", "](", "][", "[^", "]:", "~~~"]
_PIECES = st.sampled_from([*_MARKS, *_RUNS, "```", "http://", "@x.example", "<b>"])
_TEXTS = st.lists(_PIECES, max_size=14).map("".join) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=40
)


@settings(max_examples=250)
@given(st.lists(_TEXTS, min_size=1, max_size=5), st.sets(st.sampled_from(EXTENSIONS)))
@example(["a", ": b"], {"def_list"})
@example(["[x]: y", "[x]"], set())
def test_any_text_prints_as_it_stands(texts: list[str], extensions: set[str]) -> None:
    """Paragraphs in a row come out in order, whole and apart, with any extensions."""
    _assert_same(texts, sorted(extensions))


@settings(max_examples=100)
@given(
    st.lists(_TEXTS.filter(lambda text: bool(fold(text))), min_size=1, max_size=4), st.booleans()
)
def test_list_items_print_as_they_stand(items: list[str], ordered: bool) -> None:
    """The items of a list are escaped like paragraphs, and nothing but the list is made."""
    for extensions in ([], EXTENSIONS):
        html = markdown.markdown(list_to_markdown(items, ordered=ordered), extensions=extensions)
        page = _Text()
        page.paragraphs.append("")
        page.feed(html.replace("<li>", "\n<li>"))
        page.close()
        assert _folded(page.paragraphs[0]) == _folded(" ".join(map(fold, items)))
        assert page.tags == ["ol" if ordered else "ul"] + ["li"] * len(items)


@pytest.mark.parametrize(
    "text",
    [
        "A well-known keeper, 81 years old, said so. He didn't mind.",
        "The vote (211 to 204) was close [and late].",
        "Salt & Sons paid £90 - or was it $100?",
        "The account @net_menders_club has one star *",
        "See https://boats.example/a_b?x=1&y=2#top or ask a.b@boats.example!",
        "-5 degrees at 6:10 a.m.",
        "It cost 5 > 4 | 3 and 2 = 2",
    ],
)
def test_plain_prose_is_left_alone(text: str) -> None:
    """What Markdown would not touch carries no escapes, so that an editor reads it easily."""
    assert escape_paragraph(text) == text


@pytest.mark.parametrize(
    ("text", "markdown_text"),
    [
        ("#1 wins", "\\#1 wins"),
        ("1986. A year", "1986\\. A year"),
        ("5 * 4 * 3", "5 \\* 4 \\* 3"),
        ("+ 4 and - 7", "\\+ 4 and - 7"),
        ("a <3", "a &lt;3"),
        ("&amp; so", "&amp;amp; so"),
        (": so", "&#58; so"),
        ("no[^1]", "no\\[^1]"),
    ],
)
def test_escapes_are_few(text: str, markdown_text: str) -> None:
    """One escape where one is needed."""
    assert escape_paragraph(text) == markdown_text


def test_control_characters_vanish() -> None:
    """Characters that no feed may hold never reach the Markdown."""
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", escape_paragraph("a\x00b\x0bc\x1fd\x7fe"))


def test_many_brackets_take_no_time() -> None:
    """Brackets that the converter would try pair by pair are escaped."""
    assert escape_paragraph("[" * 3000).count("\\[") == 3000
