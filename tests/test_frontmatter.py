"""Front matter: read strictly, by the rules of YAML 1.2, and written so that it reads back."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.faults import Fault, Place
from ssg.frontmatter import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    Document,
    body_of,
    dump,
    parse,
    place_of,
    plain_values,
    strict,
)
from tests.frontmatters import PHRASES, blocks

PATH = "content/pages/tide.md"

# Numbers as front matter has them: those whose printed form is the one that is written.
numbers = st.integers(-(10**18) + 1, 10**18 - 1) | st.integers(-(10**6), 10**6).map(
    lambda thousandths: float(f"{thousandths / 1000:.3f}")
).filter(lambda number: not number.is_integer())
WORDS = """no yes on off ~ null true False 0 -0 007 0x1F 0o17 1_000 1e3 1.10 .5 12:30 2026-03-01
2026-03-01T09:30:00Z = << --- ... - ? : # & * ! | > % @ ` [ ] { } , ' " a:b a: #a ---a"""
BLANKS = ["", " ", " a", "a ", "a\nb", "a\n\nb", "\n", "a\n---\nb", "---\n", "key: a", "a #b", "\t"]
SIGNS = ["\x00", "\x1b[31m", "\x7f", "\x85", "\xa0a", "\u2028", "\ufeff", "\ufffe", "🎉", "قارب"]
tricky = st.sampled_from([*WORDS.split(), *BLANKS, *SIGNS, "x" * 300])
text = st.text(max_size=20) | tricky
values = st.dictionaries(
    text,
    st.recursive(
        st.none() | st.booleans() | numbers | text,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=5,
)
bodies = (st.text(max_size=60) | st.text(alphabet="-\n ab`", max_size=40)).map(
    lambda body: body.replace("\r", "").strip()
)


def read(source: str) -> Document:
    """A document that has no fault."""
    document = parse(PATH, source)
    assert isinstance(document, Document), document
    return document


def fault(source: str) -> Fault:
    """The fault of a document that has one."""
    found = parse(PATH, source)
    assert isinstance(found, Fault), found
    return found


def kinds(value: Any) -> Any:
    """A value with its kinds, so that True and 1 are told apart."""
    match value:
        case dict():
            return {key: kinds(item) for key, item in value.items()}
        case list():
            return [kinds(item) for item in value]
        case _:
            return type(value), value


# --- reading and writing ----------------------------------------------------------------


@given(values, bodies)
def test_what_is_written_reads_back(given_values: dict[str, Any], body: str) -> None:
    """Values in their order and the body come back as they went in."""
    document = read(dump(given_values, body))
    assert kinds(document.values) == kinds(given_values)
    assert list(document.values) == list(given_values)
    assert document.body.strip() == body
    assert body_of(document.text) == document.body


@given(values, bodies)
def test_writing_again_changes_nothing(given_values: dict[str, Any], body: str) -> None:
    """A file that was written once is written the same again."""
    once = dump(given_values, body)
    document = read(once)
    assert dump(document.values, document.body) == once


@given(st.text(max_size=80) | st.text(alphabet="-:\n[]{}&*!?|>'\"#ab ", max_size=80))
def test_any_text_gives_a_document_or_a_fault(source: str) -> None:
    """Whatever a file holds, nothing is raised and the place is in the file."""
    for candidate in (source, f"---\n{source}\n---\n"):
        found = parse(PATH, candidate)
        if isinstance(found, Fault):
            assert found.place is not None
            assert found.place.path == PATH
            assert found.place.line is None or found.place.line <= candidate.count("\n") + 1


@given(st.text(alphabet="-\n a\t", max_size=40), st.integers(0, 3))
def test_the_body_begins_on_the_line_that_is_said(body: str, blank: int) -> None:
    """`body_line` counts the line of the file on which the body's first line stands."""
    document = read("---\ntitle: Tide\n---\n" + "\n" * blank + body)
    below = "\n".join(document.text.split("\n")[document.body_line - 1 :])
    assert below == document.body


KEYS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,20}", fullmatch=True) | st.sampled_from(
    ["no", "y", "null", "True", "_", "a-", "title"]
)
TEXTS = st.text(max_size=40) | st.sampled_from([*PHRASES, *WORDS.split()])


