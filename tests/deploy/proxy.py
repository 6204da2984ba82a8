"""A proxy that counts what it carries, and cuts its connections after a random number of bytes."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass
class Proxy:
    """`cuts` counts the connections that were cut; with `calm` none is. `carried` counts bytes."""

    port: int
    to: int
    chance: random.Random
    longest: int
    cuts: int = 0
    carried: int = 0
    calm: bool = False

    def serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        left = [self.chance.randrange(self.longest)]
        with near, socket.create_connection(("127.0.0.1", self.to)) as far:
            for line in (near, far):
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            back = threading.Thread(target=self._carry, args=(far, near, left), daemon=True)
            back.start()
            self._carry(near, far, left)
            back.join()

    def _carry(self, here: socket.socket, there: socket.socket, left: list[int]) -> None:
        with suppress(OSError):
            while data := here.recv(1 << 14):
                left[0] -= len(data)
                self.carried += len(data)
                if left[0] < 0 and not self.calm:
                    there.sendall(data[: len(data) // 2])
                    self.cuts += 1
                    break
                there.sendall(data)
        for line in (here, there):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


@contextmanager
def cutting(to: int, *, longest: int, seed: int) -> Iterator[Proxy]:
    """A proxy before a port of this machine. A connection lasts for fewer than `longest` bytes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        chance = random.Random(seed)
        proxy = Proxy(listener.getsockname()[1], to, chance, longest)
        thread = threading.Thread(target=proxy.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join()
