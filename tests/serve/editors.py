"""How editors save a file: what each does on the disk, from first to last."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

Save = Callable[..., None]


def write(file: Path, text: str) -> None:
    """The plainest way: truncated and written, in a folder that may have to be made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def vim(file: Path, text: str = "saved") -> None:
    """`:w` with backups: a probe, the old file renamed, the new one written."""
    write(file.with_name("4913"), "")
    file.with_name("4913").unlink()
    backup = file.with_name(f"{file.name}~")
    write(file.with_name(f".{file.name}.swp"), "swap")
    file.rename(backup)
    write(file, text)
    backup.unlink()
    file.with_name(f".{file.name}.swp").unlink()


def vscode(file: Path, text: str = "saved") -> None:
    """Truncated and written."""
    with file.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def jetbrains(file: Path, text: str = "saved") -> None:
    """A safe write: the new text beside the old, which makes way for it."""
    new, old = (file.with_name(f"{file.name}___jb_{part}___") for part in ("tmp", "old"))
    write(new, text)
    file.rename(old)
    new.rename(file)
    old.unlink()


def gedit(file: Path, text: str = "saved") -> None:
    """GLib's way, also of GNOME's text editor."""
    new = file.with_name(".goutputstream-XY12Z3")
    write(new, text)
    new.replace(file)


def nano(file: Path, text: str = "saved") -> None:
    """A lock beside the file, which is written in place."""
    lock = file.with_name(f".{file.name}.swp")
    write(lock, "lock")
    vscode(file, text)
    lock.unlink()


def emacs(file: Path, text: str = "saved") -> None:
    """A link as a lock, a file that saves by itself, a backup."""
    lock = file.with_name(f".#{file.name}")
    lock.symlink_to("desk@host.1234")
    write(file.with_name(f"#{file.name}#"), "saves itself")
    file.rename(file.with_name(f"{file.name}~"))
    write(file, text)
    lock.unlink()
    file.with_name(f"#{file.name}#").unlink()
