"""The preview server, over real sockets."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from ssg.build.manifest import Banner
from ssg.serve.board import Board
from ssg.serve.names import KnownNames
from ssg.serve.ports import PortTaken, left_port, open_port
from ssg.serve.preview import Preview
from ssg.serve.redirects import redirect_for
from tests.serve.previews import (
    DEADLINE,
    as_published,
    fetch,
    port_of,
    post,
    running,
    stream,
    until,
    version_in,
    write,
)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with a home page, a story and a page for what is not there."""
    folder = tmp_path / "output"
    write(folder, "index.html", "<h1>Front page</h1>")
    write(folder, "2026/03/ferry/index.html", "<body><h1>Ferry</h1></body>")
    write(folder, "404.html", "<h1>Not here</h1>")
    write(folder, "feed.xml", "<rss/>")
    (folder / "media").mkdir()
    (folder / "media/film.mp4").write_bytes(bytes(range(256)) * 4096)
    (folder / "media/empty.bin").touch()
    (tmp_path / "secret.txt").write_text("not for readers")
    return folder


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def held() -> dict[str, Banner]:
    """The pages that readers do not see; a test may add to them."""
    return {}


@pytest.fixture
def port(
    output: Path, board: Board, held: Mapping[str, Banner], request: pytest.FixtureRequest
) -> Iterator[int]:
    """A server on a free port, under the base path that the test asks for."""
    base_path = getattr(request, "param", "/")
    with running(Preview(output, base_path, board, held=lambda: held)) as server:
        yield port_of(server)


def test_serves_pages_with_their_types(port: int) -> None:
    """A folder's address gives its index, a file its own type."""
    response, body = fetch(port, "/2026/03/ferry/")
    feed, _ = fetch(port, "/feed.xml")

    assert (response.status, as_published(body)) == (200, b"<body><h1>Ferry</h1></body>")
    assert response.getheader("content-type") == "text/html; charset=utf-8"
    assert feed.getheader("content-type") == "application/rss+xml"
    assert response.getheader("x-content-type-options") == "nosniff"


TYPES = {
    "robots.txt": "text/plain; charset=utf-8",
    "sitemap.xml": "application/xml",
    "tags/rain/atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "site.webmanifest": "application/manifest+json",
    "assets/a.css": "text/css; charset=utf-8",
    "assets/a.js": "text/javascript; charset=utf-8",
    "assets/a.woff2": "font/woff2",
    "media/a.webp": "image/webp",
    "media/a.avif": "image/avif",
    "media/a.svg": "image/svg+xml",
    "media/A.JPG": "image/jpeg",
    "CNAME": "application/octet-stream",
}


def test_types(output: Path, port: int) -> None:
    """As a host with a good table has them, whatever this machine has on record."""
    for name in TYPES:
        write(output, name, "x")

    answers = {name: fetch(port, f"/{name}") for name in TYPES}

    assert {
        name: answer.getheader("content-type") for name, (answer, _) in answers.items()
    } == TYPES
    assert {body for _, body in answers.values()} == {b"x"}


def test_an_address_without_its_slash_is_redirected(port: int) -> None:
    """As a web host does for a folder; what follows the question mark stays."""
    response, _ = fetch(port, "/2026/03/ferry?from=feed")

    assert response.status == 301
    assert response.getheader("location") == "/2026/03/ferry/?from=feed"
    assert response.getheader("cache-control") == "no-cache"


def test_what_is_not_there_is_the_sites_own_page(port: int) -> None:
    """The site's 404 page, with that status; it names the page that was wanted."""
    response, body = fetch(port, "/nothing/")

    assert (response.status, as_published(body)) == (404, b"<h1>Not here</h1>")
    assert b'data-output="nothing/index.html"' in body


def test_a_site_without_such_a_page_gets_one(output: Path, port: int) -> None:
    """So that an address which is not built yet shows itself when it is."""
    (output / "404.html").unlink()

    response, body = fetch(port, "/nothing/")

    assert response.status == 404
    assert b"/_ssg/live.js" in body


def test_an_output_folder_that_is_not_there(tmp_path: Path) -> None:
    """Nothing was ever built: still an answer."""
    with running(Preview(tmp_path / "none", "/")) as server:
        response, _ = fetch(port_of(server), "/")

    assert response.status == 404


