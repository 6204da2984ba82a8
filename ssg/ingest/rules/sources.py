"""Whom the text credits as its source without a label: sentences of syndication, wire tags.

Sources in the tail were lost by every extractor measured, so they are read before anything
is stripped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.ingest.claims import Claim, LeftOut, Origin, Printed, View, Writer, claim_block
from ssg.ingest.dates import read_dates, starts_of_dates
from ssg.ingest.names import in_title_case, is_agency, is_name, read_people
from ssg.ingest.origins import read_origins
from ssg.ingest.page import Block
from ssg.model import Relation
from ssg.urls import is_web

_LONGEST = 420
# A biography or two may follow.
_MOST_BELOW = 3
_MARKS = " \t\u00a0*_()[]\u2013\u2014-\uff08\uff09\u3010\u3011"
_KNOWN, _LIKELY, _SYNDICATED, _SIGNED_OFF = 0.95, 0.75, 0.9, 0.85
_HELPED, _LONE = 0.8, 0.6
# An address with more of a path than a folder.
_PAGE = re.compile(r"https?://[^/\s]+/\S*[\w-]{4}\S*")
_PUBLISHED_THERE, _IN_A_DATELINE = 0.55, 0.75
_WIRE = re.compile(
    r"(?P<place>[^()]{0,80}?)\((?P<tag>[^()]{2,40})\)\s?"
    r"(?:\.?\s?[\u2013\u2014:]|\.?\s?--?|\.-|(?=[A-Z]{2,}\b))\s*\S"
)
# Where no separator stands, only a tag that is known is one.
_WIRE_KNOWN = re.compile(r"(?P<place>[^()]{2,60}?)\((?P<tag>[^()]{2,40})\)[.:]?\s*\S")
_WIRE_ALONE = re.compile(r"[\u3010\[(](?P<tag>[^\u3010\u3011()\[\]]{2,40})[\u3011\])]\s*\S")
_DATELINE_ALONE = re.compile(
    r"(?P<place>[^()]{2,60})\((?P<tag>[^()]{2,40})\)\s?[.:\u2013\u2014-]{0,2}"
)
_NEWSWIRE = re.compile(
    r"(?P<place>[^/]{2,80}?)\s?/(?P<tag>[^/]{3,40})/\.?\s?[-\u2013\u2014]{0,2}\s?\S"
)
_LAST_TAG = re.compile(
    r"\((?P<tag>[^()]{2,40})\)\.?$|[.!?\u201d\"\u00bb\u3002]\s?[-\u2013\u2014]{1,2}\s?(?P<dash>[^\s.][^.\u2013\u2014]{1,38})\.?$"
    r"|[.!?\u201d\"\u00bb]\s(?P<bare>[A-Z][^\s/.]{1,15}(?:/\w{2,10})?)$"
)
# An agency, with the initials of those at its desk.
_SIGN_OFF = re.compile(
    r"[\u2014\u2013\u00a9(\[*/ =\uff1d-]*(?P<tag>[^()\[\]]{2,60}?)"
    r"(?:\s+(?:[a-z]{2,4}/){0,3}[a-z]{2,4})?[)\]. *]*"
)
_SOURCE_IN_CAPITALS = re.compile(r"SOURCE:?\s+(?P<name>[A-Z\u00c0-\u00de].{2,70})")
_COPYRIGHT = re.compile(
    r"(?:\u00a9|\(c\)|copyright)\s*(?:\d{4})?,?\s*(?P<name>[^.,]{2,40})", re.IGNORECASE
)
_INITIALS = re.compile(r"[a-z\u00df-\u00f6]{2,4}")
_ABBREVIATION = re.compile(r"[A-Z]{2,8}")
_DATELINE = 120


def syndication(view: View) -> Iterator[Claim]:
    """Sentences such as "This story was originally published by NAME: ADDRESS"."""
    for block in dict.fromkeys((*view.head, *view.tail)):
        outside = not view.prose_before(block) or view.prose_after(block) <= _MOST_BELOW
        if outside and len(block.text) <= _LONGEST:
            yield from _syndicated(block, view)


def _syndicated(block: Block, view: View) -> Iterator[Claim]:
    text = block.line.strip(_MARKS)
    yield from _sentences(text, block, view) or tuple(_sentence(text, block, view))


def _sentences(text: str, block: Block, view: View) -> tuple[Claim, ...]:
    """What several sentences say, when each of them is understood."""
    found: list[Claim] = []
    for sentence in _BETWEEN_SENTENCES.split(text):
        claims = tuple(_sentence(sentence, block, view)) or tuple(_helped(sentence, block, view))
        if not claims and not view.language.furniture.tail.fullmatch(sentence):
            return ()
        found.extend(claims)
    return tuple(found)


_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?\u3002])\s+(?=[^\W\d_])")


# "la agencia EFE", "der dpa": the name begins with its capital.
_NAME_BEGINS = re.compile(
    r"^(?:[^\W\d_A-Z\u00c0-\u00de\u0410-\u042f]+\s){1,3}(?=[A-Z\u00c0-\u00de\u0410-\u042f])"
)


def _sentence(text: str, block: Block, view: View) -> Iterator[Claim]:
    """What one sentence says of where a text comes from."""
    for form in view.language.syndication:
        match = form.pattern.fullmatch(text) or form.pattern.fullmatch(text.rstrip("/ "))
        if match is None:
            continue
        if view.language.furniture.tail.fullmatch(text):
            return
        groups = match.groupdict()
        yield from _written_there(block, groups.get("people") or "", view)
        if "name" not in groups:
            for origin in read_origins(match["url"], view.language):
                yield _republished(block, origin.name, origin.url, form.relation)
            return
        for origin in read_origins(_NAME_BEGINS.sub("", match["name"]), view.language):
            url = groups.get("url") or origin.url
            yield _republished(block, origin.name, url, form.relation)
            yield from _there(block, match["name"], view)
        for name in ("when", "when2"):
            yield from _there(block, groups.get(name) or "", view)
        return


def _republished(block: Block, name: str, url: str | None, relation: Relation) -> Claim:
    url = url.rstrip(".,;") if url else None
    url = url if url and is_web(url) else None
    return claim_block(Origin(name, url, relation), block, "source.syndication", _SYNDICATED)


def _written_there(block: Block, printed: str, view: View) -> Iterator[Claim]:
    """Who wrote it, where the sentence says that as well."""
    people = read_people(printed, view.language.names) if printed else None
    for person in people.persons if people else ():
        at = block.start + max(0, block.text.find(person.name))
        writer = Writer(in_title_case(person.name))
        yield Claim(writer, at, at + len(person.name), "byline.syndication", _SYNDICATED)


def _there(block: Block, printed: str, view: View) -> Iterator[Claim]:
    """When it was published there: a date for a text that has no other."""
    words = view.language.dates
    figure = re.search(r"\d{4}", printed)
    if view.language.names.script == "unspaced" and figure:
        stamps = read_dates(printed, words, figure.start()).stamps
    else:
        at = next(iter(starts_of_dates(f"- {printed}", words)), None) if printed else None
        stamps = read_dates(f"- {printed}", words, at).stamps if at is not None else ()
    for stamp in stamps[:1]:
        confidence = _PUBLISHED_THERE if stamp.sure else _PUBLISHED_THERE / 2
        yield Claim(Printed(stamp.iso, "bare"), block.start, block.end, "date.there", confidence)


def contributed(view: View) -> Iterator[Claim]:
    """Sentences below the article that name who helped."""
    for block in view.tail:
        if view.prose_after(block) or len(block.text) > _LONGEST:
            continue
        yield from _helped(block.line, block, view)


def _helped(text: str, block: Block, view: View) -> Iterator[Claim]:
    people = _named_in(text, view) if view.language.credits.contributed.fullmatch(text) else []
    if people:
        yield claim_block(LeftOut(), block, "byline.contributed", _SIGNED_OFF)
    for name in people:
        writer = Writer(name, "contributing")
        yield Claim(writer, block.start, block.end, "byline.helped", _HELPED)


def _named_in(line: str, view: View) -> list[str]:
    """The names at the start of such a sentence."""
    words = view.language.names
    names: list[str] = []
    for part in re.split(r",| and |;| from | in ", line):
        tokens = part.strip(_MARKS + ".").split()
        for length in range(min(4, len(tokens)), 1, -1):
            found = [
                " ".join(tokens[i : i + length])
                for i in range(len(tokens) - length + 1)
                if is_name(" ".join(tokens[i : i + length]), words)
            ]
            people = read_people(found[-1], words) if found else None
            if people and people.persons:
                names.append(people.persons[0].name)
                break
    return names


def wire_tags(view: View) -> Iterator[Claim]:
    """The agency in a dateline, "PLACE (AGENCY) -", or in brackets at the very end.

    6.5 % of measured English pages have one. The dateline stays in the body.
    """
    first = view.first_prose
    if first:
        yield from _dateline(first, view)
        yield from _dateline_above(first, view)
    last = next((block for block in reversed(view.free) if block.is_prose), None)
    match = _LAST_TAG.search(last.text[-60:]) if last and len(view.free) > 1 else None
    if last and match:
        group = match.lastgroup or "tag"
        shift = max(0, len(last.text) - 60)
        yield from _tagged(last, match, group, "source.end-tag", known_only=True, shift=shift)


_SHARED = re.compile(r"\((?:[^\W\d_]{1,6}\s)?(?P<tag>[^()]{2,30})\)$")


def shared_bylines(view: View) -> Iterator[Claim]:
    """The agency in brackets behind the names of a byline: "Ann Lee (with AP)"."""
    signed = {
        index
        for claim in view.claims
        if claim.holds and isinstance(claim.value, Writer)
        for index in claim.takes
    }
    for index in sorted(signed):
        match = _SHARED.search(view.blocks[index].text)
        if match and is_agency(match["tag"].strip()):
            start = view.blocks[index].start
            span = start + match.start("tag"), start + match.end("tag")
            yield Claim(Origin(match["tag"].strip()), *span, "byline.agency", _SIGNED_OFF)


def _dateline(first: Block, view: View) -> Iterator[Claim]:
    for form in view.language.datelines:
        if match := form.match(first.text):
            yield from _of_its_own_form(first, match, view)
            return
    opening = first.text[: _DATELINE + 60]
    match, known_only = _WIRE.match(opening), False
    caseless = view.language.names.script != "cased"
    if match is None:
        match, known_only = _NEWSWIRE.match(opening), True
    if match is None:
        match, known_only = _WIRE_ALONE.match(opening) or _WIRE_KNOWN.match(opening), True
    if match and (caseless or _is_place(match.groupdict().get("place") or "")):
        yield from _tagged(first, match, "tag", "source.dateline", known_only=known_only)
    yield from _dated(first, view)


def _dateline_above(first: Block, view: View) -> Iterator[Claim]:
    """A dateline on a line of its own above the first paragraph."""
    above = view.blocks[first.index - 1] if first.index else None
    match = _DATELINE_ALONE.fullmatch(above.text) if above else None
    if above and match and _is_place(match["place"]):
        yield from _tagged(above, match, "tag", "source.dateline", known_only=True)


def _of_its_own_form(block: Block, match: re.Match[str], view: View) -> Iterator[Claim]:
    """Datelines that a language prints in a form of its own, with agency and reporters."""
    groups = match.groupdict()
    for name in ("tag", "paper"):
        if groups.get(name):
            tag = match[name].strip()
            at = block.start + match.start(name)
            yield Claim(Origin(tag), at, at + len(match[name]), "source.dateline", _SIGNED_OFF)
    for name, printed in groups.items():
        if not name.startswith("people") or not printed:
            continue
        people = read_people(printed, view.language.names)
        at = block.start + match.start(name)
        for person in people.persons if people else ():
            span = at + person.start, at + person.end
            yield Claim(Writer(person.name), *span, "byline.dateline", _SIGNED_OFF)


_PLACES = re.compile(r"[^,(]{2,40}(?:\([^()]{2,20}\))?,\s?")
_OPENING = re.compile(
    r"(?:[^.!?]|(?<=\d)\.|\.(?=,)|(?<=\b[A-Z][a-z]{2})\.){3,70}?(?:\s?[\u2013\u2014:]\s|\s--?\s|\s?\.-|\))"
)


def _dated(block: Block, view: View) -> Iterator[Claim]:
    """A full date in a dateline: "KUALA LUMPUR, Oct 8 2018 -"."""
    head = _OPENING.match(block.text)
    starts = [place.end() for place in _PLACES.finditer(head[0])][:3] if head else []
    readings = (
        read_dates(block.text[: head.end()], view.language.dates, at) for at in starts if head
    )
    for stamp in next((reading.stamps for reading in readings if reading.stamps), ())[:1]:
        start, end = block.start + stamp.start, block.start + stamp.end
        confidence = _IN_A_DATELINE if stamp.sure else _PUBLISHED_THERE / 2
        yield Claim(Printed(stamp.iso, "bare"), start, end, "date.dateline", confidence)


def _is_place(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return not letters or not letters[0].islower()


def _tagged(
    block: Block,
    match: re.Match[str],
    group: str,
    rule: str,
    *,
    known_only: bool,
    shift: int = 0,
) -> Iterator[Claim]:
    tag = match[group].strip()
    known = [part for part in re.split(r"\s*[/,=\uff0f\uff1d]\s*", tag) if is_agency(part)]
    start = block.start + shift + match.start(group)
    if known:
        for name in known if "lni" not in tag else known[:1]:
            at = start + match[group].index(name)
            yield Claim(Origin(name), at, at + len(name), rule, _KNOWN)
    elif is_agency(tag):
        yield Claim(Origin(tag), start, start + len(tag), rule, _KNOWN)
    elif not known_only and _ABBREVIATION.fullmatch(tag):
        yield Claim(Origin(tag), start, start + len(tag), rule, _LIKELY)


def lone_address(view: View) -> Iterator[Claim]:
    """The address of an article alone on a line, in a text that credits nobody else.

    Of a site and no page of it, or amid telephone numbers, it is whom to reach.
    """
    if any(isinstance(claim.value, Origin) and claim.holds for claim in view.claims):
        return
    reached = [claim for claim in view.claims if claim.rule == "letter.contact" and claim.holds]
    pages = [
        claim
        for claim in reached
        if _PAGE.fullmatch(view.blocks[claim.takes[0]].text)
        and view.prose_before(view.blocks[claim.takes[0]])
    ]
    if len(reached) == len(pages) == 1:
        block = view.blocks[pages[0].takes[0]]
        for origin in read_origins(block.text, view.language):
            yield claim_block(origin, block, "source.address", _LONE)


def sign_offs(view: View) -> Iterator[Claim]:
    """An agency alone on a line under the article, as its signature or its copyright."""
    for block in view.tail:
        if view.prose_after(block) or len(block.text) > _LONGEST:
            continue
        if match := _SOURCE_IN_CAPITALS.fullmatch(block.text):
            for origin in read_origins(match["name"], view.language):
                yield claim_block(origin, block, "source.release", _SIGNED_OFF)
            continue
        match = _SIGN_OFF.fullmatch(block.text)
        tags = (
            [tag.strip() for tag in re.split(r"[/,;]| and | und ", match["tag"])] if match else []
        )
        while len(tags) > 1 and _INITIALS.fullmatch(tags[-1]):
            tags.pop()
        if tags and all(is_agency(tag) for tag in tags):
            for tag in tags:
                yield claim_block(Origin(tag), block, "source.sign-off", _SIGNED_OFF)
        elif (owner := _COPYRIGHT.match(block.text)) and is_agency(owner["name"].strip()):
            yield claim_block(Origin(owner["name"].strip()), block, "source.copyright", 0.6)
