"""The board, and what tabs are told: event streams over real sockets, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from ssg.build.manifest import Banner
from ssg.faults import Fault, Place
from ssg.serve.board import Board
from ssg.serve.outcome import KEPT
from ssg.serve.preview import Preview
from ssg.serve.shown import Version, version_of
from tests.serve.previews import (
    fetch,
    port_of,
    post,
    running,
    stream,
    told,
    until,
    version_in,
    write,
)

PAGE = '<link rel="stylesheet" href="/assets/site.{}.css"><body><h1>{}</h1></body>'
ORIGINS = {"ferry/index.html": "content/articles/ferry.md"}

BROKEN_CONFIG = Fault("E104", "title is missing", Place("config.toml"))
BROKEN_FERRY = Fault("E206", 'unknown key "standfrist"', Place("content/articles/ferry.md", 5, 1))


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    write(folder, "index.html", PAGE.format("1a", "Front"))
    write(folder, "ferry/index.html", PAGE.format("1a", "Ferry"))
    write(folder, "404.html", "<h1>Not here</h1>")
    write(folder, "assets/site.1a.css", "h1 { color: red }")
    return folder


@pytest.fixture
def board() -> Board:
    return Board(ORIGINS.get)


@pytest.fixture
def held() -> dict[str, Banner]:
    return {}


@pytest.fixture
def port(output: Path, board: Board, held: dict[str, Banner]) -> Iterator[int]:
    with running(Preview(output, "/", board, held=lambda: held)) as server:
        yield port_of(server)


def seen(port: int, path: str) -> str:
    """The version of a page as a browser gets it."""
    return version_in(fetch(port, path)[1])


def test_the_newest_outcomes_are_kept(board: Board) -> None:
    """So many and no more, the newest last; the last good one is remembered beyond them."""
    good = post(board)
    for _ in range(KEPT + 5):
        post(board, BROKEN_CONFIG)

    assert len(board.outcomes) == KEPT
    assert not board.outcomes[-1].is_green
    assert board.last_good == good.at


def test_a_tab_is_told_of_another_page_only(output: Path, board: Board, port: int) -> None:
    """The front page has changed, the ferry's has not: its next event is of something else."""
    with (
        stream(port, "index.html", seen(port, "/")) as front,
        stream(port, "ferry/index.html", seen(port, "/ferry/")) as ferry,
    ):
        assert front.next() == ferry.next() == ("clear", "")
        write(output, "index.html", PAGE.format("1a", "Breaking"))
        post(board)
        post(board, BROKEN_CONFIG)

        assert front.next() == ("reload", seen(port, "/"))
        assert ferry.next()[0] == "faults"


def test_stylesheets_are_told_apart(output: Path, board: Board, port: int) -> None:
    """A page that differs in the names of its stylesheets alone need not be loaded again."""
    with stream(port, "index.html", seen(port, "/")) as tab:
        tab.next()
        write(output, "assets/site.2b.css", "h1 { color: blue }")
        write(output, "index.html", PAGE.format("2b", "Front"))
        post(board)
        assert tab.next() == ("styles", seen(port, "/"))

        # one whose name does not change, and one that the page does not use
        write(output, "assets/other.css", "h1 {}")
        write(output, "assets/site.2b.css", "h1 { color: green }")
        post(board)
        assert tab.next() == ("styles", seen(port, "/"))


def test_a_picture_of_the_page_counts(output: Path, board: Board, port: int) -> None:
    """It keeps its name when it is exchanged; what the page only leads to does not count."""
    html = '<link rel="alternate" href="/feed.xml"><a href="/b/">b</a><img src="../media/a.svg">'
    write(output, "ferry/index.html", html)
    write(output, "media/a.svg", "<svg/>")
    with stream(port, "ferry/index.html", seen(port, "/ferry/")) as tab:
        tab.next()
        write(output, "feed.xml", "<rss/>")
        write(output, "b/index.html", "b")
        post(board)
        write(output, "media/a.svg", "<svg></svg>")
        post(board, BROKEN_CONFIG)

        assert [tab.next()[0], tab.next()[0]] == ["reload", "faults"]


def test_early_bytes_are_told_once(output: Path, board: Board, port: int) -> None:
    """The tab that has the page open is told at once, and not again when its file is there."""
    with stream(port, "index.html", seen(port, "/")) as tab:
        tab.next()
        page = PAGE.format("1a", "Breaking")
        board.show("index.html", page.encode())
        assert tab.next() == ("reload", seen(port, "/"))

        write(output, "index.html", page)
        post(board)
        post(board, BROKEN_CONFIG)
        assert tab.next()[0] == "faults"


