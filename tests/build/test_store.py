"""The store is a cache and a lock."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from ssg.build.store import HOLDER, NAME, Key, Known, Row, opened
from ssg.faults import Halt

_KEEP = """
import sys, time
from pathlib import Path
from ssg.build.store import opened
with opened(Path(sys.argv[1])):
    print("open", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def keep(state: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that keeps the store open."""
    command = [sys.executable, "-c", _KEEP, str(state), str(seconds)]
    other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    with other.stdout as said:
        assert said.readline() == "open\n"
    return other


def test_rows_come_back(tmp_path: Path) -> None:
    """What was saved is there the next time, and what is gone is not."""
    row = Row(3, 1, 2, "d")
    with opened(tmp_path) as store:
        store.save(
            {"x": b"1"},
            {"a": row, "b": row},
            {"a": b"r"},
            (),
            {"p": Key("k", b"new")},
            {"p": "r"},
            (),
        )
    with opened(tmp_path) as store:
        assert store.files() == {"a": row, "b": row}
        assert store.records() == {"a": b"r"}
        assert (store.about("x"), store.about("y")) == (b"1", None)
        assert store.outputs() == {"p": Known("k", "r")}
        store.save({}, {}, {}, ("a",), {"p": Key("l", b"newer")}, {}, ())
        assert store.outputs() == {"p": Known("l")}
        assert store.parts("p") == (b"newer", b"new")
        assert store.parts("q") == (None, None)
        store.save({}, {}, {}, (), {}, {}, ("p",))
        assert (set(store.files()), store.records(), store.outputs()) == ({"b"}, {}, {})


def test_a_change_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """An error in the middle leaves the rows as they were."""
    with opened(tmp_path) as store:
        with pytest.raises(Exception, match="type 'object' is not supported"):
            store.save({"x": object()}, {"a": Row(1, 1, 1, "")}, {}, (), {}, {}, ())  # type: ignore[dict-item]
        assert store.files() == {}


@pytest.mark.parametrize("rubbish", [b"rubbish" * 500, b""])
def test_what_is_no_store_starts_anew(tmp_path: Path, rubbish: bytes) -> None:
    """A broken file costs time and nothing else."""
    (tmp_path / NAME).write_bytes(rubbish)
    with opened(tmp_path) as store:
        assert store.files() == {}


def test_another_version_starts_anew(tmp_path: Path) -> None:
    """A cache is never migrated."""
    import sqlite3

    with opened(tmp_path) as store:
        store.remember("x", b"1")
    database = sqlite3.connect(tmp_path / NAME)
    database.execute("pragma user_version = 99")
    database.close()
    with opened(tmp_path) as store:
        assert store.about("x") is None


def test_a_second_build_waits_and_is_told_who_is_at_work(tmp_path: Path) -> None:
    """The message names the command, the process and since when."""
    other = keep(tmp_path, 60)
    with pytest.raises(Halt) as caught, opened(tmp_path, patience=0.2):
        pass
    other.kill()
    other.wait()
    (fault,) = caught.value.faults
    assert fault.code == "E707"
    assert f"process {other.pid}" in fault.message


def test_a_second_build_goes_on_when_the_first_has_ended(tmp_path: Path) -> None:
    """Waiting is all that it takes."""
    other = keep(tmp_path, 0.5)
    with opened(tmp_path, patience=30):
        assert other.wait(30) == 0
    assert not (tmp_path / HOLDER).exists()


def test_the_lock_dies_with_its_holder(tmp_path: Path) -> None:
    """A build that was killed locks nobody out."""
    other = keep(tmp_path, 60)
    other.kill()
    other.wait()
    begun = time.monotonic()
    with opened(tmp_path, patience=30):
        assert time.monotonic() - begun < 30
