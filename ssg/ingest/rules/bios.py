"""Biographies of authors: below the article, above it, or alone in the file.

"NAME is a …" with a word for a job was an author's biography on 89 % of measured pages,
without one on 12 %. So a biography needs the job, and its subject must be who wrote the
text: the name in the byline or, without a byline, one that the article never mentions. The
life of somebody the article is about stays in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from ssg.ingest.claims import Bio, Claim, LeftOut, View, claim_block
from ssg.ingest.forms import WORD
from ssg.ingest.names import has_job, identity, is_name, leading_name, same_person
from ssg.ingest.page import Block

_POSSESSIVE = re.compile(r"['\u2019]s\b")
_NO_WORD = re.compile(r"[^\w\s'\u2019]+")
_FOLLOWS = re.compile(
    r"\s*([,\u060c\uff0c])?\s*(?:\((?:[^)]{0,40})\)\s*)?(\S+?)(?=[\s.,;:\u2019']|$)"
)
_OPENING = "([*_\u2022\u2013\u2014- \t\u00a0\uff08\u3010\u3000"
# Where a biography names its subject's work: in its first sentences.
_SCOPE = 300
_A_LINE, _END = 40, 80
_COLON = re.compile(r"[:\uff1a\u3011\]]")
_MOST_BLOCKS = 4
_MOST_BELOW_HEAD = 6
_HEADED, _CREDITED, _CREDITED_JOBLESS = 0.95, 0.95, 0.75
_WRITES, _WRITES_SURNAME_KNOWN, _WORKS = 0.9, 0.7, 0.65
_ALONE, _ALONE_NO_WRITER = 0.85, 0.6
_NOBODYS = 0.4


def biographies(view: View) -> Iterator[Claim]:
    """Biographies by their place: under a head, alone, at the end, at the start."""
    for reader in (_under_a_head, _alone, _at_the_end, _at_the_start):
        claims = tuple(reader(view))
        if claims:
            yield from claims
            return


def _opened(block: Block) -> str:
    return block.text.lstrip(_OPENING)


def _name_of(block: Block, view: View) -> str | None:
    """Whose biography this block could be: the name it begins with, before a verb."""
    text = _opened(block)
    known = next((w.name for w in view.writers() if text.startswith(w.name)), None)
    name = known or leading_name(text, view.language.names)
    if name is None:
        return None
    if known and view.language.names.script != "cased":
        return name
    rest = re.sub(r"^\s*\([^)]{0,40}\)", "", text[len(name) : len(name) + _SCOPE])
    if known and _POSSESSIVE.match(rest):
        # "Ann Lee's novel is out": under her own article this is about her.
        return name
    word = _FOLLOWS.match(rest)
    if word is None:
        return None
    verbs = view.language.bio.verbs
    follows = any(rest.lstrip().lower().startswith(verb) for verb in verbs if not verb.isalpha())
    if view.language.names.script == "unspaced":
        follows = any(rest.startswith(verb) for verb in verbs)
    return name if word[1] or follows or word[2].lower() in verbs else None


def _work(block: Block, view: View) -> tuple[bool, bool]:
    """Whether the block says that its subject writes, and that they have any job."""
    words, text = view.language.names, _opened(block)[:_SCOPE]
    writes = has_job(text, words.writing_jobs | view.language.bio.writing_verbs)
    return writes, writes or has_job(text, words.jobs)


def _credited(name: str, view: View) -> str | None:
    return next((w.name for w in view.writers() if same_person(w.name, name)), None)


def _confidence(block: Block, name: str, view: View) -> float:
    """How sure it is that this is the author's biography; 0 when it is somebody else's."""
    writes, works = _work(block, view)
    if view.writers():
        if _credited(name, view) is None:
            return 0
        return _CREDITED if works else _CREDITED_JOBLESS
    whole, surname = _mentioned(name, block, view)
    if whole:
        return 0
    if surname:
        return _WRITES_SURNAME_KNOWN if writes else 0
    if writes:
        return _WRITES
    return _WORKS if works else 0


def _mentioned(name: str, own: Block, view: View) -> tuple[bool, bool]:
    """Whether the article itself holds the full name, or only the surname."""
    full = identity(name)
    others = [b for b in view.free if b is not own and not is_name(b.text, view.language.names)]
    texts = [f" {_as_words(block.text)} " for block in others]
    surname = full.split()[-1]
    return (
        any(f" {full} " in text for text in texts),
        any(f" {surname} " in text for text in texts),
    )


def _as_words(text: str) -> str:
    """The words of a text as `identity` spells names, possessives taken off."""
    return identity(_NO_WORD.sub(" ", _POSSESSIVE.sub(" ", text)))


def _continues(block: Block, name: str, view: View) -> bool:
    """More of the same life: "She joined the paper …", "Vance joined …"."""
    text = _opened(block)
    if view.language.names.script == "unspaced":
        return text.startswith((*view.language.bio.pronouns, name))
    first = WORD.match(text)
    if first is None:
        return False
    word = first[0].lower()
    return word in view.language.bio.pronouns or word in (n.casefold() for n in name.split())


def _is_card(name: Block, job: Block, view: View) -> bool:
    """A name, and right under it what its bearer does."""
    words = view.language.names
    first = WORD.match(_opened(job))
    works = first is not None and first[0].lower() in words.writing_jobs | words.ranks | words.jobs
    return not job.gap and works and is_name(name.text, words) and len(job.text) <= _SCOPE


def _claims(blocks: list[Block], name: str | None, rule: str, sure: float) -> Iterator[Claim]:
    for block in blocks:
        text = "" if name and same_person(block.text.strip(_OPENING + ":"), name) else block.text
        yield claim_block(Bio(name, text), block, rule, sure)


def _at_the_end(view: View) -> Iterator[Claim]:
    """One biography or several as the last paragraphs, each of its own person."""
    sentences = [block for block in view.free if _could_be_a_life(block, view)]
    end = len(_without_short_lines(sentences, view))
    while end > 1:
        found = _group(sentences[:end], view)
        if found is None:
            return
        blocks, name, sure = found
        above = sum(block.index < blocks[0].index for block in sentences[:end])
        if not above:
            return
        rule = "bio.end" if name else "bio.nameless"
        yield from _claims(blocks, _credited(name, view) or name if name else None, rule, sure)
        end = above


def _without_short_lines(sentences: list[Block], view: View) -> list[Block]:
    """The paragraphs without the short lines that stand below the life of whoever is credited:
    "Have you seen the crane?" over the boxes of a poll is no end of an article.
    """
    end = len(sentences)
    while end and not sentences[end - 1].is_prose and not _is_nameless(sentences[end - 1], view):
        end -= 1
    name = _name_of(sentences[end - 1], view) if 0 < end < len(sentences) else None
    return sentences[:end] if name and _credited(name, view) else sentences


def _group(sentences: list[Block], view: View) -> tuple[list[Block], str | None, float] | None:
    """The last biography of these paragraphs, with all that continues it."""
    if found := _of_the_author(sentences[-1], view):
        return found
    for count in range(1, min(_MOST_BLOCKS, len(sentences)) + 1):
        block = sentences[-count]
        name = _name_of(block, view)
        if name and all(_continues(b, name, view) for b in sentences[len(sentences) - count + 1 :]):
            sure = _confidence(block, name, view)
            label = _label_above(block, name, view)
            return ([*label, *sentences[-count:]], name, sure) if sure else None
    return None


def _label_above(block: Block, name: str, view: View) -> list[Block]:
    """The line that holds only the name, above the biography that begins with it."""
    above = view.blocks[block.index - 1] if block.index else None
    if above is None or above.index in view.taken or not view.prose_before(above):
        return []
    return [above] if same_person(above.text.strip(_OPENING + ":"), name) else []


def _of_the_author(block: Block, view: View) -> tuple[list[Block], str | None, float] | None:
    """The last paragraph as the biography of somebody who is credited and not named in it."""
    if not view.writers():
        return None
    if _is_nameless(block, view):
        return [block], None, _CREDITED
    if name := _name_above(block, view):
        return [view.blocks[block.index - 1], block], name, _CREDITED
    if _is_marked(block, view):
        return [block], _name_of(block, view), _CREDITED
    if _says_what_the_author_does(block, view) or _is_in_brackets(block, view):
        return [block], None, _CREDITED_JOBLESS
    return None


def _could_be_a_life(block: Block, view: View) -> bool:
    if view.language.furniture.kept.at(_opened(block)):
        return False
    if _is_told_whole(block) or block.is_prose or _is_nameless(block, view):
        return True
    if view.writers() and _is_in_brackets(block, view):
        return True
    # A last line about whoever is credited, without its full stop.
    name = _name_of(block, view) if view.writers() and len(block.text) >= _A_LINE else None
    return name is not None and _credited(name, view) is not None and _work(block, view)[1]


_ADDRESS_AT_END = re.compile(r"(?:\S@[\w-]+\.[\w.-]+|(?<!\w)@\w[\w.]*|://\S+|www\.\S+)[)\]*_]*$")


def _is_told_whole(block: Block) -> bool:
    """A sentence, or what ends where its subject can be reached: "… Twitter: @annlee"."""
    if block.ends_a_sentence:
        return True
    return len(block.text) >= _A_LINE and _ADDRESS_AT_END.search(block.text[-_END:]) is not None


_ASTERISK = re.compile(r"\(?\*{1,3}\)?\s?(?=\w)")


def _is_marked(block: Block, view: View) -> bool:
    """Whether the mark behind the name in the byline stands before this paragraph."""
    mark = _ASTERISK.match(block.text)
    if mark is None or not view.writers():
        return False
    stars = mark[0].strip("() ")
    credits_of = (b for b in view.blocks if b.index < block.index and len(b.text) <= _SCOPE)
    return any(re.search(rf"\w\s?\(?{re.escape(stars)}\)?(?!\*)", b.text) for b in credits_of)


def _name_above(block: Block, view: View) -> str | None:
    """The author whose name alone stands on the line above."""
    if not block.index:
        return None
    above = view.blocks[block.index - 1]
    return _credited(above.text.strip(_OPENING + ":"), view) if len(above.text) <= _SCOPE else None


def _says_what_the_author_does(block: Block, view: View) -> bool:
    """A last paragraph that begins with the job of somebody who writes: "Reporter at …"."""
    words = view.language.names
    first = WORD.match(_opened(block))
    writes = first is not None and first[0].lower() in words.writing_jobs
    return bool(view.writers()) and writes and not view.prose_after(block)


def _is_in_brackets(block: Block, view: View) -> bool:
    """A last paragraph set in the wide brackets of East Asian scripts, with a job of writers."""
    whole = block.text.startswith("\uff08") and block.text.endswith("\uff09")
    return whole and not view.prose_after(block) and _work(block, view)[0]


def _is_nameless(block: Block, view: View) -> bool:
    """A biography that names nobody: "The author is …"; it says what the author does."""
    hit = view.language.bio.nameless.at(_opened(block))
    if hit is None:
        return False
    return " " in hit.label or sum(_work(block, view)) > 0


def _at_the_start(view: View) -> Iterator[Claim]:
    """A biography above the headline."""
    free = view.free
    if len(free) >= _MOST_BLOCKS and _is_card(free[0], free[1], view) and free[2].gap:
        yield from _claims(list(free[:2]), free[0].text, "bio.card", _WRITES)
        return
    told = takewhile(_is_told, free[:_MOST_BLOCKS])
    lives = [(block, name) for block in told if (name := _name_of(block, view))]
    count = len(lives)
    headline, below = free[count : count + 2] if len(free) > count + 1 else (None, None)
    if not count or headline is None or below is None or not (headline.gap and below.gap):
        return
    if headline.ends_a_sentence or headline.is_prose:
        return
    # One of several has the job that says what they all are.
    sure = min(max(_confidence(block, name, view) for block, name in lives), _WRITES)
    known = any(_mentioned(name, block, view)[0] for block, name in lives) and not view.writers()
    for block, name in lives if sure and not known else ():
        yield from _claims([block], _credited(name, view) or name, "bio.start", sure)


def _is_told(block: Block) -> bool:
    return _is_told_whole(block) and (block.index == 0 or not block.gap)


def _under_a_head(view: View) -> Iterator[Claim]:
    """A head such as "About the author", then a paragraph or more for each."""
    for block in view.free[:_MOST_BLOCKS]:
        if not view.prose_before(block) and _head(block, view) == (True, ""):
            touching = takewhile(lambda b: not b.gap, view.blocks[block.index + 1 :])
            below = [b for b in touching if b.index not in view.taken][:_MOST_BELOW_HEAD]
            if below and view.prose_after(below[-1]):
                yield claim_block(LeftOut(), block, "bio.label", _HEADED)
                yield from _below_a_head(below, None, view)
                return
    for block in view.free:
        claims = tuple(_headed(block, view)) if view.prose_before(block) else ()
        if claims:
            yield from claims
            return


def _headed(block: Block, view: View) -> Iterator[Claim]:
    """What stands under a block, when it is a head of biographies."""
    below = [b for b in view.free if b.index > block.index]
    head, inline = _head(block, view)
    if not head and _is_boilerplate(block, view):
        for one in (block, *below[: _MOST_BLOCKS - 1]):
            yield claim_block(LeftOut(), one, "bio.firm", _CREDITED_JOBLESS)
    elif not head and below and (named := _about(block, view)):
        yield claim_block(LeftOut(), block, "bio.label", _HEADED)
        yield from _below_a_head(below, named, view)
    elif head and view.prose_after(block) <= _MOST_BELOW_HEAD:
        name = leading_name(inline, view.language.names) if inline else None
        if name and _is_the_subject(name, block, view):
            return
        if inline:
            yield claim_block(Bio(name, inline), block, "bio.head", _sure_of(name, view))
        elif below:
            yield claim_block(LeftOut(), block, "bio.label", _HEADED)
        yield from _below_a_head(below, name, view)


def _head(block: Block, view: View) -> tuple[bool, str]:
    """Whether a block is such a head, and what stands on the same line behind its colon."""
    at = len(block.text) - len(block.text.lstrip(_OPENING + "\u3010\uff08"))
    head = view.language.bio.head.loosely(block.text, at)
    if head is None:
        return False, ""
    inline = block.text[head.end :].strip("\u3011]\uff09 ")
    marked = _COLON.search(block.text[: head.end + 1]) is not None
    return (not inline or marked), inline


def _is_the_subject(name: str, block: Block, view: View) -> bool:
    """Whether the article, which somebody else signed, speaks of whom this is about."""
    if not view.writers() or _credited(name, view):
        return False
    return any(_mentioned(name, block, view))


def _is_boilerplate(block: Block, view: View) -> bool:
    """The paragraph "About" whoever sent a release: one with a contact, at its very end."""
    hit = view.language.bio.about.at(block.text)
    name = block.text[hit.end :].strip(" :") if hit else ""
    released = any(claim.rule == "letter.contact" for claim in view.claims)
    last = 0 < view.prose_after(block) < _MOST_BLOCKS and view.prose_before(block) > 1
    capital = bool(name) and name.split()[-1][0].isupper()
    return capital and not block.ends_a_sentence and released and last


def _about(block: Block, view: View) -> str | None:
    """Whose biography a head such as "About NAME" announces."""
    hit = view.language.bio.about.at(block.text)
    name = block.text[hit.end :].strip(" :") if hit else ""
    if not name or not is_name(name, view.language.names):
        return None
    # Whom the article itself speaks of is a firm, or what it is about.
    return name if _credited(name, view) or not _mentioned(name, block, view)[0] else None


def _sure_of(name: str | None, view: View) -> float:
    """A biography without a name is the named author's; without one of those, a doubt."""
    return _HEADED if name or view.writers() else _NOBODYS


