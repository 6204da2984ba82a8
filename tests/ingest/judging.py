"""What a careful editor wrote down beside what was printed: which fields are right.

The rules are those of README.md in this folder. Comparing looks through what typography may
change (quotation marks, dashes that look alike, blanks) and, in names and titles, through case.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.ingest.rendered import Rendered, rendered

FIELDS: Final = (
    "title",
    "title_is_guess",
    "date",
    "author_names",
    "author_bios",
    "source_names",
    "source_urls",
    "lang",
    "body_first",
    "body_last",
    "paragraphs",
    "must_contain",
    "must_not_contain",
    "markup",
)
BODY_FIELDS: Final = FIELDS[8:]

_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("\u2010\u2011\u2212", "-"),
        "…": "...",
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", ""),
    }
)
_ARTICLE: Final = re.compile(r"^(?:the|el|la|le|il|der|die|das|o) ")
_WEB: Final = re.compile(r"^https?://(?:www\.)?")

Expected = Mapping[str, Any]
Misses = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A raw text and what a careful editor would write down of it."""

    id: str
    raw: Path
    expected: Expected


def cases_in(folder: Path) -> Iterator[Case]:
    """The cases of a folder, by name."""
    for file in sorted(folder.glob("*.json")):
        expected = json.loads(file.read_text("utf-8"))
        yield Case(expected["id"], folder / expected["file"], expected)


def misses(expected: Expected, printed: Mapping[str, Any] | None) -> Misses:
    """The fields that are wrong, each with what was found and what was wanted."""
    if printed is None:
        return dict.fromkeys(FIELDS, "nothing was printed")
    wrong = dict(_fields(expected, printed))
    body = printed.get("body")
    if not isinstance(body, str) or not body.strip():
        return wrong | dict.fromkeys(BODY_FIELDS, "no body")
    return wrong | dict(_body(expected, rendered(body)))


def plain(text: str | None) -> str:
    """A text without what typography may change."""
    mended = unicodedata.normalize("NFC", text or "").translate(_ALIKE)
    return " ".join(mended.split())


def fold(text: str | None) -> str:
    """A name or a headline without case."""
    return plain(text).casefold()


# --- fields of the article -------------------------------------------------------------------


