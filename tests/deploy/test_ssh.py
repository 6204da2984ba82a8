"""A folder on another machine, over OpenSSH's own server: with rsync, with SFTP, file by file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ssg.build.manifest import Entry
from ssg.config import Destination
from ssg.deploy.targets import Parcel
from ssg.deploy.targets.ssh import rsync
from ssg.deploy.targets.ssh.line import Line
from ssg.deploy.targets.ssh.programs import Programs
from ssg.digest import digest_bytes
from ssg.faults import Halt
from tests.deploy.contract import Contract, Host, Paper
from tests.deploy.sshd import Sshd, sshd
from tests.deploy.test_folder import Folder

Require = Callable[[str | Path], Path]


@pytest.fixture(scope="module")
def server(require: Require, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """One that runs programs."""
    program = require(Path("/usr/sbin/sshd"))
    require("rsync")
    with sshd(program, tmp_path_factory.mktemp("sshd")) as running:
        yield running


@pytest.fixture(scope="module")
def bare(require: Require, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """One that offers SFTP and nothing else, as hosts of many customers do."""
    program = require(Path("/usr/sbin/sshd"))
    only = "ForceCommand internal-sftp"
    with sshd(program, tmp_path_factory.mktemp("bare"), only) as running:
        yield running


def use(server: Sshd, patch: pytest.MonkeyPatch) -> None:
    """This process comes from the home that the server lets in."""
    for name, value in server.environment.items():
        patch.setenv(name, value)


@dataclass
class Far(Folder):
    """A folder, as seen from the other side of a line."""

    address: str = ""

    @property
    def destination(self) -> Destination:
        return Destination("live", f"{self.address}{self.place}", switch=self.switch)


class Switched(Contract):
    """What holds where there can be links."""

    def test_a_folder_of_others_is_left_alone_until_it_is_adopted(
        self, paper: Paper, host: Host
    ) -> None:
        """It then is a release that one can go back to."""
        host.put("index.html", b"the former site")
        assert paper.faults() == ["E857"]
        assert host.served() == {"index.html": b"the former site"}
        paper.deploy(adopt=True)
        assert host.served() == paper.room.output()

    def test_a_former_release_is_never_written_into(
        self, paper: Paper, host: Host, tmp_path: Path
    ) -> None:
        """What stays is one file with it, and what changes is another one."""
        first = paper.deploy().release
        was = host.served()
        paper.write("Ebb")
        paper.deploy()
        former = tmp_path / f"srv/paper.releases/{first}"
        assert {path: (former / path).read_bytes() for path in was} == was
        now = host.served()
        same = [path for path in was if now.get(path) == was[path]]
        live = tmp_path / "srv/paper"
        assert all((live / path).samefile(former / path) for path in same)
        beside = [path for path in (tmp_path / "srv/paper.releases").iterdir() if path.is_dir()]
        passing = [path for path in beside if path.suffix in {".part", ".new"}]
        assert not [file for folder in passing for file in folder.iterdir()]
        assert not (live / ".ssg").exists()


class TestRsync(Switched):
    @pytest.fixture
    def host(self, tmp_path: Path, server: Sshd, monkeypatch: pytest.MonkeyPatch) -> Host:
        use(server, monkeypatch)
        return Far(tmp_path / "srv/paper", switch=True, address=f"ssh://{server.address}")


class TestSftp(Switched):
    @pytest.fixture
    def host(self, tmp_path: Path, bare: Sshd, monkeypatch: pytest.MonkeyPatch) -> Host:
        use(bare, monkeypatch)
        return Far(tmp_path / "srv/paper", switch=True, address=f"ssh://{bare.address}")


class TestFileByFile(Contract):
    @pytest.fixture
    def host(self, tmp_path: Path, bare: Sshd, monkeypatch: pytest.MonkeyPatch) -> Host:
        use(bare, monkeypatch)
        return Far(tmp_path / "srv/paper", switch=False, address=f"sftp://{bare.address}")

    def test_a_link_is_not_written_through(self, paper: Paper, tmp_path: Path) -> None:
        """A release that others may go back to is not changed."""
        (tmp_path / "srv/paper.releases").mkdir(parents=True)
        (tmp_path / "srv/paper").symlink_to("paper.releases")
        assert paper.faults() == ["E857"]


@pytest.fixture
def paper(tmp_path: Path, server: Sshd, monkeypatch: pytest.MonkeyPatch) -> Paper:
    use(server, monkeypatch)
    place = f"ssh://{server.address}{tmp_path}/srv/paper"
    return Paper(tmp_path / "site", Destination("live", place))


def test_a_host_that_is_not_known_is_not_spoken_to(
    paper: Paper, server: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stands between would read all: nothing is sent, whatever the settings of ssh say."""
    config = (server.home / ".ssh/config").read_text(encoding="ascii")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh").mkdir()
    for known in (str(tmp_path / "known_hosts"), "none"):
        changed = config.replace(f"{server.home}/.ssh/known_hosts", known)
        loose = changed + "  StrictHostKeyChecking no\n"
        (tmp_path / ".ssh/config").write_text(loose, encoding="ascii")
        assert paper.faults() == ["E880"]
    assert not (tmp_path / "srv").exists()


