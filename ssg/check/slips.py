"""Slips of a busy desk: placeholders that were left in a text, and words that stand twice.

Only words that no sentence of their language has twice in a row are looked for: "had had" and
"that that", "die die", "nous nous" are all right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ssg.check.labels import labels_of
from ssg.check.material import Written
from ssg.faults import Fault

_PLACEHOLDER = re.compile(
    r"(?<![\w@#/-])(?:(?:TK)+|x{3,}|X{3,}|FIXME"
    r"|[Ll]orem ipsum|LOREM IPSUM"
    r"|\[(?:TBC|TBD|TK|CHECK|check|NAME|name|QUOTE|quote|\?+|tbc|tbd|tk)\](?![(\[:]))(?![\w@-])"
)
# What looks like one: a German health insurer, a chain of shops, thirty in Roman numerals.
_NONE = re.compile(
    r"TK Maxx|XXX (?:Corps|Legion)|(?:Bowl|Olympiad|Chapter|Part|Volume|Pope Leo) XXX"
)
_SIGNS: Final = (
    *("TK", "xxx", "XXX", "FIXME", "orem ipsum", "LOREM"),
    *(f"[{word}" for word in ("TB", "tb", "tk", "CH", "ch", "NA", "na", "QU", "qu", "?")),
)

#: Words that never stand twice in a row, by language.
_ONCE: Final = {
    "en": "the a an and of to for with from by as but or if at be are were have will would could "
    "should can may might must not into onto our your my their its these those this they we he "
    "she which because through between about",
    "de": "und oder mit von zu für ein eine einen einem einer eines nicht auch ich aber wenn weil "
    "wird wurde werden vom zum zur im am",
    "fr": "le les de des et à un une du dans pour par sur avec est au aux ce mais ou sont",
    "es": "el los las de y en un una con por para del al pero es son su sus",
    "pt": "de e do da dos das em um uma com para por os ao mas é são na",
    "it": "il lo gli di e un una con per del della dei nel nella sono ma",
    "nl": "een en van met voor niet ook aan bij maar zijn wordt de",
    "sv": "och att en ett av med för till inte men som",
    "da": "og en et af med for til ikke men som",
    "nb": "og en et av med for til ikke men som",
    "pl": "i w z na do oraz ale nie się przez",
    "ru": "и в на с из для по но не от",
    "uk": "і в на з із для по але не від",
    "ar": "في على إلى",
}
_NEVER_TWICE: Final = {lang: frozenset(words.split()) for lang, words in _ONCE.items()}


def placeholders(written: Written) -> Iterator[Fault]:
    """What was meant to be filled in: TK, XXX, lorem ipsum, [CHECK]."""
    hint = "put in what belongs there"
    for keys, text in labels_of(written.document):
        for match in _left(text, written.lang):
            message = f'"{match[0]}" was left in the {keys[-1]}'
            yield Fault("W909", message, written.place_of(*keys), hint)
    for match in _left(written.prose, written.lang):
        place = written.place(match.start(), len(match[0]))
        yield Fault("W909", f'"{match[0]}" was left in the text', place, hint)


def _left(text: str, lang: str) -> Iterator[re.Match[str]]:
    if not any(map(text.__contains__, _SIGNS)):
        return
    passed = [match.span() for match in _NONE.finditer(text)]
    for match in _PLACEHOLDER.finditer(text):
        is_insurer = match[0] == "TK" and lang.partition("-")[0] == "de"
        if not is_insurer and not any(a <= match.start() < b for a, b in passed):
            yield match


def twice(written: Written) -> Iterator[Fault]:
    """Words that stand twice in a row where none of that language does."""
    words = _NEVER_TWICE.get(written.lang.partition("-")[0], frozenset())
    hint = "take one of them out"
    for keys, text in labels_of(written.document):
        for word, _, _ in _doubled(text, words):
            yield Fault("W910", f'"{word}" stands twice', written.place_of(*keys), hint)
    for word, start, end in _doubled(written.prose, words):
        place = written.place(start, end - start)
        yield Fault("W910", f'"{word}" stands twice', place, hint)


def _doubled(text: str, words: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """Such words, with where the first begins and the second ends."""
    found = {
        other
        for one, other in pairwise(text.split())
        if other in words and (one == other or one.casefold() == other)
    }
    for word in sorted(found):
        form = rf"(?<!\S){re.escape(word)}\s+{re.escape(word)}(?!\S)"
        for match in re.finditer(form, text, re.IGNORECASE):
            if "\n\n" not in match[0]:
                yield word, *match.span()
