"""The library: documents in order at one instant, and what is held out of everything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ssg.config import Config
from ssg.content import Documents, library_of, read_content
from ssg.model import (
    PUBLISHED,
    Article,
    Author,
    Body,
    Credit,
    Held,
    HomePlan,
    Library,
    Neighbours,
    Pick,
    Section,
    SeriesPart,
    Showing,
    Source,
    Sourcing,
    StaticPage,
)
from ssg.slugs import slugify

CONFIG = Config("The Tidal Post", "https://tidal.example/", "Europe/Dublin")
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
BODY = Body("0")

AUTHORS = tuple(
    Author(path=f"content/authors/{id_}.md", id=id_, slug=id_, name=name, body=BODY)
    for id_, name in (("ada", "Ada Quill"), ("bo", "Bo Reed"))
)
SOURCES = (Source(path="content/sources/wire.md", id="wire", name="Coast Wire", body=BODY),)
SECTIONS = tuple(
    Section(path=f"content/sections/{id_}.md", id=id_, title=title, body=BODY, order=order)
    for id_, title, order in (("boats", "Boats", 2), ("town", "Town", 1), ("arts", "Arts", 2))
)
PAGES = (
    StaticPage(path="content/pages/about.md", slug="about", title="About", body=BODY),
    StaticPage(path="content/pages/plan.md", slug="plan", title="Plan", body=BODY, draft=True),
)


def article(name: str, hours: int = 0, **keys: object) -> Article:
    """An article that came out some hours after noon."""
    made = Article(
        path=f"content/articles/2026/07/{name}.md",
        id=name,
        title=name,
        slug=name,
        year=2026,
        month=7,
        date=NOON + timedelta(hours=hours),
        body=BODY,
    )
    return replace(made, **keys)


def documents(*articles: Article) -> Documents:
    """A site's documents, with its people and places."""
    return Documents(articles, AUTHORS, SOURCES, SECTIONS, PAGES)


def library(
    *articles: Article,
    home: HomePlan | None = None,
    now: datetime = NOON,
    showing: Showing = PUBLISHED,
) -> Library:
    """What is published of these articles."""
    return library_of(documents(*articles), {}, home or HomePlan(), now, showing)


