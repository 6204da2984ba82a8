"""A harvest as `ssg ingest FILE --json` prints it; the keys are part of the contract."""

from __future__ import annotations

from typing import Any

from ssg.ingest.harvest import Harvest, Receipt


def to_json(harvest: Harvest) -> dict[str, Any]:
    """Plain values for `json.dumps`. Only those who wrote the text count as its authors."""
    return {
        "title": harvest.title,
        "title_is_guess": harvest.title_is_guess,
        "date": harvest.date,
        "authors": [
            {"name": author.name, "bio": author.bio}
            for author in harvest.authors
            if author.role == "reporting"
        ],
        "sources": [{"name": source.name, "url": source.url} for source in harvest.sources],
        "lang": harvest.lang,
        "body": harvest.body,
        "receipt": {
            field: [receipt_to_json(receipt) for receipt in receipts]
            for field, receipts in harvest.receipts.items()
        },
    }


def receipt_to_json(receipt: Receipt) -> dict[str, Any]:
    """The words that gave a field, where they stood, by which rule and how sure."""
    return {
        "span": [receipt.start, receipt.end],
        "text": receipt.text,
        "rule": receipt.rule,
        "confidence": receipt.confidence,
    }
