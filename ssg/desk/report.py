"""What became of the raw texts of a run, and how that reads in a terminal at 6 pm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from ssg.desk.inbox import printable
from ssg.desk.receipts import INBOX
from ssg.faults import Fault

if TYPE_CHECKING:
    from ssg.ingest.compose import Composed, Remark

# `new`: a document was made. `merged`: one was brought up to date. `recorded`: only the
# receipt was written. `left`: nothing was done, and `needs` says why. `refused`: a fault.
Outcome = Literal["new", "merged", "recorded", "unchanged", "left", "refused"]

_ORDER: Final = ("title", "date", "author", "source")
_TITLE_GUESS: Final = "guessed from the first sentence"
_DATE_GUESS: Final = "guessed from the file’s time"
_LEFT_OUT: Final = "left out, for nobody could be sure: ssg ingest --review asks"
_MISSING: Final = {
    "author": "none found: name one in the article, or use --author",
    "source": "none found: name one in the article, or use --source",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A field of a raw text: its value, and whether it was found, guessed, new, missing …"""

    concern: str
    field: str
    value: str
    note: str | None = None

    def __str__(self) -> str:
        if not self.value:
            return f"{self.field:<8} {self.note}"
        return f"{self.field:<8} {self.value}" + (f" {self.note}" if self.note else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one raw text; paths are relative to the site.

    `needs` says in sentences what a person has to look at; `written` is what was written,
    or what would be in a dry run.
    """

    raw: str
    outcome: Outcome
    document: str | None = None
    findings: tuple[Finding, ...] = ()
    needs: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the raw texts of a run, in the order of their names."""

    files: tuple[FileReport, ...] = ()
    others: tuple[Fault, ...] = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        return (*self.others, *(fault for file in self.files for fault in file.faults))

    @property
    def written(self) -> tuple[str, ...]:
        return tuple(path for file in self.files for path in file.written)

    @property
    def guessed(self) -> int:
        """How many fields were guessed, and wait for a person."""
        return sum(one.concern == "guessed" for file in self.files for one in file.findings)

    @property
    def ingested(self) -> int:
        """How many raw texts became documents, or changed theirs."""
        return sum(file.outcome in {"new", "merged"} for file in self.files)


def describe(report: Report) -> list[str]:
    """Lines for the terminal. Faults are printed elsewhere, in full."""
    lines = [line for file in report.files for line in _described(file)]
    return lines or [f"nothing new in {INBOX}/"]


def _described(file: FileReport) -> Iterator[str]:
    name = file.raw.removeprefix(f"{INBOX}/")
    match file.outcome:
        case "unchanged":
            return
        case "refused":
            yield f"{name}: not taken in, see the fault"
        case "new":
            yield f"{name} → {file.document or 'nothing new'}"
        case "merged":
            yield f"{name} → {file.document} (brought up to date)"
        case "recorded":
            yield f"{name}: {file.document or 'nothing'} stays as it is"
        case "left":
            yield f"{name}: left alone"
    for finding in file.findings:
        yield f"  {printable(str(finding))}"
    for need in file.needs:
        yield f"  ! {need}"


def findings_of(composed: Composed) -> tuple[Finding, ...]:
    """The remarks of a composition, with where new authors and sources went."""
    drafts = (*composed.authors, *composed.sources, *composed.offers)
    paths = {(draft.kind, str(draft.values["name"])): draft.path for draft in drafts}
    found = (_finding(remark, paths) for remark in composed.remarks)
    return tuple(
        sorted(
            found,
            key=lambda finding: (
                _ORDER.index(finding.field) if finding.field in _ORDER else len(_ORDER)
            ),
        )
    )


def _finding(
    remark: Remark, paths: dict[tuple[Literal["article", "author", "source"], str], str]
) -> Finding:
    value, note = remark.text, None
    match remark.concern, remark.field:
        case "guessed", "date":
            value, note = value[:10], f"({_DATE_GUESS})"
        case "guessed", "authors" | "sources":
            note = _LEFT_OUT
        case "guessed", _:
            note = f"({_TITLE_GUESS})"
        case "new", "author" | "source" as kind:
            value, note = f"{value},", f"new: {paths[kind, remark.text]}"
        case "known", "author" | "source" as kind:
            value, note = f"{value},", f"known: {paths[kind, remark.text]}"
        case "missing", field:
            note = _MISSING.get(field, "none found")
        case "unsure", _:
            note = "(unsure, not used: add it if it is right)"
        case _:
            pass
    return Finding(remark.concern, remark.field, value, note)
