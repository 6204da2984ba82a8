"""Quiet: what was noted of changes is handed on when none has come for a while.

A save is many events and a branch switch is thousands; they are one change when they follow
each other closely. Any thread may note, one thread takes.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Final

#: With more paths than this it costs less to look at everything.
MANY: Final = 5_000


@dataclass(slots=True)
class Noted:
    """What was noted: files on the disk by the paths they are known by, or that it may be any."""

    files: dict[str, str] = field(default_factory=dict)
    everywhere: bool = False

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.files)


class Quiet:
    """Notes changes until there was no further one for `rest` seconds.

    Where they never stop they are handed on after `longest` seconds.
    """

    def __init__(self, rest: float, longest: float) -> None:
        self._rest = rest
        self._longest = longest
        self._noted = Noted()
        self._last = 0.0
        self._first_one = threading.Condition()

    def note(self, path: str, file: str) -> None:
        """Something happened to a file."""
        with self._first_one:
            self._noted.files[path] = file
            self._noted.everywhere |= len(self._noted.files) > MANY
            self._heard()

    def note_everywhere(self) -> None:
        """Something happened, and nobody knows where."""
        with self._first_one:
            self._noted.everywhere = True
            self._heard()

    def _heard(self) -> None:
        self._last = time.monotonic()
        self._first_one.notify()

    def take(self, patience: float) -> Noted:
        """What was noted, once it is quiet; nothing when nothing came in `patience` seconds."""
        with self._first_one:
            self._first_one.wait_for(lambda: bool(self._noted), patience)
            if self._noted:
                self._fall_quiet()
            taken, self._noted = self._noted, Noted()
        return taken

    def _fall_quiet(self) -> None:
        latest = time.monotonic() + self._longest
        while (left := min(self._last + self._rest, latest) - time.monotonic()) > 0:
            self._first_one.wait(left)
