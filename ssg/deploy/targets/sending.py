"""Sending single files: several at a time, each tried again when the line breaks.

For adapters whose host takes one file after the other.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from typing import Final, TypeVar

from ssg.deploy.targets import Parcel, Tell

T = TypeVar("T")

#: How often a file is tried, and the seconds before the second time; each further wait doubles.
TRIES: Final = 5
PAUSE: Final = 0.5

_LONGEST: Final = 20.0


def tried(
    work: Callable[[], T],
    passing: tuple[type[Exception], ...],
    *,
    tries: int = TRIES,
    pause: float = PAUSE,
) -> T:
    """Does something that may fail for a moment, with longer and longer waits between.

    Waits are drawn at random up to their length, so that several that failed together do not come
    back together. What is not in `passing`, and the failure of the last try, is raised.
    """
    for attempt in range(tries - 1):
        try:
            return work()
        except passing:
            longest = min(pause * 2**attempt, _LONGEST)
            time.sleep(random.uniform(0, longest))  # noqa: S311 - no secret hangs on it
    return work()


def send_all(
    parcels: Sequence[Parcel], put: Callable[[Parcel], None], tell: Tell, *, at_once: int = 1
) -> None:
    """Puts every file, `at_once` at a time, and tells of each when it has arrived.

    The first failure is raised after the files on their way have ended; no other is begun.
    """
    if at_once <= 1 or len(parcels) <= 1:
        for parcel in parcels:
            put(parcel)
            tell(parcel.path)
        return
    with ThreadPoolExecutor(min(at_once, len(parcels))) as pool:
        waiting = iter(parcels)
        running = {pool.submit(put, parcel): parcel for parcel in islice(waiting, at_once)}
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                parcel = running.pop(future)
                future.result()
                tell(parcel.path)
                if (following := next(waiting, None)) is not None:
                    running[pool.submit(put, following)] = following
