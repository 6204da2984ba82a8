"""Texts that came as a letter: the header above, the signature below, the note of who sent it.

The subject is a headline only where the text has none of its own; whoever sent it did not
write it. What stands above the header of a forwarded letter is a note to the desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from ssg.ingest.claims import Claim, LeftOut, Printed, Title, View, Writer, claim_block
from ssg.ingest.dates import read_dates
from ssg.ingest.names import has_job, in_title_case, leading_name, read_people
from ssg.ingest.page import Block

_SURE, _LIKELY, _SUBJECT, _SENT = 0.9, 0.7, 0.55, 0.7
_FEWEST_FIELDS, _MOST_ABOVE, _MOST_SIGNATURE, _LONGEST = 2, 12, 10, 200
_MOST_OF_A_NAME = 3
_ADDRESSED = re.compile(r"[^,!:.?]{2,40}[,!:]\s")
_TELEX_FIELD = re.compile(r"[A-Z][A-Z ]{2,14}=")
_TELEX_BYLINE = ("BYLINE", "AUTHOR", "REPORTER")
_X_FIELD = re.compile(r"X-[\w-]{1,40}:", re.IGNORECASE)


def contacts(view: View) -> Iterator[Claim]:
    """Whom to call, above the headline of a release and below its text."""
    first = view.first_prose
    for block in view.free:
        outside = (first and block.index < first.index) or not view.prose_after(block)
        if outside and len(block.text) <= _LONGEST and not block.is_prose:
            dated = read_dates(block.text, view.language.dates).understood
            if not dated and view.language.mail.contact.fullmatch(block.line):
                yield claim_block(LeftOut(), block, "letter.contact", _LIKELY)
            elif view.language.mail.contact_heads.with_colon(block.text):
                yield from _card(block, view)


def _card(head: Block, view: View) -> Iterator[Claim]:
    """A head such as "Press contact:" and the short lines that touch it."""
    for block in view.blocks[head.index : head.index + _MOST_SIGNATURE]:
        if block.index > head.index and (block.gap or block.is_prose):
            return
        yield claim_block(LeftOut(), block, "letter.contact", _LIKELY)


def _telex(view: View) -> Iterator[Claim]:
    """The header of a newsroom's wire: lines such as "BYLINE=ANN LEE" at the very top."""
    header = list(takewhile(lambda b: _TELEX_FIELD.match(b.text), view.free[:_MOST_ABOVE]))
    if len(header) <= _FEWEST_FIELDS:
        return
    for block in header:
        yield claim_block(LeftOut(), block, "letter.header", _SURE)
        name, _, value = block.text.partition("=")
        at = block.start + len(name) + 1
        people = read_people(value, view.language.names) if name in _TELEX_BYLINE else None
        for person in people.persons if people else ():
            span = at + person.start, at + person.end
            yield Claim(Writer(in_title_case(person.name)), *span, "byline.header", _SURE)
        reading = read_dates(value, view.language.dates) if name == "DATE" else None
        for stamp in reading.stamps[:1] if reading else ():
            sure = _SENT if stamp.sure else _SENT / 2
            span = at + stamp.start, at + stamp.end
            yield Claim(Printed(stamp.iso, "bare"), *span, "letter.date", sure)


def letters(view: View) -> Iterator[Claim]:
    """The header of a letter with what it says, and what belongs to the letter alone."""
    yield from _telex(view)
    headers = [group for group in _headers(view) if _is_header(group, view)]
    marks = [block for block in view.free[:_MOST_ABOVE] if _is_forwarded(block, view)]
    if not headers and not marks:
        return
    last = headers[-1] if headers else []
    begins = max([*(block.index for block in last[:1]), *(block.index for block in marks)])
    for block in (*(b for group in headers for b in group), *marks):
        yield from _field(block, view)
    fields = {block.index for group in headers for block in group}
    for block in view.free:
        if block.index < begins and block.index not in fields:
            yield claim_block(LeftOut(), block, "letter.above", _LIKELY)
    yield from _greeting(max(begins, *(block.index for block in last), 0), view)
    yield from _signature(view)


def _is_forwarded(block: Block, view: View) -> bool:
    return len(block.text) <= _LONGEST and bool(
        view.language.mail.forwarded.fullmatch(block.line.lstrip("> "))
    )


def _headers(view: View) -> Iterator[list[Block]]:
    """Runs of lines that are fields of a header."""
    group: list[Block] = []
    for block in view.free:
        if group and not _belongs(block, group, view):
            yield group
            group = []
        if group or _kind(block, view):
            group.append(block)
    if group:
        yield group


