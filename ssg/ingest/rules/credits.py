"""Who wrote it, when, and whom it is owed to, as the lines around the article print it.

Of several bylines only the first counts, the others are teasers of other stories (21 of 555
English pages).
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
from ssg.ingest.dates import has_day, read_dates
from ssg.ingest.names import (
    identity,
    in_title_case,
    is_name,
    read_people,
)
from ssg.ingest.page import Block
from ssg.ingest.rules.credit_lines import credit_claims, line_claims, post_below
from ssg.ingest.rules.lines import LONGEST_CREDITS, MOST_WORDS_OF_AN_OUTLET, UNSURE

_BELOW_A_LABEL, _SIGNED_BELOW = 0.85, 0.7

# By how many paragraphs still follow: a label in mid-text belongs to a chart or a table.
_BY_PROSE_BELOW = (0.95, 0.6)


def head_lines(view: View) -> Iterator[Claim]:
    """Bylines, dates and sources above the article."""
    named: int | None = None
    asides: set[int] = set()
    for block in view.head:
        claims = (
            tuple(line_claims(block, view, above=True))
            if len(block.text) <= LONGEST_CREDITS
            else ()
        )
        if not claims and named is None:
            claims = tuple(_label_above(block, view))
        if _names_someone(claims):
            if named is not None and not (block.index == named + 1 and not block.gap):
                continue
            named = block.index
            claims += tuple(_and_below(block, view))
            claims += tuple(post_below(block, claims, view))
        elif not claims and _is_aside(block, view, asides):
            asides.add(block.index)
            claims = (claim_block(LeftOut(), block, "credits.aside", 0.8),)
        elif _is_of_something_else(block, claims, view):
            continue
        elif _is_heading(block, view):
            claims = tuple(replace(claim, confidence=UNSURE) for claim in claims)
        yield from claims


def _and_below(block: Block, view: View) -> Iterator[Claim]:
    """The rest of a byline on the line that touches it: "By Ann Lee", "and Ben Ray"."""
    below = view.below(block)
    joined = view.language.credits.joint.match(below.text) if below and not below.gap else None
    if below is None or joined is None or len(below.text) > LONGEST_CREDITS:
        return
    people = read_people(below.text[joined.end() :], view.language.names)
    if people and people.persons:
        yield from credit_claims(below, people, joined.end(), _BELOW_A_LABEL)


def _is_of_something_else(block: Block, claims: tuple[Claim, ...], view: View) -> bool:
    """A source below the first paragraph, or "Sources: …" of news as the very first line."""
    sources = [claim.value for claim in claims if isinstance(claim.value, Origin)]
    if view.prose_before(block):
        return bool(sources)
    few = len(block.text.split()) <= MOST_WORDS_OF_AN_OUTLET
    alone = len(sources) == len(claims) == 1 and sources[0].url is None
    return not block.index and alone and not few


def below_lives(view: View) -> Iterator[Claim]:
    """The head once more, where biographies stood above it as paragraphs."""
    if any(claim.rule == "bio.start" for claim in view.claims):
        yield from head_lines(view)


def _is_aside(block: Block, view: View, asides: set[int]) -> bool:
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
        or above.index in asides
        or bool(tuple(line_claims(above, view, above=True)))
    )


def tail_lines(view: View) -> Iterator[Claim]:
    """Credits under the last paragraph, and those who signed there."""
    named = bool(view.writers())
    for block in view.tail:
        after = view.prose_after(block)
        if len(block.text) > LONGEST_CREDITS:
            continue
        if after > 1:
            yield from _in_the_midst(block, view)
            continue
        claims = tuple(line_claims(block, view, above=False))
        if not named and not after and not any(isinstance(c.value, Writer) for c in claims):
            claims = tuple(_signed_and_dated(block, view)) or claims
        if after and not _only_sources(claims):
            continue
        if named and any(_is_byline(claim) for claim in claims):
            claims = tuple(_again(claims, view))
        yield from (_less_sure(claim, after) for claim in claims)


def _signed_and_dated(block: Block, view: View) -> Iterator[Claim]:
    """A name with a place and a day under the last paragraph: "Ann Lee, Oslo, 3 May 2011"."""
    name, comma, rest = block.text.partition(",")
    if not comma or not has_day(rest) or not is_name(name, view.language.names):
        return
    claims = tuple(line_claims(block, view, above=True))
    known = f" {identity(name)} "
    if any(isinstance(claim.value, Printed) for claim in claims) and not any(
        known in f" {identity(b.text)} " for b in view.free if b is not block
    ):
        yield from (claim for claim in claims if not isinstance(claim.value, Writer))
        end = block.start + len(name)
        yield Claim(Writer(in_title_case(name)), block.start, end, "byline.signed", _SIGNED_BELOW)


def _in_the_midst(block: Block, view: View) -> Iterator[Claim]:
    """A source between paragraphs is that of a chart or a table, unless a person knows better."""
    if view.language.credits.source.with_colon(block.text):
        for claim in line_claims(block, view, above=False):
            if isinstance(claim.value, Origin):
                yield replace(claim, confidence=UNSURE)


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
    below = (b for b in view.free if b.index > block.index and len(b.text) <= LONGEST_CREDITS)
    return view.prose_before(block) > 0 and any(
        view.prose_after(b) and _only_dates(b, view) for b in below
    )


def _only_dates(block: Block, view: View) -> bool:
    reading = read_dates(block.text, view.language.dates)
    return reading.understood and reading.end == len(block.text)


def _label_above(block: Block, view: View) -> Iterator[Claim]:
    """A line "By" alone, the names on the next: 4.5 % of measured English pages."""
    words = view.language.credits
    bare = block.text.rstrip(" :\uff1a")
    below = view.below(block)
    if bare not in words.byline and bare not in words.byline_colon:
        return
    if below is None or len(below.text) > LONGEST_CREDITS:
        return
    people = read_people(below.text, view.language.names)
    if people and people.persons:
        yield from credit_claims(below, people, 0, _BELOW_A_LABEL)
        yield claim_block(LeftOut(), block, "byline.label", _BELOW_A_LABEL)
