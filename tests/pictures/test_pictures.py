"""Published pictures: the same pixels, whose they are, and nothing of what the camera wrote."""

from __future__ import annotations

import json
import struct
import subprocess
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import imagesize
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from ssg import pictures
from ssg.build.plan import Keys
from ssg.model import Copy
from ssg.pictures import without_traces
from tests.build.newsroom import Files, Newsroom, article

#: A word that stands in all that has to go.
SECRET = b"SN-4711-53.3498N-6.2603W"

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="SECRET">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:cc="http://creativecommons.org/ns#"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<rdf:Description rdf:about="uuid:SECRET" exif:GPSLatitude="SECRET" aux:SerialNumber="SECRET"
 photoshop:Credit="Tidal &amp; Sons / &lt;Wire&gt;" photoshop:City="SECRET"
 xmpRights:WebStatement="https://tidal.example/licence">
<dc:creator><rdf:Seq><rdf:li>Sam Okoro</rdf:li><rdf:li>Žofie Müller</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Tidal</rdf:li></rdf:Alt></dc:rights>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">SECRET</rdf:li></rdf:Alt></dc:description>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="en">Not in ads</rdf:li>
</rdf:Alt></xmpRights:UsageTerms>
<xmpMM:History><rdf:Seq><rdf:li xmpMM:instanceID="SECRET"/></rdf:Seq></xmpMM:History>
<xmp:Thumbnails><rdf:Alt><rdf:li>SECRET</rdf:li></rdf:Alt></xmp:Thumbnails>
<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">
<plus:LicensorURL>https://tidal.example/buy</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>
<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>
<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture</Iptc4xmpExt:DigitalSourceType>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".replace(
    "SECRET", SECRET.decode()
).encode()

#: What of the packet stays.
KEPT = (
    "Tidal &amp; Sons / &lt;Wire&gt;",
    "https://tidal.example/licence",
    "Sam Okoro",
    "Žofie Müller",
    "© 2026 Tidal",
    "Not in ads",
    "https://tidal.example/buy",
    "https://creativecommons.org/licenses/by/4.0/",
    "digitalCapture",
)


def dataset(record: int, number: int, value: bytes) -> bytes:
    return bytes([0x1C, record, number]) + struct.pack(">H", len(value)) + value


IPTC = b"".join(
    (
        dataset(1, 90, b"\x1b%G"),
        dataset(2, 0, b"\x00\x04"),
        dataset(2, 80, "Žofie Müller".encode()),
        dataset(2, 90, SECRET),
        dataset(2, 110, b"Tidal / Wire"),
        b"\x1c\x02\x74\x80\x04\x00\x00\x00\x07" + "© 2026".encode(),
        dataset(2, 120, SECRET),
    )
)


def resource(number: int, data: bytes, name: bytes = b"") -> bytes:
    pascal = bytes([len(name)]) + name
    pascal += b"\x00" * (len(pascal) % 2)
    size = struct.pack(">I", len(data))
    return b"8BIM" + struct.pack(">H", number) + pascal + size + data + b"\x00" * (len(data) % 2)


PHOTOSHOP = b"".join(
    (resource(0x0409, SECRET, b"old"), resource(0x0404, IPTC), resource(0x040C, SECRET))
)


def exif(order: str = "<", orientation: int = 6) -> bytes:
    """A block as cameras write it: a directory with a place, a serial number, a small picture."""
    texts = {0x010F: SECRET, 0x013B: b"Sam Okoro", 0x8298: b"(c) Tidal", 0xA431: SECRET}
    entries = [(0x0112, 3, 1, struct.pack(order + "HH", orientation, 0))]
    behind = b""
    start = 8 + 2 + 12 * (len(texts) + 2) + 4
    for tag, text in sorted(texts.items()):
        place = struct.pack(order + "I", start + len(behind))
        entries.append((tag, 2, len(text) + 1, place))
        behind += text + b"\x00"
    entries.append((0x8825, 4, 1, struct.pack(order + "I", start + len(behind))))
    behind += struct.pack(order + "HHHIII", 1, 0x001D, 2, len(SECRET) + 1, start, 0)
    entries.sort()
    directory = struct.pack(order + "H", len(entries))
    for tag, kind, count, value in entries:
        directory += struct.pack(order + "HHI", tag, kind, count) + value
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    return head + directory + struct.pack(order + "I", 0) + behind + b"\xff\xd8" + SECRET


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


