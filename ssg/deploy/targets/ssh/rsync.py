"""rsync, which sends of a changed file what has changed in it, packed.

It runs the ssh of this machine (`RSYNC_RSH` names another one), with the user's settings and keys.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ssg.deploy.targets import Parcel, Tell
from ssg.deploy.targets.sending import tried
from ssg.deploy.targets.ssh.line import Line

#: How rsync ends when the line broke: it is tried again.
_BROKE: Final = frozenset({10, 12, 30, 35, 255})
_TRIES: Final = 3
_SILENCE: Final = 60
_KEY: Final = ("-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes")


@dataclass(frozen=True, slots=True)
class Way:
    """From here to there: a folder of a host, and one of this machine to gather files in."""

    line: Line
    folder: str
    gathered: Path


def send(parcels: Sequence[Parcel], way: Way, tell: Tell) -> bool:
    """Sends files into a folder, and tells of each that has arrived. False: not all have."""
    program = shutil.which("rsync")
    if program is None or not parcels:
        return False
    _gather(parcels, way.gathered)
    waiting = {parcel.path for parcel in parcels}

    def told(path: str) -> None:
        if path in waiting:
            waiting.remove(path)
            tell(path)

    try:
        arrived = tried(lambda: _run(_command(program, way), told), (_Broke,), tries=_TRIES)
    except _Broke:
        return False
    finally:
        shutil.rmtree(way.gathered, ignore_errors=True)
    for path in sorted(waiting) if arrived else ():
        told(path)
    return arrived


def _gather(parcels: Sequence[Parcel], folder: Path) -> None:
    """Lays files out as they are to be there; they lie under their digests."""
    shutil.rmtree(folder, ignore_errors=True)
    for parcel in parcels:
        target = folder / parcel.path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(parcel.file, target)
        except OSError:
            target.unlink(missing_ok=True)  # one that was left is a file of a release as well
            shutil.copyfile(parcel.file, target)


def _command(program: str, way: Way) -> list[str]:
    line = way.line
    shell = [*shlex.split(os.environ.get("RSYNC_RSH") or "ssh"), *_KEY]
    shell += ["-p", str(line.port)] if line.port else []
    host = f"[{line.host}]" if ":" in line.host else line.host
    return [
        program,
        "--recursive",
        "--checksum",  # a time says nothing
        "--perms",
        "--chmod=D755,F644",
        "--compress",
        "--secluded-args",  # the shell over there sees no path
        "--8-bit-output",
        "--out-format=%n",
        f"--timeout={_SILENCE}",
        f"--rsh={shlex.join(shell)}",
        f"{way.gathered}/",
        f"{f'{line.user}@' if line.user else ''}{host}:{way.folder}/",
    ]


def _run(command: list[str], told: Tell) -> bool:
    """Whether all has arrived. Raises `_Broke` where the line did not hold."""
    with subprocess.Popen(  # noqa: S603 - rsync, with arguments of ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            for row in process.stdout or ():
                told(row.rstrip("\n"))
        except BaseException:
            process.terminate()
            raise
    if process.returncode in _BROKE:
        raise _Broke
    return process.returncode == 0


class _Broke(Exception):  # noqa: N818 - what the line did
    """The line broke."""