def test_a_key_that_nobody_knows(
    paper: Paper, server: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is told as that."""
    config = (server.home / ".ssh/config").read_text(encoding="ascii")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh").mkdir()
    other = config.replace(f"{server.home}/.ssh/id_ed25519", str(tmp_path / "no-key"))
    (tmp_path / ".ssh/config").write_text(other, encoding="ascii")
    assert paper.faults() == ["E881"]


@pytest.mark.parametrize("damage", ["a key", "a line"])
def test_what_cannot_be_read_here(
    paper: Paper, server: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    """A damaged key, and settings that make no sense."""
    config = (server.home / ".ssh/config").read_text(encoding="ascii")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh").mkdir()
    (tmp_path / "key").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nx\n", encoding="ascii")
    changed = config.replace(f"{server.home}/.ssh/id_ed25519", str(tmp_path / "key"))
    changed = changed if damage == "a key" else config + "  Port many\n"
    (tmp_path / ".ssh/config").write_text(changed, encoding="ascii")
    assert paper.faults() == ["E881"]


def test_a_host_that_is_not_there(paper: Paper) -> None:
    """Can be tried again later."""
    paper.destination = replace(paper.destination, url="ssh://127.0.0.1:9/srv/paper")
    assert paper.faults() == ["E859"]


@pytest.mark.parametrize("url", ["ssh://", "ssh://host", "ssh://host/", "ssh://host/~/", "ssh:/a"])
def test_an_address_without_a_host_or_a_folder(paper: Paper, url: str) -> None:
    """Is told before anything is connected."""
    paper.destination = replace(paper.destination, url=url)
    assert paper.faults() == ["E856"]


def test_a_path_may_begin_at_home(paper: Paper, server: Sshd) -> None:
    """Which is where the host puts whoever comes."""
    line = Line("127.0.0.1", None, server.port, "ssh://host")
    place = Path(line.home())
    assert place == Path(f"~{os.environ.get('USER', 'root')}").expanduser()


def test_rsync_sends_what_it_is_given(server: Sshd, paper: Paper, tmp_path: Path) -> None:
    """Odd names among it, readable for the web server, and every file is told of."""
    line = Line("127.0.0.1", None, server.port, "ssh://host")
    assert Programs(line, may_run=True).there >= {"cp", "rm", "rsync"}
    names = ["a b/c.html", "it's.html", "-rf", "ö/$(touch x).html", "*.html", "#.html"]
    parcels = []
    for number, name in enumerate(names):
        data = name.encode()
        (tmp_path / f"{number}").write_bytes(data)
        (tmp_path / f"{number}").chmod(0o600)
        parcels.append(Parcel(name, tmp_path / f"{number}", Entry(digest_bytes(data), 1), "page"))
    (tmp_path / "far away").mkdir()
    told: list[str] = []
    way = rsync.Way(line, str(tmp_path / "far away"), tmp_path / "gathered")
    assert rsync.send(parcels, way, told.append)
    assert sorted(told) == sorted(names)
    for name in names:
        assert (tmp_path / "far away" / name).read_text(encoding="utf-8") == name
        assert (tmp_path / "far away" / name).stat().st_mode & 0o777 == 0o644
    digests = Programs(line, may_run=True).digests(str(tmp_path / "far away"), names)
    assert digests == {name: digest_bytes(name.encode()) for name in names}
    sizes = Programs(line, may_run=True).sizes(str(tmp_path / "far away"))
    assert sizes == {name: len(name.encode()) for name in names}


def test_what_is_not_installed_is_named(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setitem(sys.modules, "asyncssh", None)
    with pytest.raises(Halt) as halt:
        paper.deploy()
    (fault,) = halt.value.faults
    assert fault.code == "E869"
    assert fault.hint == "install the extra ssh: pip install 'ssg[ssh]'"
