"""One contract for whoever does the work: here, in threads, in processes, or elsewhere."""

from __future__ import annotations

import os
import time
from concurrent.futures import Executor
from pathlib import Path

import pytest

from ssg.build import execute
from ssg.build.execute import BATCH, WINDOW, Workers, one_a_core, run, workers_of
from tests.build.executors import Courier
from tests.build.newsroom import newsroom
from tests.build.paper import paper


@pytest.mark.parametrize(
    "workers", ["threads:2", "processes:2", "tests.build.executors:courier", "threads:1"]
)
def test_every_executor_gives_the_same_bytes(
    tmp_path: Path, workers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process, threads, processes, or one that sends all as bytes: no difference."""
    for name in ("ssg.build.making._FEW", "ssg.build.reading._FEW"):
        monkeypatch.setattr(name, 0)
    alone = newsroom(tmp_path / "alone", paper())
    alone.build()
    together = newsroom(tmp_path / "together", paper())
    together.build(workers=workers)

    assert together.output() == alone.output()


def test_processes_that_are_not_forked_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where processes begin with nothing, all that they need travels to them."""
    alone = newsroom(tmp_path / "alone", paper())
    alone.build()
    for name in ("ssg.build.making._FEW", "ssg.build.reading._FEW"):
        monkeypatch.setattr(name, 0)
    monkeypatch.setattr("ssg.build.execute._FORKS", False)
    together = newsroom(tmp_path / "together", paper())
    together.build(workers="processes:2")

    assert together.output() == alone.output()


@pytest.mark.parametrize("spec", ["serial", "threads:2", "processes:2", "processes:1"])
def test_many_batches_are_one_result(spec: str) -> None:
    """However items are batched, each gives one result."""
    found = run(workers_of(spec), _double, 2, range(3 * BATCH + 1), key="2")
    assert sorted(found) == [number * 2 for number in range(3 * BATCH + 1)]


def test_few_items_start_no_process() -> None:
    """Below the number that pays, the work is done where it was asked for."""
    here = set(run(workers_of("processes:2"), _process, 0, range(9), key="0", few=10))
    there = set(run(workers_of("processes:2"), _process, 0, range(10), key="0", few=10))
    assert here == {os.getpid()}
    assert os.getpid() not in there


class Counting(Courier):
    """A foreign executor that forgets what it met, and counts what is under way."""

    def __init__(self) -> None:
        self.submitted = 0

    def submit(self, *args: object, **named: object) -> object:  # type: ignore[override]
        self.submitted += 1
        if self.submitted % 5 == 0:
            execute._met.clear()
        return super().submit(*args, **named)  # type: ignore[arg-type]


def test_a_worker_elsewhere_asks_for_what_it_has_not_met() -> None:
    """What all items share travels once to each worker, and again to one that asks."""
    made: list[Counting] = []

    def factory() -> Executor:
        made.append(Counting())
        return made[0]

    items = range(20 * BATCH)
    found = run(Workers("foreign", factory=factory), _double, 3, items, key="three")
    assert sorted(found) == [number * 3 for number in items]
    assert made[0].submitted > 20


def test_what_was_met_is_bounded() -> None:
    """A worker that lives for long keeps the last few presses and no more."""
    for number in range(20):
        workers = Workers("foreign", factory=Courier)
        assert list(run(workers, _double, 1, [number], key=str(number))) == [number]
    assert len(execute._met) <= 8


def test_not_everything_is_elsewhere_at_once() -> None:
    """Texts are read while others are under way: no more than a window of batches."""
    assert WINDOW * BATCH < 2000


def _double(item: int, factor: int) -> int:
    return item * factor


def _process(item: int, shared: int) -> int:
    return os.getpid() + 0 * (item + shared)


def _fail(item: int, shared: int) -> int:
    raise RuntimeError(item + shared)


def _die(item: int, shared: int) -> int:
    os._exit(item + shared)


def test_a_mistake_of_ours_is_no_fault() -> None:
    """A worker that raises breaks its contract, and that is seen."""
    with pytest.raises(RuntimeError):
        list(run(workers_of("serial"), _fail, 0, [1], key="0"))


def test_a_worker_that_dies_is_the_machines_refusal() -> None:
    """Killed by the system, out of memory: an error of the machine, no traceback."""
    with pytest.raises(OSError, match="a worker ended before its work was done"):
        list(run(workers_of("processes:2"), _die, 1, [1, 2], key="0"))


def _hang(item: int, shared: int) -> int:
    time.sleep(60)
    return item + shared


def test_what_hangs_ends_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template or extension that never returns: an error that says so, and no process left."""
    monkeypatch.setattr(execute, "_PATIENCE", 0.5)
    with pytest.raises(OSError, match="a template or an extension hangs"):
        list(run(workers_of("processes:2"), _hang, 0, range(3 * BATCH), key="0"))


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("threads", "needs a number of workers"),
        ("processes:0", "needs a number of workers"),
        ("processes:many", "needs a number of workers"),
        ("parallel", "neither serial"),
        ("tests.build.nowhere:courier", "neither serial"),
        ("tests.build.executors:nobody", "neither serial"),
    ],
)
def test_workers_that_are_none(spec: str, words: str) -> None:
    """A specification that names no workers is refused in words."""
    with pytest.raises(ValueError, match=words):
        workers_of(spec)


def test_a_factory_that_makes_no_executor() -> None:
    """Found when it is asked for one."""
    with pytest.raises(ValueError, match=r"made no concurrent\.futures\.Executor"):
        list(run(workers_of("tests.build.executors:nothing"), _double, 2, [1], key="2"))


def test_the_usual_workers_are_one_a_core() -> None:
    """As many processes as this process may use cores; on one core none but itself."""
    cores = len(os.sched_getaffinity(0))
    assert one_a_core() == (f"processes:{cores}" if cores > 1 else "serial")
