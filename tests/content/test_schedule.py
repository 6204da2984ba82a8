"""When the same files make another site."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ssg.content.library import Documents, library_of
from ssg.content.schedule import NEWS, due
from ssg.model import PUBLISHED, Article, Body, HomePlan, Pick, Showing, Source, Sourcing
from tests.build.newsroom import NOW

WIRE = Source(
    path="content/sources/wire.md", id="wire", name="Wire", body=Body(""), expires_after=30
)

hours = st.integers(-100, 100).map(lambda count: NOW + timedelta(hours=count))


@st.composite
def stories(draw: st.DrawFn) -> tuple[Article, ...]:
    """Some articles around an instant: drafts, embargoes, expiries, licences that end."""
    return tuple(
        Article(
            path=f"content/articles/2026/03/{number}.md",
            id=f"tag:x:{number}",
            title=str(number),
            slug=str(number),
            year=2026,
            month=3,
            date=draw(hours),
            body=Body(""),
            expires=draw(st.none() | hours),
            draft=draw(st.booleans()),
            sources=draw(
                st.sampled_from([(), (Sourcing("wire", None, "republished"),)])
                | st.builds(lambda end: (Sourcing("wire", expires=end),), hours)
            ),
        )
        for number in range(draw(st.integers(0, 6)))
    )


@given(stories(), st.lists(hours, max_size=2), st.builds(Showing, st.booleans(), st.booleans()))
def test_nothing_changes_between_two_instants_that_are_named(
    articles: tuple[Article, ...], ends: list[datetime], showing: Showing
) -> None:
    """The library is the same up to the next instant, and each later one is due as well."""
    home = HomePlan(lead=tuple(Pick(f"tag:x:{n}", end) for n, end in enumerate(ends)))
    documents = Documents(articles, (), (WIRE,), (), ())

    def shown(now: datetime) -> tuple[object, ...]:
        library = library_of(documents, {}, home, now, showing)
        return library.articles, library.held, library.lapsed, library.news, library.lead

    instants = sorted({item.at for item in due(articles, {"wire": WIRE}, home, NOW, showing)})
    assert all(instant > NOW for instant in instants)
    assert library_of(documents, {}, home, NOW, showing).next_instant == next(iter(instants), None)
    before = NOW
    for instant in instants:
        assert shown(instant - timedelta(microseconds=1)) == shown(before)
        before = instant
    assert shown(before + timedelta(days=400)) == shown(before)


def test_what_happens_at_each_instant_is_said() -> None:
    """A word for each kind of change, with the file that says so."""
    (story,) = (
        Article(
            path="content/articles/2026/03/a.md",
            id="tag:x:a",
            title="A",
            slug="a",
            year=2026,
            month=3,
            date=NOW + timedelta(hours=1),
            expires=NOW + timedelta(days=9),
            body=Body(""),
            sources=(Sourcing("wire", None, "republished"),),
        ),
    )
    home = HomePlan(follow=(Pick("tag:x:a", NOW + timedelta(days=1)),))
    found = sorted(due([story], {"wire": WIRE}, home, NOW, PUBLISHED))
    assert [(item.change, item.at - NOW, item.path) for item in found] == [
        ("published", timedelta(hours=1), story.path),
        ("steps-down", timedelta(days=1), "content/home.toml"),
        ("old-news", timedelta(hours=1) + NEWS, story.path),
        ("expires", timedelta(days=9), story.path),
        ("licence-ends", timedelta(days=30, hours=1), story.path),
    ]


def test_news_is_news_for_48_hours_whatever_clocks_do() -> None:
    """Over a change of the clocks, too: hours are hours."""
    zone = ZoneInfo("Europe/Dublin")
    date = datetime(2026, 3, 28, 12, tzinfo=zone).astimezone(NOW.tzinfo)
    story = Article(
        path="p", id="i", title="t", slug="s", year=2026, month=3, date=date, body=Body("")
    )
    instants = {item.at for item in due([story], {}, HomePlan(), date, PUBLISHED)}
    assert instants == {date + timedelta(hours=48)}
