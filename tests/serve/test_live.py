"""Open pages of the preview in a real browser: what a person at the desk sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, ViewportSize, expect

from qa.browser import browser
from qa.validators import AXE
from ssg.build.manifest import Banner
from ssg.faults import Fault, Place
from ssg.serve.board import Board
from ssg.serve.preview import Preview
from tests.serve.previews import DEADLINE, port_of, post, running, until, write

expect.set_options(timeout=DEADLINE * 1000)

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/site.{mark}.css">
</head>
<body>
<main><h1>{title}</h1><label>Search <input></label>{body}</main>
</body>
</html>
"""
LONG = "<p>Line</p>" * 200
FERRY = "content/articles/ferry.md"
BROKEN_THEME = Fault(
    "E502",
    "unknown tag <b>endfro</b>",
    Place("themes/own/templates/home.html", 7, 4, "{% endfro %}<img src=x onerror=alert(1)>", 6),
    "did you mean <script>window.__bad = 1</script>?",
)
BROKEN_FERRY = Fault("E206", 'unknown key "standfrist"', Place(FERRY, 5, 1, "standfrist: x", 10))


def page_html(title: str, *, mark: str = "1a", body: str = LONG) -> str:
    return PAGE.format(title=title, mark=mark, body=body)


@pytest.fixture(scope="module")
def chromium(require: Callable[[str | Path], Path]) -> Iterator[Browser]:
    """For this module alone: Playwright occupies the thread's event loop."""
    with browser(require("chromium")) as program:
        yield program


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    write(folder, "index.html", page_html("Front"))
    write(folder, "ferry/index.html", page_html("Ferry"))
    write(folder, "404.html", page_html("Not here", body=""))
    write(folder, "assets/site.1a.css", "h1 { color: rgb(255, 0, 0) } * { font-size: 30px }")
    return folder


@pytest.fixture
def board() -> Board:
    return Board({"ferry/index.html": FERRY}.get)


@pytest.fixture
def held() -> dict[str, Banner]:
    return {}


@pytest.fixture
def preview(output: Path, board: Board, held: dict[str, Banner]) -> Preview:
    return Preview(output, "/", board, held=lambda: held)


@pytest.fixture
def address(preview: Preview) -> Iterator[str]:
    with running(preview) as server:
        yield server.address


@pytest.fixture
def tab(chromium: Browser, board: Board, address: str) -> Iterator[Page]:
    """The front page, open and listening, and marked: a reload would wipe the mark out."""
    page = chromium.new_page(viewport={"width": 800, "height": 600})
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    open_marked(page, address, board)
    yield page
    page.close()
    assert said == [], "the script of the preview fails nowhere"


def open_marked(page: Page, address: str, board: Board) -> None:
    page.goto(address)
    until(lambda: bool(board.open_outputs()))
    page.evaluate("window.__kept = 1")


def is_marked(page: Page) -> bool:
    return page.evaluate("window.__kept === 1") is True


def heading(page: Page) -> Locator:
    return page.locator("main h1")


def dialog(page: Page) -> Locator:
    return page.get_by_role("alertdialog")


def bar(page: Page) -> Locator:
    return page.get_by_role("button", name="open")


def settled(board: Board, page: Page) -> None:
    """Waits until the page has been told of everything so far: a fault comes after it."""
    post(board, BROKEN_THEME)
    expect(dialog(page)).to_be_visible()


def test_a_page_that_changed_is_loaded_again(output: Path, board: Board, tab: Page) -> None:
    """A title was edited."""
    write(output, "index.html", page_html("Breaking"))
    post(board)

    expect(heading(tab)).to_have_text("Breaking")
    assert not is_marked(tab)


def test_a_page_that_shows_the_same_is_left_alone(output: Path, board: Board, tab: Page) -> None:
    """Another page was edited."""
    write(output, "ferry/index.html", page_html("Late ferry"))
    post(board)
    settled(board, tab)

    assert is_marked(tab)


def test_a_stylesheet_is_exchanged_without_a_reload(output: Path, board: Board, tab: Page) -> None:
    """Twice, as its name changes; the page stays, and has one stylesheet as before."""
    for mark, colour in (("2b", "rgb(0, 0, 255)"), ("3c", "rgb(0, 128, 0)")):
        write(output, f"assets/site.{mark}.css", f"h1 {{ color: {colour} }}")
        write(output, "index.html", page_html("Front", mark=mark))
        post(board)

        expect(heading(tab)).to_have_css("color", colour)
        expect(tab.locator("link[rel=stylesheet]")).to_have_count(1)
    assert is_marked(tab)


