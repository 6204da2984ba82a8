"""`ssh:` and `sftp:` – a folder on another machine that a web server serves.

`ssh://USER@HOST:PORT/PATH`, where a path that begins with `/~/` begins in the user's home. Keys
come from an agent or from files that `~/.ssh/config` names, and the host has to be known: nobody is
asked for anything. As with `file:` the folder is a link to a release beside it; where there can be
none, or with `switch = false`, files are written one by one.

With `ssh:` programs of the other machine do what they do faster (`programs`), rsync sends what is
sent; with `sftp:`, or where they are missing, all goes over SFTP.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

from ssg.config import Destination
from ssg.deploy.snapshot import FOLDER
from ssg.deploy.targets import Target
from ssg.deploy.targets.ordered import OWN, Ordered
from ssg.faults import Fault, Halt

_HOME = "/~/"


def ssh_target(destination: Destination, site: Path) -> Target:
    """The target that `ssh://…` or `sftp://…` names. Raises `Halt` where the host is not there."""
    try:
        import asyncssh  # noqa: F401 - the modules below need it
    except ImportError:
        message = f"{destination.url} needs the package asyncssh"
        raise Halt(
            (Fault("E869", message, None, "install the extra ssh: pip install 'ssg[ssh]'"),)
        ) from None
    from ssg.deploy.targets.ssh.files import FarFolder
    from ssg.deploy.targets.ssh.line import Line
    from ssg.deploy.targets.ssh.programs import Programs
    from ssg.deploy.targets.ssh.releases import FarReleases, can_link, is_link

    where = _read(destination.url)
    line = Line(where.host, where.user, where.port, destination.url)
    programs = Programs(line, may_run=where.may_run)
    in_home = where.path.startswith(_HOME)
    path = join(line.home(), where.path[len(_HOME) :]) if in_home else where.path
    place = "/" + normpath(path).strip("/")
    sending = site / FOLDER / "sending" / destination.name
    if destination.switch and can_link(line, place):
        return FarReleases(line, programs, place, sending)
    if is_link(line, place):
        message = f"{destination.url} is a link, and files are to be written one by one"
        hint = "without switch = false a deploy exchanges the link; else put a folder in its place"
        raise Halt((Fault("E857", message, None, hint),))
    return Ordered(FarFolder(line, programs, place, join(place, OWN)))


@dataclass(frozen=True, slots=True)
class _Where:
    host: str
    user: str | None
    port: int | None
    path: str
    may_run: bool


def _read(url: str) -> _Where:
    """What an address says."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Halt((_nowhere(url),)) from None
    path = unquote(parts.path)
    if not host or host.startswith("-") or not path.strip("/~"):
        raise Halt((_nowhere(url),))
    return _Where(host, parts.username, port, path, parts.scheme.lower() == "ssh")


def _nowhere(url: str) -> Fault:
    hint = "such as ssh://noor@tidal.example/srv/www/paper"
    return Fault("E856", f'"{url}" names no folder on a host', None, hint)
