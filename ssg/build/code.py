"""The code digest: our own files and the versions of what shapes the output.

It is part of every key, so that a new version of anything that prints makes every page
again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ssg.digest import digest, digest_bytes

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_SHAPING: Final = ("babel", "jinja2", "markdown", "markupsafe", "nh3", "python-slugify")


@lru_cache(maxsize=4)
def code_digest(extensions: tuple[str, ...]) -> str:
    """The digest of all code that shapes output, with the site's own Markdown extensions."""
    from importlib.metadata import version

    versions = {name: version(name) for name in _SHAPING}
    return digest((versions, sys.version_info[:3], dict(_own_files()), dict(_files_of(extensions))))


def _own_files() -> Iterator[tuple[str, str]]:
    for path in sorted(_PACKAGE.rglob("*.py")):
        yield path.relative_to(_PACKAGE).as_posix(), digest_bytes(path.read_bytes())


def _files_of(extensions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The files of extensions that are no part of Python-Markdown, named `module:Class`."""
    for name in extensions:
        module, colon, _ = name.partition(":")
        spec = find_spec(module) if colon else None
        if spec and spec.has_location and spec.origin:
            yield name, digest_bytes(Path(spec.origin).read_bytes())
