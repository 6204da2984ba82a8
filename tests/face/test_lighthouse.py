"""What Lighthouse makes of a front page and of an article."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qa.sample import Sample, served, themes
from qa.validators import LIGHTHOUSE, lighthouse

#: The performance score depends on what else the machine does: printed, and no gate.
FULL = ("accessibility", "best-practices", "seo")


@pytest.mark.parametrize(
    "sample",
    [
        # It takes its time: what a new site wears is always looked at, the others with the counts.
        pytest.param(theme, marks=() if theme == "broadsheet" else pytest.mark.long, id=theme)
        for theme in themes()
    ],
    indirect=True,
)
@pytest.mark.parametrize("page", ["home", "article"])
def test_lighthouse(
    page: str, sample: Sample, require: Callable[[str | Path], Path], tmp_path: Path
) -> None:
    node, chromium = require("node"), require("chromium")
    require(LIGHTHOUSE)

    with served(sample.output) as address:
        report = lighthouse(node, chromium, address + sample.url(page), tmp_path)

    found = report["categories"].items()
    scores = {name: round(100 * (category["score"] or 0)) for name, category in found}
    print(sample.theme, page, scores)  # noqa: T201 - for the log, see it with -rP
    failed = [
        f"{name}: {audit['title']} {audit.get('explanation', '')}"
        for name, audit in report["audits"].items()
        if audit["score"] == 0 and audit["scoreDisplayMode"] == "binary"
    ]
    assert [scores[name] for name in FULL] == [100, 100, 100], "\n".join(failed)
    assert report["audits"]["cumulative-layout-shift"]["numericValue"] == 0


@pytest.mark.long
def test_lighthouse_finds_faults(require: Callable[[str | Path], Path], tmp_path: Path) -> None:
    node, chromium = require("node"), require("chromium")
    require(LIGHTHOUSE)
    (tmp_path / "index.html").write_text("<!doctype html>\n<p>x</p><img src='/none.png'>\n")

    with served(tmp_path) as address:
        report = lighthouse(node, chromium, address, tmp_path)

    assert all(report["categories"][name]["score"] < 1 for name in FULL)
