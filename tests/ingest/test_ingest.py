"""The line from bytes to a harvest, as a whole."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.faults import errors
from ssg.ingest import Harvest, Options, claimed, ingest
from ssg.ingest.claims import LeftOut, View, claim_block
from ssg.ingest.language import language
from ssg.ingest.page import blocks_of
from ssg.ingest.reading import READERS, Reading, read

SHAPE = (
    "The harbour master proposed “a shared table of tides” for every boat that sails from the two "
    "piers, and the mayor answered that “most of it” could be tried before the winter.\n"
    "“We will not leave this room with a map and nothing else,” she said on the stairs.\n"
    "We are patient and we are ready,” he said. “If one more boat is held, the crane stops.”\n"
    "Source: Costa\n"
    "\n"
    "Berta Lomas is a gifted writer who has made many friends in the world of boats. She is an "
    "author of wide interests. Berta is currently working as a writer at Nine Bells Daily."
)


def _read(raw: bytes | str) -> Harvest:
    return ingest(raw.encode() if isinstance(raw, str) else raw, "a.txt", Options())


def test_an_article_with_source_and_biography_below() -> None:
    """No headline, no date, a paragraph a line: everything is found or said to be guessed."""
    harvest = _read(SHAPE)
    assert harvest.title_is_guess
    assert harvest.title == "The harbour master proposed “a shared table of tides” for every boat"
    assert harvest.date is None
    assert [(author.name, author.bio) for author in harvest.authors] == [
        ("Berta Lomas", SHAPE.rsplit("\n", 1)[1])
    ]
    assert [source.name for source in harvest.sources] == ["Costa"]
    assert harvest.body.split("\n\n") == SHAPE.split("\n")[:3]
    assert harvest.lang == "en"
    assert (harvest.faults, harvest.doubts) == ((), {})


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_change_nothing(encoding: str, line_end: str) -> None:
    """The same text saved in another way is the same article."""
    raw = SHAPE.replace("\n", line_end).encode(encoding)
    harvest, plain = _read(raw), _read(SHAPE)
    assert (harvest.body, harvest.authors, harvest.sources) == (
        plain.body,
        plain.authors,
        plain.sources,
    )


def test_blank_lines_change_nothing() -> None:
    """One paragraph a line or blank lines between them: the same article."""
    assert _read(SHAPE.replace("\n", "\n\n")).body == _read(SHAPE).body


@pytest.mark.parametrize("raw", ["", " \n\t\n", "***\n\n---\n", "By Berta Lomas", "Source: Costa"])
def test_a_text_with_nothing_to_publish(raw: str) -> None:
    """An empty file, rules alone, or credits of nothing."""
    assert [fault.code for fault in _read(raw).faults] == ["E602"]


def test_what_cannot_be_read_gives_nothing_but_the_fault() -> None:
    """A picture is no article."""
    harvest = _read(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    assert [fault.code for fault in errors(harvest.faults)] == ["E601"]
    assert (harvest.title, harvest.body, harvest.authors) == (None, "", ())


def test_a_warning_comes_with_the_article() -> None:
    """A guessed encoding does not stand in the way."""
    russian = "Паром снова ходит по расписанию, и команда очень довольна новым порядком. " * 5
    harvest = _read(russian.encode("cp1251"))
    assert [fault.code for fault in harvest.faults] == ["W601"]
    assert harvest.body == russian.strip()


@pytest.mark.parametrize(
    "paragraph",
    [
        "#1 on the list is the crane, and nobody at the harbour seems to know how that came.",
        "1986. That was the last year in which the crane lifted anything heavier than a piano.",
        "+ 4 and - 7 were the two temperatures on the day of the longest shift at the pier.",
        "> 40 is how the crew list marks those over forty, and there are five of them today.",
        "    “Dear all,” began the letter of the harbour master, printed with a deep indent.",
        "The plan is 5 * 4 * 3 boxes, and <3 is how she signs; a_b_c and R&D are on the door.",
    ],
)
def test_what_markdown_would_eat_stays(paragraph: str) -> None:
    """Such a paragraph is a paragraph, and no list, heading, quotation or code."""
    body = _read(f"{paragraph}\n\n{SHAPE}").body.split("\n\n")
    assert len(body) == 4
    assert body[0].replace("\\", "").replace("&lt;", "<") == paragraph.strip()


@pytest.mark.parametrize(
    ("lines", "markdown"),
    [
        ("• one\n• two", "- one\n- two"),
        ("• one\n\n• two", "- one\n- two"),
        ("- one\n- two", "- one\n- two"),
        ("- one\n\n- two", "\\- one\n\n\\- two"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("1) one\n2) two", "1. one\n2. two"),
        ("1. one\n\n2. two", "1\\. one\n\n2\\. two"),
        ("1. one\n\n2. two\n\n3. three", "1. one\n2. two\n3. three"),
        ("3. one\n4. two", "3\\. one\n\n4\\. two"),
        ("1. one\n3. two", "1\\. one\n\n3\\. two"),
        ("— Yes, he said.\n— No, she said.", "— Yes, he said.\n\n— No, she said."),
        ("• one\n• two\n1. three\n2. four", "- one\n- two\n\n1\\. three\n\n2\\. four"),
        ("• one\n• *two*", "- one\n- \\*two\\*"),
    ],
)
def test_lists_where_they_are_certain(lines: str, markdown: str) -> None:
    """Bullets and numbers that count from one; speech and lone marks stay paragraphs."""
    first = SHAPE.split("\n", maxsplit=1)[0]
    assert _read(f"{first}\n\n{lines}\n\n{first}").body == f"{first}\n\n{markdown}\n\n{first}"


def test_broken_lines_of_scripts_without_spaces_are_joined_without_one() -> None:
    """Where no space was, none comes."""
    line = "码头边上周多了一座茶亭八根柱子都是从旧渔船上拆下来的有的还留着船号"
    line += "搭亭子的是七十四岁的退休船工"
    text = f"{line}，\n{line}，\n{line}，\n{line}。"
    assert " " not in _read(f"{text}\n\n{text}").body


def test_a_rule_is_added_without_touching_the_line() -> None:
    """Any function of a view can claim; later rules see it."""

    def shout(view: View) -> object:
        yield from (claim_block(LeftOut(), b, "mine", 1) for b in view.free if b.text.isupper())

    view = View(blocks_of("KEEP OUT\n\nText."), language("en"))
    seen = claimed(view, [shout])  # type: ignore[list-item]
    assert [block.text for block in seen.free] == ["Text."]


def test_a_format_is_added_in_front_of_plain_text() -> None:
    """The first reader that accepts a file gives its text."""

    class Shouted:
        def accepts(self, raw: bytes, name: str) -> bool:  # noqa: ARG002
            return name.endswith(".caps")

        def read(self, raw: bytes, name: str, options: Options) -> Reading:  # noqa: ARG002
            return Reading(raw.decode().lower())

    readers = (Shouted(), *READERS)
    assert read(b"ABC", "x.caps", Options(), readers).text == "abc"
    assert read(b"ABC", "x.txt", Options(), readers).text == "ABC"


_WORDS = st.sampled_from(
    ["harbour", "crane", "tide", "gulls", "boats", "pier", "winter", "council", "voted", "quietly"]
)
_SENTENCES = st.lists(_WORDS, min_size=14, max_size=60).map(
    lambda words: " ".join(words).capitalize() + "."
)


@settings(max_examples=60)
@given(
    st.lists(_SENTENCES, min_size=3, max_size=8),
    st.sampled_from(["line", "blank", "wrap 60", "wrap 72"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_paragraphs_come_out_in_order_whatever_stands_around_them(
    paragraphs: list[str], layout: str, title: bool, byline: bool, source: bool, bio: bool
) -> None:
    """For random articles in every layout: nothing of the article lost or doubled."""
    width = int(layout.split()[1]) if " " in layout else None
    gap = "\n" if layout == "line" else "\n\n"
    parts = [
        *(["Seven gulls and a crane"] if title else []),
        *(["By Berta Lomas"] if byline else []),
        *paragraphs,
        *(["Source: Costa"] if source else []),
        *(["Berta Lomas is a reporter who covers the pier and all that floats."] if bio else []),
    ]
    raw = gap.join(textwrap.fill(part, width) if width else part for part in parts)
    harvest = _read(raw)
    assert harvest.body.split("\n\n") == paragraphs
    assert harvest.title_is_guess is not title
    assert [author.name for author in harvest.authors] == ["Berta Lomas"] * (byline or bio)
    assert [found.name for found in harvest.sources] == ["Costa"] * source


_LINES = """
By Ann Lee|By|Source: X|3 May 2021|Updated|About the author|Ann Lee|Ann Lee is a writer.
She is here.|Facebook|Tags: a|(AP) - Boats sail.|• a|1. b|- c|#|&amp;#8220;|Ã©t|\u200b|A > B|News
This story was originally published by X.|Reporting by Ann Lee; Editing by X Y|Who sails?
The writer is here.|(Photo by Ann Lee)|[[[[[[[[[[[[[[[[[[[[[[[|\r
""".replace("\n", "|").split("|")


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(_LINES)
        | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
        max_size=14,
    ),
    st.sampled_from(["\n", "\n\n"]),
)
def test_any_mixture_of_lines_is_read(lines: list[str], gap: str) -> None:
    """No mixture makes it fail; receipts are true; what is not claimed is in the body."""
    raw = gap.join(lines)
    harvest = _read(raw)
    text = raw.removeprefix("\ufeff")
    for receipts in (*harvest.receipts.values(), *harvest.doubts.values()):
        for receipt in receipts:
            assert text[receipt.start : receipt.end] == receipt.text
    if harvest.body:
        assert harvest.title is not None
    assert _read(raw) == harvest


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """Whatever lies in the inbox, there is a harvest or an error that names the file."""
    harvest = _read(raw)
    if errors(harvest.faults):
        assert all(fault.place and fault.place.path == "a.txt" for fault in harvest.faults)
    else:
        assert harvest.body or harvest.authors


@pytest.mark.parametrize(
    "piece", [" ", "[", "_a ", "* ", "&amp;", ".", '."', "((photo ", "3 May 2021 ", "â€œx ", "a\n"]
)
def test_hostile_repetition_takes_no_time(piece: str) -> None:
    """A hundred kilobytes of what regular expressions choke on: a quadratic one would hang."""
    _read(piece * (100_000 // len(piece)))


@pytest.mark.parametrize(
    "line",
    ["By Ann Lee\n", "Ann Lee is a writer.\n", "Source: X\n", "- a\n", "a b.\n\n", "A > B\n"],
)
def test_many_lines_take_no_time(line: str) -> None:
    """Tens of thousands of lines that rules look at."""
    _read(line * (100_000 // len(line)))