#: What stands about the picture in a JPEG, and in a PNG.
SEGMENTS = [
    segment(0xE1, b"Exif\x00\x00" + exif()),
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP),
    segment(0xE1, b"http://ns.adobe.com/xmp/extension/\x00" + SECRET),
    segment(0xED, b"Photoshop 3.0\x00" + PHOTOSHOP),
    segment(0xE0, b"JFXX\x00\x10" + SECRET),
    segment(0xE3, b"Meta\x00" + SECRET),
    segment(0xEB, SECRET),
    segment(0xFE, SECRET),
]
CHUNKS = [
    chunk(b"eXIf", exif(">")),
    chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + XMP),
    chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00en\x00XMP\x00" + zlib.compress(XMP)),
    chunk(b"tEXt", b"Copyright\x00(c) Tidal"),
    chunk(b"tEXt", b"Comment\x00" + SECRET),
    chunk(b"zTXt", b"Raw profile type exif\x00\x00" + zlib.compress(SECRET)),
    chunk(b"tIME", b"\x07\xea\x01\x01\x00\x00\x00"),
    chunk(b"prVW", SECRET),
]


def drawn(mode: str = "RGB", size: tuple[int, int] = (24, 16)) -> Image.Image:
    """A picture in which no two corners are alike."""
    gradient = Image.linear_gradient("L").resize(size)
    other = gradient.rotate(90).resize(size)
    return Image.merge("RGB", (gradient, other, ImageOps.invert(gradient))).convert(mode)


def jpeg(mode: str = "RGB", **how: Any) -> bytes:
    data = BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    drawn(mode).save(data, "JPEG", **{"icc_profile": profile, **how})
    return data.getvalue()


def png(mode: str = "RGB", **how: Any) -> bytes:
    data = BytesIO()
    drawn(mode).save(data, "PNG", **{"dpi": (300, 300), **how})
    return data.getvalue()


JPEGS = [
    jpeg(),
    jpeg(quality=20, progressive=True),
    jpeg("L"),
    jpeg("CMYK"),
    jpeg(restart_marker_blocks=1, subsampling=0),
]
PNGS = [png(), png("P"), png("RGBA"), png("LA"), png(transparency=(0, 0, 0))]


def with_segments(picture: bytes, blocks: list[bytes]) -> bytes:
    """A JPEG as a camera leaves it, with a second picture behind its end."""
    return picture[:2] + b"".join(blocks) + picture[2:] + SECRET + picture


def with_chunks(picture: bytes, blocks: list[bytes]) -> bytes:
    """A PNG with chunks about the picture before its pixels, and something behind its end."""
    return picture[:33] + b"".join(blocks) + picture[33:] + SECRET


PICTURES = st.one_of(
    st.builds(with_segments, st.sampled_from(JPEGS), st.permutations(SEGMENTS)),
    st.builds(with_chunks, st.sampled_from(PNGS), st.permutations(CHUNKS)),
)


def seen(data: bytes) -> tuple[Any, ...]:
    """What is to be seen: pixels as they are to be held, the colours they are meant in."""
    with Image.open(BytesIO(data)) as image:
        about = image.mode, image.info.get("icc_profile"), image.info.get("transparency")
        upright = ImageOps.exif_transpose(image)
        return (*about, upright.size, upright.convert("RGBA").tobytes())


@given(PICTURES)
@settings(max_examples=60)
def test_the_picture_is_the_same_and_the_traces_are_gone(data: bytes) -> None:
    """Pixels, size, colours and the way to hold it stay; nothing the camera wrote does."""
    clean = without_traces(data)
    assert seen(clean) == seen(data)
    assert SECRET not in clean
    assert zlib.compress(SECRET) not in clean
    assert len(clean) < len(data)
    assert imagesize.get(BytesIO(clean)) == imagesize.get(BytesIO(data))


@given(PICTURES)
@settings(max_examples=30)
def test_who_made_it_and_on_which_terms_stays(data: bytes) -> None:
    """Creator, credit, copyright, terms and where the licence stands: in XMP, IPTC and Exif."""
    clean = without_traces(data)
    for words in KEPT:
        assert words.encode() in clean, words
    assert b"(c) Tidal\x00" in clean or b"Copyright\x00(c) Tidal" in clean
    if clean.startswith(b"\xff\xd8"):
        assert IPTC.replace(dataset(2, 90, SECRET), b"").replace(dataset(2, 120, SECRET), b"") in (
            clean
        )


@given(PICTURES)
@settings(max_examples=30)
def test_a_name_that_is_not_told(data: bytes) -> None:
    """A credit that has a name in it goes, in each of the blocks; all others stay."""
    clean = without_traces(data, lambda text: "Okoro" in text or "Žofie" in text)
    assert seen(clean) == seen(data)
    assert b"Okoro" not in clean
    assert "Žofie".encode() not in clean
    for words in (*KEPT[:2], *KEPT[4:]):
        assert words.encode() in clean, words


