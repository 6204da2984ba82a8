"""The file `_redirects` of an output folder, of which many hosts read lines `from to [status]`.

A source may end in `*`, which stands for whatever comes there and is `:splat` in the target;
a part `:name` stands for one part of a path (Netlify and Cloudflare Pages have the same).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

_STATUSES: Final = frozenset({"301", "302", "303", "307", "308"})
_PERMANENT: Final = 301
_FEWEST, _MOST = 2, 3

_NAME: Final = re.compile(r":([A-Za-z][A-Za-z0-9_]*)")
_SPLAT: Final = "splat"


class _Rule(NamedTuple):
    source: re.Pattern[str]
    target: str
    status: int


def redirect_for(text: str, path: str) -> tuple[str, int] | None:
    """Where a path of the site leads, and with which status; the first line that fits counts.

    Only lines to another address of the site are followed: other hosts, statuses that are no
    redirects, and patterns of other kinds are left to the real host.
    """
    for line in text.splitlines():
        rule = _rule(line)
        match = rule.source.fullmatch(unquote(path)) if rule else None
        if rule and match:
            target = _filled(rule.target, match.groupdict(""))
            if _is_local(target):
                return target, rule.status
    return None


def _rule(line: str) -> _Rule | None:
    words = line.partition(" #")[0].split()
    if not _FEWEST <= len(words) <= _MOST:
        return None
    source, target = _pattern(words[0]), words[1]
    status = words[2].removesuffix("!") if len(words) == _MOST else str(_PERMANENT)
    if source is None or not _is_local(target) or status not in _STATUSES:
        return None
    return _Rule(source, target, int(status))


def _pattern(source: str) -> re.Pattern[str] | None:
    """What a source fits; with and without the last slash is one address."""
    plain = source.removesuffix("*")
    if not source.startswith("/") or "*" in plain:
        return None
    parts = (_part(part) for part in plain.rstrip("/").split("/"))
    rest = "/?"
    if plain != source:
        rest = f"(?:/(?P<{_SPLAT}>.*))?" if plain.endswith("/") else f"(?P<{_SPLAT}>.*)"
    try:
        return re.compile("/".join(parts) + rest)
    except re.error:  # one name for two parts
        return None


def _part(part: str) -> str:
    name = _NAME.fullmatch(part)
    return f"(?P<{name[1]}>[^/]+)" if name else re.escape(unquote(part))


def _filled(target: str, values: Mapping[str, str]) -> str:
    """A target with what stood at the places of its names, written as addresses are."""
    return _NAME.sub(
        lambda name: (
            quote(values[name[1]], safe="/-._~!$&'()*+,;=:@") if name[1] in values else name[0]
        ),
        target,
    )


def _is_local(target: str) -> bool:
    return target.startswith("/") and not target.startswith("//") and "\\" not in target
