"""How long a deploy takes of which little has changed, to hosts on this machine.

`python -m benchmarks.deploys [FILES] [CHANGED]` makes a site of so many files, publishes it over
ssh (with rsync, and with SFTP alone) and to a bucket, changes some, publishes again, and prints the
seconds of the second deploy and the bytes that went over the line for it, both ways.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from ssg.build.manifest import Entry, Manifest, state_folder, write_manifest
from ssg.config import Config, Destination, read_config
from ssg.deploy import Order, deploy
from ssg.digest import digest_bytes
from tests.deploy import test_buckets
from tests.deploy.proxy import Proxy, cutting
from tests.deploy.sshd import sshd

_CONFIG = 'title = "Tidal"\nbase_url = "https://tidal.example/"\ntimezone = "UTC"\n'
_PAGE = "<p>The ferry to the island leaves at {} when the tide is {}.</p>\n"


def make(site: Path, files: int) -> None:
    """A site as a build leaves it: a page in each folder, of some 4 kB."""
    for number in range(files):
        write(site, number, "high")
    record(site, files)


def write(site: Path, number: int, tide: str) -> None:
    """Writes a page, all of whose lines hold the word."""
    page = site / "output" / path_of(number)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("".join(_PAGE.format(number + n, tide) for n in range(60)), encoding="utf-8")


def path_of(number: int) -> str:
    """Where a page lies."""
    return f"20{number % 20:02}/{number % 12 + 1:02}/story-{number}/index.html"


def record(site: Path, files: int) -> None:
    """Writes down what lies in the output, as a build does."""
    found = {}
    for path in map(path_of, range(files)):
        data = (site / "output" / path).read_bytes()
        found[path] = Entry(digest_bytes(data), len(data))
    state = state_folder(site, site / "output")
    state.mkdir(parents=True, exist_ok=True)
    write_manifest(state, Manifest(files=found))


def measure(name: str, url: str, proxy: Proxy, site: Path, sizes: tuple[int, int]) -> None:
    """Publishes, changes some files, publishes again, and prints what that took."""
    files, changed = sizes
    config = read_config(_CONFIG)
    assert isinstance(config, Config)
    now = datetime.now(UTC)
    order = Order(site=site, destination=Destination(name, url), config=config, now=now)
    first = timed(lambda: deploy(order))
    for number in range(changed):
        write(site, number * (files // changed), name)
    record(site, files)
    before = proxy.carried
    later = Order(
        site=site, destination=order.destination, config=config, now=now + timedelta(seconds=9)
    )
    seconds = timed(lambda: deploy(later))
    carried = proxy.carried - before
    print(
        f"{name:8} first {first:6.1f} s; {changed} of {files} changed: "
        f"{seconds:5.2f} s, {carried / 1000:,.0f} kB over the line"
    )


def timed(work: Callable[[], object]) -> float:
    """The seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main(files: str = "10000", changed: str = "20") -> None:
    """Measures all of them."""
    sizes = int(files), int(changed)
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, {load:.1f} processes at work at the beginning")
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        top = Path(folder)
        site = top / "site"
        make(site, sizes[0])
        with (
            sshd(Path("/usr/sbin/sshd"), top / "sshd") as server,
            cutting(server.port, longest=1, seed=1) as proxy,
        ):
            proxy.calm = True
            for key, value in server.environment.items():
                patch.setenv(key, value)
            known = server.home / ".ssh/known_hosts"
            own = known.read_text(encoding="ascii")
            known.write_text(own.replace(str(server.port), str(proxy.port)), encoding="ascii")
            address = f"127.0.0.1:{proxy.port}{folder}"
            measure("rsync", f"ssh://{address}/a/paper", proxy, site, sizes)
            measure("sftp", f"sftp://{address}/b/paper", proxy, site, sizes)
        with (
            test_buckets.serving() as port,
            cutting(port, longest=1, seed=1) as proxy,
        ):
            proxy.calm = True
            bucket = test_buckets.made(port, f"b{uuid4().hex}", top, patch)
            patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{proxy.port}")
            measure("s3", bucket.destination.url, proxy, site, sizes)


if __name__ == "__main__":
    main(*sys.argv[1:])
