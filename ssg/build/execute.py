"""Execute: runs a pure worker over items on any `concurrent.futures.Executor`.

The contract: the worker is a function of a module, the shared value and the items pickle,
and the worker returns faults rather than raising. Only `submit` and `as_completed` are
used, so that any executor fits: this process, threads, processes or a cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
)
from importlib import import_module
from itertools import islice
from typing import Any, Final, TypeVar

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH: Final = 64
WINDOW: Final = 16


class SerialExecutor(Executor):
    """Does the work in the calling thread, at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the future carries it to who asks
            future.set_exception(error)
        return future


def check_workers(spec: str) -> None:
    """Raises `ValueError`, in words for the person who wrote it, unless `spec` names workers."""
    executor_for(spec).shutdown()


def executor_for(spec: str) -> Executor:
    """The executor that `serial`, `threads:N`, `processes:N` or `package.module:factory` names.

    Raises `ValueError` with a sentence for the person who wrote it.
    """
    kind, _, rest = spec.partition(":")
    if spec == "serial":
        return SerialExecutor()
    if kind in {"threads", "processes"}:
        if not rest.isdigit() or not int(rest):
            message = f'"{spec}" needs a number of workers, such as {kind}:2'
            raise ValueError(message)
        pool = ThreadPoolExecutor if kind == "threads" else ProcessPoolExecutor
        return pool(max_workers=int(rest))
    return _made_by(kind, rest, spec)


def _made_by(module: str, factory: str, spec: str) -> Executor:
    try:
        made = getattr(import_module(module), factory)()
    except (ImportError, AttributeError, ValueError) as error:
        message = f'"{spec}" is neither serial, threads:N, processes:N nor package.module:factory'
        raise ValueError(message) from error
    if isinstance(made, Executor):
        return made
    message = f'"{spec}" made no concurrent.futures.Executor'
    raise ValueError(message)


def run(
    worker: Callable[[Item, Shared], Result],
    shared: Shared,
    items: Iterable[Item],
    executor: Executor,
    batch: int = BATCH,
) -> Iterator[Result]:
    """The results of `worker(item, shared)`, in no particular order.

    No more than `WINDOW` batches are under way, so that neither items nor results of all of
    them are in memory at once.
    """
    waiting = iter(items)
    under_way: set[Future[list[Result]]] = set()
    while chunk := tuple(islice(waiting, batch)):
        under_way.add(executor.submit(_run_batch, worker, shared, chunk))
        for future in [future for future in under_way if future.done()] or _first(under_way):
            under_way.remove(future)
            yield from future.result()
    for future in as_completed(under_way):
        yield from future.result()


def _first(under_way: set[Future[Result]]) -> list[Future[Result]]:
    """The first to finish, once there are as many as may be."""
    return [next(as_completed(under_way))] if len(under_way) >= WINDOW else []


def _run_batch(
    worker: Callable[[Item, Shared], Result], shared: Shared, items: tuple[Item, ...]
) -> list[Result]:
    return [worker(item, shared) for item in items]
