"""`ftps:` and `ftp:` – a folder that a web server serves, file by file over FTP.

`ftps://USER@HOST/PATH`, where the path begins in the folder in which the host puts whoever comes,
and one that begins with `//` at the top. The password is read from `FTP_PASSWORD` or `~/.netrc`.
The certificate of the host is looked at; with `ftp:` all can be read on the way, also the password.
"""

from __future__ import annotations

import netrc
import os
import re
import ssl
import time
import weakref
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from ftplib import FTP, FTP_TLS, error_perm, error_proto, error_reply, error_temp
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from queue import Empty, SimpleQueue
from socket import socket
from typing import IO, Final, TypeVar, cast
from urllib.parse import unquote, urlsplit

from ssg.config import Destination
from ssg.deploy.targets import Parcel
from ssg.deploy.targets.ordered import OWN, Ordered
from ssg.deploy.targets.sending import tried
from ssg.faults import Fault, Halt

T = TypeVar("T")

#: What passes: the line broke, or the host is busy (4xx).
_BROKEN: Final = (OSError, EOFError, error_temp, error_proto, error_reply)
#: What does not, though it is an OSError.
_FOR_GOOD: Final = (ssl.SSLCertVerificationError,)

_AT_ONCE: Final = 4
_PORT: Final = 21
_PATIENCE: Final = 30
_LOGGED_OUT: Final = ("530", "532")
_SETTLING: Final = (0.1, 0.2, 0.4, 0.8)
_MADE: Final = ".made"

#: A line of a list for people: rights, links, owner, group, size, date, name.
_LINE: Final = re.compile(r"([-dl])\S{9}\S*\s+\d+\s+\S+\s+\S+\s+(\d+)\s+\S+\s+\S+\s+\S+ (.+)")


def ftp_target(destination: Destination) -> Ordered:
    """The target that `ftp://…` or `ftps://…` names."""
    try:
        parts = urlsplit(destination.url)
        host, port = parts.hostname or "", parts.port or _PORT
    except ValueError:
        raise Halt((_nowhere(destination.url),)) from None
    path = unquote(parts.path)
    if not host or not path.strip("/") or ".." in path.split("/") or not path.isprintable():
        raise Halt((_nowhere(destination.url),))
    top = "/" if path.startswith("//") else ""
    place = top + normpath(path).strip("/")
    user, password = _who(host, parts.username)
    account = Account(host, port, user, password, tls=parts.scheme.lower() == "ftps")
    return Ordered(FtpFolder(Lines(account, destination.url), place))


def _nowhere(url: str) -> Fault:
    hint = "such as ftps://noor@tidal.example/public_html"
    return Fault("E856", f'"{url}" names no folder on a host', None, hint)


def _who(host: str, user: str | None) -> tuple[str, str]:
    """Name and password. Raises `Halt` where there is none."""
    hint = "set FTP_PASSWORD in the environment, or write the host into ~/.netrc"
    found = None
    file = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    if file.is_file():
        try:
            found = netrc.netrc(str(file)).authenticators(host)
        except (netrc.NetrcParseError, UnicodeDecodeError):
            raise Halt((Fault("E881", f"{file} cannot be read", None, hint),)) from None
    name = user or (found[0] if found else "")
    known = found[2] if found and found[0] == name else None
    password = os.environ.get("FTP_PASSWORD") or known
    if not name or not password:
        raise Halt((Fault("E881", f"there is no password for {host} here", None, hint),))
    return name, password


