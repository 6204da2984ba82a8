"""Raw texts with what a careful editor made of them: no fewer are read right than before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.judging import cases_in
from tests.ingest.score import ASIDE, CASES, FLOOR, printed, reached, results

#: Too few unseen texts would say nothing; one that was mended for is no longer unseen.
FEWEST_ASIDE = 51


@pytest.mark.parametrize("folder", [CASES, ASIDE], ids=["cases", "aside"])
def test_no_less_is_read_right_than_was_reached(folder: Path) -> None:
    """`make score ARGS=--raise-floor` keeps what a change gains; a lower floor needs its reason."""
    floor = json.loads(FLOOR.read_text("utf-8"))[folder.name]
    score = reached(results(folder))
    assert score["exact"] >= floor["exact"]
    assert score["fields"] >= floor["fields"]


def test_the_cases_are_whole() -> None:
    """Every raw text has its case and every case its raw text, in the encoding it names; no
    number stands twice; those that lie aside are as many as they were.
    """
    numbers: dict[Path, list[str]] = {}
    for folder in (CASES, ASIDE):
        cases = list(cases_in(folder))
        assert sorted(case.raw for case in cases) == sorted(folder.glob("*.txt"))
        for case in cases:
            name = case.expected["encoding"]
            python = {"utf-8+bom": "utf-8-sig"}.get(name, name.removesuffix("+bom"))
            assert case.raw.read_bytes().decode(python)
        numbers[folder] = [case.id for case in cases]
    every = [number for found in numbers.values() for number in found]
    assert len(set(every)) == len(every)
    assert len(numbers[ASIDE]) >= FEWEST_ASIDE


def test_a_process_prints_what_was_scored(tmp_path: Path, repository: Path) -> None:
    """What is scored within this process is what a user gets in a terminal."""
    raw = CASES / "33.txt"
    done = subprocess.run(
        [sys.executable, "-m", "ssg", "ingest", raw, "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(repository)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert json.loads(done.stdout) == printed(raw)
