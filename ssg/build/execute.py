"""Execute: runs a pure worker over items, here or on any `concurrent.futures.Executor`.

The contract is one for all: the worker is a function of a module, the shared value and the
items pickle, and the worker returns faults rather than raising. Workers on this machine may
be given files to read and a folder to write to; others get texts and give back bytes.

What all items share travels to a process of ours when that starts (where processes are
forked it is simply there, and so are the items), and to a foreign worker once: a batch names
it by its key, and a worker that has not met it asks for it.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn, TypeVar

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")
Worker = Callable[[Item, Shared], Result]

BATCH: Final = 64
WINDOW: Final = 16

_KEPT: Final = 8

#: How many times what forking costs is paid for a process that is started otherwise.
_DEAR: Final = 20

#: Seconds after which a batch of pages that is not finished never will be. It only ends a build.
_PATIENCE: Final = 600.0

# Forked workers have everything at hand. Elsewhere forking is not safe, or not there.
_FORKS: Final = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work: how many threads or processes of ours, or whose `factory` makes."""

    kind: Literal["serial", "threads", "processes", "foreign"] = "serial"
    count: int = 1
    factory: Callable[[], Executor] | None = None

    @property
    def are_here(self) -> bool:
        """Whether they see this machine's disk."""
        return self.kind != "foreign"

    @property
    def are_dear(self) -> bool:
        """Whether starting them takes seconds: each loads everything anew, and is sent its work."""
        return self.kind == "processes" and not _forks()

    def are_worth(self, items: int, few: int) -> bool:
        """Whether so many items are more than the starting of workers costs."""
        if self.kind == "foreign":
            return True
        enough = _DEAR * few if self.are_dear else few
        return self.kind != "serial" and self.count > 1 and items >= enough


def _forks() -> bool:
    """Whether processes can be forked now: never beside threads, whose locks they would keep."""
    return _FORKS and threading.active_count() == 1


def one_a_core() -> str:
    """The workers of a build that names none."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"processes:{cores}" if (cores or 1) > 1 else "serial"


def workers_of(spec: str) -> Workers:
    """What `serial`, `threads:N`, `processes:N` or `package.module:factory` names.

    Raises `ValueError` with a sentence for the person who wrote it.
    """
    kind, _, rest = spec.partition(":")
    if spec == "serial":
        return Workers()
    if kind in {"threads", "processes"}:
        if not rest.isdigit() or not int(rest):
            message = f'"{spec}" needs a number of workers, such as {kind}:2'
            raise ValueError(message)
        return Workers("threads" if kind == "threads" else "processes", int(rest))
    try:
        factory = getattr(import_module(kind), rest)
    except (ImportError, AttributeError, ValueError) as error:
        message = f'"{spec}" is neither serial, threads:N, processes:N nor package.module:factory'
        raise ValueError(message) from error
    return Workers("foreign", factory=factory)


def run(
    workers: Workers,
    worker: Worker[Item, Shared, Result],
    shared: Shared,
    items: Sequence[Item],
    *,
    key: str,
    few: int = 0,
) -> Iterator[Result]:
    """The results of `worker(item, shared)`, in no particular order.

    Fewer items than `few` are done at once in this process: starting others would cost more.
    `key` names the shared value among all others. Raises `OSError` when a worker dies.
    """
    try:
        if workers.kind == "foreign":
            yield from _elsewhere(_made(workers), worker, shared, items, key)
        elif not workers.are_worth(len(items), few):
            yield from (worker(item, shared) for item in items)
        elif workers.kind == "threads":
            yield from _in_threads(workers.count, worker, shared, items)
        else:
            yield from _in_processes(workers.count, worker, shared, items)
    except BrokenExecutor as error:
        message = f"a worker ended before its work was done ({error})"
        raise OSError(None, message) from None


def _made(workers: Workers) -> Executor:
    made = workers.factory() if workers.factory else None
    if isinstance(made, Executor):
        return made
    message = f"{workers.factory} made no concurrent.futures.Executor"
    raise ValueError(message)


# --- on this machine --------------------------------------------------------------------


def _in_threads(
    count: int, worker: Worker[Item, Shared, Result], shared: Shared, items: Sequence[Item]
) -> Iterator[Result]:
    from concurrent.futures import ThreadPoolExecutor

    def batch(start: int) -> list[Result]:
        return [worker(item, shared) for item in items[start : start + BATCH]]

    with ThreadPoolExecutor(count) as pool:
        for results in pool.map(batch, range(0, len(items), BATCH)):
            yield from results


def _in_processes(
    count: int, worker: Worker[Item, Shared, Result], shared: Shared, items: Sequence[Item]
) -> Iterator[Result]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if _forks() else "spawn")
    # What stands in memory now is never garbage: collectors would copy each page they visit.
    gc.collect()
    gc.freeze()
    with ProcessPoolExecutor(
        count, context, initializer=_take, initargs=(worker, shared, items)
    ) as pool:
        futures = {pool.submit(_span, start) for start in range(0, len(items), BATCH)}
        while futures:
            done, futures = wait(futures, _PATIENCE, return_when=FIRST_COMPLETED)
            if not done:
                _give_up(pool, multiprocessing.active_children())
            for future in done:
                yield from future.result()
    gc.unfreeze()


def _give_up(pool: Executor, workers: Iterable[BaseProcess]) -> NoReturn:
    """Ends a build in which nothing gets done any more: a template or an extension that hangs."""
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.kill()
    message = f"nothing was finished for {_PATIENCE:.0f} seconds: a template or an extension hangs"
    raise OSError(None, message)


#: What a process of ours works with: filled once when it starts, never in the parent.
_at_hand: list[Any] = []


def _take(worker: Worker[Any, Any, Any], shared: object, items: Sequence[object]) -> None:
    gc.disable()
    _at_hand[:] = [worker, shared, items]


def _span(start: int) -> list[Any]:
    worker, shared, items = _at_hand
    return [worker(item, shared) for item in items[start : start + BATCH]]


# --- anywhere else ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Missing:
    """A worker's answer: it has not met the shared value of this batch."""

    items: tuple[Any, ...]


def _elsewhere(
    executor: Executor,
    worker: Worker[Item, Shared, Result],
    shared: Shared,
    items: Iterable[Item],
    key: str,
) -> Iterator[Result]:
    """No more than `WINDOW` batches are under way: memory does not hold the texts of all."""
    waiting = iter(items)
    under_way: set[Future[list[Result] | Missing]] = set()
    given: Shared | None = shared
    with executor:
        while (chunk := tuple(islice(waiting, BATCH))) or under_way:
            if chunk:
                under_way.add(executor.submit(_batch, worker, key, given, chunk))
                given = None
            if chunk and len(under_way) < WINDOW:
                continue
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                result = future.result()
                if isinstance(result, Missing):
                    again = executor.submit(_batch, worker, key, shared, result.items)
                    under_way.add(again)
                else:
                    yield from result


#: What a foreign worker has met, by key: a cache of values that never change.
_met: dict[str, Any] = {}


def _batch(
    worker: Worker[Any, Any, Any], key: str, shared: object, items: tuple[Any, ...]
) -> list[Any] | Missing:
    if shared is not None:
        while len(_met) >= _KEPT:
            del _met[next(iter(_met))]
        _met[key] = shared
    if key not in _met:
        return Missing(items)
    return [worker(item, _met[key]) for item in items]
