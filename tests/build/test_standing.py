"""A build that has nothing to do finds that out without loading what does the work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build.newsroom import NOW, Newsroom, newsroom
from tests.build.paper import paper

REPOSITORY = Path(__file__).resolve().parents[2]

#: What parses, converts, renders or validates, and what asks for installed packages.
HEAVY = {
    "babel",
    "concurrent.futures.process",
    "frontmatter",
    "importlib.metadata",
    "jinja2",
    "markdown",
    "nh3",
    "pydantic",
    "rich",
    "yaml",
}


def imports(room: Newsroom) -> tuple[set[str], dict[str, object]]:
    """What a build through the command loads, and its report."""
    command = ["build", "--json", "--now", NOW.isoformat(), "--site", str(room.folder)]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ssg", *command],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    return loaded, json.loads(done.stdout)


@pytest.mark.parametrize("settled", [True, False])
def test_nothing_heavy_is_loaded_where_nothing_changed(tmp_path: Path, settled: bool) -> None:
    """Also when files were saved a moment ago: those are read, and found to be the same."""
    room = newsroom(tmp_path / "site", paper())
    if settled:
        room.settle()
    imports(room)
    loaded, report = imports(room)
    assert report["rendered"] == 0
    assert report["unchanged"] != 0
    assert not HEAVY & loaded
    assert not {name for name in loaded if name.startswith(("ssg.content", "ssg.theme"))}


def test_warnings_are_said_again(tmp_path: Path) -> None:
    """What was said of the site is true as long as the site is as it was."""
    room = newsroom(tmp_path / "site", {**paper(), "content/notes.txt": "x"}).settle()
    first = room.build()
    again = room.build()
    assert [fault.code for fault in first.faults] == ["W301"]
    assert again.faults == first.faults
    assert "read" not in again.seconds


def test_an_edit_that_was_taken_back_is_no_edit(tmp_path: Path) -> None:
    """The digest decides, not the time of saving."""
    room = newsroom(tmp_path / "site", paper()).settle()
    room.build()
    (room.folder / "themes/tide/templates/article.html").touch()
    (room.folder / "content/pages/about.md").touch()
    assert "read" not in room.build().seconds
