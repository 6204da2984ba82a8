"""The site's menu above the headline, and where on the site one is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.ingest.claims import Claim, LeftOut, View, claim_block
from ssg.ingest.names import identity
from ssg.ingest.page import Block
from ssg.ingest.rules.lines import FIGURES, MARKS, MOST_BELOW, MOST_WORDS_OF_A_HEADING

_BETWEEN_LINKS = re.compile(r"\s*[|\u00b7\u2022\uff5c]\s*|\s[-/\u2013]\s|\s{2,}|\t")
_FEWEST_LINKS, _LONGEST_LINK = 3, 24
_FEWEST_LABELS, _MOST_LABELS = 4, 60
_STEPS = re.compile(r"\s*[>\u00bb\u203a|/\\\u2192\u00b7\u2022]\s*|\s[\u2013\u2014-]\s")


def menus(view: View) -> Iterator[Claim]:
    """The site's menu above the headline: links in one line, or a column of short labels."""
    for block in view.free[:MOST_BELOW]:
        if block.is_prose:
            break
        if _is_menu_line(block.text) or _is_trail(block, view):
            yield claim_block(LeftOut(), block, "furniture.menu", 0.85)
    yield from _column(view)


def _is_menu_line(text: str) -> bool:
    parts = [part for part in _BETWEEN_LINKS.split(text.strip(MARKS + "|")) if part]
    if len(parts) <= _FEWEST_LINKS or any(FIGURES.search(part) for part in parts):
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
        and (len(parts) > _FEWEST_LINKS - 1 or all(part in sections for part in parts))
    )


def _ends_in_a_headline(last: str, steps: list[str], view: View) -> bool:
    """Whether the last step is a page of its own: behind two sections, or printed again below."""
    begins = identity(last.rstrip(".\u2026 "))
    named = sum(step in view.language.sections for step in steps) > 1
    return bool(begins) and (
        named or any(identity(b.line).startswith(begins) for b in view.free[1:MOST_BELOW])
    )


def _column(view: View) -> Iterator[Claim]:
    """Short labels under each other at the very top, with the headline below them."""
    run: list[Block] = []
    for block in view.free[:_MOST_LABELS]:
        words = block.text.strip(MARKS).split()
        short = len(words) <= _FEWEST_LINKS and len(block.text) <= _LONGEST_LINK + 2
        if not short or block.ends_a_sentence or FIGURES.search(block.text):
            break
        run.append(block)
    if len(run) < _FEWEST_LABELS:
        return
    # The headline may be short as well, when it is set off from the rest.
    last = run[-1]
    below = view.below(last)
    if last.gap and not run[-2].gap and below is not None and below.gap:
        run.pop()
    for block in run:
        yield claim_block(LeftOut(), block, "furniture.menu", 0.7)
