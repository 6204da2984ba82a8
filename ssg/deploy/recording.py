"""The record of every address that was published: read before a deploy, written after it.

`content/published.jsonl` belongs to the site and into version control. A rehearsal neither reads
nor writes it.
"""

from __future__ import annotations

from ssg.build.manifest import Manifest
from ssg.content.published import PATH, after_deploy, read_published, written
from ssg.deploy.order import Order
from ssg.faults import Fault, Halt, errors
from ssg.model import Record
from ssg.pages.permanence import vanished, vanished_faults


def stories_of(manifest: Manifest) -> dict[str, str]:
    """The id of each article by its address."""
    return {url: page.id for url, page in manifest.live.items() if page.id and page.digest}


def vanishing(order: Order, manifest: Manifest) -> tuple[Fault, ...]:
    """An error for each address that readers know and that would lead nowhere."""
    if order.is_rehearsal:
        return ()
    return tuple(vanished_faults(vanished(_records(order), manifest.files), "error"))


def record(order: Order, manifest: Manifest) -> None:
    """Writes down what is published now. Called only when it is."""
    if order.is_rehearsal:
        return
    before = _records(order)
    after = after_deploy(before, manifest.live, order.now)
    file = order.site / PATH
    if after != before or not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.new")
        fresh.write_text(written(after), encoding="utf-8", newline="\n")
        fresh.replace(file)


def _records(order: Order) -> tuple[Record, ...]:
    """What was published before. Raises `Halt` where the record cannot be read."""
    try:
        text = (order.site / PATH).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    records, faults = read_published(text)
    if errors(faults):
        raise Halt(faults)
    return records
