"""`file:` – a folder that a web server serves.

It is a symbolic link to a release that lies beside it, in `NAME.releases/`, and is exchanged in
one step. Where there can be no links, or the folder's own folder belongs to somebody else, or the
destination says `switch = false`, files are written one by one into a real folder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ssg.build.manifest import Entry
from ssg.deploy.release import Release, release_id, write_record
from ssg.deploy.snapshot import file_digest, has_digest
from ssg.deploy.targets import Parcel, Shipment, Target, Tell
from ssg.deploy.targets.locking import locked
from ssg.deploy.targets.ordered import OWN, Ordered
from ssg.deploy.targets.sending import send_all
from ssg.faults import Fault, Halt

_BESIDE: Final = ".releases"
_PART: Final = ".part"
_FRESH: Final = ".new"


def folder_target(place: Path, *, switch: bool) -> Target:
    """The target that a folder is: with releases and a link where that can be."""
    if switch and can_link(place.parent):
        return LinkedFolder(place)
    return Ordered(PlainFolder(place))


def can_link(folder: Path) -> bool:
    """Whether this process may make links in a folder, or in the first one above that is there."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with TemporaryDirectory(prefix=".ssg-", dir=folder) as inside:
            (Path(inside) / "link").symlink_to("nowhere")
    except OSError:
        return False
    return True


# --- a link to a release ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkedFolder:
    """Releases in folders of their own, and a link to the live one.

    A release is made as `ID.part`, gets its name when it is whole, then the link is exchanged. Its
    record lies beside it, where no reader comes. Files that stay are hard links to those of the
    former release.
    """

    place: Path
    can_switch: bool = True
    can_list: bool = True

    @property
    def shown(self) -> str:
        return f"file:{self.place}"

    @property
    def releases(self) -> Path:
        return self.place.with_name(self.place.name + _BESIDE)

    @contextmanager
    def lock(self, *, broken: bool = False) -> Iterator[None]:
        self.releases.mkdir(parents=True, exist_ok=True)
        with locked(self.releases / "lock", self.shown, broken=broken):
            yield

    def record(self) -> bytes | None:
        live = self._live()
        return _read(self.releases / f"{live}.json") if live else None

    def listing(self) -> Mapping[str, int]:
        return dict(_files(self.place)) if self.place.is_dir() else {}

    def _live(self) -> str | None:
        """The id of the live release. Raises `Halt` where something else stands there."""
        if not self.place.is_symlink():
            if self.place.is_dir() and not any(self.place.iterdir()):
                return None
            if self.place.exists():
                raise Halt((_not_ours(self.place),))
            return None
        target = self.place.parent / self.place.readlink()
        if target.parent != self.releases:
            raise Halt((_not_ours(self.place),))
        return target.name

    def adopt(self) -> None:
        """A folder that stands there becomes a release, to which one can go back. Readers miss it
        between two calls to the system: there is none that exchanges a folder for a link.
        """
        if self.place.is_symlink() or not self.place.is_dir() or not any(self.place.iterdir()):
            return
        files = {
            path: Entry(file_digest(self.place / path), size) for path, size in _files(self.place)
        }
        name = release_id(datetime.now(UTC), files)
        record = write_record(Release(id=name, base_url="", files=files))
        _write(self.releases / f"{name}.json", record)
        self.place.rename(self.releases / name)
        self._point(name)

    def publish(self, shipment: Shipment, tell: Tell) -> None:
        self._sweep()
        part = self.releases / (shipment.id + _PART)
        part.mkdir()
        _link(sorted(shipment.kept), self.place, part)

        def put(parcel: Parcel) -> None:
            target = part / parcel.path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(parcel.file, target)

        for group in shipment.groups:
            send_all(group, put, tell)
        _write(self.releases / f"{shipment.id}.json", shipment.record)
        part.rename(self.releases / shipment.id)
        if self.place.is_dir() and not self.place.is_symlink():
            self.place.rmdir()  # an empty one: see `_live`
        self._point(shipment.id)

    def _point(self, release: str) -> None:
        """Exchanges the link, in one step."""
        fresh = self.releases / f"link{_FRESH}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path(self.releases.name) / release, target_is_directory=True)
        fresh.replace(self.place)

    def _sweep(self) -> None:
        """Removes what a killed process left."""
        for path in self.releases.iterdir():
            if path.name.endswith(_PART):
                shutil.rmtree(path)
            elif path.name.endswith(_FRESH) or (
                path.suffix == ".json" and not path.with_suffix("").is_dir()
            ):
                path.unlink()

    def history(self) -> Mapping[str, bytes]:
        found = self.releases.glob("*.json") if self.releases.is_dir() else ()
        return {path.stem: path.read_bytes() for path in found if path.with_suffix("").is_dir()}

    def differing(self, release: str, files: Mapping[str, Entry]) -> tuple[str, ...]:
        folder = self.releases / release
        return tuple(p for p, entry in files.items() if not has_digest(folder / p, entry))

    def switch_back(self, release: str, record: bytes, kept: Collection[str]) -> None:
        folder = self.releases / release
        _link([path for path in kept if not os.path.lexists(folder / path)], self.place, folder)
        _write(self.releases / f"{release}.json", record)
        self._point(release)

    def forget(self, releases: Collection[str]) -> None:
        for release in releases:
            (self.releases / f"{release}.json").unlink(missing_ok=True)
            shutil.rmtree(self.releases / release, ignore_errors=True)