def test_the_script_is_in_answers_only(output: Path, port: int) -> None:
    """Before the end of the body, in pages alone, and never in a file."""
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}

    _, page = fetch(port, "/2026/03/ferry/")
    _, feed = fetch(port, "/feed.xml")
    script, _ = fetch(port, "/_ssg/live.js")

    assert page.index(b"<h1>") < page.index(b"/_ssg/live.js") < page.index(b"</body>")
    assert feed == b"<rss/>"
    assert script.getheader("content-type") == "text/javascript; charset=utf-8"
    assert {path: path.read_bytes() for path in output.rglob("*") if path.is_file()} == before


def test_what_is_added_is_escaped(port: int) -> None:
    """An address is anybody's text."""
    _, body = fetch(port, "/%22%3E%3Cscript%3Ealert(1)%3C/script%3E/")

    assert b"<script>alert" not in body


def test_head_and_etag(output: Path, port: int) -> None:
    """A browser that has the page is told that it did not change; one that has not gets it."""
    head, body = fetch(port, "/", "HEAD")
    etag = head.getheader("etag", "")
    again, _ = fetch(port, "/", If_None_Match=f'"other", W/{etag}')
    write(output, "index.html", "<h1>Late night</h1>")
    later, page = fetch(port, "/", If_None_Match=etag)

    assert (head.status, body) == (200, b"")
    assert int(head.getheader("content-length", "")) > len("<h1>Front page</h1>")
    assert etag.startswith('"')
    assert head.getheader("cache-control") == "no-cache"
    assert again.status == 304
    assert again.getheader("etag") == etag
    assert (later.status, as_published(page)) == (200, b"<h1>Late night</h1>")


def test_the_etag_of_a_page_counts_what_is_added(port: int, held: dict[str, Banner]) -> None:
    """A page whose banner is new is another answer, though the file is the same."""
    plain, _ = fetch(port, "/")
    held["index.html"] = Banner("draft")

    later, body = fetch(port, "/", If_None_Match=plain.getheader("etag", ""))

    assert later.status == 200
    assert b"Draft: readers do not see this page." in body


def test_a_part_of_a_file(output: Path, port: int) -> None:
    """A player jumps within a film."""
    film = (output / "media/film.mp4").read_bytes()
    end = len(film)
    parts = {
        "bytes=0-9": (0, 10),
        "bytes=1000-": (1000, end),
        "bytes=-16": (end - 16, end),
        f"bytes={end - 6}-9999999": (end - 6, end),
    }

    answers = {asked: fetch(port, "/media/film.mp4", Range=asked) for asked in parts}

    for asked, (first, last) in parts.items():
        response, body = answers[asked]
        assert (response.status, body) == (206, film[first:last]), asked
        assert response.getheader("content-range") == f"bytes {first}-{last - 1}/{end}"


def test_a_range_that_says_nothing_is_ignored(port: int) -> None:
    """As the standard says: the whole file."""
    for asked in ("lines=1-2", "bytes=9-3", "bytes=-", "bytes=0-1,5-9", "x"):
        response, body = fetch(port, "/media/film.mp4", Range=asked)

        assert (response.status, len(body)) == (200, 1_048_576), asked


def test_a_part_beyond_the_end(port: int) -> None:
    """There is none, and the answer says how long the file is."""
    for asked in ("bytes=1048576-", "bytes=-0"):
        response, _ = fetch(port, "/media/film.mp4", Range=asked)

        assert response.status == 416, asked
        assert response.getheader("content-range") == "bytes */1048576"


def test_a_part_of_a_file_that_has_changed_is_refused(port: int) -> None:
    """Parts of two files are never put together."""
    whole, _ = fetch(port, "/media/film.mp4", "HEAD")
    etag = whole.getheader("etag", "")

    same, _ = fetch(port, "/media/film.mp4", Range="bytes=0-9", If_Range=etag)
    other, _ = fetch(port, "/media/film.mp4", Range="bytes=0-9", If_Range='"other"')

    assert (same.status, other.status) == (206, 200)


