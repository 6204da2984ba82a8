"""The nouns: the few that do more than hold values."""

from __future__ import annotations

import pytest
from markupsafe import escape

from ssg.model import RELATIONS, ROLES, Credit, Html, Prose


def test_html_prints_as_it_stands() -> None:
    """What our code made is not escaped a second time, and what is empty is false."""
    assert escape(Html("<b>")) == "<b>"
    assert str(Html("<b>")) == "<b>"
    assert Html("<b>")
    assert not Html("")


def test_prose_is_false_when_empty() -> None:
    """A theme may ask whether there is a text before it exists."""
    assert Prose("0", "a.md")
    assert not Prose("0", "a.md", empty=True)


def test_nouns_are_frozen() -> None:
    """No room can change what another one made."""
    with pytest.raises(AttributeError):
        Credit("ada").role = "editing"  # type: ignore[misc]


def test_defaults_come_first() -> None:
    """What an editor leaves out is what is meant most often."""
    assert ROLES[0] == Credit("ada").role == "reporting"
    assert "based-on" in RELATIONS