@dataclass(frozen=True, slots=True)
class Account:
    """Where to knock, and as whom."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: bool


class _Tls(FTP_TLS):
    """FTP with TLS. Many hosts want to see the session of the commands in that of the data."""

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket, int | None]:
        line, size = FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 - packed up in TLS below
        session = cast("ssl.SSLSocket", self.sock).session
        return self.context.wrap_socket(line, server_hostname=self.host, session=session), size


class Lines:
    """Connections of an account; each thread has one at a time. They are closed when nobody has
    these lines any more.
    """

    def __init__(self, account: Account, shown: str) -> None:
        self.account: Final = account
        self.shown: Final = shown
        self._idle: SimpleQueue[FTP] = SimpleQueue()
        weakref.finalize(self, _close, self._idle)

    def do(self, work: Callable[[FTP], T]) -> T:
        """Does something, again on a new connection when the former one broke: so it may be done
        twice. Raises `Halt` when it cannot be done.
        """

        def attempt() -> T:
            ftp = self._open()
            try:
                result = work(ftp)
            except BaseException:
                ftp.close()
                raise
            self._idle.put(ftp)
            return result

        try:
            return tried(lambda: _lasting(attempt), _BROKEN)
        except (*_BROKEN, error_perm, _ForGood) as error:
            raise Halt((self._failed(error),)) from None

    def _open(self) -> FTP:
        with suppress(Empty):
            return self._idle.get_nowait()
        account = self.account
        context = ssl.create_default_context() if account.tls else None
        ftp: FTP = FTP(timeout=_PATIENCE)  # noqa: S321 - who names a host so has no other
        if context:
            ftp = _Tls(context=context, timeout=_PATIENCE)
        try:
            ftp.connect(account.host, account.port)
            ftp.login(account.user, account.password)
            if isinstance(ftp, FTP_TLS):
                ftp.prot_p()
            ftp.voidcmd("TYPE I")
        except BaseException:
            ftp.close()
            raise
        return ftp

    def _failed(self, error: Exception) -> Fault:
        reason = str(error) or type(error).__name__
        if isinstance(error, _ForGood):
            message = f"{self.shown}: nobody vouches for the certificate of the host: {reason}"
            hint = "is it the name that your host gave you?"
            return Fault("E880", message, None, hint)
        if reason.startswith(_LOGGED_OUT):
            message = f"{self.shown} lets {self.account.user} not in with this password"
            hint = "set FTP_PASSWORD in the environment, or write the host into ~/.netrc"
            return Fault("E881", message, None, hint)
        if isinstance(error, error_perm):
            hint = "may this user write there, and is there room? Then run the same command again"
            return Fault("E859", f"{self.shown} refused: {reason}", None, hint)
        hint = "run the same command again, it goes on where it was"
        return Fault("E859", f"{self.shown} does not answer: {reason}", None, hint)


class _ForGood(Exception):  # noqa: N818 - how long it lasts
    """Trying again would not help."""


def _lasting(attempt: Callable[[], T]) -> T:
    try:
        return attempt()
    except _FOR_GOOD as error:
        raise _ForGood(str(error)) from None


def _close(idle: SimpleQueue[FTP]) -> None:
    with suppress(Empty):
        while True:
            idle.get_nowait().close()


def _slots() -> SimpleQueue[int]:
    slots: SimpleQueue[int] = SimpleQueue()
    for number in range(_AT_ONCE):
        slots.put(number)
    return slots


@dataclass(frozen=True, slots=True)
class FtpFolder:
    """A folder, as a host of single files. A file arrives under a passing name."""

    lines: Lines
    place: str
    can_list: bool = True
    at_once: int = _AT_ONCE
    _slots: SimpleQueue[int] = field(default_factory=_slots, init=False)

    @property
    def shown(self) -> str:
        return self.lines.shown

    def put(self, parcel: Parcel) -> None:
        with parcel.file.open("rb") as file:
            self._put(parcel.path, file)

    def write(self, path: str, data: bytes) -> None:
        self._put(path, BytesIO(data))

    def _put(self, path: str, file: IO[bytes]) -> None:
        number = self._slots.get()
        fresh, target = join(self.place, OWN, f"arriving-{number}"), join(self.place, path)

        def work(ftp: FTP) -> None:
            _store(ftp, fresh, file)
            _replace(ftp, fresh, target)

        try:
            self.lines.do(work)
        finally:
            self._slots.put(number)

    def create(self, path: str, data: bytes) -> bool:
        """Two may write one file; only one of them can make one folder."""
        target = join(self.place, path)

        def work(ftp: FTP) -> bool:
            _make_folders(ftp, dirname(target))
            try:
                ftp.mkd(target + _MADE)
            except error_perm:
                return _settled(ftp, target) == data  # ours, where an answer was lost
            _store(ftp, target, BytesIO(data))
            return True

        return self.lines.do(work)

    def read(self, path: str) -> bytes | None:
        target = join(self.place, path)
        return self.lines.do(lambda ftp: _read(ftp, target))

    def delete(self, paths: Collection[str]) -> None:
        folders = {folder for path in paths for folder in _folders(path)}

        def work(ftp: FTP) -> None:
            for path in paths:
                with suppress(error_perm):
                    ftp.delete(join(self.place, path))
                if path.startswith(OWN):
                    with suppress(error_perm):
                        ftp.rmd(join(self.place, path) + _MADE)
            for folder in sorted(folders, key=lambda folder: -folder.count("/")):
                with suppress(error_perm):  # one that is not empty
                    ftp.rmd(join(self.place, folder))

        self.lines.do(work)

    def listing(self) -> Mapping[str, int]:
        """Folder by folder, several at a time: the other side knows no question for all of them."""
        found: dict[str, int] = {}
        with ThreadPoolExecutor(self.at_once) as pool:
            level = [""]
            while level:
                looked = pool.map(lambda prefix: self.lines.do(self._looks(prefix)), level)
                rows = [row for rows in looked for row in rows]
                found |= {path: size for path, size in rows if size is not None}
                level = [f"{path}/" for path, size in rows if size is None]
        return found

    def _looks(self, prefix: str) -> Callable[[FTP], list[tuple[str, int | None]]]:
        """What is in a folder: paths with sizes, None for a folder."""
        folder = join(self.place, prefix)

        def work(ftp: FTP) -> list[tuple[str, int | None]]:
            try:
                rows = list(_entries(ftp, folder.rstrip("/")))
            except error_perm as error:
                if str(error).startswith(_LOGGED_OUT):
                    raise
                return []  # not there
            return [(prefix + name, size) for name, size in rows]

        return work


# --- what is asked of a host ------------------------------------------------------------------


def _store(ftp: FTP, path: str, file: IO[bytes]) -> None:
    """Writes a file, and makes its folder. Who reads it meanwhile gets a part of it."""
    for makes in (True, False):
        file.seek(0)
        try:
            ftp.storbinary(f"STOR {path}", file)
        except error_perm:
            if not makes:
                raise
            _make_folders(ftp, dirname(path))
        else:
            return


def _replace(ftp: FTP, fresh: str, target: str) -> None:
    """Gives a file the place of another one: in one step where the host allows that."""
    for prepare in (_make_folders_of, _remove):
        try:
            ftp.rename(fresh, target)
        except error_perm:
            prepare(ftp, target)
        else:
            return
    ftp.rename(fresh, target)


def _make_folders_of(ftp: FTP, path: str) -> None:
    _make_folders(ftp, dirname(path))


def _remove(ftp: FTP, path: str) -> None:
    with suppress(error_perm):
        ftp.delete(path)


def _make_folders(ftp: FTP, folder: str) -> None:
    """Makes a folder and those above it. One that cannot be made may be there."""
    for path in reversed([folder, *_folders(folder)]):
        if path not in {"", "/"}:
            with suppress(error_perm):
                ftp.mkd(path)


def _read(ftp: FTP, path: str) -> bytes | None:
    data = BytesIO()
    try:
        ftp.retrbinary(f"RETR {path}", data.write)
    except error_perm as error:
        if str(error).startswith(_LOGGED_OUT):
            raise
        return None
    return data.getvalue()


def _settled(ftp: FTP, path: str) -> bytes | None:
    """What whoever made a folder for it has written; there may be a moment between."""
    for pause in _SETTLING:
        if data := _read(ftp, path):
            return data
        time.sleep(pause)
    return _read(ftp, path)


def _entries(ftp: FTP, folder: str) -> Iterator[tuple[str, int | None]]:
    """Names in a folder, with the sizes of files."""
    try:
        for name, facts in list(ftp.mlsd(folder, ["type", "size"])):
            if facts["type"] == "dir":
                yield name, None
            elif facts["type"] not in {"cdir", "pdir"}:
                yield name, int(facts.get("size", 0))
    except error_perm as error:
        if not str(error).startswith("50"):  # else it does not know this question
            raise
        lines: list[str] = []
        ftp.dir(folder, lines.append)
        for line in lines:
            if (row := _LINE.fullmatch(line)) and row[3] not in {".", ".."}:
                yield row[3], None if row[1] == "d" else int(row[2])


def _folders(path: str) -> Iterator[str]:
    while (path := dirname(path)) not in {"", "/"}:
        yield path
