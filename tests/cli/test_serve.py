"""`ssg serve` as a user starts and ends it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]

NOW = "2026-03-02T12:00:00+00:00"


def test_serves_what_it_built_and_ends_on_ctrl_c(site: Path, environment: dict[str, str]) -> None:
    """One line names the address once the first page can be fetched."""
    command = [sys.executable, "-m", "ssg", "serve", "--port", "0", "--now", NOW]
    with subprocess.Popen(
        command, cwd=site, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = line.removeprefix("serving ").strip()
        with urllib.request.urlopen(address) as answer:
            page = answer.read()
        process.send_signal(signal.SIGINT)
        status = process.wait(10)

    assert address.startswith("http://127.0.0.1:")
    assert (
        re.sub(rb"<script src=\"/_ssg/.*\n", b"", page) == (site / "output/index.html").read_bytes()
    )
    assert status == 0


def test_a_port_in_use_is_said(ssg: Run, site: Path) -> None:
    """With the next free one, and status 3."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        refused = ssg("serve", "--port", str(port), "--now", NOW, cwd=site)

    assert refused.returncode == 3
    assert f"port {port} is in use; port " in refused.stderr


def test_a_broken_site_is_not_served(ssg: Run, site: Path) -> None:
    """The faults are shown, and status 1."""
    (site / "config.toml").write_text("title = 1\n")

    refused = ssg("serve", "--port", "0", cwd=site)

    assert refused.returncode == 1
    assert "error[E104]" in refused.stderr
