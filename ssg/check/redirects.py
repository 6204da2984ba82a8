"""Redirects: which paths the file `_redirects` of an output folder sends elsewhere.

Hosts read lines `from to [status]`; `*` at the end stands for any rest of a path, `:name`
for any one part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

NOWHERE: Final = re.compile(r"(?!)")

_FEWEST: Final = 2


def redirects_in(text: str) -> re.Pattern[str]:
    """A pattern that the paths match which a host would redirect."""
    return re.compile("|".join(f"(?:{form})" for form in _forms(text)) or NOWHERE.pattern)


def _forms(text: str) -> Iterator[str]:
    for line in text.splitlines():
        words = line.partition(" #")[0].split()
        if len(words) < _FEWEST or not words[0].startswith("/"):
            continue
        parts = re.split(r"(\*|:[A-Za-z]\w*)", words[0].rstrip("/"))
        form = "".join(_form(part) for part in parts)
        yield f"{form}/?"


def _form(part: str) -> str:
    if part == "*":
        return ".*"
    return "[^/]+" if re.fullmatch(r":[A-Za-z]\w*", part) else re.escape(part)
