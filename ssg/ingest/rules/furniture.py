"""What a web page holds beside its article: share bars, counters, tags, forms, adverts.

All of it is data of the languages; a line goes only when a pattern knows the whole of it.
Share and advert lines stood on 67 % of measured English pages, "read also" on 42 %.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssg.ingest.claims import Claim, LeftOut, View, claim_block
from ssg.ingest.page import Block

# No line of furniture is longer, and no pattern is tried on more.
_LONGEST = 420
# So many names of networks in a row are a share bar, also without a head.
_RUN = 3


def furniture(view: View) -> Iterator[Claim]:
    """Lines that are furniture wherever they stand."""
    for block in view.free:
        if len(block.text) <= _LONGEST and view.language.anywhere.fullmatch(block.text):
            yield claim_block(LeftOut(), block, "furniture.line", 0.9)


def share_bars(view: View) -> Iterator[Claim]:
    """A head such as "Share this:" and the networks under it, or a run of networks alone."""
    run: list[Block] = []
    for block in (*view.free, None):
        if block and _belongs(block, run, view):
            run.append(block)
            continue
        headed = bool(run) and view.language.share_head.fullmatch(run[0].text) is not None
        if headed or len(run) >= _RUN:
            yield from (claim_block(LeftOut(), b, "furniture.share", 0.9) for b in run)
        run = [block] if block and _belongs(block, [], view) else []


def _belongs(block: Block, run: list[Block], view: View) -> bool:
    if len(block.text) > _LONGEST:
        return False
    words = view.language
    if not run and words.share_head.fullmatch(block.text):
        return True
    adjacent = not run or block.index == run[-1].index + 1
    return adjacent and " ".join(block.text.casefold().split()) in words.networks


def tail_furniture(view: View) -> Iterator[Claim]:
    """Lines that are furniture only under the last paragraph, read from the bottom."""
    for block in reversed(view.tail):
        if len(block.text) <= _LONGEST and view.language.tail.fullmatch(block.text):
            yield claim_block(LeftOut(), block, "furniture.tail", 0.9)
        elif block.is_prose:
            return