@given(PICTURES)
@settings(max_examples=30)
def test_a_clean_picture_is_left_alone(data: bytes) -> None:
    """What was published once is published as it is."""
    clean = without_traces(data)
    assert without_traces(clean) == clean


@pytest.mark.parametrize("picture", [*JPEGS, *PNGS])
def test_a_picture_without_traces_keeps_its_bytes(picture: bytes) -> None:
    """Where there is nothing to take away, nothing is."""
    assert without_traces(picture) == picture


@given(PICTURES, st.data())
@settings(max_examples=150)
def test_damaged_pictures_do_no_harm(data: bytes, draw: st.DataObject) -> None:
    """Cut off or overwritten anywhere: an answer, no larger than the question."""
    end = draw.draw(st.integers(0, len(data)))
    assert SECRET not in without_traces(data[:end]).removesuffix(b"\xff\xd9") or end < 8
    damaged = bytearray(data)
    for at in draw.draw(st.lists(st.integers(0, len(data) - 1), max_size=20)):
        damaged[at] = draw.draw(st.integers(0, 255))
    assert len(without_traces(bytes(damaged))) <= len(damaged) + 200


@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_anything_gets_an_answer(data: bytes, start: bytes) -> None:
    """Bytes that are no picture are not touched, those that begin like one are read to the end."""
    whole = start + data
    begins_like_one = whole.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
    assert begins_like_one or without_traces(whole) == whole
    without_traces(whole)


@pytest.mark.parametrize("held", range(1, 9))
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_picture_is_held_as_before(held: int, order: str) -> None:
    """Each of the eight ways to hold a picture, from cameras of both byte orders."""
    block = segment(0xE1, b"Exif\x00\x00" + exif(order, held))
    data = with_segments(JPEGS[0], [block])
    clean = without_traces(data)
    assert seen(clean) == seen(data)
    assert imagesize.get(BytesIO(clean)) == ((16, 24) if held > 4 else (24, 16))


def test_a_packet_that_swells_is_no_packet() -> None:
    """Entities, nesting without end and a text that inflates without end are left out."""
    entities = b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'
    deep = XMP.replace(b"Not in ads", b"<plus:a>" * 5000 + b"</plus:a>" * 5000)
    bomb = zlib.compress(b" " * 50_000_000)
    head = b"http://ns.adobe.com/xap/1.0/\x00"
    for packet in (entities, XMP.replace(b"<x:xmp", entities + b"<x:xmp"), deep[:60_000]):
        data = with_segments(JPEGS[0], [segment(0xE1, head + packet[:65_000])])
        assert without_traces(data) == JPEGS[0]
    for packet, flag in ((bomb, b"\x01"), (deep, b"\x00")):
        about = b"XML:com.adobe.xmp\x00" + flag + b"\x00\x00\x00"
        assert without_traces(with_chunks(PNGS[0], [chunk(b"iTXt", about + packet)])) == PNGS[0]


TAGS = {
    "GPSLatitude": "53.3498", "GPSLongitude": "6.2603", "SerialNumber": "4711-4711",
    "LensSerialNumber": "4711-4712", "Make": "Tidewater", "Model": "Ebb 5", "Artist": "Sam Okoro",
    "XMP-dc:Creator": "Sam Okoro", "IPTC:By-line": "Sam Okoro", "IPTC:Credit": "Tidal / Wire",
    "IPTC:CopyrightNotice": "2026 Tidal", "XMP-photoshop:Credit": "Tidal / Wire",
    "XMP-xmpRights:UsageTerms": "Not in ads", "XMP-dc:Rights": "2026 Tidal",
    "XMP-xmpRights:WebStatement": "https://tidal.example/licence", "EXIF:Copyright": "2026 Tidal",
    "XMP-plus:LicensorURL": "https://tidal.example/buy", "IPTC:City": "Hallay",
    "XMP-iptcExt:DigitalSourceType":
        "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    "OwnerName": "Samuel B. Okoro", "ImageUniqueID": "47114711",
}  # fmt: skip


def read(exiftool: Path, file: Path) -> dict[str, Any]:
    """What another program finds in a picture, but for what it says of the picture itself."""
    shown = subprocess.run(
        [exiftool, "-j", "-G0", "-a", "-u", "-charset", "iptc=utf8", file],
        capture_output=True,
        check=True,
    )
    (found,) = json.loads(shown.stdout)
    groups = ("EXIF", "XMP", "IPTC", "Photoshop", "MakerNotes", "Composite", "PNG", "MPF", "ICC")
    return {key: value for key, value in found.items() if key.startswith(groups)}