def test_a_stylesheet_that_keeps_its_name_is_exchanged(
    output: Path, board: Board, tab: Page
) -> None:
    """Twice, although the browser has it."""
    for colour in ("rgb(0, 0, 255)", "rgb(0, 128, 0)"):
        write(output, "assets/site.1a.css", f"h1 {{ color: {colour} }}")
        post(board)

        expect(heading(tab)).to_have_css("color", colour)
        expect(tab.locator("link[rel=stylesheet]")).to_have_count(1)
    assert is_marked(tab)


def test_a_stylesheet_and_a_text_at_once(output: Path, board: Board, tab: Page) -> None:
    """The page is loaded again, with both."""
    write(output, "assets/site.2b.css", "h1 { color: rgb(0, 0, 255) }")
    write(output, "index.html", page_html("Breaking", mark="2b"))
    post(board)

    expect(heading(tab)).to_have_text("Breaking")
    expect(heading(tab)).to_have_css("color", "rgb(0, 0, 255)")


def test_a_page_that_was_restyled_is_still_told_of_its_text(
    output: Path, board: Board, tab: Page
) -> None:
    """And a text after that."""
    write(output, "assets/site.2b.css", "h1 { color: rgb(0, 0, 255) }")
    write(output, "index.html", page_html("Front", mark="2b"))
    post(board)
    expect(heading(tab)).to_have_css("color", "rgb(0, 0, 255)")
    write(output, "index.html", page_html("Breaking", mark="2b"))
    post(board)

    expect(heading(tab)).to_have_text("Breaking")


@pytest.mark.parametrize("restoration", ["auto", "manual"])
def test_the_position_stays(
    restoration: str, output: Path, board: Board, tab: Page, address: str
) -> None:
    """Over a reload, also where the theme has taken it from the browser and scrolls smoothly."""
    body = (
        f"<script>history.scrollRestoration = '{restoration}'</script>"
        f"<style>html {{ scroll-behavior: smooth }}</style>{LONG}"
    )
    write(output, "index.html", page_html("Front", body=body))
    open_marked(tab, address, board)
    tab.evaluate("scrollTo({top: 2345, behavior: 'instant'})")
    write(output, "index.html", page_html("Breaking", body=body))
    post(board)

    expect(heading(tab)).to_have_text("Breaking")
    tab.wait_for_function("document.readyState === 'complete' && scrollY === 2345")


def test_a_page_that_vanishes_and_comes_back(output: Path, board: Board, tab: Page) -> None:
    """The site's page for what is not there takes its place meanwhile."""
    (output / "index.html").unlink()
    post(board)
    expect(heading(tab)).to_have_text("Not here")

    write(output, "index.html", page_html("Back"))
    post(board)
    expect(heading(tab)).to_have_text("Back")


def test_early_bytes_reach_the_tab(output: Path, board: Board, tab: Page) -> None:
    """Before any file is written; and it is not loaded again for the file."""
    board.show("index.html", page_html("Breaking").encode())
    expect(heading(tab)).to_have_text("Breaking")
    tab.evaluate("window.__kept = 1")

    write(output, "index.html", page_html("Breaking"))
    post(board)
    settled(board, tab)
    assert is_marked(tab)


def test_a_second_tab(output: Path, board: Board, tab: Page, address: str) -> None:
    """Each shows its own page, and both are told."""
    second = tab.context.browser.new_page() if tab.context.browser else tab
    second.goto(f"{address}ferry/")
    until(lambda: board.open_outputs() == {"index.html", "ferry/index.html"})
    write(output, "index.html", page_html("Breaking"))
    write(output, "ferry/index.html", page_html("Late ferry"))
    post(board)

    expect(heading(tab)).to_have_text("Breaking")
    expect(heading(second)).to_have_text("Late ferry")
    second.close()
    until(lambda: board.open_outputs() == {"index.html"})


def test_more_tabs_than_a_browser_has_connections(
    chromium: Browser, board: Board, address: str
) -> None:
    """Six to a host: tabs that nobody looks at give theirs back."""
    context = chromium.new_context()
    context.add_init_script(
        "Object.defineProperty(document, 'hidden', {get: () => window.__hidden === true})"
    )
    for _ in range(8):
        page = context.new_page()
        page.goto(address, wait_until="commit")
        expect(heading(page)).to_have_text("Front")
        until(lambda: len(board._readers) == 1)
        page.evaluate("__hidden = true; document.dispatchEvent(new Event('visibilitychange'))")
        until(lambda: not board._readers)
    context.close()


