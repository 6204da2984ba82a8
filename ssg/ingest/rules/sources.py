"""Whom the text credits as its source: labelled lines, sentences of syndication, wire tags.

A label counts at the start of a line, outside the prose: "Source:" also stands in
quotations and under charts. Sources in the tail were lost by every extractor measured, so
they are read before anything is stripped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ssg.ingest.claims import Claim, LeftOut, Origin, View, Writer, claim_block
from ssg.ingest.dates import starts_of_dates
from ssg.ingest.language import Language
from ssg.ingest.names import is_agency, read_people
from ssg.ingest.page import Block
from ssg.model import Relation
from ssg.urls import is_web

_LONGEST = 400
_LONGEST_NAME, _MOST_WORDS = 80, 9
# More words in lower case than "of", "the" … make a sentence out of a name.
_LOWER_CASE, _LOWER_CASE_WITH_STOP = 3, 1
_UNSURE = 0.4
# By how many paragraphs still follow: a label in mid-text belongs to a chart or a table.
_BY_PROSE_BELOW = (0.95, 0.6)
_URL = re.compile(r"\(?(https?://[^\s<>\"'()\[\]]{3,500})\)?")
_MARKS = " \t\u00a0*_()[]\u2013\u2014-"
_QUOTES = " \t\u00a0\"'\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019:,;|\u2013\u2014-"
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?]\s")
_WIRE = re.compile(
    r"(?P<place>[^()]{0,80}?)\((?P<tag>[^()]{2,40})\)\s?(?:\.?\s?[\u2013\u2014:]|\.?\s?--?|\.-|(?=[A-Z]{2,}\b))\s*\S"
)
_LAST_TAG = re.compile(r"\((?P<tag>[^()]{2,40})\)\.?$")
_ABBREVIATION = re.compile(r"[A-Z]{2,8}")


def source_lines(view: View) -> Iterator[Claim]:
    """Lines "Source: NAME" above the article or below it, with an address or without."""
    head = tuple(block for block in view.head if not view.prose_before(block))
    for block in dict.fromkeys((*head, *view.tail)):
        label = view.language.source.match(block.text) if len(block.text) <= _LONGEST else None
        if label:
            after = 0 if block in head else view.prose_after(block)
            sure = _BY_PROSE_BELOW[after] if after < len(_BY_PROSE_BELOW) else _UNSURE
            yield from _labelled(block, label.end(), sure, view.language)


def _labelled(block: Block, at: int, sure: float, language: Language) -> Iterator[Claim]:
    value = block.text[at:]
    if " ".join(value.casefold().split()).rstrip(".") in language.no_source:
        yield claim_block(LeftOut(), block, "source.empty", sure)
        return
    for origin in read_origins(value, language):
        yield Claim(origin, block.start + at, block.end, "source.label", sure, (block.index,))


def read_origins(value: str, language: Language) -> tuple[Origin, ...]:
    """The sources that the words after a label name; none when they are prose."""
    found = _URL.search(value)
    url = found[1].rstrip(".,;") if found and is_web(found[1]) else None
    name = (value[: found.start()] + value[found.end() :] if found else value).strip(_QUOTES)
    name = _without_date(name, language)
    if not name:
        return (Origin(_host(url), url),) if url else ()
    parts = [part.strip(_QUOTES) for part in re.split(r"\s*[/,;]\s*|\s+(?:and|&)\s+", name)]
    if len(parts) > 1 and any(is_agency(part) for part in parts):
        named = [part for part in parts if part and part.casefold() not in language.no_source]
        return tuple(Origin(part, url) for part in named)
    return (Origin(name.rstrip("."), url),) if _is_source_name(name, language) else ()


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _without_date(name: str, language: Language) -> str:
    cut = next(iter(starts_of_dates(name, language.dates)), None) if len(name) < _LONGEST else None
    return name[:cut].rstrip(_QUOTES)


def _is_source_name(name: str, language: Language) -> bool:
    words = name.split()
    if not any(c.isalnum() for c in name):
        return False
    if len(name) > _LONGEST_NAME or len(words) > _MOST_WORDS or _SENTENCE.search(name):
        return False
    domain = len(words) == 1 and "." in name
    if name[0].islower() and not domain and not is_agency(name):
        return False
    lower = [w for w in words if w[0].islower() and w.casefold() not in language.never_last]
    after_comma = any(part[:1].islower() for part in re.split(r",\s*", name)[1:])
    most = _LOWER_CASE_WITH_STOP if name.endswith((".", "!", "?")) else _LOWER_CASE
    return len(lower) <= most and not after_comma


def syndication(view: View) -> Iterator[Claim]:
    """Sentences such as "This story was originally published by NAME: ADDRESS"."""
    for block in dict.fromkeys((*view.head, *view.tail)):
        if len(block.text) <= _LONGEST:
            yield from _syndicated(block, view)


def _syndicated(block: Block, view: View) -> Iterator[Claim]:
    text = block.text.strip(_MARKS)
    for form in view.language.syndication:
        match = form.pattern.fullmatch(text) or form.pattern.fullmatch(text.rstrip("/ "))
        if match is None:
            continue
        groups = match.groupdict()
        for origin in read_origins(match["name"], view.language):
            yield _republished(block, origin.name, groups.get("url"), form.relation)
        return


def _republished(block: Block, name: str, url: str | None, relation: Relation) -> Claim:
    url = url if url and is_web(url) else None
    return claim_block(Origin(name, url, relation), block, "source.syndication", 0.9)


def wire_tags(view: View) -> Iterator[Claim]:
    """The agency in a dateline, "PLACE (AGENCY) -", or in brackets at the very end.

    6.5 % of measured English pages have one. The dateline stays in the body.
    """
    first = view.first_prose
    match = _WIRE.match(first.text) if first else None
    if first and match and _is_place(match["place"]):
        yield from _tagged(first, match, "source.dateline", known_only=False)
    last = next((block for block in reversed(view.free) if block.is_prose), None)
    match = _LAST_TAG.search(last.text[-60:]) if last and len(view.free) > 1 else None
    if last and match:
        shift = max(0, len(last.text) - 60)
        yield from _tagged(last, match, "source.end-tag", known_only=True, shift=shift)


def _is_place(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return not letters or letters[0].isupper() or not letters[0].islower()


def _tagged(
    block: Block,
    match: re.Match[str],
    rule: str,
    *,
    known_only: bool,
    shift: int = 0,
) -> Iterator[Claim]:
    tag = match["tag"].strip()
    known = [part for part in re.split(r"\s*[/,]\s*", tag) if is_agency(part)]
    start = block.start + shift + match.start("tag")
    if known:
        at = start + match["tag"].index(known[0])
        yield Claim(Origin(known[0]), at, at + len(known[0]), rule, 0.95)
    elif not known_only and _ABBREVIATION.fullmatch(tag):
        yield Claim(Origin(tag), start, start + len(tag), rule, 0.75)


def desk_credits(view: View) -> Iterator[Claim]:
    """Lines "Reporting by A in PLACE; Editing by B" below the article."""
    for block in view.tail:
        text = block.text.strip(_MARKS)
        if len(text) <= _LONGEST and view.language.desk_credits.match(text):
            claims = tuple(_desk(block, text, view.language))
            yield from claims


def _desk(block: Block, text: str, language: Language) -> Iterator[Claim]:
    """All of the line or nothing: each part begins with a label and names people."""
    claims: list[Claim] = []
    at = block.text.index(text)
    for part in re.finditer(r"[^;]+", text):
        lead = len(part.group()) - len(part.group().lstrip())
        label = language.desk_credits.match(part.group(), lead)
        people = read_people(part.group()[label.end() :], language.names) if label else None
        if label is None or people is None:
            return
        role = language.roles[" ".join(label["label"].casefold().split())]
        start = block.start + at + part.start() + label.end()
        for person in people.persons:
            span = start + person.start, start + person.end
            writer = Writer(person.name, role)
            claims.append(Claim(writer, *span, "byline.desk-credit", 0.9, (block.index,)))
    yield from claims
