"""Rules as data."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from ssg.ingest.detect import detect
from ssg.ingest.language import agencies, language
from ssg.model import RELATIONS, ROLES

SHIPPED = [
    file.name
    for file in (files("ssg.ingest") / "languages").iterdir()
    if file.name != "detect.toml"
]
TEN = {"en", "es", "fr", "de", "it", "pt", "ru", "ar", "hi", "zh"}


def test_the_files_are_part_of_the_package() -> None:
    """Data lies beside the code, so that the wheel has it."""
    assert {"common.toml", *(f"{code}.toml" for code in TEN)} <= set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_file_is_read(name: str) -> None:
    """Each language compiles, and its values are ones the model knows."""
    words = language(name.removesuffix(".toml"))
    assert set(words.credits.roles.values()) <= set(ROLES)
    assert {form.relation for form in words.syndication} <= set(RELATIONS)
    assert all(1 <= number <= 12 for number in words.dates.months.values())


@pytest.mark.parametrize("name", SHIPPED)
def test_no_pattern_nests_repetitions(name: str) -> None:
    """A repeated group that repeats inside is what makes a pattern slow without bound."""
    text = (files("ssg.ingest") / "languages" / name).read_text("utf-8")
    patterns = [value for value in _strings(tomllib.loads(text)) if "{" in value or "(" in value]
    assert not [p for p in patterns if re.search(r"[*+}]\)[*+]", p)]


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]


@pytest.mark.parametrize("tag", ["zz", "", "../../etc", "a/b", "zz-Latn", "EN-gb"])
def test_a_language_without_a_file_has_what_holds_everywhere(tag: str) -> None:
    """No tag fails, and none reaches outside the folder."""
    words = language(tag)
    assert words.furniture.networks
    if tag != "EN-gb":
        assert not words.sections
        assert words.credits.byline.at("By Nora Quill") is None


def test_agencies_are_known_by_name_and_tag() -> None:
    """Each by every name it signs with, in small letters."""
    assert agencies()["ap"] == agencies()["associated press"] == "Associated Press"


@pytest.mark.parametrize("code", sorted(TEN))
def test_a_language_of_the_ten_knows_each_part_of_a_page(code: str) -> None:
    """Labels of writers, sources, pictures, links and lives, dates, and the fields of letters."""
    words = language(code)
    credit, furniture = words.credits, words.furniture
    for labels in (credit.byline, credit.source, credit.photo, furniture.read_also, words.bio.head):
        assert labels.longest
    assert words.names.writing_jobs - language("en").names.writing_jobs or code == "en"
    assert set(words.mail.fields.values()) == {"from", "to", "date", "subject", "other"}
    assert words.names.joiner.search(" and ") or words.names.script == "unspaced"


def test_english_labels_hold_in_every_language() -> None:
    """Templates and agencies print them on pages of any language; its own come beside them."""
    words = language("pt")
    assert words.credits.byline.at("By Nora Quill")
    assert words.credits.byline.at("Por Nora Quill")
    assert words.dates.order == "day"


def test_labels_that_are_common_words_need_their_colon() -> None:
    """A byline is "Author: X"; "Author X" is a headline."""
    words = language("en").credits
    assert words.byline_colon.with_colon("Author: Nora Quill")
    assert not words.byline.at("Author Nora Quill is back")
    assert words.byline.loosely("by Nora Quill")
    assert not words.byline.at("Bygone days")


def test_a_script_of_its_own_needs_few_common_words() -> None:
    """A sentence that says little of itself is still in Cyrillic letters."""
    said = "«Здесь никто не против прилива», сказала глава района, которая принесла с собой стул."
    assert detect(said) == "ru"
