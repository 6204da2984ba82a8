"""What one line of credits says: labels with names, dates, sources, and what may stand beside them.

A line counts only when all of it was understood.
"""

from __future__ import annotations

import re
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
from ssg.ingest.credits import Piece, read_line
from ssg.ingest.dates import Stamp
from ssg.ingest.names import (
    Named,
    People,
    identity,
    in_title_case,
    is_agency,
    is_name,
    is_post_line,
    read_people,
    stands_beside,
)
from ssg.ingest.origins import read_origins
from ssg.ingest.page import Block
from ssg.ingest.rules.lines import (
    BESIDE_A_DATE,
    EDGES,
    LONGEST_CREDITS,
    MOST_WORDS_OF_AN_OUTLET,
    UNSURE,
)
from ssg.model import Role

_LABELLED, _SINGLE_WORD = 0.95, 0.4
_AGENCY = 0.8
_STAMPS = {"published": 0.95, "bare": 0.9, "updated": 0.85}
_PLACE_AND_DAY = 2
_NEXT_WORD = re.compile(r"\s+(?=[^\W\d_a-z])")
_COMMA_BEFORE = re.compile(r"[,/]\s*$")


def line_claims(block: Block, view: View, *, above: bool) -> Iterator[Claim]:
    """What a line of credits says; nothing when a part of it was not understood."""
    text, language = block.text, view.language
    for form in language.credits.signed:
        if match := form.fullmatch(text.strip()):
            at = text.index(match["people"])
            people = read_people(match["people"], language.names)
            if people and people.persons:
                yield from credit_claims(block, people, at, _LABELLED)
                return
    if (named := _text_and_pictures(text, view)) is not None:
        yield from credit_claims(block, named[0], named[1], _LABELLED)
        return
    pieces = tuple(read_line(text, language))
    if not pieces or all(piece.kind in {"bare", "photo"} for piece in pieces):
        return
    claims: list[Claim] = []
    for count, piece in enumerate(pieces):
        found = _piece(piece, count, pieces, block, view)
        if found is None:
            return
        claims.extend(found)
    if not above and any(claim.rule == "byline.bare" for claim in claims):
        return
    yield from claims or (claim_block(LeftOut(), block, "credits.empty", 0.9),)


def _text_and_pictures(text: str, view: View) -> tuple[People, int] | None:
    """Who wrote, in "Text Ann Lee Photos Ben Ray": two labels in capitals need no colon."""
    credits_of, names = view.language.credits, view.language.names
    label = credits_of.byline_colon.at(text)
    if label is None or not text[0].isupper() or ":" in text or "\uff1a" in text:
        return None
    for match in _NEXT_WORD.finditer(text, label.end):
        other = credits_of.photo.at(text, match.end())
        if other is None:
            continue
        writers = read_people(text[label.end : match.start()].strip(EDGES), names)
        owners = read_people(text[other.end :].strip(EDGES), names)
        if writers and writers.persons and owners and owners.persons:
            return writers, label.end + 1
        return None
    return None


def _piece(
    piece: Piece, count: int, pieces: tuple[Piece, ...], block: Block, view: View
) -> tuple[Claim, ...] | None:
    """The claims of one part of a line, or None where it is not understood."""
    language, value = view.language, piece.of(block.text)
    match piece.kind:
        case "date":
            return tuple(_stamps(block, piece.stamps))
        case "photo":
            return ()
        case "source":
            return _sources(piece, value, block, view)
        case "byline" | "other":
            role: Role = "reporting"
            if piece.kind == "other":
                role = language.credits.roles[piece.label]
            return _people(piece, value, block, view, role)
        case _:
            return _bare(piece, value, count, pieces, block, view)


def _sources(piece: Piece, value: str, block: Block, view: View) -> tuple[Claim, ...] | None:
    plain = " ".join(value.lower().split()).strip(" .")
    if not plain or plain in view.language.credits.no_source:
        return (claim_block(LeftOut(), block, "source.empty", _LABELLED),)
    origins = read_origins(value, view.language)
    if not origins:
        return None
    at = block.start
    return tuple(
        Claim(origin, at + piece.start, at + piece.end, "source.label", _LABELLED, (block.index,))
        for origin in origins
    )


