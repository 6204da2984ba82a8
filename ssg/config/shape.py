"""The shape of `config.toml`: which keys there are and what each may hold."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Field, field_validator

from ssg.config import (
    ALL_LISTED,
    DEFAULT_EXTENSIONS,
    INDEXNOW,
    MARKDOWN_EXTENSIONS,
    Listed,
    Verdict,
)
from ssg.config.discovery import AiPolicy
from ssg.faults import CATALOGUE, did_you_mean
from ssg.shapes import Language, MaybeText, Shape, Text, Texts, Url, WebUrl, refuse
from ssg.urls import resolve, url_kind

#: What a site may judge for itself: all that does not stop a build.
CODES: Final = tuple(code for code in CATALOGUE if code[0] != "E" or code[1] == "9")

_BLANK = re.compile(r"\s")
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")  # RFC 9110, § 5.1, as far as anybody goes
_ICONS = (".png", ".svg")
_THEME_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
# https://www.indexnow.org/documentation
_INDEXNOW_KEY = re.compile(r"[A-Za-z0-9-]{8,128}")
_DESTINATION_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class NavShape(Shape):
    """`[[nav]]`: an entry of the site's menu."""

    title: Text
    url: Url


class PoliciesShape(Shape):
    """`[organization.policies]`: where the publisher says how it works.

    The keys stand for the properties that schema.org gives an organisation of the news.
    """

    principles: Url | None = None
    corrections: Url | None = None
    ethics: Url | None = None
    diversity: Url | None = None
    staffing: Url | None = None
    feedback: Url | None = None
    unnamed_sources: Url | None = None
    ownership: Url | None = None
    masthead: Url | None = None
    mission: Url | None = None
    no_bylines: Url | None = None
    fact_checking: Url | None = None


class OrganizationShape(Shape):
    """`[organization]`: who publishes."""

    name: Text
    url: Url | None = None
    email: Text | None = None
    policies: PoliciesShape = PoliciesShape()


class MarkdownShape(Shape):
    """`[markdown]`: how bodies are read."""

    extensions: Texts = DEFAULT_EXTENSIONS
    fast: bool = True

    @field_validator("extensions")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in MARKDOWN_EXTENSIONS and ":" not in name:
                hint = (
                    did_you_mean(name, MARKDOWN_EXTENSIONS) or "or a class as package.module:Name"
                )
                raise refuse("E104", f'no Markdown extension is called "{name}"', hint)
        return names


class ContentShape(Shape):
    """`[content]`: how far contributors are trusted."""

    trust_html: bool = False


class IngestShape(Shape):
    """`[ingest]`: how raw texts are read."""

    legacy_encoding: Text = "cp1252"
    typography: bool = False

    @field_validator("legacy_encoding")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            "".encode(name)
        except LookupError:
            raise refuse("E104", f'no encoding is called "{name}"') from None
        return name


class CrawlersShape(Shape):
    """`[crawlers]`: what machines that learn may take."""

    ai: AiPolicy = "allow"
    tdm_reserved: bool = False
    tdm_policy: Url | None = None


def _header_name(name: str) -> str:
    if not _HEADER_NAME.fullmatch(name):
        raise refuse("E104", f'"{name}" is no name of a header', "such as X-Frame-Options")
    return name


class HeadersShape(Shape):
    """`[headers]`: what hosts that read `_headers` send along."""

    enabled: bool = True
    csp: MaybeText | None = None
    pages: int = Field(default=0, ge=0)
    media: int = Field(default=86_400, ge=0)
    all: dict[Annotated[str, AfterValidator(_header_name)], Text] = Field(default_factory=dict)


class MoveShape(Shape):
    """`[[redirects]]`: a path of the site that leads elsewhere."""

    old: Text
    new: Url
    status: Literal[301, 302, 303, 307, 308] = 301

    @field_validator("old")
    @classmethod
    def _path(cls, path: str) -> str:
        if url_kind(path) != "site" or _BLANK.search(path):
            raise refuse("E104", f'"{path}" is no path of this site', "such as /old/ or /blog/*")
        return path

    @field_validator("new")
    @classmethod
    def _whole(cls, url: str) -> str:
        if url_kind(url) not in {"site", "web"} or _BLANK.search(url):
            raise refuse("E104", f'"{url}" is no address to lead to', "a path or a web address")
        return url


