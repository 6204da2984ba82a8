"""Render: a job to bytes. Pure, and everything it needs travels in its arguments."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from traceback import walk_tb
from typing import Final

from jinja2 import Environment, TemplateError

from ssg.digest import digest, digest_bytes
from ssg.faults import Fault, Place, did_you_mean, place_on
from ssg.model import Html, Page, Prose, Site
from ssg.pages import SERIALISERS, Addresses, embed
from ssg.theme import Converter, Theme, Unresolved, theme_environment

_KEPT: Final = 256

# How Jinja words it that a template asks for what a view has not.
_NOT_THERE: Final = re.compile(r"has no attribute '(\w+)'")


@dataclass(frozen=True, eq=False)
class Press:
    """What all pages of a build are printed with. Equal presses have equal digests, so that
    a worker keeps what it made of one.
    """

    theme: Theme
    site: Site
    extensions: tuple[str, ...]
    trust_html: bool

    @cached_property
    def at(self) -> Addresses:
        return Addresses(self.site.home, self.site.url)

    @cached_property
    def digest(self) -> str:
        return digest((self.theme.digest, self.site, self.extensions, self.trust_html))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Press) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


@dataclass(frozen=True, slots=True)
class Job:
    """A page to render, with the texts of its bodies by their digests."""

    page: Page
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rendered:
    """An output made."""

    path: str
    data: bytes
    digest: str


def render(job: Job, press: Press) -> Rendered | Fault:
    """The bytes of a page, or why it could not be made."""
    environment, convert = _workshop(press, threading.get_ident())
    page = job.page

    def html(prose: Prose) -> Html:
        return convert(job.texts.get(prose.digest, ""), prose)

    try:
        view = embed(page.view, html, press.at)
        serialise = SERIALISERS.get(page.template)
        if serialise:
            text = serialise(view)
        else:
            text = environment.get_template(page.template).render(view=view, site=press.site)
    except Unresolved as error:
        return _unresolved(error)
    except Exception as error:  # noqa: BLE001 - whatever a template or extension does is a fault
        return _failed(error, page, press.theme)
    data = text.encode()
    return Rendered(page.path, data, digest_bytes(data))


@lru_cache(maxsize=8)
def _workshop(press: Press, _thread: int) -> tuple[Environment, Callable[[str, Prose], Html]]:
    """A worker's tools, made once for each press and thread: templates and the converter.

    What was converted last is kept, since an author's bio stands under each of their stories.
    """
    home = press.site.home
    converter = Converter(press.extensions, trust_html=press.trust_html, home=home)
    environment = theme_environment(press.theme, home, press.site.lang)
    return environment, lru_cache(maxsize=_KEPT)(converter.convert)


def _unresolved(error: Unresolved) -> Fault:
    hint = "link to a .md file, to a file in content/media/, or to an address like /about/"
    return Fault(
        "E302",
        f'"{error.reference}" leads to nothing that is published',
        Place(error.document),
        hint,
    )


def _failed(error: Exception, page: Page, theme: Theme) -> Fault:
    """Where the template was when it failed, and on which page."""
    about = f" (from {page.origin})" if page.origin else ""
    reason = str(error) or type(error).__name__
    if not isinstance(error, TemplateError):
        reason = f"{type(error).__name__}: {reason}"
    message = f"{page.template} failed on /{page.path}{about}: {reason}"
    frames = [item for item in _template_lines(error) if item[0] in theme.templates]
    if not frames:
        return Fault("E507", message, Place(page.origin) if page.origin else None)
    name, line = frames[-1]
    template = theme.templates[name]
    chain = " → ".join(f"{name}:{line}" for name, line in frames)
    hint = f"reached through {chain}" if len(frames) > 1 else None
    if missing := _NOT_THERE.search(reason):
        known: Iterable[str] = getattr(page.view, "__struct_fields__", ())
        meant = did_you_mean(missing[1], known)
        hint = "; ".join(part for part in (meant, hint) if part) or None
    return Fault("E507", message, place_on(template.path, template.text, line), hint)


def _template_lines(error: BaseException) -> list[tuple[str, int]]:
    """The templates and lines that a failure came through: Jinja puts frames of its own in
    place of those of compiled templates, with the template's name as that of their file.
    """
    found: list[tuple[str, int]] = []
    for frame, line in walk_tb(error.__traceback__):
        if "__jinja_exception__" in frame.f_globals:
            found.append((frame.f_globals["__file__"], line))
    return found
