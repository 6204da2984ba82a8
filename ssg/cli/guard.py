"""What every command does when work cannot go on: shows why, and ends with the right status."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ssg.cli.show import exit_status, show_faults
from ssg.faults import Fault, Halt, Place

Show = Callable[[tuple[Fault, ...]], None]


@contextmanager
def guarded(show: Show = show_faults) -> Iterator[None]:
    """Ends the command with the faults that halted it, or with what the machine refused."""
    try:
        yield
    except Halt as halt:
        faults = halt.faults
    except OSError as error:
        faults = (refused(error),)
    else:
        return
    show(faults)
    raise SystemExit(exit_status(faults))


def refused(error: OSError) -> Fault:
    """The fault that an error of the system is."""
    place = Place(str(error.filename)) if error.filename else None
    reason = (error.strerror or str(error)).lower()
    return Fault("E704", f"the machine refused: {reason}", place)
