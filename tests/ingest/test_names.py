"""Personal names in bylines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.ingest.language import language
from ssg.ingest.names import (
    identity,
    in_title_case,
    is_agency,
    is_name,
    leading_name,
    read_people,
    same_person,
    source_identity,
)

WORDS = language("en").names


@pytest.mark.parametrize(
    "name",
    [
        "Nora Quill",
        "NORA QUILL",
        "J. R. Odell",
        "J.R. Odell Jr.",
        "Ana de la Cruz",
        "Ludo van der Weide",
        "Siobhán O’Leary-Byrne",
        "Łucja Żółć",
        "سامي الحداد",
        "नोरा सिंह",
        "Ким Дунаева",
    ],
)
def test_names_are_recognised(name: str) -> None:
    """Two to five words in capitals, with particles and initials, in any script."""
    assert is_name(name, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "Monday Morning",
        "the harbour",
        "Nora",
        "Nora quill",
        "The Harbour Master",
        "Web Desk",
        "Nora Quill 3",
        "de la",
        "A Very Long Row Of Capital Words",
        "N" * 40 + " " + "Q" * 40,
        "",
    ],
)
def test_other_words_are_no_names(text: str) -> None:
    """Weekdays, articles, desks, single words and sentences."""
    assert not is_name(text, WORDS)


@pytest.mark.parametrize(
    ("text", "persons", "agencies"),
    [
        ("Nora Quill", ["Nora Quill"], []),
        ("NORA QUILL and TAM ODELL", ["Nora Quill", "Tam Odell"], []),
        ("Nora Quill, Tam Odell and Ana Reyes", ["Nora Quill", "Tam Odell", "Ana Reyes"], []),
        ("Nora Quill, Tam Odell, and Ana Reyes, KQX", ["Nora Quill", "Tam Odell", "Ana Reyes"], []),
        ("Nora Quill & Tam Odell", ["Nora Quill", "Tam Odell"], []),
        ("Nora Quill / Staff Writer", ["Nora Quill"], []),
        ("Nora Quill Parliamentary editor", ["Nora Quill"], []),
        ("Nora Quill Senior Reporter", ["Nora Quill"], []),
        ("Nora Quill, Merrow Gazette", ["Nora Quill"], []),
        ("Nora Quill, MS, RD", ["Nora Quill"], []),
        ("Nora Quill in Oskby and Tam Odell in Veld", ["Nora Quill", "Tam Odell"], []),
        ("Nora Quill (nora@tide.example)", ["Nora Quill"], []),
        ("Nora Quill @noraq", ["Nora Quill"], []),
        ("Nora Quill (*)", ["Nora Quill"], []),
        ("Nora Quill Jr.", ["Nora Quill Jr."], []),
        ("Nora Quill.", ["Nora Quill"], []),
        ("Nora Quill with AFP", ["Nora Quill"], ["AFP"]),
        ("The Associated Press", [], ["Associated Press"]),
        ("Reuters Staff", [], ["Reuters"]),
        ("Web Desk", [], []),
        ("Nora Quill; ", ["Nora Quill"], []),
    ],
)
def test_bylines_are_read_piece_by_piece(
    text: str, persons: list[str], agencies: list[str]
) -> None:
    """Persons and agencies; jobs, desks, papers, towns and addresses stand beside them."""
    people = read_people(text, WORDS)
    assert people is not None
    assert [person.name for person in people.persons] == persons
    assert [agency.name for agency in people.agencies] == agencies
    for agency in people.agencies:
        assert text[agency.start : agency.end] == agency.name


@pytest.mark.parametrize(
    "text",
    [
        "the river the boats",
        "her own count",
        "2030",
        "Nora Quill, who was there, and others told us",
    ],
)
def test_prose_is_no_byline(text: str) -> None:
    """A piece that is no name makes the whole line unread."""
    assert read_people(text, WORDS) is None


@pytest.mark.parametrize(
    ("name", "signed"),
    [
        ("NORA QUILL", "Nora Quill"),
        ("SIOBHÁN O’LEARY-MCBRIDE III", "Siobhán O’Leary-McBride III"),
        ("J.R. ODELL", "J.R. Odell"),
        ("T ODELL", "T Odell"),
        ("Nora Quill", "Nora Quill"),
        ("沈知秋", "沈知秋"),
        ("...", "..."),
    ],
)
def test_names_in_capitals_are_set_as_they_are_signed(name: str, signed: str) -> None:
    """Apostrophes, hyphens, initials and numerals keep their capitals."""
    assert in_title_case(name) == signed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. R. Odell", "J.R. Odell"),
        ("JR Odell", "j.r.  odell"),
        ("José Ñandú", "Jose Nandu"),
        ("O’Leary", "O'Leary"),
        ("Ana Reyes-Soto", "Ana Reyes Soto"),
    ],
)
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    """Case, accents, spacing, dots and apostrophes do not make two people."""
    assert identity(one) == identity(other)


def test_sources_are_equal_without_their_article_and_by_their_tag() -> None:
    """Of "The Merrow Gazette" and "Merrow Gazette" one is made; AP is the Associated Press."""
    assert source_identity("The Merrow Gazette") == source_identity("merrow gazette")
    assert source_identity("AP") == source_identity("The Associated Press")
    assert source_identity("The") == "the"
    assert is_agency("the associated press")
    assert not is_agency("Merrow Gazette")


def test_middle_names_do_not_make_two_people() -> None:
    """First and last name agree; one word alone is only itself."""
    assert same_person("Nora B. Quill", "Nora Quill")
    assert not same_person("Nora Quill", "Tam Quill")
    assert not same_person("Nora", "Nora Quill")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nora Quill is a writer", "Nora Quill"),
        ("Nora Quill, a writer, lives here", "Nora Quill"),
        ("Nora B. Quill writes", "Nora B. Quill"),
        ("Nora Quill. The boat", None),
        ("The boat", None),
        ("Nora", None),
        ("", None),
    ],
)
def test_the_name_a_text_begins_with(text: str, name: str | None) -> None:
    """As many words as belong to the name, and no more."""
    found = leading_name(text, WORDS)
    assert (found or "").rstrip(".") == (name or "")


@given(st.text(max_size=80))
def test_nothing_makes_the_reading_of_names_fail(text: str) -> None:
    """Positions lie in the text, whatever it is."""
    people = read_people(text, WORDS)
    for named in (*people.persons, *people.agencies) if people else ():
        assert 0 <= named.start < named.end <= len(text)


def test_a_sentence_that_begins_and_ends_like_a_name_is_nobody() -> None:
    """A biography that ends in its subject's handle is not their name once more."""
    life = "Nora Quill is a reporter who writes on boats and weather: @nora.quill"
    assert not same_person("Nora Quill", life)
    assert same_person("Nora Quill", "Nora Maria Teresa van der Quill")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("佐伯真由美", True), ("長谷川健太郎", False), ("関連記事一覧", False), ("経済産業省", False)],
)
def test_five_signs_are_a_name_where_the_last_closes_one(text: str, wanted: bool) -> None:
    """Japanese surnames of two signs with first names of three."""
    assert is_name(text, language("ja").names) is wanted
