"""Bytes to text, whatever saved them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.ingest.decode import MAX_BYTES, decode

WEST = "Señora Ñuñez pagó 4 £ por el té: «¿y la leña?» — dijo. L’été à Paris, « déjà »."
EAST = "Паром снова ходит по расписанию, и команда довольна новым порядком вахт. " * 4


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_usual_encoding_gives_the_text(encoding: str) -> None:
    """With or without a byte order mark the same characters come out, and nothing is said."""
    decoded = decode(WEST.encode(encoding), "a.txt", "cp1252")
    assert decoded.text == WEST
    assert decoded.faults == ()


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_mark_that_lies_is_no_text(mark: bytes) -> None:
    """A byte order mark over bytes that break its encoding falls through to the refusal."""
    assert decode(mark + b"\x00\xd8a\x00\x00", "a.txt", "cp1252").faults[0].code == "E601"


def test_another_code_page_is_guessed_with_a_warning() -> None:
    """What does not fit the site's old encoding is guessed, and said to be."""
    decoded = decode(EAST.encode("cp1251"), "a.txt", "cp1252")
    assert decoded.text == EAST
    assert [fault.code for fault in decoded.faults] == ["W601"]


def test_the_site_names_its_old_encoding() -> None:
    """With the right legacy encoding there is nothing to warn of."""
    decoded = decode(EAST.encode("cp1251"), "a.txt", "cp1251")
    assert (decoded.text, decoded.faults) == (EAST, ())


def test_a_few_odd_bytes_are_read_as_the_site_says() -> None:
    """Three bytes tell no encoding from another, so the site's own is taken at its word."""
    assert decode("£5 – so".encode("cp1252"), "a.txt", "cp1252").text == "£5 – so"


@pytest.mark.parametrize(
    "raw",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        b"\x00\x01\x02\x03" * 50,
        b"a\x00\x00b" * 40,
        b"\x01\x02\x03\x04\x05 words",
        b"\x81",
    ],
)
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    """Pictures, programs and damage give an error with the file's name, and no text."""
    decoded = decode(raw, "a.bin", "cp1252")
    assert decoded.text == ""
    assert [fault.code for fault in decoded.faults] == ["E601"]
    assert decoded.faults[0].place is not None
    assert decoded.faults[0].place.path == "a.bin"


def test_a_stray_zero_does_not_make_another_encoding() -> None:
    """One bad byte in a good text is left for the repair, in UTF-8 as it is."""
    decoded = decode((WEST + "\0").encode(), "a.txt", "cp1252")
    assert (decoded.text, decoded.encoding) == (WEST + "\0", "utf-8")


def test_a_file_beyond_the_limit_is_refused() -> None:
    """Nothing that large is an article."""
    assert decode(b"a" * (MAX_BYTES + 1), "a.txt", "cp1252").faults[0].code == "E601"
    assert decode(b"a" * MAX_BYTES, "a.txt", "cp1252").faults == ()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")))
def test_any_text_in_utf8_comes_back(text: str) -> None:
    """UTF-8 is never taken for anything else."""
    assert decode(text.encode(), "a.txt", "cp1252").text == text.removeprefix("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """No bytes make it fail; without an error there is an encoding."""
    decoded = decode(raw, "a.txt", "cp1252")
    assert (decoded.encoding is None) == any(fault.code == "E601" for fault in decoded.faults)
