"""The intake: raw texts to documents on disk, one after the other, none in another's way.

Most runs find nothing new, so what reads raw texts and content is imported when it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ssg.config import Config
from ssg.desk.files import Write, bytes_at, carry_out, inside, refused
from ssg.desk.inbox import Raw, printable, raws_in, raws_of
from ssg.desk.receipts import FOLDER, INBOX, Given, Receipt, read_receipt, record_path
from ssg.desk.report import FileReport, Report
from ssg.digest import digest_bytes
from ssg.faults import Fault, Place

if TYPE_CHECKING:
    from ssg.desk.holdings import Holdings
    from ssg.desk.reading import Readers
    from ssg.desk.task import Plan, Task
    from ssg.ingest import Harvest

# Of a larger file no more is read: ingest refuses what is far shorter.
_MAX_READ: Final = 1 << 24
# So many bytes of raw texts are in memory at once, and those of one text more.
_MAX_HELD: Final = 1 << 26

_DATE: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])-\d{2}(?:[T ].*)?")


@dataclass(slots=True)
class _Run:
    """What is the same for all raw texts of a run, and what the site holds, once it was read."""

    site: Path
    config: Config
    now: datetime
    given: Given
    named: bool
    dry_run: bool
    holdings: Holdings | None = None
    #: Folders known to lie inside the site.
    inside: set[str] = field(default_factory=set)


def ingest_files(
    site: Path,
    files: Sequence[Path],
    config: Config,
    *,
    now: datetime,
    given: Given | None = None,
    dry_run: bool = False,
    readers: Readers | None = None,
) -> Report:
    """Takes in the raw texts named, or all in the inbox that are new or were changed.

    `given` completes texts that say nothing of their date, author or source. In a dry run
    nothing is written and the report is the same. `readers` read the texts, here and one after
    the other if nobody is named; what they read is written in the order of the names. Whoever
    calls holds the site's lock.
    """
    wishes = _cleaned(given or Given())
    fault = inside(site, FOLDER) or _date_fault(wishes)
    if fault is not None:
        return Report(others=(fault,))
    run = _Run(site, config, now, wishes, bool(files), dry_run)
    raws, faults = raws_of(site, files, dry_run=dry_run) if files else raws_in(site)
    reports = tuple(_taken_in(run, raws, readers))
    orphans = () if files else tuple(_orphans(site, raws, reports))
    return Report(reports, (*faults, *orphans))


def _taken_in(run: _Run, raws: Iterable[Raw], readers: Readers | None) -> Iterator[FileReport]:
    """The reports of all raw texts in their order; no more is in memory than is read at once."""
    for found in _at_once(_looked_at(run, raw) for raw in raws):
        tasks = [one for one in found if not isinstance(one, FileReport)]
        harvests = _harvests(run, tasks, readers) if tasks else iter(())
        for one in found:
            yield one if isinstance(one, FileReport) else _settled(run, one, next(harvests))
        next(harvests, None)  # all is read: who read it may go


def _at_once(found: Iterable[Task | FileReport]) -> Iterator[list[Task | FileReport]]:
    held: list[Task | FileReport] = []
    size = 0
    for one in found:
        held.append(one)
        size += 0 if isinstance(one, FileReport) else len(one.data)
        if size > _MAX_HELD:
            yield held
            held, size = [], 0
    yield held


def _harvests(run: _Run, tasks: Sequence[Task], readers: Readers | None) -> Iterator[Harvest]:
    from ssg.desk.reading import harvests
    from ssg.ingest import Options

    options = Options.of(run.config)
    return harvests([(task.raw.path, task.data) for task in tasks], options, readers)


def _looked_at(run: _Run, raw: Raw) -> Task | FileReport:
    try:
        return _task(run, raw)
    except OSError as error:
        return _refused(run, raw, error)


def _settled(run: _Run, task: Task, harvest: Harvest) -> FileReport:
    from ssg.desk.holdings import holdings_of
    from ssg.desk.plan import plan

    try:
        holdings = run.holdings = run.holdings or holdings_of(run.site)
        planned = plan(task, harvest, holdings)
    except OSError as error:
        return _refused(run, task.raw, error)
    done = planned if run.dry_run else _written(run, planned)
    if done.composed is not None and done.outcome != "refused":
        holdings.add(done.composed)
    return done.report(task.raw)


def _refused(run: _Run, raw: Raw, error: OSError) -> FileReport:
    fault = refused(error, _named(run.site, error) or raw.path)
    return FileReport(raw=raw.path, outcome="refused", faults=(fault,))


def _task(run: _Run, raw: Raw) -> Task | FileReport:
    """What there is to do with a raw text, or the report that there is nothing."""
    with raw.file.open("rb") as file:
        data = file.read(_MAX_READ)
    digest = digest_bytes(data)
    receipt = _receipt(run.site, raw)
    if isinstance(receipt, Fault):
        return FileReport(raw=raw.path, outcome="refused", faults=(receipt,))
    settled = receipt is not None and receipt.digest == digest and receipt.pending is None
    # What was given completes settled texts only where they were named: never all the others.
    if receipt is not None and settled and (run.given == Given() or not run.named):
        return FileReport(raw=raw.path, outcome="unchanged", document=receipt.document)
    from ssg.desk.task import Task

    return Task(
        site=run.site,
        raw=raw,
        data=data,
        digest=digest,
        receipt=receipt,
        given=_together(run.given, receipt.given if receipt else Given()),
        config=run.config,
        now=run.now,
    )


def _together(given: Given, before: Given) -> Given:
    """What is given now, and where nothing is, what was given before."""
    return Given(
        date=given.date or before.date,
        authors=given.authors or before.authors,
        sources=given.sources or before.sources,
    )


def _receipt(site: Path, raw: Raw) -> Receipt | Fault | None:
    data = bytes_at(site / record_path(raw.name))
    return read_receipt(raw.name, data) if data is not None else None


def _written(run: _Run, planned: Plan) -> Plan:
    """The plan as far as it was carried out."""
    done: list[Write] = []
    for write in planned.writes:
        if (fault := _carry_out(run, write)) is not None:
            # What came before the fault is on disk: look again before the next raw text.
            run.holdings = None
            faults = (*planned.faults, fault)
            return replace(planned, outcome="refused", writes=tuple(done), faults=faults)
        done.append(write)
    return planned


def _carry_out(run: _Run, write: Write) -> Fault | None:
    folder = write.path.rpartition("/")[0]
    try:
        if folder not in run.inside:
            if (fault := inside(run.site, folder)) is not None:
                return fault
            run.inside.add(folder)
        return carry_out(run.site, write)
    except OSError as error:
        return refused(error, write.path)


def _orphans(site: Path, raws: Sequence[Raw], reports: Sequence[FileReport]) -> Iterator[Fault]:
    """The articles whose raw text is gone, and which no raw text of another name became."""
    names = {raw.name for raw in raws}
    claimed = {report.document for report in reports}
    try:
        records = sorted(path.name for path in (site / FOLDER).iterdir())
    except OSError:
        return
    for name in (record.removesuffix(".json") for record in records if record.endswith(".json")):
        if name in names:
            continue
        try:
            receipt = read_receipt(name, (site / record_path(name)).read_bytes())
        except OSError as error:
            yield refused(error, record_path(printable(name)))
            continue
        document = receipt.document if isinstance(receipt, Receipt) else None
        if document and document not in claimed and (site / document).is_file():
            hint = f"bring the raw text back from version control, or delete {record_path(name)}"
            message = f"{document} was made of a raw text that is gone"
            yield Fault("W602", message, Place(f"{INBOX}/{name}"), hint)


def _named(site: Path, error: OSError) -> str | None:
    """The file an error is about, by its path in the site."""
    file = Path(str(error.filename)) if error.filename else None
    return file.relative_to(site).as_posix() if file and file.is_relative_to(site) else None


def _cleaned(given: Given) -> Given:
    """Names as people write them: what is blank names nobody."""
    return Given(
        date=given.date,
        authors=tuple(filter(None, map(_name, given.authors))),
        sources=tuple(filter(None, map(_name, given.sources))),
    )


def _name(text: str) -> str:
    return " ".join(printable(text).split())


def _date_fault(given: Given) -> Fault | None:
    if given.date is None or _DATE.fullmatch(given.date):
        return None
    hint = "write 2026-03-01, 2026-03-01 09:30 or 2026-03-01T09:30:00+01:00"
    return Fault("E210", f'"{given.date}" is no date', hint=hint)
