"""A changed raw text meets the document it became: merged, or laid before a person."""

from __future__ import annotations

from dataclasses import replace

from ssg.desk.files import Write, bytes_at
from ssg.desk.receipts import base_path, record_path, theirs_path, write_receipt
from ssg.desk.reconcile import INGEST, Difference, reconcile, settled_by_hand
from ssg.desk.task import Made, Plan, Standing, Task, receipt_for, record
from ssg.digest import digest_bytes
from ssg.faults import Fault, Place
from ssg.frontmatter import Document, parse

_NAMED = 3


def revise(task: Task, made: Made, standing: Standing) -> Plan:
    """Brings a document up to date with its raw text, or says what only a person can decide."""
    theirs = parse(theirs_path(task.raw.name), made.text or "")
    if isinstance(theirs, Fault):
        return Plan(outcome="refused", document=standing.path, faults=(theirs,))
    if _holds(standing.document, task):
        return _finish(task, made, standing, standing.document.text)
    if _was_settled(task):
        return _finish(task, made, standing, settled_by_hand(standing.document, theirs))
    merged = reconcile(_base(task), standing.document, theirs)
    differences = merged.differences or _unreadable(merged.text)
    if differences:
        return _conflict(task, made, standing, differences)
    return _finish(task, made, standing, merged.text)


def _holds(document: Document, task: Task) -> bool:
    """Whether a document has been brought up to date already, and only its receipt is late."""
    record = document.values.get(INGEST)
    same = isinstance(record, dict) and record.get("digest") == task.digest
    return same and (task.receipt is None or task.receipt.given == task.given)


def _unreadable(text: str) -> tuple[Difference, ...]:
    """What front matter came to be that no longer reads as such: never written."""
    read = parse("", text)
    if not isinstance(read, Fault):
        return ()
    return (Difference("the front matter", "as it stands", f"together {read.message}"),)


def _was_settled(task: Task) -> bool:
    """Whether a person has deleted the version that was laid before them: the sign for done."""
    waits = task.receipt is not None and task.receipt.pending == task.digest
    return waits and not (task.site / theirs_path(task.raw.name)).exists()


def _base(task: Task) -> Document | None:
    """What was made of the raw text last time, the common ancestor of both versions."""
    path = base_path(task.raw.name)
    data = bytes_at(task.site / path)
    base = parse(path, data.decode("utf-8", "replace")) if data is not None else None
    return base if isinstance(base, Document) else None


def _finish(task: Task, made: Made, standing: Standing, text: str) -> Plan:
    """The writes that leave all in step: those credited, the document, its receipt."""
    article = made.composed.article
    files = [
        Write(path, new.encode(), "new")
        for path, new in made.texts.items()
        if article is None or path != article.path
    ]
    changed = text != standing.document.text
    if changed:
        files.append(Write(standing.path, text.encode(), "replace", standing.digest))
    receipt = receipt_for(task, made, standing.path)
    return Plan(
        outcome="merged" if changed else "recorded",
        document=standing.path,
        writes=(*files, *record(task, receipt, made.text), *_cleared(task)),
    )


def _cleared(task: Task) -> list[Write]:
    """Takes away the version that waited, unless a person wrote in it."""
    path = theirs_path(task.raw.name)
    data = bytes_at(task.site / path) if task.receipt and task.receipt.theirs else None
    if data is None or task.receipt is None or digest_bytes(data) != task.receipt.theirs:
        return []
    return [Write(path, b"", "remove")]


def _conflict(
    task: Task, made: Made, standing: Standing, differences: tuple[Difference, ...]
) -> Plan:
    """The document stays as it is, the new version is laid beside the receipt."""
    data = (made.text or "").encode()
    path, last = theirs_path(task.raw.name), task.receipt
    waits = last is not None and last.pending == task.digest
    # Without a receipt there is none to keep: one that no raw text matches takes its place.
    known = last or replace(receipt_for(task, made, standing.path), digest="")
    pending = replace(known, pending=task.digest, theirs=digest_bytes(data))
    laid = (
        Write(path, data, "ours"),
        Write(record_path(task.raw.name), write_receipt(pending), "ours"),
    )
    return Plan(
        outcome="refused",
        document=standing.path,
        writes=() if waits else laid,
        faults=(_fault(task, standing, differences),),
    )


def _fault(task: Task, standing: Standing, differences: tuple[Difference, ...]) -> Fault:
    named = "; ".join(
        f"{one.what}: “{one.mine}” in the article, “{one.other}” in the raw text"
        for one in differences[:_NAMED]
    )
    more = len(differences) - _NAMED
    rest = f"; and {more} more" if more > 0 else ""
    message = f"{task.raw.path} and {standing.path} were both changed: {named}{rest}"
    waiting = theirs_path(task.raw.name)
    hint = f"take what is right from {waiting} into the article, then delete {waiting}"
    return Fault("E603", message, Place(standing.path), hint)
