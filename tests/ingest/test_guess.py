"""Headlines made of first sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.ingest.guess import MAX_LENGTH, guessed_title
from ssg.ingest.language import language

EN = language("en")


@pytest.mark.parametrize(
    ("paragraph", "title"),
    [
        ("The crane stays. Nobody minds.", "The crane stays"),
        ("Will the crane stay? Nobody knows.", "Will the crane stay?"),
        ("The crane stays", "The crane stays"),
        (
            "The crane on the old pier will stay for another year, the council said on Monday.",
            "The crane on the old pier will stay for another year",
        ),
        (
            "The crane on the old pier of the port of Merrow will stay because of the vote",
            "The crane on the old pier of the port of Merrow will stay",
        ),
        ("MERROW (KQX) — The crane stays. So it does.", "The crane stays"),
        ("MERROW, Veld — The crane stays. So it does.", "The crane stays"),
        ("(KQX) - The crane stays. So it does.", "The crane stays"),
        ("“The crane stays,” she said. So it does.", "“The crane stays,” she said"),
        (
            "The council of the port voted “to keep the crane for as long as it stands up” today",
            "The council of the port voted",
        ),
        ("“The crane stays here for as long as I am the mayor of this small port”, she said",
         "The crane stays here for as long as I am the mayor of this small"),
        ('"The crane stays and stays and stays and stays and stays and it really stays there',
         "The crane stays and stays and stays and stays and stays and it really"),
        ("We are together and ready,” she said. So it is.", "We are together and ready, she said"),
        ("Dr. No came at 6:10 a.m. to Merrow. He left.", "Dr. No came at 6:10 a.m. to Merrow"),
        ("青石镇码头边上周多了一座茶亭。八根柱子。", "青石镇码头边上周多了一座茶亭"),
        ("„Der Kran bleibt“, sagte sie. So ist es.", "„Der Kran bleibt“, sagte sie"),
        ("Prof. Quill spoke. Then she left.", "Prof. Quill spoke"),
        ("x" * 200, "x" * MAX_LENGTH),
        ("…", "…"),
    ],
)  # fmt: skip
def test_titles_are_short_and_whole(paragraph: str, title: str) -> None:
    """Whole words, a whole clause where there is one, no quotation left open, no dateline."""
    assert guessed_title(paragraph, EN)[0] == title


@given(st.text(st.sampled_from("abc de. ,;“”\"()«»—-?!'")).filter(str.strip))
def test_any_guess_holds_to_its_limits(paragraph: str) -> None:
    """Never longer than a line, never empty, never with a quotation left open."""
    paragraph = " ".join(paragraph.split())
    title, start, end = guessed_title(paragraph, EN)
    assert title
    assert len(title) <= MAX_LENGTH
    assert 0 <= start <= end <= len(paragraph)
    if any(c.isalnum() for c in title):
        assert title.count("“") == title.count("”")
        assert title.count('"') % 2 == 0
        assert title[-1] not in ",;:"
