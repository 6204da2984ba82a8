"""Rules as data."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from ssg.ingest.language import agencies, language
from ssg.model import RELATIONS, ROLES

SHIPPED = [file.name for file in (files("ssg.ingest") / "languages").iterdir()]


def test_the_files_are_part_of_the_package() -> None:
    """Data lies beside the code, so that the wheel has it."""
    assert {"common.toml", "en.toml"} <= set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_file_is_read(name: str) -> None:
    """Each language compiles, and its values are ones the model knows."""
    words = language(name.removesuffix(".toml"))
    assert set(words.roles.values()) <= set(ROLES)
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
    assert words.networks
    if tag != "EN-gb":
        assert not words.sections
        assert words.byline.match("By Nora Quill") is None


def test_agencies_are_known_by_name_and_tag() -> None:
    """Each by every name it signs with, in small letters."""
    assert agencies()["ap"] == agencies()["associated press"] == "Associated Press"


def test_labels_that_are_common_words_need_their_colon() -> None:
    """A byline is "Author: X"; "Author X" is a headline."""
    pattern = language("en").byline
    assert pattern.match("Author: Nora Quill")
    assert not pattern.match("Author Nora Quill is back")
    assert pattern.match("by Nora Quill")
    assert not pattern.match("Bygone days")
