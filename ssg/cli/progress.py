"""Progress: a bar in a terminal while a long build is at work, and nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

#: Builds of fewer pages are over before a bar could be read.
_LONG: Final = 400


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Gives what a build tells its progress to: how many of how many pages are made."""
    bar: list[Any] = []

    def show(made: int, of: int) -> None:
        if quiet or of < _LONG or not sys.stderr.isatty():
            return
        if not bar:
            bar.append(_started(of))
        bar[0].update(bar[0].task_ids[0], completed=made)

    try:
        yield show
    finally:
        for shown in bar:
            shown.stop()


def _started(of: int) -> Any:
    from rich.console import Console
    from rich.progress import Progress

    shown = Progress(console=Console(stderr=True), transient=True)
    shown.add_task("pages", total=of)
    shown.start()
    return shown
