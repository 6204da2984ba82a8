"""Views are plain values: what a key is made of and a template sees."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from ssg.digest import digest
from ssg.model import Html, Prose, Site, Target
from ssg.pages import SERIALISERS, TEMPLATES, embed, prose_in
from ssg.pages.feed_views import FeedView
from ssg.pages.host_text import RobotsView
from ssg.pages.parts import free_keys
from ssg.pages.sitemap_text import SitemapView
from ssg.pages.views import ArticleView, NotFoundView

PLAIN = (str, int, bool, type(None))

SITE = Site("The Tidal Post", "https://tidal.example/", "/", "en", "ltr")


def not_plain(hint: Any, where: str) -> Iterator[str]:
    """Where a type, followed through everything it holds, is not plain."""
    if hint in PLAIN or get_origin(hint) is Literal:
        return
    if isinstance(hint, type) and issubclass(hint, Struct):
        if not hint.__struct_config__.frozen:
            yield f"{where}: {hint.__name__} is not frozen"
        hints = get_type_hints(hint)
        for name in hint.__struct_fields__:
            path = f"{where}.{name}"
            free = name == "extra" and hints[name] == Mapping[str, object]
            if not free:
                yield from not_plain(hints[name], path)
        return
    if get_origin(hint) in (Union, types.UnionType) or (
        get_origin(hint) is tuple and get_args(hint)[-1:] == (...,)
    ):
        for part in get_args(hint):
            if part is not ...:
                yield from not_plain(part, where)
        return
    yield f"{where}: {hint}"


@pytest.mark.parametrize(
    "kind", [*TEMPLATES.values(), FeedView, SitemapView, RobotsView, Site], ids=lambda k: k.__name__
)
def test_views_are_plain_all_the_way_down(kind: type) -> None:
    """Text, numbers, truths, None, tuples and frozen records: nothing that equal values hash apart,
    no moment, no mapping but the free keys.
    """
    assert list(not_plain(kind, kind.__name__)) == []


def test_the_law_on_types_can_fail() -> None:
    """It sees a moment, a list and a mapping."""
    for hint in (datetime, list[str], Mapping[str, object], object, Any, float):
        assert list(not_plain(hint, "x"))


def test_every_template_has_a_view_and_every_serialiser_a_name() -> None:
    """The fixed lists: templates a theme must have, outputs that no theme touches."""
    assert all(issubclass(kind, Struct) for kind in TEMPLATES.values())
    assert not TEMPLATES.keys() & SERIALISERS.keys()


def test_views_cannot_be_changed() -> None:
    """A template or extension that writes to a view fails."""
    view = NotFoundView(head=Html(""), url="/", title="x", lang="en", dir="ltr")
    with pytest.raises(AttributeError):
        view.title = "y"  # type: ignore[misc]


FREE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.text(max_size=3)
    | st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]))
    | st.dates()
    | st.times(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=2) | st.integers(0, 3), inner, max_size=3)
        | st.sets(st.integers(0, 5))
    ),
    max_leaves=8,
)


def printed(value: object) -> str:
    """What a template prints of it."""
    return repr(value)


@given(st.dictionaries(st.text(max_size=2), FREE, max_size=4), st.randoms())
def test_free_keys_that_print_apart_have_digests_apart(
    extra: dict[str, object], random: Any
) -> None:
    """Keys in another order are the same value, in what is printed as in the digest."""
    names = list(extra)
    random.shuffle(names)
    shuffled = {name: extra[name] for name in names}
    one, other = free_keys(extra), free_keys(shuffled)
    assert printed(one) == printed(other)
    assert digest(one) == digest(other)
    assert not any(isinstance(v, date | datetime | time | list | set) for v in one.values())


def test_one_instant_written_in_two_ways_is_two_texts() -> None:
    """The digest takes two such moments for one; a template does not."""
    moment = datetime(2026, 3, 1, 10, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=1)))
    assert digest(free_keys({"x": moment})) != digest(free_keys({"x": elsewhere}))


def test_bodies_are_put_in_wherever_they_stand() -> None:
    """Embedding reaches each text of a view and leaves the others alone."""
    from tests.theme.samples import rich

    view = rich(ArticleView)
    found = list(prose_in(view))
    assert len(found) >= 2
    made = embed(view, lambda prose: Html(f"<p>{prose.path}</p>"), SITE)
    assert list(prose_in(made)) == []
    assert str(made.body) == "<p>content/body.md</p>"
    assert made.title == view.title
    plain = NotFoundView(head=Html(""), url="/", title="x", lang="en", dir="ltr")
    assert embed(plain, lambda _: Html(""), SITE) == plain
    assert list(prose_in("no view at all")) == []


def test_an_empty_text_is_false() -> None:
    """`{% if view.bio %}` means the same before and after conversion."""
    assert not Prose("d", "p", empty=True)
    assert Prose("d", "p", (Target("a", "/a"),))
    assert not Html("")
    assert str(Html("<p>")) == Html("<p>").__html__() == "<p>"


def test_free_numbers_of_any_size() -> None:
    """TOML's whole numbers have no end, those of the digest's encoding do."""
    extra = free_keys({"small": -7, "large": 10**30})

    assert extra == {"large": "1" + "0" * 30, "small": -7}
    assert digest(extra)
