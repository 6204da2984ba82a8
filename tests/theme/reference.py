"""`docs/reference/theme.md`: its middle is made from the code, the rest is written by hand.

`python -m tests.theme.reference` writes the page anew; a test compares it with the code.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from jinja2 import nodes
from msgspec import Struct

from ssg.model import Html, Prose, Site
from ssg.pages.head import Head
from ssg.pages.views import TEMPLATES, View
from ssg.theme.filters import FILTERS, FORBIDDEN
from ssg.theme.folders import bundled_themes
from ssg.theme.templates import environment

PAGE: Final = Path(__file__).resolve().parents[2] / "docs/reference/theme.md"
_MADE = re.compile(r"(<!-- made from the code: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page() -> str:
    """The page as it should be: its own words, with the parts made from the code."""
    parts = {"views": views, "blocks": blocks, "filters": filters}
    text = PAGE.read_text(encoding="utf-8")
    return _MADE.sub(lambda part: f"{part[1]}\n{parts[part[2]]()}\n\n{part[3]}", text)


def views() -> str:
    """Each template with its view, then what every page has, the site, and the parts."""
    lines = ["### Every page", "", _about(View), "", *_table(View, ())]
    inherited = set(View.__struct_fields__)
    for kind in TEMPLATES.values():
        lines += ["", f"### `{_about(kind).partition('`')[2].partition('`')[0]}`", ""]
        about = _about(kind).partition(": ")[2]
        lines += [about[:1].upper() + about[1:], ""]
        lines += _table(kind, inherited) or ["Nothing besides what every page has."]
    lines += ["", "### `site`", "", _about(Site), "", *_table(Site, ())]
    for part in sorted(_parts(), key=lambda kind: kind.__name__):
        lines += ["", f"### {part.__name__}", "", _about(part), "", *_table(part, ())]
    return "\n".join(lines)


def blocks() -> str:
    """The blocks of the base theme, template by template, in their order."""
    folder = bundled_themes() / "base/templates"
    lines = ["| template | blocks |", "|---|---|"]
    for path in sorted(folder.glob("*.html"), key=lambda path: (path.stem != "layout", path.name)):
        tree = environment({}, {}, {}).parse(path.read_text(encoding="utf-8"))
        names = dict.fromkeys(block.name for block in tree.find_all(nodes.Block))
        lines.append(f"| `{path.name}` | {', '.join(f'`{name}`' for name in names)} |")
    return "\n".join(lines)


def filters() -> str:
    """Our own filters, and those of Jinja that are taken away."""
    lines = ["| filter | what it gives |", "|---|---|"]
    for name, function in FILTERS.items():
        given = [str(item).partition(":")[0] for item in _more(function)]
        called = f"{name}({', '.join(given)})" if given else name
        lines.append(f"| `{called}` | {inspect.cleandoc(function.__doc__ or '')} |")
    lines.append("| `asset` | The URL of the asset of that name, which must be written out. |")
    lines += ["", "Not for themes:", ""]
    lines += [f"- `{name}`: {reason}." for name, reason in FORBIDDEN.items()]
    return "\n".join(lines)


def _more(function: Any) -> Iterable[inspect.Parameter]:
    return list(inspect.signature(function).parameters.values())[1:]


def _about(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "")


def _table(kind: type[Struct], without: Iterable[str]) -> list[str]:
    hints = get_type_hints(kind)
    rows = [
        f"| `{name}` | {_spell(hints[name])} |"
        for name in kind.__struct_fields__
        if name not in set(without)
    ]
    return ["| field | type |", "|---|---|", *rows] if rows else []


def _spell(hint: Any) -> str:
    """A type in words for somebody who writes templates."""
    origin, options = get_origin(hint), get_args(hint)
    if origin is Literal:
        return "one of " + ", ".join(f'"{value}"' for value in options)
    if origin in (Union, types.UnionType):
        named = [_spell(option) for option in options if option not in (type(None), Prose, Head)]
        return " or ".join([*named, "none"] if type(None) in options else named)
    if origin is tuple:
        return f"list of {_spell(options[0])}"
    if hint == Mapping[str, object]:
        return "mapping of keys of the site's own"
    if isinstance(hint, type) and issubclass(hint, Struct):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return {str: "text", int: "whole number", bool: "true or false"}[hint]


def _parts() -> set[type[Struct]]:
    found: set[type[Struct]] = set()
    kinds: tuple[type[Struct], ...] = (*TEMPLATES.values(), Site)
    for kind in kinds:
        found |= set(_below(kind))
    return found - {Prose, Head}


def _below(kind: type[Struct]) -> Iterator[type[Struct]]:
    for hint in get_type_hints(kind).values():
        for part in _records(hint):
            yield part
            if part not in (Prose, Head, Html):
                yield from _below(part)


def _records(hint: Any) -> Iterator[type[Struct]]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        yield hint
    for part in get_args(hint):
        yield from _records(part)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
