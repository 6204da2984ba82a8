"""A release: which files a host shows, as the record beside them says.

The record lies on the host and, for releases that can be gone back to, on this machine. It is
sealed with a digest of itself: one that was edited by hand, or cut off, is not believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from ssg.build.manifest import UNSURE, Entry
from ssg.digest import digest

_MARK: Final = 8


class Leaving(msgspec.Struct, frozen=True):
    """A file that no page of the release names any more, kept until `until` (ISO 8601, UTC)."""

    digest: str
    size: int
    until: str


class Release(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a host shows. `files` by path; `stories` gives the id of each article by its URL.

    `id` begins with the instant and so sorts by it; `follows` is the release that it took the
    place of. An entry that is unsure (an empty digest) is ours, but nobody knows its bytes: the
    record of a deploy that did not end holds such.
    """

    id: str
    base_url: str
    files: Mapping[str, Entry]
    leaving: Mapping[str, Leaving] = {}
    stories: Mapping[str, str] = {}
    follows: str | None = None

    @property
    def ours(self) -> dict[str, Entry]:
        """All that lies on the host because of us."""
        staying = {path: Entry(gone.digest, gone.size) for path, gone in self.leaving.items()}
        return {**staying, **self.files}

    @property
    def at(self) -> str:
        """When it was made: ISO 8601 in UTC."""
        day, _, time = self.id.partition("Z")[0].partition("T")
        clock = f"{time[:2]}:{time[2:4]}:{time[4:6]}"
        return f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock}Z"


class _Sealed(msgspec.Struct, frozen=True):
    seal: str
    release: Release


def release_id(at: datetime, files: Mapping[str, Entry]) -> str:
    """A name for a release: the instant, to the millisecond, and a few signs of its content."""
    moment = f"{at:%Y%m%dT%H%M%S}{at.microsecond // 1000:03}Z"
    return f"{moment}-{digest(dict(files))[:_MARK]}"


def write_record(release: Release) -> bytes:
    """The record of a release: JSON, the same bytes for the same release."""
    plain: Any = msgspec.to_builtins(release, str_keys=True)
    sealed = {"seal": digest(plain), "release": plain}
    return msgspec.json.format(msgspec.json.encode(sealed, order="sorted"), indent=1) + b"\n"


def read_record(data: bytes) -> Release | None:
    """The release that a record tells of; None: it is damaged, or was changed by hand."""
    try:
        plain = msgspec.json.decode(data)
        sealed = msgspec.convert(plain, _Sealed)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return sealed.release if sealed.seal == digest(plain["release"]) else None


def is_sure(entry: Entry) -> bool:
    """Whether the bytes are known."""
    return entry.digest != UNSURE.digest