def test_an_empty_file(port: int) -> None:
    """It has no bytes, and that is an answer."""
    response, body = fetch(port, "/media/empty.bin")

    assert (response.status, body) == (200, b"")


def test_nothing_can_be_sent_to_it(port: int) -> None:
    """Pages are looked at, no more."""
    response, _ = fetch(port, "/", "POST")

    assert response.status == 405


OUTWARD = (
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/2026/../../secret.txt",
    "/%5c..%5csecret.txt",
    "/..%5csecret.txt",
    "//secret.txt",
    "/%2fetc/passwd",
    "/C:/secret.txt",
    "/c:%5csecret.txt",
    "/index.html%00.txt",
    "/./index.html",
    "/%ff%fe/",
    "/" + "long/" * 900,
    "/" + "long" * 90,
)


def test_no_path_leaves_the_output_folder(port: int) -> None:
    """Neither dots nor encodings nor drive letters; what is odd is not there."""
    answers = {path: fetch(port, path) for path in OUTWARD}

    assert {path: response.status for path, (response, _) in answers.items()} == dict.fromkeys(
        OUTWARD, 404
    )
    assert {as_published(body) for _, body in answers.values()} == {b"<h1>Not here</h1>"}


def test_no_link_leaves_the_output_folder(output: Path, port: int) -> None:
    """A symbolic link to a file or a folder outside is not followed, one inside is."""
    (output / "leak.txt").symlink_to(output.parent / "secret.txt")
    (output / "up").symlink_to(output.parent)
    (output / "loop").symlink_to(output / "loop")
    (output / "same.xml").symlink_to(output / "feed.xml")

    answers = [fetch(port, path) for path in ("/leak.txt", "/up/secret.txt", "/loop")]
    same, _ = fetch(port, "/same.xml")

    assert [response.status for response, _ in answers] == [404, 404, 404]
    assert all(b"not for readers" not in body for _, body in answers)
    assert same.status == 200


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_not_read(output: Path, port: int) -> None:
    """A pipe would keep the server waiting for ever."""
    os.mkfifo(output / "pipe.txt")

    response, _ = fetch(port, "/pipe.txt")

    assert response.status == 404


def test_other_hosts_are_refused(port: int) -> None:
    """A page elsewhere cannot read the preview through a name that resolves here."""
    rebound = ("rebound.example", "localhost.rebound.example", "127.0.0.1@x", "x:y", "[::1", "")
    for host in rebound:
        response, body = fetch(port, "/", Host=host)

        assert response.status == 400, host
        assert b"Front page" not in body


def test_names_of_this_machine_are_known(port: int) -> None:
    """With any port: a tunnel may lead from another one."""
    for host in ("127.0.0.1:1", "localhost", "LOCALHOST:8000", "[::1]:8000"):
        response, _ = fetch(port, "/", Host=host)

        assert response.status == 200, host


def test_names_that_were_asked_for_are_known() -> None:
    """Where all addresses listen each is a name of the preview; no other word is."""

    async def app(*_: object) -> None: ...

    desk = KnownNames(app, ("Desk.example", "fe80::5"))
    everywhere = KnownNames(app, ("0.0.0.0",))

    assert desk._knows("desk.example:8000")
    assert desk._knows("[fe80::5]:8000")
    assert not desk._knows("192.168.1.5")
    assert everywhere._knows("192.168.1.5:8000")
    assert not everywhere._knows("rebound.example")


def test_only_its_own_pages_may_listen(port: int) -> None:
    """Another port of this machine is another origin."""
    asked: list[tuple[dict[str, str], int]] = [
        ({}, 200),
        ({"Sec_Fetch_Site": "same-origin"}, 200),
        ({"Origin": f"http://127.0.0.1:{port}"}, 200),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "null"}, 403),
    ]
    for headers, status in asked:
        response, _ = fetch(port, "/_ssg/events", "HEAD", **headers)

        assert response.status == status, headers


