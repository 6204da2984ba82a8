"""A new site, small enough to read and complete enough to build at once.

Its files lie in the folder `starter` beside this module. There `YYYY/MM` stands for the
month in which the site is made, and `dot-` for the dot of a hidden file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from ssg.config import PATH as CONFIG
from ssg.config import read_config
from ssg.desk.files import create, refused
from ssg.desk.inbox import printable
from ssg.faults import Fault, Place

_BLANK = re.compile("@(title|theme|date|year)@")


def create_site(folder: Path, *, title: str, theme: str, now: datetime) -> tuple[str, ...] | Fault:
    """Makes a site in a new or empty folder and returns what was written, by path."""
    texts = _texts(title, theme, now)
    config = read_config(texts[CONFIG])
    if isinstance(config, tuple):
        return config[0]
    try:
        if (fault := _occupied(folder)) is not None:
            return fault
        for path, text in texts.items():
            create(folder / path, text.encode())
    except OSError as error:
        return refused(error, str(error.filename or folder))
    return tuple(texts)


def _occupied(folder: Path) -> Fault | None:
    """The fault of a folder that holds something; a fresh repository may."""
    if not folder.exists():
        return None
    if not folder.is_dir():
        return Fault("E106", "there is a file of this name", Place(str(folder)))
    found = sorted(path.name for path in folder.iterdir() if path.name != ".git")
    if not found:
        return None
    hint = "name a folder that is empty or does not exist yet"
    return Fault("E106", f"the folder is not empty: it holds {found[0]}", Place(str(folder)), hint)


def _texts(title: str, theme: str, now: datetime) -> dict[str, str]:
    """The files of the new site by path."""
    moment = now.astimezone(UTC).replace(second=0, microsecond=0)
    # A string of JSON is one of TOML once no control character is in it.
    values = {
        "title": json.dumps(printable(title), ensure_ascii=False),
        "theme": json.dumps(printable(theme), ensure_ascii=False),
        "date": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "year": f"{moment:%Y}",
    }
    month = f"{moment:%Y/%m}"
    return {
        path.replace("YYYY/MM", month).replace("dot-", "."): _filled(text, values)
        for path, text in _starter(files("ssg.desk") / "starter", "")
    }


def _starter(folder: Traversable, under: str) -> Iterator[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _starter(item, f"{under}{item.name}/")
        else:
            yield f"{under}{item.name}", item.read_text(encoding="utf-8")


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _BLANK.sub(lambda match: values[match[1]], text)
