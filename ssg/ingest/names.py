"""Personal names: what one looks like, several in a row, and when two are the same.

A byline is read piece by piece (between commas, "and", slashes); each piece is a person, an
agency, or something that may stand beside a name: a job, a desk, a town, a paper, an
address. A line with a piece that is none of these was not understood and is no byline.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ssg.ingest.language import NameWords, agencies

_TOKEN = re.compile(r"\S+")
_NAME_WORD = re.compile(
    r"(?:[^\W\d_]\.)+-?(?:[^\W\d_]\.)*|[^\W\d_][^\W\d_'\u2019\u02bc\-\u00b7\u200c\u200d\u0900-\u0dff]*(?:['\u2019\u02bc\-\u00b7][^\W\d_]+)*\.?|[^\W\d_][\w\u0900-\u0dff]*"
)
_CONTACT = re.compile(r"\(?(?:[\w.+\-]+@[\w.\-]+|@\w+|https?://\S+)\)?")
_MARKS = " \t\u00a0*()[]\u2013\u2014-:\u2022\u00b7.,"
_ARTICLE = re.compile(r"\Athe\s+(?=\w)", re.IGNORECASE)
_NUMERAL = re.compile(r"I{2,3}|IV|VI{0,3}|I?X")
_SHORT, _LONG = 2, 5
_LONGEST = 60
_FEW_WORDS = 4
# A capital or a short word of them: CNN, BBC, AAP.
_ABBREVIATION = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A name as credited, and where in the line it stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class People:
    """Whom a byline names; both empty for a desk, which is nobody."""

    persons: tuple[Named, ...] = ()
    agencies: tuple[Named, ...] = ()


def identity(name: str) -> str:
    """Equal for two spellings of one name: case, accents, spacing, dots of initials aside."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c) or c > "\u0900")
    words = re.sub(
        r"[.'\u2019\u02bc\"\u201c\u201d\u00ab\u00bb,]", lambda m: " " if m[0] == "." else "", bare
    )
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", " ".join(words.replace("-", " ").split()))


def source_identity(name: str) -> str:
    """As `identity`, for sources: without "The", and one for an agency and the tag it signs by."""
    bare = _ARTICLE.sub("", name)
    return identity(agencies().get(_plain(bare), bare))


def is_name(text: str, words: NameWords) -> bool:
    """Whether `text` has the form of a personal name of two to five words."""
    tokens = text.split()
    if not _SHORT <= len(tokens) <= _LONG or len(text) > _LONGEST:
        return False
    if not all(_NAME_WORD.fullmatch(token) for token in tokens):
        return False
    if any(_bare(token) in words.never | words.desks for token in tokens):
        return False
    capital = [not token[0].islower() for token in tokens]
    small = all(
        up or _bare(token) in words.particles for up, token in zip(capital, tokens, strict=True)
    )
    return small and capital[-1] and sum(capital) >= min(_SHORT, len(tokens))


def is_agency(text: str) -> bool:
    """Whether `text` is the name or the tag of a news agency."""
    return _plain(_ARTICLE.sub("", text)) in agencies()


def same_person(name: str, other: str) -> bool:
    """Whether two names are one person's, middle names and initials aside."""
    one, two = identity(name).split(), identity(other).split()
    return one == two or (len(one) > 1 and len(two) > 1 and (one[0], one[-1]) == (two[0], two[-1]))


def leading_name(text: str, words: NameWords) -> str | None:
    """The longest name that `text` begins with."""
    tokens = [match for _, match in zip(range(_LONG), _TOKEN.finditer(text), strict=False)]
    for count in range(len(tokens), _SHORT - 1, -1):
        name = text[: tokens[count - 1].end()].rstrip(",")
        if is_name(name, words) and not _ends_like_a_sentence(name):
            return name
    return None


def _ends_like_a_sentence(name: str) -> bool:
    return name.endswith(".") and len(name.rsplit(None, 1)[-1]) > len("Jr.")


def in_title_case(name: str) -> str:
    """A name in capitals as it would be signed: GRETA O'NEIL is Greta O'Neil."""
    letters = [c for c in name if c.isalpha()]
    if (
        not letters
        or not all(c.isupper() for c in letters)
        or not any(c.islower() for c in name.lower())
    ):
        return name
    return " ".join(map(_word_in_title_case, name.split()))


