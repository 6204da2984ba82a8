"""One raw text as a run finds it, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ssg.config import Config
from ssg.desk.files import Write, bytes_at
from ssg.desk.inbox import Raw
from ssg.desk.receipts import Given, Receipt, base_path, record_path, write_receipt
from ssg.desk.report import FileReport, Outcome, findings_of
from ssg.faults import Fault
from ssg.frontmatter import Document, dump
from ssg.ingest.compose import Composed, Draft
from ssg.ingest.harvest import Harvest
from ssg.ingest.report import to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A raw text that is new, was changed, or is looked at again because of what was given."""

    site: Path
    raw: Raw
    data: bytes
    digest: str
    receipt: Receipt | None
    given: Given
    config: Config
    now: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """The document that a raw text became, as it is on disk."""

    path: str
    digest: str
    document: Document


@dataclass(frozen=True, slots=True)
class Made:
    """What a raw text gives now. `draft` is the one that follows the raw text's changes.

    `texts` are the files of all new drafts by path, those credited before the article.
    """

    harvest: Harvest
    composed: Composed
    draft: Draft | None
    texts: Mapping[str, str]

    @property
    def text(self) -> str | None:
        """The file of the draft that follows."""
        if self.draft is None:
            return None
        return self.texts.get(self.draft.path) or dump(self.draft.values, self.draft.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done: the writes in their order, and what to tell the editor."""

    outcome: Outcome
    document: str | None = None
    composed: Composed | None = None
    writes: tuple[Write, ...] = ()
    needs: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    def report(self, raw: Raw) -> FileReport:
        return FileReport(
            raw=raw.path,
            outcome=self.outcome,
            document=self.document,
            findings=findings_of(self.composed) if self.composed else (),
            needs=self.needs,
            written=tuple(write.path for write in self.writes if write.how != "remove"),
            faults=self.faults,
        )


def receipt_for(task: Task, made: Made, document: str | None) -> Receipt:
    """The record of what a raw text became."""
    composed, values = made.composed, made.draft.values if made.draft else {}
    harvest = made.harvest
    found = [*(one.name for one in harvest.authors), *(one.name for one in harvest.sources)]
    credited = sorted(
        (*composed.authors, *composed.sources, *composed.offers),
        key=lambda draft: found.index(draft.values["name"]),
    )
    return Receipt(
        raw=task.raw.name,
        digest=task.digest,
        document=document,
        id=values.get("id"),
        date=values.get("date"),
        authors=tuple(draft.slug for draft in credited if draft.kind == "author"),
        sources=tuple(draft.slug for draft in credited if draft.kind == "source"),
        guessed=composed.guessed if composed.article else (),
        given=task.given,
        fields=to_json(harvest)["receipt"],
    )


def record(task: Task, receipt: Receipt, base: str | None) -> tuple[Write, ...]:
    """The writes of a receipt, the record last: it says that all the rest is done."""
    files = {base_path(receipt.raw): base.encode()} if base is not None else {}
    files[record_path(receipt.raw)] = write_receipt(receipt)
    return tuple(
        Write(path, data, "ours")
        for path, data in files.items()
        if task.receipt is None or bytes_at(task.site / path) != data
    )
