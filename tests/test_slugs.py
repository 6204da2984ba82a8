"""Slugs: safe in any script and on any file system, never empty, never twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.slugs import MAX_LENGTH, RESERVED, is_slug, slugify, unique

SCRIPTS = "az09 éßøÆ北京ひカ한عربيةفارסיไทยน้ำहिन्दीбїґλάθ🎉👩‍🚒—–…'\"/\\.#?%&_-~\u200d\u0301\ufeff"
anything = st.text(max_size=120) | st.text(alphabet=SCRIPTS, max_size=200)
languages = st.sampled_from(["en", "de", "de-CH", "nb", "nn", "no", "tr", "uk", "sv", "ar", "zh"])


@given(anything, languages)
def test_slugs_are_slugs(text: str, lang: str) -> None:
    """Whatever the script, the slug can stand in an address and is never empty."""
    slug = slugify(text, lang)
    assert is_slug(slug)
    assert slug.isascii()
    assert slug == slug.lower()
    assert 0 < len(slug) <= MAX_LENGTH


@given(anything, languages)
def test_slugs_are_their_own_slugs(text: str, lang: str) -> None:
    """Making a slug of a slug changes nothing."""
    slug = slugify(text, lang)
    assert slugify(slug, lang) == slug


@given(st.lists(st.sampled_from(["tide", "tide-2", "con", "page", "🎉"]) | anything, max_size=12))
def test_unique_slugs_do_not_meet(titles: list[str]) -> None:
    """However many articles have one title, each gets a slug of its own that can stand."""
    taken: set[str] = set()
    for title in titles:
        slug = unique(slugify(title), taken)
        assert slug not in taken
        assert is_slug(slug)
        taken.add(slug)


def test_unique_counts_from_two() -> None:
    """The first free number is taken."""
    assert unique("tide", ()) == "tide"
    assert unique("tide", {"tide", "tide-2", "tide-4"}) == "tide-3"


@pytest.mark.parametrize(
    ("text", "lang", "slug"),
    [
        ("Ferry returns to the Narrows", "en", "ferry-returns-to-the-narrows"),
        ("Über die Brücke", "de", "ueber-die-bruecke"),
        ("Über die Brücke", "de-AT", "ueber-die-bruecke"),
        ("Über die Brücke", "sv", "uber-die-brucke"),
        ("Århus får ø", "da", "aarhus-faar-oe"),
        ("Århus får ø", "nb", "aarhus-faar-oe"),
        ("Århus får ø", "nn-NO", "aarhus-faar-oe"),
        ("ISPARTA İşçi ısı", "tr", "isparta-isci-isi"),
        ("Гроза", "uk", "hroza"),
        ("5 * 4 = 20 & more", "en", "5-4-20-more"),
        ("CON", "en", "con-1"),
        ("page", "en", "page-1"),
    ],
)
def test_known_slugs(text: str, lang: str, slug: str) -> None:
    """Letters are written as the language writes them without its signs."""
    assert slugify(text, lang) == slug


def test_titles_without_letters_do_not_meet() -> None:
    """Two titles of which nothing remains keep apart."""
    assert slugify("🎉") != slugify("🚢")


def test_long_titles_are_cut_between_words() -> None:
    """A long title ends with a whole word."""
    slug = slugify("council " * 30)
    assert len(slug) <= MAX_LENGTH
    assert set(slug.split("-")) == {"council"}


@pytest.mark.parametrize(
    "text",
    ["tide", "Tide-2", "a_b", "v1.2", "café", "北京", "ข่าวเช้านี้", "हिन्दी", "عربية", "2026"],
)
def test_names_that_can_stand(text: str) -> None:
    """File names in any script can be addresses, with the marks that write their vowels."""
    assert is_slug(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        "-",
        "a--b",
        "-a",
        "a-",
        "a b",
        "a/b",
        "a\\b",
        "a?b",
        "a:b",
        "a%20",
        "🎉",
        "a\n",
    ],
)
def test_names_that_cannot_stand(text: str) -> None:
    """Whatever an address or a folder would take for something else is no slug."""
    assert not is_slug(text)


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_reserved_names_cannot_stand(name: str) -> None:
    """Names that mean something to the site or to Windows are refused in any case."""
    assert not is_slug(name)
    assert not is_slug(name.upper())
    assert is_slug(slugify(name))
