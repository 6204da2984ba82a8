"""The larger samples beside the checkout, where they are."""

from __future__ import annotations

import json
from pathlib import Path

import markdown

from ssg.ingest import Options, ingest
from ssg.ingest.report import to_json


def test_the_real_raw_text(shared_dir: Path) -> None:
    """An article without headline and date, its source, and its author's biography."""
    for file in sorted((shared_dir / "seed").glob("*.txt")):
        raw = file.read_bytes()
        lines = raw.decode().split("\n")
        printed = to_json(ingest(raw, file.name, Options()))
        assert (printed["date"], printed["title_is_guess"]) == (None, True)
        assert printed["title"]
        assert len(printed["authors"]) == len(printed["sources"]) == 1
        assert printed["authors"][0]["bio"] in lines
        assert f"Source: {printed['sources'][0]['name']}" in lines
        assert printed["body"].split("\n\n") == [line for line in lines if line][:15]
        html = markdown.markdown(printed["body"])
        assert html.count("<p>") == 15


def test_the_cases_in_english(shared_dir: Path) -> None:
    """Credits, dates and headlines as a careful editor wrote them down."""
    for expected in sorted((shared_dir / "raw").glob("*.json")):
        case = json.loads(expected.read_text("utf-8"))
        if case["lang"] != "en":
            continue
        raw = expected.with_suffix(".txt").read_bytes()
        printed = to_json(ingest(raw, case["file"], Options()))
        assert (case["id"], (printed["date"] or "")[:10]) == (case["id"], case["date"] or "")
        assert printed["title_is_guess"] == case["title_is_guess"]
        wanted = [author["name"].casefold() for author in case["authors"]]
        assert [author["name"].casefold() for author in printed["authors"]] == wanted
        assert len(printed["sources"]) == len(case["sources"])