def test_early_bytes_of_a_build_that_fails_are_taken_back(board: Board, port: int) -> None:
    """The last good page is shown again."""
    before = seen(port, "/")
    with stream(port, "index.html", before) as tab:
        tab.next()
        board.show("index.html", b"<h1>Half done</h1>")
        assert tab.next()[0] == "reload"

        post(board, BROKEN_CONFIG)
        assert tab.next() == ("reload", before)


def test_a_page_that_vanishes_and_one_that_appears(output: Path, board: Board, port: int) -> None:
    """Both are another page at the same address; so is a new page for what is not there."""
    with (
        stream(port, "ferry/index.html", seen(port, "/ferry/")) as ferry,
        stream(port, "new/index.html", seen(port, "/new")) as new,
    ):
        assert ferry.next() == new.next() == ("clear", "")
        (output / "ferry/index.html").unlink()
        write(output, "new/index.html", "<h1>New</h1>")
        post(board)
        assert ferry.next() == ("reload", seen(port, "/ferry/"))
        assert new.next() == ("reload", seen(port, "/new/"))

        write(output, "404.html", "<h1>Gone</h1>")
        post(board)
        assert ferry.next() == ("reload", seen(port, "/ferry/"))


def test_a_page_that_is_held_no_more(board: Board, held: dict[str, Banner], port: int) -> None:
    """Its file is the same, its banner is not."""
    held["ferry/index.html"] = Banner("draft")
    with stream(port, "ferry/index.html", seen(port, "/ferry/")) as tab:
        tab.next()
        held.clear()
        post(board)

        assert tab.next()[0] == "reload"


def test_who_was_away_is_told_what_was_missed(output: Path, port: int) -> None:
    """A laptop slept, or the server did: what the tab shows is compared when it comes back."""
    before = seen(port, "/")
    with stream(port, "index.html", before) as tab:
        assert tab.next() == ("clear", "")
    write(output, "index.html", PAGE.format("1a", "Breaking"))

    with stream(port, "index.html", before) as tab:
        assert tab.next() == ("reload", seen(port, "/"))


def test_what_tabs_have_open(board: Board, port: int) -> None:
    """Known as long as they listen, each output once."""
    assert board.open_outputs() == frozenset()
    with ExitStack() as stack:
        for output in ("index.html", "ferry/index.html", "index.html"):
            stack.enter_context(stream(port, output)).next()
        assert board.open_outputs() == {"index.html", "ferry/index.html"}

    until(lambda: not board.open_outputs())


def test_an_output_that_is_asked_for_is_looked_for_inside_alone(output: Path, port: int) -> None:
    """The name comes from a request."""
    (output.parent / "secret.html").write_text("not for readers")
    missing = seen(port, "/nothing/")

    with stream(port, "../secret.html", missing) as tab:
        assert tab.next() == ("clear", "")


