"""`ssg build` and what surrounds it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

NOW = "2026-03-02T12:00:00+00:00"
RAW = """\
Lock keeper retires after forty winters

By Ines Tarrant

1 March 2026

The keeper of the upper lock has handed in her keys after forty winters, the canal board said.

She kept a list of every boat that passed, and of every dog that fell in.

Source: Canal Board
"""


def story(site: Path) -> Path:
    (path,) = site.glob("content/articles/*/*/*.md")
    return path


def mistyped_title(site: Path) -> tuple[Path, int]:
    """An article with `titel:`, and the line on which that stands."""
    path = story(site)
    before, after = path.read_text().split("title:", 1)
    path.write_text(f"{before}titel:{after}")
    return path, before.count("\n") + 1


def test_a_new_site_builds_at_once(ssg: Run, site: Path) -> None:
    """One line says what was done; the pages credit their author and source."""
    built = ssg("build", "--now", NOW, cwd=site)

    assert (built.returncode, built.stderr) == (0, "")
    assert built.stdout.count("\n") == 1
    assert "pages in output/" in built.stdout
    assert (site / "output/404.html").is_file()


def test_json_is_one_object_of_the_stated_shape(ssg: Run, site: Path) -> None:
    """Scripts read counts, faults and seconds, and nothing else is on standard output."""
    first = json.loads(ssg("build", "--json", "--now", NOW, cwd=site).stdout)
    second = json.loads(ssg("build", "--json", "--now", NOW, cwd=site).stdout)

    keys = {"pages", "rendered", "written", "removed", "unchanged", "ingested", "faults", "seconds"}
    assert set(first) == keys
    assert first["pages"] == first["rendered"] > 0
    assert first["written"] >= first["pages"]
    assert first["faults"] == []
    assert {"total"} < set(first["seconds"])
    assert (second["rendered"], second["written"], second["unchanged"]) == (0, 0, first["written"])


def test_a_raw_text_in_the_inbox_becomes_an_article(ssg: Run, site: Path) -> None:
    """Said in the terminal, credited on the page; the second build takes nothing in."""
    (site / "content/inbox/lock.txt").write_text(RAW)

    built = ssg("build", "--now", NOW, cwd=site)
    again = json.loads(ssg("build", "--json", "--now", NOW, cwd=site).stdout)

    assert built.returncode == 0, built.stderr
    assert "lock.txt → content/articles/2026/03/lock-keeper-retires" in built.stdout
    (page,) = site.glob("output/2026/03/lock-keeper-*/index.html")
    html = page.read_text()
    assert "/authors/ines-tarrant/" in html
    assert "/sources/canal-board/" in html
    assert again["ingested"] == 0


def test_no_ingest_leaves_the_inbox_alone(ssg: Run, site: Path) -> None:
    """For machines that only publish."""
    (site / "content/inbox/lock.txt").write_text(RAW)

    built = json.loads(ssg("build", "--no-ingest", "--json", "--now", NOW, cwd=site).stdout)

    assert built["ingested"] == 0
    assert not list(site.glob("content/articles/*/*/lock-*.md"))


def test_a_fault_is_shown_with_its_place_and_leaves_the_output(ssg: Run, site: Path) -> None:
    """Status 1, a block on standard error, `output/` as it was, no traceback."""
    ssg("build", "--now", NOW, cwd=site)
    before = (site / "output/index.html").read_bytes()
    path, line = mistyped_title(site)

    broken = ssg("build", "--now", NOW, cwd=site)

    assert broken.returncode == 1
    name = path.relative_to(site).as_posix()
    assert f"{name}:{line}:1: error[E206]: unknown key" in broken.stderr
    assert 'hint: did you mean "title"?' in broken.stderr
    assert "^^^^^" in broken.stderr
    assert "Traceback" not in broken.stderr
    assert (site / "output/index.html").read_bytes() == before


def test_a_fault_in_json(ssg: Run, site: Path) -> None:
    """The same object, with the faults in it, and status 1."""
    _, line = mistyped_title(site)

    broken = ssg("build", "--json", "--now", NOW, cwd=site)
    result = json.loads(broken.stdout)

    assert (broken.returncode, broken.stderr) == (1, "")
    codes = {fault["code"] for fault in result["faults"]}
    assert {"E206", "E207"} <= codes
    unknown = next(fault for fault in result["faults"] if fault["code"] == "E206")
    assert set(unknown) == {"code", "severity", "message", "path", "line", "column", "hint"}
    assert (unknown["severity"], unknown["line"], unknown["column"]) == ("error", line, 1)


def test_the_site_is_found_from_any_folder_in_it(ssg: Run, site: Path) -> None:
    """The nearest folder upwards with a config.toml; `--site` names another."""
    inside = ssg("build", "--now", NOW, cwd=site / "content")
    named = ssg("build", "--site", site, "--now", NOW)
    nowhere = ssg("build")

    assert (inside.returncode, named.returncode) == (0, 0)
    assert nowhere.returncode == 1
    assert "error[E101]" in nowhere.stderr


def test_drafts_and_the_future_go_into_the_preview(ssg: Run, site: Path) -> None:
    """Never into what is published."""
    path = story(site)
    path.write_text(path.read_text().replace("title:", "draft: true\ntitle:", 1))

    ssg("build", "--now", NOW, cwd=site)
    ssg("build", "--drafts", "--now", NOW, cwd=site)
    name = path.stem

    assert not list(site.glob(f"output/*/*/{name}/index.html"))
    assert list(site.glob(f".ssg/preview/*/*/{name}/index.html"))


def test_the_clock_is_an_argument(ssg: Run, site: Path) -> None:
    """An article under embargo appears when its instant has come, without any edit."""
    path = story(site)
    before, embargo = "2026-03-01T08:59:59+00:00", "2026-03-01T09:00:00+00:00"

    ssg("build", "--now", before, cwd=site)
    held = list(site.glob(f"output/*/*/{path.stem}/index.html"))
    ssg("build", "--now", embargo, cwd=site)
    shown = list(site.glob(f"output/*/*/{path.stem}/index.html"))

    assert (len(held), len(shown)) == (0, 1)


def test_source_date_epoch_is_the_clock(ssg: Run, site: Path) -> None:
    """The convention of reproducible builds (reproducible-builds.org)."""
    early = json.loads(ssg("build", "--json", cwd=site, SOURCE_DATE_EPOCH="1000000000").stdout)
    late = json.loads(ssg("build", "--json", cwd=site, SOURCE_DATE_EPOCH="1800000000").stdout)

    assert early["pages"] < late["pages"]


def test_verify_agrees(ssg: Run, site: Path) -> None:
    """A clean build elsewhere makes the same bytes, and nothing of it is left behind."""
    ssg("build", "--now", NOW, cwd=site)
    path = story(site)
    path.write_text(path.read_text() + "\nOne more paragraph.\n")

    verified = ssg("build", "--verify", "--now", NOW, cwd=site)

    assert (verified.returncode, verified.stderr) == (0, "")
    assert sorted(item.name for item in (site / ".ssg").iterdir()) == [
        "cache.sqlite",
        "manifest.json",
        "outputs",
    ]
    assert not list((site / ".ssg/outputs").iterdir())


def test_verify_finds_a_file_altered_by_hand(ssg: Run, site: Path) -> None:
    """With the same size, so that nothing else can tell."""
    ssg("build", "--now", NOW, cwd=site)
    page = site / "output/404.html"
    page.write_bytes(page.read_bytes().replace(b"<main", b"<mian"))

    verified = ssg("build", "--verify", "--now", NOW, cwd=site)

    assert verified.returncode == 1
    assert "404.html: error[E705]" in verified.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--workers", "many"),
        ("build", "--workers", "threads:0"),
        ("build", "--now", "yesterday"),
        ("build", "--now", "2026-03-01T09:00:00"),
        ("bild",),
        ("build", "--colour"),
        ("ingest", "--json"),
        ("ingest", "no-such-file.txt"),
    ],
)
def test_a_wrong_command_line_is_status_2(ssg: Run, site: Path, arguments: tuple[str, ...]) -> None:
    """With a sentence, never a traceback."""
    refused = ssg(*arguments, cwd=site)

    assert refused.returncode == 2
    assert "Error: " in refused.stderr
    assert "Traceback" not in refused.stderr


def test_what_the_machine_refuses_is_status_3(ssg: Run, site: Path) -> None:
    """A file where the output folder should be."""
    (site / "output").write_text("in the way")

    refused = ssg("build", "--now", NOW, cwd=site)

    assert refused.returncode == 3
    assert "error[E704]" in refused.stderr


def test_colours_are_for_terminals(ssg: Run, site: Path) -> None:
    """Output to a pipe stays plain."""
    (site / "config.toml").write_text("title = \n")

    broken = ssg("build", cwd=site)

    assert "\x1b" not in broken.stdout + broken.stderr


def test_help_and_version_load_nothing_heavy(ssg: Run) -> None:
    """They answer at once, since no command imports what it does not use."""
    for arguments in (("--version",), ("--help",), ("build", "--help")):
        shown = ssg(*arguments, PYTHONPROFILEIMPORTTIME="1")

        assert shown.returncode == 0
        imported = {line.rpartition("|")[2].strip() for line in shown.stderr.splitlines()}
        assert "ssg.cli.app" in imported
        heavy = {"jinja2", "markdown", "pydantic", "yaml", "starlette", "babel", "msgspec"}
        assert not heavy & imported
