"""Lines to blocks in each layout."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.ingest.page import blocks_of

LONG = (
    "The council of the small port voted late on Monday to keep its only crane, although the "
    "crane has lifted nothing heavier than a piano since the winter storms three years ago. "
    "Supporters spoke of the skyline, and opponents of the bill for the yearly coat of paint."
)


def _texts(text: str) -> list[str]:
    return [" ".join(block.text.split()) for block in blocks_of(text)]


def test_one_paragraph_a_line() -> None:
    """Long lines under each other are paragraphs."""
    assert _texts(f"{LONG}\n{LONG}\n\nShort.\n") == [LONG, LONG, "Short."]


def test_paragraphs_between_blank_lines() -> None:
    """Blank lines part, also several and with blanks in them."""
    blocks = blocks_of("\n\n One.\n \t\n\n Two.\nThree.")
    assert [(block.text, block.gap) for block in blocks] == [
        ("One.", True),
        ("Two.", True),
        ("Three.", False),
    ]


@pytest.mark.parametrize("width", [52, 64, 72, 80])
def test_lines_broken_at_a_width_are_joined(width: int) -> None:
    """Hard-wrapped paragraphs are whole again; the lines of a byline stay apart."""
    head = "A crane that lifts nothing\n\nBy Nora Quill\nHarbour Correspondent\n\n"
    wrapped = "\n\n".join([textwrap.fill(LONG, width)] * 3)
    assert _texts(head + wrapped)[1:3] == ["By Nora Quill", "Harbour Correspondent"]
    assert _texts(head + wrapped)[3:] == [LONG] * 3


def test_one_long_address_does_not_hide_the_width() -> None:
    """A line that could not be broken is no evidence against the others."""
    wrapped = textwrap.fill(LONG, 60) + "\nhttps://port.example/" + "x" * 120 + "\nand more."
    text = "\n\n".join([wrapped, *[textwrap.fill(LONG, 60)] * 4])
    assert _texts(text)[-1] == LONG


def test_lines_broken_by_hand() -> None:
    """Lines that end a little early are still one paragraph."""
    lines = textwrap.wrap(LONG, 70)
    ragged = "\n".join(lines)
    loose = "\n".join(textwrap.wrap(LONG, 66))
    assert _texts(f"{ragged}\n\n{loose}\n\n{loose}\n\n{ragged}") == [LONG] * 4


def test_indents_and_short_ends_part_broken_paragraphs() -> None:
    """Without blank lines a new paragraph shows by its indent, or by the short line before."""
    first = textwrap.fill(LONG, 70, initial_indent="    ")
    assert _texts(f"{first}\n{first}") == [LONG, LONG]
    short = textwrap.fill(LONG + " So it is.", 70)
    assert _texts(f"{short}\n{short}") == [LONG + " So it is."] * 2


def test_items_are_not_joined() -> None:
    """A list inside broken text keeps its items."""
    wrapped = textwrap.fill(LONG, 70)
    items = "* " + "\n* ".join(["a" * 66, "b" * 66, "c" * 66])
    assert _texts(f"{wrapped}\n\n{wrapped}\n\n{items}")[2:] == ["* " + c * 66 for c in "abc"]


@pytest.mark.parametrize(
    "text",
    [
        "Facebook\nTwitter\nWhatsApp\nEmail\n",
        "A line of verse that is neither long nor short, said one.\n" * 5,
        "Roses are red\nViolets are blue\n",
    ],
)
def test_short_lines_are_not_a_broken_paragraph(text: str) -> None:
    """Lists of short lines, and whole sentences a line, are left as they are."""
    assert _texts(text) == text.split("\n")[:-1]


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        (LONG, True),
        ("Short.", False),
        ("A headline that says a good deal about cranes and pianos in ports", False),
        ("She said that the crane would stay where it is, “for good and all.”", True),
        ("x" * 161, True),
        ("码头边上周多了一座茶亭，八根柱子都是从旧渔船上拆下来的。", True),
        ("码头边上周多了一座茶亭", False),
    ],
)
def test_prose_is_told_from_labels(text: str, prose: bool) -> None:
    """A paragraph is long, or a whole sentence of some length, in any script."""
    assert blocks_of(text)[0].is_prose is prose


@given(st.text(st.sampled_from("ab .\n\t-*1\u00a0"), max_size=200))
def test_blocks_hold_every_word_once_in_order(text: str) -> None:
    """No layout loses or doubles a word, and spans lead to the words."""
    blocks = blocks_of(text)
    assert " ".join(block.text for block in blocks).split() == text.split()
    for block in blocks:
        assert len(block.text) == block.end - block.start
        assert text[block.start : block.end].split() == block.text.split()
