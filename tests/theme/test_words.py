"""What themes say by themselves: one catalogue a language, laid over each other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from ssg.theme import known_themes, load_theme
from ssg.theme.folders import bundled_themes
from ssg.theme.themes import Theme, merged
from tests.build.newsroom import CONFIG, Files, Newsroom

MakeSite = Callable[[Files], Newsroom]

CATALOGUES = sorted(bundled_themes().glob("*/words/*.toml"))
_SLOT = re.compile(r"%\((\w+)\)s")


def entries(words: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in words.items():
        if isinstance(value, Mapping):
            yield from entries(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_translation_fills_the_slots_of_the_english(path: Any) -> None:
    """No catalogue has a word that English lacks, or loses a slot of a sentence."""
    english = dict(entries(tomllib.loads((path.parent / "en.toml").read_text())))
    for key, value in entries(tomllib.loads(path.read_text())):
        assert type(value) is type(english[key])
        assert set(_SLOT.findall(str(value))) == set(_SLOT.findall(str(english[key]))), key


def test_what_a_language_leaves_out_comes_from_its_neighbours() -> None:
    """`de-AT`, then `de`, then English; tables are laid over each other word by word."""
    theme = Theme(
        ("a",),
        {},
        {},
        {
            "en": {"one": "one", "two": "two", "table": {"x": "x", "y": "y"}},
            "de": {"one": "eins", "table": {"x": "ix"}},
            "de-AT": {"one": "ans"},
        },
    )

    assert theme.say("de-AT") == {"one": "ans", "two": "two", "table": {"x": "ix", "y": "y"}}
    assert theme.say("fi") == theme.say("en")
    assert merged({"a": {"b": 1}}, {"a": 2}) == {"a": 2}


def test_a_theme_adds_and_replaces_words(site: MakeSite) -> None:
    """What it says more or otherwise, and no more."""
    room = site(
        {
            "config.toml": CONFIG + 'theme = "loud"\n',
            "themes/loud/theme.toml": "",
            "themes/loud/words/en.toml": '[titles]\nnot_found = "LOST"\n',
        }
    )
    room.build()
    page = room.text("404.html")

    assert "<title>LOST" in page
    assert "There is no page at this address" in page


def test_what_pages_share_may_be_made_once(site: MakeSite) -> None:
    """A file of macros knows the site and the words, and sets what it likes of them."""
    room = site(
        {
            "config.toml": CONFIG + 'theme = "loud"\n',
            "themes/loud/theme.toml": "",
            "themes/loud/templates/parts/sign.html": (
                '{% set sign %}<b>{{ site.title }}, {{ say["home"] }}</b>{% endset %}\n'
            ),
            "themes/loud/templates/404.html": (
                '{% extends "base/404.html" %}{% from "parts/sign.html" import sign %}'
                "{% block help %}{{ sign }}{% endblock %}"
            ),
        }
    )
    room.build()

    assert "<b>The Tidal Post, Home page</b>" in room.text("404.html")


def test_a_site_in_another_language_speaks_it(site: MakeSite) -> None:
    """Furniture and titles; a change of a word makes the pages again."""
    room = site({"config.toml": CONFIG + 'lang = "es"\n'})
    room.build()

    assert "<title>Página no encontrada" in room.text("404.html")
    assert 'lang="es"' in room.text("404.html")
    room.write({"themes/base/theme.toml": "", "themes/base/words/es.toml": 'home = "Inicio"\n'})
    assert room.build().rendered > 0
    assert "Inicio" in room.text("404.html")


def test_a_catalogue_that_cannot_be_read(site: MakeSite) -> None:
    """It is a fault with its line."""
    room = site(
        {
            "config.toml": CONFIG + 'theme = "loud"\n',
            "themes/loud/theme.toml": "",
            "themes/loud/words/en.toml": "home = \n",
        }
    )
    (fault,) = room.faults()

    assert (fault.code, fault.place and fault.place.path) == (
        "E506",
        "themes/loud/words/en.toml",
    )


def test_every_bundled_theme_has_its_words(tmp_path: Any) -> None:
    """What templates ask for in English is there: StrictUndefined does not look into tables."""
    for name in known_themes(tmp_path):
        theme, _ = load_theme(tmp_path, name, ())
        say = dict(entries(theme.say("en")))
        for template in theme.templates.values():
            for key in re.findall(r'\bsay\["(\w+)"\]', template.text):
                assert any(word == key or word.startswith(f"{key}.") for word in say), key
