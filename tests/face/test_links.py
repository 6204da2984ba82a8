"""Links within the sample site, followed as a reader would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qa.sample import served
from qa.validators import LINKINATOR, linkinator
from tests.face.checks import Host

Require = Callable[[str | Path], Path]


def test_links_and_fragments_lead_somewhere(host: Host, require: Require) -> None:
    """From the home page on, every link, picture and fragment of the site is there."""
    node = require("node")
    require(LINKINATOR)
    assert linkinator(node, host.quick) == []


def test_what_leads_nowhere_is_found(tmp_path: Path, require: Require) -> None:
    """A page, a picture and a fragment that are not there are each named."""
    node = require("node")
    require(LINKINATOR)
    page = (
        '<!doctype html><title>a</title><a href="/no/">x</a><a href="#no">y</a><img src="/no.png">'
    )
    (tmp_path / "index.html").write_text(page)
    with served(tmp_path) as address:
        found = linkinator(node, address)
    assert len(found) == 3
    assert all(any(lost in line for line in found) for lost in ("/no/", "#no", "/no.png"))
