"""The suite: sites for each size and program, rounds in turns, then memory."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final

from benchmarks.corpus import even_stories, stories
from benchmarks.formats import FORMATS, write_site
from benchmarks.measure import ProgramFailedError, Run, peak_memory, run
from benchmarks.programs import PROGRAMS, Program, place_site, version
from benchmarks.results import HUGO, OURS, Built, Figure, Machine, Results
from benchmarks.works import BROADSHEET, COLD, PUBLISHED, REBUILD, Site, Work
from benchmarks.works import OURS as OUR_WORKS

#: Up to so many articles every program is measured; beyond, ours and Hugo.
SMALL: Final = 1_000
#: With `--all` up to so many; those other than ours and Hugo once.
MIDDLE: Final = 10_000
#: From so many articles on, one run each.
LARGE: Final = 100_000

#: Archives of these sizes show whether what a new article touches depends on the archive.
_ARCHIVES: Final = (200, 2_000)
_TRIAL: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure, and where there is room for it.

    `given` are folders to be measured in place of the made-up newspaper, by program.
    """

    sizes: tuple[int, ...]
    runs: int
    everything: bool
    workers: str | None
    room: Path
    given: Mapping[str, Path]
    command: str


def measure_all(plan: Plan) -> Results:
    """Runs the suite."""
    programs, missing = able(_asked_for(plan), plan.room)
    versions = {program.name: version(program) or "" for program in programs}
    figures: list[Figure] = []
    built: list[Built] = []
    for size in plan.sizes:
        chosen = [program for program in programs if _belongs(program, size, plan)]
        room = plan.room / str(size)
        sites = [_site(program, size, room, plan) for program in chosen]
        figures += _figures(size, sites, plan)
        built += [_built(size, site) for site in sites]
        shutil.rmtree(room)
    return Results(
        machine=this_machine(),
        command=plan.command,
        titles={program.name: program.title for program in PROGRAMS.values()},
        versions=versions,
        missing=tuple(missing),
        figures=tuple(figures),
        built=tuple(built),
        touched={} if plan.given else {size: _touched(size, plan) for size in _ARCHIVES},
    )


def able(asked: Iterable[Program], room: Path) -> tuple[list[Program], list[str]]:
    """The programs that build a small site, and which do not; whatever is cold gets warm."""
    found, missing = [], []
    for program in asked:
        if (why := _unable(program, room / "trial")) is None:
            found.append(program)
        elif program.name == OURS:
            raise ProgramFailedError(why)
        else:
            say(f"{program.title} is left out: {why}")
            missing.append(program.name)
    return found, missing


def _asked_for(plan: Plan) -> Iterator[Program]:
    for program in PROGRAMS.values():
        if program.name == OURS and plan.workers:
            yield replace(program, build=(*program.build, "--workers", plan.workers))
        elif not plan.given or program.name in plan.given:
            yield program


def _unable(program: Program, room: Path) -> str | None:
    """Why it does not build a small site; None if it does."""
    if version(program) is None:
        return "it is not here, or does not run"
    try:
        run(program.command(), made_up(program, _TRIAL, room).folder)
    except ProgramFailedError as error:
        return str(error)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return None


def _belongs(program: Program, size: int, plan: Plan) -> bool:
    limit = MIDDLE if plan.everything else SMALL
    return program.name in {OURS, HUGO} or size <= limit


def _site(program: Program, size: int, room: Path, plan: Plan) -> Site:
    if program.name not in plan.given:
        return made_up(program, size, room)
    given = plan.given[program.name]
    site = Site(program, room / program.name, room / "trash" / program.name)
    if not (given / program.config).exists():
        place_site(program, site.folder)
    shutil.copytree(given, site.folder, dirs_exist_ok=True)
    return site


def made_up(program: Program, size: int, room: Path, *, even: bool = False) -> Site:
    """A program's copy of the made-up newspaper."""
    site = Site(program, room / program.name, room / "trash" / program.name)
    place_site(program, site.folder)
    told = even_stories(size) if even else stories(size)
    write_site(site.folder, FORMATS[program.name], told)
    return site


def _figures(size: int, sites: Sequence[Site], plan: Plan) -> Iterator[Figure]:
    rounds = 1 if size >= LARGE else plan.runs
    taken: dict[tuple[str, str], list[Run]] = {}
    for round_ in range(rounds):
        for site, work in _turns(sites, round_, size):
            if work.prepare(site, round_):
                done = run(site.program.command(), site.folder)
                taken.setdefault((site.program.name, work.name), []).append(done)
                say(
                    f"{size:,} articles, round {round_ + 1} of {rounds}: {site.program.title},"
                    f" {work.name}: {done.wall:.3f} s, {done.foreign:.0%} of the machine busy"
                    " with something else"
                )
    for (program, name), runs in taken.items():
        yield Figure(
            articles=size,
            program=program,
            work=name,
            walls=tuple(done.wall for done in runs),
            cpus=tuple(done.cpu for done in runs),
            foreign=tuple(done.foreign for done in runs),
            written=tuple(_written(done) for done in runs) if program == OURS else (),
        )


def _turns(sites: Sequence[Site], round_: int, size: int) -> Iterable[tuple[Site, Work]]:
    """One round: all build cold one after the other, so do the rebuilds."""
    ours = [site for site in sites if site.program.name == OURS]
    others = [
        site
        for site in sites
        if site.program.name == HUGO or (site.program.name != OURS and _again(round_, size))
    ]
    return chain(
        ((site, BROADSHEET) for site in ours if size < LARGE),
        ((site, COLD) for site in others),
        ((site, work) for site in ours for work in OUR_WORKS[:3]),
        ((site, REBUILD) for site in others),
        ((site, work) for site in ours for work in OUR_WORKS[3:]),
    )


def _again(round_: int, size: int) -> bool:
    return round_ == 0 or size <= SMALL


def _built(size: int, site: Site) -> Built:
    COLD.prepare(site, 0)
    memory = peak_memory(site.program.command(), site.folder)
    output = site.folder / site.program.output
    weights = [path.stat().st_size for path in output.rglob("*") if path.is_file()]
    say(f"{size:,} articles: {site.program.title}, peak memory {memory / 1e6:,.0f} MB")
    return Built(
        articles=size,
        program=site.program.name,
        files=len(weights),
        bytes=sum(weights),
        memory=memory,
    )


def _touched(size: int, plan: Plan) -> int:
    """How many outputs one new article writes in an archive of that size."""
    room = plan.room / f"archive-{size}"
    site = made_up(PROGRAMS[OURS], size, room, even=True)
    run(site.program.command(), site.folder)
    PUBLISHED.prepare(site, 0)
    written = _written(run(site.program.command(), site.folder))
    shutil.rmtree(room)
    return written


def _written(done: Run) -> int:
    return int(json.loads(done.printed)["written"])


def this_machine() -> Machine:
    """The one that this runs on."""
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        system=f"{platform.system()} {platform.release().partition('-')[0]}",
        python=platform.python_version(),
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def say(line: str) -> None:
    """Tells whoever waits how far it is."""
    print(line, file=sys.stderr, flush=True)
