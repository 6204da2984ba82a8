"""Who wrote it, when, and whom it is owed to, as the lines around the article print it.

A line counts only when all of it was understood: labels with names, dates, sources, and what
may stand beside them. Of several bylines only the first counts, the others are teasers of
other stories (21 of 555 English pages).
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
from ssg.ingest.dates import Stamp, read_dates
from ssg.ingest.names import (
    Named,
    People,
    identity,
    in_title_case,
    is_name,
    is_post_line,
    read_people,
    same_person,
    stands_beside,
)
from ssg.ingest.origins import read_origins
from ssg.ingest.page import Block
from ssg.model import Role

# A line about an article; the longest measured one named five people.
_LONGEST = 220
_LABELLED, _BESIDE_A_DATE, _BELOW_A_LABEL, _SINGLE_WORD = 0.95, 0.7, 0.85, 0.4
_SIGNED, _UNMENTIONED = 0.7, 0.55
_AGENCY = 0.8
_STAMPS = {"published": 0.95, "bare": 0.9, "updated": 0.85}
_UNSURE = 0.4
_DASHES = "\u2013\u2014-"
_MOST_WORDS_OF_AN_OUTLET = 6
_MOST_BELOW_A_NAME, _LONGEST_PLACE = 2, 60
_EDGES = " \t\u00a0\u3000|/,;\u2022\u00b7\u2013\u2014-()\uff08\uff09[]"
# By how many paragraphs still follow: a label in mid-text belongs to a chart or a table.
_BY_PROSE_BELOW = (0.95, 0.6)


def head_lines(view: View) -> Iterator[Claim]:
    """Bylines, dates and sources above the article."""
    named: int | None = None
    for block in view.head:
        claims = tuple(_line(block, view, above=True)) if len(block.text) <= _LONGEST else ()
        if not claims and named is None:
            claims = tuple(_label_above(block, view))
        if _names_someone(claims):
            if named is not None and not (block.index == named + 1 and not block.gap):
                continue
            named = block.index
            claims += tuple(_post_below(block, claims, view))
        elif not claims and _is_aside(block, view):
            claims = (claim_block(LeftOut(), block, "credits.aside", 0.8),)
        elif view.prose_before(block) and any(isinstance(c.value, Origin) for c in claims):
            continue
        elif _is_heading(block, view):
            claims = tuple(replace(claim, confidence=_UNSURE) for claim in claims)
        yield from claims


def below_lives(view: View) -> Iterator[Claim]:
    """The head once more, where biographies stood above it as paragraphs."""
    if any(claim.rule == "bio.start" for claim in view.claims):
        yield from head_lines(view)


def _is_aside(block: Block, view: View) -> bool:
    """A counter, initials or a label alone, right under or above credits that were understood."""
    text = block.line.rstrip(" :\uff1a")
    dates = view.language.dates
    if text in dates.published or text in dates.updated or dates.between.fullmatch(text):
        below = view.below(block)
        return below is not None and _only_dates(below, view)
    if not view.language.credits.small.fullmatch(block.line) or not block.index:
        return False
    above = view.blocks[block.index - 1]
    return (
        _only_dates(above, view)
        or above.index in view.taken
        or bool(tuple(_line(above, view, above=True)))
    )


def tail_lines(view: View) -> Iterator[Claim]:
    """Credits under the last paragraph, and those who signed there."""
    named = bool(view.writers())
    for block in view.tail:
        after = view.prose_after(block)
        if len(block.text) > _LONGEST:
            continue
        if after > 1:
            yield from _in_the_midst(block, view)
            continue
        claims = tuple(_line(block, view, above=False))
        if after and not _only_sources(claims):
            continue
        if named and any(_is_byline(claim) for claim in claims):
            claims = tuple(_again(claims, view))
        yield from (_less_sure(claim, after) for claim in claims)


def _in_the_midst(block: Block, view: View) -> Iterator[Claim]:
    """A source between paragraphs is that of a chart or a table, unless a person knows better."""
    if view.language.credits.source.with_colon(block.text):
        for claim in _line(block, view, above=False):
            if isinstance(claim.value, Origin):
                yield replace(claim, confidence=_UNSURE)


def _only_sources(claims: tuple[Claim, ...]) -> bool:
    return all(isinstance(claim.value, Origin | LeftOut) for claim in claims)


def _is_byline(claim: Claim) -> bool:
    return isinstance(claim.value, Writer) and claim.value.role == "reporting"


def _again(claims: tuple[Claim, ...], view: View) -> Iterator[Claim]:
    """A second byline, below: known people, or a desk credit that names them all."""
    for claim in claims:
        if claim.rule in {"byline", "byline.bare"} and isinstance(claim.value, Writer):
            known = {identity(writer.name) for writer in view.writers()}
            if identity(claim.value.name) not in known:
                return
    yield from claims


def _less_sure(claim: Claim, after: int) -> Claim:
    if isinstance(claim.value, Origin) and after:
        return replace(claim, confidence=min(claim.confidence, _BY_PROSE_BELOW[after]))
    return claim


def _names_someone(claims: tuple[Claim, ...]) -> bool:
    return any(
        (isinstance(claim.value, Writer) and claim.value.role == "reporting")
        or (isinstance(claim.value, Origin) and claim.rule.startswith("byline"))
        for claim in claims
    )


def _is_heading(block: Block, view: View) -> bool:
    """A bare date under a paragraph, with more of its kind below, heads a part of a chronicle."""
    below = (b for b in view.free if b.index > block.index and len(b.text) <= _LONGEST)
    return view.prose_before(block) > 0 and any(
        view.prose_after(b) and _only_dates(b, view) for b in below
    )


def _only_dates(block: Block, view: View) -> bool:
    reading = read_dates(block.text, view.language.dates)
    return reading.understood and reading.end == len(block.text)


def _line(block: Block, view: View, *, above: bool) -> Iterator[Claim]:
    """What a line of credits says; nothing when a part of it was not understood."""
    text, language = block.text, view.language
    for form in language.credits.signed:
        if match := form.fullmatch(text.strip()):
            at = text.index(match["people"])
            people = read_people(match["people"], language.names)
            if people and people.persons:
                yield from _credits(block, people, at, _LABELLED)
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
        return tuple(_credits(block, people, piece.start, _LABELLED, desk=piece.kind == "other"))
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


_COMMA_BEFORE = re.compile(r"[,/]\s*$")


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
    if not value or language.credits.small.fullmatch(value):
        return ()
    if value.lower() in language.sections:
        return ()
    labelled = any(other.kind in {"byline", "other"} for other in pieces)
    before = pieces[count - 1].kind if count else "bare"
    if labelled and before != "date" and count and stands_beside(value, language.names):
        return ()
    dated = any(other.kind == "date" for other in pieces)
    if dated and not labelled and value.endswith((":", "\uff1a")):
        return ()
    if labelled or not dated or (language.names.script == "caseless" and value[:1].islower()):
        return None
    if not is_name(value, language.names) and not _lists_names(value, view):
        if before == "bare" and count and stands_beside(value, language.names):
            return ()
        return () if _is_outlet(value, block, view) else None
    if _is_dateline(piece, pieces, block, view):
        return ()
    people = read_people(value, language.names)
    if people is None or language.names.script == "caseless":
        return None
    return tuple(_credits(block, people, piece.start, _BESIDE_A_DATE, rule="byline.bare"))


def _is_outlet(value: str, block: Block, view: View) -> bool:
    """A few words beside a date, under something that may be the headline: the paper's name."""
    above = any(not b.is_prose for b in view.free if b.index < block.index)
    return above and value[0].isupper() and len(value.split()) < _MOST_WORDS_OF_AN_OUTLET


