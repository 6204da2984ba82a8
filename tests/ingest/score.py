"""How well raw texts are read: `make score`, or `python -m tests.ingest.score [FOLDER ...]`.

Each raw text goes through `ssg ingest FILE --json` as a user calls it, outside any site, within
this process. A case is exact when all of its fields are right; "fields" is the share of single
fields that are. `--misses` lists what is wrong, but for `aside/` only when it is named: who has
seen its misses writes rules for them, and then it measures nothing any more.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from click.testing import CliRunner

from ssg.cli import main as ssg
from tests.ingest.judging import FIELDS, Case, Misses, cases_in, misses

HERE: Final = Path(__file__).resolve().parent
CASES: Final = HERE / "cases"
ASIDE: Final = HERE / "aside"
#: What was reached, by folder; a test holds that no less is reached later.
FLOOR: Final = HERE / "floor.json"


@dataclass(frozen=True, slots=True)
class Result:
    """A case, and what was wrong in what was made of it."""

    case: Case
    misses: Misses

    @property
    def exact(self) -> bool:
        return not self.misses

    @property
    def right(self) -> int:
        return len(FIELDS) - len(self.misses)


def printed(raw: Path) -> Mapping[str, Any] | None:
    """What `ssg ingest RAW --json` prints; None where it refuses the file."""
    with tempfile.TemporaryDirectory() as nowhere, contextlib.chdir(nowhere):
        done = CliRunner().invoke(ssg, ["ingest", str(raw), "--json"])
    if done.exit_code:
        return None
    return dict(json.loads(done.stdout))


def results(folder: Path) -> list[Result]:
    """Every case of a folder, read and judged."""
    return [
        Result(case, misses(case.expected, printed(case.raw.resolve())))
        for case in cases_in(folder)
    ]


def fields_right(found: Sequence[Result]) -> float:
    """The share of all fields that are right, 0 to 1."""
    return sum(one.right for one in found) / (len(found) * len(FIELDS))


def reached(found: Sequence[Result]) -> dict[str, int]:
    """What is to be kept of a folder's score: how many cases are exact, how many fields right."""
    return {"exact": sum(one.exact for one in found), "fields": sum(one.right for one in found)}


def _by(found: Sequence[Result], keys: Callable[[Case], Iterable[str]]) -> list[str]:
    """Lines with the score of each group of cases, the worst first."""
    groups: dict[str, list[Result]] = {}
    for one in found:
        for key in keys(one.case):
            groups.setdefault(key, []).append(one)
    lines = [(fields_right(group), key, _score(key, group)) for key, group in groups.items()]
    return [line for *_, line in sorted(lines)]


def _score(name: str, found: Sequence[Result]) -> str:
    exact = sum(one.exact for one in found)
    share = 100 * fields_right(found)
    return f"  {name:<34} {exact:>3}/{len(found):<3} exact  {share:5.1f} % of fields"


def _single(found: Sequence[Result]) -> list[str]:
    rights = {name: sum(name not in one.misses for one in found) for name in FIELDS}
    return [f"  {name:<34} {right:>3}/{len(found)}" for name, right in rights.items()]


def _wrong(found: Sequence[Result]) -> list[str]:
    return [
        f"  {one.case.id}  {name:<17} {why}" for one in found for name, why in one.misses.items()
    ]


def report(folder: Path, found: Sequence[Result], *, all_parts: bool, wrong: bool) -> str:
    """The table of a folder."""
    lines = [_score(folder.name, found).lstrip()]
    if all_parts:
        lines += ["by field:", *_single(found)]
        lines += ["by language:", *_by(found, lambda case: [case.expected["lang"]])]
        lines += ["by pattern:", *_by(found, lambda case: case.expected["patterns"])]
    if wrong:
        lines += ["wrong:", *_wrong(found)]
    return "\n".join(lines)


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, help="without any: cases and aside")
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    parser.add_argument("--short", action="store_true", help="one line a folder")
    parser.add_argument("--raise-floor", action="store_true", help="keep what was reached")
    asked = parser.parse_args()
    scores: dict[str, dict[str, int]] = {}
    for folder in asked.folders or (CASES, ASIDE):
        found = results(folder)
        scores[folder.name] = reached(found)
        may_tell = folder.resolve() != ASIDE or bool(asked.folders)
        text = report(folder, found, all_parts=not asked.short, wrong=asked.misses and may_tell)
        sys.stdout.write(text + "\n")
    if asked.raise_floor:
        FLOOR.write_text(json.dumps(raised(scores), indent=1) + "\n")


def raised(scores: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The floor, where what was reached now lies above it."""
    floor: dict[str, dict[str, int]] = json.loads(FLOOR.read_text()) if FLOOR.exists() else {}
    return {
        name: {
            key: max(value, floor.get(name, {}).get(key, 0)) for key, value in scores[name].items()
        }
        for name in scores
    } | {name: kept for name, kept in floor.items() if name not in scores}


if __name__ == "__main__":
    main()
