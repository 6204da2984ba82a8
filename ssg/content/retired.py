"""What was taken back on purpose: `content/retired.toml`, an entry for each address.

```toml
[[page]]
url = "/2026/03/river-crests/"
reason = "Withdrawn at the request of the family."
date = 2026-03-15T12:00:00Z
```
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from ssg.config import Config, place_in_toml
from ssg.content.tables import read_table
from ssg.faults import Fault
from ssg.model import Retired, Tombstone

PATH: Final = "content/retired.toml"

_HEAD: Final = "# Addresses that were taken back. `ssg retire URL --reason …` adds an entry.\n"
_ESCAPED: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def read_retired(text: str, config: Config) -> Retired | tuple[Fault, ...]:
    """The addresses that were taken back, or every fault in the file."""
    from ssg.content.shape import RetiredShape

    shape = read_table(RetiredShape, PATH, text, "E322", config)
    if isinstance(shape, tuple):
        return shape
    twice = tuple(_twice(text, [item.url for item in shape.page]))
    return twice or Retired(tuple(Tombstone(p.url, p.reason, p.date) for p in shape.page))


def _twice(text: str, urls: list[str]) -> Iterable[Fault]:
    for number, url in enumerate(urls):
        if url in urls[:number]:
            place = place_in_toml(text, ("page", number, "url"), PATH)
            yield Fault("E322", f"{url} is retired twice", place, "keep one of the two entries")


def with_retired(text: str, url: str, reason: str, now: datetime) -> str:
    """The file's text with an entry at its end; what was there stays as it is."""
    before = text.rstrip("\n") + "\n\n" if text.strip() else f"{_HEAD}\n"
    instant = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{before}[[page]]\nurl = {_text(url)}\nreason = {_text(reason)}\ndate = {instant}\n"


def _text(value: str) -> str:
    """A basic string of TOML 1.0; other control characters are none that a reason needs."""
    plain = "".join(_ESCAPED.get(c, c) for c in value if c in _ESCAPED or c.isprintable())
    return f'"{plain}"'
