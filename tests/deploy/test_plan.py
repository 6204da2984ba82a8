"""The plan is the difference of two tables, and guards stop what is nearly always a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.build.manifest import UNSURE, Entry
from ssg.deploy.guards import Allowed, guards
from ssg.deploy.kinds import in_order, kind_of
from ssg.deploy.plan import Plan, make_plan
from ssg.deploy.release import Leaving, Release, read_record, release_id, write_record
from ssg.deploy.standing import Standing

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAMES = st.sampled_from(
    ["index.html", "a", "a/b", "a/b/index.html", "feed.xml", "assets/site.0a1b.css", "media/a.jpg"]
)
ENTRIES = st.builds(Entry, st.sampled_from(["", "aa", "bb"]), st.integers(0, 9))
SURE = st.builds(Entry, st.sampled_from(["aa", "bb"]), st.integers(0, 9))


@given(st.dictionaries(NAMES, ENTRIES), st.dictionaries(NAMES, SURE), st.sets(NAMES))
def test_every_file_is_in_one_place_of_the_plan(
    ours: Mapping[str, Entry], wanted: Mapping[str, Entry], foreign: set[str]
) -> None:
    """What is wanted is sent or there; what is there stays, leaves or is deleted; none is lost."""
    others = foreign - ours.keys()
    plan = make_plan(ours, wanted, now=NOW, foreign=others, grace=timedelta(hours=1))
    parts = [plan.new, plan.changed, plan.unchanged]
    assert sum(map(len, parts)) == len({**plan.sent, **plan.unchanged}) == len(wanted)
    assert plan.deleted.keys() | plan.leaving.keys() == ours.keys() - wanted.keys()
    assert not plan.deleted.keys() & plan.leaving.keys()
    assert all(ours[path] == wanted[path] for path in plan.unchanged)
    assert set(plan.foreign) == others
    assert set(plan.taken) >= others & wanted.keys()
    assert set(plan.first) <= plan.deleted.keys()


@given(st.sets(NAMES))
def test_groups_hold_every_path_once_in_the_order_of_kinds(paths: set[str]) -> None:
    """Assets before pages, pages before lists, lists before feeds."""
    groups = in_order(paths)
    flat = [path for group in groups for path in group]
    assert sorted(flat) == sorted(paths)
    ranks = [("asset", "page", "list", "feed").index(kind_of(path)) for path in flat]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("assets/site.0a1b2c3d.css", "asset"),
        ("media/2026/pier.jpg", "asset"),
        ("favicon.ico", "asset"),
        ("CNAME", "asset"),
        ("2026/03/tide/index.html", "page"),
        ("about/index.html", "page"),
        ("404.html", "page"),
        ("index.html", "list"),
        ("2026/index.html", "list"),
        ("2026/03/index.html", "list"),
        ("2026/03/page/2/index.html", "list"),
        ("page/2/index.html", "list"),
        ("tags/floods/index.html", "list"),
        ("authors/greta-vance/page/3/index.html", "list"),
        ("corrections/index.html", "list"),
        ("feed.xml", "feed"),
        ("tags/floods/atom.xml", "feed"),
        ("feed.json", "feed"),
        ("sitemap.xml", "feed"),
        ("news-sitemap.xml", "feed"),
        ("robots.txt", "feed"),
    ],
)
def test_kinds_follow_the_scheme_of_addresses(path: str, kind: str) -> None:
    assert kind_of(path) == kind


@given(st.dictionaries(NAMES, ENTRIES), st.dictionaries(st.text(), st.text()))
def test_a_record_gives_its_release_back(
    files: Mapping[str, Entry], stories: Mapping[str, str]
) -> None:
    """And any other bytes of it give none."""
    leaving = {"assets/old.css": Leaving("cc", 3, NOW.isoformat())}
    release = Release(
        id=release_id(NOW, files),
        base_url="https://tidal.example/",
        files=files,
        leaving=leaving,
        stories=stories,
    )
    data = write_record(release)
    assert read_record(data) == release
    assert release.at == "2026-03-01T12:00:00Z"
    assert read_record(data[:-9]) is None
    assert read_record(data.replace(b"tidal.example", b"tidal.invalid")) is None
    assert read_record(b"\xff") is None


def plan_of(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Plan:
    return make_plan(before, after, now=NOW)


def codes(
    before: Mapping[str, Entry],
    after: Release,
    allowed: Allowed | None = None,
    live: Release | None = None,
) -> list[str]:
    """What a deploy is stopped for."""
    plan = plan_of(before, after.files)
    found = guards(plan, after, Standing(live, before), allowed or Allowed())
    return [fault.code for fault in found]


def stories(count: int) -> dict[str, Entry]:
    return {f"2026/03/story-{n}/index.html": Entry("aa", 1) for n in range(count)}


SITE = Release(id="x", base_url="https://tidal.example/", files=stories(10))


@pytest.mark.parametrize(("gone", "stops"), [(0, False), (2, False), (3, True), (9, True)])
def test_more_than_a_fifth_is_not_deleted_unless_allowed(gone: int, *, stops: bool) -> None:
    after = replace_files(SITE, dict(list(stories(10).items())[gone:]))
    assert codes(stories(10), after) == ["E860"] * stops
    assert codes(stories(10), after, Allowed(deletions=gone)) == []
    if stops:
        assert codes(stories(10), after, Allowed(deletions=gone - 1)) == ["E860"]


def replace_files(release: Release, files: Mapping[str, Entry]) -> Release:
    return Release(id=release.id, base_url=release.base_url, files=files)


def test_an_empty_site_is_not_published() -> None:
    """No article where there were some, or no page at all."""
    bare = replace_files(SITE, {"index.html": Entry("aa", 1)})
    assert codes(stories(3), bare, Allowed(deletions=2)) == ["E860", "E861"]
    assert codes(stories(3), bare, Allowed(deletions=3)) == []
    assert codes({}, replace_files(SITE, {"feed.xml": Entry("aa", 1)})) == ["E861"]
    assert codes({}, bare) == []


def test_another_domain_is_not_published_unless_named() -> None:
    moved = Release(id="y", base_url="http://localhost:8000/", files=SITE.files)
    assert codes(SITE.files, moved, live=SITE) == ["E862"]
    assert codes(SITE.files, moved, Allowed(host="tidal.example"), live=SITE) == ["E862"]
    assert codes(SITE.files, moved, Allowed(host="localhost:8000"), live=SITE) == []
    other_path = Release(id="y", base_url="https://tidal.example/news/", files=SITE.files)
    assert codes(SITE.files, other_path, live=SITE) == []


@pytest.mark.parametrize(("changed", "stops"), [(3, False), (4, True)])
def test_more_than_a_few_ids_do_not_change_unless_allowed(changed: int, *, stops: bool) -> None:
    ids = {f"/2026/03/story-{n}/": f"tag:tidal.example,2026:{n}" for n in range(9)}
    live = Release(id="x", base_url=SITE.base_url, files=SITE.files, stories=ids)
    other = ids | {url: f"{ids[url]}-b" for url in list(ids)[:changed]}
    after = Release(id="y", base_url=SITE.base_url, files=SITE.files, stories=other)
    assert codes(SITE.files, after, live=live) == ["E863"] * stops
    assert codes(SITE.files, after, Allowed(feed_changes=True), live=live) == []


def test_what_nobody_is_sure_of_is_sent_again() -> None:
    files = stories(2)
    plan = plan_of(dict.fromkeys(files, UNSURE), files)
    assert plan.changed.keys() == files.keys()
    assert replace(plan, changed={}).is_idle
