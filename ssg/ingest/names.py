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
from functools import lru_cache
from itertools import takewhile

from ssg.ingest.forms import WORD
from ssg.ingest.language import agencies
from ssg.ingest.vocabulary import NameWords

_TOKEN = re.compile(r"\S+")
_NAME_WORD = re.compile(
    r"(?:[^\W\d_]\.)+-?(?:[^\W\d_]\.)*|[^\W\d_][^\W\d_'\u2019\u02bc\-\u00b7\u200c\u200d\u0900-\u0dff]*(?:['\u2019\u02bc\-\u00b7][^\W\d_]+)*\.?|[^\W\d_][\w\u0900-\u0dff]*"
)
_CONTACT = re.compile(r"\(?(?:[\w.+\-]+@[\w.\-]+|@\w+|https?://\S+)\)?")
_MARKS = " \t\u00a0\u3000*()[]\u2013\u2014-:\u2022\u00b7.,\uff08\uff09\u3010\u3011\u060c\uff1a"
_ARTICLE = re.compile(r"\Athe\s+(?=\w)", re.IGNORECASE)
# Where somebody wrote from, behind the name: "Ann Lee (Oslo)".
_ASIDE = re.compile(r"\s\([^()\d]{2,30}\)?$")
_NUMERAL = re.compile(r"I{2,3}|IV|VI{0,3}|I?X")
_SHORT, _LONG = 2, 5
_MOST_OF_A_NAME = 7
_LONGEST = 60
_FEW_WORDS = 4
_FEW_SIGNS = 14
_MOST_OF_A_POST = 9
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


@lru_cache(maxsize=1024)
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


# Names in scripts without spaces: of two to four signs, of five where the last is one that
# closes Japanese first names, or with the dot of foreign names.
_HAN = "\u3400-\u9fff\u3005"
_KANA = "\u3041-\u30ff"
_HAN_NAME = re.compile(
    rf"[{_HAN}]{{2,4}}|[{_HAN}]{{4}}[\u5b50\u7f8e\u90ce\u6c5f\u6075\u4ee3\u4e43\u96c4\u592b]"
    rf"|[{_HAN}]{{1,4}}[ \u3000][{_HAN}{_KANA}]{{1,4}}|[\uac00-\ud7af]{{2,4}}"
    rf"|[{_HAN}{_KANA}]{{1,8}}(?:[\u00b7\u2022\u30fb][{_HAN}{_KANA}]{{1,8}}){{1,3}}"
)
# A surname in Chinese characters with a first name in Japanese syllables.
_KANA_NAME = re.compile(
    rf"[{_HAN}]{{1,3}}[ \u3000]?(?:[\u3041-\u309f]{{2,4}}|[\u30a1-\u30ff]{{2,6}})"
)
_HAN_SPACED = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff]")


def is_name(text: str, words: NameWords) -> bool:
    """Whether `text` has the form of a personal name of two to five words."""
    if words.script == "unspaced" and text[:1] > "\u3000":
        kana = words.inner_space and _KANA_NAME.fullmatch(text)
        if not (kana or _HAN_NAME.fullmatch(text)) or (" " in text and not words.inner_space):
            return False
        return not any(word in text for word in words.desks | words.never if len(word) > 1)
    tokens = text.split()
    if not _SHORT <= len(tokens) <= _LONG or len(text) > _LONGEST:
        return False
    if not all(_NAME_WORD.fullmatch(token) for token in tokens):
        return False
    inner = tokens[1:-1]
    if any(
        _bare(token) in words.never | words.desks
        # "Yann Le Bihan": a particle in capitals is part of the name.
        and not (token in inner and _bare(token) in words.particles)
        for token in tokens
    ):
        return False
    if words.script == "caseless" and _CASELESS.match(text):
        return len(tokens) < _LONG
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
    if one == two:
        return True
    few = 1 < len(one) <= _MOST_OF_A_NAME and 1 < len(two) <= _MOST_OF_A_NAME
    return few and (one[0], one[-1]) == (two[0], two[-1])


_HAN_LEADING = re.compile(
    rf"([{_HAN}]{{2,4}}?|[{_HAN}]{{1,8}}(?:[\u00b7\u30fb][{_HAN}]{{1,8}}){{1,3}})"
    r"(?=[\uff0c,\u3001\uff1a:\uff08(]|\u662f|\u7cfb|\u73b0|\u73fe|\u66fe|\u6bd5\u4e1a|\u4efb|\u4f9b\u804c|\u957f\u671f)"
)


