"""`file:paper.zip`, `file:paper.tar.gz` – a release in one file, to be handed on.

The same release gives the same bytes: files in the order of their names, without a time or an
owner.
"""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from gzip import GzipFile
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

from ssg.deploy.targets import Parcel, Shipment, Tell
from ssg.deploy.targets.locking import locked

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # a zip knows no time before
_MODE: Final = 0o644


@dataclass(frozen=True, slots=True)
class Archive:
    """One file, written beside its place and put there in one step."""

    place: Path
    can_switch: bool = True
    can_list: bool = True

    @property
    def shown(self) -> str:
        return f"file:{self.place}"

    @contextmanager
    def lock(self, *, broken: bool = False) -> Iterator[None]:
        self.place.parent.mkdir(parents=True, exist_ok=True)
        lock = self.place.with_name(f".{self.place.name}.lock")
        with locked(lock, self.shown, broken=broken):
            yield
        lock.unlink(missing_ok=True)

    def record(self) -> bytes | None:
        return None

    def listing(self) -> Mapping[str, int]:
        return {}

    def adopt(self) -> None:
        """Nothing stands in the way here: the file is replaced."""

    def publish(self, shipment: Shipment, tell: Tell) -> None:
        parcels = [parcel for group in shipment.groups for parcel in group]
        fresh = self.place.with_name(f".{self.place.name}.new")
        write = _zip if self.place.suffix == ".zip" else _tar
        try:
            write(fresh, sorted(parcels, key=lambda parcel: parcel.path), tell)
            fresh.replace(self.place)
        finally:
            fresh.unlink(missing_ok=True)


def _zip(target: Path, parcels: list[Parcel], tell: Tell) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for parcel in parcels:
            about = zipfile.ZipInfo(parcel.path, _EARLIEST)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system = 3  # as on Unix, wherever it is made
            about.external_attr = _MODE << 16
            archive.writestr(about, parcel.file.read_bytes())
            tell(parcel.path)


def _tar(target: Path, parcels: list[Parcel], tell: Tell) -> None:
    with (
        target.open("wb") as file,
        _packed(file, target.name) as stream,
        tarfile.open(fileobj=stream, mode="w") as archive,
    ):
        for parcel in parcels:
            data = parcel.file.read_bytes()
            about = tarfile.TarInfo(parcel.path)
            about.size, about.mode = len(data), _MODE
            archive.addfile(about, BytesIO(data))
            tell(parcel.path)


def _packed(file: IO[bytes], name: str) -> AbstractContextManager[Any]:
    """What to write into: the file, or what packs into it, without a name or a time."""
    plain = name.endswith(".tar.new")
    return nullcontext(file) if plain else GzipFile("", "wb", fileobj=file, mtime=0)
