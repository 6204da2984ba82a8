"""The headline, and what stands around it: kicker, standfirst, the headline again.

Nothing marks a headline but its form: a short block near the top that is no sentence, with
an article below it. About one page in eleven of the survey has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.ingest.claims import (
    Claim,
    Kicker,
    LeftOut,
    Printed,
    Standfirst,
    Title,
    View,
    Writer,
    claim_block,
)
from ssg.ingest.names import identity, is_outlet
from ssg.ingest.page import Block

_LONGEST, _LONGEST_STANDFIRST = 200, 400
_BESIDE_CREDITS, _SET_OFF, _BY_FORM, _LIKE_A_SENTENCE = 0.95, 0.85, 0.7, 0.6
_SHORT_LABEL, _LONG_LABEL, _FULL_HEADLINE = 2, 4, 5
# A longer line under a word or two sums the article up.
_LONGEST_BELOW_A_LABEL = 110
_REPEATED_WITHIN = 12
_AROUND_A_LABEL = " :|+*\u2022\u00b7\u2013\u2014/#-"
_OPEN_END = (",", ";", ":", "\u060c", "\uff1a")
_LONGEST_LABEL = 40
_BETWEEN_SECTIONS = re.compile(r"\s*[&|/+]\s*|\s(?:and|und|et|y|e|en|och|i|\u0438)\s")
_FULL_STOP = (".", "\u3002", "\u0964")
# A place in capitals and an agency in brackets, above the first paragraph.
_DATELINE = re.compile(
    r"[A-Z\u00c0-\u00de]{2}[^()a-z\u00df-\u00f6]{1,40}\([^()]{2,30}\)\s?[.:\u2013\u2014-]{0,2}"
    r"|[A-Z\u00c0-\u00de]{2}[^()]{1,40}\([^()]{2,30}\)\s?[.:]?[\u2013\u2014-]{1,2}"
)
_SENTENCE = re.compile(r"[.!?]\s")
_CRUMBS = re.compile(r"[^>\u00bb\u203a]{1,40}(?:\s[>\u00bb\u203a]\s[^>\u00bb\u203a]{1,40}){1,6}")


def headline(view: View) -> Iterator[Claim]:
    """The headline, with the label above it if there is one."""
    labels, candidates = _candidates(view)
    candidates = candidates[1:] if _is_page_title(candidates) else candidates
    if len(candidates) > 1 and _is_sender(candidates[0], candidates[1], view):
        yield claim_block(LeftOut(), candidates[0], "headline.sender", 0.6)
        candidates = candidates[1:]
    for block in labels:
        value = (
            Kicker(block.text) if candidates and not _CRUMBS.fullmatch(block.text) else LeftOut()
        )
        yield claim_block(value, block, "headline.label", 0.8)
    if not candidates:
        return
    title = candidates[0]
    if len(candidates) > 1 and _is_label(candidates, view):
        yield claim_block(Kicker(title.text), title, "headline.kicker", 0.6)
        title = candidates[1]
    yield claim_block(Title(title.text), title, "headline.form", _confidence(title, view))


_SITE = re.compile(r"\s[|\u2013\u2014\u00bb\u2022-]\s[^|]{2,50}$")


def _without_site(text: str, title: Block) -> str:
    """A headline as the window's title prints it, without the name of the site behind it."""
    bare = _SITE.sub("", text)
    return bare if identity(bare) == identity(title.text) else text


def _is_page_title(candidates: list[Block]) -> bool:
    """Whether the first is the second with the name of the site behind it."""
    if len(candidates) < _SHORT_LABEL:
        return False
    first, second = candidates[:2]
    return first.text != second.text and _without_site(first.text, second) != first.text


def _is_sender(block: Block, following: Block, view: View) -> bool:
    """A line in the midst of furniture and dates, with the headline set off below: who sent it.
    Or the name of a paper at the very top, with the day under it.
    """
    dated = {i for claim in view.claims if isinstance(claim.value, Printed) for i in claim.takes}
    if not block.index and block.index + 1 in dated and is_outlet(block.text, view.language.names):
        return following.index == block.index + 2
    if not block.index and following.gap and following.index == 1:
        # The name of the paper above everything, with the headline set off below.
        return is_outlet(block.text, view.language.names) and _credits_below(following, view)
    if any(isinstance(c.value, Writer) and block.index + 1 in c.takes for c in view.claims):
        # Under a headline stands who wrote it.
        return False
    above = block.index and not block.gap and block.index - 1 in view.taken
    below = view.below(following)
    return bool(above) and following.gap and below is not None and below.gap


def _candidates(view: View) -> tuple[list[Block], list[Block]]:
    """Labels of sections, and blocks that could be the headline, above the first paragraph."""
    prose = view.first_prose
    if prose is None:
        return [], []
    near = view.free[:_REPEATED_WITHIN]
    sections = view.language.sections
    above = [
        block
        for block in near
        if block.index < prose.index and (not block.is_item or is_section(block, sections))
    ]
    if not above and (_credits_below(prose, view) or _asks(prose, view)):
        above = [prose] if prose.index < _REPEATED_WITHIN else []
    below = view.below(prose)
    if not above and below and below.index not in view.taken and _is_below_its_lead(below, view):
        above = [below]
    labels = [b for b in above if is_section(b, sections) or _CRUMBS.fullmatch(b.text[:_LONGEST])]
    return labels, [b for b in above if b not in labels and _has_form(b, view)]


