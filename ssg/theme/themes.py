"""Themes: a chain of layers, from the site's own down to the bundled base, as one value.

A name such as `article.html` is looked up from the most specific layer on;
`base/article.html` names what the theme `base` and those below it have, so that a file can
extend the very one it overrides. Everything a chain holds is in one frozen value that
travels to workers once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from ssg.digest import digest
from ssg.model import Copy

#: The asset in which browsers show feeds: these are named by no template.
FEED_STYLE: Final = "feed.css"

#: What a theme says by itself: words by key, some of them in tables.
Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """One theme's own files: `folder` is how faults name it; keys are names below `templates/`
    and `assets/`, and languages for `words/`.
    """

    name: str
    folder: str
    templates: Mapping[str, str]
    assets: Mapping[str, bytes]
    words: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """A template's text, and the path by which faults name it."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file for browsers under a name that changes with its bytes: it may be cached for ever."""

    place: str
    data: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What a template is made of: the paths of template files, and the names of assets."""

    files: frozenset[str] = frozenset()
    assets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found out of a theme's templates, by the names of those that pages are made with.

    `closures` are digests of all that can shape what a template prints: its text, those of the
    templates it names, and the assets that they name. `reaches` says which these are.
    """

    closures: Mapping[str, str] = field(default_factory=dict)
    reaches: Mapping[str, Reach] = field(default_factory=dict)


@dataclass(frozen=True)
class Theme:
    """A theme chain made ready: every name templates may use, and what each page depends on.

    `elsewhere` are the places of installed themes in it, which nobody else watches.
    """

    layers: tuple[str, ...]
    templates: Mapping[str, Template]
    assets: Mapping[str, Asset]
    words: Mapping[str, Words] = field(default_factory=dict)
    inspection: Inspection = field(default_factory=Inspection)
    elsewhere: tuple[str, ...] = ()

    @property
    def closures(self) -> Mapping[str, str]:
        """What a page depends on of its theme, by the template it is made with."""
        return self.inspection.closures

    @property
    def feed_style(self) -> str | None:
        """The place of the stylesheet for feeds; a theme without one has an empty file."""
        asset = self.assets.get(FEED_STYLE)
        return asset.place if asset and asset.data.strip() else None

    @cached_property
    def digest(self) -> str:
        """Names this theme to workers, which keep it."""
        texts = {name: template.text for name, template in self.templates.items()}
        places = {name: asset.place for name, asset in self.assets.items()}
        return digest((self.layers, texts, places, self.words))

    def say(self, lang: str) -> Words:
        """The words of a language: where `de-AT` leaves one out that of `de`, then the English."""
        found: Words = {}
        for tag in ("en", lang.partition("-")[0], lang):
            found = merged(found, self.words.get(tag, {}))
        return found

    def copies(self) -> tuple[Copy, ...]:
        """The assets as outputs."""
        return tuple(
            Copy(asset.place, asset.digest, data=asset.data, origin=f"asset {name}")
            for name, asset in sorted(self.assets.items())
        )


def words_of(layers: Sequence[Layer]) -> dict[str, Words]:
    """The words of a chain by language, those of the most specific theme first."""
    found: dict[str, Words] = {}
    for layer in reversed(layers):
        for lang, words in layer.words.items():
            found[lang] = merged(found.get(lang, {}), words)
    return found


def merged(below: Words, above: Words) -> Words:
    """One table laid over another, tables in them likewise; what is only below stays."""
    both = {**below, **above}
    for key in below.keys() & above.keys():
        under, over = below[key], above[key]
        if isinstance(under, Mapping) and isinstance(over, Mapping):
            both[key] = merged(under, over)
    return both


def names_of(layers: Sequence[Layer]) -> dict[str, Template]:
    """Every name that finds a template, with what it finds; `layers` from the most specific."""
    plain: dict[str, Template] = {}
    qualified: dict[str, Template] = {}
    for layer in reversed(layers):
        for name, text in layer.templates.items():
            plain[name] = Template(f"{layer.folder}/templates/{name}", text)
        qualified |= {f"{layer.name}/{name}": template for name, template in plain.items()}
    return plain | qualified
