"""Quotation marks, apostrophes and dashes: read by where they stand, set by the language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.ingest import Options, ingest
from ssg.ingest.language import has_rules, language
from ssg.ingest.typography import typeset

LANGUAGES = sorted(
    path.stem
    for path in Path("ssg/ingest/languages").glob("*.toml")
    if path.stem not in {"common", "detect"}
)
MARKS = re.compile(r"[\"“”„‟«»'‘’‚‛‹›「」『』`]")
DASH = re.compile(r"[ \u00a0]*(?:-{1,3}|[–—])[ \u00a0]*")


def marks(text: str, lang: str) -> str:
    return typeset(text, language(lang).typography)


SAID = """ "Land," he said - "it's 'ours'." """.strip()


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "“Land,” he said — “it’s ‘ours’.”"),
        ("de", "„Land,“ he said – „it’s ‚ours‘.“"),
        ("de-CH", "«Land,» he said – «it’s ‹ours›.»"),
        ("fr", "«\u00a0Land,\u00a0» he said – «\u00a0it’s “ours”.\u00a0»"),
        ("fr-CH", "«Land,» he said – «it’s ‹ours›.»"),
        ("es", "«Land,» he said - «it’s “ours”.»"),
        ("pt-BR", "“Land,” he said – “it’s ‘ours’.”"),
        ("pt-PT", "«Land,» he said – «it’s “ours”.»"),
        ("ru", "«Land,» he said — «it’s „ours“.»"),
        ("pl", "„Land,” he said – „it’s «ours».”"),
        ("sv", "”Land,” he said – ”it’s ’ours’.”"),
        ("ja", "「Land,」 he said - 「it’s 『ours』.」"),
    ],
)
def test_each_language_has_its_custom(lang: str, expected: str) -> None:
    assert marks(SAID, lang) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_one(lang: str) -> None:
    assert has_rules(lang)
    assert language(lang).typography is not None


def test_a_language_without_rules_is_left_alone() -> None:
    assert marks(SAID, "fi") == SAID


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        # Shapes of other countries.
        ("«\u00a0Non\u00a0», dit-il. «Oui»", "“Non”, dit-il. “Oui”"),
        ("« Non », dit-il : « Oui »", "“Non”, dit-il : “Oui”"),
        ("»Nein«, sagte er, »das ist ›gut‹«.", "“Nein”, sagte er, “das ist ‘gut’”."),
        ("„Ja“ und „nein”", "“Ja” und “nein”"),
        ("''Yes'' she said", "“Yes” she said"),
        # Inside each other, and close to other marks.
        ('a "b "c" d" e', "a “b ‘c’ d” e"),
        ("'He said \"no\" twice'", "‘He said “no” twice’"),
        ('("Yes")—"no"', "(“Yes”)—“no”"),
        ("l'«affaire» d'hier", "l’“affaire” d’hier"),
        ('他说"你好"，走了。', "他说“你好”，走了。"),
        ('قال "نعم" و"لا"', "قال “نعم” و“لا”"),
        # Apostrophes.
        ("'Tis the workers' day", "’Tis the workers’ day"),
        ("the '90s, rock 'n' roll", "the ’90s, rock ’n’ roll"),
        ("O'Brien's 'dog' in the 1990's", "O’Brien’s ‘dog’ in the 1990’s"),
        ('the "workers\' rights" day', "the “workers’ rights” day"),
        # Feet and inches.
        ('He is 6\'2" tall, "she" said', "He is 6'2\" tall, “she” said"),
        ('boards of 5" x 3"', 'boards of 5" x 3"'),
        # A quotation that goes on in the next paragraph.
        ('"We came.', "“We came."),
        # Not sure.
        ('He said "no', 'He said "no'),
        ('He said "no and "yes" - it\'s', 'He said "no and "yes" — it’s'),
        ('no" he said', 'no" he said'),
        ('a "Ferry"s', 'a "Ferry"s'),
        ('""', '""'),
        ("«\u00a0»", "«\u00a0»"),
        ('"' * 20 + "a", '"' * 20 + "a"),
        # Dashes.
        ("a -- b, c--d, e – f", "a — b, c — d, e — f"),
        ("won 3 - 2", "won 3 - 2"),
        ("a well-known town-hall", "a well-known town-hall"),
        ("- an item", "- an item"),
        # What is no prose.
        ('see https://x.example/it\'s--a-"b" "now"', "see https://x.example/it's--a-“b” “now”"),
        ("`a -- 'b'` and 'c'", "`a -- 'b'` and ‘c’"),
        ("write to o'neil@tidal.example", "write to o'neil@tidal.example"),
    ],
)
def test_english(came: str, expected: str) -> None:
    assert marks(came, "en") == expected


@pytest.mark.parametrize(
    ("lang", "came", "expected"),
    [
        ("it", "un po' di 'Ndrangheta", "un po’ di ’Ndrangheta"),
        ("nl", "'s ochtends in 't dorp", "’s ochtends in ’t dorp"),
        ("de", "Hans' Hund: 'ne Frage", "Hans’ Hund: ’ne Frage"),
        ("de", '"Er nannte es "das von Hans\'"."', "„Er nannte es ‚das von Hans’‘.“"),
        ("de", "„Er nannte es ‚das von Hans’‘.“", "„Er nannte es ‚das von Hans’‘.“"),
        ("de", 'Die "Zeit"-Leserin', "Die „Zeit“-Leserin"),
    ],
)
def test_elisions(lang: str, came: str, expected: str) -> None:
    assert marks(came, lang) == expected


SIGNS = list("\"“”„«»'‘’‚‹›  \u00a0.,()…—")
WORDS = ["a", "Crest", "7", "你", "و", "po", "tis", "''", "--", " - ", " – "]
LITERALS = ["`x'`", "https://x.example/'a"]
PIECES = st.lists(st.sampled_from([*SIGNS, *WORDS, *LITERALS]), max_size=14).map("".join)


SOME_LANGUAGES = st.sampled_from([*LANGUAGES, "de-CH", "fr-CH", "pt-PT"])


@given(PIECES, SOME_LANGUAGES)
def test_no_word_is_touched(text: str, lang: str) -> None:
    """Whatever marks stand in whatever order."""

    def words(one: str) -> str:
        return re.sub(r"\s", "", MARKS.sub("", DASH.sub("-", one)))

    assert words(marks(text, lang)) == words(text)


WORD = st.sampled_from(["Crest", "it's", "2", "l'eau", "town-hall", "你好"])


def _said(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = ['""', "“”", "„“", "«»", "»«", "‘’", "‹›"]
    quoted = st.tuples(st.sampled_from(pairs), inside).map(lambda of: of[0][0] + of[1] + of[0][1])
    many = st.lists(inside | quoted, min_size=1, max_size=4)
    return st.tuples(many, st.sampled_from([" ", " - ", ", ", ": "])).map(
        lambda of: of[1].join(of[0])
    )


@given(st.recursive(WORD, _said, max_leaves=6), SOME_LANGUAGES)
def test_what_is_set_stays(text: str, lang: str) -> None:
    """Sentences with quotations inside each other, in anybody's marks."""
    done = marks(text, lang)
    assert marks(done, lang) == done


RAW = """\
Mayor: "It's ours"

By Greta Vance

The council voted nine to four on Tuesday to keep the meadows below the old bridge as they are.

"We came," she said - "and we're staying." All of it is at https://tidal.example/a--b's to be read.

About the author

Greta Vance is a reporter for "The Tide".
"""


def test_where_marks_are_set() -> None:
    """Headline, body and biography; off, the text stays as it came."""
    plain = ingest(RAW.encode(), "a.txt", Options())
    done = ingest(RAW.encode(), "a.txt", Options(typography=True))
    assert plain.title == 'Mayor: "It\'s ours"'
    assert done.title == "Mayor: “It’s ours”"
    assert "“We came,” she said — “and we’re staying.”" in done.body
    assert "https://tidal.example/a--b's" in done.body
    assert done.authors[0].bio == "Greta Vance is a reporter for “The Tide”."
    assert done.receipts == plain.receipts


def test_a_paragraph_of_marks_alone_is_read_at_once() -> None:
    """A megabyte of hostile marks: the work grows with the text, no faster."""
    text = "\"a' " * 100_000
    assert marks(text, "en").count("a") == 100_000
