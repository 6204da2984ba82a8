"""The ready files for build servers do what their pages say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.build.newsroom import CONFIG, article
from tests.deploy.test_git import git

HOW_TO = Path(__file__).resolve().parents[2] / "docs/how-to"
_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = ("deploy-github-actions.md", "deploy-gitlab-ci.md")


def workflow(page: str) -> dict[str, Any]:
    """The whole file that a page gives, which is its first block."""
    found = yaml.safe_load(_YAML.findall((HOW_TO / page).read_text(encoding="utf-8"))[0])
    assert isinstance(found, dict)
    return found


def commands(page: str) -> list[str]:
    """What a file has run, one after the other."""
    found = workflow(page)
    if "jobs" in found:
        steps = found["jobs"]["publish"]["steps"]
        return [step["run"] for step in steps if "run" in step]
    return list(found["publish"]["script"])


def run(script: str, site: Path) -> subprocess.CompletedProcess[str]:
    """As a build server runs it: the first command that fails ends it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    quiet = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=site,
        env={**os.environ, **quiet, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one article and an empty inbox."""
    place = tmp_path / "site"
    (place / "content/inbox").mkdir(parents=True)
    (place / "content/articles/2026/03").mkdir(parents=True)
    (place / "config.toml").write_text(CONFIG, encoding="utf-8")
    (place / "content/articles/2026/03/tide.md").write_text(article("Tide"), encoding="utf-8")
    return place


@pytest.mark.parametrize("page", PAGES)
def test_they_build_from_a_cache_and_leave_the_inbox_alone(page: str) -> None:
    """What belongs together is kept together, and nothing is published that was not looked at."""
    text = "\n".join(commands(page))
    kept = str(workflow(page))
    assert ".ssg" in kept
    assert "output" in kept
    order = ["ssg ingest --dry-run", "ssg build --no-ingest", "ssg check", "ssg deploy --yes"]
    places = [text.index(command) for command in order]
    assert places == sorted(places)
    assert "ssg build\n" not in text


@pytest.mark.parametrize("page", PAGES)
def test_a_raw_text_without_an_article_stops_them(page: str, site: Path) -> None:
    """Until its article is there; also in a fresh checkout, which remembers nothing."""
    script = "\n".join(c for c in commands(page) if "inbox" in c)
    assert run(script, site).returncode == 0
    raw = "Ferry runs again\n\nBy Noor Haddad\n\nThe ferry runs again. It was out for a week.\n"
    (site / "content/inbox/ferry.txt").write_text(raw, encoding="utf-8")
    stopped = run(script, site)
    assert stopped.returncode != 0
    assert "ferry.txt" in stopped.stdout
    assert run("ssg ingest && rm -rf .ssg inbox.txt", site).returncode == 0
    assert run(script, site).returncode == 0


def test_what_is_public_is_committed(site: Path, tmp_path: Path) -> None:
    """By the workflow, once, with nothing beside it."""
    (remember,) = [c for c in commands(PAGES[0]) if c.startswith("git add")]
    git("init", "-q", "--bare", "-b", "main", tmp_path / "origin.git", cwd=tmp_path)
    git("init", "-q", "-b", "main", cwd=site)
    git("add", ".", cwd=site)
    git("commit", "-qm", "Begin", cwd=site)
    git("remote", "add", "origin", tmp_path / "origin.git", cwd=site)
    git("push", "-q", "--set-upstream", "origin", "main", cwd=site)
    (site / "content/published.jsonl").write_text("{}\n", encoding="utf-8")
    (site / "inbox.txt").write_text("nothing new\n", encoding="utf-8")
    for _ in range(2):
        done = run(remember, site)
        assert done.returncode == 0, done.stderr
    shown = git("log", "--format=%s", "--name-only", "main", "-1", cwd=tmp_path / "origin.git")
    assert shown.split("\n\n") == ["Record what was published", "content/published.jsonl\n"]
    count = git("rev-list", "--count", "main", cwd=tmp_path / "origin.git")
    assert count == "2\n"


@pytest.mark.parametrize("page", sorted(HOW_TO.glob("deploy-*.md")), ids=lambda page: page.stem)
def test_every_block_of_yaml_can_be_read(page: Path) -> None:
    for block in _YAML.findall(page.read_text(encoding="utf-8")):
        assert yaml.safe_load(block)
