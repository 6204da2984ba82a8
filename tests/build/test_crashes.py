"""A build that is killed leaves what the next one makes good."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ssg.build import manifest, render, work
from ssg.build.store import Store
from tests.build.newsroom import Newsroom, article, document, newsroom

FILES = {
    "content/articles/2026/03/a.md": article("A", section="town"),
    "content/articles/2026/02/b.md": article("B", "2026-02-01"),
    "content/sections/town.md": document(title="Town"),
    "content/root/card/a.txt": "x",
}
EDITED: dict[str, str] = {
    "content/articles/2026/03/a.md": article("A again", section="town"),
    "content/articles/2026/03/c.md": article("C", "2026-03-02"),
    "content/root/card": "now a file",
}
GONE = ("content/articles/2026/02/b.md", "content/root/card")


class Killed(BaseException):
    """As sudden as a signal: no `except Exception` sees it."""


@contextmanager
def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Lets `step` things that touch the disk happen, then nothing more, not even tidying up."""
    done: list[str] = []

    def counted(name: str, honest: Callable[..., Any]) -> Callable[..., Any]:
        def act(*args: Any, **named: Any) -> Any:
            if len(done) >= step:
                raise Killed
            done.append(name)
            return honest(*args, **named)

        return act

    with monkeypatch.context() as patch:
        patch.setattr("ssg.build.write.shutil.rmtree", lambda *_, **__: None)
        patch.setattr("ssg.build.render._put", counted("stage", render._put))
        for name in ("replace", "rename", "unlink", "rmdir"):
            patch.setattr(os, name, counted(name, getattr(os, name)))
        patch.setattr(Path, "write_bytes", counted("write_bytes", Path.write_bytes))
        for name in ("save", "forget_outputs", "remember"):
            patch.setattr(Store, name, counted(name, getattr(Store, name)))
        try:
            yield done
        except Killed:
            done.append("killed")


def changed(folder: Path) -> Newsroom:
    """A site that was built, then edited."""
    room = newsroom(folder, FILES)
    room.settle().build()
    for path in GONE:
        room.remove(path)
    return room.write(EDITED).settle()


def test_a_build_killed_at_any_moment_heals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was the last thing to reach the disk, the next build gives a clean one's bytes."""
    clean = newsroom(tmp_path / "clean", FILES)
    for path in GONE:
        clean.remove(path)
    clean.write(EDITED).build()
    wanted = clean.output()
    steps, ended = 0, False
    seen: set[str] = set()
    while not ended:
        room = changed(tmp_path / f"site-{steps}")
        with killed_at(steps, monkeypatch) as done:
            room.build()
        ended = "killed" not in done
        report = room.build()
        assert room.output() == wanted, done
        assert report.faults == (), done
        assert not (room.folder / ".ssg/staging").exists()
        assert room.build().written == 0
        steps += 1
        seen |= set(done)
    assert {"stage", "replace", "rename", "unlink", "write_bytes", "rmdir"} <= seen
    assert {"save", "forget_outputs"} <= seen
    assert steps > 20


def test_the_first_build_killed_at_any_moment_heals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the very first: what it left is known as ours, and no --adopt is asked for."""
    clean = newsroom(tmp_path / "clean", FILES)
    clean.build()
    steps, ended = 0, False
    while not ended:
        room = newsroom(tmp_path / f"site-{steps}", FILES)
        with killed_at(steps, monkeypatch) as done:
            room.build()
        ended = "killed" not in done
        assert room.build().faults == (), done
        assert room.output() == clean.output(), done
        steps += 1


def test_pages_change_only_when_all_are_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the journal says what is about to change, no file in the output is touched."""
    room = changed(tmp_path / "site")
    before = room.output()

    def refused(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(work, "write_journal", refused)
    with pytest.raises(Killed):
        room.build()
    assert room.output() == before
    assert manifest.read_manifest(room.folder / ".ssg") is not None
