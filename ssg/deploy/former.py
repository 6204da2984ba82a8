"""Former releases: what this machine remembers of what it sent where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ssg.deploy.release import Release, read_record, write_record
from ssg.deploy.snapshot import FOLDER, blobs_of

_RECORDS: Final = "records"
_SENDING: Final = "sending.record"


@dataclass(frozen=True, slots=True)
class Former:
    """The records of one destination, kept in `.ssg/release/records/NAME/`."""

    site: Path
    name: str

    @property
    def folder(self) -> Path:
        return self.site / FOLDER / _RECORDS / self.name

    def releases(self) -> dict[str, Release]:
        """Every release by its id, the oldest first; damaged records are none."""
        return dict(sorted(_releases_in(self.folder)))

    def paths(self) -> frozenset[str]:
        """All that was ever sent there, as far as is remembered, also by deploys that did not end:
        what is ours where the record on the host is lost.
        """
        sending = self.folder / _SENDING
        unfinished = read_record(sending.read_bytes()) if sending.exists() else None
        releases = [*self.releases().values(), *([unfinished] if unfinished else [])]
        return frozenset(path for release in releases for path in release.ours)

    def begin(self, release: Release) -> None:
        """Remembers what is about to be sent."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / _SENDING).write_bytes(write_record(release))

    def last(self) -> Release | None:
        """The one that was sent last."""
        return next(reversed([*self.releases().values()]), None)

    def add(self, release: Release, keep: int) -> None:
        """Remembers a release and forgets all but the newest `keep`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{release.id}.json"
        fresh = file.with_suffix(".new")
        fresh.write_bytes(write_record(release))
        fresh.replace(file)
        kept = self.releases()
        for name in list(kept)[:-keep]:
            if name != release.id:
                (self.folder / f"{name}.json").unlink()


def _releases_in(folder: Path) -> Iterator[tuple[str, Release]]:
    for file in folder.glob("*.json"):
        if (release := read_record(file.read_bytes())) is not None:
            yield release.id, release


def sweep(site: Path) -> None:
    """Removes the held files that no record of any destination names: see `ssg.deploy.hold`."""
    folders = (site / FOLDER / _RECORDS).iterdir()
    releases = [release for folder in folders for _, release in _releases_in(folder)]
    blobs_of(site).keep_only({e.digest for release in releases for e in release.files.values()})
