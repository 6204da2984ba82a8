"""A long day of watching: the output is right at its end, and the process has not grown."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from tests.build.newsroom import Newsroom, newsroom
from tests.build.paper import paper
from tests.build.test_laws import EDITS, clean_output
from tests.serve.watched import FIXED, Watched, watched

#: How many edits of each kind are the warm-up; how many of all kinds follow, over how many
#: seconds; how much larger the process may be afterwards. A short one still learns the paper.
SHORT = (2, 60, 3, 1.25)
LONG = (8, 2_000, 600, 1.10)

#: After so many edits everything is put back.
UNTIL_MENDED = 15

#: With another base path the process starts anew, and has forgotten everything.
KINDS = sorted(EDITS.keys() - {"base path"})


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
@pytest.mark.parametrize(
    ("rounds", "edits", "seconds", "growth"),
    [pytest.param(*SHORT, id="short"), pytest.param(*LONG, id="long", marks=pytest.mark.long)],
)
def test_a_day_of_watching(
    tmp_path: Path, rounds: int, edits: int, seconds: float, growth: float
) -> None:
    """After random edits `output/` is a clean build's, and nothing has leaked."""
    chance = Random(edits)
    site = newsroom(tmp_path / "site", paper())
    with watched(site, *FIXED) as watch:
        warm_up = KINDS * rounds
        chance.shuffle(warm_up)
        make(site, warm_up, seconds / edits)
        settle(watch)
        memory, descriptors, threads = sizes(watch)
        make(site, chance.choices(KINDS, k=edits), seconds / edits)
        settle(watch)
        later, descriptors_later, threads_later = sizes(watch)
        builds = sum("pages made" in line or "page made" in line for line in watch.printed)

    sys.stdout.write(
        f"{edits:,} edits, {builds:,} builds with a difference;"
        f" {memory / 1e6:.1f} MB, then {later / 1e6:.1f} MB;"
        f" {descriptors} descriptors, then {descriptors_later};"
        f" {threads} threads, then {threads_later}\n"
    )
    assert builds > edits / 20, "the edits were not watched"
    assert later <= memory * growth
    assert (descriptors_later, threads_later) == (descriptors, threads)


def make(site: Newsroom, edits: Sequence[str], pause: float) -> None:
    for number, edit in enumerate(edits, 1):
        with suppress(OSError):  # a folder is in the way of one that was to come back
            EDITS[edit](site)
        if number % UNTIL_MENDED == 0:
            put_back(site)
        time.sleep(pause)


def put_back(site: Newsroom) -> None:
    """The paper as it was: some edits do no good to what others have left."""
    for folder in ("content", "themes", "kept"):
        shutil.rmtree(site.folder / folder, ignore_errors=True)
    site.write(paper())


def settle(watch: Watched) -> None:
    """Waits until the output is a clean build's, of a site without a fault."""
    place = watch.site.folder.with_name("clean")
    clean = clean_output(watch.site, place, 0)
    if isinstance(clean, tuple):
        put_back(watch.site)
        clean = clean_output(watch.site, place, 0)
    assert isinstance(clean, dict)
    watch.shows(clean)


def sizes(watch: Watched) -> tuple[int, int, int]:
    """Memory in bytes (what is shared counts in part), open files, threads."""
    process = Path("/proc", str(watch.process.pid))
    lines = (process / "smaps_rollup").read_text("ascii").splitlines()
    memory = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return (
        memory * 1024,
        len(list((process / "fd").iterdir())),
        len(list((process / "task").iterdir())),
    )
