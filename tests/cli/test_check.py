"""`ssg check` as a user types it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]

NOW = ("--now", "2026-03-02T12:00:00+00:00")


def story(site: Path) -> Path:
    (path,) = site.glob("content/articles/*/*/*.md")
    return path


def test_a_new_site_has_nothing_to_mend(ssg: Run, site: Path) -> None:
    """What `ssg init` makes is an example in this, too."""
    done = ssg("check", *NOW, "--strict", cwd=site)

    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing to mend" in done.stdout


def test_statuses_are_those_of_the_contract(ssg: Run, site: Path) -> None:
    """A warning is 0, with --strict 1; an error is 1; a wrong command line is 2."""
    path = story(site)
    text = path.read_text()
    path.write_text("\n".join(line for line in text.split("\n") if "authors" not in line))

    warned = ssg("check", *NOW, cwd=site)
    strict = ssg("check", *NOW, "--strict", cwd=site)
    path.write_text(text.replace("title:", "titel:", 1))
    wrong = ssg("check", *NOW, cwd=site)

    assert warned.returncode == 0
    assert "warning[W905]" in warned.stderr
    assert "hint:" in warned.stderr
    assert strict.returncode == 1
    assert wrong.returncode == 1
    assert "error[E206]" in wrong.stderr
    assert ssg("check", "--format", "xml", cwd=site).returncode == 2


def test_json_is_one_object(ssg: Run, site: Path) -> None:
    """Both spellings print one object, also of a site that cannot be read at all."""
    path = story(site)
    path.write_text(path.read_text().replace("title:", "titel:", 1))

    one = ssg("check", *NOW, "--json", cwd=site)
    other = ssg("check", *NOW, "--format", "json", cwd=site)
    (site / "config.toml").write_text("title = [")
    none = ssg("check", *NOW, "--json", cwd=site)

    found = json.loads(one.stdout)
    assert {**json.loads(other.stdout), "seconds": 0} == {**found, "seconds": 0}
    assert found["errors"] >= 1
    assert {fault["code"] for fault in found["faults"]} >= {"E206", "E207"}
    assert one.stderr == ""
    assert [fault["code"] for fault in json.loads(none.stdout)["faults"]] == ["E102"]


def test_a_site_judges_for_itself(ssg: Run, site: Path) -> None:
    """`[check]` makes a warning an error, or nothing; a code that is none is a fault."""
    path, config = story(site), site / "config.toml"
    text = path.read_text()
    path.write_text("\n".join(line for line in text.split("\n") if "authors" not in line))
    plain = config.read_text()

    config.write_text(f'{plain}\n[check]\n"W905" = "error"\n')
    graver = ssg("check", *NOW, cwd=site)
    config.write_text(f'{plain}\n[check]\n"W905" = "off"\nN903 = "off"\n')
    silent = ssg("check", *NOW, cwd=site)
    config.write_text(f'{plain}\n[check]\nW9005 = "off"\n')
    unknown = ssg("check", *NOW, cwd=site)

    assert (graver.returncode, "error[W905]" in graver.stderr) == (1, True)
    assert (silent.returncode, silent.stderr) == (0, "")
    assert unknown.returncode == 1
    assert 'did you mean "W905"?' in unknown.stderr


def test_credits_are_read_back_on_request(ssg: Run, site: Path) -> None:
    """What was compared is told in words and as JSON; a theme that loses the byline is an error."""
    plain = json.loads(ssg("check", *NOW, "--json", cwd=site).stdout)
    words = ssg("check", *NOW, "--attribution", cwd=site)
    told = json.loads(ssg("check", *NOW, "--attribution", "--json", cwd=site).stdout)

    assert plain["attribution"] is None
    assert words.returncode == 0
    assert "1 article and" in words.stdout
    assert "every credit is the same in all of them" in words.stdout
    assert told["attribution"]["articles"] == 1
    assert set(told["attribution"]["forms"].values()) == {1}

    parts = site / "themes/bare/templates/parts"
    parts.mkdir(parents=True)
    (site / "themes/bare/theme.toml").write_text('extends = "base"\n')
    (parts / "byline.html").write_text(
        "{% macro byline(people, say) %}{{ people[0].name }}{% endmacro %}"
        "{% macro signed(people, say) %}{% endmacro %}"
    )
    config = site / "config.toml"
    lines = (x for x in config.read_text().splitlines() if not x.startswith("theme"))
    config.write_text('theme = "bare"\n' + "\n".join(lines))
    lost = ssg("check", *NOW, "--attribution", cwd=site)

    assert lost.returncode == 1
    assert "error[E811]: the story is credited to nobody" in lost.stderr
    assert "error[E801]: the authors: byline says nothing" in lost.stderr
