"""Whole processes, measured from outside: seconds, the processor's seconds, memory.

Needs Linux: `/proc` says what the machine does and how much memory processes share.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from benchmarks.programs import environment

#: Seconds between two looks at a program's memory.
_PAUSE: Final = 0.025


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a program, from its start until it and its children had ended.

    `wall` and `cpu` in seconds, `cpu` of all its processes together. `foreign` is the part
    of the machine's processors that something else used meanwhile: 0 on a quiet machine.
    """

    wall: float
    cpu: float
    foreign: float
    printed: str = ""


class ProgramFailedError(Exception):
    """A program ended with a status that is not 0; the message is what it said."""


def run(command: Sequence[str], folder: Path) -> Run:
    """Runs a program by itself. Raises `ProgramFailedError`."""
    os.sync()  # nobody pays for writing what another one left to write
    with TemporaryFile() as printed, TemporaryFile() as errors:
        before, begun = busy(), time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=errors,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        errors.seek(0)
        text = printed.read().decode(errors="replace")
        if process.returncode:
            said = (text + errors.read().decode(errors="replace"))[-2000:]
            raise ProgramFailedError(f"{' '.join(command)}: status {process.returncode}\n{said}")
    cpu = usage.ru_utime + usage.ru_stime
    foreign = max(0.0, busy() - before - cpu) / wall / (os.cpu_count() or 1)
    return Run(round(wall, 4), round(cpu, 4), round(foreign, 3), text)


def peak_memory(command: Sequence[str], folder: Path) -> int:
    """Bytes a program and its children use at most: the sum of their proportional shares.

    What processes share is counted once. Looking costs time, so such a run is not timed.
    """
    peak = 0
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_share, family(process.pid))))
            time.sleep(_PAUSE)
    return peak


def family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    for task in _tasks(pid):
        for child in _read(task / "children").split():
            yield from family(int(child))


def _tasks(pid: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:  # it has ended
        return []


def worked(pid: int) -> float:
    """Seconds that a process and those below it have used of the processors."""
    return sum(map(_worked, family(pid)))


def _worked(pid: int) -> float:
    # The name, in parentheses, may hold spaces.
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _share(pid: int) -> int:
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return 1024 * int(line.split()[1])
    return 0


def busy() -> float:
    """Seconds all processors have worked since the machine started; 0 where nothing tells."""
    first = _read(Path("/proc/stat")).partition("\n")[0].split()[1:9]
    if not first:
        return 0.0
    user, nice, system, _idle, _waiting, *interrupts = map(int, first)
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:  # processes end between two looks
        return ""