def test_a_tab_that_comes_to_the_front_again(output: Path, board: Board, tab: Page) -> None:
    """What it missed is made up for; if that was nothing, it stays as it is."""
    tab.evaluate("Object.defineProperty(document, 'hidden', {get: () => window.__hidden})")
    turn = "hidden => { __hidden = hidden; document.dispatchEvent(new Event('visibilitychange')) }"
    tab.evaluate(turn, True)
    until(lambda: not board.open_outputs())
    tab.evaluate(turn, False)
    until(lambda: bool(board.open_outputs()))
    assert is_marked(tab)

    tab.evaluate(turn, True)
    until(lambda: not board.open_outputs())
    write(output, "index.html", page_html("Breaking"))
    post(board)
    tab.evaluate(turn, False)
    expect(heading(tab)).to_have_text("Breaking")


def test_a_server_that_was_started_again(
    chromium: Browser, preview: Preview, output: Path, board: Board
) -> None:
    """On the same port: the tab finds it, keeps an unchanged page, and is told as before."""
    page = chromium.new_page()
    with running(preview) as server:
        port = port_of(server)
        open_marked(page, server.address, board)
    until(lambda: not board.open_outputs())

    later = Board()
    with running(Preview(output, "/", later), port):
        until(lambda: bool(later.open_outputs()))
        settled(later, page)
        assert is_marked(page)
        write(output, "index.html", page_html("Breaking"))
        post(later)
        expect(heading(page)).to_have_text("Breaking")
        expect(dialog(page)).to_have_count(0)
    page.close()


def test_what_changed_while_the_server_was_away(
    chromium: Browser, preview: Preview, output: Path, board: Board
) -> None:
    """The tab finds out when it is back."""
    page = chromium.new_page()
    with running(preview) as server:
        port = port_of(server)
        open_marked(page, server.address, board)
    write(output, "index.html", page_html("Breaking"))
    with running(preview, port):
        expect(heading(page)).to_have_text("Breaking")
    page.close()


# --- faults over the page ---------------------------------------------------------------


def test_all_faults_show_over_the_last_good_page(board: Board, tab: Page) -> None:
    """Whatever an editor needs: what, where, the line with a caret, a hint, how old the page is."""
    good = post(board)
    post(board, BROKEN_THEME, BROKEN_FERRY, Fault("W301", "not used", Place("content/x")))

    expect(dialog(tab)).to_be_visible()
    text = dialog(tab).inner_text()
    assert "3 faults" in text
    assert f"last good build at {good.at.astimezone():%H:%M:%S}" in text
    assert "error[E502] unknown tag <b>endfro</b>" in text
    assert "themes/own/templates/home.html:7:4" in text
    assert "{% endfro %}<img src=x onerror=alert(1)>\n   ^^^^^^" in text
    assert "hint: did you mean <script>window.__bad = 1</script>?" in text
    assert f"{FERRY}:5:1" in text
    assert "warning[W301] not used" in text
    assert heading(tab).inner_text() == "Front"
    assert is_marked(tab)


def test_what_a_fault_says_is_text(board: Board, tab: Page) -> None:
    """Content is anybody's: nothing of it becomes an element or runs."""
    alerts: list[str] = []

    def dismiss(alert: Dialog) -> None:
        alerts.append(alert.message)
        alert.dismiss()

    tab.on("dialog", dismiss)
    post(board, BROKEN_THEME)

    expect(dialog(tab)).to_be_visible()
    expect(dialog(tab).locator("img, script, .message b b")).to_have_count(0)
    assert tab.evaluate("window.__bad") is None
    assert alerts == []


def test_faults_go_by_themselves_when_mended(board: Board, tab: Page) -> None:
    """Large or small, and the page that did not change stays."""
    for fault, shown in ((BROKEN_THEME, dialog), (BROKEN_FERRY, bar)):
        post(board, fault)
        expect(shown(tab)).to_be_visible()
        post(board)
        expect(tab.locator("ssg-faults")).to_have_count(0)
    assert is_marked(tab)


def test_faults_are_there_after_a_refresh(board: Board, tab: Page, address: str) -> None:
    """They belong to the site's state, not to the moment when they happened."""
    post(board, BROKEN_THEME)
    expect(dialog(tab)).to_be_visible()

    tab.reload()
    expect(dialog(tab)).to_be_visible()
    tab.goto(f"{address}ferry/")
    expect(dialog(tab)).to_be_visible()


def test_a_fault_does_not_cover_pages_that_it_does_not_concern(
    board: Board, tab: Page, address: str
) -> None:
    """There it is a bar that can be opened; on the page of the faulty document it is large."""
    post(board, BROKEN_FERRY)

    expect(bar(tab)).to_have_text("1 fault: open")
    expect(dialog(tab)).to_have_count(0)
    bar(tab).click()
    expect(dialog(tab)).to_contain_text("standfrist")
    expect(dialog(tab).get_by_role("button", name="Close")).to_be_focused()
    tab.goto(f"{address}ferry/")
    expect(dialog(tab)).to_be_visible()


