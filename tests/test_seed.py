"""The raw text that started the project, where it is at hand: in at one end, out at the other."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NAME = "000_b9422259b05c892c.txt"


@pytest.fixture
def seed(shared_dir: Path) -> Path:
    return shared_dir / "seed" / NAME


def ssg(repository: Path, *arguments: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "ssg", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_what_is_found_in_it(repository: Path, seed: Path, tmp_path: Path) -> None:
    """15 paragraphs, the source, the author with the bio, and neither of these in the body."""
    found = json.loads(ssg(repository, "ingest", seed, "--json", cwd=tmp_path))

    paragraphs = [block for block in found["body"].split("\n\n") if block.strip()]
    (author,) = found["authors"]
    assert len(paragraphs) == 15
    assert found["sources"] == [{"name": "Ambito", "url": None}]
    assert author["name"] == "David William"
    assert author["bio"].startswith("David William is a talented author")
    assert author["bio"].endswith("informative and engaging.")
    assert "Source:" not in found["body"]
    assert "David William" not in found["body"]
    assert (found["title_is_guess"], found["date"]) == (True, None)


def test_dropped_into_the_inbox_it_becomes_a_credited_page(
    repository: Path, seed: Path, tmp_path: Path
) -> None:
    """In a copy of the sample site: the article credits Ambito and David William."""
    site = tmp_path / "site"
    shutil.copytree(repository / "content", site / "content")
    shutil.copytree(repository / "themes", site / "themes")
    shutil.copy(repository / "config.toml", site / "config.toml")
    before = set((site / "content/articles").rglob("*.md"))
    shutil.copy(seed, site / "content/inbox")

    ssg(repository, "build", cwd=site)

    (article,) = set((site / "content/articles").rglob("*.md")) - before
    year, month = article.parts[-3:-1]
    page = (site / "output" / year / month / article.stem / "index.html").read_text()
    author = (site / "output/authors/david-william/index.html").read_text()
    source = (site / "output/sources/ambito/index.html").read_text()
    assert 'href="/sources/ambito/"' in page
    assert "Ambito" in page
    assert 'href="/authors/david-william/"' in page
    assert "a talented author who has made a name for himself" in author
    assert f"/{year}/{month}/{article.stem}/" in author
    assert f"/{year}/{month}/{article.stem}/" in source
