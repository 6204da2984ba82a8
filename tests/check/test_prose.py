"""Checks of prose: healthy text is left alone, in every language, and offsets are true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.check.material import Written
from ssg.check.prose import paragraphs, prose_in
from ssg.check.table import ALONE
from ssg.config import Config
from ssg.faults import Fault
from ssg.model import Article, Body
from tests.check.healthy import TEXTS

CONFIG = Config(title="A Paper", base_url="https://example.org/", timezone="Europe/Dublin")

MARKDOWN = st.text(alphabet=st.sampled_from(list('ab “”"`~*_[]()<>#&;:/.-\n{}!|é漢')), max_size=200)


def written(text: str, lang: str = "en", day: str = "2026-03-03") -> tuple[Article, Written]:
    """An article of a day with this body."""
    date = datetime.fromisoformat(day).replace(hour=12, tzinfo=ZoneInfo("Europe/Dublin"))
    article = Article(
        path="content/articles/2026/03/a.md",
        id="a",
        title="A",
        slug="a",
        year=date.year,
        month=date.month,
        date=date,
        body=Body("a"),
        lang=lang,
    )
    return article, Written(article, text, 0)


def found_in(text: str, lang: str = "en", day: str = "2026-03-03") -> Iterator[Fault]:
    """All that checks of prose say of a text."""
    _, text_of_it = written(text, lang, day)
    for check in ALONE:
        if check.codes[0] not in {"W905", "N902"}:  # of the article, not of its prose
            yield from check.run(text_of_it, CONFIG)


@pytest.mark.parametrize(("lang", "day", "text"), TEXTS, ids=[f"{t[0]}-{t[1]}" for t in TEXTS])
def test_healthy_prose_is_left_alone(lang: str, day: str, text: str) -> None:
    """What only looks like a slip is none: false alarms teach people to look away."""
    assert [*found_in(text, lang, day)] == []


@pytest.mark.parametrize(
    ("lang", "text", "code"),
    [
        ("en", "It left at the\nthe pier.", "W910"),
        ("en-GB", "And and so on.", "W910"),
        ("de", "Er kam mit mit dem Boot.", "W910"),
        ("fr", "Il vient de de la ville.", "W910"),
        ("es", "Vino con con ella.", "W910"),
        ("ru", "Он пришёл в в город.", "W910"),
        ("en", "The mayor, TKTK, spoke.", "W909"),
        ("en", "Lorem ipsum dolor.", "W909"),
        ("en", "The mayor [CHECK] spoke.", "W909"),
        ("de", "Der Bürgermeister TKTK sprach.", "W909"),
        ("en", "She said: “We go.", "W913"),
        ("en", 'She said: "We go.', "W913"),
        ("de", "Sie sagte: „Wir gehen.", "W913"),
        ("fr", "Elle dit : « On y va.", "W913"),
        ("ja", "彼女は「行くと言った。", "W913"),
        ("en", "It was on Monday, 3 March 2026.", "W912"),
        ("en", "It was on Wednesday, March 3rd, 2026.", "W912"),
        ("en", "It is on Tuesday, 31 February.", "W912"),
        ("de", "Es war am Montag, den 3. März 2026.", "W912"),
        ("fr", "C’était lundi 3 mars 2026.", "W912"),
        ("es", "Fue el lunes 3 de marzo de 2026.", "W912"),
        ("ar", "كان يوم الاثنين 3 مارس 2026", "W912"),
        ("zh", "2026年3月3日（星期一），关门。", "W912"),
        ("ja", "2026年3月3日（月曜日）、休み。", "W912"),
        ("en", "PORTOSAL, 3 March 2025 – It rained.", "W911"),
        ("en", "*PORTOSAL, March 31* — It rained.", "W911"),
        ("en", "## Why\n\n#### Steam", "W906"),
        ("en", "### Why", "W906"),
        ("en", "# Why\n\n### Steam", "W906"),
    ],
)
def test_slips_are_found_in_every_language(lang: str, text: str, code: str) -> None:
    """Each is told once, and as nothing else."""
    assert [fault.code for fault in found_in(text, lang)] == [code]


def test_a_slip_is_told_where_it_stands() -> None:
    """The place is the word itself, also below a front matter and after code."""
    text = "It is `code`.\n\nAnd the the pier."
    (fault,) = found_in(text)

    assert fault.place is not None
    assert (fault.place.line, fault.place.column, fault.place.length) == (3, 5, 7)


@given(MARKDOWN)
def test_prose_has_the_offsets_of_its_text(body: str) -> None:
    """What is not read is replaced sign by sign: lengths and line ends are the same."""
    prose = prose_in(body)

    assert len(prose) == len(body)
    assert [at for at, sign in enumerate(prose) if sign == "\n"] == [
        at for at, sign in enumerate(body) if sign == "\n"
    ]
    for start, paragraph in paragraphs(prose):
        assert prose.startswith(paragraph, start)


@given(MARKDOWN, st.sampled_from(["en", "de", "zh", "sv"]))
def test_no_text_breaks_a_check(body: str, lang: str) -> None:
    """Whatever somebody types is looked at; every place lies within the text."""
    for fault in found_in(body, lang):
        assert fault.place is not None
        assert 1 <= (fault.place.line or 0) <= body.count("\n") + 1
