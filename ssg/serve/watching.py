"""Watching: tells a builder where files of a site have changed, and when its time has come.

Two things find changes. The system's news are quick and now and then incomplete; the scan for
safety is complete and takes its turn every few seconds. Where there are no news (a network
disk, too many folders) the scan takes its turn every second, which is what polling means here.
Neither says what has changed: only that it is worth a look.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ssg.build.scan import CONFIG, CONTENT, THEMES
from ssg.serve.ground import nfc
from ssg.serve.inventory import Inventory
from ssg.serve.observing import LIMITS, Complaints, Observation
from ssg.serve.quiet import Noted, Quiet

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from ssg.build.scan import Scan

# How long the waiting thread sleeps at most, so that Ctrl-C and a dead thread are noticed.
_TICK: Final = 0.2

# How long an observer that would not start is left alone.
_RETRY: Final = 1.0

# How many times its own duration a scan waits for its next turn.
_SHARE: Final = 50
_POLLING_SHARE: Final = 5

_SLOWER: Final = "changes are looked for once a second instead"


@dataclass(frozen=True, slots=True)
class Look:
    """Where to look for changes: at these paths, or everywhere.

    Paths are those of the site, in NFC with `/`; files outside it have absolute ones. `due`
    says that the instant waited for has come. A look `everywhere` brings along what was
    `found` when everything was listed just now; its paths are those that differ from before.
    """

    paths: frozenset[str] = frozenset()
    everywhere: bool = False
    due: bool = False
    found: Scan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How patiently to watch, in seconds.

    Changes rest for `quiet` before they are told, `longest` after the first of them at the
    latest. Everything is scanned every `scan`, where polling every `poll`, and never for more
    than a fiftieth of the time, where polling a fifth.
    """

    quiet: float = 0.03
    longest: float = 1.0
    scan: float = 3.0
    poll: float = 1.0


class Watcher:
    """Watches a site while it is open.

    What changes after it was opened is told, so the first build is made inside it. `also` are
    files and folders beside the site's own: code of its extensions, installed themes. One
    sentence for the editor goes to `said` where changes will be seen later than they might.
    """

    def __init__(
        self,
        site: Path,
        *,
        target: Path,
        said: Callable[[str], None],
        poll: bool = False,
        also: Iterable[Path] = (),
        pace: Pace = Pace(),
        limits: Iterable[Path] = LIMITS,
    ) -> None:
        self._site = os.path.realpath(site)
        self._target = os.path.realpath(target)
        self._said = said
        self._polls = poll
        self._pace = pace
        self._limits = tuple(limits)
        self._also = _known_by(also, self._site)
        self._quiet = Quiet(pace.quiet, pace.longest)
        self._complaints = Complaints(self._quiet)
        self._observation: Observation | None = None
        self._observed_at = 0.0
        self._inventory = Inventory(Path(self._site), self._also)
        self._next_scan = 0.0

    def __enter__(self) -> Self:
        self._complaints.listen()
        self._observe()
        self._scan()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the watching, within a quarter of a second."""
        self._complaints.leave()
        self._forget()

    def watch_also(self, also: Iterable[Path]) -> None:
        """Watches these beside the site's own files from now on, instead of the former."""
        wanted = _known_by(also, self._site)
        if wanted != self._also:
            self._also = self._inventory.further = wanted
            self._observe()
            self._quiet.note_everywhere()

    def wait(self, until: float | None = None) -> Look:
        """Waits for the next change, or for the instant `until` (Unix time, seconds).

        What changed since the last look is told at once, all of it in one.
        """
        while True:
            noted = self._quiet.take(self._patience(until))
            noted.everywhere |= self._observed_anew()
            due = until is not None and time.time() >= until
            if noted or due:
                return self._look(noted, due=due)
            if time.monotonic() >= self._next_scan:
                self._note_what_was_lost()

    def _patience(self, until: float | None) -> float:
        times = [_TICK, self._next_scan - time.monotonic()]
        if until is not None:
            times.append(until - time.time())
        return max(0.0, min(times))

    def _observe(self) -> None:
        self._forget()
        if self._polls:
            return
        self._observed_at = time.monotonic()
        own = {path: str(Path(self._site, path)) for path in (CONFIG, CONTENT, THEMES)}
        observation = Observation(own | self._also, self._target, self._quiet)
        self._observation = observation
        if (most := observation.short_of(self._limits)) is not None:
            self._poll(f"this system watches {most} folders at most, and here are more")
            return
        try:
            observation.open()
        except (FileNotFoundError, NotADirectoryError):
            pass  # a folder has just gone; a look at what is there now is due before long
        except OSError as error:
            self._poll(f"this system does not tell of changed files ({error.strerror})")

    def _observed_anew(self) -> bool:
        """Whether the observer had to be replaced, so that changes may have been missed."""
        if self._polls or (self._observation and self._observation.is_sound()):
            return False
        outdated = self._observation is not None and self._observation.is_outdated
        if not outdated and time.monotonic() < self._observed_at + _RETRY:
            return False
        self._observe()
        return True

    def _poll(self, reason: str) -> None:
        self._forget()
        self._polls = True
        self._said(f"{reason}: {_SLOWER}")

    def _forget(self) -> None:
        if self._observation is not None:
            self._observation.close()
            self._observation = None

    def _note_what_was_lost(self) -> None:
        """Notes what the system did not tell; what it is about to tell comes along."""
        _, differing = self._scan()
        for path, file in differing.items():
            self._quiet.note(path, file)

    def _scan(self) -> tuple[Scan | None, dict[str, str]]:
        started = time.monotonic()
        result = self._inventory.take()
        ended = time.monotonic()
        if self._polls:
            pause = max(self._pace.poll, _POLLING_SHARE * (ended - started))
        else:
            pause = max(self._pace.scan, _SHARE * (ended - started))
        self._next_scan = ended + pause
        return result

    def _look(self, noted: Noted, *, due: bool) -> Look:
        """What is told is known from now on, as it was before the builder reads it."""
        if noted.everywhere or self._inventory.any_folder(noted.files):
            found, differing = self._scan()
            paths = frozenset(noted.files.keys() | differing.keys())
            return Look(paths, everywhere=True, due=due, found=found)
        self._inventory.remember(noted.files)
        return Look(frozenset(noted.files), due=due)


def _known_by(places: Iterable[Path], site: str) -> dict[str, str]:
    """Files and folders beside the site's own by the paths they are told by."""
    known = {}
    for given in places:
        place = given.absolute()
        inside = Path(os.path.realpath(place.parent), place.name)
        path = inside.relative_to(site) if inside.is_relative_to(site) else place
        known[nfc(str(path))] = str(place)
    return known
