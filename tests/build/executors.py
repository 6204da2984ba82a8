"""An executor such as a cluster's: whatever is handed over and back travels as bytes."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any


class Courier(Executor):
    """Pickles the work and its result."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        parcel = pickle.dumps((fn, args, kwargs))
        future: Future[Any] = Future()
        work, given, named = pickle.loads(parcel)
        future.set_result(pickle.loads(pickle.dumps(work(*given, **named))))
        return future


def courier() -> Executor:
    return Courier()


def nothing() -> str:
    return "no executor"
