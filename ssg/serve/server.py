"""A server in a thread of its own, which ends at once when it is told to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

import uvicorn

if TYPE_CHECKING:
    from starlette.types import ASGIApp

# Seconds. Ending takes about two tenths of one: uvicorn looks around ten times a second.
_LONGEST_STOP: Final = 0.5
_LOOK: Final = 0.5


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs until it is stopped."""

    address: str
    _server: uvicorn.Server
    _thread: Thread

    def wait(self) -> None:
        """Returns when the server has ended; Ctrl-C gets through on every system."""
        while self._thread.is_alive():
            self._thread.join(_LOOK)

    def stop(self) -> None:
        """Ends the server and all its connections."""
        self._server.should_exit = True
        self._thread.join(_LONGEST_STOP)


def start(
    app: ASGIApp, listening: socket.socket, address: str, before_end: Callable[[], None]
) -> Running:
    """Serves on a socket that listens; `before_end` ends what would never end by itself."""
    # What goes wrong in an answer is the browser's to show: nothing of it is for the terminal.
    config = uvicorn.Config(
        app,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=0,
    )
    server = _Server(config, before_end)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, name="preview", daemon=True)
    thread.start()
    while thread.is_alive() and not server.answers.wait(_LOOK):
        pass
    return Running(address, server, thread)


class _Server(uvicorn.Server):
    """Says when the first request can be answered, and ends streams before it waits for them."""

    def __init__(self, config: uvicorn.Config, before_end: Callable[[], None]) -> None:
        super().__init__(config)
        self.answers = Event()
        self.before_end = before_end

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answers.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.before_end()
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)  # the loop closes them in its next round
