"""IPTC-IIM 4.2 in a Photoshop resource: who made a picture, who supplied it, on which terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ssg.pictures.unsaid import Unsaid, text_of

_SIGN: Final = b"8BIM"
_IPTC: Final = 0x0404
_MARK: Final = 0x1C
_EXTENDED: Final = 0x8000

#: Record and number of what is kept: the encoding of the texts, versions, instructions for use,
#: by-line and its title, credit, source, copyright.
_KEPT: Final = frozenset(
    {(1, 0), (1, 90), (2, 0), (2, 40), (2, 80), (2, 85), (2, 110), (2, 115), (2, 116)}
)
_FRAME: Final = frozenset({(1, 0), (1, 90), (2, 0)})


def reduced(resources: bytes, unsaid: Unsaid) -> bytes | None:
    """The resource with what is kept of the IPTC block; None where there is nothing to keep."""
    kept = [
        (key, whole)
        for number, data in _resources(resources)
        if number == _IPTC
        for key, whole in _datasets(data)
        if key in _KEPT and (key in _FRAME or not unsaid(text_of(whole)))
    ]
    if all(key in _FRAME for key, _ in kept):
        return None
    data = b"".join(whole for _, whole in kept)
    head = _SIGN + _IPTC.to_bytes(2, "big") + b"\x00\x00" + len(data).to_bytes(4, "big")
    return head + data + b"\x00" * (len(data) % 2)


def _resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while data[at : at + 4] == _SIGN and at + 12 <= len(data):
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        name = data[at + 6] + 1
        start = at + 6 + name + name % 2
        size = int.from_bytes(data[start : start + 4], "big")
        end = start + 4 + size
        if end > len(data):
            return
        yield number, data[start + 4 : end]
        at = end + size % 2


def _datasets(data: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Each dataset by record and number, with all of its bytes."""
    at = 0
    while at + 5 <= len(data) and data[at] == _MARK:
        key, size, start = (
            (data[at + 1], data[at + 2]),
            int.from_bytes(data[at + 3 : at + 5]),
            at + 5,
        )
        if size & _EXTENDED:
            wide = size - _EXTENDED
            size, start = int.from_bytes(data[start : start + wide]), start + wide
        end = start + size
        if end > len(data):
            return
        yield key, data[at:end]
        at = end
