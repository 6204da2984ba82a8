"""The fast paths change the time that a body takes, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from itertools import chain, combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ssg.config import DEFAULT_EXTENSIONS, MARKDOWN_EXTENSIONS
from ssg.model import Prose, Target
from ssg.theme import Converter, Unresolved, direct, markdown, plain
from tests.theme.nasty import LINES, nasty_texts

TARGETS = (
    Target("b.md", "/news/b/"),
    Target("held.md", None),
    Target("odd.md", '/news/"odd"/?<a>&b&amp;c'),
    Target("x.png", "/news/media/x.png", 30, 20),
)
PROSE = Prose("digest", "content/articles/2026/03/a.md", TARGETS)

ARTICLE = """\
The last ferry of the evening left Merrow *an hour late* on Monday, with 41 people on board.
Nobody was hurt.

“We were **told nothing**,” said Ada Quill, who waits for [the harbour office](/about/) to
answer – as do others at Lamb & Sons.

## What is known so far

The engine stopped off the Narrows at 6.40pm; the [lifeboat](https://lifeboat.example/log/7) was
called at once.

> It is the third time this winter, and the third time that nobody picks up the phone.

> Somebody ought to.

1,200 passengers a week use the line, which costs £3.50 (€4) and is owned by the town: see
[our story of May](b.md) &amp; the file_name_here.
"""


def outcome(converter: Converter, text: str) -> str:
    """What becomes of a body: its HTML, or the reference that is refused."""
    try:
        return str(converter.convert(text, PROSE))
    except Unresolved as error:
        return f"refused: {error.reference}"


class _Parsing(Converter):
    """Goes to Python-Markdown with every body, with our extension for plain prose."""

    def directly(self, _: str, /) -> str | None:
        return None


@cache
def converters(extensions: tuple[str, ...]) -> tuple[Converter, Converter, Converter]:
    """Python-Markdown as it is, with plain prose spared, and not at all where it can be."""
    return (
        Converter(extensions, trust_html=False, home="/news/", fast=False),
        _Parsing(extensions, trust_html=False, home="/news/"),
        Converter(extensions, trust_html=False, home="/news/"),
    )


def assert_same(text: str, extensions: tuple[str, ...]) -> None:
    slow, parsing, fast = converters(extensions)
    expected = outcome(slow, text)
    assert outcome(parsing, text) == expected
    assert outcome(fast, text) == expected


def subsets() -> Iterable[tuple[str, ...]]:
    """Every combination of the extensions that a site may name."""
    sizes = range(len(MARKDOWN_EXTENSIONS) + 1)
    return chain.from_iterable(combinations(MARKDOWN_EXTENSIONS, size) for size in sizes)


# What reads the text of plain paragraphs; the others are told by their signs.
READING = ("abbr", "attr_list", "def_list", "footnotes", "smarty", "tables", "toc")

EXTENSIONS = st.one_of(
    st.just(DEFAULT_EXTENSIONS),
    st.just(MARKDOWN_EXTENSIONS),
    st.sets(st.sampled_from(MARKDOWN_EXTENSIONS)).map(lambda names: tuple(sorted(names))),
)

WORDS = st.sampled_from(
    ["The ferry", "left", "6.40pm", "Ada Quill", "(a)", "“b”", "1986", "über", "東京", "x", "AB"]
)
SIGNS = st.sampled_from([*"*_`~[]()<>&|\\#!-+=:;.'\"{}^ \n\t", "**", "](", "  \n", "\n\n", "&amp;"])
PIECES = st.one_of(WORDS, SIGNS, st.sampled_from(LINES), st.text(max_size=3))
SOUP = st.lists(PIECES, max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda glue: glue.join(pieces))
)


@st.composite
def edited_articles(draw: st.DrawFn) -> str:
    """An article into which somebody has typed a few things, or cut a few out."""
    text = ARTICLE
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.sampled_from([0, 0, 1, 2]))
        text = text[:at] + draw(PIECES) + text[at + cut :]
    return text


TEXTS = st.one_of(SOUP, edited_articles(), st.text())


@pytest.mark.parametrize("extensions", [DEFAULT_EXTENSIONS, MARKDOWN_EXTENSIONS])
def test_nasty_lines_come_out_the_same(extensions: tuple[str, ...]) -> None:
    """Every line of the corpus, wherever it stands."""
    for text in nasty_texts():
        assert_same(text, extensions)


def test_no_number_of_subheads_is_too_much() -> None:
    """However many follow without an empty line, there is room in the stack."""
    text = "## Head\n" * 1200 + "Text"
    fast = converters(DEFAULT_EXTENSIONS)[2]
    assert (fast.directly(text) or "").count("<h2>") == 1200
    assert_same("## Head\n" * 60 + "Text", DEFAULT_EXTENSIONS)


@given(text=TEXTS, extensions=EXTENSIONS)
@example(text="##\r[0](b.md)", extensions=DEFAULT_EXTENSIONS)
@settings(max_examples=500, deadline=None)
def test_any_text_comes_out_the_same(text: str, extensions: tuple[str, ...]) -> None:
    """Byte for byte, with any of the extensions that a site may name."""
    assert_same(text, extensions)


@pytest.mark.long
@given(text=TEXTS, extensions=EXTENSIONS)
@settings(max_examples=100_000, deadline=None)
def test_many_texts_come_out_the_same(text: str, extensions: tuple[str, ...]) -> None:
    """As above, for longer."""
    assert_same(text, extensions)


@pytest.mark.long
def test_nasty_lines_with_every_combination() -> None:
    """The corpus, in fewer places, with all combinations of extensions that read plain text."""
    texts = list(nasty_texts())
    for number, extensions in enumerate(subsets()):
        for text in texts[number % 53 :: 53]:
            assert_same(text, extensions)


@pytest.mark.parametrize("extensions", [(), DEFAULT_EXTENSIONS, READING])
def test_news_needs_no_tree(extensions: tuple[str, ...]) -> None:
    """The way that is tested here is the one that articles take."""
    fast = converters(extensions)[2]
    assert outcome(fast, ARTICLE) == fast.directly(ARTICLE)


def test_plain_prose_is_spared() -> None:
    """In a body that needs Python-Markdown, paragraphs that do not are passed over."""
    text = "Plain prose.\n\n- a list\n\nMore of it."
    parsing = Converter(DEFAULT_EXTENSIONS, trust_html=False, home="/")
    assert parsing.directly(text) is None
    seen: list[str] = []
    instance = parsing._instance(raw=False)
    inner = instance.treeprocessors["inline"]
    before = inner._InlineProcessor__handleInline  # type: ignore[attr-defined]

    def watch(data: str, index: int = 0) -> Any:
        seen.append(data)
        return before(data, index)

    inner._InlineProcessor__handleInline = watch  # type: ignore[attr-defined]
    parsing.convert(text, PROSE)
    assert "a list" in seen
    assert not [data for data in seen if "prose" in data or "More" in data]


def test_extensions_of_a_site_see_every_body() -> None:
    """Nobody knows what they do to plain prose. The switch in config.toml does the same."""
    own = ("markdown.extensions.smarty:SmartyExtension",)
    assert not Converter(own, trust_html=False, home="/").fast
    assert not Converter((), trust_html=False, home="/", fast=False).fast


# --- a recogniser that is too lax is noticed ----------------------------------------------

SIGNS_SET = r"\\`*_\[\]<>&|\t\r\x02\x03"
STARTS_SET = r"\s#=\-+:~"

# Each is a piece of our sources and what takes its place. That `<` is a sign is for order
# alone: what it means takes `>` as well.
MUTATIONS = [
    *(
        (SIGNS_SET, SIGNS_SET.replace(sign, "", 1))
        for sign in (r"\\", "`", "*", "_", r"\[\]", ">", "&", "|", r"\t", r"\r", r"\x02", r"\x03")
    ),
    *(
        (STARTS_SET, STARTS_SET.replace(start, "", 1))
        for start in (r"\s", "#", "=", r"\-", "+", ":", "~")
    ),
    (r'NUMBERED: Final = r"\d+\.[ ]"', 'NUMBERED: Final = r"[0-9]+[.][ ]"'),
    (r'NUMBERED: Final = r"\d+\.[ ]"', 'NUMBERED: Final = r"(?!)"'),
    (r"(?:(?<!  )\n{_LINE})", r"(?:\n{_LINE})"),
    (' and not self.parser.state.isstate("list")', ""),
    ("paragraph.text = str(paragraph.text)", "pass"),
    (r"(?<!!\[) (?P<words>", "(?P<words>"),
    (r"[^\s()'\"*&", r"[^\s'\"*&"),
    (r"[^\s()'\"*&", r"[^\s()*&"),
    (r"(?<=_) (?<![\w*_]_)", r"(?<=_)"),
    (r"(?<=[^\W_]_) (?=[^\W_])", "(?<=_)"),
    (r"(?<=&) (?!\#)", "(?<=&)"),
    (r"|(?<=  \n))", ")"),
    (r'rf"\n(?:[{STARTS}>|]', r'rf"\n(?:[{STARTS}|]'),
    ("#{2,6}", "#{1,6}"),
    (r"[^#\\\r\n]+", r"[^\\\r\n]+"),
    ('.replace(_BETWEEN_QUOTES, "\\n")', ""),
    (', "--", "..."', ', "..."'),
    (', "--", "..."', ', "--"'),
    ("""("'", '"',""", """('"',"""),
    ("""("'", '"',""", """("'","""),
    ('if html == text and "&" not in text:', 'if "&" not in text:'),
    ('if html == text and "&" not in text:', "if html == text:"),
    ('" ".join(heading.split())', "heading"),
    ('.replace(\'"\', "&quot;")', ""),
]


def mutant(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Puts the two modules in place with a piece of their source exchanged."""
    sources = {}
    for module in (plain, direct):
        assert module.__file__
        sources[module.__name__] = Path(module.__file__).read_text(encoding="utf-8")
    assert sum(source.count(old) for source in sources.values()) >= 1, old
    for name, source in sources.items():
        made = ModuleType(name)
        monkeypatch.setitem(sys.modules, name, made)
        exec(compile(source.replace(old, new), name, "exec"), made.__dict__)
    monkeypatch.setattr(markdown, "Direct", sys.modules[direct.__name__].Direct)
    monkeypatch.setattr(markdown, "PlainExtension", sys.modules[plain.__name__].PlainExtension)


@cache
def expected() -> list[tuple[str, tuple[str, ...], str]]:
    """What Python-Markdown makes of the corpus."""
    return [
        (text, extensions, outcome(converters(extensions)[0], text))
        for extensions in (DEFAULT_EXTENSIONS, MARKDOWN_EXTENSIONS)
        for text in nasty_texts()
    ]


@pytest.mark.parametrize(("old", "new"), MUTATIONS)
def test_what_is_too_lax_is_noticed(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The corpus fails when any of the conditions is left out."""
    mutant(monkeypatch, old, new)

    @cache
    def made(extensions: tuple[str, ...]) -> tuple[Converter, Converter]:
        return (
            Converter(extensions, trust_html=False, home="/news/"),
            _Parsing(extensions, trust_html=False, home="/news/"),
        )

    def without_tree(text: str, extensions: tuple[str, ...]) -> str | None:
        converter = made(extensions)[0]
        converter.addresses.targets = {target.reference: target for target in TARGETS}
        return None if "<" in text else converter.directly(text)

    assert any(
        without_tree(text, extensions) not in {None, html} for text, extensions, html in expected()
    ) or any(outcome(made(extensions)[1], text) != html for text, extensions, html in expected())