@pytest.mark.parametrize("port", ["/news/"], indirect=True)
def test_the_base_path_is_honoured(port: int) -> None:
    """A site that will live below a path is previewed below it."""
    page, body = fetch(port, "/news/2026/03/ferry/")
    folder, _ = fetch(port, "/news/2026/03/ferry")
    root, _ = fetch(port, "/")
    bare, _ = fetch(port, "/news")
    outside, _ = fetch(port, "/2026/03/ferry/")

    assert (page.status, as_published(body)) == (200, b"<body><h1>Ferry</h1></body>")
    assert folder.getheader("location") == "/news/2026/03/ferry/"
    assert root.getheader("location") == "/news/"
    assert bare.getheader("location") == "/news/"
    assert outside.status == 404


@pytest.mark.parametrize("port", ["/caf%C3%A9/"], indirect=True)
def test_a_base_path_beyond_ascii(port: int) -> None:
    """It is written percent-encoded, and asked for as browsers write it."""
    page, _ = fetch(port, "/caf%C3%A9/")
    root, _ = fetch(port, "/")

    assert page.status == 200
    assert root.getheader("location") == "/caf%C3%A9/"


def test_redirects_as_the_file_says(output: Path, port: int) -> None:
    """What exists comes first, then the rules, then the page for what is not there."""
    write(output, "_redirects", "/old /2026/03/ferry/ 302\n/feed.xml /elsewhere\n")

    moved, _ = fetch(port, "/old/")
    feed, _ = fetch(port, "/feed.xml")

    assert (moved.status, moved.getheader("location")) == (302, "/2026/03/ferry/")
    assert feed.status == 200


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("/old /new", ("/new", 301)),
        ("  /old\t/new  308!  # moved", ("/new", 308)),
        ("/ol%64/ /new", ("/new", 301)),
        ("# /old /new", None),
        ("/old https://elsewhere.example/ 301", None),
        ("/old //elsewhere.example/", None),
        ("/old /\\elsewhere.example/", None),
        ("/old /new 200", None),
        ("/old", None),
        ("/* /new", ("/new", 301)),
        ("/* /new/:splat 302", ("/new/old", 302)),
        ("/*/old /new", None),
        ("/old /new ²", None),
    ],
)
def test_lines_of_redirects(line: str, found: tuple[str, int] | None) -> None:
    """Only those that stay on the site."""
    assert redirect_for(f"/other /x\n{line}\n", "/old") == found


@pytest.mark.parametrize(
    ("line", "path", "target"),
    [
        ("/old/* /new/:splat", "/old/a/b/", "/new/a/b/"),
        ("/old/* /new/:splat", "/old", "/new/"),
        ("/old/* /new/:splat", "/older/a", None),
        ("/old/* /new/", "/old/a", "/new/"),
        ("/old* /new:splat", "/older/a", "/newer/a"),
        ("/:year/:month/:slug /:slug/:year/", "/2026/03/ferry/", "/ferry/2026/"),
        ("/:year/:month/:slug /:slug/:year/", "/2026/03/", None),
        ("/news/:id/* /:splat?id=:id", "/news/7/a", "/a?id=7"),
        ("/a/:b /c/:other", "/a/x", "/c/:other"),
        ("/a.c/:b /:b", "/abc/x", None),
        ("/:a/:a /new", "/x/x", None),
        ("/caf%C3%A9/* /:splat", "/café/crème brûlée", "/cr%C3%A8me%20br%C3%BBl%C3%A9e"),
    ],
)
def test_patterns_of_redirects(line: str, path: str, target: str | None) -> None:
    """What stood in the place of a name or at the end is put into the target."""
    assert redirect_for(line, path) == (target and (target, 301))


@pytest.mark.parametrize(
    "path", ["/old//evil.example", "/old/%2Fevil.example", "/old/\\evil.example", "/old/\r\nX: y"]
)
def test_no_pattern_leads_to_another_host(path: str) -> None:
    """Whoever asks chooses what is put in."""
    found = redirect_for("/old/* /:splat", path)

    assert found is None or re.fullmatch(r"/[^/\\\r\n].*", found[0])


