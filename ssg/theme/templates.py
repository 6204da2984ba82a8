"""Templates: the Jinja environment that renders, strict and deterministic."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment, FunctionLoader, StrictUndefined

from ssg.theme.filters import FILTERS, FORBIDDEN
from ssg.theme.themes import Template, Theme, Words

_GLOBALS = ("range", "dict", "namespace", "cycler", "joiner")


def environment(
    templates: Mapping[str, Template], assets: Mapping[str, str], say: Words
) -> Environment:
    """The environment that renders; `assets` maps an asset's name to its URL."""

    def load(name: str) -> tuple[str, str, None] | None:
        # As a file's name the template's own stands in tracebacks.
        return (templates[name].text, name, None) if name in templates else None

    env = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    env.globals = {name: env.globals[name] for name in _GLOBALS} | {"say": say}
    for name in FORBIDDEN:
        del env.filters[name]
    env.filters |= FILTERS
    env.filters["asset"] = assets.__getitem__
    return env


def theme_environment(theme: Theme, home: str, lang: str) -> Environment:
    """The environment of a theme, for a site with this base path and in this language."""
    assets = {name: home + asset.place for name, asset in theme.assets.items()}
    return environment(theme.templates, assets, theme.say(lang))