def leading_name(text: str, words: NameWords) -> str | None:
    """The longest name that `text` begins with; where no capitals mark it, the one before a
    word that can follow a name.
    """
    if words.script == "unspaced":
        found = _HAN_LEADING.match(text)
        return found[1] if found and is_name(found[1], words) else None
    tokens = [match for _, match in zip(range(_LONG), _TOKEN.finditer(text), strict=False)]
    if words.script == "caseless" and _CASELESS.match(text):
        return _name_before(text, tokens, words)
    fitting = takewhile(lambda token: _NAME_WORD.fullmatch(token[0].rstrip(",")), tokens)
    for count in range(sum(1 for _ in fitting), _SHORT - 1, -1):
        name = text[: tokens[count - 1].end()].rstrip(",")
        if is_name(name, words) and not _ends_like_a_sentence(name):
            return name
    return None


def _name_before(text: str, tokens: list[re.Match[str]], words: NameWords) -> str | None:
    """Of a script without capitals: the words before the first that names a job."""
    follows = words.jobs | words.writing_jobs | words.ranks
    for count in range(_SHORT, len(tokens)):
        name = text[: tokens[count - 1].end()].rstrip(",\u060c")
        comma = text[tokens[count - 1].end() - 1] in ",\u060c"
        if (comma or _bare(tokens[count][0]) in follows) and is_name(name, words):
            return name
    return None


def _ends_like_a_sentence(name: str) -> bool:
    return name.endswith(".") and len(name.rsplit(None, 1)[-1]) > len("Jr.")


def in_title_case(name: str) -> str:
    """A name in capitals as it would be signed: GRETA O'NEIL is Greta O'Neil."""
    letters = [c for c in name if c.isalpha()]
    if not letters or not any(c.islower() for c in name.lower()):
        return name
    if not all(c.isupper() for c in letters):
        return " ".join(map(_shouted_in_title_case, name.split()))
    return " ".join(map(_word_in_title_case, name.split()))


def _shouted_in_title_case(word: str) -> str:
    """A surname in capitals beside a first name that is not: Claire AUBERT."""
    shouted = word.isupper() and len(word) > len("III") and "." not in word
    return _word_in_title_case(word) if shouted else word


def _word_in_title_case(word: str) -> str:
    if "." in word[:-1] or _NUMERAL.fullmatch(word) or len(word) == 1:
        return word
    parts = re.split(r"([-'\u2019])", word)
    titled = "".join(part.capitalize() for part in parts)
    return re.sub(r"\bMc(\w)", lambda match: "Mc" + match[1].upper(), titled)


def read_people(text: str, words: NameWords) -> People | None:
    """Whom the words after "By" name, or None when they are no names."""
    dashed = "\u2014" in text or "\u2013" in text
    if dashed and (from_there := _FROM_THERE.search(text)) and not is_agency(from_there["place"]):
        # "Ann Lee, The Courier \u2014 Port Elsin": behind a dash is where it was written.
        found = _read_joined(text[: from_there.start()], words)
        if found and found.persons:
            return found
    return _read_joined(text, words)


def _read_joined(text: str, words: NameWords) -> People | None:
    people = _read(_pieces(text, words.joiner), words, text)
    # "Ortega y Gasset" is one: where "and" leaves half a name, it belongs to the name.
    return people or _read(_pieces(text, _COMMAS), words, text)


_FROM_THERE = re.compile(r"\s[\u2013\u2014]\s(?P<place>[^\W\d_a-z][^,;|\d\u2013\u2014:.]{1,40})$")
_COMMAS = re.compile(r"\s*[,;&|/\u3001\uff0c]\s*|\s+[\u2013\u2014-]\s+")


def _read(pieces: Iterator[Named], words: NameWords, text: str) -> People | None:
    persons: list[Named] = []
    wires: list[Named] = []
    for count, piece in enumerate(pieces):
        if count and _is_town(piece.name, words):
            continue
        if persons and text[: piece.start].rstrip().endswith(",") and _is_title(piece.name, words):
            continue
        agency = _agency(piece, words)
        person = None if agency else _person(piece, words)
        if agency:
            wires.append(agency)
        elif person:
            persons.append(person)
        elif several := _several(piece, words):
            persons.extend(several)
        elif not count and is_outlet(piece.name, words):
            wires.append(piece)
        elif not _may_stand(piece.name, words, first=count == 0):
            return None
    return People(tuple(persons), tuple(wires))


def _is_title(text: str, words: NameWords) -> bool:
    """Whether a piece behind a comma is a post of its own: "Social Affairs Correspondent"."""
    tokens = text.split()
    return words.script == "cased" and len(tokens) > _SHORT and _is_job(tokens[-1], words)


def is_outlet(text: str, words: NameWords) -> bool:
    """Whether a paper signs instead of a person: "The Harbour Gazette"."""
    tokens = text.split()
    if words.script != "cased" or not _SHORT <= len(tokens) <= _LONG or is_post_line(text, words):
        return False
    small = words.particles | words.places | {"the", "of", ""}
    capital = all(token[0].isupper() or _bare(token).strip("&") in small for token in tokens)
    return capital and tokens[0][0].isupper() and any(_bare(t) in words.outlets for t in tokens)


