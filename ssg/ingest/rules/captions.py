"""The words under a picture that did not come along, and who took it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.ingest.claims import Claim, LeftOut, View, claim_block
from ssg.ingest.credits import read_line
from ssg.ingest.dates import has_day, read_dates
from ssg.ingest.names import is_agency, is_name, read_people
from ssg.ingest.page import Block, ends_a_sentence
from ssg.ingest.rules.lines import ENDS_QUIETLY, MARKS, MOST_BELOW, MOST_WORDS_OF_A_HEADING

_CAPTION, _LONGEST_CAPTION, _LONGEST_CREDIT = 0.85, 320, 90
_COLON = re.compile(r"\s?(?:\([^()]{1,30}\))?\s?[:\uff1a\u00a9]\s?\S")
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?\u3002]\s+\S")
_COPYRIGHT_AT_END = re.compile(r"[.\s]\u00a9\s?[^\u00a9.]{2,80}$")
_CREDIT = re.compile(r"\s?[:\uff1a\u00a9/]\s?(?=\S)")
_BY_IN_BRACKETS = re.compile(r"[(\uff08\[](?P<inside>[^()\uff08\uff09\[\]]{3,100})[)\uff09\]]\.?$")
_SPACE = re.compile(r"\s+")
_WORDS_BEFORE = 3
_TAG_AT_END = re.compile(r"[.!?\u00bb\u201d\"]\s+(?P<tag>[A-Z][\w/ ]{1,24})\.?$")
_OWNER_AT_END = re.compile(r"(?:\S\s?\||[.!?]\s?/)\s?(?P<name>[^|/\d]{2,40})$")
_NAME_AND_AGENCY = re.compile(
    r"[.!?\u00bb\u201d\"]\s+[^\W\d_a-z][^.!?/]{2,40}/\s?(?P<tag>[^./]{2,25})$"
)
_BETWEEN_OWNERS = re.compile(r"[,/]")
_FEWEST_OF_A_CAPTION = 6
_BEFORE_A_LABEL = re.compile(r"\s?[/|\u2013\u2014]\s(?=\S)|[.!?]\s(?=\S)")
_FOR_A_PAPER = re.compile(
    r"\s?/\s?|\s(?:for|via|f\u00fcr|para|pour|per|voor|dla|\u0434\u043b\u044f)\s(?=[^\W\d_a-z])"
)
_AGENCY_PHOTO = re.compile(
    r"(?:\w+ )?(?:AP|AFP|EPA|Reuters|REUTERS|File) ?(?:Photo|PHOTO|photo|Images?)\b|\u00a9"
)


def captions(view: View) -> Iterator[Claim]:
    """The words under a picture that did not come along, and who took it."""
    first = view.first_prose
    for block in view.free:
        if len(block.text) > _LONGEST_CAPTION:
            continue
        photo = (
            _is_photo_line(block, view)
            or _is_caption(block, view)
            or _ends_in_an_agency(block, first, view)
        )
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
    at = len(text) - len(text.lstrip(MARKS))
    hit = view.language.credits.photo.at(text, at)
    if hit is None:
        return False
    if hit.label.endswith("."):
        return len(text) <= _LONGEST_CREDIT and not block.ends_a_sentence
    if not _COLON.match(text, hit.end):
        people = read_people(text[hit.end :].strip(MARKS + ")."), view.language.names)
        return bool(people and people.persons) and not block.ends_a_sentence
    value = text[hit.end :].strip(" :\uff1a")
    # "Photos: how they get ready for the feast" is a headline.
    headline = block.index == 0 and len(value.split()) > MOST_WORDS_OF_A_HEADING
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
    if _labelled_at_end(text, view):
        return True
    owned = _COPYRIGHT_AT_END.search(text)
    last = view.prose_before(block) > 1 and not view.prose_after(block)
    if owned and owned.start() and not block.ends_a_sentence and not last:
        # The last paragraph of an agency ends in its copyright as well.
        return True
    return _BY_IN_BRACKETS.search(text) is not None and _photo_by(text, view)


def _ends_in_an_agency(block: Block, first: Block | None, view: View) -> bool:
    """A line between the credits and the article that ends in who owns the picture: "… EFE"."""
    if first is None or not block.index or view.prose_before(block) > 1:
        return False
    # A standfirst may stand above, and then the credits between.
    low = first.index < block.index
    above, below = view.blocks[block.index - 1], view.below(block)
    if low and (block.gap or above.is_prose):
        return False
    touches = not block.gap or below == first
    if has_day(block.text) and read_dates(block.text, view.language.dates).stamps:
        return False
    tag, owner = _TAG_AT_END.search(block.text), _OWNER_AT_END.search(block.text)
    shared = _NAME_AND_AGENCY.search(block.text)
    if touches and shared and is_agency(shared["tag"].strip()):
        return True
    if touches and tag and is_agency(tag["tag"]):
        return True
    words = view.language.names
    named = owner is not None and (is_agency(owner["name"]) or is_name(owner["name"], words))
    return touches and named and len(block.text.split()) > _FEWEST_OF_A_CAPTION


def _labelled_at_end(text: str, view: View) -> bool:
    """Words, a mark, and then a label without its colon before names: "… / Photo Ann Lee"."""
    if ends_a_sentence(text):
        return False
    for match in _BEFORE_A_LABEL.finditer(text):
        hit = view.language.credits.photo.at(text, match.end())
        value = text[hit.end :].strip(" .)") if hit else ""
        if hit and not value and match.start() and " " in hit.label:
            return True
        if value and len(value) <= _LONGEST_CREDIT and value[0].isupper() and match.start():
            parts = [part.strip() for part in _BETWEEN_OWNERS.split(value)]
            return any(is_name(part, view.language.names) or is_agency(part) for part in parts)
    return False


def _photo_by(text: str, view: View) -> bool:
    """Whether a line ends in "(Photo by …)" or "(AP Photo/…)"."""
    match = _BY_IN_BRACKETS.search(text)
    if match is None:
        return False
    inside = match["inside"]
    photo = view.language.credits.photo
    starts = [0, *(match.end() for match in _SPACE.finditer(inside))][:_WORDS_BEFORE]
    if photo.at(inside) is not None or _AGENCY_PHOTO.match(inside):
        return True
    words = inside.split()
    if len(words) <= _WORDS_BEFORE and words[-1].lower() in photo:
        # What kind of picture it is, without who took it.
        return True
    if any(" " in hit.label for start in starts if (hit := photo.at(inside, start))):
        # The paper stands before the label, as in "Courier photo by".
        return True
    name = _FOR_A_PAPER.split(inside, maxsplit=1)[0]
    return name != inside and is_name(name.strip(), view.language.names)


def _caption_above(block: Block, view: View) -> Iterator[Claim]:
    """The caption on the line right above its credit, and where it is printed twice."""
    if block.gap or not block.index:
        return
    above = view.blocks[block.index - 1]
    if above.index in view.taken or above.is_item:
        return
    quiet = ENDS_QUIETLY.search(above.text) is not None
    near = view.blocks[max(0, block.index - MOST_BELOW) : block.index]
    twice = [b for b in near if b.index not in view.taken and b.text == above.text]
    if not (len(twice) > 1 or above.gap):
        return
    if len(twice) > 1 or (quiet and view.prose_before(above) and not above.is_prose):
        for one in twice:
            yield claim_block(LeftOut(), one, "furniture.caption-above", 0.7)
