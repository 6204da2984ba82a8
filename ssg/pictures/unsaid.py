"""What a picture's own credit must not say, for whoever is credited under another name."""

from __future__ import annotations

from collections.abc import Callable

Unsaid = Callable[[str], bool]


def nothing(_: str) -> bool:
    """Every credit may be told."""
    return False


def text_of(data: bytes) -> str:
    """A text whose encoding nobody states: UTF-8, else the older one that can read anything."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")
