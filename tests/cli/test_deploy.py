"""`ssg deploy` and `ssg rollback` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def paper(site: Path, tmp_path: Path, ssg: Run) -> Path:
    """A built site with one destination."""
    config = site / "config.toml"
    place = f'\n[deploy.live]\nurl = "file:{tmp_path / "srv/paper"}"\n'
    config.write_text(config.read_text(encoding="utf-8") + place, encoding="utf-8")
    assert ssg("build", cwd=site).returncode == 0
    return site


def test_deploy_and_go_back(paper: Path, tmp_path: Path, ssg: Run) -> None:
    """What is live is what was built; going back gives what was live before."""
    live = tmp_path / "srv/paper/index.html"
    plan = ssg("deploy", "--dry-run", cwd=paper)
    assert plan.returncode == 0, plan.stderr
    assert not live.exists()
    assert ssg("deploy", cwd=paper).returncode == 0
    first = live.read_bytes()
    assert first == (paper / "output/index.html").read_bytes()
    config = paper / "config.toml"
    config.write_text('tagline = "Twice a day"\n' + config.read_text(encoding="utf-8"))
    assert ssg("build", cwd=paper).returncode == 0
    again = json.loads(ssg("deploy", "live", "--json", cwd=paper).stdout)
    assert again["done"]
    assert "index.html" in again["plan"]["changed"]
    assert live.read_bytes() != first
    back = ssg("rollback", "--yes", cwd=paper)
    assert back.returncode == 0, back.stderr
    assert live.read_bytes() == first
    listed = json.loads(ssg("deploy", "--history", "--json", cwd=paper).stdout)
    assert [release["id"] for release in listed["releases"]][1] == listed["live"]


def test_exit_statuses(paper: Path, ssg: Run) -> None:
    """Nothing named is a mistake in the command line, nothing built is one of the site."""
    assert ssg("deploy", "lvie", cwd=paper).returncode == 2
    assert 'did you mean "live"?' in ssg("deploy", "lvie", cwd=paper).stderr
    assert ssg("rollback", cwd=paper).returncode == 1
    (paper / ".ssg/manifest.json").unlink()
    found = ssg("deploy", cwd=paper)
    assert found.returncode == 1
    assert "E850" in found.stderr


def test_guesses_are_not_published_where_nobody_can_be_asked(paper: Path, ssg: Run) -> None:
    """In a pipe the answer is no, and the status says that nothing was published."""
    (story,) = (paper / "content/articles").rglob("*.md")
    text = story.read_text(encoding="utf-8")
    guess = "---\ningest: {raw: content/inbox/a.txt, digest: abc, guessed: [title]}\n"
    story.write_text(text.replace("---\n", guess, 1), encoding="utf-8")
    assert ssg("build", "--no-ingest", cwd=paper).returncode == 0
    found = ssg("deploy", cwd=paper)
    assert found.returncode == 1
    assert "W854" in found.stderr
    asked = json.loads(ssg("deploy", "--json", cwd=paper).stdout)
    assert not asked["done"]
    assert ssg("deploy", "--yes", cwd=paper).returncode == 0


def test_a_secret_is_never_printed(paper: Path, ssg: Run) -> None:
    """Neither one in config.toml, nor one in a file that is no TOML, nor one in a URL."""
    assert "hunter2" not in ssg("deploy", "ftp://noor:hunter2@files.example/", cwd=paper).stderr
    config = paper / "config.toml"
    text = config.read_text(encoding="utf-8")
    for line in ('password = "hunter2"', "password = hunter2", 'kennwort = "hunter2"'):
        config.write_text(f"{text}{line}\n", encoding="utf-8")
        found = ssg("deploy", cwd=paper)
        assert found.returncode == 1
        assert "config.toml:" in found.stderr
        assert "hunter2" not in found.stderr + found.stdout
