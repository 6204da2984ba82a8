"""Every address that was published is on record, and stays live."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssg.config import Destination
from ssg.content.published import PATH, read_published
from ssg.deploy import Allowed
from ssg.faults import Halt
from ssg.model import Record
from tests.build.newsroom import article
from tests.deploy.contract import STORY, Paper


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path / "site", Destination("live", f"file:{tmp_path / 'srv/paper'}"))


def records(paper: Paper) -> dict[str, Record]:
    """What is on record, by address."""
    file = paper.room.folder / PATH
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    found, faults = read_published(text)
    assert faults == ()
    return {record.url: record for record in found}


def test_a_deploy_writes_down_what_it_published(paper: Paper) -> None:
    """Each address with its article, the body's digest and the instant of its first deploy."""
    order = paper.order()
    paper.deploy(now=order.now)
    first = records(paper)["/2026/03/tide/"]
    assert first.id
    assert first.digest
    assert first.published == order.now.replace(microsecond=0)
    paper.room.write({STORY: article("Tide", body="It went out again.")})
    paper.room.build()
    paper.deploy()
    again = records(paper)["/2026/03/tide/"]
    assert again.published == first.published
    assert again.digest != first.digest


def test_what_was_not_published_is_not_on_record(paper: Paper) -> None:
    """Neither a plan, nor a deploy that is stopped or breaks, nor a rehearsal."""
    paper.deploy(dry_run=True)
    paper.deploy(confirm=lambda _: False)
    rehearsal = replace(paper.destination, address="https://rehearsal.tidal.example/")
    paper.deploy(destination=rehearsal)

    def break_off(sent: int, of: int) -> None:
        raise OSError("no space left on device")

    other = Destination("other", paper.destination.url + "-2")
    with pytest.raises(OSError, match="no space"):
        paper.deploy(destination=other, progress=break_off)
    assert records(paper) == {}


def test_a_record_that_could_not_be_written_is_written_by_the_next_deploy(paper: Paper) -> None:
    """Although that has nothing to send."""
    paper.deploy()
    before = records(paper)
    (paper.room.folder / PATH).unlink()
    assert not paper.deploy().done
    assert records(paper).keys() == before.keys()


def test_an_address_that_would_lead_nowhere_stops_a_deploy(paper: Paper) -> None:
    """A story that was taken away without a word; one that has moved is led to by itself."""
    named = article("Tide", id="tag:tidal.example,2026:tide")
    paper.room.write({STORY: named})
    paper.room.build()
    paper.deploy()
    paper.room.remove(STORY)
    paper.room.build()
    with pytest.raises(Halt) as halt:
        paper.deploy(allowed=Allowed(deletions=99))
    assert ("W320", "error") in {(f.code, f.severity) for f in halt.value.faults}
    paper.room.write({"content/articles/2026/03/ebb.md": named})
    paper.room.build()
    assert paper.deploy(allowed=Allowed(deletions=99)).done
    assert records(paper)["/2026/03/tide/"].digest is None


def test_other_ids_stop_a_deploy(paper: Paper) -> None:
    """Feed readers would show the stories as new."""
    paper.deploy()
    paper.room.write(
        {
            f"content/articles/2026/02/story-{n}.md": article(
                f"Story {n}", f"2026-02-0{n}", id=f"tag:tidal.example,2026:new-{n}"
            )
            for n in range(1, 7)
        }
    )
    paper.room.build()
    assert "E863" in paper.faults()
    assert paper.deploy(allowed=Allowed(feed_changes=True)).done
