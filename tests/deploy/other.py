"""Another process that publishes to the same place: deploys, has the lock, or holds files.

    other.py deploy SITE DESTINATION NOW [FILES]
    other.py lock SITE DESTINATION NOW
    other.py hold SITE DESTINATION NOW

With FILES it kills itself when so many have arrived.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

import msgspec

from ssg.config import Destination
from ssg.deploy import Order, deploy
from ssg.deploy.hold import holding
from ssg.deploy.targets.doors import open_target
from tests.deploy.contract import config_of


def main(what: str, site: str, destination: str, now: str, files: str = "") -> None:
    place = msgspec.json.decode(destination, type=Destination)
    if what == "hold":
        with holding(Path(site)):
            sys.stdout.write("holding\n")
            sys.stdout.flush()
            sys.stdin.read()
        return
    if what == "lock":
        with open_target(place, Path(site)).lock():
            sys.stdout.write("locked\n")
            sys.stdout.flush()
            sys.stdin.read()
        return

    def die(sent: int, of: int) -> None:
        if files and sent == int(files):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    deploy(
        Order(
            site=Path(site),
            destination=place,
            config=config_of(Path(site)),
            now=datetime.fromisoformat(now),
            progress=die,
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
