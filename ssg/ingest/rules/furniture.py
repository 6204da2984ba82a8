"""What a web page holds beside its article: share bars, counters, tags, forms, adverts.

All of it is data of the languages; a line goes only when a form knows the whole of it. Share
and advert lines stood on 67 % of measured English pages, "read also" on 42 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.ingest.claims import Claim, LeftOut, View, claim_block
from ssg.ingest.credits import read_line
from ssg.ingest.names import identity, is_name, read_people
from ssg.ingest.page import Block

# No line of furniture is longer, and no form is tried on more.
_LONGEST = 420
# So many names of networks in a row are a share bar, also without a head.
_RUN = 3
_LONGEST_BAR = 160
_MOST_TEASERS, _LONGEST_TEASER = 30, 200
_FEWEST_BARE, _SHORTEST_BARE = 3, 4
_MOST_COMMENTS = 60
_CAPTION, _LONGEST_CAPTION, _LONGEST_CREDIT = 0.85, 320, 90
_MOST_WORDS_OF_A_HEADING = 4
_MARKS = " \t\u00a0[(\u3010\uff08*_>\u00bb\u203a\u25b6\u25ba\u2192\u2022\u25a0\u25cf\u2014\u2013-"
_ALSO = re.compile(
    r"\s*(?:[:\uff1a|>\u00bb\u203a\u2192]+|[-\u2013\u2014]+)\s*(?P<value>.*)"
    r"|\s+(?P<quoted>[\u00ab\u201c\"\u201e\u2018\u300c\u300e\u300a].*)|[\s\])\uff09\u3011.\u2026\u00bb\u203a>]*$",
)
_COLON = re.compile(r"\s?(?:\([^()]{1,30}\))?\s?[:\uff1a\u00a9]\s?\S")
_POINTING = (">", "\u00bb", "\u203a", "\u2192", ":", "\u2026", "...")
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?\u3002]\s+\S")
_ENDS_QUIETLY = re.compile(r"[^.!?\u2026:;,\u3002\uff01\uff1f\u061f\u0964\u060c]$")
_FIGURES = re.compile(r"\d")


def furniture(view: View) -> Iterator[Claim]:
    """Lines that are furniture wherever they stand."""
    for block in view.free:
        if len(block.text) <= _LONGEST and _is_furniture(block.line, view):
            yield claim_block(LeftOut(), block, "furniture.line", 0.9)


def _is_furniture(line: str, view: View) -> bool:
    """A line that a form knows, or several of them with marks between: "834 views | Share"."""
    forms, small = view.language.furniture.anywhere, view.language.credits.small
    if forms.fullmatch(line):
        return True
    parts = _COUNTERS_APART.split(line) if len(line) <= _LONGEST_BAR else []
    known = sum(forms.fullmatch(part) is not None for part in parts)
    return (
        len(parts) > 1
        and known > 0
        and all(forms.fullmatch(part) or small.fullmatch(part) for part in parts)
    )


_COUNTERS_APART = re.compile(r"\s*[|\u00b7\u2022]\s*")


def share_bars(view: View) -> Iterator[Claim]:
    """A head such as "Share this:" and the networks under it, or a run of networks alone."""
    run: list[Block] = []
    for block in (*view.free, None):
        if block and _belongs(block, run, view):
            run.append(block)
            continue
        headed = bool(run) and (_is_share_head(run[0], view) or _is_share_line(run[0], view))
        if headed or len(run) >= _RUN:
            yield from (claim_block(LeftOut(), b, "furniture.share", 0.9) for b in run)
        run = [block] if block and _belongs(block, [], view) else []


def _is_share_head(block: Block, view: View) -> bool:
    return block.line.lower().rstrip(" :\uff1a") in view.language.furniture.share_heads


def _is_share_line(block: Block, view: View) -> bool:
    """A head with its networks on one line: "Share: Facebook X WhatsApp"."""
    head, mark, rest = block.line.lower().partition(":")
    words = re.split(r"[\s|/,\u00b7\u2022]+", rest.strip())
    networks = view.language.furniture.networks
    known = head.strip() in view.language.furniture.share_heads
    return bool(mark) and known and bool(rest.strip()) and all(w in networks for w in words if w)


def _belongs(block: Block, run: list[Block], view: View) -> bool:
    if len(block.text) > _LONGEST:
        return False
    if not run and (_is_share_head(block, view) or _is_share_line(block, view)):
        return True
    adjacent = not run or block.index == run[-1].index + 1
    return adjacent and _names_networks(block.line.lower(), view)


def _names_networks(line: str, view: View) -> bool:
    networks = view.language.furniture.networks
    if line.lstrip("\u2022*-+ ") in networks:
        return True
    if len(line) > _LONGEST_BAR:
        return False
    parts = re.split(r"\s*[|/\u00b7\u2022,\u3001\t]\s*|\s{2,}|\s", line)
    return len(parts) >= _RUN and all(part in networks for part in parts if part)


def tail_furniture(view: View) -> Iterator[Claim]:
    """Lines that are furniture only under the last paragraph, read from the bottom."""
    for block in reversed(view.tail):
        if view.language.furniture.kept.at(block.text):
            return
        if view.language.bio.nameless.at(block.text.lstrip(_MARKS)):
            continue
        if len(block.text) <= _LONGEST and view.language.furniture.tail.fullmatch(block.line):
            yield claim_block(LeftOut(), block, "furniture.tail", 0.9)
        elif block.is_prose:
            return


def captions(view: View) -> Iterator[Claim]:
    """The words under a picture that did not come along, and who took it."""
    for block in view.free:
        if len(block.text) > _LONGEST_CAPTION:
            continue
        photo = _is_photo_line(block, view) or _is_caption(block, view)
        if photo and not _credits_a_writer(block, view):
            yield claim_block(LeftOut(), block, "furniture.caption", _CAPTION)
            yield from _caption_above(block, view)


def _credits_a_writer(block: Block, view: View) -> bool:
    """Whether the same line says who wrote, or where it is from: "Text: A Foto: B"."""
    colons = sum(block.text.count(colon) for colon in ":\uff1a")
    pieces = read_line(block.text, view.language) if colons else ()
    return any(piece.kind in {"byline", "source"} for piece in pieces)


def _is_photo_line(block: Block, view: View) -> bool:
    """A line that begins with the label of a picture."""
    text = block.text
    at = len(text) - len(text.lstrip(_MARKS))
    hit = view.language.credits.photo.at(text, at)
    if hit is None:
        return False
    if not _COLON.match(text, hit.end):
        people = read_people(text[hit.end :].strip(_MARKS + ")."), view.language.names)
        return bool(people and people.persons) and not block.ends_a_sentence
    value = text[hit.end :].strip(" :\uff1a")
    # "Photos: how they get ready for the feast" is a headline.
    headline = block.index == 0 and len(value.split()) > _MOST_WORDS_OF_A_HEADING
    return not headline and not _SENTENCE.search(value)


def _is_caption(block: Block, view: View) -> bool:
    """Words, and at the end of them the label of a picture with a name."""
    text = block.text
    for match in _CREDIT.finditer(text):
        hit = view.language.credits.photo.before(text, match.start())
        if hit is None or hit.end == 0:
            continue
        value = text[match.end() :]
        opened = text[hit.end - 1] in "(\uff08["
        if len(value) <= _LONGEST_CREDIT and not _SENTENCE.search(value):
            return (
                opened
                or text[: hit.end].rstrip()[-1:] in '.!?,;|/\u2013\u2014-\u201d\u00bb"\u3002'
                or (not block.ends_a_sentence)
            )
    owned = _COPYRIGHT_AT_END.search(text)
    if owned and owned.start() and not block.ends_a_sentence:
        return True
    return _BY_IN_BRACKETS.search(text) is not None and _photo_by(text, view)


_COPYRIGHT_AT_END = re.compile(r"[.\s]\u00a9\s?[^\u00a9.]{2,80}$")
_CREDIT = re.compile(r"\s?[:\uff1a\u00a9/]\s?(?=\S)")
_BY_IN_BRACKETS = re.compile(r"[(\uff08\[](?P<inside>[^()\uff08\uff09\[\]]{3,100})[)\uff09\]]\.?$")


def _photo_by(text: str, view: View) -> bool:
    """Whether a line ends in "(Photo by …)" or "(AP Photo/…)"."""
    match = _BY_IN_BRACKETS.search(text)
    if match is None:
        return False
    inside = match["inside"]
    first = view.language.credits.photo.at(inside)
    if first is not None or _AGENCY_PHOTO.match(inside):
        return True
    name, mark, _ = inside.partition("/")
    return bool(mark) and is_name(name.strip(), view.language.names)


_AGENCY_PHOTO = re.compile(
    r"(?:\w+ )?(?:AP|AFP|EPA|Reuters|REUTERS|File) ?(?:Photo|PHOTO|photo|Images?)\b|\u00a9"
)


def _caption_above(block: Block, view: View) -> Iterator[Claim]:
    """The caption on the line right above its credit, and where it is printed twice."""
    if block.gap or not block.index:
        return
    above = view.blocks[block.index - 1]
    quiet = _ENDS_QUIETLY.search(above.text) is not None
    near = view.blocks[max(0, block.index - _MOST_TEASERS) : block.index]
    twice = [b for b in near if b.index not in view.taken and b.text == above.text]
    if above.index in view.taken or above.is_item or not (len(twice) > 1 or above.gap):
        return
    if len(twice) > 1 or (quiet and view.prose_before(above) and not above.is_prose):
        for one in twice:
            yield claim_block(LeftOut(), one, "furniture.caption-above", 0.7)


def read_also(view: View) -> Iterator[Claim]:
    """Lines that send the reader to other stories, and the headlines under such a line."""
    done: set[int] = set()
    for block in view.free:
        if block.index in done or len(block.text) > _LONGEST:
            continue
        kind = _also(block, view)
        if kind is None:
            continue
        top = not view.prose_before(block) and block.text.rstrip()[-1] not in ":\uff1a"
        if kind == "head" and top:
            continue
        below = [] if kind == "whole" else _teasers(block, view)
        alone = block.line.rstrip().endswith(_POINTING) or " " in block.line.strip(_MARKS)
        if kind == "head" and not below and view.prose_after(block) and not alone:
            continue
        for one in (block, *below):
            done.add(one.index)
            yield claim_block(LeftOut(), one, "furniture.read-also", 0.85)


def _also(block: Block, view: View) -> str | None:
    """Whether a line is such a label with a headline, or a label over headlines."""
    text = block.text
    at = len(text) - len(text.lstrip(_MARKS))
    hit = view.language.furniture.read_also.at(text, at)
    if hit is None:
        return None
    match = _ALSO.match(text, hit.end)
    if match is None:
        words = hit.label.count(" ") or hit.label[0] > "\u3000"
        rest = text[hit.end :].strip()
        long = words and len(rest) > _SHORTEST_BARE and not block.ends_a_sentence
        last = not view.prose_after(block) and view.prose_before(block) > 0
        return "whole" if long and (rest[0].isupper() or last) else None
    value = (match["value"] or match["quoted"] or "").strip()
    if not value:
        return "head"
    # A label of one word may begin a sentence, or a headline of its own.
    single = " " not in hit.label and hit.label[0] < "\u3000"
    if single and ((block.is_prose and block.ends_a_sentence) or block.index == 0):
        return None
    return "whole"


def _teasers(head: Block, view: View) -> list[Block]:
    """The headlines under a label: those that touch it, or the run of them below a gap."""
    found: list[Block] = []
    for index in range(head.index + 1, min(head.index + _MOST_TEASERS, len(view.blocks))):
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
    short = len(block.text.split()) <= _MOST_WORDS_OF_A_HEADING
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
        and ("\t" not in block.text and not _FIGURES.search(block.text[-12:]))
        and _ENDS_QUIETLY.search(block.text)
    ]
    if len(alike) >= _FEWEST_BARE and len(alike) == len(run):
        yield from (claim_block(LeftOut(), b, "furniture.teaser", 0.6) for b in alike)


def tags(view: View) -> Iterator[Claim]:
    """A label such as "Topics" under the article, and the short lines that touch it."""
    for block in view.tail:
        if (
            view.prose_after(block)
            or block.line.rstrip(" :\uff1a") not in view.language.furniture.tags
        ):
            continue
        below: list[Block] = []
        for index in range(block.index + 1, min(block.index + _MOST_TEASERS, len(view.blocks))):
            one = view.blocks[index]
            if one.gap or index in view.taken or len(one.text.split()) > _MOST_WORDS_OF_A_HEADING:
                break
            below.append(one)
        if below or block.text.rstrip()[-1] in ":\uff1a":
            yield from (claim_block(LeftOut(), b, "furniture.tags", 0.8) for b in (block, *below))


def after_the_end(view: View) -> Iterator[Claim]:
    """The mark at the end of a release, and the notes to the desk below it."""
    for block in view.free:
        if view.language.furniture.ends.fullmatch(block.line) and view.prose_before(block) > 1:
            below = [b for b in view.free if b.index > block.index]
            if len(below) <= _MOST_TEASERS:
                yield from (
                    claim_block(LeftOut(), b, "furniture.end", 0.7) for b in (block, *below)
                )
            return


def comments(view: View) -> Iterator[Claim]:
    """What readers wrote under the article, from the head of the comments on."""
    for block in view.free:
        if not view.prose_before(block) or len(block.text) > _LONGEST:
            continue
        if not view.language.furniture.comments.fullmatch(block.line):
            continue
        below = [b for b in view.free if b.index > block.index]
        if view.prose_before(block) > 1 and len(below) <= _MOST_COMMENTS:
            yield claim_block(LeftOut(), block, "furniture.comments", 0.9)
            if view.language.furniture.reply.search(" ".join(b.line for b in below[:_RUN])):
                yield from (claim_block(LeftOut(), b, "furniture.comment", 0.6) for b in below)
            return


def menus(view: View) -> Iterator[Claim]:
    """The site's menu above the headline: links in one line, or a column of short labels."""
    for block in view.free[:_MOST_TEASERS]:
        if block.is_prose:
            break
        if _is_menu_line(block.text) or _is_trail(block, view):
            yield claim_block(LeftOut(), block, "furniture.menu", 0.85)
    yield from _column(view)


