"""The validators of this folder's `package.json`, each from files to faults in words."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from qa.browser import FLAGS

HERE: Final = Path(__file__).resolve().parent
MODULES: Final = HERE / "node_modules"

AXE: Final = MODULES / "axe-core/axe.min.js"
HTML_VALIDATE: Final = MODULES / "html-validate/bin/html-validate.mjs"
LIGHTHOUSE: Final = MODULES / "lighthouse/cli/index.js"
NU: Final = MODULES / "vnu-jar/build/dist/vnu.jar"
STYLELINT: Final = MODULES / "stylelint/bin/stylelint.mjs"

#: The rules of axe that are asked for, by tag.
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: Those that can tell a page in other colours from the same page before.
COLOURS: Final[Mapping[str, object]] = {"type": "rule", "values": ["color-contrast"]}

# They found nothing, or they found something; anything else is a failure of theirs.
_FOUND: Final = frozenset({0, 1, 2})


def html_validate(node: Path, files: Iterable[Path]) -> list[str]:
    """What html-validate has against the files."""
    config = ("--config", HERE / ".htmlvalidate.mjs", "--formatter", "json")
    found = json.loads(_output(node, HTML_VALIDATE, *config, *files))
    return [
        f"{file['filePath']}:{message['line']}: {message['ruleId']}: {message['message']}"
        for file in found
        for message in file["messages"]
    ]


def nu(java: Path, files: Iterable[Path]) -> list[str]:
    """The errors that the Nu HTML checker finds in the files."""
    jar = ("-Xmx512m", "-jar", NU, "--errors-only", "--exit-zero-always", "--format", "json")
    found = json.loads(_output(java, *jar, *files, errors=True))
    return [
        f"{message['url']}:{message.get('lastLine', 0)}: {message['message']}"
        for message in found["messages"]
    ]


def stylelint(node: Path, files: Iterable[Path]) -> list[str]:
    """What stylelint has against the stylesheets."""
    config = ("--config", HERE / "stylelint.config.mjs", "--formatter", "json")
    found = json.loads(_output(node, STYLELINT, *config, *files, errors=True))
    return [
        f"{file['source']}:{warning['line']}: {warning['text']}"
        for file in found
        for warning in (*file["warnings"], *file["parseErrors"])
    ]


def lighthouse(node: Path, chromium: Path, url: str, folder: Path) -> dict[str, Any]:
    """Lighthouse's report on a page."""
    report = folder / "lighthouse.json"
    flags = " ".join(("--headless=new", *(flag for flag in FLAGS if " " not in flag)))
    categories = "--only-categories=performance,accessibility,best-practices,seo"
    options = ("--quiet", "--no-enable-error-reporting", "--output=json", categories)
    paths = (f"--output-path={report}", f"--chrome-flags={flags}")
    _output(node, LIGHTHOUSE, url, *options, *paths, chromium=chromium)
    result: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return result


def _output(*command: str | Path, errors: bool = False, chromium: Path | None = None) -> str:
    """What a program says on its output, or where it says it: beside its output."""
    environment = {**os.environ, **({"CHROME_PATH": str(chromium)} if chromium else {})}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=HERE, env=environment
    )
    said = done.stderr if errors else done.stdout
    if done.returncode not in _FOUND or ("json" in command and not said.strip()):
        raise RuntimeError(f"{command[1]}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return said
