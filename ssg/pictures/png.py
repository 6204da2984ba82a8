"""PNG (W3C, third edition): chunks, of which those that make the picture are kept."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from ssg.pictures import exif, xmp
from ssg.pictures.unsaid import Unsaid, nothing, text_of

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"

# What is to be seen: pixels, colours, transparency, the size of a pixel, frames of an animation.
_PICTURE: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT cICP mDCV cLLI"
    b" acTL fcTL fdAT".split()
)
_ABOUT_RIGHTS: Final = frozenset({b"Artist", b"Author", b"Copyright", b"Disclaimer"})
_XMP: Final = b"XML:com.adobe.xmp"
_LARGEST: Final = 1 << 20


def without_traces(data: bytes, unsaid: Unsaid = nothing) -> bytes:
    """The picture with the chunks about rights and no others; what follows its end is gone."""
    return SIGNATURE + b"".join(
        _chunk(name, kept)
        for name, body in _chunks(data)
        if (kept := _kept(name, body, unsaid)) is not None
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        name, end = data[at + 4 : at + 8], at + 12 + size
        if end > len(data):
            return
        yield name, data[at + 8 : end - 4]
        if name == b"IEND":
            return
        at = end


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(data, zlib.crc32(name)).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + name + data + check


def _kept(name: bytes, data: bytes, unsaid: Unsaid) -> bytes | None:
    if name in _PICTURE:
        return data
    keyword = data.partition(b"\x00")[0]
    match name:
        case b"eXIf":
            return exif.reduced(data, unsaid)
        case b"iTXt" if keyword == _XMP:
            return _xmp(data, unsaid)
        case b"tEXt" if keyword in _ABOUT_RIGHTS and not unsaid(text_of(data)):
            return data
        case _:
            return None


def _xmp(data: bytes, unsaid: Unsaid) -> bytes | None:
    """The packet in an international text, which may be compressed, as one that is not."""
    head = len(_XMP) + 1
    is_compressed, rest = data[head : head + 1] == b"\x01", data[head + 2 :]
    _, _, rest = rest.partition(b"\x00")  # the language
    _, _, text = rest.partition(b"\x00")  # the keyword in that language
    packet = xmp.reduced(_inflated(text) if is_compressed else text, unsaid)
    return _XMP + b"\x00" * 5 + packet if packet else None


def _inflated(data: bytes) -> bytes:
    """A text of a size that a packet may have; nothing of one that swells without end."""
    try:
        return zlib.decompressobj().decompress(data, _LARGEST)
    except zlib.error:
        return b""
