"""The report: tables in Markdown, for the terminal and for `docs/benchmarks/`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.goals import Row, claims, rows
from benchmarks.results import HUGO, Built, Figure, Results
from benchmarks.works import COLD, REBUILD


def tables(results: Results) -> str:
    """All that was measured."""
    found = (
        _table(_HEADS, "-:|:-|-:|-:|-:|-:|-:|:-", [_row(row) for row in rows(results)]),
        _table(_CLAIM_HEADS, ":-|:-|:-", list(_claims(results))),
        _table(_ALL_HEADS, "-:|:-|-:|-:|-:|-:|-:|-:|-:", list(_programs(results))),
    )
    return "\n\n".join(table for table in found if table)


def page(results: Results) -> str:
    """The page of the documentation."""
    machine = results.machine
    versions = ", ".join(
        f"{results.titles[name]} {_number(version)}" for name, version in results.versions.items()
    )
    missing = ", ".join(results.titles[name] for name in results.missing)
    absent = f" Not here, so left out: {missing}." if missing else ""
    return _PAGE.format(
        command=results.command,
        tables=tables(results),
        machine=f"{machine.processor}, {machine.cores} cores, {machine.memory / 2**30:.0f} GiB,"
        f" {machine.system}, Python {machine.python}",
        versions=versions,
        absent=absent,
        foreign=f"{_foreign(results):.0%}",
    )


_SMALL = 0.1

_HEADS = ("articles", "work", "ssg, s", "CPU s", "Hugo, s", "CPU s", "ratio", "goal")
_CLAIM_HEADS = ("what", "found", "goal")
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

## What is built

A made-up newspaper: articles of 450 to 700 words over five years, 60 authors, 40 sources, 120 tags,
8 sections. Each program makes the same pages of it with templates of one weight: the articles, the
newest stories and those of each author, source, tag and section in pages of 20, a feed of 50, a
sitemap. Ours has pages of months and years besides, and its list pages begin where
[listings](../reference/urls.md#lists) say; Zola adds a redirect at `page/1/` of each list. The
theme is `benchmarks/light`; with `broadsheet` the pages are those of a newspaper, while Hugo's stay
light.

## Where

{machine}; {versions}.{absent}
While it was measured, {foreign} of the processors were busy with something else.

## Again

```console
$ {command}
```

`make bench` installs what it measures: Hugo and Pelican by uv, Eleventy and Zola by npm, at the
versions that the lock files name. A `zola` that is installed already goes before, since that of npm
needs glibc 2.39. A program that is missing or does not run is left out and named. With
`ARGS='--all'` all programs build 10,000 articles, with `ARGS='--large'` ours and Hugo 100,000;
`ARGS=--help` lists the rest. `results.json` holds every run. It needs Linux.
"""
