"""What is to be done with one raw text: read everything, decide, and write nothing yet.

A raw text is new, or it was changed and meets the document it became before. That one may
have been edited, moved or deleted since, and a run may have died half-way: the `ingest:`
entry of a document tells which raw text, and which state of it, it holds.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from ssg.content.documents import decode, read_document
from ssg.desk.files import Write, inside
from ssg.desk.holdings import ARTICLES, Holding, Holdings
from ssg.desk.receipts import INBOX, Given, record_path
from ssg.desk.reconcile import guessed
from ssg.desk.revise import revise
from ssg.desk.task import Made, Plan, Standing, Task, receipt_for, record
from ssg.digest import digest_bytes
from ssg.faults import Fault, Place, errors
from ssg.frontmatter import Document, dump, parse
from ssg.ingest.compose import Composed, Draft, Moment, compose, moment_of
from ssg.ingest.harvest import FoundAuthor, FoundSource, Harvest

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def plan(task: Task, harvest: Harvest, holdings: Holdings) -> Plan:
    """What becomes of a raw text in which `harvest` was read. Raises OSError where a file of the
    site cannot be.
    """
    if errors(harvest.faults):
        return Plan(outcome="refused", faults=harvest.faults)
    task = replace(task, given=_used(task.given, harvest))
    harvest = _completed(harvest, task.given)
    if (gone := _gone(task, harvest)) is not None:
        return gone
    holding = _holding(task, holdings, harvest)
    if holding is None and _was_made(task, harvest):
        return _deleted(task)
    standing = _standing(task, holding) if holding else None
    if isinstance(standing, Fault):
        return Plan(outcome="refused", faults=(standing,))
    return _settle(task, holdings, harvest, standing)


def _settle(task: Task, holdings: Holdings, harvest: Harvest, standing: Standing | None) -> Plan:
    composed = _composed(task, holdings, harvest, standing)
    draft = _main(composed, standing)
    if standing and draft is None:
        return _left(standing.path, "the raw text holds the biography of somebody else now")
    drafts = (
        *composed.authors,
        *composed.sources,
        *((composed.article,) if composed.article else ()),
    )
    texts = {made.path: dump(made.values, made.body) for made in drafts}
    faults = [fault for path, text in texts.items() for fault in _unloadable(task, path, text)]
    if faults:
        return Plan(outcome="refused", faults=(*harvest.faults, *faults))
    made = Made(harvest, composed, draft, texts)
    settled = revise(task, made, standing) if standing else _new(task, made)
    told = None if settled.outcome == "refused" else _told(composed, settled, standing)
    return replace(settled, composed=told, faults=(*harvest.faults, *settled.faults))


def _told(composed: Composed, settled: Plan, standing: Standing | None) -> Composed:
    """What to tell the editor: of a document that was merged, the guesses that still wait."""
    if standing is None:
        return composed
    texts = [write.data.decode() for write in settled.writes if write.path == standing.path]
    merged = parse(standing.path, texts[0]) if texts else standing.document
    waiting = guessed(merged.values) if isinstance(merged, Document) else ()
    remarks = (one for one in composed.remarks if one.concern != "guessed" or one.field in waiting)
    return replace(composed, remarks=tuple(remarks))


# --- what a person said where the text says nothing ---------------------------------------


def _used(given: Given, harvest: Harvest) -> Given:
    """As much of what was given as the text leaves open; a biography leaves nothing open."""
    if not harvest.body:
        return Given()
    written = any(author.role == "reporting" for author in harvest.authors)
    return Given(
        date=None if harvest.date else given.date,
        authors=() if written else given.authors,
        sources=() if harvest.sources else given.sources,
    )


def _completed(harvest: Harvest, given: Given) -> Harvest:
    return replace(
        harvest,
        authors=(*map(FoundAuthor, given.authors), *harvest.authors),
        sources=(*map(FoundSource, given.sources), *harvest.sources),
    )


# --- the document that a raw text became before --------------------------------------------


def _holding(task: Task, holdings: Holdings, harvest: Harvest) -> Holding | None:
    """Where a raw text's document is now: it may have been moved, or its receipt be lost."""
    name, receipt = task.raw.name, task.receipt
    before = (receipt and receipt.document) or ""
    if not harvest.body:
        return holdings.authors.get(name) or _at(task, before)
    found = holdings.by_id.get(receipt.id) if receipt and receipt.id else None
    found = found or holdings.articles.get(name) or _renamed(task, holdings)
    if found or not before.startswith(ARTICLES):
        return found
    # An article that stands there now under an id of its own is another one.
    another = any(holding.path == before for holding in holdings.by_id.values())
    return None if another else _at(task, before)


def _at(task: Task, path: str) -> Holding | None:
    return Holding(path, "") if path and (task.site / path).is_file() else None


