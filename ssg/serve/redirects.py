"""The file `_redirects` of an output folder, of which many hosts read lines `from to [status]`."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

_STATUSES: Final = frozenset({"301", "302", "303", "307", "308"})
_PERMANENT: Final = 301
_FEWEST, _MOST = 2, 3


def redirect_for(text: str, path: str) -> tuple[str, int] | None:
    """Where a path of the site leads, and with which status; the first line that fits counts.

    Only lines from one address to another one of the site are followed: patterns, other
    hosts and statuses that are no redirects are left to the real host.
    """
    for line in text.splitlines():
        rule = _rule(line)
        if rule and _plain(rule[0]) == _plain(path):
            return rule[1], rule[2]
    return None


def _rule(line: str) -> tuple[str, str, int] | None:
    words = line.partition(" #")[0].split()
    if not _FEWEST <= len(words) <= _MOST:
        return None
    source, target = words[0], words[1]
    status = words[2].removesuffix("!") if len(words) == _MOST else str(_PERMANENT)
    if not source.startswith("/") or "*" in source or "/:" in source or not _is_local(target):
        return None
    return (source, target, int(status)) if status in _STATUSES else None


def _is_local(target: str) -> bool:
    return target.startswith("/") and not target.startswith("//") and "\\" not in target


def _plain(path: str) -> str:
    """With and without the last slash is one address, in either way of writing it."""
    return unquote(path).rstrip("/")