def test_posts_from_many_threads_arrive(output: Path, board: Board, port: int) -> None:
    """Whatever came last is what the tab is told in the end."""

    def build(number: int) -> None:
        board.show("index.html", f"<h1>{number}</h1>".encode())
        post(board)

    with stream(port, "index.html", seen(port, "/")) as tab:
        tab.next()
        threads = [Thread(target=build, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        write(output, "index.html", "<h1>Last</h1>")
        post(board, BROKEN_CONFIG)

        last = seen(port, "/")
        events = iter(tab.next, None)
        assert next(data for name, data in events if name == "reload" and data == last)


def test_a_fault_of_the_whole_site_concerns_every_page(board: Board, port: int) -> None:
    """It is told with all its words, and that of the last good build."""
    good = post(board)
    fault = Fault(
        "E502", "no <end>", Place("themes/own/templates/home.html", 3, 4, "{% if x %}", 2), "close"
    )
    post(board, fault, Fault("W301", "not used"))
    with stream(port, "index.html") as tab:
        value = told(tab.next())

    assert value["large"] is True
    assert value["good"] == f"{good.at.astimezone():%H:%M:%S}"
    assert value["faults"] == [
        {
            "severity": "error",
            "code": "E502",
            "message": "no <end>",
            "where": "themes/own/templates/home.html:3:4",
            "before": "{% ",
            "meant": "if",
            "after": " x %}",
            "hint": "close",
        },
        {
            "severity": "warning",
            "code": "W301",
            "message": "not used",
            "where": "",
            "before": "",
            "meant": "",
            "after": "",
            "hint": None,
        },
    ]


@pytest.mark.parametrize(
    ("output_path", "fault", "large"),
    [
        ("index.html", BROKEN_FERRY, False),
        ("ferry/index.html", BROKEN_FERRY, True),
        ("index.html", Fault("E105", "cannot be read", Place("content/home.toml")), True),
        ("ferry/index.html", Fault("E105", "cannot be read", Place("content/home.toml")), False),
        ("index.html", Fault("E704", "the disk is full"), True),
    ],
    ids=["another page", "its own page", "front page", "not the front page", "machine"],
)
def test_which_page_a_fault_concerns(
    output_path: str, fault: Fault, large: bool, board: Board, port: int
) -> None:
    """A fault in one document is shown large on its page alone."""
    post(board)
    post(board, fault)
    with stream(port, output_path) as tab:
        assert told(tab.next())["large"] is large


def test_without_any_good_build_there_is_nothing_else_to_show(board: Board, port: int) -> None:
    """At an address that has no page: an older page elsewhere may still be looked at."""
    post(board, BROKEN_FERRY)
    with stream(port, "index.html") as front, stream(port, "new/index.html") as new:
        assert told(front.next())["large"] is False
        assert told(new.next())["large"] is True


def test_warnings_are_for_the_terminal(board: Board, port: int) -> None:
    """The page is as the files say."""
    post(board, Fault("W301", "not used"))
    with stream(port, "index.html") as tab:
        assert tab.next() == ("clear", "")


def test_mended_is_told(board: Board, port: int) -> None:
    """Whoever shows a fault is told to take it away."""
    post(board, BROKEN_CONFIG)
    with stream(port, "index.html") as tab:
        first = told(tab.next())
        post(board, BROKEN_CONFIG)
        second = told(tab.next())
        post(board)

        assert first["id"] != second["id"], "closed until the next change"
        assert tab.next() == ("clear", "")


def test_a_long_line_is_cut_around_what_is_meant(board: Board, port: int) -> None:
    """And a place beyond its line does no harm."""
    long = Place("config.toml", 1, 1001, "x" * 1000 + "here" + "y" * 1000, 4)
    beyond = Place("config.toml", 1, 99, "short", 50)
    post(board, Fault("E104", "a", long), Fault("E104", "b", beyond))
    with stream(port, "index.html") as tab:
        cards = told(tab.next())["faults"]

    assert isinstance(cards, list)
    assert (cards[0]["meant"], len(cards[0]["before"] + cards[0]["after"])) == ("here", 156)
    assert (cards[1]["before"], cards[1]["meant"], cards[1]["after"]) == ("short", "", "")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (b'<link href=a.css rel="preload stylesheet">', ["a.css"]),
        (b"<LINK REL=icon HREF='i.svg'>", ["i.svg"]),
        (b'<link rel="canonical" href="/x/"><a href="/y/">y</a>', []),
        (b'<img alt="a > b" src="a.png" srcset="b.png 1x, c.png 2x">', ["a.png", "b.png", "c.png"]),
        (b'<img src="a.png?x=1&amp;y=2">', ["a.png?x=1&y=2"]),
        (b'<video poster="p.png"><source src="f.mp4"></video>', ["p.png", "f.mp4"]),
        (b'<img data-src="late.png">', []),
        (b'<svg><use href="#icon"/></svg>', []),
        (b'<script>"<img src=', []),
    ],
)
def test_what_a_page_shows(html: bytes, shown: list[str]) -> None:
    """What it draws or runs, however the theme writes it; not what it leads on to."""
    asked: list[str] = []

    def mark(reference: str) -> str:
        asked.append(reference)
        return ""

    version_of(html, mark)

    assert asked == shown


def test_a_version_tells_stylesheets_from_the_rest() -> None:
    """The names of stylesheets are in the one half, everything else is in the other."""

    def version(html: str) -> Version:
        return version_of(html.encode(), lambda reference: reference)

    plain = version('<link rel="stylesheet" href="a.css" media="print">x')
    other_name = version('<link rel="stylesheet" href="b.css" media="print">x')
    other_media = version('<link rel="stylesheet" href="a.css" media="all">x')
    two = version('<link rel="stylesheet" href="a.css" media="print"><link rel="stylesheet">x')

    assert plain.page == other_name.page
    assert plain.styles != other_name.styles
    assert plain.page != other_media.page
    assert plain.page != two.page
