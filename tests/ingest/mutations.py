"""Raw texts as no newsroom would send them: the cases of this folder, damaged at random."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hypothesis import strategies as st

from tests.ingest.score import ASIDE, CASES

SEEDS: Final = tuple(
    file.read_bytes() for folder in (CASES, ASIDE) for file in sorted(folder.glob("*.txt"))
)
#: What is hard on patterns and parsers: repeated, these are where quadratic time shows.
PIECES: Final = (
    b"\x00",
    b"\xff",
    b"\xc2",
    b"\r",
    b"\n\n",
    b"\t",
    b"> > ",
    b"By ",
    b"Source: ",
    b"(",
    b"((AP) - ",
    b"\xe2\x80\x9c",
    b"&amp;amp;",
    b"<!--",
    b"<p>",
    b"[ad_1]",
    b"* * *",
    b"---\n",
    b"https://",
    "Ã¢â‚¬Å“".encode(),
    b"\xe2\x80\xae",
    b"\xe2\x80\x8b",
    b"A",
    b" ",
    b"1. ",
    "，".encode(),
)


def _cut(raw: bytes, start: int, end: int) -> bytes:
    return raw[:start] + raw[end:]


def _doubled(raw: bytes, start: int, end: int) -> bytes:
    return raw[:end] + raw[start:end] + raw[end:]


def _flipped(raw: bytes, start: int, end: int) -> bytes:
    return raw[:start] + bytes(byte ^ 0x80 for byte in raw[start : min(end, start + 4)]) + raw[end:]


def _turned(raw: bytes, start: int, end: int) -> bytes:
    """Lines of a stretch in reverse order."""
    return raw[:start] + b"\n".join(reversed(raw[start:end].split(b"\n"))) + raw[end:]


def _joined(raw: bytes, start: int, end: int) -> bytes:
    """A stretch without its line ends."""
    return raw[:start] + raw[start:end].replace(b"\n", b"") + raw[end:]


_CHANGES: Final[tuple[Callable[[bytes, int, int], bytes], ...]] = (
    _cut,
    _doubled,
    _flipped,
    _turned,
    _joined,
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A raw text with up to five damages."""
    raw = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 5))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(raw))] * 2)))
        if draw(st.booleans()):
            raw = draw(st.sampled_from(_CHANGES))(raw, start, end)
        else:
            piece = draw(st.sampled_from(PIECES)) * draw(st.sampled_from([1, 2, 40]))
            raw = raw[:start] + piece + raw[start:]
    return raw
