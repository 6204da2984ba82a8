"""OpenSSH's server on this machine, for the user who runs the tests, with keys of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sshd:
    """A server, and a home whose settings let one in."""

    port: int
    home: Path

    @property
    def address(self) -> str:
        """Where it listens, as in a URL."""
        return f"127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What makes a process come from that home, with its keys and no agent."""
        shell = f"ssh -F {self.home}/.ssh/config"
        return {"HOME": str(self.home), "RSYNC_RSH": shell, "SSH_AUTH_SOCK": ""}


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def key(file: Path) -> str:
    """A new key; gives its public half."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file], check=True)
    return file.with_name(f"{file.name}.pub").read_text(encoding="ascii")


@contextmanager
def sshd(program: Path, folder: Path, *settings: str) -> Iterator[Sshd]:
    """A running server; `settings` are lines of its configuration."""
    home, port = folder / "home", free_port()
    (home / ".ssh").mkdir(parents=True)
    theirs = key(folder / "host_key")
    (folder / "authorized_keys").write_text(key(home / ".ssh/id_ed25519"), encoding="ascii")
    known = f"[127.0.0.1]:{port} {theirs}"
    (home / ".ssh/known_hosts").write_text(known, encoding="ascii")
    (home / ".ssh/config").write_text(
        f"Host *\n"
        f"  IdentityFile {home}/.ssh/id_ed25519\n"
        f"  IdentitiesOnly yes\n"
        f"  UserKnownHostsFile {home}/.ssh/known_hosts\n",
        encoding="ascii",
    )
    lines = [
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {folder}/host_key",
        f"AuthorizedKeysFile {folder}/authorized_keys",
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
        "StrictModes no",
        "UsePAM no",
        "PidFile none",
        "MaxStartups 100",
        "Subsystem sftp internal-sftp",
        *settings,
    ]
    (folder / "sshd_config").write_text("\n".join(lines) + "\n", encoding="ascii")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # root's server wants it, and packages make it late
    with (folder / "log").open("wb") as log:
        command = f"{program} -D -e -f {folder}/sshd_config".split()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log)
    try:
        while not _answers(port):
            assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
            time.sleep(0.02)
        yield Sshd(port, home)
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            return line.recv(4) == b"SSH-"
    except OSError:
        return False
