"""Words and forms of a language, ready to be looked for.

Labels are plain words, looked up in a set: no pattern of a thousand alternatives needs to be
compiled. Forms are patterns with a few stand-ins, so that whoever adds a language writes
little more than the words: `…` is whatever follows, `{n}` a number, `{name}`, `{people}`,
`{url}` and `{date}` what the form names. Forms are tried on short lines only, so that no text
can make them slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

NOTHING: Final = re.compile(r"(?!)")

_STAND_INS: Final = (
    ("…", r".{0,200}"),
    ("{n}", r"\d[\d.,]{0,9}"),
    ("{name}", r"(?P<name>[^:;：]{2,80}?)"),
    ("{date}", r"(?P<when>[^:;]{4,30}?)"),
    ("{people}", r"(?P<people>[^:;()\d]{3,80}?)"),
    (
        "{url}",
        r"(?:[:,]?\s?(?:at |en |in |auf |sul |sur |su |em |unter )?\(?(?P<url>https?://\S{3,300}?)\)?)?",
    ),
)
# A letter goes on after a label: in scripts with spaces the word is then another one.
WORD_END: Final = (
    r"(?!(?![\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])[^\W\d_]"
    r"|[\u064b-\u0652\u0900-\u0963])"
)
# Vowel signs are no letters to `re`, but they are parts of words.
_LETTER: Final = r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0963\u0970-\u0dff])"
WORD: Final = re.compile(rf"[^\W\d_]{_LETTER}*(?:-{_LETTER}+)*")
_GOES_ON = re.compile(WORD_END)
# From here on scripts are written without spaces.
_DENSE: Final = "\u3041"
_COLON = re.compile(r"[ \t]?[:：]\s*")
_SPACES = re.compile(r"\s*")
_SAME_LENGTH: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\t": " ", "\u2019": "'"})


def plain(label: str) -> str:
    """A label as it is compared: one space between words, small letters."""
    return " ".join(label.lower().replace("\u2019", "'").split())


def small(text: str) -> str:
    """`text` as labels are compared, character for character."""
    if text.isascii():
        return text.lower().replace("\t", " ")
    lowered = text.translate(_SAME_LENGTH).lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := c.lower()) == 1 else c for c in text.translate(_SAME_LENGTH))


@dataclass(frozen=True, slots=True)
class Hit:
    """A label that was found, and where what follows it begins."""

    label: str
    end: int


class Labels:
    """A set of labels that can be found at a place of a text; `longest` counts characters."""

    __slots__ = ("_known", "_lengths", "longest")

    def __init__(self, labels: Iterable[str]) -> None:
        self._known = frozenset(plain(label).rstrip(": \uff1a") for label in labels)
        lengths: dict[str, set[int]] = {}
        for label in self._known:
            lengths.setdefault(label[0], set()).add(len(label))
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}
        self.longest = max(map(len, self._known), default=0)

    def __contains__(self, text: str) -> bool:
        return plain(text) in self._known

    def at(self, text: str, start: int = 0) -> Hit | None:
        """The longest label that stands at `start` as words of its own."""
        if text[start : start + 1].lower() not in self._lengths:
            return None
        part = small(text[start : start + self.longest])
        for length in self._lengths.get(part[:1], ()):
            if part[:length] in self._known and _GOES_ON.match(text, start + length):
                return Hit(part[:length], start + length)
        return None

    def with_colon(self, text: str, start: int = 0) -> Hit | None:
        """The label at `start` and the colon behind it."""
        hit = self.at(text, start)
        colon = _COLON.match(text, hit.end) if hit else None
        return Hit(hit.label, colon.end()) if hit and colon else None

    def loosely(self, text: str, start: int = 0) -> Hit | None:
        """The label at `start`, with its colon or without."""
        hit = self.at(text, start)
        if hit is None or (hit.label[-1] > _DENSE and text[hit.end : hit.end + 1] > _DENSE):
            # Without spaces between words nothing else says where the label ends.
            return self.with_colon(text, start)
        end = _COLON.match(text, hit.end) or _SPACES.match(text, hit.end)
        return Hit(hit.label, end.end() if end else hit.end)

    def before(self, text: str, end: int) -> Hit | None:
        """The longest label that ends at `end`; the hit's end is where it begins."""
        part = small(text[max(0, end - self.longest) : end]).rstrip()
        stop = max(0, end - self.longest) + len(part)
        for length in range(min(self.longest, len(part)), 0, -1):
            begins = stop - length
            if part[-length:] in self._known and not text[begins - 1 : begins].isalnum():
                return Hit(part[-length:], begins)
        return None


def any_of(labels: Iterable[str]) -> str:
    """A pattern for one of a few labels, the longest first."""
    straight = {label.replace("\u2019", "'") for label in labels}
    return "|".join(map(spaced, sorted(straight, key=lambda label: (-len(label), label))))


def spaced(label: str) -> str:
    """A pattern for one label, in whatever spacing and with either apostrophe."""
    return r"\s+".join(map(re.escape, label.split())).replace("'", "['\u2019]")


def whole(forms: Iterable[str], after: str = "") -> re.Pattern[str]:
    """One of the forms, to be matched against the whole of a line."""
    options = "|".join(f"(?:{filled(form)})" for form in dict.fromkeys(forms))
    return re.compile(rf"(?:{options}){after}", re.IGNORECASE) if options else NOTHING


def several(forms: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Forms that name their parts, each a pattern of its own."""
    return tuple(re.compile(filled(form), re.IGNORECASE) for form in dict.fromkeys(forms))


def filled(form: str) -> str:
    """A form with its stand-ins replaced."""
    for stand_in, pattern in _STAND_INS:
        form = form.replace(stand_in, pattern)
    return form


def substituted(form: str, parts: Mapping[str, str]) -> str:
    """A form of dates: `{day}`, `{month}` and `{year}` as the patterns given."""
    for name, pattern in parts.items():
        form = form.replace("{" + name + "}", pattern)
    return form


def words(section: Mapping[str, Iterable[str]], key: str) -> frozenset[str]:
    """The words of a list, as they are compared."""
    return frozenset(map(plain, section.get(key, ())))