_BETWEEN_LINKS = re.compile(r"\s*[|\u00b7\u2022\uff5c]\s*|\s[-/\u2013]\s|\s{2,}|\t")
_FEWEST_LINKS, _LONGEST_LINK = 3, 24
_FEWEST_LABELS, _MOST_LABELS = 4, 60


def _is_menu_line(text: str) -> bool:
    parts = [part for part in _BETWEEN_LINKS.split(text.strip(_MARKS + "|")) if part]
    if len(parts) <= _FEWEST_LINKS or any(_FIGURES.search(part) for part in parts):
        return False
    return all(len(part) <= _LONGEST_LINK and len(part.split()) <= _FEWEST_LINKS for part in parts)


def _is_trail(block: Block, view: View) -> bool:
    """Where on the site one is: "Home / News / Town", beginning with the name of a section."""
    parts = [part.strip().lower() for part in _STEPS.split(block.line)]
    sections = view.language.sections
    *steps, last = parts
    short = all(part and len(part.split()) <= _MOST_WORDS_OF_A_HEADING for part in steps)
    few = len(last.split()) <= _MOST_WORDS_OF_A_HEADING or _ends_in_a_headline(last, steps, view)
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
        named or any(identity(b.line).startswith(begins) for b in view.free[1:_MOST_TEASERS])
    )


_STEPS = re.compile(r"\s*[>\u00bb\u203a|/\\\u2192\u00b7\u2022]\s*|\s[\u2013\u2014-]\s")


def _column(view: View) -> Iterator[Claim]:
    """Short labels under each other at the very top, with the headline below them."""
    run: list[Block] = []
    for block in view.free[:_MOST_LABELS]:
        words = block.text.strip(_MARKS).split()
        short = len(words) <= _FEWEST_LINKS and len(block.text) <= _LONGEST_LINK + 2
        if not short or block.ends_a_sentence or _FIGURES.search(block.text):
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
