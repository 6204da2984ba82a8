"""The sample site with each of the themes, made once for all tests, and hosts that serve it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from qa.sample import Sample, make_sample, served, themes
from tests.face.checks import Host

# How long a font or a picture is on its way from the slow host: a page is painted before.
_DELAY = 0.25


@pytest.fixture(scope="session", params=themes())
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample site with a theme. Of several workers the first makes it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    theme: str = request.param
    with (folder / f"face-{theme}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        site = folder / f"face-{theme}"
        if (site / "output").is_dir():
            return Sample(theme, site / "output")
        try:
            return make_sample(site, theme)
        except RuntimeError as error:
            pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def hosts() -> Iterator[Callable[[Path], Host]]:
    """A quick and a slow host of any folder. All live to the end: a later one on the port of one
    that is gone would be taken for it by a browser that remembers pages and connections.
    """
    with ExitStack() as stack:

        @cache
        def find(folder: Path) -> Host:
            quick = stack.enter_context(served(folder))
            return Host(quick, stack.enter_context(served(folder, delay=_DELAY)))

        yield find


@pytest.fixture
def host(sample: Sample, hosts: Callable[[Path], Host]) -> Host:
    """Hosts of the sample site."""
    return hosts(sample.output)


@pytest.fixture(scope="session")
def bad_host(tmp_path_factory: pytest.TempPathFactory, hosts: Callable[[Path], Host]) -> Host:
    """Hosts of a site of one page, in which every check finds a fault."""
    folder = tmp_path_factory.mktemp("bad")
    for name, text in BAD.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return hosts(folder)


BAD = {
    "index.html": """\
<!doctype html>
<html>
<head>
<meta charset="utf-8">
<title>Bad</title>
<link rel="stylesheet" href="/assets/bad.css">
<style>p { color: red }</style>
<script src="/assets/bad.js" defer></script>
</head>
<body>
<a href="#on" class="skip">Skip</a>
<nav>Menu</nav>
<main>
<img src="/assets/late.svg">
<h1>Bad</h1>
<p class="wide">Wider than any telephone</p>
<p class="cut">Cut off when its lines are set further apart, as some readers need them</p>
<a href="https://elsewhere.example/">away</a>
<img src="https://elsewhere.example/picture.png">
<button type="button">Nothing</button>
</main>
</body>
</html>
""",
    "assets/bad.css": """\
.wide { inline-size: 60rem }
.cut { block-size: 1.2em; line-height: 1.2; overflow: hidden; inline-size: 12rem }
h1 { forced-color-adjust: none; color: white; background: white }
a { outline: none }
""",
    "assets/bad.js": """\
console.error("bad");
document.querySelector("main").append("more for those with scripts");
""",
    "assets/late.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">'
        '<rect width="200" height="200"/></svg>'
    ),
}
