"""Whatever bytes come in: a harvest or a fault, never a crash, and never without an end."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from ssg.faults import errors
from ssg.ingest import Options, ingest
from ssg.ingest.reading import read
from ssg.ingest.report import to_json
from tests.ingest.mutations import PIECES, SEEDS, mutated
from tests.ingest.rendered import html_of

OPTIONS = Options()


def examine(raw: bytes) -> None:
    """What holds for the reading of any bytes."""
    harvest = ingest(raw, "a.txt", OPTIONS)
    if errors(harvest.faults):
        assert harvest.body == ""
        return
    shown = to_json(harvest)
    assert json.loads(json.dumps(shown, ensure_ascii=False).encode()) == shown
    assert "<script" not in html_of(harvest.body)
    text = read(raw, "a.txt", OPTIONS).text
    for receipts in harvest.receipts.values():
        for receipt in receipts:
            assert 0 <= receipt.start <= receipt.end <= len(text)
            assert text[receipt.start : receipt.end] == receipt.text


@settings(max_examples=120)
@given(mutated())
def test_damaged_texts_are_read_or_refused(raw: bytes) -> None:
    """Receipts quote the text as it was decoded, whatever it was."""
    examine(raw)


@pytest.mark.long
@settings(max_examples=20_000)
@given(mutated())
def test_damaged_texts_by_the_thousand(raw: bytes) -> None:
    """The same, for as long as a coffee takes."""
    examine(raw)


@pytest.mark.parametrize("piece", PIECES, ids=[piece.hex() for piece in PIECES])
def test_a_sign_repeated_comes_to_an_end(piece: bytes) -> None:
    """Nothing that is often found alone means anything in numbers."""
    examine(SEEDS[0] + piece * (6_000 // len(piece)) + SEEDS[1])


@pytest.mark.long
@pytest.mark.parametrize("piece", PIECES, ids=[piece.hex() for piece in PIECES])
def test_a_sign_repeated_beyond_reason_comes_to_an_end(piece: bytes) -> None:
    """No rule takes time out of proportion: one that takes the square does not end here."""
    raw = SEEDS[0] + piece * (150_000 // len(piece)) + SEEDS[1]
    harvest = ingest(raw, "a.txt", OPTIONS)
    assert bool(harvest.body) != bool(errors(harvest.faults))
