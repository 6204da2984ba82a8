"""Progress: a bar in a terminal while something long is at work, and nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

#: Less is over before a bar could be read.
_LONG: Final = 400


@contextmanager
def progress_bar(*, quiet: bool, what: str = "pages") -> Iterator[Callable[[int, int], None]]:
    """Gives what a build or a deploy tells its progress to: how many of how many are done."""
    bar: list[Any] = []

    def show(made: int, of: int) -> None:
        if quiet or of < _LONG or not sys.stderr.isatty():
            return
        if not bar:
            bar.append(_started(of, what))
        bar[0].update(bar[0].task_ids[0], completed=made)

    try:
        yield show
    finally:
        for shown in bar:
            shown.stop()


def _started(of: int, what: str) -> Any:
    from rich.console import Console
    from rich.progress import Progress

    shown = Progress(console=Console(stderr=True), transient=True)
    shown.add_task(what, total=of)
    shown.start()
    return shown