hours = st.integers(-3, 3)
names = st.sampled_from(["Ferry", "ferry", "FERRY!", "Tide", "tide ", "北京", "🎉"])


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, ...]:
    """A handful of articles around noon, in the order of their paths."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        hour = draw(hours)
        expires = draw(st.none() | st.integers(1, 4))
        found.append(
            article(
                f"a{number}",
                hour,
                draft=draw(st.booleans()),
                expires=None if expires is None else NOON + timedelta(hours=hour + expires),
                section=draw(st.sampled_from([None, "boats", "town"])),
                credits=tuple(
                    Credit(id_)
                    for id_ in draw(st.lists(st.sampled_from(["ada", "bo"]), max_size=3))
                ),
                sources=tuple(draw(st.lists(st.just(Sourcing("wire")), max_size=2))),
                tags=tuple(draw(st.lists(names, max_size=3, unique=True))),
                series=draw(st.none() | names.map(SeriesPart)),
            )
        )
    return tuple(found)


plans = st.lists(
    st.tuples(
        st.sampled_from([f"a{number}" for number in range(6)]),
        st.none() | hours.map(lambda hour: NOON + timedelta(hours=hour)),
    ).map(lambda pick: Pick(*pick)),
    max_size=3,
).map(tuple)
homes = st.builds(HomePlan, plans, plans)
showings = st.builds(Showing, st.booleans(), st.booleans())
instants = st.integers(-4 * 60, 4 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))


def everywhere(found: Library) -> set[str]:
    """The path of every article that any part of a library names, but for those held."""
    terms = (found.by_author, found.by_source, found.by_section, found.by_tag, found.by_series)
    shown = [
        *found.articles,
        *(item for kind in terms for term in kind.values() for item in term.articles),
        *(item for month in found.months.values() for item in month),
        *(near for pair in found.neighbours.values() for near in (pair.previous, pair.next)),
        *found.follow,
        found.lead,
    ]
    return {item.path for item in shown if item} | set(found.neighbours)


# --- laws -------------------------------------------------------------------------------


@given(articles(), homes, instants, showings)
def test_what_is_held_is_nowhere(
    stories: tuple[Article, ...], home: HomePlan, now: datetime, showing: Showing
) -> None:
    """Drafts, embargoed and expired articles are in no list, term, month or neighbourhood."""
    found = library(*stories, home=home, now=now, showing=showing)
    held = {item.article.path for item in found.held}
    assert not held & everywhere(found)
    assert held | {item.path for item in found.articles} == {item.path for item in stories}
    for item in found.held:
        match item.reason:
            case "draft":
                assert item.article.draft
                assert not showing.drafts
            case "embargo":
                assert item.until == item.article.date
                assert item.article.date > now
                assert not showing.future
            case "expired":
                assert item.until is not None
                assert item.until == item.article.expires
                assert item.until <= now


@given(articles(), homes, instants, showings, st.data())
def test_nothing_changes_before_the_next_instant(
    stories: tuple[Article, ...],
    home: HomePlan,
    now: datetime,
    showing: Showing,
    data: st.DataObject,
) -> None:
    """Between now and the next instant the same documents make the same library."""
    found = library(*stories, home=home, now=now, showing=showing)
    last = found.next_instant or now + timedelta(days=400)
    assert last > now
    seconds = int((last - now).total_seconds())
    for later in (
        now + timedelta(seconds=data.draw(st.integers(0, seconds - 1))),
        last - timedelta(microseconds=1),
    ):
        assert library(*stories, home=home, now=later, showing=showing) == found


@given(articles(), instants)
def test_the_next_instant_is_no_false_alarm(stories: tuple[Article, ...], now: datetime) -> None:
    """At the next instant some article comes or goes, or is no news any more."""
    found = library(*stories, now=now)
    if found.next_instant:
        then = library(*stories, now=found.next_instant)
        assert (then.articles, then.news) != (found.articles, found.news)


@given(articles())
def test_newest_first(stories: tuple[Article, ...]) -> None:
    """Every list has the newest first, and the first path among those of one instant."""
    found = library(*stories)
    expected = sorted(found.articles, key=lambda item: (-item.date.timestamp(), item.path))
    assert list(found.articles) == expected
    terms = (found.by_author, found.by_source, found.by_section, found.by_tag, found.by_series)
    for kind in terms:
        for slug, term in kind.items():
            assert term.slug == slug
            assert list(term.articles) == [item for item in expected if item in term.articles]


@given(articles())
def test_terms_hold_what_names_them(stories: tuple[Article, ...]) -> None:
    """An article stands once under each of its authors, sources, sections, tags and series."""
    found = library(*stories)
    for item in found.articles:
        under = {
            "author": {slug for slug, term in found.by_author.items() if item in term.articles},
            "source": {slug for slug, term in found.by_source.items() if item in term.articles},
            "section": {slug for slug, term in found.by_section.items() if item in term.articles},
            "tag": {slug for slug, term in found.by_tag.items() if item in term.articles},
            "series": {slug for slug, term in found.by_series.items() if item in term.articles},
        }
        assert under == {
            "author": {credit.author for credit in item.credits},
            "source": {sourcing.source for sourcing in item.sources},
            "section": {item.section} - {None},
            "tag": {slugify(tag) for tag in item.tags},
            "series": {slugify(item.series.name)} if item.series else set(),
        }
    for kind in (found.by_author, found.by_source, found.by_section, found.by_tag, found.by_series):
        for term in kind.values():
            paths = [item.path for item in term.articles]
            assert len(paths) == len(set(paths))


@given(articles())
def test_tags_are_spelled_as_in_the_oldest(stories: tuple[Article, ...]) -> None:
    """Tags with one slug are one tag, under the name that its oldest article gives it."""
    for slug, term in library(*stories).by_tag.items():
        oldest = term.articles[-1]
        spellings = [tag for tag in oldest.tags if slugify(tag) == slug]
        assert term.name in spellings


@given(articles())
def test_neighbours_point_at_each_other(stories: tuple[Article, ...]) -> None:
    """The article before the next one is this one, and both are of its section."""
    found = library(*stories)
    for item in found.articles:
        around = found.neighbours[item.path]
        if around.next:
            assert found.neighbours[around.next.path].previous == item
            assert around.next.section == item.section
            assert around.next.date >= item.date
        if around.previous:
            assert found.neighbours[around.previous.path].next == item


@given(st.permutations(["one", "two", "three", "four"]), st.permutations(["ada", "bo", "cy"]))
def test_order_of_files_does_not_matter(stories: list[str], people: list[str]) -> None:
    """A site reads the same whichever of its files the disk gives first."""
    written = {
        f"content/articles/2026/07/{name}.md": (
            f"---\ntitle: {name}\ndate: 2026-07-0{len(name) // 2}\nauthors: [ada]\n"
            f"tags: [{name.title()}, {'Tide' if len(name) > 3 else 'tide'}]\n---\n"
        )
        for name in stories
    } | {f"content/authors/{id_}.md": f"---\nname: {id_}\n---\n" for id_ in people}
    files = {path: text.encode() for path, text in written.items()}
    found = read_content(files, {}, CONFIG)
    again = read_content(dict(sorted(files.items())), {}, CONFIG)
    assert found == again
    one, other = (content.library(NOON, PUBLISHED) for content in (found, again))
    assert one == other
    assert list(one.authors) == list(other.authors)
    assert list(one.by_tag) == list(other.by_tag)


# --- cases ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "showing", "reason"),
    [
        ({}, PUBLISHED, None),
        ({"draft": True}, PUBLISHED, "draft"),
        ({"draft": True}, Showing(drafts=True), None),
        ({"date": NOON + timedelta(seconds=1)}, PUBLISHED, "embargo"),
        ({"date": NOON + timedelta(seconds=1)}, Showing(future=True), None),
        ({"date": NOON + timedelta(seconds=1), "draft": True}, Showing(drafts=True), "embargo"),
        ({"expires": NOON}, PUBLISHED, "expired"),
        ({"expires": NOON}, Showing(drafts=True, future=True), "expired"),
        ({"expires": NOON + timedelta(seconds=1)}, PUBLISHED, None),
    ],
)
def test_holding(keys: dict[str, Any], showing: Showing, reason: str | None) -> None:
    """At its instant an article comes out; at its expiry it goes."""
    held = library(article("a", **keys), showing=showing).held
    assert [item.reason for item in held] == ([reason] if reason else [])


def test_held_articles_say_until_when() -> None:
    """What is held names the moment that changes it, a draft none."""
    embargoed, gone, draft = (
        article("a", 5),
        article("b", -5, expires=NOON),
        article("c", draft=True),
    )
    assert library(embargoed, gone, draft).held == (
        Held(embargoed, "embargo", embargoed.date),
        Held(gone, "expired", NOON),
        Held(draft, "draft"),
    )


def test_people_and_places_without_articles_are_there() -> None:
    """An author, source or section has a page before it has an article."""
    found = library()
    assert set(found.by_author) == {"ada", "bo"}
    assert found.by_author["ada"].name == "Ada Quill"
    assert found.by_source["wire"].articles == ()
    assert list(found.sections) == ["town", "arts", "boats"]
    assert [*found.by_tag, *found.by_series, *found.months] == []
    assert found.lead is None


def test_draft_pages_are_shown_with_drafts() -> None:
    """A page can be a draft as well."""
    assert [page.slug for page in library().pages] == ["about"]
    shown = library(showing=Showing(drafts=True)).pages
    assert [page.slug for page in shown] == ["about", "plan"]


def test_months_are_those_of_addresses() -> None:
    """An article stands in the month of its path, the newest month first."""
    june = article("june", 0, path="content/articles/2026/06/june.md", month=6)
    july = article("july", -1)
    found = library(june, july)
    assert list(found.months) == [(2026, 7), (2026, 6)]
    assert found.months[2026, 6] == (june,)


def test_neighbours_are_of_one_section() -> None:
    """Previous is older, next is newer, and articles without a section are a row of their own."""
    old, new, other = (
        article("a", -2, section="town"),
        article("b", -1, section="town"),
        article("c"),
    )
    assert library(old, new, other).neighbours == {
        old.path: Neighbours(None, new),
        new.path: Neighbours(old, None),
        other.path: Neighbours(),
    }


def test_the_desk_picks_until_a_moment() -> None:
    """The first pick that holds leads; what is held or past its time is passed over."""
    one, two, draft = article("one"), article("two", -1), article("three", draft=True)
    home = HomePlan(
        lead=(Pick("three"), Pick("one", NOON + timedelta(hours=1)), Pick("two")),
        follow=(Pick("two"), Pick("three"), Pick("gone")),
    )
    found = library(one, two, draft, home=home)
    assert (found.lead, found.follow) == (one, (two,))
    assert found.next_instant == NOON + timedelta(hours=1)
    assert library(one, two, draft, home=home, now=NOON + timedelta(hours=1)).lead == two


def test_drafts_have_instants_only_where_they_are_shown() -> None:
    """A draft under embargo comes out by itself in a preview of drafts alone."""
    draft = article("a", 2, draft=True)
    assert library(draft).next_instant is None
    assert library(draft, showing=Showing(drafts=True)).next_instant == draft.date
