"""XML as text: elements with their text escaped, and without what XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

# XML 1.0, production 2 (Char): everything else makes a document ill-formed.
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NO_ATTRIBUTES: Final[Mapping[str, str | None]] = {}


def clean(text: str) -> str:
    """The text without the characters that no feed may hold."""
    return _NOT_XML.sub("", text)


def element(
    name: str, text: str = "", attributes: Mapping[str, str | None] = _NO_ATTRIBUTES
) -> str:
    """An element that holds text; attributes that are None are left out."""
    if not text:
        return f"<{name}{_written(attributes)}/>"
    return f"<{name}{_written(attributes)}>{escape(clean(text), quote=False)}</{name}>"


def parent(
    name: str, children: Iterable[str], attributes: Mapping[str, str | None] = _NO_ATTRIBUTES
) -> str:
    """An element that holds others, each on a line of its own."""
    return "\n".join((f"<{name}{_written(attributes)}>", *children, f"</{name}>"))


def document(root: str, stylesheet: str | None = None) -> str:
    """A whole document; `stylesheet` is the address of the CSS in which a browser shows it."""
    style = ""
    if stylesheet:
        style = f'<?xml-stylesheet type="text/css" href="{escape(stylesheet)}"?>\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{style}{root}\n'


def _written(attributes: Mapping[str, str | None]) -> str:
    return "".join(
        f' {name}="{escape(clean(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
