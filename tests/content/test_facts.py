"""Facts: words, first sentences and references, found without converting a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from ssg.content import facts
from ssg.content.facts import EXCERPT_LENGTH, facts_of
from ssg.ingest.escape import paragraphs_to_markdown
from ssg.model import Reference

MARKUP = "ab \n`~[]()<>!\"'\\*_#{}:&;|^=-.…。海"


def targets(text: str) -> list[str]:
    """What a text refers to, in order."""
    return [reference.target for reference in facts_of(text, 1).references]


@given(st.text(max_size=200) | st.text(alphabet=MARKUP, max_size=200))
def test_any_text_has_facts(text: str) -> None:
    """Nothing that can be written raises, and every reference stands where it is said to."""
    facts = facts_of(text, 7)
    lines = text.split("\n")
    assert len(facts.excerpt) <= EXCERPT_LENGTH + 1
    assert facts.words <= len(text)
    for reference in facts.references:
        assert lines[reference.line - 7][reference.column - 1 :]
    places = [(reference.line, reference.column) for reference in facts.references]
    assert places == sorted(places)


# Openings without an end, nests, and runs that patterns try again from every place in them.
NASTY = [
    "[", "]", "(", ")", "](", "[](", "[a](", "[](()", "](x)", "]( a '", '](a "', "[a]: ", "[^",
    "![", "{:", "`", "`` ` ", "``` `` ` ", "```\n", "```a`\n", "~~~a\n", "`````` x\n", "(`",
    "\\`", "\\", "<", "<a ", "<!--", "href=", "href =  ", 'src="', '"', "'", "_", "*", "a_",
    "&amp;", "&#", " ", "\n", "\n\n", "\t", "#", "|", "海", "。", f"](a {' ' * 1900}b)",
]  # fmt: skip


@pytest.mark.parametrize("piece", NASTY)
def test_time_grows_with_the_length(piece: str) -> None:
    """A quarter of a megabyte of unclosed markup is read in one go: a square would take hours."""
    run = piece * (200_000 // len(piece))
    real = " <b> [x](y.md) \n\n[z]: y\n"
    for text in (run + real, real + run, f"x {run}{real}", f"a{run}b{real}", f"{real}\n\n{run}"):
        assert facts_of(text, 1).words > 0


# --- references -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain [brackets] and (more)", []),
        ("[ferry](../10/ferry.md)", ["../10/ferry.md"]),
        ('![nets](/media/nets.jpg "Nets, drying")', ["/media/nets.jpg"]),
        ("[a]( <b c.md>  'd' )", ["b c.md"]),
        ("[a](b_(c).md) (d)", ["b_(c).md"]),
        ("[a](b (c) [d](e.md)", ["e.md"]),
        ("[a]()", [""]),
        (r"\[a\](b)", []),
        (r"[a\\](b)", ["b"]),
        ("[a](b\nc)", ["b\nc"]),
        ("[a][b]\n\n[b]: c.md 'Title'\n  [d]: <e.md>\n", ["c.md", "e.md"]),
        ("[^1]: See [b](c.md)", ["c.md"]),
        ("[^1]: See\n[Editor]: this was late\n", []),
        ("[a]:\n  b.md\n\n[c]: d.md\n 'Title'\n", ["b.md", "d.md"]),
        ("<b> and src=main.c", []),
        ("a < b, href=c", []),
        ("<a href='b.md'>c</a> <img SRC = d.png>", ["b.md", "d.png"]),
        ('<video poster="e.jpg">', ["e.jpg"]),
        ("<blockquote cite=a.md>", ["a.md"]),
        ("](" + "x" * 3000 + ")", []),
    ],
)  # fmt: skip
def test_references(text: str, found: list[str]) -> None:
    """Addresses are found wherever Markdown and HTML write one."""
    assert targets(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`[a](b)` [c](d)", ["d"]),
        ("`` [a](b) ` [c](d) `` [e](f)", ["f"]),
        ("` [a](b)", ["b"]),
        ("`` [a](b) ` [c](d)", ["b", "d"]),
        ("```[a](b)` [c](d) `e`", ["b", "d"]),
        ("``[a](b)` [c](d) ```", ["b", "d"]),
        ("`````` `` [a](b)", ["b"]),
        ("\\`[a](b)\\`", ["b"]),
        ("\\\\`[a](b)`", []),
        ("\\``[a](b)`", []),
        ("`[a](b)\n[c](d)`", ["b", "d"]),
        ("```\n[a](b)\n```\n[c](d)", ["d"]),
        ("```python\n[a](b)\n```  \n[c](d)", ["d"]),
        ("~~~ {.toml}\n[a](b)\n~~~\n[c](d)", ["d"]),
        ("``` py hl_lines='1 2'\n[a](b)\n```\n", []),
        ("````\n[a](b)\n```\n[c](d)\n````\n[e](f)", ["f"]),
        ("```\n[a](b)\n````\n", ["b"]),
        ("```\n[a](b)\n~~~\n", ["b"]),
        ("``` two words\n[a](b)\n```\n", ["b"]),
        ("```\n```\n[a](b)\n", ["b"]),
        ("    [a](b)\n", ["b"]),
    ],
)
def test_code_refers_to_nothing(text: str, found: list[str]) -> None:
    """What is code beyond doubt is left alone, and nothing but that."""
    assert targets(text) == found


SIGNS = "[]()!^:` a~\n\\\"'<>"


@given(st.text(alphabet=SIGNS, max_size=30), st.text(alphabet=SIGNS, max_size=30))
def test_no_link_is_missed(before: str, after: str) -> None:
    """What the converter makes a link of is a reference: a link that was missed is refused."""
    text = f"{before}[x](target.md){after}"
    converter = Markdown(extensions=["fenced_code", "footnotes", "tables"])
    if 'href="target.md"' in converter.convert(text):
        assert "target.md" in targets(text)


@given(st.text(alphabet=SIGNS + "\n\n.1", max_size=60))
def test_a_raw_text_refers_to_nothing(raw: str) -> None:
    """Brackets that somebody typed in a raw text are escaped, and escaped ones are no links."""
    assert targets(paragraphs_to_markdown(raw.split("\n\n"))) == []


@given(
    st.lists(
        st.sampled_from(
            ["[a](b.md)", '[a](b "c")', "[", "](", ")", "(", "\\", "\n", " ", "\n\n", "<x>"]
        )
        | st.text(alphabet=SIGNS, max_size=4),
        max_size=12,
    ).map("".join)
)
def test_links_written_plainly_are_those_that_are_found_in_full(text: str) -> None:
    """The short way to a text's links is taken only where it leads to the same ones."""
    plain = facts._plain_targets(text)
    assert plain is None or plain == sorted(facts._inline_targets(text))


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("[a](b.md) c\n\nd ![e](f.jpg 'g')", True),
        ("[a [b](c)](d)", False),
        ("[a](b_(c).md)", False),
        ("a](b.md)", False),
        (r"\[a](b.md)", False),
        ("[a\n \nb](c.md)", False),
        ("[a](b.md", False),
    ],
)
def test_ordinary_links_are_found_the_short_way(text: str, is_plain: bool) -> None:
    """The short way serves what people mostly write, and leaves the rest alone."""
    assert (facts._plain_targets(text) is not None) == is_plain


