"""Shapes: what pydantic finds, in an editor's words."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from ssg.faults import Fault, Place
from ssg.shapes import (
    WRONG,
    Codes,
    Keys,
    Language,
    MaybeText,
    Shape,
    Text,
    Texts,
    Url,
    WebUrl,
    check,
    one_or_many,
    refuse,
)


class Inner(Shape):
    name: Text
    url: Url | None = None


class Outer(Shape):
    title: Text
    alt: MaybeText = ""
    tags: Texts = ()
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()
    named: dict[str, Inner] = Field(default_factory=dict)
    draft: bool = False
    part: int = Field(default=1, ge=1, le=9)
    kind: Literal["news", "opinion"] = "news"
    web: WebUrl | None = None
    lang: Language = "en"
    day: date | None = None
    extra: dict[str, Any] = Field(default_factory=dict)


CODES = Codes(unknown="E206", missing="E207", wrong="E208")


def checked(values: dict[str, Any]) -> Outer | tuple[Fault, ...]:
    """`values` in shape; the place of a fault is the way to it."""

    def locate(keys: Keys) -> Place:
        return Place(".".join(map(str, keys)))

    return check(Outer, values, codes=CODES, locate=locate)


def fault(**values: Any) -> Fault:
    """The one fault of a value."""
    found = checked({"title": "Tide", **values})
    assert isinstance(found, tuple)
    (one,) = found
    return one


def accepted(**values: Any) -> Outer:
    """A value without fault."""
    found = checked({"title": "Tide", **values})
    assert isinstance(found, Outer), found
    return found


@pytest.mark.parametrize(
    ("values", "code", "path", "message", "hint"),
    [
        ({"titel": "a"}, "E206", "titel", 'unknown key "titel"', 'did you mean "title"?'),
        (
            {"weather": 1},
            "E206",
            "weather",
            'unknown key "weather"',
            "keys of your own belong under extra",
        ),
        (
            {"inner": {"name": "a", "nam": "b"}},
            "E206",
            "inner.nam",
            'unknown key "nam"',
            'did you mean "name"?',
        ),
        (
            {"many": [{"name": "a"}, {"name": "a", "ulr": "b"}]},
            "E206",
            "many.1.ulr",
            'unknown key "ulr"',
            'did you mean "url"?',
        ),
        (
            {"named": {"a": {"name": "a", "nam": "b"}}},
            "E206",
            "named.a.nam",
            'unknown key "nam"',
            'did you mean "name"?',
        ),
        ({"inner": {}}, "E207", "inner", "inner › name is missing", None),
        ({"many": [{}]}, "E207", "many.0", "many [1] › name is missing", None),
        (
            {"title": None},
            "E208",
            "title",
            "title must be text",
            "write it in quotes if it looks like something else",
        ),
        ({"title": " \x00\u2028 "}, "E208", "title", "title: is empty", None),
        (
            {"tags": {"a": 1}},
            "E208",
            "tags",
            "tags must be a list",
            "write [one, two], or one item a line after a hyphen",
        ),
        (
            {"tags": ["a", True]},
            "E208",
            "tags.1",
            "tags [2] must be text",
            "write it in quotes if it looks like something else",
        ),
        ({"inner": "a"}, "E208", "inner", "inner must hold keys and values", None),
        ({"extra": "a"}, "E208", "extra", "extra must hold keys and values", None),
        ({"draft": "perhaps"}, "E208", "draft", "draft must be true or false", None),
        ({"draft": []}, "E208", "draft", "draft must be true or false", None),
        ({"part": "two"}, "E208", "part", "part must be a whole number", None),
        ({"part": 1.5}, "E208", "part", "part must be a whole number", None),
        ({"part": []}, "E208", "part", "part must be a whole number", None),
        ({"part": 0}, "E208", "part", "part must be 1 or more", None),
        ({"part": 10}, "E208", "part", "part must be 9 or less", None),
        (
            {"kind": "opinoin"},
            "E208",
            "kind",
            "kind must be one of news, opinion",
            'did you mean "opinion"?',
        ),
        ({"kind": 7}, "E208", "kind", "kind must be one of news, opinion", None),
        (
            {"lang": "german?"},
            "E208",
            "lang",
            'lang: "german?" is no language tag',
            "such as en, de or pt-BR",
        ),
        ({"day": "a"}, "E208", "day", "day cannot be read (date from datetime parsing)", None),
        (
            {"web": "/a"},
            "E303",
            "web",
            'web: "/a" is no web address',
            "it begins with https:// or http://",
        ),
        (
            {"inner": {"name": "{a}", "url": "data:{0}"}},
            "E303",
            "inner.url",
            'inner › url: "data:{0}" is no address for a reader',
            "allowed are https://…, http://…, mailto:… and paths of the site",
        ),
        (
            {"alt": 5},
            "E208",
            "alt",
            "alt must be text",
            "write it in quotes if it looks like something else",
        ),
    ],
)
def test_findings_in_words(
    values: dict[str, Any], code: str, path: str, message: str, hint: str | None
) -> None:
    """A finding names the key as the editor wrote it and says what may stand there."""
    assert fault(**values) == Fault(code, message, Place(path), hint)


def test_missing_at_the_top_is_at_the_top() -> None:
    """What is missing has no place of its own but that of what should hold it."""
    assert checked({}) == (Fault("E207", "title is missing", Place("")),)


def test_unknown_key_beside_a_bare_value() -> None:
    """Where the way to a key leads through something without keys, nothing is suggested."""
    from ssg.shapes import _known_keys

    assert _known_keys(Outer, ("draft", "x")) == []


def test_all_findings_at_once() -> None:
    """One run shows everything that is wrong."""
    found = checked({"titel": "a", "part": 0, "tags": [1, None, None]})
    assert isinstance(found, tuple)
    assert [(item.code, item.place and item.place.path) for item in found] == [
        ("E207", ""),
        ("E208", "tags.1"),
        ("E208", "tags.2"),
        ("E208", "part"),
        ("E206", "titel"),
    ]


def test_the_file_as_a_whole() -> None:
    """A file that is no mapping at all is named as such."""
    found = check(Outer, [], codes=CODES, locate=lambda _: Place("a"))  # type: ignore[arg-type]
    assert found == (Fault("E208", "the file must hold keys and values", Place("a")),)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("  a \t b\n\nc ", "a b c"),
        (2026, "2026"),
        (1.5, "1.5"),
        ("a\x00b\x1bc\x7fd\u2028e", "abcde"),
        ("ق\u200cا", "ق\u200cا"),
    ],
)
def test_text_is_one_clean_line(written: object, text: str) -> None:
    """Line ends become blanks, controls go, and numbers are text where text is asked for."""
    assert accepted(title=written).title == text


@given(st.text(max_size=30))
def test_text_is_clean_already(text: str) -> None:
    """Cleaning what is clean changes nothing, and no control is left."""
    found = accepted(alt=text).alt
    assert accepted(alt=found).alt == found
    assert not any(character < " " or character in "\x7f\u2028\u2029" for character in found)


def test_description_of_decoration_may_be_empty() -> None:
    """An empty text can mean something: that a picture says nothing."""
    assert accepted(alt=" ").alt == ""


def test_one_text_stands_for_a_list() -> None:
    """A single item needs no brackets."""
    assert accepted(tags="ferry").tags == ("ferry",)
    assert one_or_many(["a"]) == ["a"]


@pytest.mark.parametrize("url", ["https://a.example", "mailto:a@b.example", "/about/", "#top"])
def test_addresses_for_readers(url: str) -> None:
    """What leads somewhere from every page is an address."""
    assert accepted(inner={"name": "a", "url": url}).inner == Inner(name="a", url=url)


@pytest.mark.parametrize("url", ["javascript:a", "//a.example", "about/", "..", "a.md", "\\\\a"])
def test_no_addresses_for_readers(url: str) -> None:
    """What leads elsewhere from each page, or runs, is none."""
    assert fault(inner={"name": "a", "url": url}).code == "E303"


def test_refusal_in_the_numbers_of_the_file() -> None:
    """A validator need not know in which kind of file it works."""
    assert str(refuse(WRONG, "is {strange}")) == "is {strange}"
