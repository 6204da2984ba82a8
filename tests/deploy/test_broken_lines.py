"""Hosts behind a line that breaks at random: what is live is whole, and in the end all is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from ssg.config import Destination
from ssg.deploy.order import in_silence
from ssg.faults import Halt
from tests.deploy import test_buckets, test_ftp
from tests.deploy.contract import Host, Paper
from tests.deploy.proxy import Proxy, cutting
from tests.deploy.sshd import sshd
from tests.deploy.test_folder import Folder

Require = Callable[[str | Path], Path]

#: Enough for a greeting with its keys, and for a few files; rsync packs them.
_LONGEST = 120_000
_PACKED = 25_000


class Place(Folder):
    """A folder of this machine, published to by way of a proxy."""

    url = ""

    @property
    def destination(self) -> Destination:
        return Destination("live", self.url)


@contextmanager
def over_ssh(
    scheme: str, longest: int, require: Require, folder: Path, patch: pytest.MonkeyPatch
) -> Iterator[tuple[Host, Proxy]]:
    program = require(Path("/usr/sbin/sshd"))
    require("rsync")
    with sshd(program, folder / "sshd") as server:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        with cutting(server.port, longest=longest, seed=5) as proxy:
            known = server.home / ".ssh/known_hosts"
            first = known.read_text(encoding="ascii")
            again = first.replace(str(server.port), str(proxy.port))
            known.write_text(first + again, encoding="ascii")
            place = Place(folder / "srv/paper", switch=True)
            place.url = f"{scheme}://127.0.0.1:{proxy.port}{folder}/srv/paper"
            yield place, proxy


@contextmanager
def over_ftp(
    require: Require, folder: Path, patch: pytest.MonkeyPatch
) -> Iterator[tuple[Host, Proxy]]:
    require("openssl")
    patch.setenv("FTP_PASSWORD", test_ftp.PASSWORD)
    with (
        test_ftp.serving(folder / "ftp", "plain") as server,
        cutting(server.port, longest=2_000, seed=5) as proxy,
    ):
        place = Place(server.top / "paper", switch=False)
        place.url = f"ftp://noor@127.0.0.1:{proxy.port}/paper"
        yield place, proxy


@contextmanager
def over_http(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[tuple[Host, Proxy]]:
    with (
        test_buckets.serving() as port,
        cutting(port, longest=_LONGEST, seed=5) as proxy,
    ):
        bucket = test_buckets.made(port, f"b{uuid4().hex}", folder, patch)
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{proxy.port}")
        yield bucket, proxy


@pytest.fixture(params=["rsync", "sftp", "ftp", "s3"])
def way(
    request: pytest.FixtureRequest,
    require: Require,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[Host, Proxy]]:
    match request.param:
        case "rsync":
            opened = over_ssh("ssh", _PACKED, require, tmp_path, monkeypatch)
        case "sftp":
            opened = over_ssh("sftp", _LONGEST, require, tmp_path, monkeypatch)
        case "ftp":
            opened = over_ftp(require, tmp_path, monkeypatch)
        case _:
            opened = over_http(tmp_path, monkeypatch)
    with opened as found:
        yield found


def until_done(paper: Paper, look: Callable[[int, int], None]) -> None:
    """Deploys, and again where the line did not hold however often it was tried."""
    broken = False
    for _ in range(20):
        try:
            paper.deploy(progress=look, break_lock=broken)
        except Halt as halt:
            codes = {fault.code for fault in halt.faults}
            assert codes <= {"E858", "E859"}
            broken = "E858" in codes  # ours: there was no line on which to let go of it
        else:
            return
    pytest.fail("it never arrived")


def test_a_line_that_breaks_is_used_again(way: tuple[Host, Proxy], tmp_path: Path) -> None:
    """At each step every file that readers get is the former or the new one, to the last byte."""
    host, proxy = way
    paper = Paper(tmp_path / "site", host.destination)
    paper.dress("navy")
    until_done(paper, in_silence)
    before = paper.room.output()
    assert host.served() == before
    paper.dress("teal")
    paper.write("Ebb")
    after = paper.room.output()
    halves: list[str] = []

    def look(sent: int, of: int) -> None:
        served = host.served().items()
        halves.extend(p for p, d in served if d not in {before.get(p), after.get(p)})

    until_done(paper, look)
    assert halves == []
    assert host.served().items() >= after.items()
    assert proxy.cuts > 0
