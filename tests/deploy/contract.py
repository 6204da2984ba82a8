"""The contract of every adapter (`ssg.deploy.targets`), as a suite of tests.

The tests of an adapter are a class derived from `Contract` with a fixture `host` of its own, which
gives a fresh `Host`: a real server, an empty place on it, and a look at what readers get.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import msgspec
import pytest

from ssg.config import Config, Destination, read_config
from ssg.deploy import Order, Report, deploy, history, roll_back
from ssg.deploy.release import read_record
from ssg.deploy.targets.doors import open_target
from ssg.faults import Halt
from tests.build.newsroom import CONFIG, NOW, Newsroom, article, newsroom

REPOSITORY = Path(__file__).resolve().parents[2]
STORY = "content/articles/2026/03/tide.md"

_ASSET = re.compile(r'(?:href|src)="/(assets/[^"]+)"')
_MOMENTS = count()


class Host(Protocol):
    """A place that is published to, as its owner and its readers know it."""

    @property
    def destination(self) -> Destination:
        """How a site names it."""

    def served(self) -> dict[str, bytes]:
        """What readers can fetch, without what the adapter keeps there for itself."""

    def put(self, path: str, data: bytes) -> None:
        """Somebody puts a file there by hand."""

    def edit_record(self) -> None:
        """Somebody edits the record of what is live."""


def config_of(site: Path) -> Config:
    """The configuration in a site's folder."""
    config = read_config((site / "config.toml").read_text(encoding="utf-8"))
    assert isinstance(config, Config)
    return config


class Paper:
    """A built site and its way to a host."""

    def __init__(self, folder: Path, destination: Destination) -> None:
        stories = {
            f"content/articles/2026/02/story-{n}.md": article(f"Story {n}", f"2026-02-0{n}")
            for n in range(1, 7)
        }
        self.room: Newsroom = newsroom(folder, {STORY: article("Tide"), **stories})
        self.destination = destination
        self.sent: list[str] = []
        self.build()

    def build(self, **files: str) -> None:
        self.room.write(files)
        self.room.build()

    def write(self, title: str) -> None:
        """Gives the first article another headline, and builds."""
        self.room.write({STORY: article(title)})
        self.room.build()

    def dress(self, colour: str) -> None:
        """Gives the pages of articles a stylesheet of this colour, and builds."""
        shown = '{% extends "base/article.html" %}{% block end %}'
        shown += '<link rel="stylesheet" href="{{ "site.css" | asset }}">{% endblock %}'
        self.room.write(
            {
                "config.toml": f'{CONFIG}theme = "own"\n',
                "themes/own/theme.toml": 'extends = "base"\n',
                "themes/own/templates/article.html": shown,
                "themes/own/assets/site.css": f"p {{ color: {colour} }}\n",
            }
        )
        self.room.build()

    def order(self, **changes: Any) -> Order:
        now = NOW + timedelta(seconds=next(_MOMENTS))
        return Order(
            **{
                "site": self.room.folder,
                "destination": self.destination,
                "config": config_of(self.room.folder),
                "now": now,
                **changes,
            }
        )

    def deploy(self, **changes: Any) -> Report:
        return deploy(self.order(**changes))

    def faults(self, **changes: Any) -> list[str]:
        """The codes of what a deploy is stopped for."""
        with pytest.raises(Halt) as halt:
            self.deploy(**changes)
        return [fault.code for fault in halt.value.faults]


