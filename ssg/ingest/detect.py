"""Which language a text is written in.

By its script first; within a script by the words that make up half of any text ("the", "de",
"und"), each counting for less the more languages have it, and by letters of its own. A few
hundred words of data tell forty languages apart from a paragraph on, and are read in two
milliseconds; trigrams and models need a hundred times as much.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from ssg.ingest.forms import WORD

# What is looked at: the middle of a page is more of the article than its edges.
_SAMPLE: Final = 3_000
_FEWEST_LETTERS: Final = 20
# So many of them tell the script.
_LETTERS: Final = 600
_OWN_LETTER: Final = 0.35
# Scores are shares of the words; below these nothing is said of Latin letters.
_LEAST, _LEAD = 0.06, 1.08
_BY_SCRIPT: Final = 0.07
# Kana beside Chinese characters are Japanese from this share on.
_SOME: Final = 0.05
# A word that is repeated says no more.
_MOST: Final = 12

_RANGES: Final = (
    ("Latin", "A-Za-z\u00aa-\u024f\u1e00-\u1eff"),
    ("Greek", "\u0370-\u03ff"),
    ("Cyrillic", "\u0400-\u052f"),
    ("Armenian", "\u0530-\u058f"),
    ("Hebrew", "\u0590-\u05ff"),
    ("Arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"),
    ("Devanagari", "\u0900-\u097f"),
    ("Bengali", "\u0980-\u09ff"),
    ("Gurmukhi", "\u0a00-\u0a7f"),
    ("Gujarati", "\u0a80-\u0aff"),
    ("Tamil", "\u0b80-\u0bff"),
    ("Telugu", "\u0c00-\u0c7f"),
    ("Kannada", "\u0c80-\u0cff"),
    ("Malayalam", "\u0d00-\u0d7f"),
    ("Thai", "\u0e00-\u0e7f"),
    ("Georgian", "\u10a0-\u10ff"),
    ("Hiragana", "\u3040-\u309f"),
    ("Katakana", "\u30a0-\u30ff"),
    ("Han", "\u3400-\u4dbf\u4e00-\u9fff"),
    ("Hangul", "\u1100-\u11ff\uac00-\ud7af"),
)
_SCRIPTS: Final = tuple((name, re.compile(f"[{chars}]")) for name, chars in _RANGES)


@dataclass(frozen=True, slots=True)
class _Data:
    scripts: Mapping[str, str]
    weights: Mapping[str, Mapping[str, Mapping[str, float]]]
    codes: Mapping[str, tuple[str, ...]]
    letters: Mapping[str, str]
    common: Mapping[str, frozenset[str]]


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the language that `text` is in, or None when it cannot be told."""
    scores = plausible(text)
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked:
        return None
    best = ranked[0][1]
    close = [code for code, score in ranked if best < score * _LEAD]
    if (len(close) > 1 or best < _LEAST) and ranked[0][0] in _data().codes["Latin"]:
        return None
    # A script tells more than the site's language does; the first of a list has most readers.
    listed = [code for codes in _data().codes.values() for code in codes]
    return min(close, key=listed.index) if len(close) > 1 else close[0]


def plausible(text: str) -> Mapping[str, float]:
    """How much of a text looks like each language, from 0 (nothing) to about 1."""
    sample = _middle(text)
    counts = _by_script(sample)
    letters = sum(counts.values())
    if letters < _FEWEST_LETTERS:
        return {}
    data = _data()
    script = _script(counts)
    share = counts[script] / letters
    words = data.weights.get(script)
    if words is None:
        return {data.scripts[script]: share}
    return _by_words(unicodedata.normalize("NFC", sample).lower(), words, data, script)


def readable(text: str) -> float:
    """How much a text reads like one, in whatever language: what the right encoding gives.

    From 0 to about 0.5; letters that stand beside signs as no word holds them count against it.
    """
    sample = _middle(text)
    dense = [sign for sign in sample if sign > _DENSE]
    if len(dense) * _FEWEST_LETTERS > len(sample):
        common = _data().common
        known = common["Han"] | common["Hangul"]
        usual = sum(sign in known or _DENSE <= sign <= _LAST_KANA for sign in dense)
        return usual / len(dense) - len(_BROKEN.findall(sample)) / len(sample)
    scores = plausible(text)
    best = max(scores.values(), default=0.0)
    # A script alone says little: bytes read in the wrong encoding are letters as well.
    best = _BY_SCRIPT if len(scores) == 1 else best
    # Two Cyrillic code pages differ in little but capitals: few texts shout throughout.
    capitals = sum(map(str.isupper, sample)) > sum(map(str.islower, sample))
    best = best / 2 if capitals else best
    # Of a text in Latin letters most are those without accents.
    plain = len(sample.encode("ascii", "ignore"))
    best = 0.0 if len(_ACCENTED.findall(sample)) > plain / 2 else best
    beyond = len(sample) - plain or 1
    return best - len(_BROKEN.findall(sample)) / beyond


