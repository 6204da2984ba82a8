"""An article that an editor changed and one made anew from its raw text, put together.

Front matter is merged key by key and keeps the editor's formatting, comments and order;
the body is merged by paragraphs. What a person settled is never undone by a guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ssg.desk.blocks import take_apart
from ssg.desk.merge import Paragraph, merge_text
from ssg.desk.rewrite import ABSENT, rewritten
from ssg.frontmatter import Document

INGEST: Final = "ingest"

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """A field or passage that both sides changed, with the beginning of either version."""

    what: str
    mine: str
    other: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The article with both sides' changes; with differences it is not to be used."""

    text: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class _Versions:
    """The front matter that was made first, that of the editor, and the new one."""

    base: Mapping[str, Any]
    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]

    def guess_waits(self, key: str) -> bool:
        """Whether the editor has left a guess as it was made."""
        if key not in guessed(self.ours):
            return False
        return key not in guessed(self.base) or self.ours.get(key) == self.base.get(key)

    def is_new_doubt(self, key: str) -> bool:
        """Whether only the new raw text gives reason to ask for what the article does not have."""
        return key not in guessed(self.base) and key not in self.ours and key not in self.base

    def wants_theirs(self, key: str) -> bool | None:
        """Whether the new value takes the place of ours; None when only a person can tell."""
        base, ours, theirs = (side.get(key, ABSENT) for side in (self.base, self.ours, self.theirs))
        waits = self.guess_waits(key)
        if theirs in (ours, base) or (key in guessed(self.theirs) and not waits):
            return False
        settled = key in guessed(self.base) and not waits
        return True if ours == base and not settled else None

    def record(self) -> dict[str, Any]:
        """What front matter says of the raw text: that of theirs, less the settled guesses."""
        record = dict(self.theirs.get(INGEST) or {})
        record.pop("guessed", None)
        guesses = guessed(self.theirs)
        waiting = [key for key in guesses if self.guess_waits(key) or self.is_new_doubt(key)]
        return {**record, "guessed": waiting} if waiting else record


def guessed(values: Mapping[str, Any]) -> Sequence[str]:
    """The fields that front matter marks as guesses."""
    ingest = values.get(INGEST)
    names = ingest.get("guessed") if isinstance(ingest, Mapping) else None
    return [str(name) for name in names] if isinstance(names, list) else []


def reconcile(base: Document | None, ours: Document, theirs: Document) -> Reconciled:
    """Both sides' changes since `base`; without a base all that differs is a difference."""
    versions = _Versions(base.values if base else {}, ours.values, theirs.values)
    parts = take_apart(ours.text)
    front, fields = _front(versions, parts.block)
    body, clashes = merge_text(base.body if base else "", parts.body, theirs.body)
    passages = [
        Difference("a passage", *_where_apart(_words(clash.mine), _words(clash.other)))
        for clash in clashes
    ]
    return Reconciled(parts.opening + front + parts.closing + body, (*fields, *passages))


def settled_by_hand(ours: Document, theirs: Document) -> str:
    """Ours as it stands, recorded as holding what the new raw text brought."""
    record = {INGEST: theirs.values[INGEST]} if INGEST in theirs.values else {}
    versions = _Versions(ours.values, ours.values, {**ours.values, **record})
    parts = take_apart(ours.text)
    front, _ = _front(versions, parts.block)
    return parts.opening + front + parts.closing + parts.body


def _front(versions: _Versions, block: str) -> tuple[str, list[Difference]]:
    wanted, differences = _decide(versions)
    if not wanted:
        return block, differences
    text = rewritten(block, wanted, list(versions.theirs))
    if text is None:
        shape = Difference("the front matter", "written on one line", ", ".join(wanted))
        return block, [*differences, shape]
    return text, differences


def _decide(versions: _Versions) -> tuple[dict[str, Any], list[Difference]]:
    """The keys that get a new value, and those that only a person can decide."""
    wanted: dict[str, Any] = {}
    differences: list[Difference] = []
    for key in dict.fromkeys([*versions.ours, *versions.theirs]):
        ours, theirs = versions.ours.get(key, ABSENT), versions.theirs.get(key, ABSENT)
        takes = _takes_record(versions) if key == INGEST else versions.wants_theirs(key)
        if takes is None:
            differences.append(Difference(key, *_where_apart(str(ours), str(theirs))))
        elif takes:
            wanted[key] = versions.record() if key == INGEST else theirs
    return wanted, differences


def _takes_record(versions: _Versions) -> bool:
    """An editor who has removed the record has taken the article over: it stays removed."""
    record = versions.record()
    return INGEST in versions.ours and record not in ({}, versions.ours[INGEST])


def _words(passage: Sequence[Paragraph]) -> str:
    return passage[0].text.partition("\n")[0] if passage else "nothing"


def _where_apart(mine: str, other: str) -> tuple[str, str]:
    """The two versions from shortly before the place where they part, cut to a line."""
    pairs = enumerate(zip(mine, other, strict=False))
    alike = next((at for at, (one, two) in pairs if one != two), min(len(mine), len(other)))
    start = max(0, alike - _SHOWN // 3) if max(len(mine), len(other)) > _SHOWN else 0
    return _shown(mine, start), _shown(other, start)


def _shown(text: str, start: int) -> str:
    shown = f"…{text[start + 1 :]}" if start else text
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