@pytest.mark.parametrize(("name", "picture"), [("a.jpg", JPEGS[1]), ("a.png", PNGS[2])])
def test_what_others_find_in_a_published_picture(
    name: str, picture: bytes, require: Callable[[str], Path], tmp_path: Path
) -> None:
    """ExifTool, which wrote all of it, reads the credit and the terms, and nothing else."""
    exiftool = require("exiftool")
    file, thumb = tmp_path / name, tmp_path / "thumb.jpg"
    file.write_bytes(picture)
    thumb.write_bytes(JPEGS[0])
    tags = [f"-{tag}={value}" for tag, value in TAGS.items()]
    command = [str(exiftool), "-q", "-overwrite_original", "-codedcharacterset=utf8", *tags]
    subprocess.run([*command, f"-ThumbnailImage<={thumb}", file], check=True)
    before = read(exiftool, file)
    assert {"EXIF:GPSLatitude", "EXIF:Model", "EXIF:SerialNumber"} <= before.keys()
    file.write_bytes(without_traces(file.read_bytes()))
    after = read(exiftool, file)
    wanted = {
        key: value
        for key, value in before.items()
        if value
        in {
            "Sam Okoro",
            "Tidal / Wire",
            "2026 Tidal",
            "Not in ads",
            TAGS["XMP-xmpRights:WebStatement"],
            TAGS["XMP-plus:LicensorURL"],
        }
        or key.endswith("DigitalSourceType")
    }
    if name.endswith(".png"):  # written in hexadecimal digits there, which others do not read
        wanted = {key: value for key, value in wanted.items() if not key.startswith("IPTC")}
    assert wanted.items() <= after.items()
    assert len(wanted) >= 8
    technical = ("PNG:", "ICC_Profile:", "XMP:XMPToolkit", "IPTC:CodedCharacterSet",
        "IPTC:ApplicationRecordVersion", "IPTC:EnvelopeRecordVersion", "Composite:ImageSize",
        "Composite:Megapixels", "EXIF:ExifByteOrder", "Photoshop:")  # fmt: skip
    more = {key for key in after.keys() - wanted.keys() if not key.startswith(technical)}
    assert more == set()
    assert b"4711" not in file.read_bytes()


# --- in a build -----------------------------------------------------------------------------


@pytest.fixture
def room(site: Callable[[Files], Newsroom]) -> Newsroom:
    return site(
        {
            "content/articles/2026/03/a.md": article(
                image="{src: /media/a.jpg, alt: A, credit: S, licence: CC0}",
                body="![b](/media/b.PNG) [c](/media/c.txt)",
            ),
            "content/media/a.jpg": with_segments(JPEGS[0], SEGMENTS),
            "content/media/b.PNG": with_chunks(PNGS[0], CHUNKS),
            "content/media/c.txt": SECRET,
        }
    )


def test_pictures_are_published_without_traces(room: Newsroom) -> None:
    """The published file is the clean one, as the manifest says; the page has its upright size."""
    room.build()
    output = room.output()
    assert seen(output["media/a.jpg"]) == seen(with_segments(JPEGS[0], SEGMENTS))
    assert SECRET not in output["media/a.jpg"] + output["media/b.PNG"]
    assert output["media/c.txt"] == SECRET
    picture = room.page("2026/03/a/index.html").xpath("//figure/img")[0]
    assert (picture.get("width"), picture.get("height")) == ("16", "24")
    room.build(clean=True)
    assert room.output() == output


def test_pictures_that_have_not_changed_are_not_read(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else has changed, each is taken apart once."""
    room.settle().build()

    def read(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(pictures, "without_traces", read)
    room.write({"content/articles/2026/03/a.md": article(body="![b](/media/b.PNG) New.")})
    room.write({"config.toml": (room.folder / "config.toml").read_text() + 'lang = "de"\n'})
    assert room.build().written
    room.write({"content/media/b.PNG": with_chunks(PNGS[1], CHUNKS)})
    with pytest.raises(AssertionError):
        room.build()


def test_other_traces_are_no_other_picture(room: Newsroom) -> None:
    """A file of which only the traces changed is not written again."""
    room.settle().build()
    room.write({"content/media/b.PNG": with_chunks(PNGS[0], CHUNKS[::-1][:4])})
    room.write({"content/media/a.jpg": with_segments(JPEGS[0], SEGMENTS[:4])})
    before = room.output()["media/a.jpg"]
    assert room.build().changed == {"media/b.PNG"}
    assert room.output()["media/a.jpg"] == before


def test_the_key_of_a_picture_covers_the_code() -> None:
    """Code that keeps less or more makes all pictures again, and no other file."""
    picture, text = (
        Copy("media/a", "digest", "a", stripped=stripped) for stripped in (True, False)
    )
    one, other = (Keys("", {}, code) for code in ("one", "other"))
    assert one.key(picture) != other.key(picture)
    assert one.key(text) == other.key(text)
