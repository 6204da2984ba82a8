"""Making: every dirty output into the staging folder, and what could not be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Final

from msgspec.structs import replace as replace_fields

from ssg.build.execute import Workers, run, workers_of
from ssg.build.manifest import UNSURE, Entry
from ssg.build.order import Order
from ssg.build.plan import Plan
from ssg.build.render import Job, Places, Press, Rendered, read_body, render
from ssg.build.scan import Scan, changed
from ssg.build.store import Key
from ssg.build.wanted import Wanted
from ssg.build.write import place_in_staging, stage_bytes, stage_copy
from ssg.faults import Fault, errors
from ssg.model import Copy, Page
from ssg.pages import prose_in

_FEW: Final = 150  # pages: rendering so many takes as long as starting processes for it
_SHOWN_EVERY: Final = 50


@dataclass(slots=True)
class Made:
    """What was made: manifest entries, keys and places in the staging folder by path, how many
    pages, and what failed.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)
    staged: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    pages: int = 0


def make(
    plan: Plan,
    wanted: Wanted,
    found: Scan,
    last: Mapping[str, Entry],
    folder: Path,
    order: Order,
) -> Made:
    """Stages every dirty output, and collects what could not be made."""
    made, workers = Made(), workers_of(order.workers)
    places = {
        path: place_in_staging(path, number, replaces=path in last)
        for number, path in enumerate(plan.dirty)
    }
    jobs = [
        Job(page, None, last.get(path, UNSURE).digest, places[path], plan.keys.get(path, ""))
        for path, page in plan.dirty.items()
        if isinstance(page, Page)
    ]
    on_disk = Places(str(order.site), str(folder), found.otherwise)
    press = replace(wanted.press, places=on_disk) if workers.are_here else wanted.press
    _show_assets(plan, order)
    for result in _results(jobs, press, workers, order, found, made.faults):
        if isinstance(result, Fault):
            made.faults.append(result)
            continue
        _note(result, places[result.path], folder, made)
        if result.path in order.first and result.path in made.staged:
            order.show(result.path, (folder / places[result.path]).read_bytes())
        if made.pages % _SHOWN_EVERY == 0:
            order.progress(made.pages, len(jobs))
    made.faults = sorted(dict.fromkeys(made.faults), key=str)
    if not errors(made.faults) or order.keep_going:
        _stage_copies(plan, wanted, places, last, folder, found, made)
    return made


def _show_assets(plan: Plan, order: Order) -> None:
    """What pages that somebody looks at may name comes before them: a page must not stand bare."""
    if order.first & plan.dirty.keys():
        for copy in plan.dirty.values():
            if isinstance(copy, Copy) and copy.data is not None:
                order.show(copy.path, copy.data)


def _results(
    jobs: list[Job],
    press: Press,
    workers: Workers,
    order: Order,
    found: Scan,
    faults: list[Fault],
) -> Iterator[Rendered | Fault]:
    """What somebody looks at is made first, and in this process."""
    if not workers.are_here or (workers.are_dear and workers.are_worth(len(jobs), _FEW)):
        jobs = [job._replace(page=_made(job.page)) for job in jobs]
    if not workers.are_here:
        jobs = list(_carrying(jobs, found, faults))
        return run(workers, render, press, jobs, key=press.digest, few=_FEW)
    first = [job for job in jobs if job.page.path in order.first]
    rest = [job for job in jobs if job.page.path not in order.first] if first else jobs
    return chain(
        (render(job, press) for job in first),
        run(workers, render, press, rest, key=press.digest, few=_FEW),
    )


def _note(result: Rendered, place: str, folder: Path, made: Made) -> None:
    made.pages += 1
    made.entries[result.path] = Entry(result.digest, result.size)
    made.keys[result.path] = Key(result.key, result.parts)
    if not result.stands:
        made.staged[result.path] = place
    if result.data is not None:
        stage_bytes(result.data, folder / place)


def _stage_copies(
    plan: Plan,
    wanted: Wanted,
    places: Mapping[str, str],
    last: Mapping[str, Entry],
    folder: Path,
    found: Scan,
    made: Made,
) -> None:
    for copy in plan.dirty.values():
        if not isinstance(copy, Copy):
            continue
        before = last.get(copy.path, UNSURE)
        entry = stage_copy(copy, folder / places[copy.path], found.files, before)
        if isinstance(entry, Fault):
            made.faults.append(entry)
            continue
        if entry is not before:
            made.staged[copy.path] = places[copy.path]
        made.entries[copy.path] = entry
        made.keys[copy.path] = Key(wanted.press.keys.key(copy))


def _made(page: Page) -> Page:
    """A page with its view, for workers who cannot make it."""
    return replace_fields(page, made_of=page.view, rests_on=None)


def _carrying(jobs: list[Job], found: Scan, faults: list[Fault]) -> Iterator[Job]:
    """Jobs with the texts they need, for workers who do not see this machine's disk."""
    for job in jobs:
        view = job.page.view
        needed = {prose.digest: prose.path for prose in prose_in(view) if prose}
        texts = {key: read_body(path, found.files[path].file, key) for key, path in needed.items()}
        missing = [needed[key] for key, text in texts.items() if text is None]
        faults += map(changed, missing)
        if not missing:
            yield job._replace(texts={key: text or "" for key, text in texts.items()})
