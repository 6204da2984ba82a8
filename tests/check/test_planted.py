"""Mistakes planted in the sample paper: each is found where it was planted, and nothing else is."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from ssg.build import Order
from ssg.check import check
from ssg.faults import Fault
from ssg.model import Showing

NOW: Final = datetime(2026, 11, 28, 9, tzinfo=UTC)

_2026: Final = "content/articles/2026"
TURBINE: Final = f"{_2026}/11/second-turbine.md"
RIVETS: Final = f"{_2026}/11/rivet-catchers.md"
BELL: Final = f"{_2026}/11/skerry-bell.md"
TABLES: Final = f"{_2026}/11/tide-tables-2027.md"
DAYS: Final = f"{_2026}/11/forty-one-days.md"
BAR: Final = f"{_2026}/11/bar-to-be-dredged-before-the-spring-herring.md"
TALKS: Final = f"{_2026}/11/una-hallissey-asked-for-a-boat-that-can-carry-a-car-on-the-day.md"
TWIN: Final = f"{_2026}/11/rivets-again.md"
MARKET: Final = f"{_2026}/11/tallow-street-sundays.md"


BRIEF: Final = """\
---
title: Lights out on the quay
date: 2026-11-27
authors: [kit-oyelaran]
section: town
---
The lamps on Fish Quay are off this week.
"""


@dataclass(frozen=True, slots=True)
class Slip:
    """A change of a file (a new one, where nothing stood before), and what has to be found: `at`
    are words of the line it is told on.
    """

    code: str
    path: str
    before: str
    after: str
    at: str
    says: str = ""


SLIPS: Final = (
    Slip(
        "E901",
        TURBINE,
        "(../10/narrows-2-the-ground.md)",
        "(/2026/10/narows-2-the-ground/)",
        "/2026/10/narows-2",
        "this site has no /2026/10/narows-2-the-ground/",
    ),
    Slip("E901", "config.toml", 'url = "/contact/"', 'url = "/kontact/"', "/kontact/", "pages"),
    Slip("E901", "content/pages/contact.md", "\n---\n", "\n---\nSee [us](/About/).\n\n", "/About/"),
    Slip("W901", DAYS, "how-we-credit.md)", "how-we-credit.md#workings)", "#workings"),
    Slip(
        "W902", BAR, "  raw: bar-", "  guessed: [date]\n  raw: bar-", "date: 2026", "the date was"
    ),
    Slip("W310", TURBINE, '  credit: "Illustration: The Merrow Tide"\n', "", "image:"),
    Slip("W310", RIVETS, "  licence: CC BY 4.0\n", "", "image:"),
    Slip("W311", TABLES, "![A year of high waters", "![](/media/nets.jpg)\n\n![A year", "![](/"),
    Slip("W905", TABLES, "authors: [teodor-maske]\n", "", "title:"),
    Slip("W906", TURBINE, "## Two days instead", "#### Two days instead", "#### Two"),
    Slip(
        "W907",
        DAYS,
        "title: ",
        "title: Second turbine goes down into the Narrows  # ",
        "title: Second",
        f"the same headline as {TURBINE}",
    ),
    Slip("W909", BELL, "on Saturday when", "on Saturday, TK o’clock, when", "TK o’clock"),
    Slip("W909", MARKET, "standfirst: The trial", "standfirst: XXXX The trial", "standfirst:"),
    Slip("W910", BELL, "with the winners", "with the the winners", "with the the"),
    Slip("W911", f"{_2026}/08/swim-to-the-calf.md", "date: 2026-", "date: 2025-", "date: 2025"),
    Slip("W912", TABLES, "go on sale on Monday", "go on sale on Monday, 25 November", "Monday, 25"),
    Slip("W913", TURBINE, "nobody speaks.”", "nobody speaks.", "nobody speaks."),
    Slip("W914", TALKS, "on the day the other boat cannot,”", "when the other cannot,”", "Una H"),
    Slip("N906", BAR, "The sand comes", "“It is all the moon,” he said. The sand comes", "moon"),
    Slip("N902", f"{_2026}/11/brief.md", "", BRIEF, "title:", "9 words"),
    Slip("N903", "content/authors/nobody.md", "", "---\nname: Nobody Yet\n---\n", ""),
)


@pytest.fixture
def paper(tmp_path: Path, repository: Path) -> Path:
    """The sample paper in a folder of its own."""
    site = tmp_path / "paper"
    shutil.copytree(repository / "content", site / "content")
    shutil.copy(repository / "config.toml", site)
    return site


def plant(site: Path) -> None:
    """Makes every change; one article more is another one, copied."""
    twin = (site / RIVETS).read_text(encoding="utf-8")
    for slip in SLIPS:
        file = site / slip.path
        text = file.read_text(encoding="utf-8") if slip.before else ""
        assert slip.before in text, slip
        file.write_text(text.replace(slip.before, slip.after, 1), encoding="utf-8")
    twin = twin.replace("2026:rivet", "2026:again").replace("title: ", "title: Again, ", 1)
    twin = twin.replace("date: 2026-11-07", "date: 2026-11-08").replace("three hundred", "many")
    (site / TWIN).write_text(twin, encoding="utf-8")


def line_of(site: Path, path: str, words: str) -> int | None:
    """The line of a file on which these words stand."""
    if not words:
        return None
    text = (site / path).read_text(encoding="utf-8")
    assert text.count(words) == 1, (path, words)
    return text[: text.index(words)].count("\n") + 1


def told(fault: Fault) -> tuple[str, str, int | None]:
    assert fault.place, fault
    return fault.code, fault.place.path, fault.place.line


def found_in(site: Path) -> tuple[Fault, ...]:
    return check(Order(site=site, now=NOW)).faults


def test_the_sample_paper_has_nothing_to_mend(paper: Path) -> None:
    """What is shown as an example is one: no error, no warning, no note."""
    assert found_in(paper) == ()


def test_every_planted_mistake_is_found_and_nothing_else(paper: Path) -> None:
    """Twenty-two mistakes of eighteen kinds are each told where they were planted."""
    plant(paper)

    found = found_in(paper)

    planted = [(slip.code, slip.path, line_of(paper, slip.path, slip.at)) for slip in SLIPS]
    planted.append(("W908", TWIN, line_of(paper, TWIN, "title:")))
    assert sorted(map(told, found), key=str) == sorted(planted, key=str)
    for slip in SLIPS:
        assert any(slip.says in fault.message for fault in found if fault.code == slip.code), slip


def test_a_site_that_cannot_be_built_is_looked_at_all_the_same(paper: Path) -> None:
    """An error in one file hides nothing that is wrong in the texts of others."""
    plant(paper)
    broken = paper / BELL
    text = broken.read_text(encoding="utf-8")
    broken.write_text(text.replace("title:", "titel:", 1), encoding="utf-8")

    found = found_in(paper)

    codes = {fault.code for fault in found}
    assert {"E206", "E207"} <= codes
    assert {slip.code for slip in SLIPS if slip.path != BELL} - codes == {"E901", "W901"}


def test_a_second_look_finds_the_same(paper: Path) -> None:
    """What is remembered of pages changes nothing of what is said, nor does its loss."""
    plant(paper)
    first = found_in(paper)
    assert found_in(paper) == first
    (paper / ".ssg/check.msgpack").write_bytes(b"\x00 not ours")
    assert found_in(paper) == first


def test_drafts_are_looked_at_when_asked_for(paper: Path) -> None:
    """A draft is unfinished by its nature; with drafts its slips are told like all others."""
    draft = paper / BELL
    text = draft.read_text(encoding="utf-8").replace("on Saturday when", "on TK when", 1)
    draft.write_text(text.replace("\nsection:", "\ndraft: true\nsection:", 1), encoding="utf-8")

    order = Order(site=paper, now=NOW)
    asked = Order(site=paper, now=NOW, showing=Showing(drafts=True))

    assert "W909" not in {fault.code for fault in check(order).faults}
    assert [told(fault) for fault in check(asked).faults] == [
        ("W909", BELL, line_of(paper, BELL, "on TK when"))
    ]


def test_articles_under_embargo_are_looked_at(paper: Path) -> None:
    """What comes out tomorrow is read today; its links are followed as well."""
    held = paper / BELL
    text = held.read_text(encoding="utf-8").replace("date: 2026-11-16", "date: 2026-11-29", 1)
    text = text.replace("on Saturday when", "on [Saturday](/saturday/), TK, when", 1)
    held.write_text(text, encoding="utf-8")

    line = line_of(paper, BELL, "TK, when")
    assert {told(fault) for fault in found_in(paper)} == {
        ("E901", BELL, line),
        ("W909", BELL, line),
    }
