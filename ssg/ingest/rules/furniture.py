"""What a web page holds beside its article: share bars, counters, tags, forms, adverts.

All of it is data of the languages; a line goes only when a form knows the whole of it. Share
and advert lines stood on 67 % of measured English pages, "read also" on 42 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.ingest.claims import Claim, LeftOut, View, claim_block
from ssg.ingest.dates import has_day, read_dates
from ssg.ingest.page import Block
from ssg.ingest.rules.lines import LONGEST, MARKS, MOST_BELOW, MOST_WORDS_OF_A_HEADING

_FEWEST_TAGS = 2
# So many names of networks in a row are a share bar, also without a head.
_RUN = 3
_LONGEST_BAR = 160
# Of a label in a share bar: "share on facebook".
_MOST_WORDS = 5
_MOST_COMMENTS = 60
_BETWEEN_NETWORKS = re.compile(r"[\s|/\u00b7\u2022,\u3001]+")
_COUNTERS_APART = re.compile(r"\s*[|\u00b7\u2022]\s*")
_LONGEST_ADVERT = 60
_AROUND_AN_ADVERT = "()[]\uff08\uff09\u3010\u3011 *\u2013\u2014-"


def furniture(view: View) -> Iterator[Claim]:
    """Lines that are furniture wherever they stand."""
    for block in view.free:
        if len(block.text) <= LONGEST and _is_furniture(block.line, view):
            if "/" in block.text and _stands_over_a_date(block, view):
                # "Ann Lee / AP" may own a picture, or have written the text.
                continue
            yield claim_block(LeftOut(), block, "furniture.line", 0.9)


def _stands_over_a_date(block: Block, view: View) -> bool:
    """Whether a line of the head has the date on one of the two lines that touch it below."""
    if not 0 < block.index < MOST_BELOW / 2:
        return False
    for below in view.blocks[block.index + 1 : block.index + 3]:
        if below.gap or len(below.text) > _LONGEST_BAR:
            return False
        if has_day(below.text) and read_dates(below.text, view.language.dates).stamps:
            return True
    return False


def _is_furniture(line: str, view: View) -> bool:
    """A line that a form knows, or several of them with marks between: "834 views | Share"."""
    forms, small = view.language.furniture.anywhere, view.language.credits.small
    if forms.fullmatch(line):
        return True
    if line[0] in _AROUND_AN_ADVERT and forms.fullmatch(line.strip(_AROUND_AN_ADVERT)):
        return True
    if len(line) <= _LONGEST_ADVERT and _goes_on(line, view):
        return True
    parts = _COUNTERS_APART.split(line) if len(line) <= _LONGEST_BAR else []
    known = sum(forms.fullmatch(part) is not None for part in parts)
    return (
        len(parts) > 1
        and known > 0
        and all(forms.fullmatch(part) or small.fullmatch(part) for part in parts)
    )


def _goes_on(line: str, view: View) -> bool:
    """An advert that says where the article goes on: "Advertisement - read on below"."""
    advert, dash, rest = line.partition(" - ")
    reads = view.language.reader.reads
    known = view.language.furniture.anywhere.fullmatch(advert) if dash else None
    return known is not None and reads.at(rest) is not None


def share_bars(view: View) -> Iterator[Claim]:
    """A head such as "Share this:" and the networks under it, or a run of networks alone."""
    run: list[Block] = []
    for block in (*view.free, None):
        if block and _belongs(block, run, view):
            run.append(block)
            continue
        headed = bool(run) and (
            _is_share_head(run[0], view)
            or _is_share_line(run[0], view)
            or _is_below(run[0], view)
            or _is_bar(run[0].line.lower(), view)
        )
        if headed or len(run) >= _RUN:
            yield from (claim_block(LeftOut(), b, "furniture.share", 0.9) for b in run)
        run = [block] if block and _belongs(block, [], view) else []


def _is_share_head(block: Block, view: View) -> bool:
    return block.line.lower().rstrip(" :\uff1a") in view.language.furniture.share_heads


def _is_below(block: Block, view: View) -> bool:
    """Whether a name of a network touches a line that asks to share, which is gone already."""
    above = view.blocks[block.index - 1] if block.index else None
    return above is not None and not block.gap and above.index in view.taken


def _is_share_line(block: Block, view: View) -> bool:
    """A head with its networks on one line: "Share: Facebook X WhatsApp"."""
    head, mark, rest = block.line.lower().partition(":")
    words = re.split(r"[\s|/,\u00b7\u2022]+", rest.strip())
    networks = view.language.furniture.networks
    known = head.strip() in view.language.furniture.share_heads
    return bool(mark) and known and bool(rest.strip()) and all(w in networks for w in words if w)


def _belongs(block: Block, run: list[Block], view: View) -> bool:
    if len(block.text) > LONGEST:
        return False
    if not run and (_is_share_head(block, view) or _is_share_line(block, view)):
        return True
    adjacent = not run or block.index == run[-1].index + 1
    return adjacent and _names_networks(block.line.lower(), view)


def _names_networks(line: str, view: View) -> bool:
    return line.lstrip("\u2022*-+ ") in view.language.furniture.networks or _is_bar(line, view)


def _is_bar(line: str, view: View) -> bool:
    """Whether a line holds nothing but several networks: "Facebook Twitter Copy link"."""
    if len(line) > _LONGEST_BAR:
        return False
    labels = view.language.furniture.networks | view.language.furniture.share_heads
    return _count([part for part in _BETWEEN_NETWORKS.split(line) if part], labels) >= _RUN


def _count(words: list[str], labels: frozenset[str]) -> int:
    """How many labels these words are, one after the other; none when a word is left over."""
    at = count = 0
    while at < len(words):
        ends = range(min(len(words), at + _MOST_WORDS), at, -1)
        end = next((end for end in ends if " ".join(words[at:end]) in labels), None)
        if end is None:
            return 0
        at, count = end, count + 1
    return count


def tail_furniture(view: View) -> Iterator[Claim]:
    """Lines that are furniture only under the last paragraph, read from the bottom."""
    for block in reversed(view.tail):
        if view.language.furniture.kept.at(block.text):
            return
        if view.language.bio.nameless.at(block.text.lstrip(MARKS)):
            continue
        if len(block.text) <= LONGEST and view.language.furniture.tail.fullmatch(block.line):
            yield claim_block(LeftOut(), block, "furniture.tail", 0.9)
        elif block.is_prose:
            return


def tags(view: View) -> Iterator[Claim]:
    """A label such as "Topics" under the article, and the short lines that touch it."""
    for block in view.tail:
        if (
            view.prose_after(block)
            or block.line.rstrip(" :\uff1a") not in view.language.furniture.tags
        ):
            continue
        below: list[Block] = []
        for index in range(block.index + 1, min(block.index + MOST_BELOW, len(view.blocks))):
            one = view.blocks[index]
            if one.gap or index in view.taken or len(one.text.split()) > MOST_WORDS_OF_A_HEADING:
                break
            below.append(one)
        if below or block.text.rstrip()[-1] in ":\uff1a":
            yield from (claim_block(LeftOut(), b, "furniture.tags", 0.8) for b in (block, *below))


def shouted_tags(view: View) -> Iterator[Claim]:
    """Words in capitals under each other as the very last lines: tags without a label."""
    run: list[Block] = []
    for block in reversed(view.free):
        words = block.text.split()
        if len(words) > MOST_WORDS_OF_A_HEADING or not block.text.isupper() or block.is_item:
            break
        run.append(block)
    if len(run) >= _FEWEST_TAGS and view.prose_before(run[-1]) > 1:
        yield from (claim_block(LeftOut(), block, "furniture.tags", 0.6) for block in run)


def after_the_end(view: View) -> Iterator[Claim]:
    """The mark at the end of a release, and the notes to the desk below it."""
    for block in view.free:
        if view.language.furniture.ends.fullmatch(block.line) and view.prose_before(block) > 1:
            below = [b for b in view.free if b.index > block.index]
            if len(below) <= MOST_BELOW:
                yield from (
                    claim_block(LeftOut(), b, "furniture.end", 0.7) for b in (block, *below)
                )
            return


def comments(view: View) -> Iterator[Claim]:
    """What readers wrote under the article, from the head of the comments on."""
    for block in view.free:
        if not view.prose_before(block) or len(block.text) > LONGEST:
            continue
        if not view.language.furniture.comments.fullmatch(block.line):
            continue
        below = [b for b in view.free if b.index > block.index]
        if view.prose_before(block) > 1 and len(below) <= _MOST_COMMENTS:
            yield claim_block(LeftOut(), block, "furniture.comments", 0.9)
            if view.language.furniture.reply.search(" ".join(b.line for b in below[:_RUN])):
                yield from (claim_block(LeftOut(), b, "furniture.comment", 0.6) for b in below)
            return
