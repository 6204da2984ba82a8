"""Bodies that would take too long are known by counting."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.config import MARKDOWN_EXTENSIONS
from ssg.content.limits import LONGEST, excess
from ssg.model import Prose
from ssg.theme import Converter, Unresolved

ARTICLE = (
    "The ferry left *an hour late*, said [the office](https://a.example/log_1 'Log'), that is\n"
    "at 6.40pm. “Nobody,” it wrote, “was hurt” – 41 people were on board.\n\n"
    "## It's the third time\n\n> Somebody ought to `answer`.\n\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ARTICLE * 300,
        "- [a link](https://a.example/some/where)\n" * 1500,
        "- *a* [link](https://a.example/) with `code`\n\n" * 700,
        "| a | b | [c](/c/) |\n|---|---|---|\n" + "| 1 | 2 | [3](/3/) |\n" * 3000,
        "".join(f"Text.[^{n}]\n\n[^{n}]: Note\n\n" for n in range(400)),
        "```python\nvalues[0][1] = f(x)\n```\n\n" * 300,
        '<p class="a">\n<a href="/x/">x</a>\n</p>\n\n' * 800,
        "> a\n> > b\n> > > c\n\n" * 300,
        "1. a\n    - b\n        - c\n\n" * 300,
        "word " * 40_000,
        "1234 5678 9012 3456 " * 500,
    ],
)
def test_what_people_write_is_within_the_limits(text: str) -> None:
    """However long the list, the table or the report."""
    assert excess(text) is None


PILES = [
    *(sign * 3000 for sign in ("[", "[a](", "[a]( ", "![", "[[a]", "[a][", "[a](</x ")),
    *(sign * 3000 for sign in ("[a](it's) ", '![a](/x "b) ', "*[a\n", "[a]:\n", "[a]: b\n'c'\n")),
    *(sign * 3000 for sign in ("<a ", "<![", "<span ", "<x://y", "<![CDATA[", "<b><!-- a -->")),
    *(sign * 5000 for sign in ("`` `", "# a\n", "***\n", "- - -\n", "a\n=\n", "``` {a}\n")),
    *(sign * 500 for sign in ("> ", ">", "- ", "1. ", "* ", "a\n: b\n")),
    *(sign * 9000 for sign in ("*a ", "a\n", "{: .a}", "\\*", "'a' ")),
    "".join("    " * depth + "- a\n" for depth in range(300)),
    "".join(f"*[A{number}]: a\n" for number in range(2000)),
    "a [^1] " * 2000 + "\n\n[^1]: a",
    "[TOC]\n\n# a\n\n" * 1200,
    "*[a]: b\n\n" + "a " * 50_000,
    "a " * LONGEST,
]


@pytest.mark.parametrize("text", PILES)
def test_piles_are_beyond_them(text: str) -> None:
    """Each would take Python-Markdown seconds or minutes, or all of Python's stack."""
    found = excess(text)
    assert found is not None
    assert 0 <= found.offset < len(text)


@given(st.text(st.sampled_from("[]()<>!`*_#=-:|\\\"'& \n\ta1.{}^~")).map(lambda text: text * 90))
def test_any_text_has_an_answer(text: str) -> None:
    """Always the same one, and within the text."""
    found = excess(text)
    assert found == excess(text)
    assert found is None or 0 <= found.offset < len(text)


@pytest.mark.long
@pytest.mark.parametrize("text", PILES)
def test_what_is_within_them_is_converted(text: str) -> None:
    """The longest beginning of a pile that is allowed is converted, in the stack there is."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if excess(text[:middle]) is None else (low, middle - 1)
    converter = Converter(MARKDOWN_EXTENSIONS, trust_html=False, home="/", fast=False)
    with suppress(Unresolved):
        converter.convert(text[:low], Prose("digest", "a.md"))
