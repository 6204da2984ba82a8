"""Measures whole builds of a made-up site: `python -m benchmarks [ARTICLES]`.

Prints the median of several runs for each kind of work, in seconds and as a ratio to the
cold build of the same run: machines differ, ratios less.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus import make_site

_RUNS = 5
_NOW = "2026-02-01T00:00:00+00:00"


def main(articles: int) -> None:
    """Builds cold, with nothing changed, with one body and with one title edited."""
    with TemporaryDirectory() as folder:
        site = Path(folder)
        make_site(site, articles)
        story = next(site.glob("content/articles/2023/*/*.md"))
        print(f"{articles} articles, median of {_RUNS} runs, one process")
        cold = _median(site, lambda: _forget(site))
        for name, seconds in (
            ("cold build", cold),
            ("nothing changed", _median(site, lambda: None)),
            ("one body edited", _median(site, lambda: _append(story, "One more line.\n"))),
            ("one title edited", _median(site, lambda: _retitle(story))),
        ):
            print(f"{name:<18} {seconds:7.3f} s  {seconds / cold:5.2f} of cold")


def _median(site: Path, prepare: Callable[[], None]) -> float:
    times = []
    for _ in range(_RUNS):
        prepare()
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "ssg", "build", "--site", site, "--now", _NOW, "--json"],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        )
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _forget(site: Path) -> None:
    for name in ("output", ".ssg"):
        shutil.rmtree(site / name, ignore_errors=True)


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _retitle(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: ", "title: More ", 1), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
