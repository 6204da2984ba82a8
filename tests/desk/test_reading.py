"""Raw texts read on several processors: who reads them changes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.raws import raw_texts
from ssg.cli.inbox import readers_of
from ssg.config import Config
from ssg.desk import Report, ingest_files, intake
from ssg.desk.reading import Read, Readers, Text, harvests, read_text
from ssg.ingest import Options

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
CONFIG = Config(title="The Vane", base_url="https://vane.example/", timezone="Europe/Oslo")
# More than are read in the process that asks.
NUMBER = 140


def elsewhere() -> Executor:
    """Somebody else's executor."""
    return ThreadPoolExecutor(2)


def taken_in(site: Path, readers: Readers | None) -> Report:
    inbox = site / "content/inbox"
    inbox.mkdir(parents=True)
    for name, raw in raw_texts(NUMBER):
        (inbox / name).write_bytes(raw)
        os.utime(inbox / name, (NOW.timestamp(), NOW.timestamp()))
    return ingest_files(site, (), CONFIG, now=NOW, readers=readers)


def contents(site: Path) -> dict[str, bytes]:
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("workers", ["serial", "processes:2", "threads:2", f"{__name__}:elsewhere"])
def test_who_reads_changes_nothing(tmp_path: Path, workers: str) -> None:
    """The same files with the same bytes, the same report in the same order."""
    alone = taken_in(tmp_path / "alone", None)
    assert taken_in(tmp_path / "shared", readers_of(workers)) == alone
    assert contents(tmp_path / "shared") == contents(tmp_path / "alone")


def test_more_than_fits_into_memory_is_read_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parts follow each other, and nothing tells that there were any."""
    alone = taken_in(tmp_path / "alone", None)
    parts: list[int] = []

    def readers(texts: Sequence[Text], options: Options) -> Iterable[Read]:
        parts.append(len(texts))
        return (read_text(text, options) for text in reversed(texts))

    monkeypatch.setattr(intake, "_MAX_HELD", 100_000)
    assert taken_in(tmp_path / "parts", readers) == alone
    assert sum(parts) == NUMBER
    assert len(parts) > 1


@given(st.permutations(range(9)))
def test_what_is_read_early_waits_for_its_turn(order: list[int]) -> None:
    """Harvests come in the order of the texts, in whatever order they were read."""
    texts = [(f"{number}.txt", f"Boat {number} came in late, again.".encode()) for number in order]

    def readers(placed: Sequence[Text], options: Options) -> Iterable[Read]:
        return (read_text(placed[at], options) for at in order)

    found = harvests(texts, Options(), readers)
    assert [harvest.body.split()[1] for harvest in found] == [str(number) for number in order]
