"""The code: our own files and the versions of what shapes the output.

Its digest is part of every key, so that a new version of anything that prints makes every
page again. Its stamp says at little cost that nothing of it can have changed since: the
names of what is installed, and the sizes and times of our own files.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ssg.digest import digest, digest_bytes

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_SHAPING: Final = ("babel", "jinja2", "markdown", "markupsafe", "nh3", "python-slugify", "tzdata")
_INSTALLED: Final = (".dist-info", ".egg-info", ".egg-link")


@lru_cache(maxsize=4)
def code_digest(extensions: tuple[str, ...]) -> str:
    """The digest of all code that shapes output, with the site's own Markdown extensions."""
    from importlib.metadata import version

    versions = {name: version(name) for name in _SHAPING}
    own = {name: digest_bytes(path.read_bytes()) for name, path in _own_files() if _shapes(name)}
    return digest((versions, sys.version_info[:3], own, dict(_files_of(extensions))))


def code_stamp(extra: Iterable[str] = ()) -> str:
    """What is the same as long as no code can have changed; `extra` are further files of it."""
    installed = [sorted(_installed(folder)) for folder in sys.path]
    own = [(name, *_times(str(path))) for name, path in _own_files()]
    return digest((sys.version, installed, own, [(path, *_times(path)) for path in sorted(extra)]))


def extension_files(extensions: Iterable[str]) -> tuple[str, ...]:
    """The files of extensions that are no part of Python-Markdown, named `module:Class`."""
    return tuple(str(path) for _, path in _found(extensions))


def _own_files() -> Iterator[tuple[str, Path]]:
    """The package's files, and in a checkout the themes beside it that a wheel has inside."""
    for top in (_PACKAGE, _PACKAGE.parent / "themes"):
        for folder, folders, names in os.walk(top):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(names):
                path = Path(folder, name)
                yield path.relative_to(_PACKAGE.parent).as_posix(), path


def _shapes(name: str) -> bool:
    """Themes have keys of their own: the closures of their templates."""
    return name.endswith(".py")


def _files_of(extensions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name, path in _found(extensions):
        yield name, digest_bytes(path.read_bytes())


def _found(extensions: Iterable[str]) -> Iterator[tuple[str, Path]]:
    for name in extensions:
        module, colon, _ = name.partition(":")
        spec = find_spec(module) if colon else None
        if spec and spec.has_location and spec.origin:
            yield name, Path(spec.origin)


def _installed(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder or ".") if name.endswith(_INSTALLED)]
    except OSError:
        return []


def _times(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return -1, -1
    return found.st_size, found.st_mtime_ns