_DENSE: Final = "\u3041"
_LAST_KANA: Final = "\u30ff"
_ACCENTED: Final = re.compile("[\u00c0-\u024f]")
# Signs, capitals and other scripts in the midst of words; controls, half-width forms, boxes.
_SMALL: Final = "a-z\\u00df-\\u00f6\\u00f8-\\u00ff\\u0430-\\u044f"
_BROKEN: Final = re.compile(
    rf"(?<=[{_SMALL}])[A-Z\u00c0-\u00d6\u00d8-\u00de\u0401-\u042f\u3400-\u9fff](?=[{_SMALL}])"
    r"|(?<=[^\W\d_])[^\w\s'\u2019.,:;/&@()\-\u2010-\u2014\u00ad\u00b7\u200b-\u200f\u0300-\u036f\u064b-\u0652](?=[^\W\d_])"
    r"|[\x80-\x9f\ufffd\ue000-\uf8ff\uff61-\uff9f\u2500-\u259f]"
    r"|[\u00a1-\u00a9\u00ac\u00ae-\u00b9\u00bc-\u00be](?=[a-z\u00df-\u00ff])"
)


def _by_script(sample: str) -> Mapping[str, int]:
    """How many letters of each script there are, about."""
    if sample.isascii():
        return {name: len(sample) if name == "Latin" else 0 for name, _ in _SCRIPTS}
    few = sample[:: max(1, len(sample) // _LETTERS)]
    return {name: len(pattern.findall(few)) for name, pattern in _SCRIPTS}


def _middle(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    start = (len(text) - _SAMPLE) // 3
    return text[start : start + _SAMPLE]


def _script(counts: Mapping[str, int]) -> str:
    """The script most letters are of; kana among Chinese characters make Japanese."""
    kana = counts["Hiragana"] + counts["Katakana"]
    most = max(counts, key=lambda name: counts[name])
    if most in {"Han", "Hiragana", "Katakana"}:
        total = kana + counts["Han"]
        return "Hiragana" if kana > _SOME * total else "Han"
    # An East Asian character says as much as three letters.
    dense = counts["Han"] + kana + counts["Hangul"]
    if most == "Latin" and dense * 3 > counts["Latin"]:
        return "Hangul" if counts["Hangul"] > dense / 2 else "Hiragana" if kana else "Han"
    return most


def _by_words(
    sample: str, words: Mapping[str, Mapping[str, float]], data: _Data, script: str
) -> Mapping[str, float]:
    found = Counter(WORD.findall(sample))
    total = sum(found.values()) or 1
    scores: dict[str, float] = {}
    for word, count in found.items():
        for code, weight in words.get(word, {}).items():
            scores[code] = scores.get(code, 0) + weight * min(count, _MOST)
    for code in data.letters.keys() & data.codes[script]:
        own = sum(sample.count(letter) for letter in data.letters[code])
        scores[code] = scores.get(code, 0) + _OWN_LETTER * min(own, total / 4)
    if script != "Latin" and not any(scores.values()):
        return {data.scripts[script]: _BY_SCRIPT}
    return {code: score / total for code, score in scores.items()}


@lru_cache(maxsize=1)
def _data() -> _Data:
    file = files("ssg.ingest") / "languages" / "detect.toml"
    data = tomllib.loads(file.read_text("utf-8"))
    return _Data(
        scripts=data["scripts"],
        weights={script: _weights(lists) for script, lists in data["words"].items()},
        codes={script: tuple(lists) for script, lists in data["words"].items()},
        letters=data["letters"],
        common={script: frozenset(signs) for script, signs in data["common"].items()},
    )


def _weights(lists: Mapping[str, str]) -> Mapping[str, Mapping[str, float]]:
    """For each word the languages that have it, with a weight that falls with their number."""
    owners: dict[str, list[str]] = {}
    for code, words in lists.items():
        for word in dict.fromkeys(words.split()):
            owners.setdefault(unicodedata.normalize("NFC", word), []).append(code)
    return {word: {code: 1.0 / len(codes) for code in codes} for word, codes in owners.items()}