def _fields(expected: Expected, printed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _title(expected, printed)
    date = str(printed.get("date") or "")[:10] or None
    if date not in (expected["date"], *expected.get("date_any", ())):
        yield "date", _apart(date, expected["date"])
    yield from _authors(expected, printed.get("authors") or [])
    yield from _sources(expected, printed.get("sources") or [])
    lang = re.split("[-_]", str(printed.get("lang") or "").lower())[0]
    if lang != expected["lang"]:
        yield "lang", _apart(lang, expected["lang"])


def _title(expected: Expected, printed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    others = expected.get("title_any", [])
    allowed = [title for title in (expected["title"], *others) if title is not None]
    may_lack = expected["title"] is None or None in others
    title, guess = printed.get("title"), bool(printed.get("title_is_guess"))
    right = bool(title) and fold(title) in map(fold, allowed)
    if not right and not (may_lack and (not title or guess)):
        yield "title", _apart(title, allowed or None)
    if None not in others and guess != expected["title_is_guess"]:
        yield "title_is_guess", _apart(guess, expected["title_is_guess"])


Named = Mapping[str, Any]


def _authors(expected: Expected, found: Sequence[Named]) -> Iterator[tuple[str, str]]:
    ways = (expected["authors"], *expected.get("authors_any", ()))

    def named(wanted: Named, author: Named) -> bool:
        names = (wanted["name"], *wanted.get("name_any", ()))
        return fold(author.get("name")) in map(fold, names)

    def told(wanted: Named, author: Named) -> bool:
        bios = (wanted.get("bio"), *wanted.get("bio_any", ()))
        return named(wanted, author) and _solid(author.get("bio")) in map(_solid, bios)

    if not any(_paired(way, found, named) for way in ways):
        yield "author_names", _apart(_names(found), _names(expected["authors"]))
    if not any(_paired(way, found, told) for way in ways):
        bios = ([one.get("bio") for one in side] for side in (found, expected["authors"]))
        yield "author_bios", _apart(*bios)


def _sources(expected: Expected, found: Sequence[Named]) -> Iterator[tuple[str, str]]:
    ways = (expected["sources"], *expected.get("sources_any", ()))

    def named(wanted: Named, source: Named) -> bool:
        names = (wanted["name"], *wanted.get("name_any", ()))
        return _credit(source.get("name")) in map(_credit, names)

    def led(wanted: Named, source: Named) -> bool:
        urls = (wanted.get("url"), *wanted.get("url_any", ()))
        return named(wanted, source) and _address(source.get("url")) in map(_address, urls)

    if not any(_paired(way, found, named) for way in ways):
        yield "source_names", _apart(_names(found), _names(expected["sources"]))
    if not any(_paired(way, found, led) for way in ways):
        urls = ([one.get("url") for one in side] for side in (found, expected["sources"]))
        yield "source_urls", _apart(*urls)


def _paired(
    wanted: Sequence[Named], found: Sequence[Named], same: Callable[[Named, Named], bool]
) -> bool:
    """Whether each of one list is the same as another one of the other, and none is left."""
    if len(wanted) != len(found):
        return False
    return not wanted or any(
        same(wanted[0], one) and _paired(wanted[1:], [*found[:at], *found[at + 1 :]], same)
        for at, one in enumerate(found)
    )


def _names(people: Sequence[Named]) -> list[str]:
    return [str(one.get("name")) for one in people]


def _solid(text: str | None) -> str:
    return "".join(fold(text).split())


def _credit(name: str | None) -> str:
    return _ARTICLE.sub("", fold(name)).strip(" .:")


def _address(url: str | None) -> str:
    return _WEB.sub("", (url or "").strip().rstrip("/").casefold())


# --- the body --------------------------------------------------------------------------------


def _body(expected: Expected, page: Rendered) -> Iterator[tuple[str, str]]:
    blocks = [(kind, plain(text)) for kind, text in page.blocks if kind != "hr"]
    texts = [text for _, text in blocks] or [""]
    first = (expected["first_paragraph_starts_with"], *expected.get("first_any", ()))
    if not texts[0].startswith(tuple(map(plain, first))):
        yield "body_first", _apart(texts[0][:70], first)
    last = (expected["last_paragraph_ends_with"], *expected.get("last_any", ()))
    if not texts[-1].endswith(tuple(map(plain, last))):
        yield "body_last", _apart(texts[-1][-70:], last)
    if len(blocks) not in (expected["paragraphs"], *expected.get("paragraphs_any", ())):
        yield "paragraphs", _apart(len(blocks), expected["paragraphs"])
    yield from _words(expected, " ".join(texts))
    yield from _markup(expected, page, len(blocks))


def _words(expected: Expected, text: str) -> Iterator[tuple[str, str]]:
    solid = _solid(text) if expected["lang"] in {"zh", "ja"} else None

    def has(words: str) -> bool:
        return plain(words) in text or (solid is not None and _solid(words) in solid)

    if lost := [words for words in expected["must_contain_in_body"] if not has(words)]:
        yield "must_contain", f"{len(lost)} lost: {lost[:4]}"
    if kept := [words for words in expected["must_not_contain_in_body"] if has(words)]:
        yield "must_not_contain", f"{len(kept)} left in: {kept[:4]}"


def _markup(expected: Expected, page: Rendered, count: int) -> Iterator[tuple[str, str]]:
    kinds = {kind for kind, _ in page.blocks} - {"paragraph"}
    if stray := (kinds | page.markup) - {"br"} - set(expected.get("allow_markup", ())):
        yield "markup", f"nobody wrote {sorted(stray)}"
    rows = set(expected.get("require_markup_any", ()))
    if rows and not rows & (kinds | page.markup) and count != expected.get("rows_as_paragraphs"):
        yield "markup", f"rows run together: none of {sorted(rows)}"


def _apart(found: object, wanted: object) -> str:
    shown = (json.dumps(one, ensure_ascii=False) for one in (found, wanted))
    return "got {}, want {}".format(*(one if len(one) < 170 else one[:169] + "…" for one in shown))
