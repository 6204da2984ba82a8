"""What a theme's environment keeps from page to page, and what it lets go."""

from __future__ import annotations

import weakref
from typing import Any

from ssg.theme.templates import environment


class Value:
    """Something of a view."""


def test_what_was_made_once_is_let_go_with_its_build() -> None:
    """A process that goes on building would else hold every version of every story."""
    env = environment({}, {}, {})
    once: Any = env.globals["once"]
    build, value, calls = object(), Value(), []

    def macro(shown: Value) -> str:
        calls.append(shown.__class__)
        return "made"

    env.work_for(build)
    assert [once(macro, value), once(macro, value)] == ["made", "made"]
    env.work_for(build)
    assert once(macro, value) == "made"
    assert len(calls) == 1

    is_there = weakref.ref(value)
    del value
    assert is_there()
    env.work_for(object())
    assert not is_there()
