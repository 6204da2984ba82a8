"""Measures builds of ssg beside those of Hugo and others: `make bench`.

Prints tables in Markdown, and writes them, a chart and every single run into a folder.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.chart import chart
from benchmarks.goals import rows
from benchmarks.programs import HERE
from benchmarks.report import page, tables
from benchmarks.results import Results
from benchmarks.suite import LARGE, MIDDLE, SMALL, Plan, measure_all

_DOCS: Final = HERE.parent / "docs/benchmarks"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures, prints and writes."""
    asked = _parser().parse_args(arguments)
    given = {name: getattr(asked, name) for name in ("ssg", "hugo") if getattr(asked, name)}
    sizes = asked.articles or [SMALL, MIDDLE, *([LARGE] if asked.large else [])]
    if given:
        sizes = [sum(1 for _ in asked.ssg.glob("content/articles/**/*.md"))]
    with TemporaryDirectory(dir=asked.room) as room:
        results = measure_all(
            Plan(
                sizes=tuple(sizes),
                runs=asked.runs,
                everything=asked.all,
                workers=asked.workers,
                room=Path(room),
                given=given,
                command=_command(asked),
            )
        )
    print(tables(results))
    if asked.out:
        write(results, asked.out)


def write(results: Results, folder: Path) -> None:
    """The page, the chart and the figures."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = json.dumps(asdict(results), indent=1, ensure_ascii=False) + "\n"
    for name, text in (
        ("README.md", page(results)),
        ("chart.svg", chart(list(rows(results)))),
        ("results.json", figures),
    ):
        (folder / name).write_text(text, encoding="utf-8")


def _command(asked: argparse.Namespace) -> str:
    """How to run the same again."""
    options = [f"--{name}" for name in ("all", "large") if getattr(asked, name)]
    options += [f"--articles {size}" for size in asked.articles or ()]
    options += [f"--workers {asked.workers}"] if asked.workers else []
    options += [f"--runs {asked.runs}"] if asked.runs != _RUNS else []
    return f"make bench ARGS='{' '.join(options)}'" if options else "make bench"


_RUNS: Final = 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__.partition("\n")[0]
    )
    add = parser.add_argument
    add("--all", action="store_true", help="all programs build 10,000 articles, once")
    add("--large", action="store_true", help="ours and Hugo build 100,000 articles, once")
    add("--articles", type=int, action="append", metavar="N", help="only so many; may be repeated")
    add("--runs", type=int, default=_RUNS, metavar="N", help="rounds (default: %(default)s)")
    add("--workers", metavar="SPEC", help="what ours is told as --workers")
    add("--ours", dest="ssg", type=Path, metavar="DIR", help="a site to build, with --hugo")
    add("--hugo", type=Path, metavar="DIR", help="the same site for Hugo")
    add("--room", type=Path, metavar="DIR", help="where sites are made (default: a temporary one)")
    add("--out", type=Path, default=None, metavar="DIR", help="where the report goes")
    return parser


if __name__ == "__main__":
    main()
