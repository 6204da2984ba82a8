"""The builds of a process that goes on building, with a real watcher over a real site."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

import pytest

from ssg.build import Order
from ssg.serve.builds import Builds
from ssg.serve.watching import Pace, Watcher
from tests.build.newsroom import Newsroom, article, newsroom

FERRY = "content/articles/2026/03/ferry.md"


@pytest.fixture
def site(tmp_path: Path) -> Newsroom:
    """An embargo of it ends after `NOW`, and has ended by the clock of any machine."""
    files = {
        FERRY: article("Ferry", "2026-03-01"),
        "content/articles/2026/04/tide.md": article("Tide", "2026-04-01"),
    }
    return newsroom(tmp_path / "site", files)


@pytest.fixture
def watcher(site: Newsroom) -> Iterator[Watcher]:
    folder = site.folder
    target = folder / "output"
    with Watcher(folder, target=target, said=print, pace=Pace(scan=3600)) as opened:
        yield opened


def test_a_fixed_instant_never_comes(site: Newsroom, watcher: Watcher) -> None:
    """With --now in the past the next instant has been for ever, and starts no build.

    There are three: one at the start, a look at what changed since, one for the edit.
    """
    edit = Timer(0.5, site.write, ({FERRY: article("Ferry sinks", "2026-03-01")},))
    made: list[datetime] = []

    def order(at: datetime) -> Order:
        made.append(at)
        if len(made) == 2:
            edit.start()
        return site.order()

    builds = Builds(order, "/")
    builds.begin()
    outcome = next(builds.follow(watcher))
    edit.join()

    assert builds.memory.kept
    assert builds.memory.kept.mark.until == datetime(2026, 3, 31, 23, tzinfo=UTC).timestamp()
    assert (outcome.cause, len(made)) == ((FERRY,), 3)


def test_watching_loads_no_server() -> None:
    """`ssg watch` starts without what only `ssg serve` needs."""
    look = "import ssg.cli.follow, ssg.serve.builds, ssg.serve.watching, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True
    ).stdout.split()

    assert "watchdog.observers" in loaded
    assert not {"asyncio", "starlette", "uvicorn", "sse_starlette"} & set(loaded)
