"""A preview of a folder of pages, over a real socket, for the tests of this room."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from ssg.faults import Fault
from ssg.serve.board import Board
from ssg.serve.outcome import Outcome
from ssg.serve.ports import open_port
from ssg.serve.preview import Preview
from ssg.serve.server import Running

#: A busy machine is slow; only what never happens takes this long, in seconds.
DEADLINE = 20

_SCRIPT = re.compile(rb'<script src="/_ssg/live.js"[^>]*></script>\n?')


@contextmanager
def running(preview: Preview, port: int = 0) -> Iterator[Running]:
    """A server on a free port, or on the given one."""
    server = preview.start(open_port("127.0.0.1", port), "127.0.0.1")
    try:
        yield server
    finally:
        server.stop()


def port_of(server: Running) -> int:
    return int(server.address.split(":")[2].partition("/")[0])


def fetch(port: int, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """One request, sent as it is written; an underscore in a header's name is a hyphen."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=DEADLINE)) as connection:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        return response, response.read()


def as_published(page: bytes) -> bytes:
    """A page without the script of the preview."""
    return _SCRIPT.sub(b"", page)


def version_in(page: bytes) -> str:
    found = re.search(rb'data-version="([^"]+)"', page)
    assert found
    return found[1].decode()


class Stream:
    """The events of one tab."""

    def __init__(self, port: int, output: str, seen: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
        self.connection.request("GET", f"/_ssg/events?output={output}&seen={seen}")
        self.response = self.connection.getresponse()

    def next(self) -> tuple[str, str]:
        """The next event: its name and its data. Comments are skipped; ends with ("", "")."""
        lines: dict[str, str] = {}
        for raw in self.response:
            name, _, value = raw.decode().rstrip("\r\n").partition(": ")
            if not name and lines:
                return lines["event"], lines["data"]
            if name in {"event", "data"}:
                lines[name] = value
        return "", ""

    def close(self) -> None:
        self.response.close()
        self.connection.close()


@contextmanager
def stream(port: int, output: str, seen: str = "") -> Iterator[Stream]:
    """A tab that listens."""
    tab = Stream(port, output, seen)
    try:
        yield tab
    finally:
        tab.close()


def told(event: tuple[str, str]) -> Mapping[str, object]:
    """What an event says of faults."""
    name, data = event
    assert name == "faults"
    value: Mapping[str, object] = json.loads(data)
    return value


def post(board: Board, *faults: Fault) -> Outcome:
    """The outcome of one more build."""
    number = len(board.outcomes) + 1
    outcome = Outcome(number=number, at=datetime.now(UTC), faults=faults)
    board.post(outcome)
    return outcome


def until(is_so: Callable[[], bool]) -> None:
    """Waits for a condition."""
    end = time.monotonic() + DEADLINE
    while not is_so():
        assert time.monotonic() < end, "it never became so"
        time.sleep(0.01)


def write(folder: Path, name: str, text: str) -> None:
    """A file put in place as the builder does, in one step."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
