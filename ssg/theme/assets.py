"""Assets: files for browsers, each published under a name that holds its digest.

Stylesheets name other assets with `url(…)` and `@import "…"`; these are replaced by the
published names, so that a change of a font changes the name of the stylesheet that uses it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import basename, dirname, relpath, splitext

from ssg.digest import digest_bytes
from ssg.faults import Fault, did_you_mean, place_at
from ssg.theme.themes import Asset
from ssg.urls import resolve, url_kind

_FINGERPRINT_LENGTH = 10

# What stands in a comment is matched first, and names nothing.
_REFERENCE = re.compile(
    r"""/\*.*?\*/"""
    r"""|(?P<before>(?:url\(\s*|@import\s+(?=["']))(?P<quote>["']?))(?P<target>[^"'()]+)(?P=quote)""",
    re.DOTALL,
)


def fingerprint(
    files: Mapping[str, bytes], folders: Mapping[str, str]
) -> tuple[dict[str, Asset], tuple[Fault, ...]]:
    """Every asset by its name in the theme. `folders` says where each file lies, for faults."""
    work = _Work(files, folders)
    for name in sorted(files):
        work.asset(name, ())
    return work.finished, tuple(work.faults)


@dataclass(frozen=True, slots=True)
class _Work:
    """Assets finished so far: a stylesheet can be named only after those it names."""

    files: Mapping[str, bytes]
    folders: Mapping[str, str]
    finished: dict[str, Asset] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def asset(self, name: str, parents: tuple[str, ...]) -> Asset:
        if name not in self.finished:
            data = self.files[name]
            if name.endswith(".css"):
                data = self._stylesheet(name, data, (*parents, name))
            digest = digest_bytes(data)
            place = _place(name, digest[:_FINGERPRINT_LENGTH])
            self.finished[name] = Asset(place, data, digest)
        return self.finished[name]

    def _stylesheet(self, name: str, data: bytes, parents: tuple[str, ...]) -> bytes:
        text = data.decode("utf-8", "replace")

        def published(match: re.Match[str]) -> str:
            target = (match["target"] or "").strip()
            if not target or url_kind(target) != "relative":
                return match[0]
            bare = re.split("[?#]", target, maxsplit=1)[0]
            found = resolve(dirname(name), bare)
            if found is None or found not in self.files or found in parents:
                self._miss(name, text, match, found or bare)
                return match[0]
            place = self.asset(found, parents).place
            below = relpath(place, dirname(_place(name, "")))
            return f"{match['before']}{below}{target[len(bare) :]}{match['quote']}"

        return _REFERENCE.sub(published, text).encode()

    def _miss(self, name: str, text: str, match: re.Match[str], wanted: str) -> None:
        path = f"{self.folders[name]}/assets/{name}"
        place = place_at(path, text, match.start("target"), len(match["target"]))
        hint = did_you_mean(wanted, self.files)
        self.faults.append(Fault("E504", f'no asset is called "{wanted}"', place, hint))


def _place(name: str, mark: str) -> str:
    """`assets/fonts/text.1a2b3c4d5e.woff2`."""
    stem, ending = splitext(basename(name))
    folder = dirname(name)
    return "/".join(part for part in ("assets", folder, f"{stem}.{mark}{ending}") if part)
