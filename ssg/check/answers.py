"""Answers: what addresses elsewhere said, and what an editor has to know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Final

from msgspec import Struct

from ssg.check.links import inside
from ssg.check.material import Link, Outputs
from ssg.check.places import place_written
from ssg.faults import Fault, Place
from ssg.urls import is_web

FAILED: Final = 400
#: A machine is turned away, a reader may not be: that tells nothing of the address.
_NOT_FOR_MACHINES: Final = frozenset({401, 402, 403, 405, 406, 408, 425, 429, 451, 999})


@dataclass(frozen=True, slots=True)
class Manners:
    """How others are asked; times in seconds. `whole` is for all addresses together."""

    hosts: int = 8
    pause: float = 1.0
    patience: float = 10.0
    tries: int = 2
    whole: float = 120.0


POLITE: Final = Manners()


class Answer(Struct, frozen=True):
    """What one address said when it was asked (seconds since 1970): a `status`, or a `reason` why
    there is none. `moved` is where it sends everybody for good.
    """

    asked: float
    status: int | None = None
    reason: str = ""
    moved: str | None = None
    is_late: bool = False

    @property
    def is_good(self) -> bool:
        return self.status is not None and self.status < FAILED

    @property
    def says_nothing(self) -> bool:
        return self.status in _NOT_FOR_MACHINES


def elsewhere(
    outputs: Outputs | None, links: Iterable[Link], texts: Mapping[str, str]
) -> dict[str, Callable[[], Place]]:
    """The addresses outside of this site, without fragments, each with what tells its place."""
    found: dict[str, Callable[[], Place]] = {}
    for link in links:
        url = link.url.partition("#")[0]
        if is_web(url) and url not in found and not _is_ours(url, outputs):
            found[url] = partial(getattr, link, "place")
    for path, facts in outputs.files.items() if outputs else ():
        for address in facts.links if path.endswith(".html") else ():
            url = address.partition("#")[0]
            if outputs and is_web(url) and url not in found and not _is_ours(url, outputs):
                found[url] = partial(place_written, [url], [path], outputs, texts)
    return found


def _is_ours(url: str, outputs: Outputs | None) -> bool:
    return outputs is not None and inside(outputs, url, outputs.base_path) is not None


def unanswered(
    places: Mapping[str, Callable[[], Place]], answers: Mapping[str, Answer]
) -> Iterator[Fault]:
    """The addresses that do not answer, that have moved, and that could not be asked."""
    for url, place in places.items():
        answer = answers.get(url)
        if answer is None:
            continue
        if answer.is_late:
            hint = "look at it yourself, or ask again later"
            yield Fault("N908", f"{url} did not answer in time", place(), hint)
        elif answer.is_good:
            if answer.moved and answer.moved != url:
                hint = f"write {answer.moved}"
                yield Fault("N907", f"{url} has moved for good", place(), hint)
        elif not answer.says_nothing:
            hint = "correct it, link to an archived copy, or take the link out"
            yield Fault("W915", f"{url} {_said(answer)}", place(), hint)
    if missing := [url for url in places if url not in answers]:
        message = f"there was no time to ask {len(missing)} addresses, such as {missing[0]}"
        yield Fault("N908", message, None, "check again: what has answered is not asked again")


def _said(answer: Answer) -> str:
    if answer.status is None:
        return f"cannot be reached: {answer.reason}"
    try:
        words = HTTPStatus(answer.status).phrase.lower()
    except ValueError:
        words = "an error"
    return f"answers {answer.status}, {words}"
