"""Addresses elsewhere, asked of a real server on this machine."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest

from ssg.build import Order
from ssg.check import Asked, check
from ssg.check.answers import Manners
from ssg.faults import Fault
from tests.test_sites_invalid import CONFIG, write

NOW: Final = datetime(2026, 3, 15, 12, tzinfo=UTC)
HASTY: Final = Manners(pause=0.0, patience=5.0)


@dataclass
class Elsewhere:
    """What was asked of the server, and how many asked at the same time at most."""

    base: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0
    busy: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    late: threading.Event = field(default_factory=threading.Event)


#: How each path answers; the others are good.
STATUSES: Final = {
    "/missing": 404,
    "/gone": 410,
    "/broken": 500,
    "/not-for-machines": 403,
    "/moved": 301,
    "/elsewhere-today": 302,
    "/to-a-file": 301,
    "/round": 302,
}
LEADS: Final = {
    "/moved": "/new",
    "/elsewhere-today": "/new",
    "/to-a-file": "file:///etc/passwd",
    "/round": "/round",
}


class Handler(BaseHTTPRequestHandler):
    """A server that notes what it is asked, and answers each path in its own way."""

    there: Elsewhere

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def answer(self) -> None:
        there = self.there
        with there.lock:
            there.busy += 1
            there.at_once = max(there.at_once, there.busy)
            before = Counter(path for _, path in there.asked)[self.path]
            there.asked.append((self.command, self.path))
            there.agents.add(self.headers["User-Agent"])
        there.late.wait(20 if self.path == "/late" else 0.005)
        with there.lock:
            there.busy -= 1
        self.send_response(self.status(before))
        if self.path in LEADS:
            self.send_header("Location", LEADS[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def status(self, before: int) -> int:
        if self.path == "/only-whole":
            return 405 if self.command == "HEAD" else 200
        if self.path == "/bad-day":
            return 503 if before < 2 else 200
        return STATUSES.get(self.path, 200)

    do_GET = do_HEAD = answer  # noqa: N815 - as the library calls them


@pytest.fixture
def there() -> Iterator[Elsewhere]:
    """A server that runs while the test does."""
    known = Elsewhere()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Ours", (Handler,), {"there": known}))
    known.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield known
    known.late.set()
    server.shutdown()
    thread.join()
    server.server_close()


def site_with(folder: Path, there: Elsewhere, *paths: str) -> Path:
    """A site with one article that links to these paths, one a line from line 5 on."""
    links = "\n".join(f"[{number}]({there.base}{path})" for number, path in enumerate(paths))
    story = f"---\ntitle: The ferry is late\ndate: 2026-03-02\n---\n{links}\n"
    files = {"config.toml": CONFIG, "content/articles/2026/03/ferry.md": story}
    return write(folder, {path: text.encode() for path, text in files.items()})


def asked(
    site: Path, manners: Manners = HASTY, now: datetime = NOW
) -> list[tuple[str, int | None, str, str | None]]:
    """What a check that asks finds of the web: code, line, message, hint."""
    found = check(Order(site=site, now=now), Asked(external=True, manners=manners)).faults
    return [told(fault) for fault in found if fault.code in {"W915", "N907", "N908"}]


def told(fault: Fault) -> tuple[str, int | None, str, str | None]:
    return fault.code, fault.place.line if fault.place else None, fault.message, fault.hint


def test_what_answers_is_said_of_each_address(tmp_path: Path, there: Elsewhere) -> None:
    """Gone, missing and broken are warnings, moved for good is a note; the others are good."""
    paths = (
        *("/good", "/missing", "/gone", "/moved", "/elsewhere-today"),
        *("/only-whole", "/bad-day", "/not-for-machines", "/broken", "/good#part", "/ä?q=é"),
    )
    found = asked(site_with(tmp_path, there, *paths))

    at = there.base
    assert [(code, line, message) for code, line, message, _ in found] == [
        ("W915", 6, f"{at}/missing answers 404, not found"),
        ("W915", 7, f"{at}/gone answers 410, gone"),
        ("N907", 8, f"{at}/moved has moved for good"),
        ("W915", 13, f"{at}/broken answers 500, internal server error"),
    ]
    assert found[2][3] == f"write {at}/new"


def test_a_host_is_asked_with_manners(tmp_path: Path, there: Elsewhere) -> None:
    """One question at a time, for the head first, by a program that says what it is."""
    asked(site_with(tmp_path, there, *(f"/page-{number}" for number in range(12))))

    assert there.at_once == 1
    assert {method for method, _ in there.asked} == {"HEAD"}
    assert len(there.asked) == 12
    assert all(agent.startswith("ssg/") for agent in there.agents)


def test_answers_are_kept(tmp_path: Path, there: Elsewhere) -> None:
    """Good ones for a week, bad ones for an hour: a check in between asks nobody."""
    site = site_with(tmp_path, there, "/good", "/missing")
    first = asked(site)
    there.asked.clear()

    assert asked(site) == first
    assert there.asked == []
    assert asked(site, now=NOW + timedelta(hours=2)) == first
    assert {path for _, path in there.asked} == {"/missing"}
    there.asked.clear()
    assert asked(site, now=NOW + timedelta(days=8)) == first
    assert {path for _, path in there.asked} == {"/good", "/missing"}


def test_nobody_is_waited_for_without_end(tmp_path: Path, there: Elsewhere) -> None:
    """An address that is late is a note, and so are those that there is no time for."""
    site = site_with(tmp_path, there, "/late", "/late-too")
    late = asked(site, Manners(pause=0.0, patience=0.2, tries=1))
    none = asked(site_with(tmp_path / "b", there, "/a", "/b"), Manners(whole=0.0))

    assert [found[:3] for found in late] == [
        ("N908", 5, f"{there.base}/late did not answer in time")
    ]
    assert [found[:3] for found in none] == [
        ("N908", None, f"there was no time to ask 2 addresses, such as {there.base}/a")
    ]


def test_no_redirect_leads_to_the_disk_or_round_and_round(tmp_path: Path, there: Elsewhere) -> None:
    """What a server sends us to is asked by http or https, a few times, or not at all."""
    found = asked(site_with(tmp_path, there, "/to-a-file", "/round"))

    assert [(code, line) for code, line, *_ in found] == [("W915", 5), ("W915", 6)]


def test_a_host_that_is_not_there(tmp_path: Path) -> None:
    """Nobody listens at this port: that is said, and nothing breaks."""
    nobody = Elsewhere(base="http://127.0.0.1:9")
    ((code, line, message, _),) = asked(site_with(tmp_path, nobody, "/"))

    assert (code, line) == ("W915", 5)
    assert "cannot be reached: connection refused" in message


@pytest.mark.parametrize("base", ["http://[", "http://a b", "https://exa\u0300mple..", "http://%"])
def test_an_address_that_is_none(base: str, tmp_path: Path) -> None:
    """What nobody can ask is told like what does not answer."""
    site = site_with(tmp_path, Elsewhere(base=base), "/")
    assert [code for code, *_ in asked(site)] in (["W915"], [])


def test_without_being_asked_nobody_is_asked(tmp_path: Path, there: Elsewhere) -> None:
    """The network is touched on request alone."""
    check(Order(site=site_with(tmp_path, there, "/missing"), now=NOW))
    assert there.asked == []