def test_held_pages_carry_a_banner(port: int, held: dict[str, Banner]) -> None:
    """At the top of the page, why and until when; other pages have none."""
    banners = {
        "Draft: readers do not see this page.": Banner("draft"),
        "Held until 2026-03-01 09:30: ": Banner("embargo", "2026-03-01T09:30:00+01:00"),
        "Expired since 2026-03-01 09:30: ": Banner("expired", "2026-03-01T09:30:00+00:00"),
        "Held until &lt;b&gt;soon: ": Banner("embargo", "<b>soon"),
        "Held back: ": Banner("embargo"),
    }
    for text, banner in banners.items():
        held["2026/03/ferry/index.html"] = banner
        _, page = fetch(port, "/2026/03/ferry/")

        assert page.index(b"<body>") < page.index(text.encode()) < page.index(b"<h1>")

    _, other = fetch(port, "/")
    assert b"ssg-held" not in other


def test_early_bytes_come_from_memory(output: Path, board: Board, port: int) -> None:
    """Until the next build is posted; then the files speak."""
    board.show("index.html", b"<h1>Breaking</h1>")
    board.show("new/index.html", b"<h1>New</h1>")
    _, early = fetch(port, "/")
    new, _ = fetch(port, "/new/")
    folder, _ = fetch(port, "/new")
    post(board)
    _, later = fetch(port, "/")
    gone, _ = fetch(port, "/new/")

    assert as_published(early) == b"<h1>Breaking</h1>"
    assert (new.status, folder.status, gone.status) == (200, 301, 404)
    assert as_published(later) == b"<h1>Front page</h1>"


def test_further_pages_of_the_preview(output: Path) -> None:
    """They come before the site's."""
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    async def desk(_: object) -> PlainTextResponse:
        return PlainTextResponse("the desk")

    with running(Preview(output, "/news/", extra_routes=[Route("/_ssg/", desk)])) as server:
        _, body = fetch(port_of(server), "/_ssg/")

    assert body == b"the desk"


def test_it_ends_at_once_with_open_connections(
    output: Path, board: Board, capfd: pytest.CaptureFixture[str]
) -> None:
    """Tabs listen, one waits and one is in the middle of a film; nothing is printed."""
    (output / "media/long.mp4").write_bytes(bytes(30_000_000))
    listening = open_port("127.0.0.1", 0)
    port = listening.getsockname()[1]
    server = Preview(output, "/", board).start(listening, "127.0.0.1")
    with ExitStack() as stack:
        tabs = [stack.enter_context(stream(port, "index.html")) for _ in range(5)]
        assert [tab.next()[0] for tab in tabs] == ["clear"] * 5
        idle = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        film = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        film.sendall(b"GET /media/long.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        film.recv(1000)
        server.stop()
        alive = server._thread.is_alive()
        assert [tab.next() for tab in tabs] == [("", "")] * 5
        idle.close()

    assert not alive, "it is given half a second"
    with open_port("127.0.0.1", port):
        pass
    until(lambda: not board.open_outputs())
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("left", [False, True], ids=["its own", "left by another process"])
def test_answers_are_sent_at_once(output: Path, left: bool) -> None:
    """A short answer does not wait for the receipt of the one before (TCP_NODELAY)."""
    listening = open_port("127.0.0.1", 0)
    listening = left_port(listening.detach()) if left else listening
    server = Preview(output, "/").start(listening, "127.0.0.1")
    with closing(HTTPConnection("127.0.0.1", port_of(server), timeout=DEADLINE)) as browser:
        browser.request("GET", "/")
        browser.getresponse().read()
        (connection,) = server._server.server_state.connections
        accepted = connection.transport.get_extra_info("socket")
        at_once = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    server.stop()

    assert at_once


def test_versions_are_the_same_after_a_restart(output: Path) -> None:
    """So an open page does not reload when the server was merely started again."""
    write(output, "index.html", '<link rel="stylesheet" href="/a.css"><img src="media/film.mp4">')
    write(output, "a.css", "a {}")
    versions = []
    for _ in range(2):
        with running(Preview(output, "/")) as server:
            versions.append(version_in(fetch(port_of(server), "/")[1]))

    assert versions[0] == versions[1]


def test_a_taken_port_names_a_free_one() -> None:
    """The next port that is free is offered."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(PortTaken) as error:
            open_port("127.0.0.1", port)

    assert error.value.port == port
    assert error.value.free is not None
    assert error.value.free > port
