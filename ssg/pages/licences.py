"""Licences by name, and the addresses where their terms stand."""

from __future__ import annotations

import re
from typing import Final

from ssg.urls import is_web

_CREATIVE_COMMONS: Final = re.compile(
    r"CC[ -](?P<terms>BY(?:-NC)?(?:-SA|-ND)?)[ -](?P<version>[1-4]\.[05])", re.IGNORECASE
)


def licence_url(licence: str) -> str | None:
    """Where a licence can be read: it is an address itself, or one of Creative Commons."""
    if is_web(licence):
        return licence
    known = _CREATIVE_COMMONS.fullmatch(licence.strip())
    if not known:
        return None
    return f"https://creativecommons.org/licenses/{known['terms'].lower()}/{known['version']}/"