def _is_below_its_lead(block: Block, view: View) -> bool:
    """A headline under the paragraph that sums it up, right above the credits."""
    return not block.is_prose and not block.is_item and _credits_below(block, view)


def is_section(block: Block, sections: frozenset[str]) -> bool:
    """Whether a line is the name of a section, perhaps with marks around it: "+ Live +"."""
    label = block.line.lower().strip(_AROUND_A_LABEL)
    if label in sections:
        return True
    parts = _BETWEEN_SECTIONS.split(label) if len(label) <= _LONGEST_LABEL else []
    return (
        len(parts) > 1
        and any(part in sections for part in parts)
        and all(len(part.split()) <= _SHORT_LABEL for part in parts)
    )


def _asks(block: Block, view: View) -> bool:
    """A question or a call alone at the top, long enough to be taken for a paragraph."""
    below = view.below(block)
    calls = block.text.endswith(("?", "!", "\u061f", "\uff1f")) and not _SENTENCE.search(block.text)
    return calls and below is not None and below.gap and view.prose_after(block) > 1


def _has_form(block: Block, view: View) -> bool:
    text = block.text
    if len(text) > _LONGEST or text.endswith(_OPEN_END) or not any(c.isalpha() for c in text):
        return False
    if _DATELINE.fullmatch(text):
        return False
    if text.endswith(_FULL_STOP) and not text.endswith("..."):
        return _credits_below(block, view)
    return not _is_day(text, view)


def _is_day(text: str, view: View) -> bool:
    """A dateline on a line of its own: "Oslo, August 29"."""
    words = text.casefold().rstrip(".:").split()
    months = view.language.dates.months
    return len(words) <= _FULL_HEADLINE and words[-1].isdigit() and bool(set(words) & set(months))


def _credits_below(block: Block, view: View) -> bool:
    """Whether the next block is a byline or a date, and an article follows."""
    return block.index + 1 in _credit_blocks(view) and view.prose_after(block) > 0


def _credit_blocks(view: View) -> frozenset[int]:
    return frozenset(
        index
        for claim in view.claims
        if claim.holds and isinstance(claim.value, Writer | Printed)
        for index in claim.takes
    )


def _is_label(candidates: list[Block], view: View) -> bool:
    """Of "Harbour notes" over "Ice plants stop for a fifth night" the first is no headline.

    Where no blank line is between them, the second could be a standfirst: that is a sentence, or
    has the standfirst below it.
    """
    block, following = candidates[:2]
    few, many = len(block.text.split()), len(following.text.split())
    if many < _FULL_HEADLINE:
        return False
    if following.index != block.index + 1:
        # The name of a paper or a letter, with its date, and the headline set off below.
        return few <= _LONG_LABEL and following.gap and not _signed_between(block, following, view)
    if few <= _SHORT_LABEL:
        return following.gap or len(following.text) <= _LONGEST_BELOW_A_LABEL
    lead = view.below(following)
    told = lead is not None and lead.index not in view.taken and not lead.gap
    longer = told and lead is not None and len(lead.text) > len(following.text)
    return few <= _LONG_LABEL and longer and not following.gap


def _signed_between(block: Block, following: Block, view: View) -> bool:
    """Whether anything but dates and furniture stands between two lines."""
    between = set(range(block.index + 1, following.index))
    signed = {
        index
        for claim in view.claims
        if claim.holds and isinstance(claim.value, Writer)
        for index in claim.takes
    }
    return bool(between & signed) or not between <= view.taken


def _confidence(block: Block, view: View) -> float:
    if block.text.endswith(_FULL_STOP):
        return _LIKE_A_SENTENCE
    if {block.index - 1, block.index + 1} & _credit_blocks(view):
        return _BESIDE_CREDITS
    below = view.below(block)
    return _SET_OFF if below and below.gap else _BY_FORM


def _title(view: View) -> Block | None:
    for claim in view.claims:
        if isinstance(claim.value, Title) and claim.holds:
            return view.blocks[claim.takes[0]]
    return None


def repeated(view: View) -> Iterator[Claim]:
    """The headline printed a second time."""
    yield from _repeated_lead(view)
    title = _title(view)
    if title is None:
        return
    for block in view.free:
        near = block.index < _REPEATED_WITHIN and len(block.text) <= _LONGEST
        if near and identity(_without_site(block.text, title)) == identity(title.text):
            yield claim_block(LeftOut(), block, "headline.repeated", 0.95)


def _repeated_lead(view: View) -> Iterator[Claim]:
    """The first paragraph printed above the credits as well."""
    first = view.first_prose
    if first is None or first.index >= _REPEATED_WITHIN:
        return
    credits_of = [index for index in _credit_blocks(view) if index > first.index]
    below = [b for b in view.free if first.index < b.index <= first.index + _REPEATED_WITHIN / 2]
    if any(b.text == first.text and min(credits_of, default=b.index) < b.index for b in below):
        yield claim_block(LeftOut(), first, "headline.repeated-lead", 0.9)


def standfirst(view: View) -> Iterator[Claim]:
    """One block between the headline and the byline or date."""
    title = _title(view)
    block = view.below(title) if title else None
    if title is None or block is None or block.index in view.taken:
        return
    if len(block.text) <= _LONGEST_STANDFIRST and _credits_below(block, view):
        yield claim_block(Standfirst(block.text), block, "headline.standfirst", 0.85)
