"""Noise: files that come and go beside those of a site and are nobody's work.

Editors save by way of files of their own: vim tries whether it may write (`4913`) and keeps
swap files and backups, JetBrains' editors, gedit and Emacs have names of their own, browsers
download into partial files. What hides is noise as well, by the rule of the build's scan.
"""

from __future__ import annotations

import re
from typing import Final

from ssg.build.scan import INBOX, is_hidden

#: Beside the raw texts; the desk writes here, so that a person's change waits for the next build.
RECEIPTS: Final = f"{INBOX}.receipts"

_TEMPORARY: Final = re.compile(
    r"""
    .*~ | ~\$.*                                      # backups; what Word has open
    | .*\.(?:swp|swx|swpx|kate-swp) | 4913           # vim, nano, Kate
    | \#.*\# | \.\#.* | \.~lock\..*\#                # Emacs, LibreOffice
    | .*___jb_(?:tmp|old)___ | \.goutputstream-.*    # JetBrains, gedit
    | .*\.(?:tmp|part|crdownload)                    # downloads, atomic writes
    | \.DS_Store | \.git | __pycache__ | .*\.pyc
    """,
    re.VERBOSE | re.DOTALL,
)


def is_noise(folder: str, inner: str) -> bool:
    """Whether a file, by its path inside a watched folder, is none that a build may read."""
    path = folder
    for name in inner.split("/"):
        path = f"{path}/{name}"
        if is_hidden(path, name) or _TEMPORARY.fullmatch(name) or path == RECEIPTS:
            return True
    return False
