"""Exif (JEITA CP-3451): of what a camera notes, how a picture is to be held and whose it is."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, Literal

from ssg.pictures.unsaid import Unsaid, text_of

_ORIENTATION, _ARTIST, _COPYRIGHT = 0x0112, 0x013B, 0x8298
_TEXT, _SHORT = 2, 3
_KEPT: Final = {_ORIENTATION: _SHORT, _ARTIST: _TEXT, _COPYRIGHT: _TEXT}
_UPRIGHT: Final = 1
_ENTRY: Final = 12


def reduced(tiff: bytes, unsaid: Unsaid) -> bytes | None:
    """The block with its orientation, artist and copyright; None where it has nothing of these."""
    fields = {
        tag: value
        for tag, value in sorted(_fields(tiff))
        if _KEPT[tag] != _TEXT or not unsaid(text_of(value))
    }
    if not fields:
        return None
    return _written(fields)


def _fields(tiff: bytes) -> Iterator[tuple[int, bytes]]:
    """The values to keep, in big-endian order; what cannot be read is not there."""
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"
    if tiff[:4] not in (b"II*\x00", b"MM\x00*"):
        return
    at = int.from_bytes(tiff[4:8], order)
    count = int.from_bytes(tiff[at : at + 2], order)
    for entry in range(at + 2, min(at + 2 + count * _ENTRY, len(tiff) - _ENTRY + 1), _ENTRY):
        tag, kind = (int.from_bytes(tiff[entry + n : entry + n + 2], order) for n in (0, 2))
        if _KEPT.get(tag) != kind:
            continue
        size = int.from_bytes(tiff[entry + 4 : entry + 8], order)
        if kind == _SHORT:
            held = int.from_bytes(tiff[entry + 8 : entry + 10], order)
            if _UPRIGHT < held <= 8 and size == 1:  # noqa: PLR2004 - as many ways to hold it
                yield tag, struct.pack(">H", held)
        else:
            place = entry + 8 if size <= 4 else int.from_bytes(tiff[entry + 8 : entry + 12], order)  # noqa: PLR2004
            text = tiff[place : place + size].rstrip(b"\x00 ")
            if text:
                yield tag, text + b"\x00"


def _written(fields: dict[int, bytes]) -> bytes:
    """One directory and the values that do not fit into it."""
    head = b"MM\x00*" + struct.pack(">IH", 8, len(fields))
    behind = len(head) + len(fields) * _ENTRY + 4
    entries, values = b"", b""
    for tag, value in fields.items():
        kind = _KEPT[tag]
        count = len(value) if kind == _TEXT else 1
        if len(value) <= 4:  # noqa: PLR2004 - then the entry holds it
            stored = value.ljust(4, b"\x00")
        else:
            stored = struct.pack(">I", behind + len(values))
            values += value + b"\x00" * (len(value) % 2)
        entries += struct.pack(">HHI", tag, kind, count) + stored
    return head + entries + b"\x00" * 4 + values