def _people(
    piece: Piece, value: str, block: Block, view: View, role: Role
) -> tuple[Claim, ...] | None:
    if not value or view.language.dates.between.fullmatch(value):
        # A label whose name was lost, as templates print them.
        return () if piece.label and len(block.text) > len(piece.label) + 1 else None
    people = read_people(value, view.language.names) or _single(value, view)
    if people is None:
        return None
    if role == "reporting":
        people = _without_places(people, value, block, view)
        return tuple(
            credit_claims(block, people, piece.start, _LABELLED, desk=piece.kind == "other")
        )
    return tuple(_helpers(block, people, piece.start, role))


def _without_places(people: People, value: str, block: Block, view: View) -> People:
    """Behind a comma, what the article names as well is a town rather than a second author."""
    kept = [
        person
        for count, person in enumerate(people.persons)
        if not count
        or not _COMMA_BEFORE.search(value[: person.start])
        or not _is_mentioned(person.name, block, view)
    ]
    return replace(people, persons=tuple(kept))


def _is_mentioned(name: str, block: Block, view: View) -> bool:
    wanted = f" {identity(name)} "
    others = (b for b in view.free if b is not block)
    return any(wanted in f" {identity(b.text)} " for b in others)


def _helpers(block: Block, people: People, at: int, role: Role) -> Iterator[Claim]:
    """Those who did something else than write; an agency among them is a source."""
    start = block.start + at
    for person in people.persons:
        span = start + person.start, start + person.end
        writer = Writer(in_title_case(person.name), role)
        yield Claim(writer, *span, "byline.desk-credit", 0.9, (block.index,))
    for agency in people.agencies:
        span = start + agency.start, start + agency.end
        yield Claim(Origin(agency.name), *span, "byline.agency", _AGENCY, (block.index,))
    if not people.persons and not people.agencies:
        yield claim_block(LeftOut(), block, "byline.desk", 0.85)


def _bare(
    piece: Piece,
    value: str,
    count: int,
    pieces: tuple[Piece, ...],
    block: Block,
    view: View,
) -> tuple[Claim, ...] | None:
    """What stands without a label: a counter, a section, a place, or the name itself."""
    language = view.language
    labelled = any(other.kind in {"byline", "other"} for other in pieces)
    dated = any(other.kind == "date" for other in pieces)
    if not count and block.text.startswith("(") and _only_helped(pieces):
        # "(Ann Lee, edited by Ben Ray)": who stands first wrote it.
        people = read_people(value, language.names)
        if people and people.persons:
            return tuple(credit_claims(block, people, piece.start, _LABELLED))
    if _says_nothing(value, count, pieces, view):
        return ()
    if dated and not labelled and _is_paper(value, view):
        at = block.start + piece.start
        return (Claim(Origin(value), at, at + len(value), "byline.paper", _AGENCY, (block.index,)),)
    if labelled or not dated or (language.names.script == "caseless" and value[:1].islower()):
        return None
    if not is_name(value, language.names) and not lists_names(value, view):
        if found := _with_a_job(piece, value, block, view):
            return found
        stands = pieces[count - 1].kind == "bare" and stands_beside(value, language.names)
        return () if (count and stands) or _is_outlet(value, block, view) else None
    if _is_dateline(piece, pieces, block, view):
        return ()
    people = read_people(value, language.names)
    if people is None or language.names.script == "caseless":
        return None
    return tuple(credit_claims(block, people, piece.start, BESIDE_A_DATE, rule="byline.bare"))


def _with_a_job(piece: Piece, value: str, block: Block, view: View) -> tuple[Claim, ...]:
    """A name and a job beside a date where no capitals mark a name: the job vouches for it."""
    words = view.language.names
    if words.script != "caseless" or not is_post_line(value, words):
        return ()
    people = read_people(value, words)
    if people is None or len(people.persons) != 1 or people.agencies:
        return ()
    return tuple(credit_claims(block, people, piece.start, BESIDE_A_DATE, rule="byline.bare"))


def _says_nothing(value: str, count: int, pieces: tuple[Piece, ...], view: View) -> bool:
    """A counter or a section; behind a labelled name a town or a paper; before a date a place."""
    language = view.language
    if not value or language.credits.small.fullmatch(value) or value.lower() in language.sections:
        return True
    before = pieces[count - 1].kind if count else "bare"
    if any(other.kind in {"byline", "other"} for other in pieces):
        near = count and (before != "date" or language.names.script == "unspaced")
        return bool(near) and stands_beside(value, language.names)
    if not any(other.kind == "date" for other in pieces):
        return False
    placed = not count and len(pieces) == _PLACE_AND_DAY and " " not in value
    return value.endswith((":", "\uff1a")) or (placed and value[0].isupper())