@settings(max_examples=400)
@given(
    st.dictionaries(
        KEYS,
        st.recursive(
            TEXTS | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
            max_leaves=8,
        ),
        max_size=5,
    )
)
def test_the_quick_way_of_writing_gives_the_same_bytes(given_values: dict[str, Any]) -> None:
    """Whichever of the two writers was taken, nobody can tell from the file."""
    thorough = yaml.dump(
        given_values,
        Dumper=strict._Dumper,
        sort_keys=False,
        width=10_000,
        allow_unicode=True,
        default_flow_style=False,
    )
    expected = f"---\n{thorough.strip()}\n---\n\n\n".rstrip("\n")
    assert dump(given_values, "").rstrip("\n") == expected


def test_repeated_values_are_written_out() -> None:
    """A list that two keys share is written twice, since reading refuses names for values."""
    tags = ["tide", "ferry"]
    assert read(dump({"a": tags, "b": tags}, "")).values == {"a": tags, "b": tags}


def test_keys_of_the_library_are_keys_like_others() -> None:
    """`content` and `handler` are words that python-frontmatter keeps for itself."""
    given_values = {"content": "a", "handler": "b", "metadata": "c"}
    assert read(dump(given_values, "text")).values == given_values


def test_dates_are_written_without_quotes() -> None:
    """What people will edit looks as they would write it; what older readers misread is quoted."""
    written = dump({"date": "2026-03-01", "title": "no", "part": "12:30"}, "")
    assert written == "---\ndate: 2026-03-01\ntitle: 'no'\npart: '12:30'\n---\n"


# --- scalars ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-12", -12),
        ("0", 0),
        ("-0", "-0"),
        ("+5", "+5"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1234567890123456789", "1234567890123456789"),
        ("1.5", 1.5),
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("12:30", "12:30"),
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01 09:30", "2026-03-01 09:30"),
        ("2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z"),
        ("Ferry back!", "Ferry back!"),
        ("Fish & chips", "Fish & chips"),
        ("'!important'", "!important"),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_scalars(written: str, value: object) -> None:
    """Only what is a number or a truth in every reader's eyes is one; dates stay text."""
    found = read(f"---\nkey: {written}\n---\n").values["key"]
    assert kinds(found) == kinds(value)


@pytest.mark.parametrize("key", ["1", "1.5", "true", "null", "2026-03-01", "on"])
def test_keys_are_text(key: str) -> None:
    """A key that looks like a number or a truth is text all the same, at any depth."""
    assert read(f"---\n{key}: a\nextra: {{inner: {{{key}: b, z: c}}}}\n---\n").values == {
        key: "a",
        "extra": {"inner": {key: "b", "z": "c"}},
    }


# --- faults of the block ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "code", "line", "column"),
    [
        ("", "E201", 1, 1),
        ("Only text.\n", "E201", 1, 1),
        ("\n---\ntitle: a\n---\n", "E201", 1, 1),
        ("----\ntitle: a\n----\n", "E201", 1, 1),
        ("---\ntitle: a\n\nText.\n", "E202", 1, 1),
        ("---\ntitle: a\n--- text\n", "E202", 1, 1),
        ("---\ntitle: a\nkicker: [b\n---\n", "E203", 4, 1),
        ("---\ntitle: Breaking: it moves\n---\n", "E203", 2, 16),
        ("---\ntitle: @desk\n---\n", "E203", 2, 8),
        ("---\n\ttitle: a\n---\n", "E203", 2, 1),
        ("---\na: &x [1]\nb: *x\n---\n", "E203", 3, 1),
        ("---\nb: *x\n---\n", "E203", 2, 4),
        ("---\ntitle: !Hola\n---\n", "E203", 2, 1),
        ("---\ntitle: a\npart: !!int abc\n---\n", "E203", 3, 1),
        ("---\n? [a]\n: b\n---\n", "E203", 2, 3),
        ("---\ntitle: a\n...\nb: c\n---\n", "E203", 4, 1),
        ('---\ntitle: "\\ud800"\n---\n', "E203", 2, 11),
        ("---\ntitle: a\x07\n---\n", "E203", None, None),
        ("---\ntitle: a\ntags: []\ntitle: b\n---\n", "E204", 4, 1),
        ("---\nextra:\n  a: 1\n  a: 2\n---\n", "E204", 4, 1),
        ("---\n1: a\n'1': b\n---\n", "E204", 3, 1),
        ("---\n---\n", "E205", 2, 1),
        ("---\njust words\n---\n", "E205", 2, 1),
        ("---\n- a\n- b\n---\n", "E205", 2, 1),
        ("---\n# a remark\n---\n", "E205", 2, 1),
        (f"---\ntitle: {'a' * MAX_CHARACTERS}\n---\n", "E209", 1, 1),
    ],
)
def test_faults(source: str, code: str, line: int | None, column: int | None) -> None:
    """Each way in which a block can be wrong has its code and its place."""
    found = fault(source)
    assert found.place is not None
    assert (found.code, found.place.line, found.place.column) == (code, line, column)


