"""`ssg deploy --watch`, as it runs on a machine that publishes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ssg.cli.deploy_watch import LONGEST, LOOK, pause
from tests.build.newsroom import CONFIG, article, newsroom


@contextmanager
def watching(site: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The command at work; Ctrl-C ends it, without a complaint."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ssg", "deploy", "--watch", "--site", str(site)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            process.kill()


def waited(seen: Callable[[], bool]) -> bool:
    """Whether something is seen in the end."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if seen():
            return True
        time.sleep(0.05)
    return False


def test_an_embargo_ends_while_it_waits(tmp_path: Path, environment: dict[str, str]) -> None:
    """The story is published after its instant, by itself, and not before."""
    due = datetime.now(UTC) + timedelta(seconds=6)
    site = tmp_path / "site"
    live = tmp_path / "srv/paper"
    newsroom(
        site,
        {
            "config.toml": f'{CONFIG}[deploy.live]\nurl = "file:{live}"\n',
            "content/articles/2026/02/ebb.md": article("Ebb", "2026-02-01"),
            f"content/articles/{due:%Y/%m}/tide.md": article("Tide", due.isoformat()),
        },
    )
    page = live / f"{due:%Y/%m}/tide/index.html"
    with watching(site, environment):
        assert waited((live / "2026/02/ebb/index.html").exists)
        assert not page.exists() or datetime.now(UTC) >= due
        assert waited(page.exists)
        assert datetime.now(UTC) >= due


def test_a_host_that_is_away_is_tried_again(
    tmp_path: Path, environment: dict[str, str], require: Callable[[str], Path]
) -> None:
    """It is told once, and as soon as the host is back the site is there."""
    git = str(require("git"))
    site, bare = tmp_path / "site", tmp_path / "pages.git"
    newsroom(
        site,
        {
            "config.toml": f'{CONFIG}[deploy.live]\nurl = "git:{bare}#pages"\n',
            "content/articles/2026/02/ebb.md": article("Ebb", "2026-02-01"),
        },
    )

    def branches() -> str:
        command = [git, f"--git-dir={bare}", "branch", "--list"]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    with watching(site, environment) as process:
        assert process.stderr
        assert "E859" in process.stderr.readline()
        subprocess.run([git, "init", "-q", "--bare", bare], check=True, env={**os.environ})
        assert waited(lambda: "pages" in branches())


@pytest.mark.parametrize(
    ("until", "failed", "seconds"),
    [
        (None, 0, LOOK),
        (105.0, 0, 5.0),
        (99.0, 0, 0.0),
        (10_000.0, 0, LOOK),
        (None, 1, 2.0),
        (101.0, 3, 1.0),
        (None, 50, LONGEST),
    ],
)
def test_how_long_it_waits(until: float | None, failed: int, seconds: float) -> None:
    """Until what is due, never longer than until the next look, and longer for a host away."""
    assert pause(100.0, until, failed) == seconds
