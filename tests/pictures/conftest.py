"""The fixture of the tests that build sites."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.newsroom import Files, Newsroom, newsroom


@pytest.fixture
def site(tmp_path: Path) -> Callable[[Files], Newsroom]:
    """`site({path: text})` writes a whole site into a folder of its own."""
    return lambda files: newsroom(tmp_path / "site", files)
