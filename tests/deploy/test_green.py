"""Only a green build is published: what it was made of, and whether it still is as it was made."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssg.config import Destination
from ssg.deploy import Proposal
from ssg.deploy.snapshot import take_snapshot
from ssg.model import Showing
from tests.build.newsroom import CONFIG, article
from tests.deploy.contract import STORY, Paper, child


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path / "site", Destination("live", f"file:{tmp_path / 'srv/paper'}"))


def test_nothing_built(paper: Paper) -> None:
    paper.room.remove(".ssg/manifest.json")
    assert paper.faults() == ["E850"]


def test_files_that_are_not_as_they_were_built(paper: Paper) -> None:
    """Changed, gone, or a link in its place: each is told, none is published."""
    output = paper.room.folder / "output"
    (output / "index.html").write_bytes(b"by hand")
    (output / "feed.xml").unlink()
    (output / "404.html").rename(output / "elsewhere.html")
    (output / "404.html").symlink_to("elsewhere.html")
    assert paper.faults() == ["E851"] * 3
    paper.room.build()
    assert paper.deploy().done


def test_a_file_that_is_held_is_read_again(paper: Paper, tmp_path: Path) -> None:
    """Somebody who edits the output edits what is held, which shares its bytes: it is noticed."""
    paper.deploy()
    with (paper.room.folder / "output/index.html").open("ab") as file:
        file.write(b"<!-- by hand -->")
    assert paper.faults() == ["E851"]
    paper.room.build(clean=True)
    assert paper.deploy().done is False


def test_a_build_that_was_stopped(paper: Paper) -> None:
    """While files are being moved nobody knows which are of which build."""
    paper.room.write({".ssg/moving.json": '["index.html"]'})
    assert paper.faults() == ["E851"]


def test_what_readers_should_not_see_yet(paper: Paper) -> None:
    """Drafts that were built into the output folder stay here."""
    paper.room.write({"content/articles/2026/03/draft.md": article("Draft", draft="true")})
    paper.room.build(showing=Showing(drafts=True), output=paper.room.folder / "output")
    assert paper.faults() == ["E852"]


def test_files_in_quarantine(paper: Paper) -> None:
    """A build that left files out is published only where that is allowed."""
    paper.room.write({STORY: "---\ntitel: Tide\n---\n"})
    paper.room.build(keep_going=True)
    assert paper.faults() == ["E853"]
    assert paper.deploy(allow_quarantined=True).done


GUESSED = "{raw: content/inbox/tide.txt, digest: abc, guessed: [title]}"


def test_guesses_are_asked_about(paper: Paper) -> None:
    """They are listed; without an answer nothing is sent; one that is settled is none."""
    paper.room.write({STORY: article("Tide", ingest=GUESSED)})
    paper.room.build()
    asked: list[Proposal] = []

    def say_no(proposal: Proposal) -> bool:
        asked.append(proposal)
        return False

    report = paper.deploy(confirm=say_no)
    assert not report.done
    assert [(f.code, f.place.path if f.place else "") for f in asked[0].faults] == [("W854", STORY)]
    assert paper.deploy().done
    paper.room.write({STORY: article("Tide", ingest=GUESSED.replace("[title]", "[]"))})
    paper.room.build()
    assert paper.deploy().faults == ()


def test_a_site_may_ask_for_settled_guesses(paper: Paper) -> None:
    table = "[publish]\nrequire_settled = true\n"
    paper.room.write({"config.toml": CONFIG + table, STORY: article("Tide", ingest=GUESSED)})
    paper.room.build()
    assert paper.faults() == ["E854"]


def test_a_build_may_go_on_while_a_release_is_sent(paper: Paper) -> None:
    """What is sent is what was held, whatever is built meanwhile."""
    before = paper.room.output()

    def build(sent: int, of: int) -> None:
        if sent == 1:
            paper.write("Ebb")

    paper.deploy(progress=build)
    live = Path(paper.destination.url.removeprefix("file:"))
    assert {path: (live / path).read_bytes() for path in before} == before
    assert paper.room.output() != before


def test_what_another_deploy_holds_is_not_swept(paper: Paper, tmp_path: Path) -> None:
    """Two deploys of a site to two places: the first to end leaves the other's files alone."""
    paper.write("Ebb")
    snapshot, _ = take_snapshot(paper.room.folder)
    with child(paper, "hold") as process:
        assert process.stdout
        assert process.stdout.readline() == "holding\n"
        paper.write("Flood")
        paper.deploy()
        assert all(snapshot.blobs.holds(entry) for entry in snapshot.files.values())
    paper.write("Tide")
    paper.deploy()
    paper.destination = Destination("other", f"file:{tmp_path / 'srv/other'}")
    paper.deploy()
    assert not all(snapshot.blobs.holds(entry) for entry in snapshot.files.values())
