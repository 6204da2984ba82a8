"""The system's lock on a file of this machine: it ends with the process that has it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ssg.deploy.locks import read_holder, taken, this_process, write_holder
from ssg.faults import Halt

_FAR: Final = 1 << 30


@contextmanager
def locked(file: Path, shown: str, *, broken: bool) -> Iterator[None]:
    """Has the lock, or raises `Halt` that says who has it."""
    if broken:
        file.unlink(missing_ok=True)
    with file.open("a+b") as lock:
        if not _lock(lock.fileno()):
            raise Halt((taken(read_holder(file.read_bytes()), shown),))
        lock.truncate(0)
        lock.write(write_holder(this_process()))
        lock.flush()
        yield
        lock.truncate(0)


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _FAR, os.SEEK_SET)  # others cannot read what is locked
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
