"""Verify: what readers get is what was sent, fetched from where they fetch it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import OK
from itertools import repeat
from typing import Final
from urllib.parse import quote

from ssg.build.manifest import Entry
from ssg.deploy.web import fetch
from ssg.digest import digest_bytes

_AT_ONCE: Final = 8

#: Seconds between one look and the next: hosts of branches and networks of caches take a while.
WAITS: Final = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0)


def url_of(path: str, address: str) -> str:
    """Where readers find an output."""
    folder, _, name = path.rpartition("/")
    place = f"{folder}/" if folder else ""
    return address + quote(place if name == "index.html" else path)


def is_served(path: str) -> bool:
    """Whether a web server gives an output away: not what tells the server itself something."""
    first = path.partition("/")[0]
    return not path.rpartition("/")[2].startswith((".", "_")) and not first.startswith((".", "_"))


def not_live(
    paths: Iterable[str],
    files: Mapping[str, Entry],
    address: str,
    waits: Iterable[float] = WAITS,
) -> tuple[str, ...]:
    """The URLs that do not give the bytes they should, after waiting for those that do not yet."""
    left = [path for path in paths if is_served(path)]
    for wait in waits:
        if not left:
            break
        time.sleep(wait)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found = list(pool.map(_is_live, left, repeat(files), repeat(address)))
        left = [path for path, is_live in zip(left, found, strict=True) if not is_live]
    return tuple(url_of(path, address) for path in left)


def _is_live(path: str, files: Mapping[str, Entry], address: str) -> bool:
    answer = fetch(url_of(path, address))
    return answer.status == OK and digest_bytes(answer.body) == files[path].digest
