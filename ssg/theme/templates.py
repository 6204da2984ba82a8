"""Templates: the Jinja environment that renders, strict and deterministic."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from types import CodeType, NoneType
from typing import TYPE_CHECKING, Any, Final

from jinja2 import (
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    pass_context,
)

from ssg.model import Site
from ssg.theme.filters import FILTERS, FORBIDDEN
from ssg.theme.themes import Template, Theme, Words

if TYPE_CHECKING:
    from jinja2.bccache import Bucket
    from jinja2.runtime import Context

_GLOBALS = ("range", "dict", "namespace", "cycler", "joiner")

# A story in a list is about a kilobyte.
_KEPT = 20_000

# Some themes in some versions; written down, a template's code has 10 kB on average.
_COMPILED_KEPT = 256

_SMALL = (str, int, NoneType)

_Made = dict[tuple[object, ...], tuple[str, tuple[object, ...]]]


def _once(kept: _Made) -> Callable[..., str]:
    """The function `once(macro, values…)`: what a macro makes of its values, made once.

    A story stands in a list for each of its authors, sources, tags and so on, and looks the same
    in all. A macro is a pure function of its values and of what is constant for the build, so
    what it made can be kept; how much, is bounded.
    """

    def once(macro: Callable[..., str], *values: object) -> str:
        # A view's values never change. They are known by where they are, which nothing else can
        # be while they are kept here.
        key = (macro, *(value if isinstance(value, _SMALL) else id(value) for value in values))
        found = kept.get(key)
        if found is None:
            if len(kept) >= _KEPT:
                kept.clear()
            found = kept[key] = macro(*values), values
        return found[0]

    return once


class _Compiled(BytecodeCache):
    """The code of templates by name and source, for all environments of this process: where one
    template was edited, the others need not be compiled again. Their options and filters are the
    same, and what differs (addresses of assets, words, the site) is looked up when a page is made.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self._codes) >= _COMPILED_KEPT:
            self._codes.clear()
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED: Final = _Compiled()


def _asset_in(assets: Mapping[str, str]) -> Callable[[Context, str], str]:
    """The filter that gives an asset's address. It asks for a context that it does not need:
    else Jinja would work out the address when a template is compiled, for this site alone.
    """

    @pass_context
    def asset(_: Context, name: str) -> str:
        return assets[name]

    return asset


class ThemeEnvironment(Environment):
    """One whose templates all share its globals: a macro's file is asked for them each time that
    it is imported, and Jinja's own layers over them would cost more than the macro.
    """

    def __init__(self, made: _Made, **options: Any) -> None:
        super().__init__(**options)
        self._made = made
        self._build: object = None

    def work_for(self, build: object) -> None:
        """Forgets what `once` made for another build: it holds that one's values, and a process
        that goes on building would never let go of them.
        """
        if build is not self._build:
            self._made.clear()
            self._build = build

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **d} if d else self.globals


def environment(
    templates: Mapping[str, Template],
    assets: Mapping[str, str],
    say: Words,
    site: Site | None = None,
) -> ThemeEnvironment:
    """The environment that renders; `assets` maps an asset's name to its URL. Without a site
    templates can be read, and not rendered.
    """

    def load(name: str) -> tuple[str, str, None] | None:
        # As a file's name the template's own stands in tracebacks.
        return (templates[name].text, name, None) if name in templates else None

    made: _Made = {}
    env = ThemeEnvironment(
        made,
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_COMPILED,
    )
    own = {"once": _once(made), "say": say, "site": site}
    env.globals = {name: env.globals[name] for name in _GLOBALS} | own
    for name in FORBIDDEN:
        del env.filters[name]
    env.filters |= FILTERS
    env.filters["asset"] = _asset_in(assets)
    return env


def theme_environment(theme: Theme, site: Site) -> ThemeEnvironment:
    """The environment of a theme. What all pages share is known before a template is rendered,
    so that a file of macros can make its furniture once.
    """
    assets = {name: site.home + asset.place for name, asset in theme.assets.items()}
    return environment(theme.templates, assets, theme.say(site.lang), site)
