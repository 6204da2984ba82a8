"""Repairs keep the way back to the raw text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.ingest.mend import _differences, mend


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\x0bb\u2028c\x85d", "a\nb\nc\nd"),
        ("a\x00b\x07c\x7f", "abc"),
        ("sea\u200b\u00adport\ufeff", "seaport"),
        ("a\u200db", "ab"),
        ("क\u200dष \u200d👩\u200d🚀", "क\u200dष 👩\u200d🚀"),
        ("AT&amp;T &#8220;yes&#8221; &amp;#163;5", "AT&T “yes” £5"),
        ("&amp;amp;quot;", '"'),
        ("AT&T &bogus; &;", "AT&T &bogus; &;"),
        ("&nbsp;", "\u00a0"),
        ("&#x7;&#8203;", ""),
        ("â€œItâ€™s Â£5,â€\x9d Ã‡elik said", "“It’s £5,” Çelik said"),
        ("Ã  la carte", "à la carte"),
    ],
)
def test_damage_is_repaired(raw: str, text: str) -> None:
    """Line ends, controls, zero-width characters, entities and wrong decodings."""
    assert mend(raw).text == text


@pytest.mark.parametrize(
    "text",
    [
        "École déjà vue — “so”, l’été à São Paulo «là»",
        "ÂNGELA e SÃO JOÃO",
        "It's 5 o'clock",
        "“curly” ‘quotes’ stay",
        "ﬁne ligatures and ｗｉｄｅ letters",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    """No repair of a text that needs none."""
    assert mend(text).text == text


@pytest.mark.parametrize(
    ("raw", "part", "source"),
    [
        ("x\r\ny &amp; z", "& z", "&amp; z"),
        ("x\r\ny &amp; z", "y", "y"),
        ("He said â€œItâ€™sâ€\x9d so", "“It’s”", "â€œItâ€™sâ€\x9d"),
        ("He said â€œItâ€™sâ€\x9d so &lt;3", "so <3", "so &lt;3"),
        ("a\u200bb", "ab", "a\u200bb"),
        ("\ufeffab", "ab", "ab"),
    ],
)
def test_a_span_leads_back_to_the_raw_text(raw: str, part: str, source: str) -> None:
    """The raw words of any stretch of the repaired text."""
    page = mend(raw)
    at = page.text.index(part)
    start, end = page.span(at, at + len(part))
    assert page.original[start:end] == source


def test_words_that_a_repair_joins_lead_back_as_one() -> None:
    """Where the number of words changed, the whole line is quoted."""
    assert list(_differences("a b c", "a bc")) == [(0, 5, "a bc")]
    assert list(_differences("a b c", "a x c")) == [(2, 3, "x")]


def test_an_empty_text_has_an_empty_span() -> None:
    """Nothing left is nowhere."""
    assert mend("\x00").span(0, 0) == (0, 0)
    assert mend("").span(0, 0) == (0, 0)


_RAW = st.lists(
    st.sampled_from(
        ["a", "b ", "\r\n", "\n", "&amp;", "&#8220;", "\u200b", "â€œ", "Ã©", "é", "\x00"]
    )
).map("".join)


@given(_RAW)
def test_spans_never_cross(raw: str) -> None:
    """Stretches that follow each other in the repaired text do so in the raw text."""
    page = mend(raw)
    spans = [page.span(i, i + 1) for i in range(len(page.text))]
    assert all(0 <= start < end <= len(raw) for start, end in spans)
    for before, after in pairwise(spans):
        assert before == after or before[1] <= after[0]


@given(_RAW)
def test_mending_is_settled_after_one_go(raw: str) -> None:
    """A repaired text needs no second repair of line ends and controls."""
    text = mend(raw).text
    assert "\r" not in text
    assert "\x00" not in text
