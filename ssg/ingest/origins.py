"""The names of sources, as they stand behind a label or in a sentence about a text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ssg.ingest.claims import Origin
from ssg.ingest.dates import has_day, starts_of_dates
from ssg.ingest.names import is_agency
from ssg.ingest.vocabulary import Language
from ssg.urls import is_web

_LONGEST_NAME, _MOST_WORDS = 80, 9
# More words in lower case than "of", "the" … make a sentence out of a name.
_LOWER_CASE, _LOWER_CASE_WITH_STOP = 3, 1
_LONGEST_UNSPACED = 20
_URL = re.compile(r"\(?(https?://[^\s<>\"'()\[\]]{3,500}|www\.[^\s<>\"'()\[\]]{3,500})\)?")
_FEW_WORDS, _SHORTEST_NOUN = 4, 4
_QUOTES = (
    " \t\u00a0\u3000\"'\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019:,;|\u2013\u2014-\uff1a\uff0c"
    "\u300a\u300b\u300c\u300d\u3010\u3011\uff08\uff09*_"
)
_PAIRS = (("\u00ab", "\u00bb"), ("\u201c", "\u201d"), ("\u201e", "\u201c"))
_YEAR = re.compile(r"(?:19|20)\d\d[\u5e74\ub144.-]")
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?]\s")
_LIST = re.compile(r"\s*[/,;\u3001]\s*|\s+(?:and|&|und|y|e|et|\u0438)\s+")


def read_origins(value: str, language: Language) -> tuple[Origin, ...]:
    """The sources that the words after a label name; none when they are prose."""
    found = _URL.search(value)
    url = _address(found[1]) if found else None
    name = (value[: found.start()] + value[found.end() :] if found else value).strip(_QUOTES)
    name = _closed(_without_date(name, language))
    if not name:
        host = found[1].removeprefix("www.").partition("/")[0] if found else ""
        return (Origin(_host(url), url),) if url else (Origin(host),) if "." in host[1:-1] else ()
    parts = [part for part in (part.strip(_QUOTES) for part in _LIST.split(name)) if part]
    named = [part for part in parts if part.lower() not in language.credits.no_source]
    if len(parts) > 1 and any(is_agency(part) for part in parts):
        return tuple(Origin(part, url) for part in named)
    if len(parts) > 1 and len(named) == 1:
        # "The Gazette and agencies"
        name = named[0]
    return (Origin(name.rstrip("."), url),) if _is_source_name(name, language) else ()


def _address(printed: str) -> str | None:
    url = printed.rstrip(".,;")
    return url if is_web(url) else None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _closed(name: str) -> str:
    """Without the half of a pair of brackets that was left where an address stood."""
    if name.count("(") != name.count(")"):
        name = name.replace("(", "").replace(")", "").strip(_QUOTES)
    for opening, closing in _PAIRS:
        if name.count(opening) == name.count(closing) + 1:
            # The mark that closed it was taken for one around the whole.
            name += closing
    return name


def _without_date(name: str, language: Language) -> str:
    if len(name) > _LONGEST_NAME * 2 or not has_day(name):
        return name
    year = _YEAR.search(name) if language.names.script == "unspaced" else None
    cut = year.start() if year else next(iter(starts_of_dates(name, language.dates)), None)
    return name[:cut].rstrip(_QUOTES + "(")


def _is_source_name(name: str, language: Language) -> bool:
    words = name.split()
    if not any(c.isalnum() for c in name):
        return False
    if len(name) > _LONGEST_NAME or len(words) > _MOST_WORDS or _SENTENCE.search(name):
        return False
    if language.names.script == "unspaced" and name[0] > "\u3000":
        return len(name) <= _LONGEST_UNSPACED
    domain = len(words) == 1 and "." in name
    if name[0].islower() and not domain and not is_agency(name) and not _says_what(words):
        return False
    lower = [w for w in words if w[0].islower() and w.lower() not in language.never_last]
    after_comma = any(part[:1].islower() for part in re.split(r",\s*", name)[1:])
    most = _LOWER_CASE_WITH_STOP if name.endswith((".", "!", "?")) else _LOWER_CASE
    return len(lower) <= most and not after_comma


def _says_what(words: list[str]) -> bool:
    """A word for what it is, and then the name: "revista Surco", "the journal "Shore""."""
    first = words[1].lstrip(_QUOTES)[:1] if len(words) > 1 else ""
    return len(words) <= _FEW_WORDS and first.isupper() and len(words[0]) > _SHORTEST_NOUN
