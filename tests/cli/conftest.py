"""Commands as a user types them: real processes, real files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment() -> dict[str, str]:
    """The checkout's code, an English terminal, and no clock but the one that is named."""
    kept = {k: v for k, v in os.environ.items() if k not in {"SOURCE_DATE_EPOCH", "NO_COLOR"}}
    return {**kept, "PYTHONPATH": str(REPOSITORY), "LC_ALL": "C.UTF-8"}


@pytest.fixture
def ssg(tmp_path: Path, environment: dict[str, str]) -> Run:
    """`ssg("build", "--json", cwd=site)`: runs the command and gives what it printed."""

    def run(
        *arguments: str | Path, cwd: Path = tmp_path, **more: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ssg", *arguments],
            cwd=cwd,
            env={**environment, **more},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def site(ssg: Run, tmp_path: Path) -> Path:
    """A new site, as `ssg init` makes it."""
    folder = tmp_path / "paper"
    made = ssg("init", folder, "--now", "2026-03-01T09:00:00+00:00")
    assert made.returncode == 0, made.stderr
    return folder