def _is_dateline(piece: Piece, pieces: tuple[Piece, ...], block: Block, view: View) -> bool:
    """Before a date: a town, when a mark closes the line or the article speaks of it."""
    last = block.text.rstrip()[-1] in ":\uff1a\u2013\u2014-"
    first = piece is pieces[0] and len(pieces) > 1 and pieces[1].kind == "date"
    return first and (last or _is_mentioned(piece.of(block.text), block, view))


def _lists_names(value: str, view: View) -> bool:
    """Several names in a row, none of them a job or a town."""
    people = read_people(value, view.language.names)
    return people is not None and len(people.persons) > 1


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


def _single(names: str, view: View) -> People | None:
    """One word in capitals may be a name; nobody can tell, so it becomes a doubt."""
    bare = names.strip(_EDGES)
    if bare.isalpha() and bare[0].isupper() and view.language.names.script == "cased":
        at = names.index(bare)
        return People((Named(bare, at, at + len(bare)),))
    return None


def _credits(
    block: Block,
    people: People,
    at: int,
    confidence: float,
    *,
    rule: str = "byline",
    desk: bool = False,
) -> Iterator[Claim]:
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


def _label_above(block: Block, view: View) -> Iterator[Claim]:
    """A line "By" alone, the names on the next: 4.5 % of measured English pages."""
    words = view.language.credits
    bare = block.text.rstrip(" :\uff1a")
    below = view.below(block)
    if bare not in words.byline and bare not in words.byline_colon:
        return
    if below is None or len(below.text) > _LONGEST:
        return
    people = read_people(below.text, view.language.names)
    if people and people.persons:
        yield from _credits(below, people, 0, _BELOW_A_LABEL)
        yield claim_block(LeftOut(), block, "byline.label", _BELOW_A_LABEL)


def _post_below(block: Block, claims: tuple[Claim, ...], view: View) -> Iterator[Claim]:
    """The job, the paper or the agency on the line under a byline."""
    last = max([block.index, *(index for claim in claims for index in claim.takes)])
    below = view.below(view.blocks[last])
    if below is None or len(below.text) > _LONGEST or below.ends_a_sentence:
        return
    small = view.language.credits.small.fullmatch(below.line)
    if small and not below.gap:
        yield claim_block(LeftOut(), below, "byline.post", 0.8)
        return
    if below.gap and not is_post_line(below.text, view.language.names):
        return
    people = read_people(below.text, view.language.names)
    if people and people.agencies and not people.persons:
        yield from _credits(below, people, 0, _AGENCY)
    elif is_post_line(below.text, view.language.names) or (
        not below.gap and stands_beside(below.text, view.language.names)
    ):
        yield claim_block(LeftOut(), below, "byline.post", 0.8)


