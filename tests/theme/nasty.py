"""Lines that are not what they seem, and places to put them: food for the fast paths."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_FILE = Path(__file__).with_name("nasty.txt")

#: Each means something to Python-Markdown or to one of its extensions, or nearly does. In the
#: file each is written as in a JSON string.
LINES: Final = tuple(
    json.loads(f'"{line}"') for line in _FILE.read_text(encoding="utf-8").splitlines()
)

_FRAMES: Final = (
    "{}",
    "{}\n\nThen.",
    "First.\n\n{}\n\nThen.",
    "First. {} Then.",
    "First.\n{}\nThen.",
    "First *one* {}, then & more.",
    "## Head\n{}",
    "## Head\n\n{}\n\n## Head\n\n> Quote\n\n> More\n\nThen.",
    "> {}\n\nThen.",
    "First.\n\n> Quote\n\n{}",
    "[One](/one/) {} [two](b.md)",
    "A {} B {} C",
    "*{}* and [{}](/x/)",
)


def nasty_texts() -> Iterator[str]:
    """Every line in every place."""
    for line in LINES:
        for frame in _FRAMES:
            yield frame.replace("{}", line)
