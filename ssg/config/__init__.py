"""`config.toml`: its text to one frozen, validated `Config`.

Every key, with what it is for, stands in `docs/reference/configuration.md`; a test holds
that page to `ssg.config.shape`.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from ssg.config.discovery import Crawlers, Headers, Move
from ssg.faults import Fault, Place, place_on
from ssg.model import Link

if TYPE_CHECKING:
    from ssg.config.shape import ConfigShape, DestinationShape, OrganizationShape

PATH: Final = "config.toml"

OFF: Final = "off"

#: How severe a site takes a finding of `ssg check` to be.
Verdict = Literal["error", "warning", "note", "off"]

#: The kinds of lists that can have feeds of their own.
Listed = Literal["sections", "authors", "sources", "tags"]
ALL_LISTED: Final[tuple[Listed, ...]] = ("sections", "authors", "sources", "tags")

#: Hands on what it is told to all search engines that take part.
INDEXNOW: Final = "https://api.indexnow.org/indexnow"

_LARGEST: Final = 2**63 - 1

DEFAULT_EXTENSIONS: Final = ("fenced_code", "footnotes", "tables")

_HEADER = re.compile(r"\s*\[(?P<many>\[)?\s*(?P<name>[^\[\]]+)\]")
_KEY = re.compile(r"\s*(?P<name>[^\s#=\[][^#=\[]*)=")

#: Python-Markdown's own extensions that a site may switch on by these names.
MARKDOWN_EXTENSIONS: Final = (
    "abbr",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "smarty",
    "tables",
    "toc",
)


@dataclass(frozen=True, slots=True)
class Organization:
    """Who publishes: credited where an article names no author."""

    name: str
    url: str | None = None
    email: str | None = None
    policies: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Destination:
    """`[deploy.NAME]`: where the site is published to, and how.

    `keep` is how many releases can be gone back to; `grace` for how many hours a dropped
    stylesheet, script or picture stays, for readers whose page still names it. `address` is where
    the files can be fetched, None for `base_url`: a destination with one of its own is a rehearsal,
    which nobody is told of and no record is kept of. `options` are an adapter's own.
    """

    name: str
    url: str
    keep: int = 5
    grace: int = 24
    ours: bool = False
    switch: bool = True
    verify: bool = False
    address: str | None = None
    options: Mapping[str, str | int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """What an operator decided for the whole site.

    `base_url` ends with a slash; `base_path` is its path, `/` for a site at a host's root.
    `page_size` is the smallest number of stories a full list page shows. `icon` is a picture in
    `content/media/`. `check` has by its code how severe a finding is, where that is not what the
    code says.
    """

    title: str
    base_url: str
    timezone: str
    lang: str = "en"
    theme: str = "base"
    tagline: str | None = None
    description: str | None = None
    organization: Organization | None = None
    nav: tuple[Link, ...] = ()
    page_size: int = 20
    feed_size: int = 30
    feed_hub: str | None = None
    feeds_of: tuple[Listed, ...] = ALL_LISTED
    markdown_extensions: tuple[str, ...] = DEFAULT_EXTENSIONS
    markdown_fast: bool = True
    trust_html: bool = False
    legacy_encoding: str = "cp1252"
    typography: bool = False
    icon: str | None = None
    crawlers: Crawlers = field(default_factory=Crawlers)
    headers: Headers = field(default_factory=Headers)
    redirects: tuple[Move, ...] = ()
    check: Mapping[str, Verdict] = field(default_factory=dict)
    require_settled: bool = False
    indexnow_key: str | None = None
    indexnow_url: str = INDEXNOW
    deploy: Mapping[str, Destination] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def base_path(self) -> str:
        return urlsplit(self.base_url).path

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""


def read_config(text: str) -> Config | tuple[Fault, ...]:
    """The configuration in `text`, or every fault in it."""
    try:
        values = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return (_hushed(toml_fault("E102", PATH, text, error)),)
    from ssg.config.secrets import could_hold_secret, secrets_in, without_secrets
    from ssg.config.shape import ConfigShape
    from ssg.shapes import Codes, check

    def locate(keys: tuple[str | int, ...]) -> Place:
        place = place_in_toml(text, keys)
        return replace(place, excerpt=None) if could_hold_secret(keys) else place

    secrets = tuple(secrets_in(values, locate))
    codes = Codes(unknown="E103", missing="E104", wrong="E104")
    shape = check(ConfigShape, without_secrets(values), codes=codes, locate=locate)
    if secrets or isinstance(shape, tuple):
        return (*secrets, *(shape if isinstance(shape, tuple) else ()))
    return _config(shape)


def _hushed(fault: Fault) -> Fault:
    """The fault without its line, where that may hold a secret."""
    from ssg.config.secrets import could_be_secret

    place = fault.place
    if place is None or place.excerpt is None or not could_be_secret(place.excerpt):
        return fault
    return replace(fault, place=replace(place, excerpt=None))


def toml_fault(code: str, path: str, text: str, error: Exception) -> Fault:
    """The fault of a file that is no TOML, at the line and column the parser names."""
    message = str(error)
    at = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(at[1]), int(at[2])) if at else (text.rstrip().count("\n") + 1, 1)
    reason = message.partition(" (at ")[0]
    message = f"not valid TOML: {reason[:1].lower()}{reason[1:]}"
    return Fault(code, message, place_on(path, text, line, column))


def place_in_toml(text: str, keys: tuple[str | int, ...], path: str = PATH) -> Place:
    """The line on which a key is set, as near as a look at the text can tell."""
    places = dict(_places(path, text))
    while keys and keys not in places:
        keys = keys[:-1]
    return places.get(keys) or place_on(path, text, 1)


def _places(path: str, text: str) -> Iterator[tuple[tuple[str | int, ...], Place]]:
    """Where each table begins and each key at the start of a line stands."""
    table: tuple[str | int, ...] = ()
    seen: Counter[tuple[str | int, ...]] = Counter()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            name = header["name"].strip()
            place = place_on(path, text, number, header.start("name") + 1, len(name))
            table = _names(name)
            if not seen[table]:
                yield table, place
            if header["many"]:
                seen[table] += 1
                table = (*table, seen[table] - 1)
                yield table, place
        elif key := _KEY.match(line):
            name = key["name"].rstrip()
            place = place_on(path, text, number, key.start("name") + 1, len(name.strip("\"'")))
            yield (*table, *_names(name)), place


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _config(shape: ConfigShape) -> Config:
    return Config(
        title=shape.title,
        base_url=shape.base_url,
        timezone=shape.timezone,
        lang=shape.lang,
        theme=shape.theme,
        tagline=shape.tagline,
        description=shape.description,
        organization=_organization(shape.organization) if shape.organization else None,
        nav=tuple(Link(item.title, item.url) for item in shape.nav),
        page_size=shape.page_size,
        feed_size=shape.feed_size,
        feed_hub=shape.feed_hub,
        feeds_of=shape.feeds_of,
        markdown_extensions=shape.markdown.extensions,
        markdown_fast=shape.markdown.fast,
        trust_html=shape.content.trust_html,
        legacy_encoding=shape.ingest.legacy_encoding,
        typography=shape.ingest.typography,
        icon=shape.icon,
        crawlers=Crawlers(**dict(shape.crawlers)),
        headers=Headers(**dict(shape.headers)),
        redirects=tuple(Move(move.old, move.new, move.status) for move in shape.redirects),
        check=shape.check,
        require_settled=shape.publish.require_settled,
        indexnow_key=shape.publish.indexnow_key,
        indexnow_url=shape.publish.indexnow_url,
        deploy={name: _destination(name, shape) for name, shape in shape.deploy.items()},
        extra=_plain(shape.extra),
    )


def _organization(shape: OrganizationShape) -> Organization:
    """The publisher; its policies are under their keys, in the order of the documentation."""
    policies = tuple(Link(key, url) for key, url in shape.policies if url)
    return Organization(shape.name, shape.url, shape.email, policies)


def _destination(name: str, shape: DestinationShape) -> Destination:
    return Destination(
        name=name,
        url=shape.url,
        keep=shape.keep,
        grace=shape.grace,
        ours=shape.ours,
        switch=shape.switch,
        verify=shape.verify,
        address=shape.address,
        options=shape.options,
    )


def _plain(value: Any) -> Any:
    """What TOML reads as a date or a time, as ISO 8601 text: what pages see has no other.

    Numbers of more than the 64 bits that TOML promises are text as well.
    """
    match value:
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case date() | time():
            return value.isoformat()
        case int() if not -_LARGEST <= value <= _LARGEST:
            return str(value)
        case _:
            return value
