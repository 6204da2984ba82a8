"""What was published: `content/published.jsonl`, the record of every address that readers know.

One JSON object a line, sorted by `url`: an address that a deploy has published once stays
live, leads on or says that it is gone. Only a deploy writes the file; everything else reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

import msgspec
from msgspec import structs

from ssg.content.references import is_site_path
from ssg.faults import Fault, place_on
from ssg.model import Live, Record

PATH: Final = "content/published.jsonl"

_HINT: Final = "only a deploy writes this file: take it back from version control"

_decode = msgspec.json.Decoder(Record).decode


def read_published(text: str) -> tuple[tuple[Record, ...], tuple[Fault, ...]]:
    """The records in the file's text, in the order of their addresses, and every fault in it.

    The order of lines is no fault, since merging two branches may change it.
    """
    records: dict[str, Record] = {}
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        found = _record(line)
        if isinstance(found, Record) and found.url in records:
            found = f"{found.url} is recorded twice"
        if isinstance(found, Record):
            records[found.url] = found
        else:
            faults.append(Fault("E321", found, place_on(PATH, text, number), _HINT))
    return tuple(records[url] for url in sorted(records)), tuple(faults)


def _record(line: str) -> Record | str:
    """The record in a line, or what is wrong with it."""
    try:
        record = _decode(line)
    except (msgspec.MsgspecError, RecursionError) as error:
        message = str(error)
        return f"not the record of an address: {message[:1].lower()}{message[1:]}"
    if not is_site_path(record.url):
        return f'"{record.url}" is no address of this site'
    return record


def written(records: Iterable[Record]) -> str:
    """The text of the file that holds these records."""
    ordered = sorted(records, key=lambda record: record.url)
    return "".join(f"{msgspec.json.encode(record).decode()}\n" for record in ordered)


def after_deploy(
    records: Iterable[Record], live: Mapping[str, Live], now: datetime
) -> tuple[Record, ...]:
    """What is recorded once a deploy has published `live` (by address) at the instant `now`.

    An address keeps the instant at which it was first published. One that is not live any more
    keeps its record, less the digest: no body stands there.
    """
    former = {record.url: record for record in records}
    found = {
        url: structs.replace(record, digest=None, corrections=0)
        for url, record in former.items()
        if url not in live
    }
    instant = now.astimezone(UTC).replace(microsecond=0)
    for url, page in live.items():
        first = former[url].published if url in former else instant
        found[url] = Record(url, page.id, first, page.digest, page.corrections)
    return tuple(found[url] for url in sorted(found))
