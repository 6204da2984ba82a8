"""A run that dies between two writes, or finds the disk full, is healed by the next one."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ssg.config import Config
from ssg.desk import Report, files, ingest_files

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
CONFIG = Config(title="The Vane", base_url="https://vane.example/", timezone="UTC")
STEPS = range(12)

FIRST = """Fog closes the pier

By Ada Quill and Ben Holt

20 November 2026

The pier at Vane was closed at noon, when the lamp at its end could not be seen any more.

Two boats waited outside until three, and the crews of both said that they had known worse.

Source: Skerry Wire
"""
SECOND = FIRST.replace("until three", "until four").replace("Ben Holt", "Cora Lark")


class Killed(BaseException):
    """What a killed process does not live to see."""


def run(site: Path) -> Report:
    return ingest_files(site, (), CONFIG, now=NOW)


def contents(site: Path) -> dict[str, bytes]:
    """All files but those that a dying process left half-way, which nobody reads."""
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file() and not file.name.endswith(".tmp")
    }


def put_raw(site: Path, text: str, name: str = "fog.txt") -> None:
    inbox = site / "content/inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_text(text)


def edit(site: Path) -> None:
    """What an editor does between the first raw text and the second."""
    article = site / "content/articles/2026/11/fog-closes-the-pier.md"
    article.write_text(article.read_text().replace("at noon", "at noon on Friday"))


def failing(
    monkeypatch: pytest.MonkeyPatch, step: int, error: BaseException, *, after: bool
) -> None:
    """Makes the call number `step` that puts a file in its place the last, or the first to fail."""
    count = iter(range(10_000))

    def broken(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            number = next(count)
            if number >= step and not (after and number == step):
                raise error
            made = real(*args, **options)
            if number == step:
                raise error
            return made

        return call

    monkeypatch.setattr(os, "replace", broken(os.replace))
    monkeypatch.setattr(os, "link", broken(os.link))


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """What runs without a crash leave."""
    site = tmp_path_factory.mktemp("whole")
    put_raw(site, FIRST)
    run(site)
    first = contents(site)
    edit(site)
    put_raw(site, SECOND)
    run(site)
    return {"first": first, "second": contents(site)}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_new_raw_text_survives_a_kill(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wanted: dict[str, dict[str, bytes]],
    step: int,
    after: bool,
) -> None:
    put_raw(tmp_path, FIRST)
    with monkeypatch.context() as patch:
        failing(patch, step, Killed(), after=after)
        patch.setattr(files, "_discard", lambda _: None)
        try:
            run(tmp_path)
        except Killed:
            pass
        else:
            assert step >= 6

    assert run(tmp_path).faults == ()
    assert contents(tmp_path) == wanted["first"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_changed_raw_text_survives_a_kill(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wanted: dict[str, dict[str, bytes]],
    step: int,
    after: bool,
) -> None:
    put_raw(tmp_path, FIRST)
    run(tmp_path)
    edit(tmp_path)
    put_raw(tmp_path, SECOND)
    with monkeypatch.context() as patch:
        failing(patch, step, Killed(), after=after)
        patch.setattr(files, "_discard", lambda _: None)
        try:
            run(tmp_path)
        except Killed:
            pass
        else:
            assert step >= 4

    assert run(tmp_path).faults == ()
    assert contents(tmp_path) == wanted["second"]


@pytest.mark.parametrize("step", STEPS)
def test_a_full_disk_is_a_fault_for_each_text_and_heals(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wanted: dict[str, dict[str, bytes]],
    step: int,
) -> None:
    put_raw(tmp_path, FIRST)
    put_raw(tmp_path, FIRST.replace("Fog", "Snow"), "snow.txt")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with monkeypatch.context() as patch:
        failing(patch, step, full, after=False)
        patch.setattr(files, "_link", lambda spare, target, _: os.link(spare, target))
        report = run(tmp_path)

    if step < 9:
        assert {fault.code for fault in report.faults} == {"E704"}
        assert all(fault.place for fault in report.faults)
    assert not list(tmp_path.rglob("*.tmp"))
    assert run(tmp_path).faults == ()
    after = contents(tmp_path)
    assert {path: after[path] for path in wanted["first"]} == wanted["first"]
    assert len(list((tmp_path / "content/articles/2026/11").iterdir())) == 2


def test_where_there_are_no_links_a_file_is_still_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: dict[str, dict[str, bytes]]
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refused)
    put_raw(tmp_path, FIRST)

    assert run(tmp_path).faults == ()
    assert contents(tmp_path) == wanted["first"]
    with pytest.raises(FileExistsError):
        files.create(tmp_path / "content/inbox/fog.txt", b"other")


def test_an_edit_between_a_crash_and_the_next_run_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_raw(tmp_path, FIRST)
    with monkeypatch.context() as patch:
        failing(patch, 4, Killed(), after=False)
        with pytest.raises(Killed):
            run(tmp_path)
    edit(tmp_path)

    assert run(tmp_path).faults == ()
    put_raw(tmp_path, SECOND)
    assert run(tmp_path).faults == ()

    text = (tmp_path / "content/articles/2026/11/fog-closes-the-pier.md").read_text()
    assert "at noon on Friday" in text
    assert "until four" in text
    assert len(list((tmp_path / "content/articles/2026/11").iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    put_raw(tmp_path, FIRST)
    (tmp_path / "content/articles").write_text("in the way")

    report = run(tmp_path)

    assert [fault.code for fault in report.faults] == ["E704"]
    assert not (tmp_path / "content/inbox/.receipts").exists()
