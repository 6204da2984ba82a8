"""The judge of raw texts: right is right in any typography, and each wrong field is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ingest.judging import FIELDS, misses

EXPECTED: dict[str, Any] = {
    "title": "Fog at “The Vane”",
    "title_is_guess": False,
    "date": "2026-03-29",
    "authors": [{"name": "Ada Quill", "bio": "Ada Quill is a reporter."}],
    "sources": [{"name": "The Skerry Wire", "url": "https://wire.example/fog"}],
    "lang": "en",
    "first_paragraph_starts_with": 'The "lamp" went',
    "last_paragraph_ends_with": "until noon.",
    "paragraphs": 2,
    "must_contain_in_body": ["5*4*3 boats"],
    "must_not_contain_in_body": ["Read also"],
}
PRINTED: dict[str, Any] = {
    "title": 'FOG AT "THE VANE"',
    "title_is_guess": False,
    "date": "2026-03-29T00:30",
    "authors": [{"name": "ADA QUILL", "bio": "Ada Quill  is a reporter."}],
    "sources": [{"name": "Skerry Wire", "url": "http://www.wire.example/fog/"}],
    "lang": "en-GB",
    "body": "The “lamp” went out, and 5\\*4\\*3 boats\n\nwaited until noon.",
}


def test_the_right_answer_is_right() -> None:
    """Case, quotation marks, blanks, the article of a name and the dress of an address are free."""
    assert misses(EXPECTED, PRINTED) == {}


BODY = PRINTED["body"]
CHANGES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "another headline": ({"title": "Fog"}, {"title"}),
    "no headline": ({"title": None}, {"title"}),
    "a guess": ({"title_is_guess": True}, {"title_is_guess"}),
    "no date": ({"date": None}, {"date"}),
    "no author": ({"authors": []}, {"author_names", "author_bios"}),
    "no bio": ({"authors": [{"name": "Ada Quill", "bio": None}]}, {"author_bios"}),
    "another source": (
        {"sources": [{"name": "AP", "url": None}]},
        {"source_names", "source_urls"},
    ),
    "no address": ({"sources": [{"name": "Skerry Wire", "url": None}]}, {"source_urls"}),
    "another language": ({"lang": "fr"}, {"lang"}),
    "a line too many": (
        {"body": "Read also\n\n" + BODY},
        {"body_first", "paragraphs", "must_not_contain"},
    ),
    "words at the end": ({"body": BODY + " Then it cleared."}, {"body_last"}),
    "stars that mark": ({"body": BODY.replace("\\", "")}, {"must_contain", "markup"}),
    "a heading": ({"body": BODY.replace("The", "# The")}, {"markup"}),
    "no body": ({"body": ""}, set(FIELDS[8:])),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_wrong_is_told(name: str) -> None:
    """Each field by itself, all or nothing."""
    change, wrong = CHANGES[name]
    assert set(misses(EXPECTED, {**PRINTED, **change})) == wrong


def test_a_refused_text_is_wrong_in_all() -> None:
    """Nothing printed, nothing right."""
    assert set(misses(EXPECTED, None)) == set(FIELDS)
