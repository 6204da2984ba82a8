"""A release in one file."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest

from ssg.config import Destination
from ssg.deploy import roll_back
from tests.deploy.contract import Paper


def held(file: Path) -> dict[str, bytes]:
    """What an archive holds."""
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    with tarfile.open(file) as archive:
        members = [(member.name, archive.extractfile(member)) for member in archive]
        return {name: data.read() for name, data in members if data}


@pytest.mark.parametrize("name", ["paper.zip", "paper.tar", "paper.tar.gz", "paper.tgz"])
def test_an_archive_holds_the_build(tmp_path: Path, name: str) -> None:
    """The same build gives the same bytes, another one replaces them, and one can go back."""
    file = tmp_path / name
    paper = Paper(tmp_path / "site", Destination("archive", f"file:{file}"))
    paper.deploy()
    first = file.read_bytes()
    assert held(file) == paper.room.output()
    paper.deploy()
    assert file.read_bytes() == first
    paper.write("Ebb")
    paper.deploy()
    assert held(file) == paper.room.output()
    roll_back(paper.order())
    assert file.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == [name, "site"]