def _word_in_title_case(word: str) -> str:
    if "." in word[:-1] or _NUMERAL.fullmatch(word) or len(word) == 1:
        return word
    parts = re.split(r"([-'\u2019])", word)
    titled = "".join(part.capitalize() for part in parts)
    return re.sub(r"\bMc(\w)", lambda match: "Mc" + match[1].upper(), titled)


def read_people(text: str, words: NameWords) -> People | None:
    """Whom the words after "By" name, or None when they are no names."""
    persons: list[Named] = []
    wires: list[Named] = []
    for count, piece in enumerate(_pieces(text, words)):
        agency = _agency(piece, words)
        person = None if agency else _person(piece, words)
        if agency:
            wires.append(agency)
        elif person:
            persons.append(person)
        elif not _stands_beside(piece.name, words, first=count == 0):
            return None
    return People(tuple(persons), tuple(wires))


def _pieces(text: str, words: NameWords) -> Iterator[Named]:
    at = 0
    for match in [*words.joiner.finditer(text), None]:
        until = match.start() if match else len(text)
        if piece := _trimmed(text, at, until):
            yield piece
        at = match.end() if match else until


def _trimmed(text: str, start: int, end: int) -> Named | None:
    """Without the marks around it, and without an address at its end."""
    piece = _CONTACT.sub("", text[start:end])
    bare = piece.strip(_MARKS)
    if not bare:
        return None
    if piece.rstrip().endswith(".") and _NAME_WORD.fullmatch(bare.split()[-1] + "."):
        bare = bare + "." if _initial(bare.split()[-1]) else bare
    at = text.find(bare, start)
    return Named(bare, max(at, start), max(at, start) + len(bare))


def _initial(word: str) -> bool:
    return len(word) == 1 or word.casefold() in {"jr", "sr"} or "." in word


def _agency(piece: Named, words: NameWords) -> Named | None:
    """An agency, also where it stands for a desk: "Reuters Staff", "Associated Press Writer"."""
    name = _ARTICLE.sub("", piece.name)
    tokens = name.split()
    while tokens:
        if _plain(" ".join(tokens)) in agencies():
            start = piece.start + len(piece.name) - len(name)
            found = name[: len(" ".join(tokens))]
            return Named(found, start, start + len(found))
        if not _is_post(tokens[-1], words):
            return None
        tokens.pop()
    return None


def _person(piece: Named, words: NameWords) -> Named | None:
    """A name, without a town or a job behind it."""
    name = words.place.split(piece.name, maxsplit=1)[0]
    tokens = name.split()
    posts = [i for i, token in enumerate(tokens) if _is_post(token, words)]
    if posts and any(_is_job(token, words) for token in tokens):
        tokens = tokens[: posts[0]]
    name = " ".join(tokens)
    outlet = any(_bare(token) in words.outlets for token in tokens)
    if outlet or not is_name(name, words) or not piece.name.startswith(name):
        return None
    return Named(in_title_case(name), piece.start, piece.start + len(name))


def _is_post(token: str, words: NameWords) -> bool:
    return _is_job(token, words) or _bare(token) in words.ranks | words.desks


def _is_job(token: str, words: NameWords) -> bool:
    return _bare(token) in words.jobs | words.writing_jobs


def _stands_beside(text: str, words: NameWords, *, first: bool) -> bool:
    """A desk or a job; after a name also a degree, a town, a paper."""
    tokens = text.split()
    plain = {_bare(token) for token in tokens}
    if is_post_line(text, words):
        return True
    if first or len(tokens) > _FEW_WORDS:
        return False
    capital = all(token[0].isupper() or _bare(token) in words.particles for token in tokens)
    known = plain & (words.degrees | words.outlets)
    short = len(tokens) == 1 or (text.isupper() and len(text) <= _ABBREVIATION)
    return bool(known) or (capital and short)


def is_post_line(text: str, words: NameWords) -> bool:
    """Whether a line names a job, a desk or an outlet: "Staff Writer", "Web Desk"."""
    tokens = text.split()
    plain = {_bare(token) for token in tokens}
    return len(tokens) <= _LONGEST // 10 and bool(
        plain & (words.jobs | words.writing_jobs | words.desks)
    )


def has_job(text: str, jobs: frozenset[str]) -> bool:
    """Whether a sentence names one of the jobs, in the singular or the plural."""
    found = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.casefold()))
    return any(word in jobs or word.removesuffix("s") in jobs for word in found)


def _bare(token: str) -> str:
    return token.strip("().,:;'\u2019\"").casefold()


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
