"""The preview server, over real sockets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
import uvicorn

from ssg.serve import PortTaken, Preview, open_port


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with a home page, a story and a page for what is not there."""
    folder = tmp_path / "output"
    (folder / "2026/03/ferry").mkdir(parents=True)
    (folder / "index.html").write_text("<h1>Front page</h1>")
    (folder / "2026/03/ferry/index.html").write_text("<h1>Ferry</h1>")
    (folder / "404.html").write_text("<h1>Not here</h1>")
    (folder / "feed.xml").write_text("<rss/>")
    (tmp_path / "secret.txt").write_text("not for readers")
    return folder


@pytest.fixture
def port(output: Path, request: pytest.FixtureRequest) -> Iterator[int]:
    """A server on a free port, under the base path that the test asks for."""
    base_path = getattr(request, "param", "/")
    listening = open_port("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(Preview(output, base_path).app(), log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)
    listening.close()


def fetch(port: int, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_serves_pages_with_their_types(port: int) -> None:
    """A folder's address gives its index, a file its own type."""
    response, body = fetch(port, "/2026/03/ferry/")
    feed, _ = fetch(port, "/feed.xml")

    assert (response.status, body) == (200, b"<h1>Ferry</h1>")
    assert response.getheader("content-type", "").startswith("text/html")
    assert "xml" in feed.getheader("content-type", "")


def test_an_address_without_its_slash_is_redirected(port: int) -> None:
    """As a web host does for a folder."""
    response, _ = fetch(port, "/2026/03/ferry")

    assert response.status in {301, 302, 307, 308}
    assert response.getheader("location", "").endswith("/2026/03/ferry/")


def test_what_is_not_there_is_the_sites_own_page(port: int) -> None:
    """The site's 404 page, with that status."""
    response, body = fetch(port, "/nothing/")

    assert (response.status, body) == (404, b"<h1>Not here</h1>")


def test_head_and_etag(port: int) -> None:
    """A browser that has the page is told that it did not change."""
    head, body = fetch(port, "/", "HEAD")
    again, _ = fetch(port, "/", If_None_Match=head.getheader("etag", ""))

    assert (head.status, body) == (200, b"")
    assert again.status == 304


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/2026/../../secret.txt",
        "/%5c..%5csecret.txt",
        "//secret.txt",
        "/C:/secret.txt",
    ],
)
def test_no_path_leaves_the_output_folder(port: int, path: str) -> None:
    """Neither dots nor encodings nor drive letters."""
    response, body = fetch(port, path)

    assert response.status == 404
    assert b"not for readers" not in body


def test_no_link_leaves_the_output_folder(output: Path, port: int) -> None:
    """A symbolic link to a file outside is not followed."""
    (output / "leak.txt").symlink_to(output.parent / "secret.txt")

    response, body = fetch(port, "/leak.txt")

    assert response.status == 404
    assert b"not for readers" not in body


def test_other_hosts_are_refused(port: int) -> None:
    """A page elsewhere cannot read the preview through a name that resolves here."""
    response, body = fetch(port, "/", Host="rebound.example")

    assert response.status == 400
    assert b"Front page" not in body


@pytest.mark.parametrize("port", ["/news/"], indirect=True)
def test_the_base_path_is_honoured(port: int) -> None:
    """A site that will live below a path is previewed below it."""
    page, body = fetch(port, "/news/2026/03/ferry/")
    root, _ = fetch(port, "/")
    outside, _ = fetch(port, "/2026/03/ferry/")

    assert (page.status, body) == (200, b"<h1>Ferry</h1>")
    assert root.getheader("location") == "/news/"
    assert outside.status == 404


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
