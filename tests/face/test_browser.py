"""Pages of the sample site in a real browser, one of each kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from gzip import compress
from pathlib import Path
from typing import Final

import pytest

from qa.browser import browser
from qa.sample import PAGES, REPOSITORY, Sample, themes
from qa.validators import AXE
from tests.face.checks import CHECKS, Check, Host, Tabs, accessible, quiet, reflowing, still

# Every page of every theme before every check takes minutes, and most of it is for `make
# test-long`. The theme of the sample site is looked at whole, but waiting for slow fonts on each
# page; of the others, which have few pages of their own, these tell whether they are whole.
SOON: Final = (accessible, quiet, reflowing)
SOON_PAGES: Final = ("home", "article", "section", "terms-authors")


def is_soon(theme: str, page: str, check: Check) -> bool:
    """Whether a check is made on every run."""
    if theme == "broadsheet":
        return check is not still or page in SOON_PAGES
    return check in SOON and page in SOON_PAGES


KILOBYTE = 1024


@pytest.fixture(scope="module")
def tabs(require: Callable[[str | Path], Path]) -> Iterator[Tabs]:
    """A browser, for this module alone: Playwright occupies the thread's event loop."""
    program = require("chromium")
    require(AXE)
    with browser(program) as chromium:
        yield Tabs(chromium)


def name_of(check: Check) -> str:
    return check.__name__


def test_every_template_is_looked_at() -> None:
    """A template without a page here would be checked by nobody."""
    templates = {path.stem for path in (REPOSITORY / "themes/base/templates").glob("*.html")}

    assert {page.split("-")[0] for page in PAGES} == templates - {"layout", "redirect"}


@pytest.mark.parametrize(
    ("sample", "page", "check"),
    [
        pytest.param(
            theme,
            page,
            check,
            marks=() if is_soon(theme, page, check) else pytest.mark.long,
            id=f"{theme}-{page}-{name_of(check)}",
        )
        for theme in themes()
        for page in PAGES
        for check in CHECKS
    ],
    indirect=["sample"],
)
def test_page(page: str, check: Check, sample: Sample, host: Host, tabs: Tabs) -> None:
    faults = check(tabs, host, sample.url(page))

    assert not faults, "\n".join((f"{sample.theme}: {sample.url(page)}", *faults))


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_a_bad_page_is_found_out(check: Check, bad_host: Host, tabs: Tabs) -> None:
    """Every check can fail."""
    assert check(tabs, bad_host, "/")


@pytest.mark.parametrize("page", PAGES)
def test_stylesheets_are_small(page: str, sample: Sample, host: Host, tabs: Tabs) -> None:
    """All that a page has of them, as a host compresses them."""
    with tabs.tab() as tab:
        tab.goto(host.quick + sample.url(page))
        loaded = [path for path, _ in tab.evaluate("look.loaded()") if path.endswith(".css")]
    sizes = {path: len(compress((sample.output / path[1:]).read_bytes())) for path in loaded}

    assert sizes, "a page without a stylesheet is not styled"
    assert sum(sizes.values()) <= 14 * KILOBYTE, sizes


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_a_feed_that_is_opened_reads_well(
    name: str, sample: Sample, host: Host, tabs: Tabs
) -> None:
    """Its stories by headline, author and summary, without markup, under the strict policy."""
    stories = len(json.loads((sample.output / "feed.json").read_text())["items"])
    with tabs.tab() as tab:
        tab.goto(f"{host.quick}/{name}")
        shown = tab.evaluate(
            """names => Object.fromEntries(names.map(name => [name, [
              ...document.getElementsByTagName(name)
            ].filter(node => node.getClientRects().length).length]))""",
            ["title", "name", "dc:creator", "description", "summary", "content", "content:encoded"],
        )
        wide = tab.evaluate("document.documentElement.getBoundingClientRect().width")
        refused = tab.evaluate("look.refused()")

    assert shown["title"] == stories + 1
    assert shown["dc:creator"] + shown["name"] > stories
    assert 1 < shown["description"] + shown["summary"] <= stories + 1
    assert shown["content"] == shown["content:encoded"] == 0
    assert (wide < 800, refused) == (True, [])


@pytest.mark.parametrize("page", ["article", "article-plain"])
def test_fonts_are_light(page: str, sample: Sample, host: Host, tabs: Tabs) -> None:
    """What a reader of an English story waits for at the first visit."""
    with tabs.first_visit() as tab:
        tab.goto(host.quick + sample.url(page))
        tab.evaluate("look.settled()")
        sizes = {path: size for path, size in tab.evaluate("look.loaded()") if ".woff" in path}

    assert sum(sizes.values()) <= 90 * KILOBYTE, sizes


def test_a_host_keeps_its_address(tmp_path: Path, hosts: Callable[[Path], Host]) -> None:
    """The system gives ports again; a browser would show what it remembers of the former host."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()

    assert hosts(tmp_path / "a") != hosts(tmp_path / "b")
    assert hosts(tmp_path / "a") is hosts(tmp_path / "a")
