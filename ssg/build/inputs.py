"""The inputs of a build: configuration, content and theme, with every fault found in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ssg.build.scan import scan
from ssg.config import PATH as CONFIG
from ssg.config import Config, place_in_toml, read_config
from ssg.content import Content, read_content
from ssg.faults import Fault, Halt, Place, errors
from ssg.model import Copy
from ssg.pages import TEMPLATES
from ssg.theme import Theme, load_theme, trouble_with


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a site's folder says; `root` are the files of `content/root/`."""

    config: Config
    content: Content
    root: tuple[Copy, ...]
    theme: Theme
    faults: tuple[Fault, ...]


def read_inputs(site: Path) -> Inputs:
    """Everything a build depends on but its instant. Raises `Halt` when any of it is wrong."""
    config = load_config(site)
    found = scan(site)
    content = read_content(found.texts, found.media, config)
    faults = (*_extensions(site, config), *found.faults, *content.faults)
    try:
        theme, more = load_theme(site, config.theme, TEMPLATES)
    except Halt as halt:
        raise Halt((*faults, *halt.faults)) from None
    faults = (*faults, *more)
    if errors(faults):
        raise Halt(faults)
    return Inputs(config, content, found.root, theme, faults)


def _extensions(site: Path, config: Config) -> Iterator[Fault]:
    """The site's own Markdown extensions that cannot be used."""
    for name in config.markdown_extensions:
        trouble = trouble_with(name) if ":" in name else None
        if trouble:
            text = (site / CONFIG).read_text(encoding="utf-8-sig")
            place = place_in_toml(text, ("markdown", "extensions"))
            yield Fault("E104", f'the Markdown extension "{name}" failed: {trouble}', place)


def load_config(site: Path) -> Config:
    """The site's configuration. Raises `Halt` with every fault in it."""
    try:
        text = (site / CONFIG).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        hint = "ssg init DIR makes a new site"
        raise Halt((Fault("E101", f"there is no {CONFIG} in {site}", None, hint),)) from None
    except UnicodeDecodeError:
        raise Halt((Fault("E306", "the file is not text in UTF-8", Place(CONFIG)),)) from None
    config = read_config(text)
    if isinstance(config, Config):
        return config
    raise Halt(config)
