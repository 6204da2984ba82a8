"""The record of what was published, as text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ssg.content.published import after_deploy, read_published, written
from ssg.model import Live, Record

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)

urls = st.from_regex(r"/([a-z0-9-]{1,5}/){0,3}", fullmatch=True)
digests = st.none() | st.from_regex(r"[0-9a-f]{32}", fullmatch=True)
records = st.lists(
    st.builds(
        Record,
        url=urls,
        id=st.none() | st.text(),
        published=st.integers(0, 10**9).map(lambda s: NOW - timedelta(seconds=s)),
        digest=digests,
        corrections=st.integers(0, 9),
    ),
    unique_by=lambda record: record.url,
)
lives = st.dictionaries(urls, st.builds(Live, id=st.none() | st.text(), digest=digests))


@given(records)
def test_what_is_written_is_read_again(some: list[Record]) -> None:
    """Whatever an id holds, a record is one line, and the lines are sorted."""
    text = written(some)
    found, faults = read_published(text)
    assert faults == ()
    assert found == tuple(sorted(some, key=lambda record: record.url))
    assert text.count("\n") == len(some)
    assert written(found) == text


@given(records, lives)
def test_a_deploy_loses_no_address(some: list[Record], live: dict[str, Live]) -> None:
    """What was recorded stays, with its first instant; a second deploy of the same adds nothing."""
    after = after_deploy(some, live, NOW)
    urls = [record.url for record in after]
    assert urls == sorted({record.url for record in some} | live.keys())
    first = {record.url: record.published for record in some}
    assert all(record.published == first.get(record.url, NOW) for record in after)
    assert after_deploy(after, live, NOW + timedelta(days=1)) == after


def test_the_form_of_a_line() -> None:
    """Four keys, and a fifth where there are corrections; instants in UTC."""
    record = Record("/2026/03/ferry/", "tag:x,2026:ferry", NOW, "00ff")
    assert written([record]) == (
        '{"url":"/2026/03/ferry/","id":"tag:x,2026:ferry",'
        '"published":"2026-03-15T12:00:00Z","digest":"00ff"}\n'
    )
    assert written([Record("/", None, NOW, None, 2)]) == (
        '{"url":"/","id":null,"published":"2026-03-15T12:00:00Z","digest":null,"corrections":2}\n'
    )
