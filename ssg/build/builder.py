"""The build: a site's folder and one instant in, an output folder that shows them out."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from ssg.build.code import code_digest
from ssg.build.execute import executor_for, run
from ssg.build.inputs import Inputs, read_inputs
from ssg.build.manifest import (
    DEFAULT_OUTPUT,
    STATE,
    Manifest,
    forgotten,
    write_manifest,
)
from ssg.build.plan import Plan, keys_of, make_plan
from ssg.build.render import Job, Press, Rendered, render
from ssg.build.scan import located
from ssg.build.target import Target, look_at, refuse_swallowing
from ssg.build.write import Stage, move_into_place, remove, staging
from ssg.content import PUBLISHED, Showing, body_text
from ssg.digest import digest, digest_bytes
from ssg.faults import Fault, Halt, Place, errors
from ssg.model import Copy, Output, Page
from ssg.pages import collisions, frame_of, outputs_of, prose_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for. `now` is the one instant of the build; `output` None: the usual one."""

    site: Path
    now: datetime
    output: Path | None = None
    showing: Showing = PUBLISHED
    workers: str = "serial"
    adopt: bool = False
    clean: bool = False

    @property
    def target(self) -> Path:
        """Where the output goes: what shows drafts or the future is never what is published."""
        if self.output is not None:
            return self.output
        if self.showing != PUBLISHED:
            return self.site / STATE / "preview"
        return self.site / DEFAULT_OUTPUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did. `seconds` by stage, with the whole under "total"."""

    pages: int
    rendered: int
    written: int
    removed: int
    unchanged: int
    faults: tuple[Fault, ...]
    seconds: Mapping[str, float]


#: The report of a build that could not begin.
NOTHING: Final = Report(
    pages=0, rendered=0, written=0, removed=0, unchanged=0, faults=(), seconds={"total": 0.0}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Every output that the site should have, with its key and what pages are printed with."""

    outputs: tuple[Output, ...]
    keys: Mapping[str, str]
    press: Press
    faults: tuple[Fault, ...]


def build(order: Order) -> Report:
    """Brings the output folder to what the site's files say. Raises `Halt` with every fault.

    Until everything is rendered nothing in the output folder is touched.
    """
    clock = _Clock()
    refuse_swallowing(order.site, order.target)
    inputs = read_inputs(order.site)
    clock.lap("read")
    wanted = want(inputs, order)
    target = look_at(order.site, order.target, wanted.keys, adopt=order.adopt)
    last = forgotten(target.last) if order.clean else target.last
    plan = make_plan(wanted.outputs, wanted.keys, last, target.sizes)
    clock.lap("plan")
    with staging(target.state, target.folder) as folder:
        stage = Stage(folder, last, target.sizes)
        _make(plan, wanted, stage, order)
        clock.lap("render")
        removed = _commit(stage, plan, target)
        clock.lap("write")
    return Report(
        pages=sum(isinstance(output, Page) for output in wanted.outputs),
        rendered=sum(isinstance(output, Page) for output in plan.dirty),
        written=len(stage.waiting),
        removed=removed,
        unchanged=len(wanted.outputs) - len(stage.waiting),
        faults=(*wanted.faults, *target.notes),
        seconds=clock.total(),
    )


def want(inputs: Inputs, order: Order) -> Wanted:
    """The outputs of a site at one instant. Raises `Halt` when two of them are one file."""
    config, theme = inputs.config, inputs.theme
    library = inputs.content.library(order.now, order.showing)
    say = theme.say(config.lang)
    frame = frame_of(config, library.sections.values(), say["titles"])
    outputs = (*outputs_of(library, config, frame), *inputs.root, *theme.copies())
    faults = (*inputs.faults, *collisions(outputs))
    if errors(faults):
        raise Halt(faults)
    press = Press(theme, frame.site, config.markdown_extensions, config.trust_html)
    code = code_digest(press.extensions)
    common = digest((code, press.site, say, press.extensions, press.trust_html))
    return Wanted(outputs, keys_of(outputs, theme, common), press, faults)


def _make(plan: Plan, wanted: Wanted, stage: Stage, order: Order) -> None:
    """Stages every dirty output. Raises `Halt` with the faults of all pages that failed."""
    faults: list[Fault] = []
    jobs = _jobs(plan.dirty, order.site, faults)
    with executor_for(order.workers) as executor:
        for result in run(render, wanted.press, jobs, executor):
            if isinstance(result, Rendered):
                stage.add_page(result, wanted.keys[result.path])
            else:
                faults.append(result)
    if errors(faults):
        raise Halt((*wanted.faults, *sorted(dict.fromkeys(faults), key=str)))
    for output in plan.dirty:
        if isinstance(output, Copy):
            stage.add_copy(output, wanted.keys[output.path], order.site)


def _jobs(dirty: Iterable[Output], site: Path, faults: list[Fault]) -> Iterator[Job]:
    """Pages with the texts they need, read again: memory holds metadata, not bodies."""
    for page in dirty:
        if isinstance(page, Page):
            texts = {prose.digest: prose.path for prose in prose_in(page.view) if prose}
            read = {key: _read_body(located(site, path), key) for key, path in texts.items()}
            missing = [texts[key] for key, text in read.items() if text is None]
            if missing:
                faults += (_changed(path) for path in missing)
            else:
                yield Job(page, {key: text for key, text in read.items() if text is not None})


def _read_body(path: Path, expected: str) -> str | None:
    """The body whose digest was planned with; None when the file has changed since."""
    try:
        text = body_text(path.name, path.read_bytes())
    except OSError:
        return None
    unchanged = isinstance(text, str) and digest_bytes(text.encode()) == expected
    return text if unchanged and isinstance(text, str) else None


def _changed(path: str) -> Fault:
    return Fault("E308", "changed while the site was being built", Place(path), "build again")


def _commit(stage: Stage, plan: Plan, target: Target) -> int:
    """Moves what was staged into place and records it; see `ssg.build.manifest` for the order."""
    kept = {path: target.last[path] for path in plan.kept}
    finished = {**kept, **stage.entries}
    if stage.waiting or plan.gone:
        unsure = forgotten((*stage.waiting, *plan.gone))
        write_manifest(target.state, Manifest({**target.last, **finished, **unsure}))
    removed = remove(plan.gone, target.folder)
    move_into_place(stage.waiting, target.folder)
    if stage.entries or plan.gone or not target.last:
        write_manifest(target.state, Manifest(finished))
    return removed


@dataclass(slots=True)
class _Clock:
    """Seconds since the last lap, by stage."""

    begun: float = field(default_factory=time.perf_counter)
    last: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(now - self.last, 4)
        self.last = now

    def total(self) -> dict[str, float]:
        return {"total": round(time.perf_counter() - self.begun, 4), **self.seconds}
