"""`ssg watch` over a site with code of its own: a Markdown extension that can hold up a build."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.build.newsroom import Newsroom, newsroom
from tests.build.paper import paper
from tests.serve.watched import DEADLINE, FIXED, edit, watched

CREST = "content/articles/2026/03/crest.md"
PIER = "content/articles/2026/03/pier.md"
CREST_PAGE = "2026/03/crest/index.html"

GATE = """
from pathlib import Path
from time import sleep
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

class Gate(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Wait(md), "gate", 100)

class Wait(Preprocessor):
    def run(self, lines):
        Path("reached").touch()
        while Path("closed").exists():
            sleep(0.01)
        return lines
"""


#: The same, but that it changes what it reads.
LOUD = GATE.replace("return lines", 'return [line.replace("held", "HELD") for line in lines]')


@pytest.fixture
def gated(tmp_path: Path) -> Newsroom:
    """A paper with an extension at which a build waits while there is a file `closed`."""
    site = newsroom(tmp_path / "site", {**paper(), "gate.py": GATE})
    edit(site, "config.toml", "[extra]", '[markdown]\nextensions = ["gate:Gate"]\n[extra]')
    return site


def wait_for(path: Path) -> None:
    end = time.monotonic() + DEADLINE
    while not path.exists():
        assert time.monotonic() < end, f"{path} never came"
        time.sleep(0.01)


def reach_the_gate(site: Newsroom) -> None:
    """Begins a build that does not end before the gate is opened."""
    (site.folder / "reached").unlink(missing_ok=True)
    (site.folder / "closed").touch()
    edit(site, CREST, "It held.", "It held. Still.")
    wait_for(site.folder / "reached")


def test_changes_during_a_build_are_exactly_one_more(gated: Newsroom) -> None:
    """However many: of the file that is being built and of others."""
    with watched(gated, *FIXED) as watch:
        reach_the_gate(gated)
        for number in range(5):
            edit(gated, CREST, "It held.", f"It held. {number}")
            edit(gated, PIER, "Back to", f"{number} Back to")
            time.sleep(0.1)  # longer than a burst may pause
        (gated.folder / "closed").unlink()

        assert watch.build().startswith(f"{CREST}: ")
        assert watch.build().startswith(f"{CREST}, {PIER}: ")
        assert watch.rest() == []
        watch.shows_what_is_there()


def test_ctrl_c_ends_it_during_a_build(gated: Newsroom) -> None:
    """What is half made is not shown, and the next build goes on from there."""
    with watched(gated, *FIXED) as watch:
        before = gated.output()
        reach_the_gate(gated)

        assert watch.interrupt() == 0
        assert gated.output() == before
    (gated.folder / "closed").unlink()
    with watched(gated, *FIXED) as watch:
        watch.shows_what_is_there()


def test_changed_code_starts_the_process_anew(gated: Newsroom) -> None:
    """It is the same process to whoever started it, and watches on."""
    with watched(gated, *FIXED) as watch:
        assert not any("starting anew" in line for line in watch.printed)
        gated.write({"gate.py": LOUD})
        watch.line("starting anew")
        watch.line("watching ")
        watch.shows_what_is_there()
        assert b"It HELD." in gated.output()[CREST_PAGE]

        edit(gated, CREST, "It held.", "It held back.")
        watch.build()
        watch.shows_what_is_there()
        assert b"It HELD back." in gated.output()[CREST_PAGE]


def test_code_that_changes_during_a_build(gated: Newsroom) -> None:
    """What is built to the end with the old code is not taken for the new code's work."""
    with watched(gated, *FIXED) as watch:
        reach_the_gate(gated)
        gated.write({"gate.py": LOUD})
        (gated.folder / "closed").unlink()
        watch.line("starting anew")
        watch.line("watching ")
        watch.shows_what_is_there()
        assert b"It HELD." in gated.output()[CREST_PAGE]


def test_broken_code_that_is_mended(gated: Newsroom) -> None:
    """It is a fault; the file is watched though no build of this process could use it."""
    with watched(gated, *FIXED) as watch:
        before = gated.output()
        gated.write({"gate.py": "def broken(:\n"})
        watch.line("starting anew")
        watch.line("error[E104]")
        watch.line("watching ")
        gated.write({"gate.py": LOUD})
        watch.line("starting anew")
        watch.line("watching ")
        watch.shows_what_is_there()
        assert before[CREST_PAGE] != gated.output()[CREST_PAGE]
