"""The scan: what lies in a site's folder, read once at the start of a build."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

import imagesize

from ssg.content import HOME
from ssg.faults import Fault, Place
from ssg.model import Copy, Media

MEDIA: Final = "content/media/"
ROOT: Final = "content/root/"

_INBOX: Final = "content/inbox"
_PICTURES: Final = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
_NEVER_PUBLISHED: Final = frozenset({".DS_Store", ".git", ".gitignore", ".gitkeep"})
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Scan:
    """The files of a site by their paths: texts with their bytes, the others by digest."""

    texts: dict[str, bytes]
    media: dict[str, Media]
    root: tuple[Copy, ...]
    faults: tuple[Fault, ...]


def scan(site: Path) -> Scan:
    """Reads everything in `content/` but the inbox."""
    texts: dict[str, bytes] = {}
    media: dict[str, Media] = {}
    root: list[Copy] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for found in walk(site, "content"):
        if isinstance(found, Fault):
            faults.append(found)
            continue
        path, file = found
        if path in seen:
            hint = "rename or remove one of them"
            faults.append(Fault("E401", "two files have this name", Place(path), hint))
        seen.add(path)
        if path.startswith(MEDIA):
            media[path] = _media(path, file)
        elif path.startswith(ROOT):
            root.append(Copy(path.removeprefix(ROOT), file_digest(file), path, origin=path))
        elif path.endswith(".md") or path == HOME:
            texts[path] = file.read_bytes()
        else:
            hint = "texts end in .md; pictures and files belong in content/media/"
            faults.append(Fault("W301", "nothing uses this file", Place(path), hint))
    return Scan(texts, media, tuple(root), tuple(faults))


def walk(site: Path, folder: str) -> Iterator[tuple[str, Path] | Fault]:
    """The files below a folder in the order of their paths, which are in NFC.

    Links are followed while they stay inside the site; each folder is visited once.
    """
    top = site.resolve()
    seen: set[str] = set()

    def below(path: str) -> Iterator[tuple[str, Path] | Fault]:
        real = (site / path).resolve()
        if not real.is_relative_to(top):
            hint = "copy the files into the site"
            yield Fault("E307", "this link leads out of the site", Place(path), hint)
            return
        if str(real) in seen or not real.is_dir():
            return
        seen.add(str(real))
        for entry in sorted(os.scandir(site / path), key=lambda item: item.name):
            child = f"{path}/{entry.name}"
            if _is_hidden(path, entry.name) or child == _INBOX:
                continue
            if entry.is_dir():
                yield from below(child)
            elif entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(top):
                hint = "copy the file into the site"
                yield Fault("E307", "this link leads out of the site", Place(child), hint)
            elif entry.is_file():
                yield unicodedata.normalize("NFC", child), Path(entry.path)

    yield from below(folder)


def _is_hidden(folder: str, name: str) -> bool:
    """Hidden files are nobody's business, but in `content/root/`: `.well-known/`, `.nojekyll`."""
    published = f"{folder}/".startswith(ROOT) and name not in _NEVER_PUBLISHED
    return name.startswith(".") and not published


def located(site: Path, path: str) -> Path:
    """The file that `walk` found at a path: its name on disk need not be in NFC."""
    file = site / path
    if path.isascii() or file.exists():
        return file
    file = site
    for part in path.split("/"):
        names = [entry.name for entry in file.iterdir()] if file.is_dir() else []
        file /= next((name for name in names if unicodedata.normalize("NFC", name) == part), part)
    return file


def _media(path: str, file: Path) -> Media:
    width, height = -1, -1
    if file.suffix.lower() in _PICTURES:
        try:
            width, height = imagesize.get(file)
        except (ValueError, OSError):
            width, height = -1, -1
    known = width > 0 and height > 0
    return Media(path, file_digest(file), width if known else None, height if known else None)


def file_digest(file: Path) -> str:
    """The digest of a file's bytes, read in pieces: films are larger than memory."""
    state = blake2b(digest_size=16)
    with file.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            state.update(piece)
    return state.hexdigest()
