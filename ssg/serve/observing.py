"""Observing: the system's own news of changed files, through watchdog, and where they belong.

News get lost without a word: when a system watches fewer folders than there are, when too much
happens at once, when a thread of the observer dies. So they only say where to look, and
whoever uses them has to look by itself now and then.
"""

from __future__ import annotations

import logging
import os
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from ssg.serve.ground import ground, is_below, is_folder
from ssg.serve.quiet import Quiet

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

#: Where Linux says how many folders a user may watch, all programs together.
LIMITS: Final = (
    Path("/proc/sys/fs/inotify/max_user_watches"),
    Path("/proc/sys/user/max_inotify_watches"),
)

# Reading a file is an event as well (opened, closed without a write): a build that listened to
# these would start the next one. A folder is modified whenever a file in it is.
_EVENTS: Final[list[type[FileSystemEvent]]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    FileClosedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]

# `mkdir -p` and a file in it at once make watchdog add one watch twice; where warnings are
# errors that would end its thread.
_HARMLESS: Final = r"Callback with id '\d+' (already exists|does not exist)"

# The longest that an observer is waited for; it may hold a lone half of a move for 0.5 s.
_FAREWELL: Final = 0.2


class Observation:
    """Notes what the system tells of some grounds, from `open` to `close`.

    Nothing that happens in the folder `target` is noted. The observation is outdated when a
    folder has gone, or when a ground itself has come or been replaced: of a folder that was
    moved away the system goes on telling, as if it were where it was.
    """

    def __init__(self, wanted: Mapping[str, str], target: str, quiet: Quiet) -> None:
        self._target = target
        self._grounds = tuple(ground(path, place) for path, place in wanted.items())
        self._quiet = quiet
        self._observer: BaseObserver | None = None
        self.is_outdated = False

    def open(self) -> None:
        """Raises `OSError` when the system cannot tell, for whatever reason."""
        warnings.filterwarnings("ignore", _HARMLESS, RuntimeWarning)
        self._observer = observer = Observer()
        handler = _Handler(self)
        for folder in sorted(self._doors()):
            observer.schedule(handler, folder, event_filter=_EVENTS)
        for folder in sorted(self._folders()):
            observer.schedule(handler, folder, recursive=True, event_filter=_EVENTS)
        observer.start()
        self.is_outdated |= any(ground(each.path, each.place) != each for each in self._grounds)

    def close(self) -> None:
        """Ends it; a thread that will not end is left to the end of the process."""
        if self._observer is not None:
            ending = threading.Thread(target=_end, args=(self._observer,), daemon=True)
            ending.start()
            ending.join(_FAREWELL)

    def is_sound(self) -> bool:
        """Whether it still hears: every thread lives, and every ground is where it was."""
        observer = self._observer
        if observer is None or self.is_outdated:
            return False
        parts = [part for part in vars(observer).values() if isinstance(part, threading.Thread)]
        return all(thread.is_alive() for thread in (observer, *observer.emitters.copy(), *parts))

    def short_of(self, limits: Iterable[Path]) -> int | None:
        """How many folders may be watched where that is too few; None where it is enough."""
        allowed = [int(text) for text in map(_text_of, limits) if text.isdecimal()]
        if not allowed:
            return None
        there = sum(1 for _ in islice(self._every_folder(), min(allowed) + 1))
        return min(allowed) if there > min(allowed) else None

    def _every_folder(self) -> Iterator[str]:
        yield from self._doors()
        for top in self._folders():
            for folder, _, _ in os.walk(top):
                yield folder

    def _doors(self) -> set[str]:
        """The folders that tell when a ground itself comes, goes or is replaced."""
        places = [place for each in self._grounds for place in (each.place, each.real)]
        return {parent for place in places if is_folder(parent := str(Path(place).parent))}

    def _folders(self) -> set[str]:
        """The folders to be watched with all below them, each once."""
        tops = {each.real for each in self._grounds if each.is_folder}
        return {top for top in tops if not any(is_below(top, other) for other in tops)}

    def told(self, event: FileSystemEvent) -> None:
        """Notes where an event says to look."""
        of_folder = isinstance(event, DirCreatedEvent | DirMovedEvent | DirDeletedEvent)
        gone = isinstance(event, DirDeletedEvent)
        for name in (event.src_path, event.dest_path):
            if name:
                self._note(os.fsdecode(name), of_folder=of_folder, gone=gone)

    def lost(self) -> None:
        """Something happened that cannot be told."""
        self._quiet.note_everywhere()

    def _note(self, file: str, *, of_folder: bool, gone: bool) -> None:
        if is_below(file, self._target):
            return
        for each in self._grounds:
            path = each.path_of(file)
            if path is None:
                continue
            if path == each.path and (of_folder or each.is_folder or is_folder(file)):
                self.is_outdated = True
                self.lost()
            elif of_folder:
                self.is_outdated |= gone
                self.lost()
            else:
                self._quiet.note(path, file)
            return


class _Handler(FileSystemEventHandler):
    """Hands events on; an exception that left it would end the observer's thread."""

    def __init__(self, observation: Observation) -> None:
        self._observation = observation

    def dispatch(self, event: FileSystemEvent) -> None:
        try:
            self._observation.told(event)
        except Exception:  # noqa: BLE001 - whatever it is, the thread must live
            self._observation.lost()


class Complaints(logging.Handler):
    """What watchdog has to say, such as that events were lost, is no text for a terminal."""

    def __init__(self, quiet: Quiet) -> None:
        super().__init__(logging.WARNING)
        self._quiet = quiet

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno == logging.WARNING:  # errors are told while an observer ends
            self._quiet.note_everywhere()

    def listen(self) -> None:
        logging.getLogger("watchdog").addHandler(self)

    def leave(self) -> None:
        logging.getLogger("watchdog").removeHandler(self)


def _end(observer: BaseObserver) -> None:
    with suppress(Exception):
        observer.stop()
        observer.join()


def _text_of(file: Path) -> str:
    try:
        return file.read_text("ascii").strip()
    except OSError:
        return ""
