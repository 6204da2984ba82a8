"""The quote check: words may not change, how they are set may."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as replace_fields

from ssg.check.quotes import changed
from ssg.faults import Fault
from ssg.model import Ingested
from tests.check.test_prose import written

RAW: Final = """\
The ferry is late

"We used to say that the Bar moves a boat's length in a year," said the harbour
master. "In the past two it has moved about sixty metres -- and always at night, I think, be-
cause nobody has ever seen it."

"It's still there", she wrote. &quot;Fish &amp; chips for all of us.&quot;
"""

#: Ways to set the same words, and their marks.
MARKS: Final = (("“", "”"), ("„", "“"), ("«", "»"), ("» ".strip(), "«"), ("「", "」"), ('"', '"'))


def found(body: str, raw: str = RAW) -> list[Fault]:
    article, text = written(body)
    made = replace_fields(article, ingested=Ingested("raw.txt", "a"))
    return [*changed([(made, replace(text, document=made))], {"raw.txt": raw})]


@pytest.mark.parametrize(
    "words",
    [
        "We used to say that the Bar moves a boat’s length in a year,",
        "we used to say that the Bar moves a boat’s length in a year",
        "moved about sixty metres — and always at night, I think, because nobody has ever seen it.",
        "In the past two it has moved about\nsixty metres – and always at night",
        "In the past two it has moved … and always at night, I think",
        "[…] it has moved about sixty metres",
        "It’s *still* there!",
        "Fish & chips for all of us.",
        "sound",
        "a word",
    ],
)
def test_what_is_only_set_otherwise_is_not_changed(words: str) -> None:
    """In the marks of any language."""
    for opening, closing in MARKS:
        assert found(f"She said {opening}{words}{closing} and left.") == []


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("We used to say that the Bar moves a ship’s length in a year", "a boat's length"),
        ("We used to say the Bar moves a boat’s length in a year", "say that the Bar"),
        ("In the past two it has moved about sixteen metres", "about sixty metres"),
        ("It is still there", "It's still there"),
        ("In a year … we used to say that the Bar moves a boat’s length", "We used to say"),
    ],
)
def test_changed_words_are_told_with_both_versions(words: str, first: str) -> None:
    """Another word, one left out without a mark, an order turned round."""
    for opening, closing in MARKS:
        codes = [fault.code for fault in found(f"She said {opening}{words}{closing} and left.")]
        assert codes in (["W914"], ["N906"]), (opening, words)
    (fault,) = found(f"She said “{words}” and left.")
    if fault.code == "W914":
        assert words in fault.message
        assert first in (fault.hint or "")


def test_a_quotation_from_elsewhere_is_a_note() -> None:
    """What is like nothing in the raw text was not changed, but brought along."""
    (fault,) = found("“The moon is to blame for all of this,” said a third.")
    assert fault.code == "N906"


def test_only_articles_of_raw_texts_are_held_against_them() -> None:
    """An article of the house has nothing to be held against."""
    article, text = written("“The moon is to blame for all of this,” said a third.")
    assert [*changed([(article, text)], {"raw.txt": RAW})] == []


@dataclass(frozen=True)
class Setting:
    """A way to set a quotation."""

    marks: tuple[str, str]
    apostrophe: str
    dash: str
    blank: str
    end: str


SETTINGS = st.builds(
    Setting,
    st.sampled_from(MARKS),
    st.sampled_from(["'", "’", "&#39;", "&rsquo;"]),
    st.sampled_from([" -- ", " – ", "—", " - ", "--"]),
    st.sampled_from([" ", "\n", "\u00a0", "  "]),
    st.sampled_from(["", ".", ",", "!", " …"]),
)
WORDS = st.lists(
    st.sampled_from(("it's", "she'd", "late", "boat", "left", "at", "ten")), min_size=6
)


@given(WORDS, st.sampled_from([0, 3]), SETTINGS, SETTINGS)
def test_no_setting_makes_a_change(
    words: list[str], cut: int, before: Setting, after: Setting
) -> None:
    """Whatever way the raw text is set, and whatever way the article is."""

    def typeset(how: Setting) -> str:
        spoken = [word.replace("'", how.apostrophe) for word in words]
        text = how.blank.join(spoken[:cut]) + (how.dash if cut else "")
        opening, closing = how.marks
        return f"Then: {opening}{text}{how.blank.join(spoken[cut:])}{how.end}{closing} was said."

    assert found(typeset(after), typeset(before)) == []


@given(WORDS, st.data())
def test_every_other_word_is_found(words: list[str], data: st.DataObject) -> None:
    """A word that the raw text does not have is never passed over."""
    at = data.draw(st.integers(0, len(words) - 1))
    other = [*words[:at], "herring", *words[at + 1 :]]

    (fault,) = found(f"Then: “{' '.join(other)}” was said.", f'Then: "{" ".join(words)}" was said.')

    assert fault.code in {"W914", "N906"}
