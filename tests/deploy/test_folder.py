"""A folder that a web server serves: with releases and a link, and file by file."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from ssg.config import Destination
from ssg.deploy.targets import Target
from ssg.deploy.targets.folder import LinkedFolder, PlainFolder
from ssg.deploy.targets.ordered import Ordered
from tests.build.newsroom import newsroom
from tests.deploy.contract import Contract, Host, Paper


@dataclass
class Folder:
    """A folder on this machine."""

    place: Path
    switch: bool

    @property
    def destination(self) -> Destination:
        return Destination("live", f"file:{self.place}", switch=self.switch)

    def served(self) -> dict[str, bytes]:
        files = (path for path in self.place.rglob("*") if path.is_file())
        found = {path.relative_to(self.place).as_posix(): path.read_bytes() for path in files}
        return {path: data for path, data in found.items() if not path.startswith(".ssg/")}

    def put(self, path: str, data: bytes) -> None:
        (self.place / path).parent.mkdir(parents=True, exist_ok=True)
        (self.place / path).write_bytes(data)

    def edit_record(self) -> None:
        record = self.place / ".ssg/record.json"
        if self.switch:
            (record,) = self.place.with_name("paper.releases").glob("*.json")
        text = record.read_text(encoding="utf-8")
        assert PAGE_IN_RECORD in text
        record.write_text(text.replace(PAGE_IN_RECORD, '"2026/03/edit/index.html"'))


PAGE_IN_RECORD = '"2026/03/tide/index.html"'


class TestLinked(Contract):
    @pytest.fixture
    def host(self, tmp_path: Path) -> Host:
        return Folder(tmp_path / "srv/paper", switch=True)

    def test_a_folder_of_others_is_left_alone_until_it_is_adopted(
        self, paper: Paper, host: Host
    ) -> None:
        """It then is a release that one can go back to."""
        host.put("index.html", b"the former site")
        assert paper.faults() == ["E857"]
        assert host.served() == {"index.html": b"the former site"}
        paper.deploy(adopt=True)
        assert host.served() == paper.room.output()

    def test_an_empty_folder_is_nobodys(self, paper: Paper, tmp_path: Path, host: Host) -> None:
        """What a web server was given to serve may stand there before the first deploy."""
        (tmp_path / "srv/paper").mkdir(parents=True)
        paper.deploy()
        assert host.served() == paper.room.output()


class TestPlain(Contract):
    @pytest.fixture
    def host(self, tmp_path: Path) -> Host:
        return Folder(tmp_path / "srv/paper", switch=False)

    def test_a_link_is_not_written_through(self, paper: Paper, tmp_path: Path) -> None:
        """A release that others may go back to is not changed."""
        LinkedFolder(tmp_path / "srv/paper").releases.mkdir(parents=True)
        (tmp_path / "srv/paper").symlink_to("paper.releases")
        assert paper.faults() == ["E857"]


def own_adapter(destination: Destination, site: Path) -> Target:
    """An adapter of a site's own: a folder that the destination's options name."""
    return Ordered(PlainFolder(site / str(destination.options["folder"])))


def test_an_adapter_of_the_sites_own(tmp_path: Path) -> None:
    """It is named as a function, and given what stands under its options."""
    url = "tests.deploy.test_folder:own_adapter"
    place = Destination("own", url, options={"folder": "../srv/own"})
    paper = Paper(tmp_path / "site", place)
    paper.deploy()
    assert Folder(tmp_path / "srv/own", switch=False).served() == paper.room.output()


@pytest.mark.parametrize(
    "url", ["no.such.module:factory", "ssg.deploy.order:nothing", "flie:/srv/x", "nowhere"]
)
def test_a_place_that_nothing_is_known_of(tmp_path: Path, url: str) -> None:
    assert Paper(tmp_path / "site", Destination("own", url)).faults() == ["E856"]


@contextmanager
def small_files() -> Iterator[None]:
    """The system refuses to write more than a few bytes into a file, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("switch", [True, False])
def test_a_full_disk_leaves_what_was_live(tmp_path: Path, *, switch: bool) -> None:
    """No file is cut off; when there is room again the next deploy makes all good."""
    folder = Folder(tmp_path / "srv/paper", switch)
    paper = Paper(tmp_path / "site", folder.destination)
    paper.deploy()
    before = folder.served()
    paper.write("Ebb")
    with small_files(), pytest.raises(OSError, match="large"):
        paper.deploy()
    assert folder.served() == before
    paper.deploy()
    assert folder.served() == paper.room.output()


@pytest.mark.parametrize("place", ["", "..", "content/site", "output", ".ssg/x", "/"])
def test_a_site_is_not_published_into_itself(tmp_path: Path, place: str) -> None:
    """What people write is not replaced by pages."""
    room = newsroom(tmp_path / "a/site", {"content/pages/about.md": "---\ntitle: A\n---\n"})
    room.build()
    paper = Paper(tmp_path / "a/site", Destination("live", f"file:{place}"))
    assert paper.faults() == ["E856"]
