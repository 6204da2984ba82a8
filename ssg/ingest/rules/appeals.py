"""What a page asks of its reader: to subscribe, to share, to give, to write to the newsroom.

Wordings of such lines are without number, their parts are few: a call, whoever is called on
(you), who calls (us), and what only a page can speak of (its newsletter, this article). A line
goes when each of its sentences holds one of these, and one sentence enough of them. Advert and
share lines stood on 67 % of measured English pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from ssg.ingest.claims import Claim, LeftOut, View, claim_block
from ssg.ingest.names import is_agency, is_name
from ssg.ingest.page import Block
from ssg.ingest.rules.lines import MARKS
from ssg.ingest.vocabulary import ReaderWords

_LONGEST, _LONGEST_AMID, _LONGEST_CALL = 320, 200, 40
_MOST_OF_AN_ASIDE, _MOST_OF_A_CALL, _MOST_AROUND_AN_ADDRESS = 4, 6, 5
_SURE, _LIKELY, _BY_PLACE = 0.85, 0.7, 0.6
_MOST_IN_A_ROW, _LONGEST_LABEL = 4, 90
_SENTENCES = re.compile(
    r"(?<=[.!?\u2026\u061f\u0964])[)\"\u201d\u00bb]?\s+|(?<=[\u3002\uff01\uff1f])"
)
_CLAUSES = re.compile(
    r"(?:^|[,;:.!?\u060c\uff0c\uff1a\u3002|\u2013\u2014]|\s-"
    r"|\s(?:and|y|e|et|und|en|och|i|\u0438|\u0456)(?=\s))\s*"
)
_SPOKEN = (
    *'\u201c\u201e\u00ab"\u2018\u300c\u300e',
    *"\u2013\u2014",
)
# Signs and pictures in front of such lines: triangles, hands, bells.
_SIGNS = re.compile(r"^[^\w@#(]+")
_ADDRESS = re.compile(
    r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,40}){1,5}"
    r"|(?<![\w.])@[\w.]{2,40}(?:@[\w.-]{2,60})?"
)
_PRICE = re.compile(
    r"[$\u20ac\u00a3\u20bd\u20b9\u00a5]\s?\d|\d\s?(?:[\u20ac\u20bd\u5143\u5186]|euros?\b)"
)
_QUESTION = ("?", "\u061f", "\uff1f")
_NUMBER = re.compile(r"[+(]?\d[\d ()/.-]{4,24}\d")
_ON_THE_WEB = re.compile(r"(?:https?://|www\.)\S+")
_FULL_STOP = (".", "\u3002", "\u0964")
_AFTER_A_CALL = " .!\u3002\uff01\u0964)\uff09"
_WORD = re.compile(r"[^\W\d_]+")


def appeals(view: View) -> Iterator[Claim]:
    """Calls on the reader: below the last paragraph, and plain ones between paragraphs."""
    reader, below = view.language.reader, True
    called: set[int] = set()
    for block in reversed(view.free):
        longest = _LONGEST if below else _LONGEST_AMID
        if len(block.text) <= longest and view.prose_before(block) and _may_call(block, view):
            sure = _strength(block, reader) if below or _has_a_call(block.text, reader) else 0
            amid = not block.is_item and sure == _SURE
            if amid or (sure and below and (sure == _SURE or not block.is_item)):
                called.add(block.index)
                yield claim_block(LeftOut(), block, "reader.call", sure)
                continue
        below = below and not block.is_prose
    yield from _beside(called, view)


def _beside(called: set[int], view: View) -> Iterator[Claim]:
    """What touches a call and speaks of the page to its reader, without a call of its own."""
    for index in sorted(called):
        block = view.below(view.blocks[index])
        if block is None or block.gap or block.index in called or len(block.text) > _LONGEST_AMID:
            continue
        found = [_parts(one, view.language.reader) for one in _SENTENCES.split(block.line) if one]
        if all(found) and {"page", "you"} <= frozenset[str]().union(*found):
            yield claim_block(LeftOut(), block, "reader.beside", _LIKELY)


def _may_call(block: Block, view: View) -> bool:
    """Neither something spoken nor a note of the editors."""
    return not block.text.startswith(_SPOKEN) and not view.language.furniture.kept.at(block.text)


def _has_a_call(text: str, reader: ReaderWords) -> bool:
    """Cheaper than `_strength`, for the many paragraphs of an article that call nobody."""
    return bool(reader.calls_last) or bool(_calls(text, reader))


def _strength(block: Block, reader: ReaderWords) -> float:
    """How sure it is that a line calls on the reader; 0 where a part of it says something else."""
    text = _SIGNS.sub("", block.line)
    if not text:
        return 0
    found: list[frozenset[str]] = []
    for sentence in filter(None, _SENTENCES.split(text)):
        parts = _parts(sentence, reader)
        if not parts:
            return 0
        found.append(parts)
    together = frozenset[str]().union(*found)
    told = text.endswith(_FULL_STOP)
    # A sentence may begin with a word that calls elsewhere: "Support for the newsroom fell."
    addressed = {"you", "us", "address", "price", "plainly"} & together
    if "call" in together and "page" in together and (addressed or not told):
        return _SURE
    if any({"page", "you", "us"} <= parts for parts in found):
        return _LIKELY
    if any("call" in parts and parts & {"us", "address", "price"} for parts in found):
        return _LIKELY
    if _asks_and_answers(found) or ({"page", "price", "question"} <= together and not told):
        return _LIKELY
    if len(found) > 1 or told or "question" in together:
        return 0
    return _LIKELY if {"us", "page"} <= together or _is_all_call(text, reader) else 0


def _asks_and_answers(found: list[frozenset[str]]) -> bool:
    """A question, and behind it where to write or what of the page holds the answer."""
    first, *others = found
    return "question" in first and any(
        {"us", "page"} <= parts or ("address" in parts and "you" in first) for parts in others
    )


def _is_all_call(text: str, reader: ReaderWords) -> bool:
    """A few words of which the call is half or more: "Comment", "Sign up today"."""
    hit = reader.calls.at(text)
    few = len(text.split()) <= _MOST_OF_A_CALL and len(text) <= _LONGEST_CALL
    most = 2 * hit.end if hit else 0
    return few and most >= (len(text) if text[0] < "\u2e80" else len(text) / 2)


def _parts(sentence: str, reader: ReaderWords) -> frozenset[str]:
    """Which parts of a call a sentence holds; "aside" for a few words beside one."""
    parts = {
        name
        for name, words in (("you", reader.you), ("us", reader.us), ("page", reader.page))
        if words.search(sentence)
    }
    parts |= _calls(sentence, reader)
    if _ADDRESS.search(sentence):
        parts.add("address")
    if _PRICE.search(sentence):
        parts.add("price")
    if sentence.rstrip(')"\u00bb\u201d ').endswith(_QUESTION):
        parts.add("question")
    if not parts and len(sentence.split()) <= _MOST_OF_AN_ASIDE and sentence[0] < "\u2e80":
        parts.add("aside")
    return frozenset(parts)


def _calls(sentence: str, reader: ReaderWords) -> set[str]:
    """Whether a clause begins with a call or, where verbs stand last, ends in one. One of
    several words is plainly a call; one that names us names us.
    """
    parts: set[str] = set()
    for clause in _CLAUSES.finditer(sentence):
        at = clause.end()
        if soft := reader.softly.at(sentence, at):
            at = soft.end + 1
        if reader.invites.at(sentence, at):
            parts |= {"call", "us"}
        if hit := reader.calls.at(sentence, at):
            parts |= {"call", "plainly"} if " " in hit.label else {"call"}
    if reader.calls_last and sentence.rstrip(_AFTER_A_CALL).lower().endswith(reader.calls_last):
        parts |= {"call", "plainly"}
    return parts


def addresses(view: View) -> Iterator[Claim]:
    """Lines below the last paragraph that hold little but handles and mail addresses."""
    for block in reversed(view.free):
        if block.is_prose and not _is_address(block):
            return
        if len(block.text) <= _LONGEST and view.prose_before(block) and _is_address(block):
            yield claim_block(LeftOut(), block, "reader.address", _LIKELY)


def _is_address(block: Block) -> bool:
    bare, count = _ADDRESS.subn(" ", _ON_THE_WEB.sub(" ", block.text))
    words = _WORD.findall(_NUMBER.sub(" ", bare))
    return count > 0 and len(words) <= _MOST_AROUND_AN_ADDRESS


def amid_furniture(view: View) -> Iterator[Claim]:
    """Short lines under the article with furniture above them, and below them too or the end.

    What such a line says nobody knows; that the page, not the article, says it, is known by its
    place. Names and agencies there may be credits, and stay.
    """
    bottom = list(takewhile(lambda b: not _is_of_the_article(b, view), reversed(view.free)))
    if not bottom:
        return
    furniture = {
        index
        for claim in view.claims
        if claim.holds and claim.rule.startswith(("furniture.", "reader."))
        for index in claim.takes
    }
    known = tuple(writer.name for writer in view.writers())
    run: list[Block] = []
    for block in reversed(bottom):
        if block.text.startswith(known):
            run = []
            continue
        run = [*run, block] if run and block.index == run[-1].index + 1 else [block]
        below = view.below(block)
        if below is not None and below.index not in furniture:
            continue
        above = run[0].index - 1
        closed = below is not None and not below.gap
        touches = not any(one.gap for one in run)
        told = any(one.text.endswith(_FULL_STOP) for one in run)
        near = (touches and closed) if told else (touches or below is not None)
        # Below a biography or a source line comes the page, when furniture follows.
        edge = above in furniture or (above in view.taken and below is not None and not told)
        if edge and near and len(run) <= _MOST_IN_A_ROW:
            yield from (claim_block(LeftOut(), b, "furniture.amid", _BY_PLACE) for b in run)


def _is_of_the_article(block: Block, view: View) -> bool:
    """Whether a line may belong to the article or credit somebody."""
    text = block.text
    if block.is_prose or block.tabs or len(text) > _LONGEST_LABEL:
        return True
    if view.language.furniture.kept.at(text) or text.startswith(_SPOKEN):
        return True
    bare = text.strip(MARKS + ")]\uff09\u3011\uff1d=")
    return not bare or is_name(bare, view.language.names) or is_agency(bare)
