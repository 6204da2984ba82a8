"""The shapes of front matter: which keys each kind of document has and what each may hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    ValidationInfo,
    field_validator,
)

from ssg.content.moments import NoMoment, read_moment
from ssg.content.references import MEDIA, is_site_path, media_path
from ssg.model import (
    AuthorKind,
    CorrectionKind,
    Indexing,
    Kind,
    Relation,
    Role,
    SourceKind,
)
from ssg.shapes import (
    WRONG,
    Language,
    MaybeText,
    Shape,
    Text,
    Texts,
    Url,
    WebUrl,
    in_commas,
    one_or_many,
    refuse,
)
from ssg.slugs import is_slug


def _moment(value: object, info: ValidationInfo) -> datetime:
    zone: ZoneInfo = info.context["zone"] if info.context else ZoneInfo("UTC")
    # TOML reads dates itself, YAML leaves them as text.
    try:
        return read_moment(value.isoformat() if isinstance(value, date) else value, zone)
    except NoMoment as error:
        raise refuse(error.code, error.message, error.hint) from None


def _slug(value: str) -> str:
    if not is_slug(value):
        raise refuse(WRONG, f'"{value}" cannot stand in an address', "letters, digits, hyphens")
    return value


def _site_path(value: str) -> str:
    if not is_site_path(value):
        raise refuse("E303", f'"{value}" is no path of this site', "such as /2026/03/old-slug/")
    return value


def _media(value: str, info: ValidationInfo) -> str:
    """The path in `content/media/` that a picture's `src` names, or a web address as it is."""
    document = info.context["path"] if info.context else ""
    path = media_path(document, value)
    if path is None:
        hint = f"name a file in {MEDIA}, as /media/… or relative to this file"
        raise refuse("E303", f'"{value}" is not in {MEDIA}', hint)
    return path


def _each_under(key: str) -> BeforeValidator:
    """A list whose items may be written as bare text, which stands for `{key: text}`."""

    def widen(value: object) -> object:
        items = [value] if isinstance(value, dict) else in_commas(value)
        if not isinstance(items, list):
            return items
        return [{key: item} if isinstance(item, str) else item for item in items]

    return BeforeValidator(widen)


def _under(key: str) -> BeforeValidator:
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


Moment = Annotated[datetime, PlainValidator(_moment)]
Slug = Annotated[Text, BeforeValidator(_slug)]
SitePath = Annotated[Text, BeforeValidator(_site_path)]
SitePaths = Annotated[tuple[SitePath, ...], BeforeValidator(one_or_many)]


class CreditShape(Shape):
    """An author's part: `greta-vance` or `{author: greta-vance, role: photography}`."""

    author: Text
    role: Role = "reporting"


class SourcingShape(Shape):
    """A source: `ambito` or `{source: ambito, url: https://…, relation: based-on}`."""

    source: Text
    url: WebUrl | None = None
    relation: Relation = "based-on"
    read: Moment | None = None
    expires: Moment | None = None


class CorrectionShape(Shape):
    """What was put right, when."""

    date: Moment
    kind: CorrectionKind
    text: Text


class SeriesShape(Shape):
    """A series by name, or `{name: …, part: 2}`."""

    name: Text
    part: int | None = Field(default=None, ge=1)


class ImageShape(Shape):
    """A picture; an empty `alt` says that it is decoration."""

    src: Annotated[Text, AfterValidator(_media)]
    alt: MaybeText
    caption: Text | None = None
    credit: Text | None = None
    source: Text | None = None
    licence: Text | None = None


class IngestedShape(Shape):
    """Where an article came from, written by `ssg ingest`."""

    raw: Text
    digest: Text
    guessed: Texts = ()


class LinkShape(Shape):
    """A link on an author's page."""

    title: Text
    url: Url


class _Document(Shape):
    lang: Language | None = None
    extra: dict[str, Any] = Field(default_factory=dict)


class ArticleShape(_Document):
    """`content/articles/YYYY/MM/slug.md`."""

    id: Text | None = None
    title: Text
    kicker: Text | None = None
    standfirst: Text | None = None
    slug: Slug | None = None
    date: Moment
    updated: Moment | None = None
    expires: Moment | None = None
    draft: bool = False
    authors: Annotated[tuple[CreditShape, ...], _each_under("author")] = ()
    sources: Annotated[tuple[SourcingShape, ...], _each_under("source")] = ()
    section: Text | None = None
    tags: Annotated[Texts, BeforeValidator(in_commas)] = ()
    series: Annotated[SeriesShape | None, _under("name")] = None
    image: ImageShape | None = None
    canonical_url: WebUrl | None = None
    licence: Text | None = None
    aliases: SitePaths = ()
    corrections: Annotated[tuple[CorrectionShape, ...], BeforeValidator(one_or_many)] = ()
    kind: Kind = "news"
    dateline: Text | None = None
    ingest: IngestedShape | None = None

    @field_validator("expires")
    @classmethod
    def _after_date(cls, expires: datetime | None, info: ValidationInfo) -> datetime | None:
        begins = info.data.get("date")
        if expires and begins and expires <= begins:
            raise refuse(WRONG, "the article would expire before it is published")
        return expires


class AuthorShape(_Document):
    """`content/authors/slug.md`; the body is the bio."""

    name: Text
    display_as: Text | None = None
    aliases: Texts = ()
    kind: AuthorKind = "person"
    role: Text | None = None
    beat: Text | None = None
    email: Text | None = None
    links: Annotated[tuple[LinkShape, ...], BeforeValidator(one_or_many)] = ()
    photo: ImageShape | None = None
    order: int | None = None
    ingest: IngestedShape | None = None


class SourceShape(_Document):
    """`content/sources/slug.md`; the body says what the source is."""

    name: Text
    aliases: Texts = ()
    url: WebUrl | None = None
    kind: SourceKind = "other"
    licence: Text | None = None
    feed_url: WebUrl | None = None
    licence_url: Url | None = None
    credit_line: Text | None = None
    indexing: Indexing = "index"
    territory: Text | None = None
    expires_after: int | None = Field(default=None, ge=1)
    ingest: IngestedShape | None = None


class SectionShape(_Document):
    """`content/sections/slug.md`."""

    title: Text
    description: Text | None = None
    order: int = 0


class StaticPageShape(_Document):
    """`content/pages/slug.md`."""

    title: Text
    description: Text | None = None
    draft: bool = False
    aliases: SitePaths = ()


class PickShape(Shape):
    """A story of `content/home.toml`."""

    id: Text
    until: Moment | None = None


class TombstoneShape(Shape):
    """An address of `content/retired.toml`."""

    url: SitePath
    reason: Text
    date: Moment | None = None


class RetiredShape(Shape):
    """`content/retired.toml`."""

    page: tuple[TombstoneShape, ...] = ()


class HomeShape(Shape):
    """`content/home.toml`."""

    lead: tuple[PickShape, ...] = ()
    follow: tuple[PickShape, ...] = ()
