"""Builds: one after another, each for what has changed since the last.

Builds are made one at a time, by the thread that waits for changes; what changes meanwhile
is the next one's. A build without a difference to the last is nobody's news.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from ssg.build import Order, Report, build
from ssg.build.code import extension_files
from ssg.build.inputs import load_config
from ssg.build.manifest import Banner
from ssg.build.memory import Memory
from ssg.build.standing import identity
from ssg.faults import Fault, Halt, Place
from ssg.model import Page
from ssg.serve.outcome import Outcome

if TYPE_CHECKING:
    from ssg.build.inputs import Inputs
    from ssg.build.wanted import Wanted
    from ssg.serve.watching import Look, Watcher

DUE = "the clock: something appears or ends now"


class CodeChanged(Exception):  # noqa: N818 - no error: the process has to be started anew
    """Python that the site is built with is another now, which this process cannot unlearn."""


@dataclass
class Builds:
    """The builds of one process. `order_at` gives the order for an instant.

    `base_path` is the site's at the start: with another the preview has to be started anew.
    `tried` is when the last build began, where the clock goes on for the builds. `code` are the
    files of the site's own extensions as this process first knew them, `themes` where installed
    themes lie: neither is in the site's folder for certain.
    """

    order_at: Callable[[datetime], Order]
    base_path: str
    memory: Memory = field(default_factory=Memory)
    last: Outcome | None = None
    tried: datetime | None = None
    origins: dict[str, str] = field(default_factory=dict)
    held: dict[str, Banner] = field(default_factory=dict)
    code: dict[str, tuple[int, int, int] | None] = field(default_factory=dict)
    themes: tuple[str, ...] = ()

    @property
    def inputs(self) -> Inputs | None:
        """What the last green build was made from."""
        return self.memory.kept.inputs if self.memory.kept else None

    @property
    def wanted(self) -> Wanted | None:
        """What the last green build wanted."""
        return self.memory.kept.wanted if self.memory.kept else None

    def origin_of(self, output: str) -> str | None:
        """The content file that an output is made from, if it is one."""
        return self.origins.get(output)

    def begin(self) -> Outcome:
        """The first build. Nothing that it has made is garbage before the process ends."""
        outcome = self._build(())
        gc.collect()
        gc.freeze()
        return outcome

    def follow(self, watcher: Watcher) -> Iterator[Outcome]:
        """A build for each change, for ever. Raises `CodeChanged`."""
        self.memory.notice(None)
        look = None
        while True:
            former = self.last
            outcome = self._build(_cause(look)) if look else self._build(())
            if outcome.changed or former is None or outcome.faults != former.faults:
                yield outcome
            else:
                self.last = former
            watcher.watch_also(map(Path, (*self.code, *self.themes)))
            look = watcher.wait(self._until())
            self._notice(look)

    def _notice(self, look: Look) -> None:
        if any(identity(Path(file)) != was for file, was in self.code.items()):
            raise CodeChanged
        is_ours = not any(Path(path).is_absolute() for path in look.paths)
        known = is_ours and (look.found is not None or not look.everywhere)
        self.memory.notice(look.paths if known else None, look.found)

    def _until(self) -> float | None:
        """The instant at which the same files make another site.

        It may have gone by during the build. None when a build was tried for it since: what is
        faulty does not mend by trying again; and when the builds are all for one fixed instant.
        """
        until = self.memory.kept.mark.until if self.memory.kept else None
        return until if until and self.tried and self.tried.timestamp() < until else None

    def _build(self, cause: tuple[str, ...]) -> Outcome:
        started, at = perf_counter(), datetime.now(UTC)
        order = self.order_at(at)
        self.tried = at if order.now == at else None
        report: Report | None = None
        try:
            report = build(order, self.memory)
            faults = report.faults
        except Halt as halt:
            faults = halt.faults
        except OSError as error:
            faults = (_refused(error),)
        self._learn(order.site)
        self.last = Outcome(
            number=self.last.number + 1 if self.last else 1,
            at=at,
            cause=cause,
            changed=report.changed if report else frozenset(),
            rendered=report.rendered if report else 0,
            pages=report.pages if report else 0,
            ingested=report.ingested if report else 0,
            seconds=perf_counter() - started,
            faults=faults,
        )
        return self.last

    def _learn(self, site: Path) -> None:
        """Which files pages are made from, by which code, and which pages readers do not see."""
        for file in self.inputs.code.files if self.inputs else _extensions_of(site):
            self.code.setdefault(file, identity(Path(file)))
        if self.wanted is None or self.inputs is None:
            return
        self.themes = self.inputs.theme.elsewhere
        if self.inputs.config.base_path != self.base_path:
            raise CodeChanged
        self.held = dict(self.wanted.held)
        if not self.wanted.is_some:
            self.origins = {
                page.path: page.origin
                for page in self.wanted.outputs
                if isinstance(page, Page) and page.origin
            }


def _cause(look: Look) -> tuple[str, ...]:
    return tuple(sorted(look.paths)) or ((DUE,) if look.due else ())


def _extensions_of(site: Path) -> tuple[str, ...]:
    """The files of the extensions that the settings name: one of them may be what is wrong."""
    try:
        return extension_files(load_config(site).markdown_extensions)
    except Exception:  # noqa: BLE001 - where a package is imported a site's own code may do anything
        return ()


def _refused(error: OSError) -> Fault:
    place = Place(str(error.filename)) if error.filename else None
    return Fault("E704", f"the machine refused: {(error.strerror or str(error)).lower()}", place)
