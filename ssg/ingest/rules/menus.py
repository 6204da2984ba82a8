"""The site's menu above the headline, and where on the site one is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from ssg.ingest.claims import Claim, LeftOut, View, claim_block
from ssg.ingest.names import identity, is_name, is_post_line
from ssg.ingest.page import Block
from ssg.ingest.rules.lines import FIGURES, MARKS, MOST_BELOW, MOST_WORDS_OF_A_HEADING

_BETWEEN_LINKS = re.compile(r"\s*[|\u00b7\u2022\uff5c]\s*|\s[-/\u2013]\s|\s{2,}|\t")
_FEWEST_LINKS, _LONGEST_LINK = 3, 24
_FEWEST_LABELS, _MOST_LABELS, _LONGEST_MOTTO = 4, 60, 60
_STEPS = re.compile(r"\s*[>\u00bb\u203a|/\\\u2192\u00b7\u2022]\s*|\s[\u2013\u2014-]\s")


def menus(view: View) -> Iterator[Claim]:
    """The site's menu above the headline: links in one line, or a column of short labels."""
    for block in view.free[:MOST_BELOW]:
        if block.is_prose:
            break
        if _is_menu_line(block.text, view) or _is_trail(block, view):
            yield claim_block(LeftOut(), block, "furniture.menu", 0.85)
    yield from _column(view)
    yield from _chunk(view)


def _is_menu_line(text: str, view: View) -> bool:
    parts = [part for part in _BETWEEN_LINKS.split(text.strip(MARKS + "|")) if part]
    sections = sum(part.lower() in view.language.sections for part in parts)
    figures = any(FIGURES.search(part) for part in parts) and sections < _FEWEST_LINKS
    if len(parts) <= _FEWEST_LINKS - (sections > 1) or figures:
        return False
    return all(len(part) <= _LONGEST_LINK and len(part.split()) <= _FEWEST_LINKS for part in parts)


def _is_trail(block: Block, view: View) -> bool:
    """Where on the site one is: "Home / News / Town", beginning with the name of a section."""
    parts = [part.strip().lower() for part in _STEPS.split(block.line)]
    sections = view.language.sections
    *steps, last = parts
    short = all(part and len(part.split()) <= MOST_WORDS_OF_A_HEADING for part in steps)
    few = len(last.split()) <= MOST_WORDS_OF_A_HEADING or _ends_in_a_headline(last, steps, view)
    return (
        len(parts) > 1
        and short
        and bool(last)
        and few
        and parts[0] in sections
        and (
            len(parts) > _FEWEST_LINKS - 1
            or all(part in sections for part in parts)
            or _heads_a_headline(block, view)
        )
    )


def _heads_a_headline(block: Block, view: View) -> bool:
    """Whether a short line touches one that may be the headline."""
    below = view.below(block)
    if below is None or below.gap or len(block.text) > 2 * _LONGEST_LINK:
        return False
    return len(below.text.split()) > MOST_WORDS_OF_A_HEADING and len(below.text) > len(block.text)


def _ends_in_a_headline(last: str, steps: list[str], view: View) -> bool:
    """Whether the last step is a page of its own: behind two sections, or printed again below."""
    begins = identity(last.rstrip(".\u2026 "))
    named = sum(step in view.language.sections for step in steps) > 1
    return bool(begins) and (
        named or any(identity(b.line).startswith(begins) for b in view.free[1:MOST_BELOW])
    )


def _without_headline(run: list[Block], view: View) -> list[Block]:
    """A column of labels without the short headline that may end it, and the name below that."""
    last = run[-1]
    below = view.below(last)
    if below is not None and below.is_prose:
        # Nothing else is left to be the headline: the credits are no part of the menu either.
        words = view.language.names
        while run and (is_post_line(run[-1].text, words) or is_name(run[-1].text, words)):
            run.pop()
        run = run[:-1]
        return run if len(run) >= _FEWEST_LABELS else []
    # The headline may be short as well, when it is set off from the rest.
    if last.gap and not run[-2].gap and below is not None and below.gap:
        return run[:-1]
    return run


def _chunk(view: View) -> Iterator[Claim]:
    """Touching lines at the very top of which several are links or sections, with a gap below:
    the head of the site with its name and motto.
    """
    run = list(takewhile(lambda b: b.index == 0 or not b.gap, view.blocks[:_MOST_LABELS]))
    below = view.blocks[len(run) : len(run) + 2]
    if len(run) < _FEWEST_LABELS or not below or below[0].is_prose:
        return
    if any(len(b.text) > _LONGEST_MOTTO or b.ends_a_sentence or b.is_item for b in run):
        return
    sections = view.language.sections
    known = sum(b.index in view.taken or b.line.lower() in sections for b in run)
    if known >= _FEWEST_LABELS - 1 and known * 2 >= len(run):
        for block in run:
            if block.index not in view.taken:
                yield claim_block(LeftOut(), block, "furniture.menu", 0.7)


def _column(view: View) -> Iterator[Claim]:
    """Short labels under each other at the very top, with the headline below them."""
    run: list[Block] = []
    for block in view.free[:_MOST_LABELS]:
        words = block.text.strip(MARKS).split()
        short = len(words) <= _FEWEST_LINKS and len(block.text) <= _LONGEST_LINK + 2
        if not short or block.ends_a_sentence or FIGURES.search(block.text):
            break
        run.append(block)
    for block in _without_headline(run, view) if len(run) >= _FEWEST_LABELS else ():
        yield claim_block(LeftOut(), block, "furniture.menu", 0.7)
