"""Servers that follow edits: started, asked for pages, and ended whatever happens."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Final

from benchmarks.measure import ProgramFailedError, worked
from benchmarks.programs import environment
from benchmarks.works import Site

_HOST: Final = "127.0.0.1"

#: Seconds: the longest that anything may take, and how long a server is asked to end.
_LONGEST: Final = 900
_FAREWELL: Final = 10

#: A server that used less than this part of a processor has done what it had to.
_IDLE: Final = 0.15
_LOOK: Final = 0.2


@dataclass
class Server:
    """A program that serves its site on a port."""

    site: Site
    port: int
    process: subprocess.Popen[bytes]
    asking: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.asking = HTTPConnection(_HOST, self.port, timeout=_LONGEST)

    def on_disk(self, page: str) -> bytes:
        """The bytes of an output's file; nothing where there is none, or not just now."""
        try:
            return (self.site.folder / self.site.program.output / page).read_bytes()
        except FileNotFoundError:
            return b""

    def in_browser(self, page: str) -> bytes:
        """What a browser gets for the page of an output, on a connection that stays open."""
        try:
            self.asking.request("GET", f"/{page.removesuffix('index.html')}")
            return self.asking.getresponse().read()
        except (OSError, HTTPException):
            self.asking.close()
            return b""

    def begin(self) -> None:
        """Waits for the first page."""
        while not self.in_browser("index.html"):
            if self.process.poll() is not None:
                said = f"{self.site.program.title} did not serve: status {self.process.returncode}"
                raise ProgramFailedError(said)
            time.sleep(_LOOK)

    def settle(self) -> None:
        """Waits until it has nothing to do: what it goes on with is not the next edit's."""
        before = worked(self.process.pid)
        time.sleep(_LOOK)
        while (now := worked(self.process.pid)) - before > _IDLE * _LOOK:
            before = now
            time.sleep(_LOOK)


@contextmanager
def serving(site: Site) -> Iterator[Server]:
    """A server for a site, with all it starts ended in the end."""
    port = _free_port()
    asked = (part.format(port=port) for part in site.program.serve)
    process = subprocess.Popen(
        [*(site.program.argv() or ()), *asked],
        cwd=site.folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        server = Server(site, port, process)
        server.begin()
        with closing(server.asking):
            yield server
    finally:
        _end(process)


@contextmanager
def open_tab(server: Server, page: str) -> Iterator[HTTPResponse | None]:
    """A browser's tab that has a page open, where a server is told of such."""
    if not server.site.program.tab:
        yield None
        return
    with closing(HTTPConnection(_HOST, server.port, timeout=_LONGEST)) as listening:
        listening.request("GET", server.site.program.tab.format(page=page))
        with closing(listening.getresponse()) as events:
            yield events


def wait_until_new(pages: dict[str, bytes], server: Server, where: str) -> float:
    """Seconds until each of these outputs holds its words."""
    look = {"disk": server.on_disk, "browser": server.in_browser}[where]
    begun = time.perf_counter()
    for page, words in pages.items():
        while words not in look(page):
            if time.perf_counter() - begun > _LONGEST:
                raise ProgramFailedError(f"{server.site.program.title} never showed {words!r}")
            time.sleep(0.001)
    return time.perf_counter() - begun


def _end(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_FAREWELL)
            return


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind((_HOST, 0))
        port: int = listening.getsockname()[1]
    return port
