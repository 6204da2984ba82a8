"""The JSON that scripts rely on."""

from __future__ import annotations

import json

from ssg.ingest import Options, ingest
from ssg.ingest.harvest import FoundAuthor, FoundSource, Harvest, Receipt
from ssg.ingest.report import to_json


def test_the_keys_are_those_of_the_contract() -> None:
    """Exactly these, with receipts as span, text, rule and confidence."""
    harvest = Harvest(
        title="T",
        title_is_guess=False,
        date="2026-03-01",
        authors=(FoundAuthor("Nora Quill", "Bio."), FoundAuthor("Tam Odell", role="editing")),
        sources=(FoundSource("Merrow Gazette", "https://g.example/"),),
        lang="en",
        body="B",
        receipts={"title": (Receipt(0, 1, "T", "headline.form", 0.9),)},
    )
    assert to_json(harvest) == {
        "title": "T",
        "title_is_guess": False,
        "date": "2026-03-01",
        "authors": [{"name": "Nora Quill", "bio": "Bio."}],
        "sources": [{"name": "Merrow Gazette", "url": "https://g.example/"}],
        "lang": "en",
        "body": "B",
        "receipt": {
            "title": [{"span": [0, 1], "text": "T", "rule": "headline.form", "confidence": 0.9}]
        },
    }


def test_every_harvest_is_json() -> None:
    """Also one that holds nothing; a date that is not printed is null."""
    printed = json.loads(json.dumps(to_json(ingest(b"", "a.txt", Options()))))
    assert printed["date"] is None
    assert printed["receipt"] == {}
