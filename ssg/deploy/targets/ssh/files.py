"""Single files in a folder of another machine, over SFTP."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join
from queue import SimpleQueue
from stat import S_ISDIR
from typing import IO, Final

import asyncssh

from ssg.deploy.targets import Parcel
from ssg.deploy.targets.ssh.line import Line, as_bytes
from ssg.deploy.targets.ssh.programs import Programs
from ssg.digest import digest_bytes

#: Files on their way at the same time, and small questions.
_FILES: Final = 8
_QUESTIONS: Final = 64

_PIECE: Final = 1 << 18
_MODE: Final = 0o644

#: What a host says of a file or folder that is not there.
MISSING: Final = (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath)

#: Gives the bytes of a file, from the beginning each time.
Pieces = Callable[[], Iterator[bytes]]


def _slots() -> SimpleQueue[int]:
    slots: SimpleQueue[int] = SimpleQueue()
    for number in range(_FILES):
        slots.put(number)
    return slots


@dataclass(frozen=True, slots=True)
class FarFolder:
    """A folder, as a host of single files. `fresh` is one on the same disk where a file lies under
    a passing name until it is whole; the names are few, and used again after a process that died.
    """

    line: Line
    programs: Programs
    place: str
    fresh: str
    can_list: bool = True
    at_once: int = _FILES
    _slots: SimpleQueue[int] = field(default_factory=_slots, init=False)

    @property
    def shown(self) -> str:
        return self.line.shown

    def put(self, parcel: Parcel) -> None:
        with parcel.file.open("rb") as file:
            self._put(parcel.path, lambda: _pieces(file))

    def write(self, path: str, data: bytes) -> None:
        self._put(path, lambda: iter((data,)))

    def _put(self, path: str, pieces: Pieces) -> None:
        number = self._slots.get()
        fresh, target = join(self.fresh, f"arriving-{number}"), join(self.place, path)

        async def work(sftp: asyncssh.SFTPClient) -> None:
            await write(sftp, fresh, pieces)
            await replace(sftp, fresh, target)

        try:
            self.line.do(work)
        finally:
            self._slots.put(number)

    def create(self, path: str, data: bytes) -> bool:
        target = join(self.place, path)

        async def work(sftp: asyncssh.SFTPClient) -> bool:
            await make_folders(sftp, dirname(target))
            try:
                async with sftp.open(target, "xb") as file:
                    await file.write(data)
            except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
                found = await read(sftp, target)
                if found is None:
                    raise
                return found == data  # ours, where the answer to the first question was lost
            return True

        return self.line.do(work)

    def read(self, path: str) -> bytes | None:
        target = join(self.place, path)
        return self.line.do(lambda sftp: read(sftp, target))

    def delete(self, paths: Collection[str]) -> None:
        folders = {folder for path in paths for folder in folders_of(path)}
        deepest_first = sorted(folders, key=lambda folder: -folder.count("/"))

        async def work(sftp: asyncssh.SFTPClient) -> None:
            limit = asyncio.Semaphore(_QUESTIONS)

            async def one(path: str) -> None:
                async with limit:
                    try:
                        await sftp.remove(join(self.place, path))
                    except MISSING:
                        return

            await asyncio.gather(*map(one, paths))
            for folder in deepest_first:
                try:
                    await sftp.rmdir(join(self.place, folder))
                except (*MISSING, asyncssh.SFTPFailure, asyncssh.SFTPDirNotEmpty):
                    continue

        self.line.do(work)

    def listing(self) -> Mapping[str, int]:
        found = self.programs.sizes(self.place)
        return self.line.do(lambda sftp: _sizes(sftp, self.place)) if found is None else found

    def digests(self, paths: Collection[str]) -> Mapping[str, str]:
        """The digest of each of the files that are there; each is read."""
        if not paths:
            return {}
        found = self.programs.digests(self.place, paths)
        if found is not None:
            return found
        return self.line.do(lambda sftp: _digests(sftp, self.place, paths))


# --- what is asked of a host, each thing so that it may be asked twice -------------------------


async def read(sftp: asyncssh.SFTPClient, path: str) -> bytes | None:
    """The bytes of a file; None: there is none."""
    try:
        async with sftp.open(path, "rb") as file:
            return as_bytes(await file.read())
    except MISSING:
        return None


async def write(sftp: asyncssh.SFTPClient, path: str, pieces: Pieces) -> None:
    """Writes a file, and makes its folder. Who reads it meanwhile gets a part of it."""
    try:
        await _write(sftp, path, pieces)
    except MISSING:
        await make_folders(sftp, dirname(path))
        await _write(sftp, path, pieces)


async def _write(sftp: asyncssh.SFTPClient, path: str, pieces: Pieces) -> None:
    async with sftp.open(path, "wb", asyncssh.SFTPAttrs(permissions=_MODE)) as file:
        for piece in pieces():
            await file.write(piece)


async def replace(sftp: asyncssh.SFTPClient, fresh: str, target: str) -> None:
    """Gives a file the place of another one, in one step where the host knows how."""
    try:
        await sftp.posix_rename(fresh, target)
    except MISSING:
        if not await sftp.lexists(fresh):
            return  # the answer to the first question was lost
        await make_folders(sftp, dirname(target))
        await sftp.posix_rename(fresh, target)
    except asyncssh.SFTPOpUnsupported:
        await make_folders(sftp, dirname(target))
        if await sftp.lexists(target):
            await sftp.remove(target)
        await sftp.rename(fresh, target)


async def make_folders(sftp: asyncssh.SFTPClient, folder: str) -> None:
    """Makes a folder and those above it, where they are not there."""
    try:
        await sftp.mkdir(folder)
    except MISSING:
        await make_folders(sftp, dirname(folder))
        await make_folders(sftp, folder)
    except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists, asyncssh.SFTPPermissionDenied):
        if not await sftp.isdir(folder):
            raise


async def link(sftp: asyncssh.SFTPClient, there: str, target: str) -> None:
    """Makes a file another one, too: as a hard link where that can be."""
    try:
        await sftp.link(there, target)
    except MISSING:
        await make_folders(sftp, dirname(target))
        await _link_or_copy(sftp, there, target)
    except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPFailure, asyncssh.SFTPPermissionDenied):
        await _link_or_copy(sftp, there, target)


async def _link_or_copy(sftp: asyncssh.SFTPClient, there: str, target: str) -> None:
    if await sftp.lexists(target):
        return
    try:
        await sftp.link(there, target)
    except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPFailure, asyncssh.SFTPPermissionDenied):
        data = await read(sftp, there)
        await _write(sftp, target, lambda: iter((data or b"",)))


async def _sizes(sftp: asyncssh.SFTPClient, top: str) -> dict[str, int]:
    """Every file below a folder with its size. Links are files, and not followed."""
    limit, found = asyncio.Semaphore(_QUESTIONS), dict[str, int]()

    async def look(prefix: str) -> None:
        async with limit:
            try:
                entries = [entry async for entry in sftp.scandir(join(top, prefix))]
            except MISSING:
                return
        inner = []
        for entry in entries:
            own = os.fsdecode(entry.filename)
            name = f"{prefix}{own}"
            if S_ISDIR(entry.attrs.permissions or 0):
                if own not in {".", ".."}:
                    inner.append(look(f"{name}/"))
            else:
                found[name] = entry.attrs.size or 0
        await asyncio.gather(*inner)

    await look("")
    return found


async def _digests(sftp: asyncssh.SFTPClient, top: str, paths: Collection[str]) -> dict[str, str]:
    limit, found = asyncio.Semaphore(_FILES), dict[str, str]()

    async def one(path: str) -> None:
        async with limit:
            data = await read(sftp, join(top, path))
        if data is not None:
            found[path] = digest_bytes(data)

    await asyncio.gather(*map(one, paths))
    return found


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def folders_of(path: str) -> Iterator[str]:
    """The folders that a path leads through, the innermost first."""
    while path := dirname(path):
        yield path
