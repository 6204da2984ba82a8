"""The work of a build: inputs to outputs, outputs to a plan, the plan to files in their place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace as replace_fields

from ssg.build.code import code_stamp
from ssg.build.execute import run, workers_of
from ssg.build.inputs import Inputs, read_inputs, remarks, without
from ssg.build.manifest import NAME as MANIFEST
from ssg.build.manifest import UNSURE, Entry, Manifest, write_journal, write_manifest
from ssg.build.order import Clock, Order, Report
from ssg.build.plan import Plan, make_plan
from ssg.build.render import Job, Places, Press, Rendered, read_body, render
from ssg.build.scan import Scan, changed, scan
from ssg.build.standing import MARK, Mark, identity, read_mark
from ssg.build.store import Key, Row, Store, opened
from ssg.build.target import Target, look_at
from ssg.build.write import (
    move_into_place,
    place_in_staging,
    remove,
    stage_bytes,
    stage_copy,
    staging,
)
from ssg.digest import digest
from ssg.faults import Fault, Halt, errors
from ssg.model import Copy, Library, Output, Page
from ssg.pages import Frame, collisions, frame_of, outputs_holding, outputs_of, prose_in

_FEW: Final = 150  # pages: rendering so many takes as long as starting processes for it
_SHOWN_EVERY: Final = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Every output that the site should have, and what pages are printed with.

    `until` is the instant at which the same files make another site, in seconds since 1970.
    `pages` and `count` are how many pages and outputs the site has: `outputs` are but some of
    them where it is known that no others can have changed.
    """

    outputs: tuple[Output, ...]
    press: Press
    until: float | None
    pages: int
    count: int

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(output.path for output in self.outputs)

    @property
    def is_some(self) -> bool:
        return len(self.outputs) < self.count


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


def work(order: Order, found: Scan, store: Store, rows: Mapping[str, Row], clock: Clock) -> Report:
    """Makes what has to be made. Raises `Halt` with every fault, and then touches nothing."""
    mark = read_mark(store)
    inputs = read_inputs(order, found, store, rows, mark)
    clock.lap("read")
    untouched = mark is not None and mark.folder == identity(order.target)
    if mark and untouched and _may_rest(order, mark, inputs):
        wanted = _want_rewritten(inputs, mark, order)
    else:
        inputs, wanted = _want(inputs, order)
    target = look_at(
        order.state, order.target, wanted.paths, adopt=order.adopt, untouched=untouched
    )
    last = dict.fromkeys(target.last, UNSURE) if order.clean else target.last
    keys = wanted.press.keys
    plan = make_plan(wanted.outputs, keys, store.keys(), last, some=wanted.is_some)
    clock.lap("plan")
    with staging(target.state, target.folder) as folder:
        made = _make(plan, wanted, inputs, last, folder, order)
        _halt_on(made.faults, inputs, order)
        clock.lap("render")
        plan = _keeping(plan, made, last)
        faults = (*inputs.faults, *made.faults, *target.notes)
        manifest = _manifest(plan, made, last, inputs)
        same = (dict(target.last), target.quarantined) == (manifest.files, manifest.quarantined)
        removed = (
            0 if same and not made.staged else _commit(store, plan, made, target, folder, manifest)
        )
    _remember(store, plan, made, inputs, wanted, order, faults)
    clock.lap("write")
    return Report(
        pages=wanted.pages,
        rendered=made.pages,
        written=len(made.staged),
        removed=removed,
        unchanged=wanted.count - len(made.staged),
        faults=faults,
        changed=frozenset((*made.staged, *plan.gone)),
        seconds=clock.total(),
    )


