"""JPEG (ISO/IEC 10918-1, Annex B): segments, of which those that make the picture are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ssg.pictures import exif, iptc, xmp
from ssg.pictures.unsaid import Unsaid, nothing

SIGNATURE: Final = b"\xff\xd8\xff"

_EXIF: Final = b"Exif\x00\x00"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\x00"
_PHOTOSHOP: Final = b"Photoshop 3.0\x00"

_START, _SCAN, _END, _APP13 = 0xD8, 0xDA, 0xD9, 0xED
_JFIF: Final = 12  # bytes before the size of a small copy of the picture
# Tables, frames and scans; the markers among them that have no data are never met alone.
_PICTURE: Final = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)})
# Where coded data end: at a marker that is neither a stuffed zero, a restart nor a fill byte.
_MARKER: Final = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
_LONGEST: Final = 0xFFFF - 2


class _Segment(NamedTuple):
    marker: int
    data: bytes
    coded: bytes = b""


def without_traces(data: bytes, unsaid: Unsaid = nothing) -> bytes:
    """The picture with the blocks about rights and no others; what follows its end is gone."""
    segments = list(_segments(data))
    photoshop = b"".join(
        data.removeprefix(_PHOTOSHOP)
        for marker, data, _ in segments
        if marker == _APP13 and data.startswith(_PHOTOSHOP)
    )
    out = [b"\xff", bytes([_START])]
    seen: set[bytes] = set()
    for segment in segments:
        kind, kept = _kept(segment, photoshop, unsaid)
        if kept is None or len(kept) > _LONGEST or (kind and kind in seen):
            continue
        seen.add(kind)
        length = (len(kept) + 2).to_bytes(2, "big")
        out += (b"\xff", bytes([segment.marker]), length, kept, segment.coded)
    return b"".join((*out, b"\xff", bytes([_END])))


def _segments(data: bytes) -> Iterator[_Segment]:
    """The segments up to the end of the picture; what lies between two of them is left out."""
    at = len(SIGNATURE) - 1
    while (found := _MARKER.search(data, at)) is not None:
        marker, start = data[found.start() + 1], found.end()
        if marker == _END:
            return
        if marker == _START:
            at = start
            continue
        size = int.from_bytes(data[start : start + 2], "big")
        at = start + size
        if size < 2 or at > len(data):  # noqa: PLR2004 - the length counts itself
            return
        coded = b""
        if marker == _SCAN:
            end = _MARKER.search(data, at)
            coded = data[at : end.start() if end else len(data)]
            at += len(coded)
        yield _Segment(marker, data[start + 2 : start + size], coded)


def _kept(segment: _Segment, photoshop: bytes, unsaid: Unsaid) -> tuple[bytes, bytes | None]:
    """What is kept of a segment, and a name if it may stand only once."""
    marker, data, _ = segment
    if marker in _PICTURE:
        return b"", data
    match marker:
        case 0xE0 if data.startswith(b"JFIF\x00") and len(data) >= _JFIF:
            return b"", data[:_JFIF] + b"\x00\x00"  # without its small copy of the picture
        case 0xE1 if data.startswith(_EXIF):
            return _EXIF, _behind(_EXIF, exif.reduced(data.removeprefix(_EXIF), unsaid))
        case 0xE1 if data.startswith(_XMP):
            return _XMP, _behind(_XMP, xmp.reduced(data.removeprefix(_XMP), unsaid))
        case 0xE2 if data.startswith(b"ICC_PROFILE\x00"):
            return b"", data
        case 0xED if data.startswith(_PHOTOSHOP):
            return _PHOTOSHOP, _behind(_PHOTOSHOP, iptc.reduced(photoshop, unsaid))
        case 0xEE if data.startswith(b"Adobe"):
            return b"", data
        case _:
            return b"", None


def _behind(name: bytes, data: bytes | None) -> bytes | None:
    return name + data if data else None
