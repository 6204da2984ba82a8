"""Pictures as they are published: without what the camera wrote, with who made them.

Where a photograph was taken, with which camera and lens (and their serial numbers), the maker's
notes and small copies of the picture, which may show what was cut out of it, are nobody's business.
Who made it and on which terms it may be used is (IPTC Photo Metadata Standard 2023.1), and stays:
see `ssg.pictures.rights`. Nothing is decoded, so the picture itself is the same to the last bit.

What is kept is named, all else goes: an unknown block of data is not published.
"""

from __future__ import annotations

from typing import Final

from ssg.pictures.unsaid import Unsaid, nothing

#: How the names of files end that are looked into.
ENDINGS: Final = (".jpg", ".jpeg", ".jpe", ".jfif", ".png")


def without_traces(data: bytes, unsaid: Unsaid = nothing) -> bytes:
    """The same picture without what the camera wrote, nor any credit of which `unsaid` holds.
    What is neither JPEG nor PNG is left alone.
    """
    from ssg.pictures import jpeg, png  # a build without a new picture needs neither

    if data.startswith(jpeg.SIGNATURE):
        return jpeg.without_traces(data, unsaid)
    if data.startswith(png.SIGNATURE):
        return png.without_traces(data, unsaid)
    return data
