"""`ssg ingest --review` in a terminal and through a pipe: real processes, real answers."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

NOW = "2026-03-02T12:00:00+00:00"
RAW = """\
The council has voted to keep the night bus, after a meeting that the night bus brought home.

Nobody spoke against it.
"""


@pytest.fixture
def inbox(site: Path) -> Path:
    """The inbox of a new site, with one raw text that prints neither headline nor date."""
    folder = site / "content/inbox"
    (folder / "bus.txt").write_text(RAW)
    os.utime(folder / "bus.txt", (1_772_400_000, 1_772_400_000))
    return folder


def article(site: Path) -> str:
    (file,) = (
        path for path in site.glob("content/articles/2026/*/*.md") if "raw: bus" in path.read_text()
    )
    return file.read_text()


def answered(
    environment: dict[str, str], site: Path, lines: str, *more: str
) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "ssg", "ingest", "--review", "--now", NOW, *more],
        cwd=site,
        env=environment,
        input=lines,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


def test_answers_through_a_pipe_settle_guesses(
    environment: dict[str, str], site: Path, inbox: Path
) -> None:
    """One line an answer: a new headline, and the date kept. The words shown are the raw text's."""
    status, shown, faults = answered(environment, site, "Night bus: it stays\n\n")
    assert (status, faults) == (0, "")
    assert "by the rule" in shown
    assert "[The council has voted" in shown
    assert "2 settled, none still waiting" in shown
    assert "title: 'Night bus: it stays'\n" in article(site)
    assert "guessed" not in article(site)
    assert "nothing waits" in answered(environment, site, "")[1]


def test_skipping_and_quitting_leave_guesses_waiting(
    environment: dict[str, str], site: Path, inbox: Path
) -> None:
    """What was answered before is written, and the rest is asked again."""
    assert "0 settled, 2 still waiting" in answered(environment, site, "s\nq\n")[1]
    assert "guessed:" in article(site)
    assert "1 settled, 1 still waiting" in answered(environment, site, "s\n2026-02-27\nq\n")[1]
    status, shown, _ = answered(environment, site, "")
    assert (status, "0 settled, 1 still waiting" in shown) == (0, True)


def test_a_wrong_answer_is_asked_again(
    environment: dict[str, str], site: Path, inbox: Path
) -> None:
    """The fault says why; the next answer is for the same question. `=s` writes an s."""
    status, shown, faults = answered(environment, site, "=s\nsoon\n2026-02-27\n")
    assert status == 0
    assert "E620" in faults
    assert "2 settled" in shown
    assert "title: s\ndate: 2026-02-27\n" in article(site)
    assert "the file stays in 2026/03/" in shown


def test_questions_of_the_files_that_were_named(
    environment: dict[str, str], site: Path, inbox: Path
) -> None:
    """With FILES only theirs are asked."""
    (inbox / "tram.txt").write_text(RAW.replace("bus", "tram"))
    _, shown, _ = answered(environment, site, "", "content/inbox/tram.txt")
    assert "2 still waiting" in shown
    assert "night tram" in shown
    assert "night bus" not in shown


@pytest.mark.parametrize("other", [["--dry-run"], ["--json", "content/inbox/bus.txt"]])
def test_review_writes_and_asks(
    environment: dict[str, str], site: Path, inbox: Path, other: list[str]
) -> None:
    """So it does not go with what does neither."""
    status, _, error = answered(environment, site, "", *other)
    assert (status, "--review" in error) == (2, True)


def test_a_person_answers_in_a_terminal(
    environment: dict[str, str], site: Path, inbox: Path
) -> None:
    """Each question waits for its answer; Ctrl-D quits, and what was said is written."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "ssg", "ingest", "--review", "--now", NOW],
        cwd=site,
        env={**environment, "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        heard(ours, b"sure:")
        os.write(ours, b"The night bus stays\n")
        heard(ours, b"the time of its file")
        os.write(ours, b"\x04")
        assert b"1 settled, 1 still waiting" in heard(ours, b"still waiting")
        assert process.wait(timeout=120) == 0
    finally:
        process.kill()
        os.close(ours)
    assert "title: The night bus stays\n" in article(site)


def heard(terminal: int, words: bytes) -> bytes:
    """What a terminal shows until `words` are there. Raises OSError when the program has gone."""
    shown = b""
    while words not in shown:
        shown += os.read(terminal, 4096)
    return shown
