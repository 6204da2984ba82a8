"""Real builds, killed for real: every file stays whole, and the next build makes all good."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.build.newsroom import NOW, Newsroom, article, document, newsroom

REPOSITORY = Path(__file__).resolve().parents[2]
STORIES = 240


def paper(words: str) -> dict[str, str]:
    """A paper large enough that a build of it takes a while in several processes."""
    text = f"{words} " + "The tide came in and went out again. " * 40
    stories = {
        f"content/articles/2026/{1 + n % 3:02}/story-{n}.md": article(
            f"{words} {n}",
            f"2026-0{1 + n % 3}-0{1 + n % 9}",
            text,
            section="town",
            tags=f"[t{n % 7}]",
        )
        for n in range(STORIES)
    }
    return {**stories, "content/sections/town.md": document("x", title=words)}


def start(room: Newsroom) -> subprocess.Popen[bytes]:
    """The command as a user types it, in a process group of its own."""
    command = ["build", "--workers", "processes:2", "--no-ingest", "--now", NOW.isoformat()]
    return subprocess.Popen(
        [sys.executable, "-m", "ssg", *command, "--site", room.folder],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def hold(folder: Path, kills: int, seed: int) -> int:
    """Kills builds at random instants. Gives how many were hit at work."""
    chance = random.Random(seed)
    room = newsroom(folder / "site", paper("Ebb")).settle()
    clean = {}
    for words in ("Ebb", "Flood"):
        other = newsroom(folder / words, paper(words))
        other.build()
        clean[words] = other.output()
    begun = time.monotonic()
    room.build(workers="processes:2")
    whole = time.monotonic() - begun + 1.0  # and the start of a process
    hit = 0
    for number in range(kills):
        words = ("Flood", "Ebb")[number % 2]
        room.write(paper(words)).settle()
        process = start(room)
        time.sleep(chance.uniform(0.1, whole))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            hit += 1
        process.wait()
        for path, data in room.output().items():
            assert data in (clean["Ebb"].get(path), clean["Flood"].get(path)), path
        report = room.build(workers="processes:2")
        assert report.faults == ()
        assert room.output() == clean[words]
        assert room.build().written == 0
    return hit


def test_builds_that_are_killed(tmp_path: Path) -> None:
    """Ten of them."""
    assert hold(tmp_path, 10, seed=1) > 0


@pytest.mark.long
def test_builds_that_are_killed_for_long(tmp_path: Path) -> None:
    """Two hundred."""
    assert hold(tmp_path, 200, seed=2) > 100
