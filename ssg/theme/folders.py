"""Folders: where themes lie, and what is read of them.

A theme is a folder with a `theme.toml`, `templates/` and `assets/`: in the site's
`themes/`, among those bundled with `ssg`, or in a package that offers it under the entry
point group `ssg.themes`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ssg.config import toml_fault
from ssg.faults import Fault, Halt, Place, did_you_mean
from ssg.theme.assets import fingerprint
from ssg.theme.inspection import inspect
from ssg.theme.themes import Inspection, Layer, Theme, Words, names_of, words_of

ROOT: Final = "base"

_ENTRY_POINTS: Final = "ssg.themes"

#: What `theme.toml` may say: see `ssg.theme.shape`.
_SETTINGS: Final = frozenset(
    {"name", "title", "description", "author", "licence", "version", "extends"}
)


def load_theme(
    site: Path,
    name: str,
    required: Iterable[str],
    known: Mapping[str, Inspection] = MappingProxyType({}),
) -> tuple[Theme, tuple[Fault, ...]]:
    """The theme of that name with those it extends. Raises `Halt` when there is none.

    `known` are former inspections without a fault, by the digests of their themes.
    """
    layers = tuple(_chain(site, name))
    assets = {asset: data for layer in reversed(layers) for asset, data in layer.assets.items()}
    folders = {asset: layer.folder for layer in reversed(layers) for asset in layer.assets}
    published, faults = fingerprint(assets, folders)
    names = tuple(layer.name for layer in layers)
    elsewhere = tuple(_elsewhere(layers))
    theme = Theme(names, names_of(layers), published, words_of(layers), elsewhere=elsewhere)
    if (inspection := known.get(theme.digest)) is not None:
        return replace(theme, inspection=inspection), faults
    inspection, more = inspect(theme, required)
    return replace(theme, inspection=inspection), (*faults, *more)


def _elsewhere(layers: Iterable[Layer]) -> Iterator[str]:
    """What was read of themes that lie neither in the site nor with `ssg`: folders, too, whose
    times tell when something is added.
    """
    for layer in layers:
        folder = Path(layer.folder)
        if folder.is_absolute():
            yield from sorted(str(path) for path in (folder, *folder.rglob("*")))


def theme_folders(site: Path) -> tuple[Path, ...]:
    """Where themes are looked for, in this order."""
    return site / "themes", bundled_themes()


def bundled_themes() -> Path:
    """The themes that come with `ssg`: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def _chain(site: Path, name: str) -> Iterator[Layer]:
    seen: list[str] = []
    while True:
        folder = _find(site, name)
        if folder is None:
            raise Halt((_no_theme(site, name, seen),))
        seen.append(name)
        below = _extends(site, folder)
        yield _read_layer(site, name, folder)
        if name == ROOT:
            yield from _bundled_below(site, folder)
            return
        if below in seen:
            place = Place(_shown(site, folder / "theme.toml"))
            message = f"the themes {' → '.join([*seen, below])} extend each other"
            raise Halt((Fault("E506", message, place),))
        name = below


def _bundled_below(site: Path, folder: Path) -> Iterator[Layer]:
    """A site's own `themes/base` lies over the bundled one, whose files are `bundled/…` then."""
    bundled = bundled_themes() / ROOT
    if folder.resolve() != bundled.resolve():
        yield _read_layer(site, "bundled", bundled)


def _find(site: Path, name: str) -> Path | None:
    for parent in theme_folders(site):
        if (parent / name / "theme.toml").is_file():
            return parent / name
    return _installed(name)


def _installed(name: str) -> Path | None:
    """A theme that another package offers; scanned for only when no folder has the name."""
    from importlib.metadata import entry_points
    from importlib.resources import files

    for point in entry_points(group=_ENTRY_POINTS, name=name):
        folder = Path(str(files(point.value)))
        if (folder / "theme.toml").is_file():
            return folder
    return None


def known_themes(site: Path) -> tuple[str, ...]:
    """The names of the themes that lie in folders, in order."""
    found = (path for parent in theme_folders(site) for path in parent.glob("*/theme.toml"))
    return tuple(sorted({path.parent.name for path in found}))


def _no_theme(site: Path, name: str, seen: list[str]) -> Fault:
    known = known_themes(site)
    hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
    asked = f"{seen[-1]} extends it" if seen else "config.toml asks for it"
    return Fault("E501", f'no theme is called "{name}"; {asked}', Place("config.toml"), hint)


def _extends(site: Path, folder: Path) -> str:
    path = folder / "theme.toml"
    shown = _shown(site, path)
    text = _text(site, path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Halt((toml_fault("E506", shown, text, error),)) from None
    if values.keys() <= _SETTINGS and all(map(_is_word, values.values())):
        return str(values.get("extends", ROOT))
    from ssg.theme.shape import checked  # what is as it should be needs no pydantic

    shape = checked(values, shown)
    if isinstance(shape, tuple):
        raise Halt(shape)
    return shape.extends


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value) and value == value.strip()


def _read_layer(site: Path, name: str, folder: Path) -> Layer:
    return Layer(
        name,
        _shown(site, folder),
        {key: _text(site, path) for key, path in _files(folder / "templates")},
        {key: path.read_bytes() for key, path in _files(folder / "assets")},
        {path.stem: _words(site, path) for _, path in _files(folder / "words")},
    )


def _words(site: Path, path: Path) -> Words:
    """A catalogue of words: `words/de.toml` is what the theme says in German."""
    text = _text(site, path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Halt((toml_fault("E506", _shown(site, path), text, error),)) from None


def _text(site: Path, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        place = Place(_shown(site, path))
        raise Halt((Fault("E306", "the file is not text in UTF-8", place),)) from None


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Files below a folder by their names in it; hidden ones and links out of it are not ours."""
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        key = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in key.parts)
        if path.is_file() and not hidden and path.resolve().is_relative_to(root):
            yield key.as_posix(), path


def _shown(site: Path, path: Path) -> str:
    """A path as faults name it: below the site, or as the bundled theme it is part of."""
    for root in (site, bundled_themes().parent):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.as_posix()
