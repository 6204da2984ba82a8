"""Releases in folders of their own on another machine, and a link to the live one.

The places are those of `ssg.deploy.targets.folder.LinkedFolder`: `NAME` is a link to
`NAME.releases/ID`, whose record is `NAME.releases/ID.json`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from posixpath import basename, dirname, join
from stat import S_ISDIR, S_ISLNK
from typing import Final

import asyncssh

from ssg.build.manifest import Entry
from ssg.deploy.release import Release, release_id, write_record
from ssg.deploy.targets import Parcel, Shipment, Tell
from ssg.deploy.targets.ordered import Ordered
from ssg.deploy.targets.sending import send_all
from ssg.deploy.targets.ssh import rsync
from ssg.deploy.targets.ssh.files import MISSING, FarFolder, folders_of, link, make_folders
from ssg.deploy.targets.ssh.line import Line
from ssg.deploy.targets.ssh.programs import Programs
from ssg.faults import Fault, Halt

_BESIDE: Final = ".releases"
_PART: Final = ".part"
_FRESH: Final = ".new"
_ARRIVING: Final = "arriving" + _PART
_QUESTIONS: Final = 64


@dataclass(frozen=True, slots=True)
class FarReleases:
    """A release is made as `ID.part`, gets its name when it is whole, then the link is exchanged.

    Files that stay are hard links to those of the former release, so none is ever written into.
    `sending` is a folder of this machine for what is handed to rsync.
    """

    line: Line
    programs: Programs
    place: str
    sending: Path
    can_switch: bool = True
    can_list: bool = True

    @property
    def shown(self) -> str:
        return self.line.shown

    @property
    def releases(self) -> str:
        return self.place + _BESIDE

    def lock(self, *, broken: bool = False) -> AbstractContextManager[None]:
        """A file beside the releases."""
        return Ordered(self._folder(self.releases)).lock(broken=broken)

    def _folder(self, folder: str) -> FarFolder:
        return FarFolder(self.line, self.programs, folder, join(self.releases, _ARRIVING))

    def record(self) -> bytes | None:
        live = self._live()
        return self._folder(self.releases).read(f"{live}.json") if live else None

    def listing(self) -> Mapping[str, int]:
        return self._folder(self.place).listing()

    def _live(self) -> str | None:
        """The id of the live release. Raises `Halt` where something else stands there."""
        target = _pointed_at(self.line, self.place)
        if target is not None and dirname(target) == self.releases:
            return basename(target)
        if target is not None or self.line.do(lambda sftp: _holds_something(sftp, self.place)):
            raise Halt((_not_ours(self.shown),))
        return None

    def adopt(self) -> None:
        """A folder that stands there becomes a release, to which one can go back. Readers miss it
        between two questions to the host.
        """
        there = self._folder(self.place)
        if is_link(self.line, self.place) or not (sizes := there.listing()):
            return
        digests = there.digests(sizes)
        files = {path: Entry(digests[path], sizes[path]) for path in sizes if path in digests}
        name = release_id(datetime.now(UTC), files)
        record = write_record(Release(id=name, base_url="", files=files))
        self._folder(self.releases).write(f"{name}.json", record)
        self._rename(self.place, join(self.releases, name))
        self._point(name)

    def publish(self, shipment: Shipment, tell: Tell) -> None:
        self._sweep()
        part = join(self.releases, shipment.id + _PART)
        self._begin(part, shipment)
        self._send([parcel for group in shipment.groups for parcel in group], part, tell)
        self._folder(self.releases).write(f"{shipment.id}.json", shipment.record)
        self._rename(part, join(self.releases, shipment.id))
        self.line.do(lambda sftp: _remove_empty(sftp, self.place))
        self._point(shipment.id)

    def _begin(self, part: str, shipment: Shipment) -> None:
        """Makes the folder of a release, with what stays."""
        live = _pointed_at(self.line, self.place)
        if live is not None and self.programs.copy_links(live, part):
            self._folder(part).delete((*shipment.first, *shipment.removed))
            return
        self.line.do(lambda sftp: make_folders(sftp, part))
        self._link(shipment.kept, part)

    def _send(self, parcels: list[Parcel], part: str, tell: Tell) -> None:
        """With rsync, and where that cannot do it over SFTP."""
        told: set[str] = set()

        def arrive(path: str) -> None:
            if path not in told:
                told.add(path)
                tell(path)

        has_rsync = "rsync" in self.programs.there
        if not (
            has_rsync and rsync.send(parcels, rsync.Way(self.line, part, self.sending), arrive)
        ):
            folder = self._folder(part)
            send_all(parcels, folder.put, arrive, at_once=folder.at_once)

    def _link(self, paths: Collection[str], folder: str) -> None:
        """Makes files of the live release files of another one, too."""
        folders = {above for path in paths for above in folders_of(path)}

        async def work(sftp: asyncssh.SFTPClient) -> None:
            limit = asyncio.Semaphore(_QUESTIONS)

            async def make(name: str) -> None:
                async with limit:
                    await make_folders(sftp, join(folder, name))

            async def one(path: str) -> None:
                async with limit:
                    await link(sftp, join(self.place, path), join(folder, path))

            for _, names in groupby(sorted(folders, key=_depth), _depth):
                await asyncio.gather(*map(make, names))
            await asyncio.gather(*map(one, sorted(paths)))

        self.line.do(work)

    def _rename(self, former: str, name: str) -> None:
        async def work(sftp: asyncssh.SFTPClient) -> None:
            try:
                await sftp.rename(former, name)
            except MISSING:
                if not await sftp.isdir(name):  # else the answer to the first question was lost
                    raise

        self.line.do(work)

    def _point(self, release: str) -> None:
        """Exchanges the link, in one step."""
        fresh = join(self.releases, f"link{_FRESH}")
        target = join(basename(self.releases), release)
        self.line.do(lambda sftp: _exchange(sftp, target, fresh, self.place))

    def _sweep(self) -> None:
        """Removes what a killed process left."""
        names = self._names()
        for name in names:
            if name.endswith(_PART):
                self._remove(name)
        left = {name for name in names if name.endswith(_FRESH)}
        left |= {n for n in names if n.endswith(".json") and n.removesuffix(".json") not in names}
        self._folder(self.releases).delete(left)

    def _names(self) -> frozenset[str]:
        return self.line.do(lambda sftp: _names(sftp, self.releases))

    def _remove(self, name: str) -> None:
        folder = join(self.releases, name)
        if not self.programs.remove(folder):
            self.line.do(lambda sftp: sftp.rmtree(folder, ignore_errors=True))

    def history(self) -> Mapping[str, bytes]:
        names = self._names()
        return _Records(
            self._folder(self.releases),
            tuple(sorted(name for name in names if f"{name}.json" in names)),
        )

    def differing(self, release: str, files: Mapping[str, Entry]) -> tuple[str, ...]:
        there = self._folder(join(self.releases, release)).digests(files)
        return tuple(path for path, entry in files.items() if there.get(path) != entry.digest)

    def switch_back(self, release: str, record: bytes, kept: Collection[str]) -> None:
        self._link(kept, join(self.releases, release))
        self._folder(self.releases).write(f"{release}.json", record)
        self._point(release)

    def forget(self, releases: Collection[str]) -> None:
        self._folder(self.releases).delete([f"{release}.json" for release in releases])
        for release in releases:
            self._remove(release)


@dataclass(frozen=True, slots=True)
class _Records(Mapping[str, bytes]):
    """Records, each read when it is looked at: a deploy wants to know no more than their names."""

    folder: FarFolder
    names: tuple[str, ...]

    def __getitem__(self, name: str) -> bytes:
        if name not in self.names:
            raise KeyError(name)
        return self.folder.read(f"{name}.json") or b""

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def _depth(folder: str) -> int:
    return folder.count("/")


def is_link(line: Line, place: str) -> bool:
    """Whether a link stands there."""
    return _pointed_at(line, place) is not None


def can_link(line: Line, place: str) -> bool:
    """Whether this user may make links beside a folder, and exchange them in one step."""
    if is_link(line, place):
        return True
    return line.do(lambda sftp: _can_link(sftp, dirname(place)))


async def _can_link(sftp: asyncssh.SFTPClient, folder: str) -> bool:
    while folder != "/" and not await sftp.isdir(folder):
        folder = dirname(folder)
    fresh, probe = (join(folder, f".ssg-{os.getpid()}{end}") for end in (_FRESH, ""))
    try:
        await _exchange(sftp, "nowhere", fresh, probe)
        await sftp.remove(probe)
    except asyncssh.SFTPError:
        return False
    return True


async def _exchange(sftp: asyncssh.SFTPClient, target: str, fresh: str, place: str) -> None:
    if await sftp.lexists(fresh):
        await sftp.remove(fresh)
    await sftp.symlink(target, fresh)
    await sftp.posix_rename(fresh, place)


def _pointed_at(line: Line, place: str) -> str | None:
    """Where the link leads that stands at a place; None: none does."""

    async def work(sftp: asyncssh.SFTPClient) -> str | None:
        try:
            if not S_ISLNK((await sftp.lstat(place)).permissions or 0):
                return None
        except MISSING:
            return None
        return join(dirname(place), str(await sftp.readlink(place)))

    return line.do(work)


async def _holds_something(sftp: asyncssh.SFTPClient, place: str) -> bool:
    """Whether a file stands there, or a folder that is not empty."""
    try:
        found = await sftp.lstat(place)
    except MISSING:
        return False
    return not S_ISDIR(found.permissions or 0) or bool(await _names(sftp, place))


async def _names(sftp: asyncssh.SFTPClient, folder: str) -> frozenset[str]:
    try:
        return frozenset(str(name) for name in await sftp.listdir(folder)) - {".", ".."}
    except MISSING:
        return frozenset()


async def _remove_empty(sftp: asyncssh.SFTPClient, place: str) -> None:
    """Removes an empty folder that the link is to take the place of."""
    try:
        if S_ISDIR((await sftp.lstat(place)).permissions or 0):
            await sftp.rmdir(place)
    except MISSING:
        return


def _not_ours(shown: str) -> Fault:
    hint = (
        "--adopt makes what is there a release that one can go back to; "
        "switch = false writes into it file by file"
    )
    return Fault("E857", f"{shown} is there, and no deploy of ours made it", None, hint)
