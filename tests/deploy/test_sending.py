"""Single files on their way: several at once, tried again when the line breaks."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ssg.build.manifest import Entry
from ssg.deploy.targets import Parcel
from ssg.deploy.targets.sending import send_all, tried


def parcels(count: int) -> list[Parcel]:
    return [Parcel(f"{n}.html", Path("x"), Entry("aa", 1), "page") for n in range(count)]


class Line:
    """Breaks so many times, then holds."""

    def __init__(self, breaks: int) -> None:
        self.breaks = breaks
        self.tried = 0

    def use(self) -> str:
        self.tried += 1
        if self.tried <= self.breaks:
            raise ConnectionError(self.tried)
        return "sent"


def test_a_line_that_breaks_for_a_moment_is_used_again() -> None:
    line = Line(3)
    assert tried(line.use, (ConnectionError,), pause=0.001) == "sent"
    assert line.tried == 4


def test_a_line_that_stays_broken_is_given_up() -> None:
    """With the error of the last try."""
    line = Line(99)
    with pytest.raises(ConnectionError, match="3"):
        tried(line.use, (ConnectionError,), tries=3, pause=0.001)


def test_what_does_not_pass_is_not_tried_again() -> None:
    line = Line(99)
    with pytest.raises(ConnectionError, match="1"):
        tried(line.use, (TimeoutError,), pause=0.001)


@pytest.mark.parametrize("at_once", [1, 4, 99])
def test_every_file_is_put_once_and_told_of(at_once: int) -> None:
    """By no more threads than are allowed, and told of by the one who waits."""
    put: list[str] = []
    told: list[str] = []
    tellers: set[int] = set()
    running = [0, 0]
    lock = threading.Lock()

    def one(parcel: Parcel) -> None:
        with lock:
            running[0] += 1
            running[1] = max(running)
        with lock:
            put.append(parcel.path)
            running[0] -= 1

    def tell(path: str) -> None:
        told.append(path)
        tellers.add(threading.get_ident())

    send_all(parcels(50), one, tell, at_once=at_once)
    assert sorted(put) == sorted(told) == sorted(parcel.path for parcel in parcels(50))
    assert running[1] <= at_once
    assert tellers == {threading.get_ident()}


@pytest.mark.parametrize("at_once", [1, 4])
def test_the_first_failure_ends_it(at_once: int) -> None:
    """What failed is raised, and nothing is begun after it but what is on its way."""
    put: list[str] = []

    def one(parcel: Parcel) -> None:
        if parcel.path == "3.html":
            raise ConnectionError(parcel.path)
        put.append(parcel.path)

    told: list[str] = []
    with pytest.raises(ConnectionError):
        send_all(parcels(5000), one, told.append, at_once=at_once)
    assert "3.html" not in told
    assert len(put) < 5000