def _known_code(code: str) -> str:
    if code in CATALOGUE and code not in CODES:
        raise refuse("E103", f"{code} stops a build, and cannot be judged otherwise")
    if code not in CODES:
        hint = did_you_mean(code, CODES) or "the codes stand in docs/reference/faults.md"
        raise refuse("E103", f'nothing that is found has the code "{code}"', hint)
    return code


class PublishShape(Shape):
    """`[publish]`: what a deploy asks for, and whom it tells."""

    require_settled: bool = False
    indexnow_key: Text | None = None
    indexnow_url: WebUrl = INDEXNOW

    @field_validator("indexnow_key")
    @classmethod
    def _key(cls, key: str | None) -> str | None:
        if key and not _INDEXNOW_KEY.fullmatch(key):
            raise refuse("E104", "is no key", "8 to 128 letters, digits and hyphens")
        return key


class DestinationShape(Shape):
    """`[deploy.NAME]`: where the site is published to, and how."""

    url: Text
    keep: int = Field(default=5, ge=1, le=100)
    grace: int = Field(default=24, ge=0, le=8760)
    ours: bool = False
    switch: bool = True
    verify: bool = False
    address: WebUrl | None = None
    options: dict[str, str | int | bool] = Field(default_factory=dict)

    @field_validator("address")
    @classmethod
    def _folder(cls, url: str | None) -> str | None:
        return url.rstrip("/") + "/" if url else None


class ConfigShape(Shape):
    """The whole file."""

    title: Text
    base_url: WebUrl
    timezone: Text
    lang: Language = "en"
    theme: Text = "base"
    tagline: Text | None = None
    description: Text | None = None
    organization: OrganizationShape | None = None
    nav: tuple[NavShape, ...] = ()
    page_size: int = Field(default=20, ge=1, le=1000)
    feed_size: int = Field(default=30, ge=1, le=500)
    feed_hub: WebUrl | None = None
    feeds_of: tuple[Listed, ...] = ALL_LISTED
    markdown: MarkdownShape = MarkdownShape()
    content: ContentShape = ContentShape()
    ingest: IngestShape = IngestShape()
    icon: Text | None = None
    crawlers: CrawlersShape = CrawlersShape()
    headers: HeadersShape = HeadersShape()
    redirects: tuple[MoveShape, ...] = ()
    check: dict[Annotated[str, AfterValidator(_known_code)], Verdict] = Field(default_factory=dict)
    publish: PublishShape = PublishShape()
    deploy: dict[str, DestinationShape] = Field(default_factory=dict)
    extra: dict[str, Any] = Field(default_factory=dict)

    @field_validator("base_url")
    @classmethod
    def _plain(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.query or parts.fragment or parts.username or parts.password:
            raise refuse("E104", "has room for a scheme, a host and a path alone")
        return url.rstrip("/") + "/"

    @field_validator("icon")
    @classmethod
    def _picture(cls, path: str | None) -> str | None:
        inner = resolve("content", path or "") or ""
        if path and not (inner.startswith("content/media/") and inner.endswith(_ICONS)):
            raise refuse("E104", f'"{path}" is no icon', "a PNG or SVG such as /media/icon.png")
        return inner if path else None

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, ZoneInfoNotFoundError):
            hint = did_you_mean(name, available_timezones()) or "such as Europe/Dublin"
            raise refuse("E104", f'no time zone is called "{name}"', hint) from None
        return name

    @field_validator("deploy")
    @classmethod
    def _names(cls, found: dict[str, DestinationShape]) -> dict[str, DestinationShape]:
        for name in found:
            if not _DESTINATION_NAME.fullmatch(name):
                hint = "small letters, digits and hyphens"
                raise refuse("E104", f'"{name}" is no name of a destination', hint)
        return found

    @field_validator("theme")
    @classmethod
    def _name(cls, name: str) -> str:
        if not _THEME_NAME.fullmatch(name):
            raise refuse("E104", f'"{name}" is no name of a theme')
        return name
