"""A connection to a host over ssh, made when it is needed and made again when it breaks."""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import asyncssh

from ssg.deploy.targets.sending import tried
from ssg.faults import Fault, Halt

T = TypeVar("T")

#: What passes: the line broke, or the host did not answer.
BROKEN: Final = (
    asyncssh.ConnectionLost,
    asyncssh.SFTPConnectionLost,
    asyncssh.SFTPNoConnection,
    asyncssh.KeyExchangeFailed,
    asyncssh.MACError,
    asyncssh.ProtocolError,
    OSError,
    TimeoutError,
)

#: What is wrong on this machine: a key that is damaged, or a line of ~/.ssh/config.
_UNREADABLE: Final = (
    asyncssh.KeyImportError,
    asyncssh.KeyEncryptionError,
    asyncssh.ConfigParseError,
)

#: Seconds: until a host has to have answered, and between questions whether it is still there.
_PATIENCE: Final = 30
_ALIVE: Final = 15


@dataclass(slots=True)
class _Open:
    """What is open, if anything is."""

    connection: asyncssh.SSHClientConnection | None = None
    sftp: asyncssh.SFTPClient | None = None
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)


class Line:
    """A connection. Any thread may use it; it is closed when nobody has the line any more."""

    def __init__(self, host: str, user: str | None, port: int | None, shown: str) -> None:
        self.host: Final = host
        self.user: Final = user
        self.port: Final = port
        self.shown: Final = shown
        self._open = _Open()
        self._loop = asyncio.new_event_loop()
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        weakref.finalize(self, _close, self._open, self._loop, thread)

    def do(self, work: Callable[[asyncssh.SFTPClient], Coroutine[Any, Any, T]]) -> T:
        """Does something over SFTP, on a new connection when the former one broke in the middle:
        so it may be done twice. Raises `Halt` when it cannot be done.
        """

        async def once() -> T:
            return await work((await self._connected())[1])

        return self._tried(once)

    def run(self, script: str, data: bytes) -> bytes | None:
        """What a program of the host prints, given `data` to read; None: it failed, or may not be
        run. It may be run twice.
        """

        async def once() -> bytes | None:
            connection, _ = await self._connected()
            try:
                done = await connection.run(script, input=data, encoding=None)
            except asyncssh.ChannelOpenError:
                return None
            if done.exit_status is None and done.exit_signal is None:
                raise asyncssh.ConnectionLost("in the middle of a command")
            return as_bytes(done.stdout) if done.exit_status == 0 else None

        return self._tried(once)

    def home(self) -> str:
        """The folder in which the host puts whoever comes."""

        async def ask(sftp: asyncssh.SFTPClient) -> str:
            return str(await sftp.realpath("."))

        return self.do(ask)

    def _tried(self, once: Callable[[], Coroutine[Any, Any, T]]) -> T:
        async def whole() -> T:
            try:
                return await once()
            except BROKEN:
                self._drop()
                raise

        def attempt() -> T:
            return asyncio.run_coroutine_threadsafe(whole(), self._loop).result()

        try:
            return tried(attempt, BROKEN)
        except (*BROKEN, asyncssh.Error, *_UNREADABLE) as error:
            raise Halt((self.failed(error),)) from None

    async def _connected(self) -> tuple[asyncssh.SSHClientConnection, asyncssh.SFTPClient]:
        box = self._open
        async with box.one_at_a_time:
            if box.connection is None or box.sftp is None or box.connection.is_closed():
                box.connection, box.sftp = None, None
                box.connection = await asyncio.wait_for(self._connect(), _PATIENCE)
                box.sftp = await asyncio.wait_for(box.connection.start_sftp_client(), _PATIENCE)
            return box.connection, box.sftp

    async def _connect(self) -> asyncssh.SSHClientConnection:
        given: dict[str, Any] = {"username": self.user} if self.user else {}
        known: object = ()
        try:
            options = asyncssh.SSHClientConnectionOptions(host=self.host, config=(), **given)
            known = options.known_hosts
            if known is None:  # `UserKnownHostsFile none`
                raise asyncssh.HostKeyNotVerifiable("~/.ssh/config names no file of known hosts")
            return await asyncssh.connect(
                self.host,
                self.port or (),
                **given,
                password_auth=False,
                kbdint_auth=False,
                keepalive_interval=_ALIVE,
                compression_algs=("zlib@openssh.com", "none"),
            )
        except (FileNotFoundError, PermissionError) as error:  # of this machine: hosts, or a key
            if error.filename is None:
                raise
            if isinstance(known, list) and error.filename in known:
                raise asyncssh.HostKeyNotVerifiable(f"there is no {error.filename}") from None
            raise asyncssh.PermissionDenied(f"{error.filename} cannot be read") from None

    def _drop(self) -> None:
        connection = self._open.connection
        self._open.connection, self._open.sftp = None, None
        if connection is not None:
            connection.abort()

    def failed(self, error: Exception) -> Fault:
        """What is wrong, in plain words."""
        address = f"{self.host}:{self.port}" if self.port else self.host
        match error:
            case asyncssh.HostKeyNotVerifiable():
                message = f"{address} is not a known host, or is another one than before"
                hint = (
                    f"connect once by hand (ssh {self.host}), compare the key with what your "
                    "host publishes, and accept it; on a build server put it into known_hosts"
                )
                return Fault("E880", message, None, hint)
            case asyncssh.PermissionDenied():
                message = f"{address} lets nobody in with the keys that are here"
                hint = "is the key in the agent (ssh-add -l), or named in ~/.ssh/config?"
                return Fault("E881", message, None, hint)
            case asyncssh.KeyImportError() | asyncssh.KeyEncryptionError():
                hint = "make another one with ssh-keygen, or name another one in ~/.ssh/config"
                return Fault("E881", f"a key for {address} cannot be read: {error}", None, hint)
            case asyncssh.ConfigParseError():
                hint = "ssh itself may understand what is not understood here: leave it out"
                return Fault("E881", f"~/.ssh/config cannot be read: {error}", None, hint)
            case asyncssh.SFTPPermissionDenied():
                message = f"{self.shown}: this user may not write there"
                hint = "give the folder, and the one it lies in, to that user"
                return Fault("E881", message, None, hint)
            case asyncssh.SFTPError():
                message = f"{self.shown} refused: {error.reason or 'it gave no reason'}"
                hint = "is there room on its disk? Then run the same command again"
                return Fault("E859", message, None, hint)
            case _:
                reason = str(error) or type(error).__name__
                hint = "run the same command again, it goes on where it was"
                return Fault("E859", f"{self.shown} does not answer: {reason}", None, hint)


def as_bytes(given: bytes | str | None) -> bytes:
    """What was asked for without an encoding, which the library's types do not know."""
    return given.encode() if isinstance(given, str) else given or b""


def _close(box: _Open, loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
    async def leave() -> None:
        if box.connection is not None:
            box.connection.abort()
            await box.connection.wait_closed()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await loop.shutdown_default_executor()

    if threading.current_thread() is thread:
        return
    asyncio.run_coroutine_threadsafe(leave(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