def _is_paper(value: str, view: View) -> bool:
    """The name of a paper in a script without spaces, which ends in the word for one."""
    words = view.language.names
    return (
        value[:1] > "\u3000"
        and " " not in value
        and any(
            value.endswith(outlet) and value != outlet
            for outlet in words.outlets
            if len(outlet) > 1
        )
    )


def _only_helped(pieces: tuple[Piece, ...]) -> bool:
    """Whether all but the first part of a line say who did something else than write."""
    return len(pieces) > 1 and all(piece.kind == "other" for piece in pieces[1:])


def _is_outlet(value: str, block: Block, view: View) -> bool:
    """A few words beside a date, under something that may be the headline: the paper's name."""
    above = any(not b.is_prose for b in view.free if b.index < block.index)
    return above and value[0].isupper() and len(value.split()) < MOST_WORDS_OF_AN_OUTLET


def _is_dateline(piece: Piece, pieces: tuple[Piece, ...], block: Block, view: View) -> bool:
    """Before a date: a town, when a mark closes the line or the article speaks of it."""
    last = block.text.rstrip()[-1] in ":\uff1a\u2013\u2014-"
    first = piece is pieces[0] and len(pieces) > 1 and pieces[1].kind == "date"
    return first and (last or _is_mentioned(piece.of(block.text), block, view))


def lists_names(value: str, view: View) -> bool:
    """Several names in a row, none of them a job or a town."""
    people = read_people(value, view.language.names)
    return people is not None and len(people.persons) > 1


def _stamps(block: Block, stamps: tuple[Stamp, ...]) -> Iterator[Claim]:
    for stamp in stamps:
        confidence = _STAMPS[stamp.kind] if stamp.sure else UNSURE
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


def _single(names: str, view: View) -> People | None:
    """One word in capitals may be a name; nobody can tell, so it becomes a doubt."""
    bare = names.strip(EDGES)
    if bare.isalpha() and bare[0].isupper() and view.language.names.script == "cased":
        at = names.index(bare)
        return People((Named(bare, at, at + len(bare)),))
    return None


def credit_claims(
    block: Block,
    people: People,
    at: int,
    confidence: float,
    *,
    rule: str = "byline",
    desk: bool = False,
) -> Iterator[Claim]:
    """People and agencies as writers and sources; `at` is where they begin in the block."""
    start = block.start + at
    for person in people.persons:
        unspaced = person.name[0] > "\u3000"
        sure = confidence if " " in person.name or unspaced else _SINGLE_WORD
        yield Claim(
            Writer(in_title_case(person.name)),
            start + person.start,
            start + person.end,
            "byline.desk-credit" if desk else rule,
            sure,
            (block.index,),
        )
    for agency in people.agencies:
        span = start + agency.start, start + agency.end
        yield Claim(Origin(agency.name), *span, "byline.agency", _AGENCY, (block.index,))
    if not people.persons and not people.agencies:
        yield claim_block(LeftOut(), block, "byline.desk", 0.85)


def post_below(block: Block, claims: tuple[Claim, ...], view: View) -> Iterator[Claim]:
    """The job, the paper or the agency on the line under a byline."""
    last = max([block.index, *(index for claim in claims for index in claim.takes)])
    below = view.below(view.blocks[last])
    if below is None or len(below.text) > LONGEST_CREDITS or below.ends_a_sentence:
        return
    small = view.language.credits.small.fullmatch(below.line)
    if small and not below.gap:
        yield claim_block(LeftOut(), below, "byline.post", 0.8)
        return
    if below.gap and not is_post_line(below.text, view.language.names):
        return
    people = read_people(below.text, view.language.names)
    wires = people.agencies if people and not people.persons else ()
    if people and wires and all(is_agency(wire.name) for wire in wires):
        yield from credit_claims(below, people, 0, _AGENCY)
    elif is_post_line(below.text, view.language.names) or (
        not below.gap and stands_beside(below.text, view.language.names)
    ):
        yield claim_block(LeftOut(), below, "byline.post", 0.8)
