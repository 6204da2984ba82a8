"""Names without a label, above the article and below it, and what vouches for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.ingest.claims import (
    Bio,
    Claim,
    LeftOut,
    Printed,
    View,
    Writer,
    claim_block,
)
from ssg.ingest.names import (
    People,
    identity,
    is_agency,
    is_name,
    is_post_line,
    read_people,
    same_person,
    stands_beside,
)
from ssg.ingest.page import Block
from ssg.ingest.rules.credit_lines import credit_claims, lists_names, post_below
from ssg.ingest.rules.head import under_a_headline
from ssg.ingest.rules.lines import BESIDE_A_DATE, EDGES, UNSURE

_SIGNED, _UNMENTIONED = 0.7, 0.55
_DASHES = "\u2013\u2014-"
# What a name stands behind where it signs: a dash, or the wide brackets of East Asia.
_SIGNING = _DASHES + "\uff08\u3014\u3010"
_MOST_BELOW_A_NAME, _LONGEST_PLACE, _MOST_OF_A_LINE = 2, 60, 6
_PARTICLE, _FEWEST_ABOVE = 3, 2
_NAME_AT_END = re.compile(
    r"[.!?\u3002\u201d\"\u00bb\u300d]\s?[(\uff08\u3014](?P<name>[^()\uff08\uff09\u3014\u3015]{2,40})[)\uff09\u3015]\.?$"
)
_PLACE_AND_TAG = re.compile(r"[^()]{2,60}\([^()]{2,40}\)\s?[.:\u2013\u2014-]{0,2}")
_NAME_AND_PLACE = re.compile(
    r"(?P<name>[^.,;:\d]{4,40})\. (?P<place>[^\W\d_a-z][^.,;:\d]{2,30})\.?"
)
_BESIDE = re.compile(r"\s[|/\u2013\u2014-]\s|,\s|\u2022|\u00b7")


def bare_names(view: View) -> Iterator[Claim]:
    """A name alone on a line of the head, when something backs it.

    41 % of measured author lines have no label, but only 47 % of the bare names on those
    pages were authors. So a job below, a date beside it, or an article that never mentions
    whom it names must vouch for it.
    """
    if view.writers():
        return
    caseless = view.language.names.script == "caseless"
    for block in view.head:
        # Where no capitals mark a name, only a job beside it does.
        sure = not caseless or (
            _BESIDE.search(block.text)
            and (
                is_post_line(block.text, view.language.names)
                or (_dated(block, view) and len(block.text.split()) <= _MOST_OF_A_LINE)
            )
        )
        label = block.line.lower() in view.language.sections
        if sure and not label and not block.is_prose and _is_signature(block, view):
            bare = _without_pictures(block.text, view)
            at = max(0, block.text.find(bare))
            people = read_people(bare, view.language.names)
            if people is None:
                return
            if not people.persons:
                continue
            jobs = tuple(_jobs_below(block, view))
            if _dated(block, view) or jobs:
                yield from credit_claims(block, people, at, BESIDE_A_DATE)
                yield from jobs
            elif (
                under_a_headline(block, view)
                if block.index
                else _above_an_article(block, view) or _above_a_headline(block, view)
            ):
                vouched = not _mentioned(block, people, view)
                yield from credit_claims(block, people, at, _UNMENTIONED if vouched else UNSURE)
            return


def _is_signature(block: Block, view: View) -> bool:
    """A name alone, several, or one with a job beside it."""
    text = _without_pictures(block.text.strip(EDGES + "*"), view)
    if is_name(text, view.language.names) or lists_names(text, view):
        return True
    people = read_people(text, view.language.names)
    return people is not None and len(people.persons) == 1 and _BESIDE.search(text) is not None


def _without_pictures(text: str, view: View) -> str:
    """The names without the pictures behind them, "Ann Lee, photos by the author", and
    without the town or the paper beside them: "Oslo - Ann Lee", "Ann Lee | Port Elsin".
    """
    paper, gap, rest = text.partition("\u3000")
    if gap and is_name(rest, view.language.names) and stands_beside(paper, view.language.names):
        return rest
    name, comma, rest = text.rpartition(", ")
    credits_of = view.language.credits
    if comma and (credits_of.photo.at(rest) or credits_of.small.fullmatch(rest)):
        return name
    name, bar, rest = text.partition(" | ")
    if bar and is_name(name, view.language.names) and is_name(rest, view.language.names):
        return name
    place, dash, rest = text.partition(" - ")
    alone = dash and " " not in place and is_name(rest, view.language.names)
    return rest if alone and not is_agency(place) else text


def _above_an_article(block: Block, view: View) -> bool:
    """Right above the first paragraph, or the place it was filed from, with no headline between."""
    below = view.below(block)
    if below is not None and not below.is_prose and _PLACE_AND_TAG.fullmatch(below.text):
        below = view.below(below)
    return below is not None and below.is_prose and view.prose_after(below) > 0


def _above_a_headline(block: Block, view: View) -> bool:
    """A name in capitals right above a line that may be the headline, as columns print it."""
    below = view.below(block)
    if below is None or below.gap or below.is_prose or not block.text.isupper():
        return False
    return len(below.text.split()) > _MOST_OF_A_LINE / 2 and below.index not in view.taken


def _mentioned(block: Block, people: People, view: View) -> bool:
    names = [f" {identity(person.name)} " for person in people.persons]
    surnames = [f" {identity(person.name).split()[-1]} " for person in people.persons]
    lives = tuple(person.name for person in people.persons)
    others = (
        f" {identity(b.text)} "
        for b in view.free
        if b is not block and not (b.text.startswith(lives) and view.prose_after(b) < len(lives))
    )
    return any(name in text for text in others for name in (*names, *surnames))


def _jobs_below(block: Block, view: View) -> Iterator[Claim]:
    below = view.below(block)
    if below and not below.gap and not below.is_prose:
        yield from post_below(block, (), view)


def _dated(block: Block, view: View) -> bool:
    """Between the headline and the date, or right under the date."""
    dated = {
        index for claim in view.claims if isinstance(claim.value, Printed) for index in claim.takes
    }
    above = any(not b.is_prose for b in view.free if b.index < block.index)
    return bool({block.index - 1, block.index + 1} & dated) and above


def _signs(text: str, people: People) -> bool:
    """Whether a line is a name, with no more than a place or a paper behind a mark."""
    name, signed = people.persons[0].name.casefold(), text.casefold()
    return signed == name or (signed.startswith(name) and _BESIDE.search(text) is not None)


def again(view: View) -> Iterator[Claim]:
    """Who wrote it, named once more above the article or below it."""
    known = [writer.name for writer in view.writers()]
    for block in view.tail:
        if block.is_prose or view.prose_after(block) or len(block.text) > _LONGEST_PLACE:
            continue
        if _names_only(block.text, known, view):
            yield claim_block(LeftOut(), block, "byline.again", 0.7)
            post = view.below(block)
            if post and not post.gap and is_post_line(post.text, view.language.names):
                yield claim_block(LeftOut(), post, "byline.post", 0.7)
    for block in view.head:
        named = any(name.rpartition(" ")[2] in block.text for name in known)
        if named and not view.prose_before(block) and len(block.text) <= _LONGEST_PLACE:
            headed = any(not b.is_prose for b in view.free if b.index < block.index)
            if headed and _names_only(block.text, known, view):
                yield claim_block(LeftOut(), block, "byline.again", 0.7)


def _names_only(text: str, known: list[str], view: View) -> bool:
    """Whether a line names people who are credited already, perhaps with their job."""
    people = read_people(_BESIDE.sub(", ", text), view.language.names)
    if people is None or not people.persons or people.agencies:
        return False
    return all(any(same_person(one.name, name) for name in known) for one in people.persons)


def signatures(view: View) -> Iterator[Claim]:
    """A name alone under the last paragraph, or in brackets at its end: whoever signed there."""
    if view.writers():
        return
    yield from _in_brackets(view)
    yield from _with_a_life(view)
    passed: list[Block] = []
    for block in reversed(view.tail):
        if block.is_prose or (block.is_item and block.text[0] not in _DASHES):
            return
        placed = _NAME_AND_PLACE.fullmatch(block.text)
        if (
            placed
            and is_name(placed["name"], view.language.names)
            and all(word[0].isupper() or len(word) <= _PARTICLE for word in placed["place"].split())
        ):
            text = placed["name"]
        else:
            text = block.text.strip(EDGES + "\u3010\u3011")
        marked = block.text[0] in _SIGNING and text != block.text
        caseless = view.language.names.script != "cased"
        people = read_people(text, view.language.names)
        if (
            people
            and len(people.persons) == 1
            and _signs(text, people)
            and (marked or not caseless)
        ):
            if view.prose_before(block) and (marked or not _mentioned(block, people, view)):
                yield from credit_claims(block, people, block.text.index(text), _SIGNED)
                for below in passed:
                    yield claim_block(LeftOut(), below, "byline.place", _SIGNED)
            return
        # The town of who signed may stand under the name.
        passed.append(block)
        if len(passed) > _MOST_BELOW_A_NAME or len(block.text) > _LONGEST_PLACE:
            return


def _in_brackets(view: View) -> Iterator[Claim]:
    """A name in brackets behind the last full stop."""
    last = next((block for block in reversed(view.free) if block.is_prose), None)
    match = _NAME_AT_END.search(last.text[-_LONGEST_PLACE:]) if last else None
    if last is None or match is None or not view.prose_before(last):
        return
    people = read_people(match["name"], view.language.names)
    if people is None or len(people.persons) != 1 or people.persons[0].name != match["name"]:
        return
    if is_name(match["name"], view.language.names) and not _speaks_of(match["name"], last, view):
        at = last.start + max(0, len(last.text) - _LONGEST_PLACE) + match.start("name")
        yield Claim(
            Writer(people.persons[0].name), at, at + len(match["name"]), "byline.brackets", _SIGNED
        )


def _speaks_of(name: str, last: Block, view: View) -> bool:
    """Whether the article names somebody apart from the brackets at its end."""
    wanted = f" {identity(name)} "
    texts = (b.text if b is not last else b.text[: -len(name) - 1] for b in view.free)
    return any(wanted in f" {identity(text)} " for text in texts)


def _with_a_life(view: View) -> Iterator[Claim]:
    """The last line of a letter: a name, a comma, and in small letters who that is."""
    last = view.free[-1] if view.free else None
    if last is None or last.is_prose or not last.gap or view.prose_before(last) < _FEWEST_ABOVE:
        return
    name, comma, life = last.text.partition(", ")
    told = comma and life[:1].islower() and not any(map(str.isdigit, life))
    if not told or last.ends_a_sentence or not is_name(name, view.language.names):
        return
    first = view.first_prose
    wanted = f" {identity(name)} "
    below = (b for b in view.free if b is not last and first and b.index > first.index)
    if not any(wanted in f" {identity(block.text)} " for block in below):
        yield Claim(Writer(name), last.start, last.start + len(name), "byline.signed", _SIGNED)
        yield claim_block(Bio(name, last.text), last, "bio.signed", _SIGNED)
