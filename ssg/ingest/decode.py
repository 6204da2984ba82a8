"""Bytes to text: which encoding a raw text is in, and how sure that is.

The order of trial is: a byte order mark; UTF-16 without one, when the zero bytes of Latin
letters or spaces give it away; UTF-8, which no other text passes for by chance; of
the encodings that texts come in, the one in which most of the words are those of a language,
the site's own before the others; and only then the guess of charset-normalizer, which takes
French and Spanish in cp1252 for Central European. All but the site's own with a warning.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from ssg.faults import Fault, Place

#: Far above the longest article (1 MB is about 170,000 words), far below what hurts.
MAX_BYTES = 1_000_000

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# A stray control character survives in real texts; one in fifty is no text any more.
_MAX_CONTROLS = 0.02
# Zero bytes on one side of the pairs, as against the other, that make a text UTF-16.
_ONE_SIDED = 10
# At least every twentieth character of such a text is Latin, a digit, a blank or a line end.
_PAIRS_A_ZERO = 20
# The encodings that texts come in, the commoner first.
_ENCODINGS = (
    "cp1252",
    "cp1251",
    "gb18030",
    "shift_jis",
    "euc_kr",
    "cp1250",
    "cp1256",
    "cp1254",
    "koi8_r",
    "big5",
    "euc_jp",
    "iso8859_2",
    "cp1253",
    "cp1255",
    "cp1257",
    "koi8_u",
    "iso8859_5",
    "cp866",
    "iso8859_6",
    "cp850",
    "mac_roman",
)
# How far a text must read like one, and how much better than in a likelier encoding.
_READABLE, _BETTER = 0.08, 1.02
# Fewer bytes beyond ASCII than this tell no encoding from another.
_TOO_FEW = 4


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text as it stood, without its byte order mark, and what was odd about it."""

    text: str
    encoding: str | None
    faults: tuple[Fault, ...] = ()


def decode(raw: bytes, name: str, legacy_encoding: str) -> Decoded:
    """The text of a raw file; with an error among the faults there is none."""
    if len(raw) > MAX_BYTES:
        return _refused(name, f"the file is larger than {MAX_BYTES // 1_000_000} MB")
    decoded = _by_mark(raw) or _by_form(raw) or _legacy(raw, name, legacy_encoding)
    if decoded is None:
        return _refused(name, "no encoding fits: the file is damaged, or is no text")
    controls = len(_CONTROLS.findall(decoded.text))
    if controls > _MAX_CONTROLS * len(decoded.text):
        return _refused(name, "the file is full of control characters: it is no text")
    return decoded


def _refused(name: str, message: str) -> Decoded:
    hint = "save it as plain text in UTF-8"
    return Decoded("", None, (Fault("E601", message, Place(name), hint),))


def _by_mark(raw: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding)
    return None


def _by_form(raw: bytes) -> Decoded | None:
    return _utf16_without_mark(raw) or _escaped(raw) or _strictly(raw, "utf-8")


def _escaped(raw: bytes) -> Decoded | None:
    """Japanese mail of old: seven bits, with escape sequences."""
    return _strictly(raw, "iso2022_jp") if b"\x1b$" in raw else None


def _utf16_without_mark(raw: bytes) -> Decoded | None:
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    if (even + odd) * _PAIRS_A_ZERO * 2 < len(raw):
        return None
    if odd > _ONE_SIDED * even:
        return _strictly(raw, "utf-16-le")
    if even > _ONE_SIDED * odd:
        return _strictly(raw, "utf-16-be")
    return None


def _strictly(raw: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _legacy(raw: bytes, name: str, legacy_encoding: str) -> Decoded | None:
    """The site's old encoding if the text is plausible in it, else the best guess."""
    if b"\0" in raw:
        return None
    if sum(byte > 0x7F for byte in raw) < _TOO_FEW:  # noqa: PLR2004 - the end of ASCII
        return _strictly(raw, legacy_encoding)
    found = _most_readable(raw, legacy_encoding) or _guessed(raw)
    if found is None or found.encoding == legacy_encoding:
        return found
    message = f"the encoding was guessed ({found.encoding}): check the accented letters"
    hint = "save the file as UTF-8, or set legacy_encoding in config.toml"
    return replace(found, faults=(Fault("W601", message, Place(name), hint),))


def _most_readable(raw: bytes, legacy_encoding: str) -> Decoded | None:
    """The text in the encoding in which its words are those of a language."""
    from ssg.ingest.detect import readable

    best, most = None, _READABLE
    for encoding in dict.fromkeys((legacy_encoding, *_ENCODINGS)):
        decoded = _strictly(raw, encoding)
        score = readable(decoded.text) if decoded else 0
        # What comes first is the likelier: another has to be better, not as good.
        if decoded and score > most * (_BETTER if best else 1):
            best, most = decoded, score
    return best


def _guessed(raw: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    guess = from_bytes(raw).best()
    return Decoded(str(guess), guess.encoding) if guess else None
