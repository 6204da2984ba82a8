"""Requests over HTTP: what verifying and telling others need of it."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from ssg import __version__
from ssg.urls import is_web

_PATIENCE: Final = 20.0  # seconds for one answer
_AGENT: Final = f"ssg/{__version__}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; status 0: it did not, and `body` says why."""

    status: int
    body: bytes


def fetch(url: str, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """What a server answers: to a GET, or to a POST of `data`. Never raises for what it does."""
    if not is_web(url):
        return Answer(0, b"no web address")
    fresh = {"User-Agent": _AGENT, "Cache-Control": "no-cache", **(headers or {})}
    request = Request(url, data, fresh)  # noqa: S310 - looked at above
    try:
        with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - looked at above
            return Answer(answer.status, answer.read())
    except HTTPError as error:
        with error:
            return Answer(error.code, b"")
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, str(error).encode())
