"""`ssg ingest` as scripts and editors use it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]

NOW = "2026-03-02T12:00:00+00:00"
RAW = """\
The council has voted to keep the night bus, after a meeting that the night bus brought home.

Nobody spoke against it.
Source: Valley Press

Petra Lomax is a reporter who has covered the valley's buses since there were two of them.
"""


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_json_works_outside_a_site_and_writes_nothing(ssg: Run, tmp_path: Path) -> None:
    """One object with the stated keys; spans count characters of the text as decoded."""
    raw = tmp_path / "bus.txt"
    raw.write_text(RAW)

    shown = ssg("ingest", raw, "--json")
    result = json.loads(shown.stdout)

    assert (shown.returncode, shown.stderr) == (0, "")
    keys = {"title", "title_is_guess", "date", "authors", "sources", "lang", "body", "receipt"}
    assert set(result) == keys
    assert result["title_is_guess"] is True
    assert result["date"] is None
    assert result["sources"] == [{"name": "Valley Press", "url": None}]
    assert result["authors"][0]["name"] == "Petra Lomax"
    assert result["authors"][0]["bio"].startswith("Petra Lomax is a reporter")
    assert "Valley Press" not in result["body"]
    for receipts in result["receipt"].values():
        for receipt in receipts:
            start, end = receipt["span"]
            assert RAW[start:end] == receipt["text"]
    assert [item.name for item in tmp_path.iterdir()] == ["bus.txt"]


def test_guesses_are_plain_to_see(ssg: Run, site: Path) -> None:
    """The terminal says which fields were guessed, and from what."""
    (site / "content/inbox/bus.txt").write_text(RAW)

    shown = ssg("ingest", "--now", NOW, cwd=site)

    assert shown.returncode == 0
    lines = shown.stdout.splitlines()
    assert any("title" in line and "guessed" in line for line in lines)
    assert any("date" in line and "guessed" in line for line in lines)
    assert lines[-1] == "2 guesses wait for a person: ssg ingest --review"


def test_a_second_run_changes_no_file(ssg: Run, site: Path) -> None:
    """An unchanged inbox is left alone, to the byte."""
    (site / "content/inbox/bus.txt").write_text(RAW)
    ssg("ingest", "--now", NOW, cwd=site)
    before = files_of(site)

    again = ssg("ingest", "--now", NOW, cwd=site)

    assert again.returncode == 0
    assert "nothing new" in again.stdout
    assert files_of(site) == before


def test_a_file_from_elsewhere_is_copied_into_the_inbox(
    ssg: Run, site: Path, tmp_path: Path
) -> None:
    """With what the command line adds."""
    raw = tmp_path / "bus.txt"
    raw.write_text(RAW)

    shown = ssg("ingest", raw, "--date", "2026-02-28", "--now", NOW, cwd=site)

    assert shown.returncode == 0, shown.stderr
    assert (site / "content/inbox/bus.txt").read_text() == RAW
    assert list(site.glob("content/articles/2026/02/*.md"))


def test_a_dry_run_writes_nothing(ssg: Run, site: Path) -> None:
    """And says the same."""
    (site / "content/inbox/bus.txt").write_text(RAW)
    before = files_of(site)

    shown = ssg("ingest", "--dry-run", "--now", NOW, cwd=site)

    assert "bus.txt → content/articles/2026/" in shown.stdout
    assert files_of(site) == before


def test_a_bad_file_does_not_stop_the_others(ssg: Run, site: Path) -> None:
    """It is reported and stays; the other one becomes an article; status 1."""
    (site / "content/inbox/bad.txt").write_bytes(bytes(range(256)) * 8)
    (site / "content/inbox/bus.txt").write_text(RAW)

    shown = ssg("ingest", "--now", NOW, cwd=site)

    assert shown.returncode == 1
    assert "content/inbox/bad.txt" in shown.stderr
    assert (site / "content/inbox/bad.txt").exists()
    assert list((site / "content/authors").glob("petra-lomax.md"))


def test_init_never_overwrites(ssg: Run, site: Path) -> None:
    """A folder that holds something is left alone."""
    before = files_of(site)

    refused = ssg("init", site)

    assert refused.returncode == 1
    assert "error[E106]" in refused.stderr
    assert files_of(site) == before


def test_init_names_the_themes_there_are(ssg: Run, tmp_path: Path) -> None:
    """A site is never made with a theme that it could not be built with."""
    refused = ssg("init", tmp_path / "paper", "--theme", "brodsheet")

    assert refused.returncode == 2
    assert "base" in refused.stderr
    assert not (tmp_path / "paper").exists()
