"""How soon servers follow: from an edit to the new pages on the disk and in a browser.

Both servers run at once and take turns, each with a copy of the same newspaper. An edit is a
file that is written in place, as most editors do. One edit of each kind is made before any is
measured.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Final

from benchmarks.measure import busy, worked
from benchmarks.programs import PROGRAMS, version
from benchmarks.results import Followed, Serving
from benchmarks.servers import Server, open_tab, serving, wait_until_new
from benchmarks.suite import LARGE, able, made_up, say, this_machine
from benchmarks.works import Site, append, articles, middle, retitle

#: Edits of each kind in an archive so large that one takes Hugo's server a minute.
_LARGE_RUNS: Final = 3

WHERE: Final = ("disk", "browser")


@dataclass(frozen=True, slots=True)
class Edit:
    """A kind of edit: the story it changes, how, and whether the front page shows it, too."""

    name: str
    story: Callable[[Site], Path]
    change: Callable[[Path, str], None]
    on_front: bool


def _body(story: Path, words: str) -> None:
    append(story, f"\n{words}.\n")


def _newest(site: Site) -> Path:
    """The story on top of the front page: they are numbered in the order of their dates."""
    return max(articles(site), key=lambda story: int(story.stem.rpartition("-")[2]))


EDITS: Final = (
    Edit("body", middle, _body, on_front=False),
    Edit("title", _newest, retitle, on_front=True),
)


def measure_serving(sizes: Sequence[int], runs: int, room: Path, command: str) -> Serving:
    """Measures all servers that there are, at each size."""
    programs, missing = able((one for one in PROGRAMS.values() if one.serve), room)
    figures: list[Followed] = []
    foreign: list[float] = []
    for size in sizes:
        turns = min(runs, _LARGE_RUNS) if size >= LARGE else runs
        sites = [made_up(program, size, room / str(size)) for program in programs]
        with ExitStack() as stack:
            servers = []
            for site in sites:
                servers.append(stack.enter_context(serving(site)))
                say(f"{size:,} articles: {site.program.title} serves on port {servers[-1].port}")
            watch = _Watch(servers)
            figures += _figures(size, servers, turns)
            foreign.append(watch.foreign())
        shutil.rmtree(room / str(size))
    return Serving(
        machine=this_machine(),
        command=command,
        versions={program.name: version(program) or "" for program in programs},
        missing=tuple(missing),
        foreign=round(fmean(foreign), 3) if foreign else 0.0,
        figures=tuple(figures),
    )


def _figures(size: int, servers: Sequence[Server], runs: int) -> Iterator[Followed]:
    for edit in EDITS:
        for where in WHERE:
            taken = [
                [follow(one, edit, where, f"{size} {turn}") for one in servers]
                for turn in range(runs + 1)
            ]
            for server, walls in zip(servers, zip(*taken[1:], strict=True), strict=True):
                program = server.site.program
                figure = Followed(
                    articles=size,
                    program=program.name,
                    edit=edit.name,
                    where=where,
                    walls=tuple(round(wall, 4) for wall in walls),
                )
                say(
                    f"{size:,} articles: {program.title}, {edit.name}, {where}: {figure.wall:.3f} s"
                )
                yield figure


def follow(server: Server, edit: Edit, where: str, turn: str) -> float:
    """Makes an edit, and says in how many seconds it was followed."""
    story = edit.story(server.site)
    page = _page_of(server.site, story)
    words = f"Changed for the {where} in turn {turn}"
    pages = dict.fromkeys((page, "index.html") if edit.on_front else (page,), words.encode())
    with open_tab(server, page):
        server.in_browser(page)
        server.settle()
        edit.change(story, words)
        return wait_until_new(pages, server, where)


def _page_of(site: Site, story: Path) -> str:
    year, month = story.parts[-3:-1]
    return f"{site.program.articles}{year}/{month}/{story.stem}/index.html"


class _Watch:
    """Knows what the machine did that neither the servers nor this process were the cause of."""

    def __init__(self, servers: Sequence[Server]) -> None:
        self._servers = servers
        self._begun = time.perf_counter()
        self._before = self._others()

    def foreign(self) -> float:
        """The part of the processors that others used since."""
        wall = time.perf_counter() - self._begun
        return max(0.0, self._others() - self._before) / wall / (os.cpu_count() or 1)

    def _others(self) -> float:
        ours = sum(worked(server.process.pid) for server in self._servers)
        return busy() - ours - time.process_time()
