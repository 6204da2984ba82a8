"""Texts: what a line of text from outside becomes before anything else sees it."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_BLANKS = re.compile(r"\s+")


def one_line(text: str) -> str:
    """`text` on one line: no controls, one blank where there were several or a line's end."""
    # What can be printed holds neither controls nor any blank but the plain one.
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", _CONTROLS.sub("", text)).strip()


def is_language(tag: str) -> bool:
    """Whether `tag` has the form of a language tag (BCP 47), such as en, de or pt-BR."""
    return _LANGUAGE_TAG.fullmatch(tag) is not None


def parted(text: str) -> list[str]:
    """The items of a list that was written as bare text, with commas between them."""
    return [part for item in text.split(",") if (part := item.strip())]
