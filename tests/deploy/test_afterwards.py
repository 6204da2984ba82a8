"""After a deploy: what readers get is looked at, others are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from ssg.config import Destination
from ssg.deploy import roll_back
from ssg.deploy.verify import is_served, url_of
from ssg.faults import Halt
from tests.deploy.contract import Paper
from tests.deploy.servers import listening, serving


@pytest.fixture
def live(tmp_path: Path) -> Path:
    return tmp_path / "srv/paper"


@pytest.fixture
def paper(tmp_path: Path, live: Path) -> Iterator[Paper]:
    """A paper that is published to a folder which a web server serves."""
    with serving(live) as address:
        paper = Paper(tmp_path / "site", Destination("live", f"file:{live}", verify=True))
        configure(paper, base_url=address)
        yield paper


def configure(paper: Paper, **keys: str) -> None:
    """Sets keys of config.toml, and builds."""
    file = paper.room.folder / "config.toml"
    lines = [
        line
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.partition(" ")[0] not in keys
    ]
    lines = [*(f'{key} = "{value}"' for key, value in keys.items()), *lines]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    paper.room.build()


def test_what_readers_get_is_what_was_sent(paper: Paper) -> None:
    """Every address is fetched; a deploy is done when all give what was sent."""
    assert paper.deploy(waits=(0.0,)).done
    paper.write("Ebb")
    assert paper.deploy(waits=(0.0,)).done
    assert roll_back(paper.order(waits=(0.0,))).done


@pytest.mark.parametrize("switch", [True, False])
def test_what_differs_is_taken_back(
    paper: Paper, live: Path, tmp_path: Path, *, switch: bool
) -> None:
    """Where the host keeps the former release it is live again; elsewhere it is told."""
    paper.destination = replace(paper.destination, switch=switch)
    paper.deploy(waits=(0.0,))
    before = (live / "index.html").read_bytes()
    paper.write("Ebb")
    with serving(tmp_path) as elsewhere:
        paper.destination = replace(paper.destination, address=elsewhere)
        with pytest.raises(Halt) as halt:
            paper.deploy(waits=(0.0,))
    (fault,) = halt.value.faults
    assert fault.code == "E865"
    assert ("live again" in fault.message) == switch
    assert ((live / "index.html").read_bytes() == before) == switch
    paper.destination = replace(paper.destination, address=None)
    paper.deploy(waits=(0.0,))
    assert (live / "index.html").read_bytes() == paper.room.output()["index.html"]


def test_a_hub_is_told_of_feeds_that_changed(paper: Paper) -> None:
    """Of each once, by its address; not of those that did not change."""
    with listening() as (hub, told):
        configure(paper, feed_hub=hub)
        paper.deploy(waits=(0.0,))
        told.clear()
        assert paper.deploy().faults == ()
        assert told == []
        paper.write("Ebb")
        report = paper.deploy(waits=(0.0,))
        asked = [parse_qs(form.decode()) for form in told]
        assert all(form["hub.mode"] == ["publish"] for form in asked)
        base = paper.order().config.base_url
        names = ("feed.xml", "atom.xml", "feed.json")
        feeds = {base + path for path in report.plan.sent if path.endswith(names)}
        assert sorted(form["hub.url"][0] for form in asked) == sorted(feeds)
        assert f"{base}feed.xml" in feeds


def test_search_engines_are_told_of_pages(paper: Paper) -> None:
    """Those that changed, in one request, with the key that the site shows; of no others."""
    with listening() as (engines, told):
        table = f'[publish]\nindexnow_key = "0123456789ab"\nindexnow_url = "{engines}"\n'
        file = paper.room.folder / "config.toml"
        file.write_text(file.read_text(encoding="utf-8") + table, encoding="utf-8")
        paper.deploy(waits=(0.0,))
        paper.write("Ebb")
        paper.deploy(waits=(0.0,))
        _, second = map(json.loads, told)
        base = paper.order().config.base_url
        assert f"{base}2026/03/tide/" in second["urlList"]
        assert f"{base}2026/02/story-1/" not in second["urlList"]
        assert base in second["urlList"]
        assert second["keyLocation"] == f"{base}0123456789ab.txt"


def test_nobody_who_does_not_listen_stops_a_deploy(paper: Paper) -> None:
    """A hub that fails, or is not there, is a warning."""
    with listening(503) as (hub, _):
        configure(paper, feed_hub=hub)
        report = paper.deploy(waits=(0.0,))
    assert report.done
    assert {fault.code for fault in report.faults} == {"W853"}
    paper.write("Ebb")
    report = paper.deploy(waits=(0.0,))
    assert report.done
    assert {fault.code for fault in report.faults} == {"W853"}


def test_nobody_is_told_of_a_rehearsal(paper: Paper, live: Path) -> None:
    """A destination with an address of its own is not where the paper is."""
    with listening() as (hub, told), serving(live) as rehearsal:
        configure(paper, feed_hub=hub)
        paper.destination = replace(paper.destination, address=rehearsal)
        assert paper.deploy(waits=(0.0,)).done
        assert told == []


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("index.html", "https://tidal.example/news/"),
        ("2026/03/tide/index.html", "https://tidal.example/news/2026/03/tide/"),
        ("404.html", "https://tidal.example/news/404.html"),
        ("media/höhe 1.jpg", "https://tidal.example/news/media/h%C3%B6he%201.jpg"),
        ("myindex.html", "https://tidal.example/news/myindex.html"),
    ],
)
def test_the_address_of_an_output(path: str, url: str) -> None:
    assert url_of(path, "https://tidal.example/news/") == url


@pytest.mark.parametrize(
    ("path", "served"),
    [("index.html", True), (".htaccess", False), ("_headers", False), ("a/.b/c", True)],
)
def test_what_tells_the_server_something_is_not_fetched(path: str, *, served: bool) -> None:
    assert is_served(path) == served
