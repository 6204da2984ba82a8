"""The web: asks addresses elsewhere whether they answer. The edge of this room to the network.

One address of a host at a time, with a pause between them; several hosts at once; first for
the head alone, then, where that is refused, for the whole; once more where it may have been
bad luck. Answers are kept in `.ssg/`, good ones for a week, others for an hour.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

import msgspec

from ssg import __version__
from ssg.check.answers import FAILED, Answer, Manners

NAME: Final = "web.json"

_WEEK: Final = 7 * 24 * 3600.0
_HOUR: Final = 3600.0
_PERMANENT: Final = frozenset({301, 308})
_BAD_LUCK: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_HEADERS: Final = {"User-Agent": f"ssg/{__version__} (looks whether links answer)", "Accept": "*/*"}
_HOST = re.compile(r"[/?#]")
_LEGAL: Final = "/%:@!$&'()*+,;=-._~?"


def answers(urls: Iterable[str], state: Path, now: datetime, manners: Manners) -> dict[str, Answer]:
    """What each address answers; those are missing that there was no time for."""
    wanted = sorted(set(urls))
    known = {url: it for url, it in _read(state / NAME).items() if _is_fresh(it, now)}
    found = {url: known[url] for url in wanted if url in known}
    waiting = [url for url in wanted if url not in found]
    if waiting:
        fresh = dict(_ask_all(waiting, now.timestamp(), manners))
        found |= fresh
        _write(state / NAME, {**known, **fresh})
    return found


def _is_fresh(answer: Answer, now: datetime) -> bool:
    age = now.timestamp() - answer.asked
    return 0 <= age < (_WEEK if answer.is_good else _HOUR)


def _ask_all(urls: Collection[str], asked: float, manners: Manners) -> Iterator[tuple[str, Answer]]:
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(_HOST.split(url, maxsplit=3)[2].lower(), []).append(url)
    until = time.monotonic() + manners.whole
    with ThreadPoolExecutor(manners.hosts, thread_name_prefix="ssg-links") as pool:
        for found in pool.map(lambda own: _ask_host(own, asked, manners, until), by_host.values()):
            yield from found


def _ask_host(
    urls: list[str], asked: float, manners: Manners, until: float
) -> list[tuple[str, Answer]]:
    """The answers of one host, as far as there is time."""
    found: list[tuple[str, Answer]] = []
    for number, url in enumerate(urls):
        if number:
            time.sleep(manners.pause)
        if time.monotonic() >= until:
            break
        found.append((url, _ask(url, asked, manners, until)))
    return found


def _ask(url: str, asked: float, manners: Manners, until: float) -> Answer:
    answer = Answer(asked)
    for number in range(manners.tries):
        if number:
            time.sleep(manners.pause)
        for method in ("HEAD", "GET"):
            left = until - time.monotonic()
            if left <= 0:
                return answer
            answer = _answer(url, method, asked, min(manners.patience, left))
            if answer.is_good:
                return answer
        if answer.status and answer.status not in _BAD_LUCK:
            return answer
    return answer


def _answer(url: str, method: str, asked: float, patience: float) -> Answer:
    follow = _Following()
    try:
        request = Request(_legal(url), headers=_HEADERS, method=method)  # noqa: S310 - see _opener
        with _opener(follow).open(request, timeout=patience) as response:
            moved = response.url if follow.only_permanent else None
            return Answer(asked, response.status, moved=moved)
    except HTTPError as error:
        error.close()
        if error.code < FAILED:
            return Answer(asked, reason="it sends its readers in circles, or to no web address")
        return Answer(asked, error.code)
    except TimeoutError:
        return Answer(asked, is_late=True)
    except URLError as error:
        late = isinstance(error.reason, TimeoutError)
        return Answer(asked, reason=_reason(error.reason), is_late=late)
    except (OSError, HTTPException, ValueError) as error:
        return Answer(asked, reason=_reason(error))


def _reason(error: object) -> str:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return words.strip().lower() or type(error).__name__


class _Following(HTTPRedirectHandler):
    """Follows redirects, and remembers whether all of them were for good."""

    def __init__(self) -> None:
        self.codes: list[int] = []

    @property
    def only_permanent(self) -> bool:
        return bool(self.codes) and _PERMANENT.issuperset(self.codes)

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> Request | None:
        self.codes.append(code)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _opener(follow: HTTPRedirectHandler) -> OpenerDirector:
    """Opens http and https, and nothing else: no file, whatever an address or a redirect says."""
    opener = OpenerDirector()
    opener.addheaders = []
    for handler in (
        ProxyHandler(),
        UnknownHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        follow,
    ):
        opener.add_handler(handler)
    return opener


def _legal(url: str) -> str:
    """An address as people write it, in the signs that HTTP knows."""
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return urlunsplit(
        (parts.scheme, host, quote(parts.path, _LEGAL), quote(parts.query, _LEGAL), "")
    )


def _read(place: Path) -> Mapping[str, Answer]:
    with suppress(FileNotFoundError, msgspec.MsgspecError):
        return msgspec.json.decode(place.read_bytes(), type=dict[str, Answer])
    return {}


def _write(place: Path, found: Mapping[str, Answer]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.new")
    fresh.write_bytes(msgspec.json.encode(dict(sorted(found.items()))))
    fresh.replace(place)
