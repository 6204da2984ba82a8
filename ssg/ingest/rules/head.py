"""What stands amid the credits above an article: agencies, desks, towns, words under a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.ingest.claims import Claim, LeftOut, Origin, Printed, View, Writer, claim_block
from ssg.ingest.names import is_agency, is_name
from ssg.ingest.page import Block
from ssg.ingest.rules.headline import is_section
from ssg.ingest.rules.lines import BESIDE_A_DATE, EDGES, MOST_WORDS_OF_AN_OUTLET

_LONGEST_PLACE, _MOST_OF_A_PLACE = 60, 3
_OPEN_END = ":\uff1a?!\u061f,;"
_BETWEEN_WIRES = re.compile(r"\s*[/,&|\uff5c]\s*|\s[\u2013\u2014-]\s")


def wires(view: View) -> Iterator[Claim]:
    """An agency alone on a line between the headline and the first paragraph, or with the place
    it reports from: "Port Elsin | Reuters".
    """
    for block in view.head:
        if block.is_prose or len(block.text) > _LONGEST_PLACE or view.prose_before(block):
            continue
        parts = [part for part in _BETWEEN_WIRES.split(block.text.strip(EDGES)) if part]
        tags = [part for part in parts if is_agency(part)]
        places = [part for part in parts if part not in tags]
        if not tags or any(not _may_be_a_place(part, view) for part in places):
            continue
        stands = under_a_headline(block, view) if block.index else bool(places)
        for tag in tags if stands else ():
            at = block.start + block.text.index(tag)
            span = at, at + len(tag)
            yield Claim(Origin(tag), *span, "byline.agency", BESIDE_A_DATE, (block.index,))


def _may_be_a_place(text: str, view: View) -> bool:
    """A few words in capitals that are no name of a person, who would be the author."""
    words = re.sub(r"\([^()]{2,20}\)", "", text).split()
    few = len(words) <= _MOST_OF_A_PLACE and not text[0].islower() and not text[0].isdigit()
    return few and not is_name(text, view.language.names)


def under_a_headline(block: Block, view: View) -> bool:
    """Between the headline and the first paragraph, with nothing else that is unclear."""
    above = [b for b in view.free if b.index < block.index]
    below = view.below(block)
    return bool(above) and not view.prose_before(block) and below is not None


def amid_credits(view: View) -> Iterator[Claim]:
    """Lines that touch names and dates and say nothing of the article."""
    desks = [block for block in view.head if _is_desk(block, view)]
    for block in desks:
        yield claim_block(LeftOut(), block, "byline.desk", 0.6)
    credits_of = {block.index for block in desks} | {
        index
        for claim in view.claims
        if claim.holds and isinstance(claim.value, Printed | Writer)
        for index in claim.takes
    }
    for block in view.head:
        if {block.index - 1, block.index + 1} <= credits_of and _is_place(block, view):
            yield claim_block(LeftOut(), block, "byline.place", 0.6)
        elif block.index - 1 in credits_of and _is_bare_caption(block, view):
            yield claim_block(LeftOut(), block, "furniture.caption-bare", 0.55)


def _is_bare_caption(block: Block, view: View) -> bool:
    """The last line of the head, right under the credits, that is neither a sentence nor a
    heading of what follows: the words under a picture, which nothing labels.
    """
    below = view.below(block)
    if below is None or not below.gap or below != view.first_prose or block.gap:
        return False
    above = (b for b in view.free if b.index < block.index and not b.is_prose)
    headed = any(not is_section(b, view.language.sections) for b in above)
    told = block.ends_a_sentence or block.is_item or block.text[-1] in _OPEN_END
    return headed and not told and len(block.text.split()) > _MOST_OF_A_PLACE


def _is_place(block: Block, view: View) -> bool:
    """A town or a paper, a few words in capitals on a line of its own, which touches others."""
    below = view.below(block)
    touches = not block.gap and below is not None and not below.gap
    few = len(block.text.split()) <= _MOST_OF_A_PLACE and not block.ends_a_sentence
    headed = any(not b.is_prose for b in view.free if b.index < block.index)
    return headed and touches and few and block.text[0].isupper()


def _is_desk(block: Block, view: View) -> bool:
    """A few words that begin or end with that of a desk, under what may be the headline."""
    words, desks = block.text.strip(EDGES).lower().split(), view.language.names.desks
    above = any(not b.is_prose for b in view.free if b.index < block.index)
    few = 0 < len(words) < MOST_WORDS_OF_AN_OUTLET and not block.ends_a_sentence
    return few and above and not view.prose_before(block) and bool({words[0], words[-1]} & desks)
