"""Faults: their severities, their places, and the hints that name what is near."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.faults import (
    CATALOGUE,
    Fault,
    Halt,
    Place,
    did_you_mean,
    errors,
    nearest,
    place_at,
    place_on,
)

lines = st.text(alphabet="ab \tß海", max_size=8)
texts = st.lists(lines, min_size=1, max_size=6).map("\n".join)


@pytest.mark.parametrize(
    ("code", "severity"), [("E201", "error"), ("W301", "warning"), ("N701", "note")]
)
def test_first_letter_is_severity(code: str, severity: str) -> None:
    """A code says by its first letter how bad it is."""
    assert Fault(code, "what is wrong").severity == severity


def test_errors_are_picked_out() -> None:
    """Warnings and notes do not make a run fail."""
    wrong = Fault("E302", "no such file")
    assert errors((Fault("W301", "unused"), wrong, Fault("N701", "left alone"))) == (wrong,)


def test_halt_survives_pickling() -> None:
    """A worker in another process can halt with its faults."""
    faults = (Fault("E507", "failed", Place("themes/x/templates/a.html", 3)),)
    assert pickle.loads(pickle.dumps(Halt(faults))).faults == faults


@given(texts, st.data())
def test_place_of_offset_is_where_counting_leads(text: str, data: st.DataObject) -> None:
    """The character at a place's line and column is the one at the offset."""
    offset = data.draw(st.integers(0, len(text)))
    place = place_at("a.md", text, offset, 2)
    assert place.line is not None
    assert place.column is not None
    above = text.split("\n")[: place.line - 1]
    assert sum(len(line) + 1 for line in above) + place.column - 1 == offset
    assert place.excerpt == text.split("\n")[place.line - 1]
    assert place.length == 2


@pytest.mark.parametrize("line", [0, 3, -1])
def test_line_outside_has_no_excerpt(line: int) -> None:
    """A line that the text does not have shows nothing."""
    assert place_on("a.md", "one\ntwo", line).excerpt is None


def test_excerpt_has_no_carriage_return() -> None:
    """An excerpt of a file from Windows ends where its text ends."""
    assert place_on("a.md", "one\r\ntwo\r\n", 1).excerpt == "one"


def test_near_words_are_suggested() -> None:
    """A slip of the fingers is answered with the word that was meant."""
    known = ["title", "standfirst", "dateline"]
    assert nearest("titel", known) == "title"
    assert did_you_mean("datline", known) == 'did you mean "dateline"?'


def test_far_words_are_not_suggested() -> None:
    """A word like none of the known ones gets no hint."""
    assert nearest("weather", ["title", "tags"]) is None
    assert did_you_mean("weather", []) is None


def test_codes_are_of_one_form_and_in_order() -> None:
    """A code is a letter and three digits; the catalogue goes up by hundreds."""
    assert all(re.fullmatch(r"[EWN][1-9][0-9]{2}", code) for code in CATALOGUE)
    hundreds = [int(code[1]) for code in CATALOGUE]
    assert hundreds == sorted(hundreds)


def test_every_code_of_the_program_is_in_the_catalogue(repository: Path) -> None:
    """No code is used that the reference does not explain, and none is explained for nothing."""
    used: set[str] = set()
    for path in (repository / "ssg").rglob("*.py"):
        if path.name != "faults.py":
            used |= set(re.findall(r'"([EWN][1-9][0-9]{2})"', path.read_text(encoding="utf-8")))
    assert used == set(CATALOGUE)


def test_every_code_is_tried(repository: Path) -> None:
    """Every code of the catalogue is named by a test or by an invalid site."""
    named: set[str] = set()
    for path in (repository / "tests").rglob("*"):
        if path.suffix in {".py", ".txt"}:
            named |= set(re.findall(r"\b[EWN][1-9][0-9]{2}\b", path.read_text("utf-8", "replace")))
    assert set(CATALOGUE) - named == set()
