"""A folder over FTP, with TLS and without, on a real server."""

from __future__ import annotations

import ftplib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ssg.config import Destination
from ssg.deploy.targets.ftp import ftp_target
from ssg.faults import Halt
from tests.deploy.contract import Contract, Host, Paper
from tests.deploy.sshd import free_port
from tests.deploy.test_folder import Folder

Require = Callable[[str | Path], Path]

PASSWORD = "swordfish"


@dataclass(frozen=True)
class Server:
    """A server that shows a folder, and the certificate that vouches for it."""

    port: int
    top: Path
    certificate: Path


@contextmanager
def serving(folder: Path, *settings: str) -> Iterator[Server]:
    """A server as a process of its own; `settings` are arguments of it."""
    server = Server(free_port(), folder / "top", folder / "cert.pem")
    server.top.mkdir(parents=True)
    subprocess.run(
        [
            *[
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ],
            *["-addext", "subjectAltName=DNS:localhost"],
            *("-keyout", folder / "key.pem", "-out", server.certificate),
        ],
        check=True,
        capture_output=True,
    )
    program = Path(__file__).with_name("ftp_server.py")
    given = [str(server.port), str(server.top), PASSWORD, str(folder), *settings]
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", program, *given], stderr=subprocess.DEVNULL
    ) as process:
        try:
            while not _answers(server.port):
                assert process.poll() is None
                time.sleep(0.05)
            yield server
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        with ftplib.FTP() as ftp:
            return ftp.connect("127.0.0.1", port, timeout=30).startswith("220")
    except OSError:
        return False


@pytest.fixture(scope="module")
def plain(require: Require, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One without TLS, which knows lists of the old kind only."""
    require("openssl")
    with serving(tmp_path_factory.mktemp("ftp"), "plain") as server:
        yield server


@pytest.fixture(scope="module")
def secure(require: Require, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that lets nobody in without TLS."""
    require("openssl")
    with serving(tmp_path_factory.mktemp("ftps")) as server:
        yield server


@dataclass
class Far(Folder):
    """A folder that a server shows."""

    url: str = ""

    @property
    def destination(self) -> Destination:
        return Destination("live", self.url)


def far(server: Server, scheme: str, tmp_path: Path, patch: pytest.MonkeyPatch) -> Far:
    patch.setenv("FTP_PASSWORD", PASSWORD)
    patch.setenv("SSL_CERT_FILE", str(server.certificate))
    name = f"{tmp_path.name}/paper"
    url = f"{scheme}://noor@localhost:{server.port}/{name}"
    return Far(server.top / name, switch=False, url=url)


class TestPlain(Contract):
    @pytest.fixture
    def host(self, plain: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
        return far(plain, "ftp", tmp_path, monkeypatch)


class TestSecure(Contract):
    @pytest.fixture
    def host(self, secure: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
        return far(secure, "ftps", tmp_path, monkeypatch)


@pytest.fixture
def paper(secure: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paper:
    place = far(secure, "ftps", tmp_path, monkeypatch)
    return Paper(tmp_path / "site", place.destination)


def test_a_wrong_password(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is told as that, and never shown."""
    monkeypatch.setenv("FTP_PASSWORD", "mackerel")
    with pytest.raises(Halt) as halt:
        paper.deploy()
    (fault,) = halt.value.faults
    assert fault.code == "E881"
    assert "mackerel" not in repr(fault)


def test_a_host_that_nobody_vouches_for(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gets no password."""
    monkeypatch.delenv("SSL_CERT_FILE")
    assert paper.faults() == ["E880"]


def test_the_password_may_stand_in_netrc(
    paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the name of the user, who is then not in the address."""
    monkeypatch.delenv("FTP_PASSWORD")
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine localhost login noor password {PASSWORD}\n", encoding="ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    url = paper.destination.url.replace("noor@", "")
    paper.destination = replace(paper.destination, url=url)
    assert paper.deploy().done


def test_without_a_password_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FTP_PASSWORD", raising=False)
    monkeypatch.setenv("NETRC", os.devnull)
    with pytest.raises(Halt) as halt:
        ftp_target(Destination("live", "ftps://noor@localhost/paper"))
    assert [fault.code for fault in halt.value.faults] == ["E881"]


@pytest.mark.parametrize("url", ["ftp:", "ftp://", "ftp://host", "ftp://host/", "ftp://h/../x"])
def test_an_address_without_a_folder(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FTP_PASSWORD", PASSWORD)
    with pytest.raises(Halt) as halt:
        ftp_target(Destination("live", url))
    assert [fault.code for fault in halt.value.faults] == ["E856"]