def want(inputs: Inputs, order: Order) -> tuple[Wanted, tuple[Fault, ...]]:
    """The outputs of a site at one instant, and a fault for each two of them that are one file."""
    library, frame, press = _print_with(inputs, order)
    pages = tuple(outputs_of(library, inputs.config, frame))
    outputs = (*pages, *inputs.root, *inputs.theme.copies())
    # Of two files that meet, the one that came last is at fault.
    in_turn = sorted(outputs, key=lambda output: output.origin in inputs.reading.fresh)
    count = sum(isinstance(output, Page) for output in pages)
    return _wanted(outputs, library, press, count, len(outputs)), tuple(collisions(in_turn))


def _may_rest(order: Order, mark: Mark, inputs: Inputs) -> bool:
    """Whether what has changed since the last build is the bodies of some articles, and no more."""
    same_order = mark.showing == digest(order.showing) and not (order.adopt or order.clean)
    in_time = mark.since <= order.now.timestamp() < (mark.until or float("inf"))
    same_code = mark.code == code_stamp(mark.code_files)
    return bool(inputs.rewritten) and same_order and in_time and same_code


def _want_rewritten(inputs: Inputs, mark: Mark, order: Order) -> Wanted:
    """The outputs that hold these bodies: the others are as they were."""
    library, frame, press = _print_with(inputs, order)
    outputs = tuple(outputs_holding(inputs.rewritten, library, inputs.config, frame))
    return _wanted(outputs, library, press, mark.pages, mark.outputs)


def _print_with(inputs: Inputs, order: Order) -> tuple[Library, Frame, Press]:
    config, theme = inputs.config, inputs.theme
    library = inputs.content.library(order.now, order.showing)
    frame = frame_of(config, library.sections.values(), theme.say(config.lang)["titles"])
    press = Press(
        theme,
        frame.site,
        config.markdown_extensions,
        config.trust_html,
        config.markdown_fast,
        inputs.code.digest,
    )
    return library, frame, press


def _wanted(
    outputs: tuple[Output, ...], library: Library, press: Press, pages: int, count: int
) -> Wanted:
    until = library.next_instant.timestamp() if library.next_instant else None
    return Wanted(outputs, press, until, pages, count)


def wanted_now(order: Order) -> Wanted:
    """What a build would want at this moment. Raises `Halt` with every fault."""
    with opened(order.state) as store:
        found = scan(order.site)
        inputs = read_inputs(order, found, store, store.files(), None)
    return _want(inputs, order)[1]


def _want(inputs: Inputs, order: Order) -> tuple[Inputs, Wanted]:
    """The outputs; with `keep_going`, without the files whose outputs meet those of others."""
    while True:
        wanted, faults = want(inputs, order)
        if not faults:
            return inputs, wanted
        apart = {fault.place.path for fault in faults if fault.place} & inputs.texts.keys()
        if not (order.keep_going and apart):
            raise Halt((*inputs.faults, *faults))
        for path in apart:
            inputs.reading.broken[path] = tuple(
                f for f in faults if f.place and f.place.path == path
            )
        inputs = without(inputs, apart, faults)


def _make(
    plan: Plan,
    wanted: Wanted,
    inputs: Inputs,
    last: Mapping[str, Entry],
    folder: Path,
    order: Order,
) -> Made:
    """Stages every dirty output, and collects what could not be made."""
    made, found, workers = Made(), inputs.found, workers_of(order.workers)
    press = _press(wanted.press, order.site, folder, found) if workers.are_here else wanted.press
    places = {
        path: place_in_staging(path, number, replaces=path in last)
        for number, path in enumerate(plan.dirty)
    }
    jobs = [
        Job(page, None, last.get(path, UNSURE).digest, places[path], plan.keys.get(path, ""))
        for path, page in plan.dirty.items()
        if isinstance(page, Page)
    ]
    if not workers.share_memory:
        jobs = [job._replace(page=_made(job.page)) for job in jobs]
    if not workers.are_here:
        jobs = list(_carrying(jobs, found, made.faults))
    for result in run(workers, render, press, jobs, key=press.digest, few=_FEW):
        if isinstance(result, Fault):
            made.faults.append(result)
            continue
        _note(result, places[result.path], folder, made)
        if made.pages % _SHOWN_EVERY == 0:
            order.progress(made.pages, len(jobs))
    made.faults = sorted(dict.fromkeys(made.faults), key=str)
    if not errors(made.faults) or order.keep_going:
        _stage_copies(plan, wanted, places, last, folder, found, made)
    return made


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
        entry = last.get(copy.path)
        if entry is None or entry.digest != copy.digest:
            staged = stage_copy(copy, folder / places[copy.path], found.files)
            if isinstance(staged, Fault):
                made.faults.append(staged)
                continue
            entry = staged
            made.staged[copy.path] = places[copy.path]
        made.entries[copy.path] = entry
        made.keys[copy.path] = Key(wanted.press.keys.key(copy))