def test_places_count_from_the_files_first_line() -> None:
    """A reference knows its line in the file and its column in the line."""
    text = "One [two](a.md).\n\n`code` ![](b.png)\n[c]: d.md\n"
    assert facts_of(text, 5).references == (
        Reference("a.md", 5, 11),
        Reference("b.png", 7, 12),
        Reference("d.md", 8, 6),
    )


# --- excerpts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("", ""),
        ("# Heading\n\n> Quoted\n\n- item\n\nProse at last.", "Prose at last."),
        ("\n\nTwo\nlines.\n\nMore.", "Two lines."),
        ("A *b* **c** `d` _e_ f_g_h __i__", "A b c d e f_g_h i"),
        ("A [b](c.md), [d][e] ![f](g)[^1] <b>h</b>", "A b, d h"),
        ("5 \\* 4 \\_ &amp; &lt;3", "5 * 4 _ & <3"),
        ("Only `code", "Only code"),
        ("1. item\n\n    code\n\n---\n\n| a |", ""),
        ("a__", "a"),
    ],
)
def test_excerpts(text: str, excerpt: str) -> None:
    """The first paragraph that is prose, without its markup."""
    assert facts_of(text, 1).excerpt == excerpt


@given(st.text(alphabet=MARKUP, max_size=80))
def test_patterns_that_are_not_tried_would_change_nothing(text: str) -> None:
    """A text without the signs that a pattern needs is the same without it."""
    thorough = text
    for pattern, kept, _ in facts._MARKUP:
        thorough = pattern.sub(kept, thorough)
    assert facts._plain(text) == thorough


def test_long_excerpts_end_with_a_sentence() -> None:
    """Whole sentences while they fill a third of the room."""
    sentences = "The tide rose early. " * 20
    excerpt = facts_of(sentences, 1).excerpt
    assert len(excerpt) <= EXCERPT_LENGTH
    assert excerpt.endswith("early.")


def test_long_excerpts_in_scripts_without_blanks() -> None:
    """A full stop of a script without blanks ends a sentence too."""
    assert facts_of("潮が早く満ちた。" * 60, 1).excerpt.endswith("満ちた。")


def test_long_sentences_end_with_a_whole_word() -> None:
    """What has to be cut in a sentence shows that it was."""
    excerpt = facts_of("Short. " + "and the boats, " * 30, 1).excerpt
    assert len(excerpt) <= EXCERPT_LENGTH + 1
    assert excerpt.endswith(("boats…", "the…", "and…"))


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one two\nthree", 3), ("潮が満ちた。", 5), ("潮 tide", 2), ("น้ำขึ้น high – 高", 6)],
)
def test_words(text: str, words: int) -> None:
    """Words are counted between blanks, and characters where a script has none."""
    assert facts_of(text, 1).words == words


BLANKS = "".join(chr(number) for number in range(0x3001) if chr(number).isspace())


@given(st.text(max_size=60) | st.text(alphabet=f"ab海é“{BLANKS}", max_size=60))
@example("a\u2009b\x1cc\xa0d\x85")
def test_words_are_what_blanks_part(text: str) -> None:
    """Counted quickly or by taking the text apart, there are as many words."""
    unspaced = facts._UNSPACED.findall(text)
    words = (
        re.findall(r"\S*\w\S*", facts._UNSPACED.sub(" ", facts._MARKS.sub("", text)))
        if unspaced
        else text.split()
    )
    assert facts_of(text, 1).words == len(words) + len(unspaced)
