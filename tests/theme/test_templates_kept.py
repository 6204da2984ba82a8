"""What a theme's environment keeps from page to page, and what it lets go."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from ssg.theme.templates import environment
from ssg.theme.themes import Template

if TYPE_CHECKING:
    import pytest


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


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another environment has other assets and words, and the same code."""
    compiled: list[str | None] = []
    honest = Environment.compile

    def compile_(self: Environment, source: str, name: str | None = None, *more: Any) -> Any:
        compiled.append(name)
        return honest(self, source, name, *more)

    monkeypatch.setattr(Environment, "compile", compile_)

    def page(text: str, address: str, word: str) -> str:
        templates = {
            "page.html": Template("page.html", "{% include 'part.html' %}{{ 'a.css' | asset }}"),
            "part.html": Template("part.html", text),
        }
        env = environment(templates, {"a.css": address}, {"by": word})
        return env.get_template("page.html").render()

    assert page("{{ say.by }} ", "/a.1.css", "By") == "By /a.1.css"
    assert page("{{ say.by }} ", "/a.2.css", "Von") == "Von /a.2.css"
    assert compiled == ["page.html", "part.html"]
    assert page("{{ say.by }}: ", "/a.2.css", "Von") == "Von: /a.2.css"
    assert compiled == ["page.html", "part.html", "part.html"]
