"""Whatever happened at a host before, a deploy that ends shows the build; others' files stay."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.build.manifest import Entry, Manifest, write_manifest
from ssg.config import Config, Destination
from ssg.deploy import Allowed, Order, deploy, history, roll_back
from ssg.digest import digest_bytes
from ssg.faults import Halt
from tests.build.newsroom import NOW

_MOMENTS = count()
_CONFIG = Config(title="The Tidal Post", base_url="https://tidal.example/", timezone="UTC")

PATHS = st.sampled_from(
    ["a", "a/b", "a/b/index.html", "c/index.html", "feed.xml", "media/x.jpg", "media/y.jpg"]
)
BYTES = st.sampled_from([b"", b"ebb", b"flood", b"slack"])
BUILDS = st.dictionaries(PATHS, BYTES).filter(
    lambda files: not any(f"{a}/" in b for a in files for b in files if b.startswith(f"{a}/"))
)
FOREIGN = st.sampled_from(["notes.txt", "z/notes.txt", ".well-known/x"])


class Killed(BaseException):
    """The process ends here."""


@dataclass(frozen=True)
class Publish:
    """A build, and a deploy of it that is killed after so many files, if it has as many."""

    files: Mapping[str, bytes]
    until: int | None = None


@dataclass(frozen=True)
class GoBack:
    """The former release."""


@dataclass(frozen=True)
class Put:
    """Somebody else's file."""

    path: str


@dataclass(frozen=True)
class Lose:
    """Somebody deletes a file of ours, or the record of all."""

    path: str


STEPS = st.lists(
    st.one_of(
        st.builds(Publish, BUILDS, st.one_of(st.none(), st.integers(1, 4))),
        st.builds(GoBack),
        st.builds(Put, FOREIGN),
        st.builds(Lose, st.one_of(PATHS, st.just("record"))),
    ),
    max_size=8,
)


@dataclass
class World:
    """A site and the folder that it is published to."""

    top: Path
    switch: bool
    foreign: set[str] = field(default_factory=set)

    @property
    def live(self) -> Path:
        return self.top / "srv/paper"

    def order(self, until: int | None = None) -> Order:
        def die(sent: int, of: int) -> None:
            if sent == until:
                raise Killed

        return Order(
            site=self.top / "site",
            config=_CONFIG,
            destination=Destination("live", f"file:{self.live}", grace=0, switch=self.switch),
            now=NOW + timedelta(seconds=next(_MOMENTS)),
            allowed=Allowed(deletions=1000),
            progress=die,
        )

    def publish(self, files: Mapping[str, bytes], until: int | None = None) -> None:
        output = self.top / "site/output"
        shutil.rmtree(output, ignore_errors=True)
        for path, data in files.items():
            (output / path).parent.mkdir(parents=True, exist_ok=True)
            (output / path).write_bytes(data)
        state = self.top / "site/.ssg"
        state.mkdir(parents=True, exist_ok=True)
        entries = {path: Entry(digest_bytes(data), len(data)) for path, data in files.items()}
        write_manifest(state, Manifest(entries))
        deploy(self.order(until))

    def served(self) -> dict[str, bytes]:
        files = (path for path in self.live.rglob("*") if path.is_file())
        found = {path.relative_to(self.live).as_posix(): path.read_bytes() for path in files}
        return {path: data for path, data in found.items() if not path.startswith(".ssg/")}

    def go_back(self) -> bool:
        """Whether there was a release to go back to, and it was whole."""
        try:
            return roll_back(self.order()).done
        except Halt as halt:
            codes = {fault.code for fault in halt.faults}
        assert codes <= {"E866", "E867"}
        return False

    def take(self, step: object) -> None:
        match step:
            case Publish(files, until):
                with suppress(Killed):
                    self.publish({"index.html": b"x", **files}, until)
            case GoBack():
                self.go_back()
            case Put(path) if self.live.exists():
                (self.live / path).parent.mkdir(parents=True, exist_ok=True)
                (self.live / path).write_bytes(b"by hand")
                self.foreign.add(path)
            case Lose("record") if not self.switch:
                (self.live / ".ssg/record.json").unlink(missing_ok=True)
            case Lose(path) if (self.live / path).is_file():
                (self.live / path).unlink()
            case _:
                pass


@contextmanager
def world(*, switch: bool) -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        yield World(Path(folder), switch)


@pytest.mark.parametrize("switch", [True, False])
@given(steps=STEPS, last=BUILDS)
@settings(max_examples=15)
def test_a_deploy_that_ends_shows_the_build(
    steps: list[object], last: Mapping[str, bytes], *, switch: bool
) -> None:
    """And going back from there shows what one could go back to, byte for byte."""
    hold(steps, last, switch=switch)


@pytest.mark.long
@pytest.mark.parametrize("switch", [True, False])
@given(steps=STEPS, last=BUILDS)
@settings(max_examples=400)
def test_it_does_after_many_histories(
    steps: list[object], last: Mapping[str, bytes], *, switch: bool
) -> None:
    hold(steps, last, switch=switch)


@pytest.mark.parametrize("switch", [True, False])
def test_what_was_gone_back_from_is_still_known(*, switch: bool) -> None:
    """A lost record does not make files of an earlier release those of somebody else."""
    steps = [Publish({"a": b""}), Publish({}), GoBack(), Lose("record")]
    hold(steps, {"a": b"ebb"}, switch=switch)


@pytest.mark.parametrize("switch", [True, False])
def test_what_a_killed_deploy_sent_is_still_known(*, switch: bool) -> None:
    """Even where the record that it had left is lost as well."""
    steps = [Publish({"a": b"", "c/index.html": b"ebb"}, 2), Lose("record")]
    hold(steps, {"a": b"ebb"}, switch=switch)


def hold(steps: Sequence[object], last: Mapping[str, bytes], *, switch: bool) -> None:
    """Takes the steps, then publishes the last build."""
    with world(switch=switch) as place:
        for step in steps:
            place.take(step)
        files = {"index.html": b"y", **last}
        place.publish(files)
        theirs = dict.fromkeys(place.foreign, b"by hand")
        assert place.served() == {**files, **theirs}
        releases, live = history(place.order())
        assert live == releases[0].id
        kept = {release.id: release for release in releases}
        before = kept.get(kept[live].follows or "")
        if before is not None and place.go_back():
            ours = {p: d for p, d in place.served().items() if p not in theirs}
            assert {p: digest_bytes(d) for p, d in ours.items()} == {
                path: entry.digest for path, entry in before.files.items()
            }
