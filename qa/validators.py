"""The validators of this folder's `package.json`, each from files to faults in words."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from qa.browser import FLAGS

HERE: Final = Path(__file__).resolve().parent
MODULES: Final = HERE / "node_modules"

AXE: Final = MODULES / "axe-core/axe.min.js"
CSP_EVALUATOR: Final = MODULES / "csp_evaluator/dist/evaluator.js"
FEEDSMITH: Final = MODULES / "feedsmith/package.json"
HTML_VALIDATE: Final = MODULES / "html-validate/bin/html-validate.mjs"
LIGHTHOUSE: Final = MODULES / "lighthouse/cli/index.js"
LINKINATOR: Final = MODULES / "linkinator/build/src/cli.js"
NU: Final = MODULES / "vnu-jar/build/dist/vnu.jar"
SCHEMA_DTS: Final = MODULES / "schema-dts/dist/schema.d.ts"
STYLELINT: Final = MODULES / "stylelint/bin/stylelint.mjs"
TSC: Final = MODULES / "typescript/bin/tsc"

#: The rules of axe that are asked for, by tag.
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: Those that can tell a page in other colours from the same page before.
COLOURS: Final[Mapping[str, object]] = {"type": "rule", "values": ["color-contrast"]}

#: From here on csp_evaluator speaks of what "can be problematic".
_MAY_BE: Final = 40

_TYPED: Final = re.compile(r"^\S*\((\d+),\d+\): ")

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


def csp(node: Path, policy: str) -> list[str]:
    """What csp_evaluator has against a policy, but for what may only be wrong on some hosts."""
    found = json.loads(_output(node, HERE / "csp.cjs", policy))
    return [
        f"{finding['directive']}: {finding['description']}"
        for finding in found
        if finding["severity"] < _MAY_BE
    ]


def feedsmith(node: Path, files: Iterable[Path]) -> list[dict[str, Any]]:
    """What feedsmith reads in the feeds: format and feed of each; format None: it is none."""
    found: list[dict[str, Any]] = json.loads(_output(node, HERE / "feeds.mjs", *files))
    return found


def schema_types(node: Path, nodes: Mapping[str, Mapping[str, Any]], folder: Path) -> list[str]:
    """What TypeScript has against nodes of JSON-LD, by any names, under the types of schema-dts.

    Each is held to the type that it says it is: excess, misspelt and mistyped properties are
    found, also in nested nodes. Text is text to it: it knows no addresses, dates or languages, so
    that of nodes with one shape the first stands for all.
    """
    kinds: dict[object, tuple[str, Mapping[str, Any]]] = {}
    for name, node_ in nodes.items():
        kinds.setdefault(_shape(node_), (name, node_))
    types = sorted({said["@type"] for _, said in kinds.values()})
    lines = [f'import type {{ {", ".join(types)} }} from "{SCHEMA_DTS.parent}/schema";']
    for number, (name, said) in enumerate(kinds.values()):
        value = json.dumps(said, ensure_ascii=False)
        lines.append(f"export const n{number}: {said['@type']} = {value}; // {name}")
    source = folder / "nodes.ts"
    source.write_text("\n".join(lines), encoding="utf-8")
    strictly = ("--noEmit", "--strict", "--skipLibCheck", "--pretty", "false")
    found = _output(node, TSC, *strictly, "--target", "esnext", "--module", "nodenext", source)
    names = ["types", *(name for name, _ in kinds.values())]
    return [_TYPED.sub(lambda at: f"{names[int(at[1]) - 1]}: ", said) for said in _errors(found)]


def _shape(value: object, key: str = "") -> object:
    """A value of JSON without its texts and numbers, but for types."""
    match value:
        case dict():
            return tuple(sorted((name, _shape(item, name)) for name, item in value.items()))
        case list():
            return tuple(_shape(item) for item in value)
        case _:
            return value if key == "@type" else type(value).__name__


def _errors(found: str) -> list[str]:
    """TypeScript's errors, each with the lines that explain it."""
    parts = re.split(r"^(?=\S+\(\d+,\d+\): )", found, flags=re.MULTILINE)
    return [part.strip() for part in parts if part.strip()]


def linkinator(node: Path, address: str) -> list[str]:
    """The links within a served site that lead nowhere, fragments included, from its home on."""
    options = ("--recurse", "--check-fragments", "--format", "json", "--concurrency", "20")
    elsewhere = ("--skip", f"^(?!{re.escape(address)})")
    found = json.loads(_output(node, LINKINATOR, f"{address}/", *options, *elsewhere))
    return [
        f"{link.get('parent', '?')}: {link['url']} ({link.get('status', 0)})"
        for link in found["links"]
        if link["state"] == "BROKEN"
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
