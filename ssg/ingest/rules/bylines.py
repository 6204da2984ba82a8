"""Who wrote it and when, as the lines around the headline print it.

A line counts only when all of it was understood: a byline with a label, dates, or both in
either order; a job, a desk or an agency may stand on the line below. Of several bylines
only the first counts, the others are teasers of other stories (21 of 555 English pages).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ssg.ingest.claims import (
    Claim,
    LeftOut,
    Origin,
    Printed,
    View,
    Writer,
    claim_block,
)
from ssg.ingest.dates import Stamp, read_dates, starts_of_dates
from ssg.ingest.language import Language
from ssg.ingest.names import Named, People, in_title_case, is_name, is_post_line, read_people
from ssg.ingest.page import Block

# A line about an article; the longest measured one named five people.
_LONGEST = 200
_LABELLED, _BESIDE_A_DATE, _BELOW_A_LABEL, _SINGLE_WORD = 0.95, 0.7, 0.85, 0.4
_AGENCY = 0.8
_STAMPS = {"published": 0.95, "bare": 0.9, "updated": 0.85}
_UNSURE = 0.4
_EDGES = " \t\u00a0|/,;\u2022\u00b7\u2013\u2014-"


def head_lines(view: View) -> Iterator[Claim]:
    """Bylines and dates above the article."""
    named = False
    for block in view.head:
        claims = tuple(_line(block, view.language)) if len(block.text) <= _LONGEST else ()
        if not claims and not named:
            claims = tuple(_label_above(block, view))
        if _names_someone(claims):
            if named:
                continue
            named = True
            claims += tuple(_post_below(block, claims, view))
        elif _is_heading(block, view):
            claims = tuple(replace(claim, confidence=_UNSURE) for claim in claims)
        yield from claims


def tail_dates(view: View) -> Iterator[Claim]:
    """A date on a line of its own under the last paragraph."""
    for block in reversed(view.tail):
        if view.prose_after(block):
            return
        if len(block.text) <= _LONGEST:
            yield from _dates_only(block, view.language)


def _names_someone(claims: tuple[Claim, ...]) -> bool:
    return any(isinstance(claim.value, Writer | Origin) for claim in claims)


def _is_heading(block: Block, view: View) -> bool:
    """A bare date under a paragraph, with more of its kind below, heads a part of a chronicle."""
    below = (b for b in view.free if b.index > block.index and len(b.text) <= _LONGEST)
    return view.prose_before(block) > 0 and any(
        view.prose_after(b) and tuple(_dates_only(b, view.language)) for b in below
    )


def _dates_only(block: Block, language: Language) -> Iterator[Claim]:
    reading = read_dates(block.text, language.dates)
    if reading.understood and reading.end == len(block.text):
        yield from _stamps(block, reading.stamps)


def _stamps(block: Block, stamps: tuple[Stamp, ...]) -> Iterator[Claim]:
    for stamp in stamps:
        confidence = _STAMPS[stamp.kind] if stamp.sure else _UNSURE
        yield Claim(
            Printed(stamp.iso, stamp.kind),
            block.start + stamp.start,
            block.start + stamp.end,
            f"date.{stamp.kind}",
            confidence,
            (block.index,),
        )
    if not stamps:
        yield claim_block(LeftOut(), block, "date.relative", 0.9)


def _line(block: Block, language: Language) -> Iterator[Claim]:
    """Dates, a byline, dates: each may be missing, nothing else may stand there."""
    text = block.text
    before = read_dates(text, language.dates)
    if before.end == len(text):
        yield from _dates_only(block, language)
        return
    start = before.end if before.stamps else 0
    label = language.byline.match(text, start)
    names_at = label.end() if label else start
    cut = next((at for at in starts_of_dates(text, language.dates) if at > names_at), len(text))
    after = read_dates(text, language.dates, cut)
    stamps = (before.stamps if start else ()) + after.stamps
    people = _people(text, names_at, cut, language, bare=label is None)
    if people is None or not (label or stamps):
        return
    yield from _credits(block, people, _LABELLED if label else _BESIDE_A_DATE)
    yield from _stamps(block, stamps) if stamps else ()


def _people(text: str, start: int, end: int, language: Language, *, bare: bool) -> People | None:
    names = text[start:end].strip(_EDGES)
    if not names or (bare and not is_name(names, language.names)):
        return None
    offset = text.index(names, start)
    people = read_people(names, language.names)
    if people is None:
        return _single(names, offset)
    return People(
        tuple(_moved(person, offset) for person in people.persons),
        tuple(_moved(agency, offset) for agency in people.agencies),
    )


def _single(names: str, offset: int) -> People | None:
    """One word in capitals may be a name; nobody can tell, so it becomes a doubt."""
    if names.isalpha() and names[0].isupper():
        return People((Named(names, offset, offset + len(names)),))
    return None


def _moved(named: Named, offset: int) -> Named:
    return Named(named.name, named.start + offset, named.end + offset)


def _credits(block: Block, people: People, confidence: float) -> Iterator[Claim]:
    at = block.start
    for person in people.persons:
        sure = confidence if " " in person.name else _SINGLE_WORD
        name = in_title_case(person.name)
        yield Claim(
            Writer(name), at + person.start, at + person.end, "byline", sure, (block.index,)
        )
    for agency in people.agencies:
        span = at + agency.start, at + agency.end
        yield Claim(Origin(agency.name), *span, "byline.agency", _AGENCY, (block.index,))
    if not people.persons and not people.agencies:
        yield claim_block(LeftOut(), block, "byline.desk", 0.85)


def _label_above(block: Block, view: View) -> Iterator[Claim]:
    """A line "By" alone, the names on the next: 4.5 % of measured English pages."""
    label = view.language.byline.fullmatch(block.text)
    below = view.below(block)
    if label is None or below is None or len(below.text) > _LONGEST:
        return
    people = read_people(below.text, view.language.names)
    if people and people.persons:
        yield from _credits(below, people, _BELOW_A_LABEL)
        yield claim_block(LeftOut(), block, "byline.label", _BELOW_A_LABEL)


def _post_below(block: Block, claims: tuple[Claim, ...], view: View) -> Iterator[Claim]:
    """The job, the paper or the agency on the line under a byline."""
    last = max([block.index, *(index for claim in claims for index in claim.takes)])
    below = view.below(view.blocks[last])
    if below is None or len(below.text) > _LONGEST or below.ends_a_sentence:
        return
    people = read_people(below.text, view.language.names)
    if people and people.agencies and not people.persons:
        yield from _credits(below, people, _AGENCY)
    elif is_post_line(below.text, view.language.names):
        yield claim_block(LeftOut(), below, "byline.post", 0.8)


def bare_names(view: View) -> Iterator[Claim]:
    """A name alone on a line of the head, when something backs it.

    41 % of measured author lines have no label, but only 47 % of the bare names on those
    pages were authors. So a biography, a job below or a date beside it must vouch for it.
    """
    if view.writers():
        return
    for block in view.head:
        if not block.is_prose and is_name(block.text, view.language.names):
            if _dated(block, view) or tuple(_jobs_below(block, view)):
                yield from _credits(block, _alone(block), _BESIDE_A_DATE)
                yield from _jobs_below(block, view)
            elif block.index:
                yield from _credits(block, _alone(block), _UNSURE)
            return


def _alone(block: Block) -> People:
    return People((Named(block.text, 0, len(block.text)),))


def _jobs_below(block: Block, view: View) -> Iterator[Claim]:
    below = view.below(block)
    if below and not below.gap and not below.is_prose:
        yield from _post_below(block, (), view)


def _dated(block: Block, view: View) -> bool:
    """Between the headline and the date, or right under the date."""
    dated = {
        index for claim in view.claims if isinstance(claim.value, Printed) for index in claim.takes
    }
    above = any(not b.is_prose for b in view.free if b.index < block.index)
    return bool({block.index - 1, block.index + 1} & dated) and above