@contextmanager
def child(paper: Paper, what: str, *more: str) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that deploys to the same place, or has its lock."""
    order = paper.order()
    destination = msgspec.json.encode(order.destination).decode()
    process = subprocess.Popen(
        [
            sys.executable,
            Path(__file__).with_name("other.py"),
            *(what, str(paper.room.folder), destination, order.now.isoformat(), *more),
        ],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        process.kill()


class Contract:
    """What `ssg.deploy.targets` promises, seen from outside."""

    @pytest.fixture
    def host(self) -> Host:
        raise NotImplementedError

    @pytest.fixture
    def paper(self, tmp_path: Path, host: Host) -> Paper:
        return Paper(tmp_path / "site", host.destination)

    def test_a_first_deploy_shows_the_build(self, paper: Paper, host: Host) -> None:
        """After it readers get every output, byte for byte, and nothing else."""
        report = paper.deploy()
        assert report.done
        assert host.served() == paper.room.output()

    def test_a_second_deploy_sends_what_changed(self, paper: Paper, host: Host) -> None:
        """What is there already is not sent again, and a deploy of the same does nothing."""
        paper.deploy()
        assert not paper.deploy().done
        before = paper.room.output()
        paper.write("Ebb")
        report = paper.deploy()
        after = paper.room.output()
        differing = {path for path, data in after.items() if before.get(path) != data}
        assert set(report.plan.sent) == differing
        assert host.served() == after

    def test_what_is_not_made_any_more_is_deleted(self, paper: Paper, host: Host) -> None:
        """A file that is gone from the site is gone from the host."""
        paper.room.write({"content/root/notes/pier.txt": "It held.\n"})
        paper.room.build()
        paper.deploy()
        assert "notes/pier.txt" in host.served()
        paper.room.remove("content/root/notes/pier.txt")
        paper.room.build()
        paper.deploy()
        assert host.served() == paper.room.output()

    def test_no_page_is_there_before_its_assets(self, paper: Paper, host: Host) -> None:
        """At every step of a deploy each page that can be fetched has all that it names."""
        paper.dress("navy")
        paper.deploy()
        paper.dress("teal")
        steps = []

        def look(sent: int, of: int) -> None:
            served = host.served()
            pages = [data.decode() for path, data in served.items() if path.endswith(".html")]
            named = {path for page in pages for path in _ASSET.findall(page)}
            steps.append(named - served.keys())

        paper.deploy(progress=look)
        assert steps
        assert not any(steps)

    def test_dropped_assets_stay_for_a_while(self, paper: Paper, host: Host) -> None:
        """A stylesheet that open pages name can be fetched until its grace is over."""
        paper.dress("navy")
        order = paper.order()
        deploy(order)
        (old,) = [path for path in host.served() if path.startswith("assets/site.")]
        paper.dress("teal")
        deploy(replace(order, now=order.now + timedelta(hours=1)))
        assert host.served().keys() == paper.room.output().keys() | {old}
        deploy(replace(order, now=order.now + timedelta(hours=20)))
        assert old in host.served()
        deploy(replace(order, now=order.now + timedelta(hours=26)))
        assert host.served() == paper.room.output()

    def test_files_of_others_stay(self, paper: Paper, host: Host) -> None:
        """What somebody put there by hand is left alone by deploys and by going back."""
        paper.deploy()
        host.put("verification.txt", b"abc")
        paper.write("Ebb")
        paper.deploy()
        assert host.served() == {**paper.room.output(), "verification.txt": b"abc"}
        host.put("later.txt", b"def")
        roll_back(paper.order())
        assert host.served()["verification.txt"] == b"abc"
        assert host.served()["later.txt"] == b"def"

    def test_files_of_others_are_not_overwritten(self, paper: Paper, host: Host) -> None:
        """One that stands where an output has to go stops a deploy, until it is said to be ours."""
        paper.deploy()
        host.put("about/index.html", b"by hand")
        paper.room.write({"content/pages/about.md": "---\ntitle: About\n---\nUs.\n"})
        paper.room.build()
        assert paper.faults() == ["E857"]
        assert host.served()["about/index.html"] == b"by hand"
        paper.deploy(adopt=True)
        assert host.served() == paper.room.output()

    def test_files_go_where_folders_were(self, paper: Paper, host: Host) -> None:
        """A file takes the place of a folder, and a folder that of a file."""
        paper.room.write({"content/root/notes": "a file\n", "content/root/files/one": "1\n"})
        paper.room.build()
        paper.deploy()
        paper.room.remove("content/root/notes")
        paper.room.remove("content/root/files")
        paper.room.write({"content/root/notes/one": "1\n", "content/root/files": "a file\n"})
        paper.room.build()
        paper.deploy()
        assert host.served() == paper.room.output()

    @pytest.mark.parametrize("after", [1, 4])
    def test_a_deploy_that_was_killed_is_gone_on_with(
        self, paper: Paper, host: Host, after: int
    ) -> None:
        """The next deploy makes all good, whatever the killed one had sent; also back to before."""
        paper.deploy()
        before = paper.room.output()
        paper.write("Ebb")
        with child(paper, "deploy", str(after)) as process:
            assert process.wait(60) == -signal.SIGKILL
        if open_target(paper.destination, paper.room.folder).can_switch:
            assert host.served() == before
        paper.write("Tide")
        paper.deploy()
        assert host.served() == paper.room.output() == before
        paper.write("Flood")
        with child(paper, "deploy", str(after)) as process:
            assert process.wait(60) == -signal.SIGKILL
        paper.deploy()
        assert host.served() == paper.room.output()

    def test_one_at_a_time(self, paper: Paper, host: Host) -> None:
        """The second is told at once who is publishing; a dead holder locks nobody out."""
        paper.deploy()
        paper.write("Ebb")
        with child(paper, "lock") as process:
            assert process.stdout
            assert process.stdout.readline() == "locked\n"
            with pytest.raises(Halt) as halt:
                paper.deploy()
            (fault,) = halt.value.faults
            assert fault.code == "E858"
            assert f"process {process.pid}" in fault.message
        assert paper.deploy().done
        assert host.served() == paper.room.output()

    def test_going_back(self, paper: Paper, host: Host) -> None:
        """Former releases are live again, to the last byte, one after the other, and forth."""
        kept = []
        for title in ("One", "Two", "Three"):
            paper.write(title)
            report = paper.deploy()
            kept.append((report.release, host.served()))
        for name, served in reversed(kept[:-1]):
            assert roll_back(paper.order()).release == name
            assert host.served() == served
        with pytest.raises(Halt) as halt:
            roll_back(paper.order())
        assert [fault.code for fault in halt.value.faults] == ["E866"]
        assert roll_back(paper.order(), kept[-1][0]).done
        assert host.served() == kept[-1][1]
        releases, live = history(paper.order())
        assert [release.id for release in releases] == [name for name, _ in reversed(kept)]
        assert live == kept[-1][0]

    def test_as_many_releases_as_asked_for_are_kept(self, paper: Paper) -> None:
        """Older ones go; the live one stays."""
        paper.destination = replace(paper.destination, keep=2)
        for title in ("One", "Two", "Three"):
            paper.write(title)
            paper.deploy()
        releases, live = history(paper.order())
        assert len(releases) == 2
        assert releases[0].id == live

    def test_a_record_that_was_edited_is_not_believed(self, paper: Paper, host: Host) -> None:
        """It is told, what is there is looked at, and the host shows the build again."""
        paper.deploy()
        host.edit_record()
        host.put("by-hand.txt", b"abc")
        paper.write("Ebb")
        report = paper.deploy()
        assert [fault.code for fault in report.faults] == ["W852"]
        assert host.served() == {**paper.room.output(), "by-hand.txt": b"abc"}
        data = open_target(paper.destination, paper.room.folder).record()
        assert data is not None
        assert read_record(data) is not None