def _press(press: Press, site: Path, folder: Path, found: Scan) -> Press:
    """A press for workers on this machine, who read and write files themselves."""
    elsewhere = {
        path: file.file
        for path, file in found.files.items()
        if not path.isascii() and not file.file.endswith(path)
    }
    places = Places(str(site), str(folder), elsewhere)
    return replace(press, places=places)


def _made(page: Page) -> Page:
    """A page with its view, for workers who cannot make it."""
    return replace_fields(page, made_of=page.view)


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


def _halt_on(faults: Collection[Fault], inputs: Inputs, order: Order) -> None:
    if errors(faults) and not order.keep_going:
        raise Halt((*inputs.faults, *faults))


def _keeping(plan: Plan, made: Made, last: Mapping[str, Entry]) -> Plan:
    """The plan with what could not be made: its last good file stays, where there is one."""
    failed = [path for path in plan.dirty if path not in made.entries]
    return Plan(
        plan.dirty, plan.keys, (*plan.kept, *(path for path in failed if path in last)), plan.gone
    )


def _of(last: Mapping[str, Entry], paths: Collection[str]) -> dict[str, Entry]:
    return {path: last[path] for path in paths}


def _manifest(plan: Plan, made: Made, last: Mapping[str, Entry], inputs: Inputs) -> Manifest:
    """What the output folder will hold, and which files were left out of it."""
    failed = {fault.place.path for fault in errors(made.faults) if fault.place}
    files = {**_of(last, plan.kept), **made.entries}
    return Manifest(files, tuple(sorted(inputs.quarantined | failed)))


def _commit(
    store: Store, plan: Plan, made: Made, target: Target, folder: Path, manifest: Manifest
) -> int:
    """Moves what was staged into place and records it; see `ssg.build.manifest` for the order."""
    moving = {*made.staged, *plan.gone}
    store.forget_outputs(moving, MARK)
    write_journal(target.state, moving)
    removed = remove(plan.gone, target.folder)
    move_into_place(folder, made.staged, target.folder)
    write_manifest(target.state, manifest)
    return removed


def _remember(
    store: Store,
    plan: Plan,
    made: Made,
    inputs: Inputs,
    wanted: Wanted,
    order: Order,
    faults: tuple[Fault, ...],
) -> None:
    """Keeps what the next build can use; without a mark where something was wrong."""
    files = (*inputs.code.files, *inputs.theme.elsewhere)
    mark = Mark(
        code=code_stamp(files),
        code_files=files,
        showing=digest(order.showing),
        since=order.now.timestamp(),
        until=wanted.until,
        folder=identity(order.target),
        manifest=identity(order.state / MANIFEST),
        files=len(inputs.found.files),
        pages=wanted.pages,
        outputs=wanted.count,
        faults=faults,
    )
    kept = None if errors(faults) else msgspec.msgpack.encode(mark)
    about = {MARK: kept, **remarks(inputs, order.site)}
    broken = inputs.reading.broken
    rows = {path: row for path, row in inputs.reading.rows.items() if path not in broken}
    records = {path: item for path, item in inputs.reading.records.items() if path not in broken}
    gone = inputs.rows.keys() - inputs.found.files.keys()
    store.save(about, rows, records, gone, made.keys, plan.gone)
