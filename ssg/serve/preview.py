"""The preview server: what is in the output folder, as a web host would send it.

It listens on loopback unless asked otherwise, and answers only to the names it was started
under, so that a page elsewhere cannot read the preview through a name that resolves to
this machine (DNS rebinding).
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from starlette.requests import Request

LOOPBACK: Final = "127.0.0.1"

_OWN_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")
_TRIES: Final = 20


class PortTaken(Exception):  # noqa: N818 - a state of the machine, told to the user
    """The port is in use; `free` is the next one that is not, if there is one near."""

    def __init__(self, port: int, free: int | None) -> None:
        super().__init__(port, free)
        self.port = port
        self.free = free


def open_port(host: str, port: int) -> socket.socket:
    """A socket that listens on the port (0: any free one). Raises `PortTaken`."""
    try:
        return _bound(host, port)
    except OSError:
        raise PortTaken(port, _free_after(host, port)) from None


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def _free_after(host: str, port: int) -> int | None:
    for candidate in range(port + 1, min(port + _TRIES, 65_536)):
        try:
            _bound(host, candidate).close()
        except OSError:
            continue
        return candidate
    return None


@dataclass(frozen=True, slots=True)
class Preview:
    """A folder, and the base path of the site's URLs under which it is shown."""

    folder: Path
    base_path: str

    def app(self, names: tuple[str, ...] = ()) -> Starlette:
        """The application; it answers to loopback's names and the given ones."""
        files = StaticFiles(directory=self.folder, html=True)
        routes: list[Route | Mount] = []
        if self.base_path != "/":
            routes.append(Route("/", self._to_base))
        routes.append(Mount(self.base_path.rstrip("/"), files))
        guard = Middleware(
            TrustedHostMiddleware, allowed_hosts=[*_OWN_NAMES, *names], www_redirect=False
        )
        return Starlette(routes=routes, middleware=[guard])

    def _to_base(self, _: Request) -> Response:
        return RedirectResponse(self.base_path)

    def run(self, listening: socket.socket, host: str, ready: Callable[[str], None]) -> None:
        """Serves until interrupted; `ready` is called with the address once it answers."""
        port = listening.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(
            self.app((host,)), log_level="error", access_log=False, lifespan="off"
        )
        server = _AnnouncingServer(config, lambda: ready(f"http://{shown}:{port}{self.base_path}"))
        server.run(sockets=[listening])


class _AnnouncingServer(uvicorn.Server):
    """Says when the first request can be answered."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready()
