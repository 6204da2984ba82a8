"""Tables: the files of content that are TOML, read in their shapes."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from ssg.config import Config, place_in_toml, toml_fault
from ssg.faults import Fault

if TYPE_CHECKING:
    from ssg.shapes import Shape

S = TypeVar("S", bound="Shape")


def read_table(
    shape: type[S], path: str, text: str, code: str, config: Config
) -> S | tuple[Fault, ...]:
    """A file's values in a shape, or every fault in it under `code`; times without an offset are
    those of the site.
    """
    from ssg.shapes import Codes, check

    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return (toml_fault(code, path, text, error),)
    return check(
        shape,
        values,
        codes=Codes(unknown=code, missing=code, wrong=code),
        locate=lambda keys: place_in_toml(text, keys, path),
        context={"zone": ZoneInfo(config.timezone)},
    )
