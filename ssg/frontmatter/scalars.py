"""Scalars: which words without quotes are no text, by the rules of YAML 1.2.

A number is one only where printing it gives the text again: 007, -0, +5 and 1.10 stay text.
"""

from __future__ import annotations

from typing import Final

NOTHING: Final = ("~", "null", "Null", "NULL", "")
TRUTHS: Final = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
INTEGER: Final = r"0|-?[1-9][0-9]{0,17}"
FRACTION: Final = r"-?(?:0|[1-9][0-9]{0,9})\.[0-9]{0,3}[1-9]"
