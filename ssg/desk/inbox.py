"""The inbox: which raw texts there are, and how a file from elsewhere gets into it."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ssg.desk.files import create, inside, refused
from ssg.desk.receipts import INBOX
from ssg.faults import Fault, Place

SUFFIX: Final = ".txt"


@dataclass(frozen=True, slots=True)
class Raw:
    """A raw text: its name in NFC, by which receipts know it, and the file to read."""

    name: str
    file: Path

    @property
    def path(self) -> str:
        return f"{INBOX}/{self.name}"


def raws_in(site: Path) -> tuple[list[Raw], list[Fault]]:
    """Every raw text in the inbox by name, and what lies there that cannot be one."""
    if (fault := inside(site, INBOX)) is not None:
        return [], [fault]
    try:
        names = sorted(path.name for path in (site / INBOX).iterdir())
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [refused(error, INBOX)]
    found = [_in_inbox(site, name) for name in names if not name.startswith(".")]
    return _apart(item for item in found if item is not None)


def raws_of(site: Path, files: Sequence[Path], *, dry_run: bool) -> tuple[list[Raw], list[Fault]]:
    """The raw texts that were named, copied into the inbox where they lie elsewhere."""
    raws, faults = _apart(_named(site, file, dry_run=dry_run) for file in files)
    return sorted(raws, key=lambda raw: raw.name), faults


def _apart(found: Iterator[Raw | Fault] | Sequence[Raw | Fault]) -> tuple[list[Raw], list[Fault]]:
    """Raw texts and faults, where two files with one name (in two forms of Unicode) are one."""
    raws: dict[str, Raw] = {}
    faults: list[Fault] = []
    for item in found:
        if isinstance(item, Fault):
            faults.append(item)
        elif raws.setdefault(item.name, item).file != item.file:
            message = "two raw texts have this name, spelled in two ways that look the same"
            faults.append(Fault("E606", message, Place(item.path), "rename one of them"))
    return list(raws.values()), faults


def _in_inbox(site: Path, name: str) -> Raw | Fault | None:
    path = f"{INBOX}/{unicodedata.normalize('NFC', printable(name))}"
    file = site / INBOX / name
    try:
        is_link, is_file = file.is_symlink(), stat.S_ISREG(file.stat().st_mode)
    except OSError as error:
        return refused(error, path)
    if is_link and (fault := inside(site, f"{INBOX}/{name}")) is not None:
        return fault
    if not is_file:
        return None
    if not name.lower().endswith(SUFFIX):
        return _unread(name, path)
    return _raw(name, file)


def _unread(name: str, path: str) -> Fault | None:
    if name.lower().startswith("readme"):
        return None
    hint = "save it as plain text, with a name that ends in .txt"
    return Fault(
        "W301", "the inbox takes plain text only: this file was not read", Place(path), hint
    )


def _named(site: Path, file: Path, *, dry_run: bool) -> Raw | Fault:
    if file.parent.resolve() == (site / INBOX).resolve():
        raw = _in_inbox(site, file.name) if not file.name.startswith(".") else None
        return raw or Fault("E601", "this is no raw text", Place(printable(str(file))))
    if file.name.startswith(".") or not file.name.lower().endswith(SUFFIX):
        hint = "give it a name that ends in .txt"
        return Fault("E601", "raw texts are plain text files", Place(printable(str(file))), hint)
    raw = _raw(file.name, site / INBOX / file.name)
    if isinstance(raw, Fault):
        return raw
    try:
        return _copied(site, file, raw, dry_run=dry_run)
    except OSError as error:
        return refused(error, printable(str(file)))


def _copied(site: Path, file: Path, raw: Raw, *, dry_run: bool) -> Raw | Fault:
    """The raw text in the inbox that has the bytes, and the age, of a file elsewhere."""
    data, before = file.read_bytes(), file.stat()
    if (fault := inside(site, INBOX)) is not None:
        return fault
    if raw.file.exists():
        if raw.file.read_bytes() == data:
            return raw
        message = f"was not copied: {raw.path} is another text"
        return Fault("E606", message, Place(printable(str(file))), "rename one of the two")
    if dry_run:
        return Raw(raw.name, file)
    create(raw.file, data)
    # An article without a date takes that of its file.
    os.utime(raw.file, ns=(before.st_atime_ns, before.st_mtime_ns))
    return raw


def _raw(name: str, file: Path) -> Raw | Fault:
    if printable(name) != name:
        place = Place(f"{INBOX}/{printable(name)}")
        hint = "give it a name of letters, digits and hyphens"
        return Fault("E601", "the name of this file cannot be read", place, hint)
    return Raw(unicodedata.normalize("NFC", name), file)


def printable(text: str) -> str:
    """`text` with a mark for each character that no terminal, JSON or YAML should meet."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
