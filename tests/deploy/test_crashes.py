"""Deploys that are killed at any instant, while readers fetch pages and what these name."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ssg.config import Destination
from tests.build.newsroom import article
from tests.deploy.contract import Paper, child
from tests.deploy.servers import serving
from tests.deploy.sshd import sshd

_ASSET = re.compile(r'(?:href|src)="(/assets/[^"]+)"')
_STORY = re.compile(r'href="(/\d{4}/\d\d/[^"/]+/)"')
OK = 200


@dataclass
class Reader:
    """Somebody who opens the home page, then stories, each with all that it names."""

    address: str
    missed: list[str] = field(default_factory=list)
    pages: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        """Reads until it is told to stop, or a page is not whole."""
        chance = random.Random(1)
        while not self.done.is_set() and not self.missed:
            home = self.open("/")
            stories = _STORY.findall(home)
            if stories:
                self.open(chance.choice(stories))

    def open(self, path: str) -> str:
        """The page at a path; notes each asset that it names and that is not there."""
        status, page = self.get(path)
        if status != OK:
            self.missed.append(f"{path}: {status}")
        self.pages += 1
        for asset in _ASSET.findall(page):
            status, _ = self.get(asset)
            if status != OK:
                self.missed.append(f"{asset} on {path}: {status}")
        return page

    def get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@contextmanager
def reading(folder: Path) -> Iterator[Reader]:
    """A reader at work, until the block ends."""
    with serving(folder) as address:
        reader = Reader(address)
        thread = threading.Thread(target=reader.read)
        thread.start()
        try:
            yield reader
        finally:
            reader.done.set()
            thread.join()


def paper_in(folder: Path, colour: str, destination: Destination) -> Paper:
    """A paper whose every page names stylesheets, and whose every page differs by the colour."""
    paper = Paper(folder, destination)
    names = [f"{n}.css" for n in range(4)]
    named = "".join(f'<link rel="stylesheet" href="{{{{ "{name}" | asset }}}}">' for name in names)
    paper.room.write(
        {
            "themes/own/theme.toml": 'extends = "base"\n',
            "themes/own/templates/article.html": (
                '{% extends "base/article.html" %}{% block end %}' + named + "{% endblock %}"
            ),
            **{f"themes/own/assets/{name}": f".c{name[0]} {{ color: {colour} }}" for name in names},
            **{
                f"content/articles/2026/02/story-{n}.md": article(f"{colour} {n}", f"2026-02-0{n}")
                for n in range(1, 7)
            },
        }
    )
    config = paper.room.folder / "config.toml"
    config.write_text(config.read_text(encoding="utf-8") + 'theme = "own"\n', encoding="utf-8")
    paper.room.build()
    return paper


def hold(folder: Path, kills: int, *, switch: bool, address: str = "file:") -> int:
    """Kills deploys of two papers in turn. Gives how many were hit at work."""
    live = folder / "srv/paper"
    destination = Destination("live", f"{address}{live}", switch=switch)
    papers = [paper_in(folder / colour, colour, destination) for colour in ("navy", "teal")]
    papers[1].deploy()
    begun = time.monotonic()
    papers[0].deploy()
    whole = time.monotonic() - begun
    chance = random.Random(7)
    hit = 0
    with reading(live) as reader:
        for number in range(kills):
            with child(papers[(number + 1) % 2], "deploy") as process:
                assert process.stdout
                assert process.stdout.readline() == "ready\n"
                time.sleep(chance.uniform(0, whole))
                hit += process.poll() is None
                process.kill()
                process.wait()
            assert reader.missed == []
        papers[0].deploy()
        last = reader.pages
        while reader.pages < last + 4 and not reader.missed:
            time.sleep(0.01)
    assert reader.missed == []
    assert reader.pages > kills
    for path, data in papers[0].room.output().items():
        assert (live / path).read_bytes() == data, path
    return hit


@pytest.mark.parametrize("switch", [True, False])
def test_readers_never_see_a_page_without_its_assets(tmp_path: Path, *, switch: bool) -> None:
    """Whatever instant a deploy is killed at, and after the next one all is as it was built."""
    assert hold(tmp_path, 10, switch=switch) > 0


@pytest.mark.long
@pytest.mark.parametrize("switch", [True, False])
def test_readers_never_do_at_fifty_instants(tmp_path: Path, *, switch: bool) -> None:
    assert hold(tmp_path, 50, switch=switch) > 0


@pytest.mark.long
@pytest.mark.parametrize(("scheme", "switch"), [("ssh", True), ("sftp", True), ("sftp", False)])
def test_readers_never_do_on_another_machine(
    tmp_path: Path,
    require: Callable[[str | Path], Path],
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    *,
    switch: bool,
) -> None:
    """Though what the killed process has started may go on for a moment, on either side."""
    with sshd(require(Path("/usr/sbin/sshd")), tmp_path / "sshd") as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        address = f"{scheme}://{server.address}"
        assert hold(tmp_path, 20, switch=switch, address=address) > 0
