"""Ordinary documents: well-formed front matter to a noun, without YAML and without pydantic.

`RECORDS` says for each key of each kind of document what it may hold. A rule takes what is
beyond doubt and gives what the shapes of `ssg.content.shape` would; everything else it leaves
to them, and so it has no words for what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, get_args

from msgspec import Struct

from ssg.content.files import AnyDocument, File, body_of
from ssg.content.limits import excess
from ssg.content.moments import NoMoment, read_moment
from ssg.content.pseudonyms import names_of
from ssg.content.references import is_site_path, media_path
from ssg.frontmatter import plain_values
from ssg.model import (
    Article,
    Author,
    AuthorKind,
    Body,
    Correction,
    CorrectionKind,
    Credit,
    Image,
    Indexing,
    Ingested,
    Kind,
    Link,
    Relation,
    Role,
    Section,
    SeriesPart,
    Source,
    SourceKind,
    Sourcing,
    StaticPage,
)
from ssg.slugs import is_slug
from ssg.texts import is_language, one_line, parted
from ssg.urls import is_web, url_kind

Fields = dict[str, Any]
Rule = Callable[[Any, File], Any]


class _Unusual(Exception):  # noqa: N818
    """Not what nearly all files hold: perhaps wrong, perhaps not."""


class Record(Struct, frozen=True):
    """What a mapping becomes: made of fields that rules give, of which some must be there."""

    make: Callable[..., Any]
    required: frozenset[str]
    rules: Mapping[str, Rule]

    def fields(self, values: Any, file: File) -> Fields:
        """The fields for `make`. Raises `_Unusual` and `NoMoment`."""
        if type(values) is not dict or not self.required <= values.keys():
            raise _Unusual
        fields: Fields = {}
        for key, value in values.items():
            rule = self.rules.get(key)
            if rule is None:
                raise _Unusual
            field: str = _FIELDS.get(key) or key
            fields[field] = rule(value, file)
        return fields


#: Keys that fill a field of another name.
_FIELDS: Final[dict[str, str]] = {"authors": "credits", "ingest": "ingested"}


def read_ordinary(file: File, text: str) -> AnyDocument | None:
    """The document in a content file, or None where the file has to be read in full."""
    found = plain_values(text)
    if found is None:
        return None
    values, body, line = found
    if excess(body) is not None:
        return None
    record = RECORDS[file.kind]
    try:
        fields = record.fields(values, file)
        fields.setdefault("lang", file.config.lang)
        document: AnyDocument = record.make(file, fields, body_of(body, line))
    except (_Unusual, NoMoment):
        return None
    return document


# --- rules: a value beyond doubt, or `_Unusual` -------------------------------------------


def _text(value: Any, _: File) -> str:
    if type(value) is not str or not (clean := one_line(value)):
        raise _Unusual
    return clean


def _maybe_text(value: Any, _: File) -> str:
    if type(value) is not str:
        raise _Unusual
    return one_line(value)


def _moment(value: Any, file: File) -> datetime:
    return read_moment(value, file.zone)


def _where(is_right: Callable[[str], bool]) -> Rule:
    """A text of which something holds, once it is clean."""

    def rule(value: Any, file: File) -> str:
        text = _text(value, file)
        if text != value or not is_right(text):
            raise _Unusual
        return text

    return rule


def _media(value: Any, file: File) -> str:
    path = media_path(file.path, _text(value, file))
    if path is None:
        raise _Unusual
    return path


def _one_of(words: Any) -> Rule:
    allowed = frozenset(get_args(words))

    def rule(value: Any, _: File) -> str:
        if type(value) is not str or value not in allowed:
            raise _Unusual
        return value

    return rule


def _number(least: int | None = None) -> Rule:
    def rule(value: Any, _: File) -> int:
        if type(value) is not int or (least is not None and value < least):
            raise _Unusual
        return value

    return rule


def _flag(value: Any, _: File) -> bool:
    if type(value) is not bool:
        raise _Unusual
    return value


def _mapping(value: Any, _: File) -> Fields:
    if type(value) is not dict:
        raise _Unusual
    return value


def _each(of_item: Rule, *, by_commas: bool = False) -> Rule:
    """A list; bare text stands for one item, or for several that commas part."""

    def rule(value: Any, file: File) -> tuple[Any, ...]:
        if type(value) is str:
            items = parted(value) if by_commas else [value]
        elif type(value) is list:
            items = value
        else:
            raise _Unusual
        return tuple([of_item(item, file) for item in items])

    return rule


def _record(make: Callable[..., Any], required: str, **rules: Rule) -> Rule:
    record = Record(make, frozenset(required.split()), rules)
    return lambda value, file: make(**record.fields(value, file))


def _or_text(key: str, record: Rule) -> Rule:
    """Bare text stands for a record of which it is the value under `key`."""
    return lambda value, file: record({key: value} if type(value) is str else value, file)


def _link(title: str, url: str) -> Link:
    return Link(title, url)


def _is_for_readers(url: str) -> bool:
    return url_kind(url) not in {"refused", "relative"}


_slug = _where(is_slug)
_web = _where(is_web)
_url = _where(_is_for_readers)
_language = _where(is_language)
_site_path = _where(is_site_path)
_texts = _each(_text)

_credit = _record(Credit, "author", author=_text, role=_one_of(Role))
_sourcing = _record(
    Sourcing,
    "source",
    source=_text,
    url=_web,
    relation=_one_of(Relation),
    read=_moment,
    expires=_moment,
)
_correction = _record(
    Correction, "date kind text", date=_moment, kind=_one_of(CorrectionKind), text=_text
)
_series = _record(SeriesPart, "name", name=_text, part=_number(1))
_image = _record(
    Image,
    "src alt",
    src=_media,
    alt=_maybe_text,
    caption=_text,
    credit=_text,
    source=_text,
    licence=_text,
)
_ingest = _record(Ingested, "raw digest", raw=_text, digest=_text, guessed=_texts)


# --- documents ----------------------------------------------------------------------------


def _article(file: File, fields: Fields, body: Body) -> Article:
    if "expires" in fields and fields["expires"] <= fields["date"]:
        raise _Unusual
    if "tags" in fields:
        fields["tags"] = tuple(dict.fromkeys(fields["tags"]))
    if "id" not in fields:
        fields["id"] = f"tag:{file.config.host},{file.year}:{file.month:02}/{file.name}"
    fields.setdefault("slug", file.name)
    return Article(path=file.path, year=file.year, month=file.month, body=body, **fields)


def _author(file: File, fields: Fields, body: Body) -> Author:
    display_as = fields.pop("display_as", None)
    fields["name"], fields["slug"], fields["real_name"] = names_of(
        fields["name"], display_as, file.name, fields["lang"]
    )
    return Author(path=file.path, id=file.name, body=body, **fields)


def _source(file: File, fields: Fields, body: Body) -> Source:
    return Source(path=file.path, id=file.name, body=body, **fields)


def _section(file: File, fields: Fields, body: Body) -> Section:
    return Section(path=file.path, id=file.name, body=body, **fields)


def _page(file: File, fields: Fields, body: Body) -> StaticPage:
    return StaticPage(path=file.path, slug=file.name, body=body, **fields)


#: What front matter may hold, by the kind of document.
RECORDS: Final = {
    "articles": Record(
        _article,
        frozenset({"title", "date"}),
        {
            "id": _text,
            "title": _text,
            "kicker": _text,
            "standfirst": _text,
            "slug": _slug,
            "date": _moment,
            "updated": _moment,
            "expires": _moment,
            "draft": _flag,
            "authors": _each(_or_text("author", _credit), by_commas=True),
            "sources": _each(_or_text("source", _sourcing), by_commas=True),
            "section": _text,
            "tags": _each(_text, by_commas=True),
            "series": _or_text("name", _series),
            "image": _image,
            "lang": _language,
            "canonical_url": _web,
            "licence": _text,
            "aliases": _each(_site_path),
            "corrections": _each(_correction),
            "kind": _one_of(Kind),
            "dateline": _text,
            "ingest": _ingest,
            "extra": _mapping,
        },
    ),
    "authors": Record(
        _author,
        frozenset({"name"}),
        {
            "name": _text,
            "display_as": _text,
            "aliases": _texts,
            "kind": _one_of(AuthorKind),
            "role": _text,
            "beat": _text,
            "email": _text,
            "links": _each(_record(_link, "title url", title=_text, url=_url)),
            "photo": _image,
            "order": _number(),
            "lang": _language,
            "ingest": _ingest,
            "extra": _mapping,
        },
    ),
    "sources": Record(
        _source,
        frozenset({"name"}),
        {
            "name": _text,
            "aliases": _texts,
            "url": _web,
            "kind": _one_of(SourceKind),
            "licence": _text,
            "feed_url": _web,
            "licence_url": _url,
            "credit_line": _text,
            "indexing": _one_of(Indexing),
            "territory": _text,
            "expires_after": _number(1),
            "lang": _language,
            "ingest": _ingest,
            "extra": _mapping,
        },
    ),
    "sections": Record(
        _section,
        frozenset({"title"}),
        {
            "title": _text,
            "description": _text,
            "order": _number(),
            "lang": _language,
            "extra": _mapping,
        },
    ),
    "pages": Record(
        _page,
        frozenset({"title"}),
        {
            "title": _text,
            "description": _text,
            "draft": _flag,
            "lang": _language,
            "aliases": _each(_site_path),
            "extra": _mapping,
        },
    ),
}
