"""Measures ssg beside Hugo and others: `make bench`; `--serve`: servers that follow edits.

Prints tables in Markdown, and writes them, a chart and every single run into a folder.
"""

from __future__ import annotations

import argparse
import json
import signal
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NoReturn

import msgspec

from benchmarks.chart import chart
from benchmarks.following import measure_serving
from benchmarks.goals import rows
from benchmarks.programs import HERE
from benchmarks.raws import TEXTS, measure_ingest, told
from benchmarks.report import page, serving_table, tables
from benchmarks.results import Results, Serving
from benchmarks.suite import LARGE, MIDDLE, SMALL, Plan, measure_all

_DOCS: Final = HERE.parent / "docs/benchmarks"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures, prints and writes."""
    # What was started is ended, also when it is this process that is told to end.
    signal.signal(signal.SIGTERM, _end)
    asked = _parser().parse_args(arguments)
    with TemporaryDirectory(dir=asked.room) as room:
        if asked.ingest:
            number = (asked.articles or [TEXTS])[0]
            print(told(number, measure_ingest(number, asked.runs or _RUNS, Path(room))))
        elif asked.serve:
            measured = _serving(asked, Path(room))
            print(serving_table(measured))
            if asked.out:
                write(replace(read(asked.out), serving=measured), asked.out)
        else:
            results = _builds(asked, Path(room))
            print(tables(results))
            if asked.out:
                kept = read(asked.out) if (asked.out / _FIGURES).exists() else results
                write(replace(results, serving=kept.serving), asked.out)


def write(results: Results, folder: Path) -> None:
    """The page, the chart and the figures."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = json.dumps(asdict(results), indent=1, ensure_ascii=False) + "\n"
    for name, text in (
        ("README.md", page(results)),
        ("chart.svg", chart(list(rows(results)))),
        (_FIGURES, figures),
    ):
        (folder / name).write_text(text, encoding="utf-8")


def read(folder: Path) -> Results:
    """The figures that were written there last."""
    return msgspec.json.decode((folder / _FIGURES).read_bytes(), type=Results)


def _builds(asked: argparse.Namespace, room: Path) -> Results:
    given = {name: getattr(asked, name) for name in ("ssg", "hugo") if getattr(asked, name)}
    sizes = _sizes(asked)
    if given:
        sizes = (sum(1 for _ in asked.ssg.glob("content/articles/**/*.md")),)
    return measure_all(
        Plan(
            sizes=sizes,
            runs=asked.runs or _RUNS,
            everything=asked.all,
            workers=asked.workers,
            room=room,
            given=given,
            command=_command(asked),
        )
    )


def _serving(asked: argparse.Namespace, room: Path) -> Serving:
    runs = asked.runs or _EDITS
    return measure_serving(_sizes(asked), runs, room, _command(asked))


def _sizes(asked: argparse.Namespace) -> tuple[int, ...]:
    return tuple(asked.articles or [SMALL, MIDDLE, *([LARGE] if asked.large else [])])


def _end(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + signal.SIGTERM)


def _command(asked: argparse.Namespace) -> str:
    """How to run the same again."""
    options = [f"--{name}" for name in ("serve", "all", "large") if getattr(asked, name)]
    options += [f"--articles {size}" for size in asked.articles or ()]
    options += [f"--workers {asked.workers}"] if asked.workers else []
    options += [f"--runs {asked.runs}"] if asked.runs else []
    return f"make bench ARGS='{' '.join(options)}'" if options else "make bench"


_FIGURES: Final = "results.json"
#: Rounds of builds; edits of each kind that a server follows.
_RUNS: Final = 3
_EDITS: Final = 9


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__.partition("\n")[0]
    )
    add = parser.add_argument
    add("--serve", action="store_true", help="how soon servers follow edits, and no builds")
    add("--all", action="store_true", help="all programs build 10,000 articles, once")
    add("--large", action="store_true", help="ours and Hugo build 100,000 articles, once")
    add("--ingest", action="store_true", help="ours takes in raw texts; prints, writes nothing")
    add("--articles", type=int, action="append", metavar="N", help="only so many; may be repeated")
    add("--runs", type=int, metavar="N", help=f"rounds (default: {_RUNS}; of edits {_EDITS})")
    add("--workers", metavar="SPEC", help="what ours is told as --workers")
    add("--ours", dest="ssg", type=Path, metavar="DIR", help="a site to build, with --hugo")
    add("--hugo", type=Path, metavar="DIR", help="the same site for Hugo")
    add("--room", type=Path, metavar="DIR", help="where sites are made (default: a temporary one)")
    add("--out", type=Path, default=None, metavar="DIR", help="where the report goes")
    return parser


if __name__ == "__main__":
    main()
