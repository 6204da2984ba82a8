"""The board: what the builder posts and the preview's readers are told.

The builder works in one thread, the server in another. Readers are only woken; each then
looks at what its page shows now and compares that with what it showed before. So no
message can be lost between two builds, and a page that shows the same is left alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from threading import Lock

from ssg.serve.outcome import KEPT, Outcome


@dataclass(frozen=True, slots=True, eq=False)
class _Reader:
    output: str
    wake: Callable[[], None]


def _no_origin(_: str) -> None:
    """Of no output is known which file it is made from."""


class Board:
    """What the preview knows of the builds; every method may be called from any thread.

    `origin_of` gives the content file that an output is made from, where that is known: a
    fault in that file is shown large on that page. `run` tells this process from a later one.
    """

    def __init__(self, origin_of: Callable[[str], str | None] = _no_origin) -> None:
        self.origin_of = origin_of
        self.run = token_hex(4)
        self._lock = Lock()
        self._outcomes: deque[Outcome] = deque(maxlen=KEPT)
        self._last_good: datetime | None = None
        self._early: dict[str, bytes] = {}
        self._readers: set[_Reader] = set()

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The last builds, the newest at the end."""
        with self._lock:
            return tuple(self._outcomes)

    @property
    def last_good(self) -> datetime | None:
        """When the last build without errors was made, if there was one."""
        with self._lock:
            return self._last_good

    def post(self, outcome: Outcome) -> None:
        """Takes the outcome of a build whose files are in place, and tells all readers."""
        with self._lock:
            self._outcomes.append(outcome)
            if outcome.is_green:
                self._last_good = outcome.at
            self._early.clear()
            readers = tuple(self._readers)
        _wake(readers)

    def show(self, path: str, data: bytes) -> None:
        """Has an output served from memory until the next post, and tells those who read it."""
        with self._lock:
            self._early[path] = data
            readers = tuple(reader for reader in self._readers if reader.output == path)
        _wake(readers)

    def early(self, path: str) -> bytes | None:
        """The bytes of an output that is not in its folder yet."""
        with self._lock:
            return self._early.get(path)

    def open_outputs(self) -> frozenset[str]:
        """The pages that tabs show now, also those that are not there (yet)."""
        with self._lock:
            return frozenset(reader.output for reader in self._readers)

    @contextmanager
    def reading(self, output: str, wake: Callable[[], None]) -> Iterator[None]:
        """While this lasts a tab has the output open; `wake` is called from any thread."""
        reader = _Reader(output, wake)
        with self._lock:
            self._readers.add(reader)
        try:
            yield
        finally:
            with self._lock:
                self._readers.discard(reader)


def _wake(readers: Iterable[_Reader]) -> None:
    for reader in readers:
        reader.wake()