def _renamed(task: Task, holdings: Holdings) -> Holding | None:
    """The article of the same text under a name that is no longer in the inbox."""
    found = None if task.receipt else holdings.by_digest.get(task.digest)
    return found if found and not (task.site / INBOX / found.raw).exists() else None


def _standing(task: Task, holding: Holding) -> Standing | Fault:
    if (fault := inside(task.site, holding.path)) is not None:
        return fault
    data = (task.site / holding.path).read_bytes()
    text = decode(holding.path, data)
    document = text if isinstance(text, Fault) else parse(holding.path, text)
    if isinstance(document, Fault):
        return document
    return Standing(holding.path, digest_bytes(data), document)


def _was_made(task: Task, harvest: Harvest) -> bool:
    document = task.receipt.document if task.receipt else None
    return document is not None and document.startswith(ARTICLES) == bool(harvest.body)


def _gone(task: Task, harvest: Harvest) -> Plan | None:
    """The plan for a raw text that was an article and is none any more."""
    document = task.receipt.document if task.receipt else None
    if harvest.body or document is None or not document.startswith(ARTICLES):
        return None
    return _left(document, "the raw text holds no article any more, its article is as it was")


def _deleted(task: Task) -> Plan:
    receipt = record_path(task.raw.name)
    need = "the raw text was changed, but its article was deleted: to make it anew, delete "
    return _left(task.receipt.document if task.receipt else None, need + receipt)


def _left(document: str | None, need: str) -> Plan:
    return Plan(outcome="left", document=document, needs=(need,))


# --- the documents that it gives now -------------------------------------------------------


def _composed(
    task: Task, holdings: Holdings, harvest: Harvest, standing: Standing | None
) -> Composed:
    when = _moment(task, harvest, standing)
    composing = partial(
        compose,
        harvest,
        raw_name=task.raw.name,
        raw_digest=task.digest,
        when=when,
        domain=task.config.host,
        registry=holdings.registry,
        taken_slugs=holdings.slugs_in(when.year, when.month),
        site_lang=task.config.lang,
    )
    if standing is not None:
        slug = standing.path.rpartition("/")[2].removesuffix(".md")
        return composing(slug=slug, article_id=_known_id(task, standing))
    composed = composing()
    article = composed.article
    if article is None or article.values["id"] not in holdings.by_id:
        return composed
    # Another month of the year has the slug: the month tells the two apart.
    longer = f"tag:{task.config.host},{when.year:04}:{when.month:02}/{article.slug}"
    return composing(article_id=longer)


def _known_id(task: Task, standing: Standing) -> str | None:
    """The id that a document was given; never changed once written."""
    stated = standing.document.values.get("id")
    return (task.receipt and task.receipt.id) or (str(stated) if stated else None)


def _moment(task: Task, harvest: Harvest, standing: Standing | None) -> Moment:
    """The date that was printed, given, guessed before, or the file's, in this order."""
    stated = harvest.date or task.given.date
    if stated:
        return moment_of(stated)
    receipt = task.receipt
    earlier = receipt.date if receipt and "date" in receipt.guessed else None
    if earlier is None and receipt is None and standing:
        earlier = str(standing.document.values.get("date"))
    if earlier and _DAY.match(earlier):
        return replace(moment_of(earlier), guessed=True)
    moment = _file_time(task)
    return Moment(moment.year, moment.month, moment.isoformat(), guessed=True)


def _file_time(task: Task) -> datetime:
    """When the raw file was last written; never later than now, which would hold it back."""
    zone = ZoneInfo(task.config.timezone)
    now = task.now.astimezone(zone).replace(microsecond=0)
    seconds = task.raw.file.stat().st_mtime_ns // 10**9
    try:
        return min(datetime.fromtimestamp(seconds, zone), now)
    except (OverflowError, ValueError):
        return now


def _main(composed: Composed, standing: Standing | None) -> Draft | None:
    """The draft that follows the raw text from now on: the article, else the one biography."""
    if composed.article or standing is None:
        return composed.article or next(iter(composed.authors), None)
    offers = (draft for draft in composed.offers if draft.path == standing.path)
    return next(offers, None)


def _unloadable(task: Task, path: str, text: str) -> tuple[Fault, ...]:
    """Why a draft could not be built: a raw text never breaks the site."""
    read = read_document(path, text.encode(), task.config)
    found = errors(read) if isinstance(read, tuple) else ()
    return tuple(replace(fault, place=Place(task.raw.path)) for fault in found)


def _new(task: Task, made: Made) -> Plan:
    files = [Write(path, text.encode(), "new") for path, text in made.texts.items()]
    receipt = receipt_for(task, made, made.draft.path if made.draft else None)
    left_aside = () if files else ("the site knows this author: the biography was not used",)
    return Plan(
        outcome="new" if files else "recorded",
        document=receipt.document,
        writes=(*files, *record(task, receipt, made.text)),
        needs=left_aside,
    )