def bare_names(view: View) -> Iterator[Claim]:
    """A name alone on a line of the head, when something backs it.

    41 % of measured author lines have no label, but only 47 % of the bare names on those
    pages were authors. So a job below, a date beside it, or an article that never mentions
    whom it names must vouch for it.
    """
    if view.writers():
        return
    caseless = view.language.names.script == "caseless"
    for block in view.head:
        # Where no capitals mark a name, only a job beside it does.
        sure = not caseless or (
            _BESIDE.search(block.text) and is_post_line(block.text, view.language.names)
        )
        if sure and not block.is_prose and _is_signature(block, view):
            people = read_people(block.text, view.language.names)
            if people is None:
                return
            jobs = tuple(_jobs_below(block, view))
            if _dated(block, view) or jobs:
                yield from _credits(block, people, 0, _BESIDE_A_DATE)
                yield from jobs
            elif block.index and _under_a_headline(block, view):
                vouched = not _mentioned(block, people, view)
                yield from _credits(block, people, 0, _UNMENTIONED if vouched else _UNSURE)
            return


def _is_signature(block: Block, view: View) -> bool:
    """A name alone, several, or one with a job beside it."""
    text = block.text.strip(_EDGES + "*")
    if is_name(text, view.language.names) or _lists_names(text, view):
        return True
    people = read_people(text, view.language.names)
    return people is not None and len(people.persons) == 1 and _BESIDE.search(text) is not None


_BESIDE = re.compile(r"\s[|/\u2013\u2014-]\s|,\s|\u2022|\u00b7")


def _under_a_headline(block: Block, view: View) -> bool:
    """Between the headline and the first paragraph, with nothing else that is unclear."""
    above = [b for b in view.free if b.index < block.index]
    below = view.below(block)
    return bool(above) and not view.prose_before(block) and below is not None


def _mentioned(block: Block, people: People, view: View) -> bool:
    names = [f" {identity(person.name)} " for person in people.persons]
    surnames = [f" {identity(person.name).split()[-1]} " for person in people.persons]
    lives = tuple(person.name for person in people.persons)
    others = (
        f" {identity(b.text)} "
        for b in view.free
        if b is not block and not (b.text.startswith(lives) and view.prose_after(b) < len(lives))
    )
    return any(name in text for text in others for name in (*names, *surnames))


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


def _signs(text: str, people: People) -> bool:
    """Whether a line is a name, with no more than a place or a paper behind a mark."""
    return text == people.persons[0].name or (
        text.startswith(people.persons[0].name) and _BESIDE.search(text) is not None
    )


def again(view: View) -> Iterator[Claim]:
    """Who wrote it, named once more below the article, and desks named above it."""
    known = [writer.name for writer in view.writers()]
    for block in view.tail:
        if block.is_prose or view.prose_after(block) or len(block.text) > _LONGEST_PLACE:
            continue
        if _names_only(block.text, known, view):
            yield claim_block(LeftOut(), block, "byline.again", 0.7)
    for block in view.head:
        if _is_desk(block, view):
            yield claim_block(LeftOut(), block, "byline.desk", 0.6)


def _names_only(text: str, known: list[str], view: View) -> bool:
    """Whether a line names people who are credited already, perhaps with their job."""
    people = read_people(_BESIDE.sub(", ", text), view.language.names)
    if people is None or not people.persons or people.agencies:
        return False
    return all(any(same_person(one.name, name) for name in known) for one in people.persons)


def _is_desk(block: Block, view: View) -> bool:
    """A few words that begin or end with that of a desk, under what may be the headline."""
    words, desks = block.text.strip(_EDGES).lower().split(), view.language.names.desks
    above = any(not b.is_prose for b in view.free if b.index < block.index)
    few = 0 < len(words) < _MOST_WORDS_OF_AN_OUTLET and not block.ends_a_sentence
    return few and above and not view.prose_before(block) and bool({words[0], words[-1]} & desks)


def signatures(view: View) -> Iterator[Claim]:
    """A name alone under the last paragraph: whoever signed there."""
    if view.writers():
        return
    passed: list[Block] = []
    for block in reversed(view.tail):
        if block.is_prose or (block.is_item and block.text[0] not in _DASHES):
            return
        text = block.text.strip(_EDGES)
        marked = block.text[0] in _DASHES and text != block.text
        caseless = view.language.names.script != "cased"
        people = read_people(text, view.language.names)
        if (
            people
            and len(people.persons) == 1
            and _signs(text, people)
            and (marked or not caseless)
        ):
            if view.prose_before(block) and (marked or not _mentioned(block, people, view)):
                yield from _credits(block, people, block.text.index(text), _SIGNED)
                for below in passed:
                    yield claim_block(LeftOut(), below, "byline.place", _SIGNED)
            return
        # The town of who signed may stand under the name.
        passed.append(block)
        if len(passed) > _MOST_BELOW_A_NAME or len(block.text) > _LONGEST_PLACE:
            return