@pytest.mark.parametrize(
    "value",
    [
        "[" * 30_000,
        "[" * 20_000 + "]" * 20_000,
        "{a: " * 10_000 + "}" * 10_000,
        "- " * 20_000,
        "? " * 20_000,
        "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    ],
)
def test_deep_values_are_refused(value: str) -> None:
    """A tower of brackets is a fault: a C stack that overflows ends the whole process."""
    assert fault(f"---\nextra:\n  {value}\n---\n").code == "E203"


def test_deep_enough_is_allowed() -> None:
    """Nobody who writes by hand comes near the limit."""
    depth = MAX_DEPTH - 1
    wide = ", ".join(["[]"] * MAX_DEPTH)
    document = read(f"---\nextra: {'[' * depth}{']' * depth}\nmore: [{wide}]\n---\n")
    assert place_of(document, ("extra", *([0] * (depth - 1)))).line == 2


@pytest.mark.parametrize("end", ["---", "---  ", "---\t"])
def test_blanks_after_the_rule_do_not_matter(end: str) -> None:
    """Nobody sees a blank at the end of a line."""
    assert read(f"{end}\ntitle: a\n{end}\n\n---\nText.").values == {"title": "a"}


def test_a_rule_in_the_body_is_the_bodys() -> None:
    """Only the first two rules bound the keys."""
    assert read("---\ntitle: a\n---\nOne\n---\nTwo\n").body == "One\n---\nTwo\n"


# --- places -----------------------------------------------------------------------------

NESTED = """\
---
title: Tide
authors:
  - ada-quill
  - {author: bo-reed, role: writing}
extra:
  depth:
    - [one, two]
---
"""


@pytest.mark.parametrize(
    ("keys", "line", "column", "length"),
    [
        ((), 1, 1, 3),
        (("nothing",), 1, 1, 3),
        (("title",), 2, 1, 5),
        (("title", "deeper"), 2, 1, 5),
        (("authors", 0), 4, 5, 9),
        (("authors", 0, "author"), 4, 5, 9),
        (("authors", 1), 5, 5, 32),
        (("authors", 1, "role"), 5, 23, 4),
        (("authors", 7), 3, 1, 7),
        (("extra", "depth", 0, 1), 8, 13, 3),
        (("title", 0), 2, 1, 5),
    ],
)
def test_place_of_a_value(keys: tuple[str | int, ...], line: int, column: int, length: int) -> None:
    """The way to a value is followed as far as the file goes with it."""
    place = place_of(read(NESTED), keys)
    excerpt = NESTED.split("\n")[line - 1]
    assert place == Place(PATH, line, column, excerpt, length)


# --- the quick way ----------------------------------------------------------------------


def agree(source: str) -> None:
    """Hold the quick way to the thorough one, wherever it is certain."""
    quick = plain_values(source)
    if quick is None:
        return
    document = read(source)
    found, body, body_line = quick
    assert kinds(found) == kinds(document.values)
    assert list(found) == list(document.values)
    assert (body, body_line) == (document.body, document.body_line)


@given(blocks)
def test_what_is_read_quickly_is_what_yaml_reads(block: str) -> None:
    """Where the quick way gives values, the thorough one gives the same and no fault."""
    agree(f"---\n{block}\n---\nText.\n")


@pytest.mark.long
@settings(max_examples=100_000)
@given(blocks | st.text(alphabet="-:\n[]{}&*!?|>'\"#ab, 1", max_size=40).map("a: ".__add__))
def test_what_is_read_quickly_is_what_yaml_reads_at_length(block: str) -> None:
    """The same, as often as minutes allow."""
    agree(f"---\n{block}\n---\nText.\n")


@given(values, bodies)
def test_what_is_written_is_read_quickly_or_not_at_all(
    given_values: dict[str, Any], body: str
) -> None:
    """What `dump` writes comes back the quick way as it went in."""
    agree(dump(given_values, body))


@pytest.mark.parametrize("word", [*WORDS.split(), *BLANKS, *SIGNS])
@pytest.mark.parametrize("form", ["{}", "'{}'", '"{}"', "[{}]", "[a, '{}']", "{{a: {}}}", "\n- {}"])
def test_tricky_words_are_read_alike(word: str, form: str) -> None:
    """Each word that is known for trouble, in each place in which a value can stand."""
    agree(f"---\nkey: {form.format(word)}\n---\n")
    agree(f"---\nkey:{form.format(word)}\nmore: a\n---\n")


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ("title: Ferry back: no", None),
        ("title: 'It''s back: at last'", {"title": "It's back: at last"}),
        ("title: Fish & chips, it's 12:30", {"title": "Fish & chips, it's 12:30"}),
        ("date: 2026-03-01\npart: 2\nshare: 0.5", {"date": "2026-03-01", "part": 2, "share": 0.5}),
        ('tags: [a, "b, c", 1.10]', {"tags": ["a", "b, c", "1.10"]}),
        ("tags:\n- a\n- b c\nx: y", {"tags": ["a", "b c"], "x": "y"}),
        (
            "sources:\n  - source: a\n    url: https://a.example/?b\n  - {source: c, part: 1}",
            {
                "sources": [
                    {"source": "a", "url": "https://a.example/?b"},
                    {"source": "c", "part": 1},
                ]
            },
        ),
        (
            "ingest:\n  raw: a.txt\n  guessed:\n  - title\n  - date\n# remark\n\nx:",
            {"ingest": {"raw": "a.txt", "guessed": ["title", "date"]}, "x": None},
        ),
        ("a: 1\na: 2", None),
        ("a: {b: 1, b: 2}", None),
        ("a:\n  b:\n- c", None),
        ("a: b\n  c", None),
        ("a:\n  b: c\n d: e", None),
        ("a: |\n  b", None),
        ("- a", None),
    ],
)
def test_what_the_quick_way_reads(block: str, found: dict[str, Any] | None) -> None:
    """It reads what people write, and leaves to YAML what it is not certain of."""
    quick = plain_values(f"---\n{block}\n---\n")
    assert (quick and quick[0]) == found
    agree(f"---\n{block}\n---\n")


@pytest.mark.parametrize("value", ["[" * 30_000, "{a: " * 10_000, "- " * 20_000])
def test_towers_are_left_to_the_thorough_way(value: str) -> None:
    """What goes too deep for it is no matter for the quick way either."""
    assert plain_values(f"---\nextra: {value}\n---\n") is None
    stairs = "\n".join(f"{' ' * depth}a:" for depth in range(2_000))
    assert plain_values(f"---\n{stairs}\n---\n") is None
