"""Render: a job to bytes. Everything it needs travels in its arguments.

A worker on this machine reads bodies from the site's files and puts the pages into the
staging folder; another one gets the texts with its jobs and gives back the bytes.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from traceback import walk_tb
from typing import Final, NamedTuple

from jinja2 import TemplateError
from msgspec import Struct

from ssg.build.plan import Keys, checksums_of
from ssg.build.scan import changed
from ssg.content import body_text
from ssg.digest import digest, digest_bytes
from ssg.faults import Fault, Place, did_you_mean, place_on
from ssg.model import Html, Page, Prose, Site
from ssg.pages import SERIALISERS, embed
from ssg.theme import Converter, Theme, ThemeEnvironment, Unresolved, theme_environment

_KEPT: Final = 512

# How Jinja words it that a template asks for what a view has not.
_NOT_THERE: Final = re.compile(r"has no attribute '(\w+)'")


@dataclass(frozen=True, slots=True)
class Places:
    """Where a worker on this machine finds bodies and leaves pages.

    `elsewhere` has the files whose names on disk are not those of their paths (NFC).
    """

    site: str
    staging: str
    elsewhere: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Press:
    """What all pages of a build are printed with. Equal presses have equal digests, so that
    a worker keeps what it made of one.
    """

    theme: Theme
    site: Site
    extensions: tuple[str, ...]
    trust_html: bool
    fast: bool = True
    code: str = ""
    places: Places | None = None

    @cached_property
    def keys(self) -> Keys:
        shaping = (self.code, self.site_digest, self.extensions, self.trust_html)
        return Keys(digest(shaping), self.theme.closures, self.code)

    @cached_property
    def site_digest(self) -> str:
        return digest((self.site, self.theme.say(self.site.lang)))

    @cached_property
    def digest(self) -> str:
        kept = (
            self.code,
            self.theme.digest,
            self.site,
            self.extensions,
            self.trust_html,
            self.fast,
        )
        return digest((kept, self.places))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Press) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


class Job(NamedTuple):
    """A page to render. `texts` are its bodies by digest where a worker cannot read them;
    `last` is the digest of the bytes that stand in its place, if that is known; `staged` is its
    place in the staging folder; `key` is the page's, where somebody has made it before.
    """

    page: Page
    texts: Mapping[str, str] | None = None
    last: str = ""
    staged: str = ""
    key: str = ""


class Rendered(NamedTuple):
    """An output made: `data` are its bytes, unless they stand in its place or are staged."""

    path: str
    key: str
    digest: str
    size: int
    parts: bytes
    data: bytes | None
    stands: bool


class _Changed(Exception):  # noqa: N818 - becomes a fault
    """A body is not the one that was planned with."""


def render(job: Job, press: Press) -> Rendered | Fault:
    """The bytes of a page, or why it could not be made."""
    page, view = job.page, job.page.view
    try:
        text = _text(job, view, press)
    except _Changed as error:
        return changed(str(error))
    except Unresolved as error:
        return _unresolved(error)
    except Exception as error:  # noqa: BLE001 - whatever a template or extension does is a fault
        return _failed(error, page, view, press.theme)
    data = text.encode()
    found = digest_bytes(data)
    stands = found == job.last
    if press.places and not stands:
        _put(f"{press.places.staging}/{job.staged}", data)
    closure = press.theme.closures.get(page.template, "")
    parts = checksums_of(view, closure, press.code, press.site_digest)
    key = job.key or press.keys.base(page) + press.keys.of_view(view)
    kept = None if press.places or stands else data
    return Rendered(page.path, key, found, len(data), parts, kept, stands)


def _text(job: Job, view: Struct, press: Press) -> str:
    _workshop.equip(press)
    environment = _workshop.environment
    environment.work_for(press)
    texts = job.texts

    def html(prose: Prose) -> Html:
        return _workshop.converted(prose, None if texts is None else texts.get(prose.digest, ""))

    shown = embed(view, html, press.site)
    serialise = SERIALISERS.get(job.page.template)
    if serialise:
        return serialise(shown)
    return environment.get_template(job.page.template).render(view=shown)


class _Workshop(threading.local):
    """A thread's tools for the press that it printed with last. Those of a press that was
    changed (another theme, another setting) are of no use to anybody any more.
    """

    press: Press | None = None
    environment: ThemeEnvironment
    converted: Callable[[Prose, str | None], Html]

    def equip(self, press: Press) -> None:
        if self.press != press:
            self.environment = theme_environment(press.theme, press.site)
            self.converted = _converting(press)
            self.press = press


_workshop: Final = _Workshop()


def _converting(press: Press) -> Callable[[Prose, str | None], Html]:
    """The converter of a press. What was converted last is kept, since an author's bio stands
    under each of their stories.
    """
    home = press.site.home
    converter = Converter(press.extensions, trust_html=press.trust_html, home=home, fast=press.fast)

    @lru_cache(maxsize=_KEPT)
    def converted(prose: Prose, text: str | None) -> Html:
        if prose.empty:
            return converter.convert("", prose)
        return converter.convert(_body(prose, press.places) if text is None else text, prose)

    return converted


def _body(prose: Prose, places: Places | None) -> str:
    """The body that was planned with. Raises `_Changed` when the file holds another."""
    if places is None:
        raise _Changed(prose.path)
    file = places.elsewhere.get(prose.path) or f"{places.site}/{prose.path}"
    text = read_body(prose.path, file, prose.digest)
    if text is None:
        raise _Changed(prose.path)
    return text


def read_body(path: str, file: str, expected: str) -> str | None:
    """The body of a document, if it still has that digest."""
    try:
        text = body_text(path, Path(file).read_bytes())
    except OSError:
        return None
    if isinstance(text, Fault) or digest_bytes(text.encode()) != expected:
        return None
    return text


def _put(path: str, data: bytes) -> None:
    """Writes a file into the staging folder; a page that is new has a folder of its own."""
    folder = path.rpartition("/")[0]
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)


def _unresolved(error: Unresolved) -> Fault:
    hint = "link to a .md file, to a file in content/media/, or to an address like /about/"
    return Fault(
        "E302",
        f'"{error.reference}" leads to nothing that is published',
        Place(error.document),
        hint,
    )


def _failed(error: Exception, page: Page, view: Struct, theme: Theme) -> Fault:
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
        known: Iterable[str] = view.__struct_fields__
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