def _belongs(block: Block, group: list[Block], view: View) -> bool:
    adjacent = block.index == group[-1].index + 1
    folded = not block.gap and block.indent > 0
    return adjacent and (bool(_kind(block, view)) or folded)


def _kind(block: Block, view: View) -> str | None:
    """Which field of a header a line is."""
    text = block.text.lstrip("*> ")
    if len(text) > _LONGEST * 5:
        return None
    if _X_FIELD.match(text):
        return "other"
    hit = view.language.mail.labels.with_colon(text.replace("*", ""))
    return view.language.mail.fields[hit.label] if hit else None


def _is_header(group: list[Block], view: View) -> bool:
    kinds = {_kind(block, view) for block in group}
    return len(group) >= _FEWEST_FIELDS and len(kinds & {"from", "to", "subject", "other"}) > 1


def _field(block: Block, view: View) -> Iterator[Claim]:
    kind = _kind(block, view)
    value, at = _value(block)
    if kind == "subject" and value:
        bare = view.language.mail.replied.sub("", value)
        start = block.start + at + len(value) - len(bare)
        yield Claim(Title(bare), start, block.end, "letter.subject", _SUBJECT, (block.index,))
        return
    yield claim_block(LeftOut(), block, "letter.header", _SURE)
    if kind == "date" and value:
        reading = read_dates(block.text, view.language.dates, at)
        for stamp in reading.stamps[:1]:
            start, end = block.start + stamp.start, block.start + stamp.end
            sure = _SENT if stamp.sure else _SENT / 2
            yield Claim(Printed(stamp.iso, "bare"), start, end, "letter.date", sure)


def _value(block: Block) -> tuple[str, int]:
    match = re.match(r"[^:\uff1a]*[:\uff1a]\*?\s*", block.text)
    at = match.end() if match else 0
    return block.text[at:].strip("* "), at


def _greeting(header: int, view: View) -> Iterator[Claim]:
    """The words "Dear all," and what the sender tells the desk below them."""
    below = [block for block in view.free if block.index > header]
    if not below or not _greets(below[0], view):
        return
    for block in _note(below, view):
        yield claim_block(LeftOut(), block, "letter.greeting", _LIKELY)


def _greets(block: Block, view: View) -> bool:
    """A greeting alone, or one with a sentence to the desk behind it."""
    greeting = view.language.mail.greeting
    if greeting.fullmatch(block.line):
        return True
    match = greeting.match(block.line)
    short = block.ends_a_sentence and len(block.text) <= _LONGEST
    return match is not None and short and _ADDRESSED.match(block.line) is not None


def _note(below: list[Block], view: View) -> list[Block]:
    """The greeting with all up to a closing and the name under it; else with the next line."""
    closing = view.language.mail.closing
    for count, block in enumerate(below[1 : _MOST_SIGNATURE + 1], 1):
        told = sum(b.is_prose for b in below[:count])
        if len(block.text) > _LONGEST or told > sum(b.is_prose for b in below[count:]) / 2:
            break
        if closing.fullmatch(block.line):
            signed = below[count + 1 : count + 2]
            name = [b for b in signed if not b.gap and len(b.text.split()) <= _MOST_OF_A_NAME]
            return [*below[: count + 1], *name]
    second = below[1:_FEWEST_FIELDS]
    greets = [b for b in second if view.language.mail.greeting.fullmatch(b.line)]
    return [below[0], *(greets or [b for b in second if _is_note(b, view)])]


def _is_note(block: Block, view: View) -> bool:
    """A short sentence to the desk, with the headline below it."""
    below = view.below(block)
    short = block.ends_a_sentence and len(block.text) <= _LONGEST / 2
    return short and below is not None and below.gap and not below.ends_a_sentence


def _signature(view: View) -> Iterator[Claim]:
    """From the closing words on, when little and nothing long follows."""
    free = view.free
    for count, block in enumerate(free):
        below = free[count:]
        closes = view.language.mail.closing.fullmatch(block.line)
        short = len(below) <= _MOST_SIGNATURE and all(len(b.text) <= _LONGEST for b in below)
        above = any(b.is_prose for b in free[:count])
        if closes and short and above:
            for one in below:
                if not _is_a_life(one, view):
                    yield claim_block(LeftOut(), one, "letter.signature", _LIKELY)
            return


def _is_a_life(block: Block, view: View) -> bool:
    """A sentence on somebody who writes: a biography, which may stand under the signature."""
    words = view.language.names
    name = leading_name(block.text, words) if block.ends_a_sentence else None
    return name is not None and has_job(block.text, words.writing_jobs)
