"""`ssg schedule` as the desk and cron use it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

NOW = "2026-03-15T12:00:00+00:00"
HERE = "content/articles/2026/03"
STORY = "---\ntitle: {title}\ndate: {date}\n{more}---\nText.\n"


@pytest.fixture
def paper(site: Path) -> Path:
    """The new site without its own article, and one article of each kind that waits."""
    for path in (site / "content/articles").rglob("*.md"):
        path.unlink()
    (site / "content/home.toml").unlink(missing_ok=True)
    (site / HERE).mkdir(parents=True, exist_ok=True)
    for name, date, more in (
        ("held", "2026-03-20T06:00:30Z", ""),
        ("draft", "2026-03-01", "draft: true\n"),
        ("gone", "2026-03-01", "expires: 2026-03-02\n"),
        ("news", "2026-03-14T12:00:00Z", "expires: 2026-03-18T12:00:00Z\n"),
    ):
        text = STORY.format(title=name.title(), date=date, more=more)
        (site / HERE / f"{name}.md").write_text(text)
    return site


def test_what_is_held_and_what_is_due(ssg: Run, paper: Path) -> None:
    """Each with its reason, its end and its file; the instants in order; nothing is built."""
    shown = ssg("schedule", "--json", "--now", NOW, cwd=paper)
    assert (shown.returncode, shown.stderr) == (0, "")
    found = json.loads(shown.stdout)
    assert [(held["path"], held["reason"], held["until"]) for held in found["held"]] == [
        (f"{HERE}/gone.md", "expired", None),
        (f"{HERE}/held.md", "embargo", "2026-03-20T06:00:30+00:00"),
        (f"{HERE}/draft.md", "draft", None),
    ]
    assert [(due["at"], due["change"], due["title"]) for due in found["due"]] == [
        ("2026-03-16T12:00:00+00:00", "old-news", "News"),
        ("2026-03-18T12:00:00+00:00", "expires", "News"),
        ("2026-03-20T06:00:30+00:00", "published", "Held"),
        ("2026-03-22T06:00:30+00:00", "old-news", "Held"),
    ]
    assert found["next"] == "2026-03-16T12:00:00+00:00"
    assert not (paper / "output/index.html").exists()


def test_the_desk_reads_its_own_clock(ssg: Run, paper: Path) -> None:
    """Times of the site's zone, with how long that is from now."""
    config = paper / "config.toml"
    lines = (line for line in config.read_text().splitlines() if not line.startswith("timezone"))
    config.write_text('timezone = "Asia/Tokyo"\n' + "\n".join(lines))
    shown = ssg("schedule", "--now", NOW, cwd=paper).stdout
    assert "now 2026-03-15 21:00 (Asia/Tokyo)" in shown
    assert "until 2026-03-20 15:00 (in 4 days)" in shown
    assert "2026-03-16 21:00 (in 1 day)  “News” leaves the news sitemap" in shown


def test_lines_for_cron(ssg: Run, paper: Path) -> None:
    """In UTC, never before the instant, with a path that a shell and cron both take as it is."""
    odd = paper.rename(paper.with_name("100 % paper"))
    shown = ssg("schedule", "--crontab", "--now", NOW, cwd=odd).stdout.splitlines()
    lines = [line for line in shown if not line.startswith("#")]
    command = f"cd '{odd}' && ssg build".replace("%", "\\%")
    assert lines == [
        "CRON_TZ=UTC",
        f"0 12 16 3 * {command}",
        f"0 12 18 3 * {command}",
        f"1 6 20 3 * {command}",
        f"1 6 22 3 * {command}",
    ]
    assert ssg("schedule", "--crontab", "--json", cwd=odd).returncode == 2


def test_a_schedule_of_nothing(ssg: Run, site: Path) -> None:
    """A site in which nothing waits says so."""
    shown = ssg("schedule", "--now", "2036-01-01T00:00:00+00:00", cwd=site)
    assert "nothing is held back" in shown.stdout
    assert "no build is due" in shown.stdout
