"""The port that the preview listens on."""

from __future__ import annotations

import socket
from typing import Final

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


def left_port(descriptor: int) -> socket.socket:
    """The socket that listens already, which a process left to the one in its place."""
    return socket.socket(fileno=descriptor, proto=socket.IPPROTO_TCP)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only on a socket whose protocol is named: otherwise each
    # answer on a connection that is kept open would wait for the browser's receipt of the last.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
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
