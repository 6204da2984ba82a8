"""Slugs: the last part of a URL, safe in any script and on any file system.

Latin letters, digits and hyphens only. Letters that a language writes with two are written
so (ü is "ue" in German); other scripts are transliterated; a text of which nothing remains
(emoji, punctuation) gets a short digest, so that no two of them meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache

from ssg.digest import digest

MAX_LENGTH = 80

_FALLBACK_LENGTH = 8

# No file system that matters takes a name of more than 255.
_MAX_BYTES = 240

_REPLACEMENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "de": (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")),
    "da": (("å", "aa"), ("Å", "Aa"), ("æ", "ae"), ("Æ", "Ae"), ("ø", "oe"), ("Ø", "Oe")),
    "no": (("å", "aa"), ("Å", "Aa"), ("æ", "ae"), ("Æ", "Ae"), ("ø", "oe"), ("Ø", "Oe")),
    "sv": (("å", "a"), ("ä", "a"), ("ö", "o"), ("Å", "A"), ("Ä", "A"), ("Ö", "O")),
    "fi": (("å", "a"), ("ä", "a"), ("ö", "o"), ("Å", "A"), ("Ä", "A"), ("Ö", "O")),
    "tr": (("ı", "i"), ("İ", "I")),
    "uk": tuple(
        zip("гГиИіІїЇєЄ", ("h", "H", "y", "Y", "i", "I", "i", "I", "ie", "Ie"), strict=True)
    ),
}

# `page` begins the address of older list pages; `index` and the device names of Windows
# cannot stand as a folder or file everywhere the site may be served from.
# Typed straight or curled, an apostrophe is no blank: O'Hara and O’Hara are one name.
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ](?=\w)")

RESERVED = frozenset(
    {"page", "index", "con", "prn", "aux", "nul"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)}
)


@lru_cache(maxsize=65_536)
def slugify(text: str, lang: str = "en") -> str:
    """The slug of `text`, of at most `MAX_LENGTH` characters, cut between words. Never empty."""
    from slugify import slugify as transliterate

    slug = transliterate(
        _APOSTROPHES.sub("", text),
        max_length=MAX_LENGTH,
        word_boundary=True,
        save_order=True,
        replacements=_REPLACEMENTS.get(_language(lang), ()),
    )
    if not slug:
        return digest(text)[:_FALLBACK_LENGTH]
    return f"{slug}-1" if slug in RESERVED else slug


def _language(lang: str) -> str:
    """The language of a tag; the two written forms of Norwegian have codes of their own."""
    code = lang.partition("-")[0].lower()
    return "no" if code in {"nb", "nn"} else code


def unique(slug: str, taken: Container[str]) -> str:
    """`slug`, or the first of `slug-2`, `slug-3` … that is not taken."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def is_slug(text: str) -> bool:
    """Whether `text` can stand in a URL as it is, in any script, without escaping its folder."""
    if len(text.encode()) > _MAX_BYTES:
        return False
    words = all(part.isalnum() or _is_word(part) for part in _parts(text))
    return words and text.casefold() not in RESERVED


def _is_word(part: str) -> bool:
    return bool(part) and all(map(_is_of_word, part))


def _is_of_word(character: str) -> bool:
    """Letters, digits, and the vowel signs that Thai, Hindi and others write as marks."""
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _parts(text: str) -> Iterable[str]:
    return text.replace("_", "-").replace(".", "-").split("-")
