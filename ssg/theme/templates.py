"""Templates: the Jinja environment that renders, strict and deterministic."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from ssg.model import Site
from ssg.theme.filters import FILTERS, FORBIDDEN
from ssg.theme.themes import Template, Theme, Words

_GLOBALS = ("range", "dict", "namespace", "cycler", "joiner")


class _Environment(Environment):
    """One whose templates all share its globals: a macro's file is asked for them each time that
    it is imported, and Jinja's own layers over them would cost more than the macro.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **d} if d else self.globals


def environment(
    templates: Mapping[str, Template],
    assets: Mapping[str, str],
    say: Words,
    site: Site | None = None,
) -> Environment:
    """The environment that renders; `assets` maps an asset's name to its URL. Without a site
    templates can be read, and not rendered.
    """

    def load(name: str) -> tuple[str, str, None] | None:
        # As a file's name the template's own stands in tracebacks.
        return (templates[name].text, name, None) if name in templates else None

    env = _Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    env.globals = {name: env.globals[name] for name in _GLOBALS} | {"say": say, "site": site}
    for name in FORBIDDEN:
        del env.filters[name]
    env.filters |= FILTERS
    env.filters["asset"] = assets.__getitem__
    return env


def theme_environment(theme: Theme, site: Site) -> Environment:
    """The environment of a theme. What all pages share is known before a template is rendered,
    so that a file of macros can make its furniture once.
    """
    assets = {name: site.home + asset.place for name, asset in theme.assets.items()}
    return environment(theme.templates, assets, theme.say(site.lang), site)
