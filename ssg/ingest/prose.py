"""What is left for the body, as Markdown: paragraphs, and lists where they are certain.

Bullets are certain when two of a kind stand together; a hyphen or a dash opens speech as
often as an item, so such lines must touch; numbers must count from one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ssg.ingest.escape import escape_paragraph, fold, list_to_markdown, table_to_markdown
from ssg.ingest.page import Block
from ssg.ingest.typography import Typography, typeset

_ITEM = re.compile(
    r"(?:(?P<bullet>[\u2022\u2023\u25e6\u25aa\u25cf\u25a0\u2219])|(?P<hyphen>[-*+\u2013])"
    r"|(?P<number>\d{1,3})(?P<after>[.)]))\s+(?=\S)"
)
_CJK = "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
_CJK_BREAK = re.compile(rf"(?<=[{_CJK}])\s*\n\s*(?=[{_CJK}])")
_TOUCHING, _APART = 2, 3


def body_markdown(text: str, blocks: Sequence[Block], custom: Typography | None) -> str:
    """The blocks of the page `text` as Markdown, in their order; words are set after the
    custom, figures in a table are not.
    """
    return "\n\n".join(filter(None, _parts(text, blocks, custom)))


def paragraph_text(text: str, block: Block) -> str:
    """A block's words on one line; scripts without spaces are joined without one."""
    return fold(_CJK_BREAK.sub("", text[block.start : block.end]))


def _parts(text: str, blocks: Sequence[Block], custom: Typography | None) -> Iterator[str]:
    after_list = False
    for group in _groups(blocks):
        if len(group) >= _TOUCHING and "\t" in text[group[0].start : group[0].end]:
            yield table_to_markdown([_cells(text, block) for block in group])
            continue
        texts = [paragraph_text(text, block) for block in group]
        # Two lists in a row would be read as one.
        after_list = not after_list and _is_list(group)
        if after_list:
            ordered = texts[0][0].isdigit()
            items = [typeset(_ITEM.sub("", item, count=1), custom) for item in texts]
            yield list_to_markdown(items, ordered=ordered)
        else:
            yield from (escape_paragraph(typeset(paragraph, custom)) for paragraph in texts)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that stand under each other with the same mark of a list; others alone."""
    group: list[Block] = []
    for block in blocks:
        if group and not _follows(group[-1], block):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _cells(text: str, block: Block) -> list[str]:
    return [fold(cell) for cell in text[block.start : block.end].split("\t")]


def _alike(block: Block, following: Block) -> bool:
    """Rows of one table: lines with as many tabs each."""
    return 0 < block.tabs == following.tabs


def _mark(block: Block) -> tuple[str, int]:
    match = _ITEM.match(block.text)
    if match is None:
        return "", 0
    number = match["number"]
    return (match["after"], int(number)) if number else (match[0][0], 0)


def _follows(block: Block, following: Block) -> bool:
    if not following.gap and following.index == block.index + 1 and _alike(block, following):
        return True
    kind, number = _mark(block)
    next_kind, next_number = _mark(following)
    if not kind or kind != next_kind or following.index != block.index + 1:
        return False
    if kind in ".)":
        return next_number == number + 1
    return not following.gap or _ITEM.match(block.text)["bullet"] is not None  # type: ignore[index]


def _is_list(group: list[Block]) -> bool:
    if len(group) < _TOUCHING:
        return False
    kind, number = _mark(group[0])
    if kind not in ".)":
        return True
    apart = any(block.gap for block in group[1:])
    return number == 1 and len(group) >= (_APART if apart else _TOUCHING)
