"""What a reader and a feed reader get, as files that are read in reviews."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.build.newsroom import Files, Newsroom
from tests.build.paper import paper

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


@pytest.mark.parametrize("path", ["2026/03/crest/index.html", "index.html", "feed.xml"])
def test_a_page_is_what_it_was(
    path: str, site: Callable[[Files], Newsroom], snapshot: SnapshotAssertion
) -> None:
    """A change of a page is meant: `pytest --snapshot-update` writes it down."""
    room = site({**paper(), "config.toml": str(paper()["config.toml"]).replace("tide", "base")})
    room.build()
    unmarked = re.sub(r"\.[0-9a-f]{10}\.", ".FINGERPRINT.", room.text(path))
    assert unmarked == snapshot
