"""Who is publishing: what a lock on a host says, and what is said to whoever comes second."""

from __future__ import annotations

import getpass
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from ssg.faults import Fault


class Holder(msgspec.Struct, frozen=True):
    """Who has a lock. `machine` tells process ids of one machine from those of another."""

    person: str
    host: str
    machine: str
    process: int
    since: str

    def __str__(self) -> str:
        return f"{self.person} on {self.host} (process {self.process}, since {self.since})"


def this_process() -> Holder:
    """The holder that this process is."""
    try:
        person = getpass.getuser()
    except (KeyError, OSError):  # no such user, as in some containers
        person = "somebody"
    since = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
    return Holder(person, platform.node(), _machine(), os.getpid(), since)


def _machine() -> str:
    """This machine, and on Linux this room of process ids: a container has its own."""
    try:
        room = str(Path("/proc/self/ns/pid").readlink())
        room += Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        room = ""
    return platform.node() + room


def write_holder(holder: Holder) -> bytes:
    """What a lock file holds."""
    return msgspec.json.encode(holder) + b"\n"


def read_holder(data: bytes) -> Holder | None:
    """Who a lock file names; None: it does not say."""
    try:
        return msgspec.json.decode(data, type=Holder)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def is_dead(holder: Holder | None) -> bool:
    """Whether it is certain that the holder has ended: a process of this machine that is gone."""
    if holder is None or holder.machine != _machine() or sys.platform == "win32":
        return False
    try:
        os.kill(holder.process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def taken(holder: Holder | None, shown: str) -> Fault:
    """What the one who comes second is told."""
    who = f"{holder}" if holder else "somebody"
    hint = "wait until that has ended; if it never will, ssg deploy --break-lock takes its place"
    return Fault("E858", f"{who} is publishing to {shown}", None, hint)
