"""What sends readers to other stories, with a label or as a row of headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.ingest.claims import Claim, LeftOut, View, claim_block
from ssg.ingest.dates import has_day
from ssg.ingest.names import is_name
from ssg.ingest.page import Block
from ssg.ingest.rules.lines import (
    ENDS_QUIETLY,
    FIGURES,
    LONGEST,
    MARKS,
    MOST_BELOW,
    MOST_WORDS_OF_A_HEADING,
)

_LONGEST_TEASER = 200
_MOST_OF_A_SECTION = 3
_FEWEST_BARE, _SHORTEST_BARE = 3, 4
_ALSO = re.compile(
    r"\s*(?:[:\uff1a|\u3011\uff1e\u3009>\u00bb\u203a\u2192]+|[-\u2013\u2014]+)\s*(?P<value>.*)"
    r"|\s+(?P<quoted>[\u00ab\u201c\"\u201e\u2018\u300c\u300e\u300a].*)|[\s\])\uff09\u3011\uff1e\u3009.\u2026\u00bb\u203a>]*$",
)
_POINTER = re.compile(
    r"[^\w\s]{0,3}\s?(?P<label>[^:|\u00bb>\n]{3,40}?)\s?[:|\u00bb>]\s+(?P<value>\S.*)"
)
_SPACE = re.compile(r"\s+")
_POINTING = (">", "\u00bb", "\u203a", "\u2192", ":", "\u2026", "...")


def read_also(view: View) -> Iterator[Claim]:
    """Lines that send the reader to other stories, and the headlines under such a line."""
    done: set[int] = set()
    for block in view.free:
        if block.index in done or len(block.text) > LONGEST:
            continue
        kind = _also(block, view)
        if kind is None:
            continue
        top = not view.prose_before(block) and block.text.rstrip()[-1] not in ":\uff1a"
        if kind == "head" and top:
            continue
        if kind == "whole" and not view.prose_before(block) and _is_the_headline(block, view):
            continue
        below = [] if kind == "whole" else _teasers(block, view)
        alone = block.line.rstrip().endswith(_POINTING) or " " in block.line.strip(MARKS)
        if kind == "head" and not below and view.prose_after(block) and not alone:
            continue
        for one in (block, *below):
            done.add(one.index)
            yield claim_block(LeftOut(), one, "furniture.read-also", 0.85)


def pointers(view: View) -> Iterator[Claim]:
    """A headline behind words that point to it, whatever their order: "More to read on this: …".

    One such word may begin a heading of the article ("Read the label: …"); two of them, or one
    in capitals like the rest of its label, begin none.
    """
    for block in view.free:
        told = block.text.endswith((".", "\u3002"))
        short = len(block.text) <= _LONGEST_TEASER and not told
        match = _POINTER.match(block.line) if short else None
        if match is None or len(match["value"].split()) < _FEWEST_BARE:
            continue
        label = match["label"]
        kept = view.language.furniture.kept.at(block.text) or is_name(label, view.language.names)
        if view.prose_before(block) and not kept and _points(label, view):
            yield claim_block(LeftOut(), block, "furniture.pointer", 0.7)


def _points(label: str, view: View) -> bool:
    reads = view.language.reader.reads
    starts = [0, *(match.end() for match in _SPACE.finditer(label))]
    found = sum(reads.at(label, start) is not None for start in starts)
    if found == 1:
        # "Also in Sport: …": the section of the page where it stands.
        named = any(label[start:].lower() in view.language.sections for start in starts[1:])
        return named or (label.isupper() and len(starts) > 1)
    return found > 1


def _also(block: Block, view: View) -> str | None:
    """Whether a line is such a label with a headline, or a label over headlines."""
    text = block.text
    at = len(text) - len(text.lstrip(MARKS))
    hit = view.language.furniture.read_also.at(text, at)
    if hit is None:
        return None
    match = _ALSO.match(text, hit.end)
    if match is None:
        words = hit.label.count(" ") or hit.label[0] > "\u3000"
        rest = text[hit.end :].strip()
        long = words and len(rest) > _SHORTEST_BARE and not block.ends_a_sentence
        last = not view.prose_after(block) and view.prose_before(block) > 0
        if long and last and len(rest.split()) <= _MOST_OF_A_SECTION:
            # "More from the harbour" heads what touches it.
            return "head"
        return "whole" if long and (rest[0].isupper() or last) else None
    value = (match["value"] or match["quoted"] or "").strip()
    if not value:
        return "head"
    # A label of one word may begin a sentence, or a headline of its own.
    single = " " not in hit.label and hit.label[0] < "\u3000"
    if single and ((block.is_prose and block.ends_a_sentence) or block.index == 0):
        return None
    return "whole"


def _is_the_headline(block: Block, view: View) -> bool:
    """Whether nothing else above the first paragraph can be the headline: "WATCH: Deer …"."""
    first = view.first_prose
    if first is None or block.index > first.index or (block.gap and block.index):
        return False
    words = view.language.credits
    return not any(
        len(b.text.split()) >= _SHORTEST_BARE
        and not has_day(b.text)
        and words.byline.at(b.text) is None
        for b in view.free
        if b is not block and b.index < first.index
    )


def _teasers(head: Block, view: View) -> list[Block]:
    """The headlines under a label: those that touch it, or the run of them below a gap."""
    found: list[Block] = []
    for index in range(head.index + 1, min(head.index + MOST_BELOW, len(view.blocks))):
        block = view.blocks[index]
        if index in view.taken or not _is_teaser(block, view):
            break
        if found and block.gap and not found[-1].gap and not found[0].gap:
            break
        found.append(block)
    bullets = [block for block in found if block.is_item]
    if bullets and found[0].is_item:
        return bullets
    if view.prose_after(head) and found and found[0].gap and len(found) > 1:
        # Under the last of them the article goes on, perhaps with a heading of its own.
        return found[:-1] if _heads_prose(found[-1], view) else found
    return found


def _heads_prose(block: Block, view: View) -> bool:
    below = view.below(block)
    short = len(block.text.split()) <= MOST_WORDS_OF_A_HEADING
    return short and below is not None and below.is_prose


def _is_teaser(block: Block, view: View) -> bool:
    if len(block.text) > _LONGEST_TEASER or view.language.furniture.kept.at(block.text):
        return False
    words = view.language.credits
    if words.source.with_colon(block.text) or words.byline.at(block.text):
        return False
    return not (block.is_prose and block.ends_a_sentence and len(block.text) > _LONGEST_TEASER / 2)


def bare_teasers(view: View) -> Iterator[Claim]:
    """Headlines of other stories in a row under the last paragraph, without a label."""
    run: list[Block] = []
    for block in reversed(view.free):
        if block.is_prose or block.ends_a_sentence:
            break
        run.append(block)
    alike = [
        block
        for block in run
        if len(block.text.split()) >= _SHORTEST_BARE
        and not block.is_item
        and ("\t" not in block.text and not FIGURES.search(block.text[-12:]))
        and ENDS_QUIETLY.search(block.text)
    ]
    if len(alike) >= _FEWEST_BARE and len(alike) == len(run):
        yield from (claim_block(LeftOut(), b, "furniture.teaser", 0.6) for b in alike)
