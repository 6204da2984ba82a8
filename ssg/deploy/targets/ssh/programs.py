"""Programs of the other machine, for what would take a question for each file over SFTP.

Each is tried and may fail, as on a host that runs none: what calls it goes over SFTP then.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from shlex import quote
from typing import Final

from ssg.deploy.targets.ssh.line import Line

_WANTED: Final = ("b2sum", "cp", "find", "rm", "rsync", "xargs")
_SUM = re.compile(rb"\\?([0-9a-f]{32}) [ *](.*)", re.DOTALL)


@dataclass(slots=True)
class Programs:
    """What a host runs for us."""

    line: Line
    may_run: bool
    _there: frozenset[str] | None = field(default=None, init=False)

    @property
    def there(self) -> frozenset[str]:
        """Those that the host has, of those that are used."""
        if self._there is None:
            script = f"for name in {' '.join(_WANTED)}; do command -v $name; done; true"
            printed = self.line.run(f"sh -c {quote(script)}", b"") if self.may_run else None
            lines = (printed or b"").decode(errors="replace").split()
            self._there = frozenset(line.rpartition("/")[2] for line in lines)
        return self._there

    def _run(self, needed: Collection[str], script: str, data: bytes = b"") -> bytes | None:
        if not self.there.issuperset(needed):
            return None
        return self.line.run(f"sh -c {quote(script)}", data)

    def copy_links(self, folder: str, target: str) -> bool:
        """Makes a new folder whose files are those of another one, as hard links."""
        there, made = quote(f"{folder}/."), quote(target)
        return self._run(["cp"], f"rm -rf {made} && cp -al {there} {made}") is not None

    def remove(self, folder: str) -> bool:
        """Removes a folder with all that is in it."""
        return self._run(["rm"], f"rm -rf {quote(folder)}") is not None

    def sizes(self, folder: str) -> Mapping[str, int] | None:
        """Every file below a folder with its size."""
        script = f"cd {quote(folder)} && find . ! -type d -printf '%s %P\\0'"
        printed = self._run(["find"], script)
        if printed is None:
            return None
        rows = (row.partition(" ") for row in printed.decode().split("\0") if row)
        return {path: int(size) for size, _, path in rows}

    def digests(self, folder: str, paths: Collection[str]) -> Mapping[str, str] | None:
        """The digest of each of the files that are there, which are read where they lie."""
        asked = "".join(f"./{path}\0" for path in paths).encode()
        script = f"cd {quote(folder)} && {{ xargs -0 b2sum -l 128 -z -- 2>/dev/null || true; }}"
        printed = self._run(["b2sum", "xargs"], script, asked)
        if not printed:
            return None
        rows = (_SUM.fullmatch(row) for row in printed.split(b"\0") if row)
        return {row[2].decode()[2:]: row[1].decode() for row in rows if row}
