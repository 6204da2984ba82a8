"""A headline for a text that has none: the beginning of its first sentence.

It is a makeshift that says so: whole words, no more than fits a line, nothing left open.
"""

from __future__ import annotations

import re

from ssg.ingest.vocabulary import Language

MAX_LENGTH = 70
# A clause shorter than this says too little to stand for the article.
_SHORTEST = 25
# A sentence that goes on beyond this is shortened wherever it ends.
_FAR = 300

_PLACE = r"[A-Z\u00c0-\u00de]{3,}(?:[ ,/.'\u2019-]{1,3}[A-Z\u00c0-\u00de0-9][\w.]{0,20}){0,6}"
_DATELINE = re.compile(
    rf"{_PLACE}\.?\s?(?:\([^()]{{2,40}}\))?\s?(?:[\u2013\u2014]|--?|\.-)\s?(?=\S)"
    r"|[^()]{0,60}\([^()]{2,40}\)\s?(?:[\u2013\u2014]|--?|\.-)\s?(?=\S)"
)
_SENTENCE_END = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=\s[a-z]{2}))[.!?\u2026](?=[\"'\u201d\u2019\u00bb)]*\s)"
    r"|[\u3002\uff01\uff1f\u0964\u061f]"
)
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s[\u2013\u2014-]+(?=\s)|[\uff0c\uff1b\u3001\u060c]")
_LOOSE = " \t\u00a0,;:.\u2026\u2013\u2014-/&\u3002\uff0c\u3001\u060c\u0964"
# In „so“ the mark that closes is the one that opens in “so”.
_LOW_QUOTE = "\u201e"
_PAIRS = (
    ("\u201c", "\u201d"),
    ("\u00ab", "\u00bb"),
    ("(", ")"),
    ("[", "]"),
    (_LOW_QUOTE, "\u201c"),
)


def guessed_title(paragraph: str, language: Language) -> tuple[str, int, int]:
    """A title from the first words of `paragraph`, and which stretch of it was used."""
    dateline = _DATELINE.match(paragraph)
    start = dateline.end() if dateline else 0
    sentence = _first_sentence(paragraph[start:], language)
    words = sentence if len(sentence) <= MAX_LENGTH else _shortened(sentence, language)
    return _balanced(words).strip(_LOOSE) or words.strip(), start, start + len(words)


def _first_sentence(text: str, language: Language) -> str:
    for end in _SENTENCE_END.finditer(text, 0, _FAR):
        word = re.search(r"[^\W\d_]*$", text[: end.start()])
        if word and word[0].casefold() not in language.abbreviations:
            asks = text[end.start()] in "!?\uff01\uff1f\u061f"
            return text[: end.end() if asks else end.start()]
    return text


def _shortened(sentence: str, language: Language) -> str:
    """Up to the end of a clause, else as many whole words as fit."""
    clauses = [m.start() for m in _CLAUSE_END.finditer(sentence, 0, MAX_LENGTH + 1)]
    if clauses and clauses[-1] >= _SHORTEST:
        return _finished(sentence[: clauses[-1]], language)
    cut = sentence.rfind(" ", 0, MAX_LENGTH + 1)
    return _finished(sentence[: cut if cut > 0 else MAX_LENGTH], language)


def _finished(text: str, language: Language) -> str:
    """Without a word at the end that waits for another."""
    words = text.split(" ")
    while (
        len(words) > 1
        and words[-1].strip(_LOOSE + "\"'\u201c\u201d").casefold() in language.never_last
    ):
        words.pop()
    return " ".join(words)


def _balanced(text: str) -> str:
    """No quotation that opens and is not closed: cut before it, or drop the mark."""
    before = text
    if text.count('"') % 2:
        text = _without(text, '"')
    for opening, closing in _PAIRS[1:] if _LOW_QUOTE in text else _PAIRS:
        if closing != _PAIRS[0][0] and text.count(closing) > text.count(opening):
            text = text.replace(closing, "")
        while text.count(opening) > text.count(closing):
            text = _without(text, opening)
    # Cutting before one mark may leave another open.
    return text if text == before else _balanced(text)


def _without(text: str, mark: str) -> str:
    at = text.rfind(mark)
    return text[:at].rstrip() if at >= _SHORTEST else text[:at] + text[at + 1 :]
