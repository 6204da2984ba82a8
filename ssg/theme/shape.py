"""The shape of `theme.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssg.faults import Fault, Place
from ssg.shapes import Codes, Shape, Text, check


class ThemeShape(Shape):
    """What a theme is called and which theme it changes."""

    name: Text | None = None
    title: Text | None = None
    description: Text | None = None
    author: Text | None = None
    licence: Text | None = None
    version: Text | None = None
    extends: Text = "base"


def checked(values: Mapping[str, Any], shown: str) -> ThemeShape | tuple[Fault, ...]:
    """The settings of a theme, or every fault in them; `shown` is how faults name the file."""
    codes = Codes(unknown="E506", missing="E506", wrong="E506")
    return check(ThemeShape, values, codes=codes, locate=lambda _: Place(shown))