def _below_a_head(blocks: list[Block], name: str | None, view: View) -> Iterator[Claim]:
    for count, block in enumerate(blocks):
        if count and _speaks_to_the_reader(block, view):
            return
        if is_name(block.text, view.language.names):
            name = _credited(block.text, view) or block.text
            yield claim_block(Bio(name, ""), block, "bio.name", _HEADED)
        elif _is_told_whole(block) or block.is_prose:
            found = _name_of(block, view)
            name = (_credited(found, view) or found) if found else name
            yield from _claims([block], name, "bio.head", _sure_of(name, view))
        else:
            return


def _speaks_to_the_reader(block: Block, view: View) -> bool:
    """A paragraph that says "you" and begins with nobody's name: the page goes on here."""
    you = view.language.reader.you.search(block.text) is not None
    return you and leading_name(_opened(block), view.language.names) is None


def _alone(view: View) -> Iterator[Claim]:
    """A file that holds nothing but a biography, perhaps under the name."""
    words = view.language.names
    if not 0 < len(view.free) <= _MOST_BLOCKS + 1 or view.writers():
        return
    label = [b for b in view.free if not b.ends_a_sentence and is_name(b.text, words)]
    blocks = [block for block in view.free if block not in label]
    if not blocks:
        return
    name = _name_of(blocks[0], view)
    if name is None or any(not same_person(b.text, name) for b in label):
        return
    if not all(_continues(block, name, view) for block in blocks[1:]):
        return
    writes, works = _work(blocks[0], view)
    sure = _ALONE if writes else _ALONE_NO_WRITER if works and len(blocks) == 1 else 0
    if sure:
        yield from _claims(blocks, name, "bio.alone", sure)
        yield from (claim_block(LeftOut(), block, "bio.name", sure) for block in label)