def _is_town(text: str, words: NameWords) -> bool:
    """Whether a piece behind a name says where: "in Oslo", "de Porto Alegre"."""
    first, _, rest = text.partition(" ")
    return first.lower() in words.places and first.islower() and rest[:1].isupper()


def _several(piece: Named, words: NameWords) -> list[Named]:
    """Names in Chinese characters with spaces between them."""
    if words.script != "unspaced" or words.inner_space or not _HAN_SPACED.search(piece.name):
        return []
    found = [
        Named(part[0], piece.start + part.start(), piece.start + part.end())
        for part in _TOKEN.finditer(piece.name)
    ]
    return found if all(is_name(one.name, words) for one in found) else []


def _pieces(text: str, joiner: re.Pattern[str]) -> Iterator[Named]:
    at = 0
    for match in [*joiner.finditer(text), None]:
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
    if len(tokens) > _LONG + 1:
        return None
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
    """A name, without the honorific before it, or the town or the job behind it."""
    name = words.place.split(_ASIDE.sub("", piece.name), maxsplit=1)[0]
    tokens = name.split()
    if words.script == "unspaced" and (
        _HAN_NAME.fullmatch(name) or (words.inner_space and _KANA_NAME.fullmatch(name))
    ):
        return piece if is_name(name, words) else None
    skipped = 0
    while len(tokens) > _SHORT and _is_before(tokens[0], words):
        skipped += len(tokens.pop(0)) + 1
    posts = [i for i, token in enumerate(tokens) if _is_post(token, words)]
    if posts and any(_is_job(token, words) for token in tokens):
        tokens = tokens[: posts[0]]
    name = " ".join(tokens)
    name = name[:-1] if _ends_like_a_sentence(name) else name
    outlet = any(_bare(token) in words.outlets for token in tokens)
    if outlet or not is_name(name, words):
        return None
    at = piece.name.find(name, skipped)
    if at < 0:
        return None
    return Named(in_title_case(name), piece.start + at, piece.start + at + len(name))


def _is_before(token: str, words: NameWords) -> bool:
    """Whether a word may stand before a name: "Dr.", "our correspondent"."""
    return _bare(token) in words.honorifics or _is_post(token, words)


def _is_post(token: str, words: NameWords) -> bool:
    return _is_job(token, words) or _bare(token) in words.ranks | words.desks


def _is_job(token: str, words: NameWords) -> bool:
    return _bare(token) in words.jobs | words.writing_jobs


def _may_stand(text: str, words: NameWords, *, first: bool) -> bool:
    """A desk or a job; after a name also a degree, a town, a paper."""
    if is_post_line(text, words):
        return True
    return not first and stands_beside(text, words)


def stands_beside(text: str, words: NameWords) -> bool:
    """Whether a text may follow a name in a line of credits: a job, a degree, a town, a paper."""
    tokens = text.split()
    if is_post_line(text, words):
        return True
    if not tokens or len(tokens) > _LONG:
        return False
    if words.script == "unspaced" and text[0] > "\u3000":
        return any(text.endswith(outlet) for outlet in words.outlets)
    if words.script == "caseless" and len(tokens) == 1 and _CASELESS.match(text):
        # Without capitals, one word behind a mark is a town or a paper.
        return True
    capital = all(
        token[0].isupper() or _bare(token) in words.particles | words.outlets for token in tokens
    )
    known = {_bare(token) for token in tokens} & (words.degrees | words.outlets)
    short = len(tokens) == 1 or (text.isupper() and len(text) <= _ABBREVIATION)
    few = len(tokens) <= _FEW_WORDS
    stands = (bool(known) and (few or capital)) or (capital and short)
    return stands or _DOMAIN.fullmatch(text) is not None


_DOMAIN = re.compile(r"(?:[\w-]+\.)+[A-Za-z]{2,6}")


def is_post_line(text: str, words: NameWords) -> bool:
    """Whether a line names a job, a desk or an outlet: "Staff Writer", "Web Desk"."""
    if words.script == "unspaced" and text[:1] > "\u3000":
        posts = words.jobs | words.writing_jobs | words.desks
        return len(text) <= _FEW_SIGNS and any(post in text for post in posts)
    tokens = text.split()
    plain = {_bare(token) for token in tokens}
    return len(tokens) <= _MOST_OF_A_POST and bool(
        plain & (words.jobs | words.writing_jobs | words.desks)
    )


def has_job(text: str, jobs: frozenset[str]) -> bool:
    """Whether a sentence names one of the jobs, in the singular or the plural."""
    small = text.lower()
    if re.search(rf"[{_HAN}]", small):
        return any(job in small for job in jobs)
    found = set(WORD.findall(small))
    return any(word in jobs or word.removesuffix("s") in jobs for word in found)


def _bare(token: str) -> str:
    return token.strip("().,:;'\u2019\"").casefold()


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
