"""Holding: files of releases are not swept away while any deploy of the site is at work.

Deploys to several places may go on at the same time, and each takes files in before it knows which
it will need.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ssg.deploy.snapshot import FOLDER


@contextmanager
def holding(site: Path) -> Iterator[Callable[[], bool]]:
    """Holds all files. What it gives says whether nobody else does, who then comes only later."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("wb") as file:
        _share(file.fileno())
        yield lambda: _is_alone(file.fileno())


def _share(descriptor: int) -> None:
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_SH)


def _is_alone(descriptor: int) -> bool:
    """On Windows nobody can tell, and files stay until they are removed by hand."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
