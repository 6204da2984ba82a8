"""`ssg retire` as editors use it."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

NOW = "2026-03-14T12:00:00+00:00"
FILE = "content/retired.toml"
RECORD = (
    '{"url":"/2026/01/ferry/","id":"tag:x,2026:ferry",'
    '"published":"2026-03-02T09:30:00Z","digest":null}\n'
)


def test_an_address_is_taken_back(ssg: Run, site: Path) -> None:
    """The entry is added to what stands in the file, and the next build makes the notice."""
    (site / "content/published.jsonl").write_text(RECORD)
    (site / FILE).write_text("# ours\n")
    reason = 'A "court" asked.\nTwice \\ thrice.'
    url = "https://paper.example/2026/01/ferry"
    done = ssg("retire", url, "--reason", reason, "--now", NOW, cwd=site)
    assert (done.returncode, done.stderr) == (0, "")
    text = (site / FILE).read_text()
    assert text.startswith("# ours\n\n[[page]]\n")
    (page,) = tomllib.loads(text)["page"]
    assert (page["url"], page["reason"]) == ("/2026/01/ferry/", reason)
    assert page["date"].isoformat() == NOW
    built = ssg("build", "--now", NOW, cwd=site)
    assert (built.returncode, "W320" in built.stderr) == (0, False), built.stderr
    assert "court" in (site / "output/2026/01/ferry/index.html").read_text()


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("/2026/01/fery/", "/2026/01/ferry/"),
        ("/../secret/", "as readers see it"),
        ("/", "as readers see it"),
    ],
)
def test_what_cannot_be_retired(ssg: Run, site: Path, url: str, hint: str) -> None:
    """Nothing is written for a slip of the pen."""
    (site / "content/published.jsonl").write_text(RECORD)
    done = ssg("retire", url, "--reason", "why", cwd=site)
    assert (done.returncode, "E323" in done.stderr) == (1, True)
    assert hint in done.stderr
    assert not (site / FILE).exists()


def test_nothing_is_retired_twice_or_without_a_word(ssg: Run, site: Path) -> None:
    """A second entry would say otherwise; readers have to be told something."""
    assert ssg("retire", "/old/", "--reason", "why", cwd=site).returncode == 0
    before = (site / FILE).read_bytes()
    again = ssg("retire", "/old", "--reason", "why not", cwd=site)
    assert (again.returncode, "E323" in again.stderr) == (1, True)
    assert ssg("retire", "/other/", "--reason", " ", cwd=site).returncode == 2
    assert ssg("retire", "/other/", cwd=site).returncode == 2
    assert (site / FILE).read_bytes() == before
