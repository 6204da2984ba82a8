"""The work of a build: inputs to outputs, outputs to a plan, the plan to files in their place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from ssg.build.grounds import SHARED, Grounds, grounds_of
from ssg.build.inputs import SALT, Inputs, files_beside, read_inputs, remarks, reread_inputs
from ssg.build.making import Made, make
from ssg.build.manifest import NAME as MANIFEST
from ssg.build.manifest import UNSURE, Entry, Manifest, write_journal, write_manifest
from ssg.build.memory import Kept, Memory
from ssg.build.order import Clock, Order, Report
from ssg.build.plan import Plan, make_plan
from ssg.build.scan import Scan
from ssg.build.standing import MARK, Mark, identity, read_mark
from ssg.build.store import UNKNOWN, Known, Row, Store
from ssg.build.target import Target, look_at
from ssg.build.wanted import Wanted, has_same_code, may_rest, want_all, want_rewritten
from ssg.build.write import move_into_place, remove, staging
from ssg.digest import digest
from ssg.faults import Fault, Halt, errors
from ssg.model import Article
from ssg.pages.permanence import changed_silently, live_at, vanished, vanished_faults


def work(
    order: Order,
    found: Scan,
    store: Store,
    rows: dict[str, Row],
    clock: Clock,
    memory: Memory | None = None,
    *,
    again: bool = False,
) -> Report:
    """Makes what has to be made. Raises `Halt` with every fault, and then touches nothing.

    `again`: the scan is that of the last build with another look at what has changed since.
    """
    before = _before(store, memory)
    inputs = _inputs(order, found, store, rows, before, memory if again else None)
    clock.lap("read")
    untouched = before.mark is not None and before.mark.folder == identity(order.target)
    inputs, wanted = _wanted(order, inputs, before, untouched=untouched, again=again)
    target = look_at(
        order.state,
        order.target,
        wanted.paths,
        adopt=order.adopt,
        untouched=untouched,
        known=before.kept.manifest if before.kept else None,
    )
    last = dict.fromkeys(target.last, UNSURE) if order.clean else target.last
    grounds = _grounds(inputs, wanted, before.shared)
    plan = make_plan(wanted.outputs, wanted.press.keys, before.outputs, last, grounds)
    clock.lap("plan")
    with staging(target.state, target.folder) as folder:
        made = make(plan, wanted, inputs.found, last, folder, order)
        _halt_on(made.faults, inputs, order)
        clock.lap("render")
        manifest = _manifest(plan, made, last, inputs, wanted, target.manifest)
        removed = _commit(store, plan, made, target, folder, manifest)
    faults = (*inputs.faults, *_of_the_past(wanted, manifest), *made.faults, *target.notes)
    shared = grounds.shared if grounds else before.shared
    mark = _remember(store, plan, made, inputs, wanted, order, faults, shared)
    if memory:
        left = _outputs(before.outputs, made, plan)
        kept = Kept(inputs, wanted, mark, manifest, _rows(rows, inputs), left, shared)
        memory.keep(None if errors(faults) else kept)
    clock.lap("write")
    return _report(wanted, made, plan, removed, faults, clock)


def _report(
    wanted: Wanted,
    made: Made,
    plan: Plan,
    removed: int,
    faults: tuple[Fault, ...],
    clock: Clock,
) -> Report:
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


class _Before(NamedTuple):
    """What the last build left, in this process's memory or else in the store: its mark, what is
    known of outputs, and the digest of what they all rest on.
    """

    kept: Kept | None
    mark: Mark | None
    outputs: Mapping[str, Known]
    shared: str


def _before(store: Store, memory: Memory | None) -> _Before:
    if memory and (kept := memory.kept):
        return _Before(kept, kept.mark, kept.outputs, kept.shared)
    shared = (store.about(SHARED) or b"").decode()
    return _Before(None, read_mark(store), store.outputs(), shared)


def _rows(rows: Mapping[str, Row], inputs: Inputs) -> dict[str, Row]:
    """The rows of files that the store now has."""
    now = {**rows, **inputs.reading.rows}
    for path in now.keys() - inputs.found.files.keys():
        del now[path]
    return now


def _outputs(known: Mapping[str, Known], made: Made, plan: Plan) -> dict[str, Known]:
    """What the store now knows of outputs."""
    now = {**known, **{path: Known(key.key) for path, key in made.keys.items()}}
    for path, rests in _rests(plan, made).items():
        now[path] = now.get(path, UNKNOWN)._replace(rests=rests)
    for path in plan.gone:
        now.pop(path, None)
    return now


def _rests(plan: Plan, made: Made) -> dict[str, str]:
    """What outputs rest on, to be kept: nothing of those that could not be made."""
    unmade = plan.dirty.keys() - made.keys.keys()
    return {path: "" if path in unmade else rests for path, rests in plan.rests.items()}


def _inputs(
    order: Order,
    found: Scan,
    store: Store,
    rows: Mapping[str, Row],
    before: _Before,
    looked: Memory | None,
) -> Inputs:
    """What the site says; where only some files were `looked` at again, the rest as it was."""
    if before.kept and looked:
        return reread_inputs(order, found, store, rows, before.kept.inputs, looked.look or ())
    former = before.kept.former if before.kept else None
    return read_inputs(order, found, store, rows, before.mark, former)


def _wanted(
    order: Order, inputs: Inputs, before: _Before, *, untouched: bool, again: bool
) -> tuple[Inputs, Wanted]:
    """What the output should hold: the pages of rewritten bodies where nothing else can differ."""
    mark, kept = before.mark, before.kept if again else None
    if mark and untouched and may_rest(order, mark, inputs) and (again or has_same_code(mark)):
        return inputs, want_rewritten(inputs, mark, order, kept)
    return want_all(inputs, order, kept)


def _grounds(inputs: Inputs, wanted: Wanted, last: str) -> Grounds | None:
    """What pages are compared by; nothing where only some of them are looked at."""
    if wanted.is_some:
        return None
    return grounds_of(inputs, wanted.edition, wanted.press.site_digest, last, wanted.concerned)


def _halt_on(faults: Collection[Fault], inputs: Inputs, order: Order) -> None:
    if errors(faults) and not order.keep_going:
        raise Halt((*inputs.faults, *faults))


def _manifest(
    plan: Plan,
    made: Made,
    last: Mapping[str, Entry],
    inputs: Inputs,
    wanted: Wanted,
    before: Manifest,
) -> Manifest:
    """What the output folder will hold, and which files were left out of it.

    What could not be made stays as it last was, where there is such a file.
    """
    failed = {fault.place.path for fault in errors(made.faults) if fault.place}
    files = {**last, **made.entries}
    for path in plan.gone:
        del files[path]
    if wanted.is_some:  # they hold other bodies, and all else is as it was
        texts = (inputs.texts[path] for path in inputs.rewritten)
        some = [text for text in texts if isinstance(text, Article)]
        guessed = before.guessed
        live = {**before.live, **live_at(wanted.outputs, wanted.edition, some)}
    else:
        guessed = dict(_guessed(wanted.edition.library.articles))
        live = live_at(wanted.outputs, wanted.edition)
    quarantined = tuple(sorted(inputs.quarantined | failed))
    return Manifest(files, quarantined, guessed, wanted.held, live)


def _guessed(articles: Iterable[Article]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for article in articles:
        if article.ingested and article.ingested.guessed:
            yield article.path, article.ingested.guessed


def _of_the_past(wanted: Wanted, manifest: Manifest) -> Iterator[Fault]:
    """What readers knew and would miss, or find changed without a word."""
    library = wanted.edition.library
    lost = vanished(library.published.records, manifest.files)
    yield from vanished_faults(lost, "warning", library.articles if lost else ())
    yield from changed_silently(library)


def _says_the_same(manifest: Manifest, made: Made, target: Target) -> bool:
    """Whether a manifest says what the last one did."""
    before = target.manifest
    return all(target.last.get(path) == entry for path, entry in made.entries.items()) and (
        before.quarantined,
        before.guessed,
        before.held,
        before.live,
    ) == (manifest.quarantined, manifest.guessed, manifest.held, manifest.live)


def _commit(
    store: Store, plan: Plan, made: Made, target: Target, folder: Path, manifest: Manifest
) -> int:
    """Moves what was staged into place and records it; see `ssg.build.manifest` for the order.
    How many files were removed.
    """
    if not (plan.gone or made.staged) and _says_the_same(manifest, made, target):
        return 0
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
    shared: str,
) -> Mark:
    """Keeps what the next build can use; without a mark where something was wrong."""
    mark = Mark(
        code=inputs.stamp,
        code_files=files_beside(inputs.code, inputs.theme),
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
    about = {MARK: kept, SHARED: shared.encode(), **remarks(inputs)}
    broken = inputs.reading.broken
    rows = {path: row for path, row in inputs.reading.rows.items() if path not in broken}
    records = {path: item for path, item in inputs.reading.records.items() if path not in broken}
    gone = inputs.rows.keys() - inputs.found.files.keys()
    if store.about(SALT) != inputs.salt.encode():
        gone |= broken.keys()  # what they last held was read with other settings
    store.save(about, rows, records, gone, made.keys, _rests(plan, made), plan.gone)
    return mark