def test_closed_until_the_next_change(board: Board, tab: Page) -> None:
    """Escape leaves the bar, also after a refresh; the next faulty build opens it again."""
    post(board, BROKEN_THEME)
    expect(dialog(tab)).to_be_visible()
    tab.keyboard.press("Escape")
    expect(dialog(tab)).to_have_count(0)
    expect(bar(tab)).to_be_visible()

    tab.reload()
    expect(bar(tab)).to_be_visible()
    expect(dialog(tab)).to_have_count(0)
    post(board, BROKEN_THEME)
    expect(dialog(tab)).to_be_visible()


def test_the_overlay_can_be_used_without_a_mouse(board: Board, tab: Page) -> None:
    """It has a name, its button has the focus, and the focus can leave it for the page."""
    post(board, BROKEN_THEME)
    box = tab.get_by_role("alertdialog", name="1 fault")
    expect(box.get_by_role("button", name="Close")).to_be_focused()
    expect(box).to_have_accessible_description(
        "The site was not built: there was no good build since the preview started."
    )

    for _ in range(6):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.matches('input')"):
            break
    assert tab.evaluate("document.activeElement.matches('input')")
    tab.keyboard.press("Escape")
    expect(box).to_have_count(0)
    assert tab.evaluate("document.activeElement.matches('input')")


def test_who_writes_in_the_page_is_not_disturbed(board: Board, tab: Page) -> None:
    """The focus stays where it was."""
    tab.locator("input").focus()
    post(board, BROKEN_THEME)
    expect(dialog(tab)).to_be_visible()

    assert tab.evaluate("document.activeElement.matches('input')")


def test_the_theme_does_not_reach_the_overlay(
    output: Path, board: Board, tab: Page, address: str
) -> None:
    """However broad its selectors are."""
    write(
        output,
        "assets/site.1a.css",
        "*:not(html) { display: none !important; font-size: 90px !important }",
    )
    tab.goto(address)
    post(board, BROKEN_THEME)

    expect(dialog(tab)).to_be_visible()
    expect(dialog(tab).locator(".message").first).to_have_css("font-size", "16px")


@pytest.fixture(params=["light", "dark"])
def telephone(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Page]:
    """The front page on the narrowest screen, by day and by night."""
    size: ViewportSize = {"width": 320, "height": 480}
    page = chromium.new_page(viewport=size, color_scheme=request.param)
    page.goto(address)
    yield page
    page.close()


FAULTS = pytest.mark.parametrize(
    ("fault", "shown"), [(BROKEN_THEME, dialog), (BROKEN_FERRY, bar)], ids=["large", "small"]
)


@FAULTS
def test_faults_on_a_telephone(
    fault: Fault, shown: Callable[[Page], Locator], board: Board, telephone: Page
) -> None:
    """Nothing sticks out, and some of the page is left to be seen."""
    post(board, fault)
    expect(shown(telephone)).to_be_visible()
    box = shown(telephone).bounding_box()

    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] > 0
    assert box["y"] + box["height"] <= 480
    assert shown(telephone).evaluate("element => element.scrollWidth <= element.offsetWidth")


@FAULTS
def test_faults_are_accessible(
    fault: Fault,
    shown: Callable[[Page], Locator],
    board: Board,
    telephone: Page,
    require: Callable[[str | Path], Path],
) -> None:
    """To axe, contrast included."""
    axe = require(AXE)
    post(board, fault)
    expect(shown(telephone)).to_be_visible()
    telephone.add_script_tag(path=axe)
    found = telephone.evaluate("axe.run(document.querySelector('ssg-faults'))")

    assert [violation["id"] for violation in found["violations"]] == []
    assert found["passes"]


def test_a_held_page_says_so(
    output: Path, board: Board, held: dict[str, Banner], tab: Page, address: str
) -> None:
    """At the top, whatever the theme does to a page; it goes when the page is held no more."""
    held["index.html"] = Banner("embargo", "2026-03-01T09:30:00+00:00")
    write(output, "assets/site.1a.css", "div { color: white; font-size: 1px }")
    tab.set_viewport_size({"width": 320, "height": 480})
    tab.goto(address)
    banner = tab.get_by_role("note")

    expect(banner).to_contain_text("Held until 2026-03-01 09:30")
    expect(banner).to_have_css("font-size", "16px")
    box = banner.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    held.clear()
    post(board)
    expect(banner).to_have_count(0)