def _link(paths: Collection[str], former: Path, folder: Path) -> None:
    """Makes files of a folder files of another one, too: as hard links where that can be."""
    made: set[str] = set()
    for path in paths:
        target, inner = f"{folder}/{path}", path.rpartition("/")[0]
        if inner not in made:
            os.makedirs(f"{folder}/{inner}", exist_ok=True)
            made.add(inner)
        try:
            os.link(f"{former}/{path}", target, follow_symlinks=False)
        except OSError:
            shutil.copyfile(f"{former}/{path}", target, follow_symlinks=False)


# --- a real folder ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlainFolder:
    """A real folder, as a host of single files."""

    place: Path
    can_list: bool = True
    at_once: int = 1

    @property
    def shown(self) -> str:
        return f"file:{self.place}"

    def put(self, parcel: Parcel) -> None:
        with self._fresh(parcel.path) as fresh:
            shutil.copyfile(parcel.file, fresh)

    def write(self, path: str, data: bytes) -> None:
        with self._fresh(path) as fresh:
            fresh.write_bytes(data)

    def create(self, path: str, data: bytes) -> bool:
        target = self.place / path
        with self._fresh(f"{path}.{os.getpid()}") as fresh:
            fresh.write_bytes(data)
        whole = self.place / f"{path}.{os.getpid()}"
        try:
            os.link(whole, target)
        except FileExistsError:
            return False
        finally:
            whole.unlink()
        return True

    def read(self, path: str) -> bytes | None:
        if self.place.is_symlink():
            raise Halt((_a_link(self.place),))
        return _read(self.place / path)

    def delete(self, paths: Collection[str]) -> None:
        for path in paths:
            target = self.place / path
            target.unlink(missing_ok=True)
            folder = target.parent
            while folder != self.place and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent

    def listing(self) -> Mapping[str, int]:
        return dict(_files(self.place)) if self.place.is_dir() else {}

    @contextmanager
    def _fresh(self, path: str) -> Iterator[Path]:
        """A new file to write, which takes the place of the former one."""
        target, fresh = self.place / path, self.place / OWN / "arriving"
        fresh.parent.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        yield fresh
        fresh.replace(target)


# --- both -----------------------------------------------------------------------------------


def _a_link(place: Path) -> Fault:
    hint = "without switch = false a deploy exchanges the link; else put a folder in its place"
    return Fault("E857", f"{place} is a link, and files are to be written one by one", None, hint)


def _not_ours(place: Path) -> Fault:
    hint = (
        "--adopt makes what is there a release that one can go back to; "
        "switch = false writes into it file by file"
    )
    return Fault("E857", f"{place} is there, and no deploy of ours made it", None, hint)


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """Every file below a folder with its size."""
    waiting = [(str(folder), "")]
    while waiting:
        place, before = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{before}{entry.name}/"))
                else:
                    yield f"{before}{entry.name}", entry.stat(follow_symlinks=False).st_size


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(file.name + _FRESH)
    fresh.write_bytes(data)
    fresh.replace(file)
