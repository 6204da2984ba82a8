"""Parts of views: what bylines, source credits, teasers and profiles show of documents.

Each function gets the values it shows and nothing more, so that a part follows the changes
of what it shows and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from math import ceil
from typing import Any, get_args
from zoneinfo import ZoneInfo

from ssg.model import (
    RELATIONS,
    Article,
    Author,
    AuthorKind,
    Byline,
    CorrectionNote,
    Direction,
    Html,
    Image,
    Indexing,
    Link,
    Media,
    Picture,
    Profile,
    Prose,
    Relation,
    Section,
    Source,
    SourceCredit,
    Teaser,
)
from ssg.pages.addresses import Addresses, article_place, term_place

# ISO 639 codes of languages written from right to left (Unicode CLDR, `characterOrder`).
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
)

# From what leaves most to what leaves nothing.
_STRICTNESS: tuple[Indexing, ...] = get_args(Indexing)


#: How fast people read: words, and characters of languages that are written without spaces.
_WORDS_A_MINUTE = 238
_CHARACTERS_A_MINUTE = {"zh": 400, "ja": 500, "th": 900, "lo": 900, "km": 900, "my": 900}


def direction(lang: str) -> Direction:
    """How a language is written: `sr-Latn` is left to right, whatever `sr` is."""
    parts = lang.lower().split("-")
    if "latn" in parts:
        return "ltr"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT or {"arab", "hebr"} & set(parts) else "ltr"


def minutes_of(words: int, lang: str) -> int:
    """How many minutes a text takes to read, at least one where there is any.

    238 words a minute is the mean for plain English prose (Brysbaert 2019, a survey of 190
    studies); where a script has no spaces `words` counts characters, of which readers take in more.
    """
    pace = _CHARACTERS_A_MINUTE.get(lang.partition("-")[0], _WORDS_A_MINUTE)
    return ceil(words / pace)


def iso(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as views hold it: ISO 8601 with the offset of the site's time zone."""
    return moment.astimezone(zone).isoformat(timespec="seconds")


def free_keys(extra: Mapping[Any, object]) -> dict[str, object]:
    """Keys of the site's own as views hold them: in the order of their names and with times as
    text, since the digest of a view tells neither the order of keys nor how an instant is written.
    """
    return {str(key): _plain(extra[key]) for key in sorted(extra, key=str)}


def _plain(value: object) -> object:
    match value:
        case Mapping():
            return free_keys(value)
        case list() | tuple():
            return tuple(_plain(item) for item in value)
        case set() | frozenset():
            return tuple(sorted(map(_plain, value), key=str))
        case date() | time():
            return value.isoformat()
        case int() if not -(2**63) <= value < 2**64:  # MessagePack has no larger numbers
            return str(value)
        case _:
            return value


def section_link(section: Section, at: Addresses) -> Link:
    """A section by its title."""
    return Link(section.title, at.url(term_place("sections", section.id)))


def picture_of(image: Image | None, media: Mapping[str, Media], at: Addresses) -> Picture | None:
    """A picture with its size, where the file is ours."""
    if image is None:
        return None
    file = media.get(image.src)
    return Picture(
        url=at.media(image.src),
        alt=image.alt,
        width=file.width if file else None,
        height=file.height if file else None,
        caption=image.caption,
        credit=image.credit,
        source=image.source,
        licence=image.licence,
    )


def credit_line(picture: Picture) -> str:
    """Whose a picture is, as every output says it: "Sam Okoro / Ambito"."""
    return " / ".join(part for part in (picture.credit, picture.source) if part)


def bylines_of(
    article: Article, authors: Mapping[str, Author], organization: Link, at: Addresses
) -> tuple[Byline, ...]:
    """Who is credited; the organisation where the article names nobody.

    A byline says each role once, so those who share one stand together, roles and people in the
    order in which the article first names them. Every output has this order.
    """
    if not article.credits:
        kind: AuthorKind = "organization"
        return (Byline(organization.name, organization.url, kind=kind),)
    roles = list(dict.fromkeys(credit.role for credit in article.credits))
    # Two who write under one name are one to readers.
    return tuple(
        dict.fromkeys(
            Byline(
                name=author.name,
                url=at.url(term_place("authors", author.slug)),
                role=credit.role,
                kind=author.kind,
            )
            for credit in sorted(article.credits, key=lambda credit: roles.index(credit.role))
            for author in (authors[credit.author],)
        )
    )


def source_credits_of(
    article: Article, sources: Mapping[str, Source], at: Addresses, zone: ZoneInfo
) -> tuple[SourceCredit, ...]:
    """What the article rests on, in order, with what each licence asks for."""
    return tuple(
        SourceCredit(
            name=source.name,
            url=at.url(term_place("sources", source.id)),
            relation=sourcing.relation,
            story_url=sourcing.url,
            read=iso(sourcing.read, zone) if sourcing.read else None,
            site_url=source.url,
            kind=source.kind,
            licence=source.licence,
            licence_url=source.licence_url and at.site(source.licence_url),
            credit_line=source.credit_line,
            feed_url=source.feed_url,
            territory=source.territory,
        )
        for sourcing in article.sources
        for source in (sources[sourcing.source],)
    )


def relation_to(article: Article, source: str) -> Relation:
    """How a story draws on a source: where it does so in several ways, the closest."""
    found = {item.relation for item in article.sources if item.source == source}
    return min(found, key=RELATIONS.index)


def indexing_of(article: Article, sources: Mapping[str, Source]) -> Indexing:
    """What search engines may do with a story: the least that one of its sources allows."""
    allowed = (sources[sourcing.source].indexing for sourcing in article.sources)
    return max(allowed, key=_STRICTNESS.index, default="index")


def teaser_of(
    article: Article,
    bylines: tuple[Byline, ...],
    section: Link | None,
    picture: Picture | None,
    at: Addresses,
    zone: ZoneInfo,
    retracted: str,
) -> Teaser:
    """A story as lists show it; without a standfirst its first sentences stand in for one. Of a
    story that was retracted the headline stays, with `retracted` over it.
    """
    gone = is_retracted(article)
    return Teaser(
        url=at.url(article_place(article)),
        title=article.title,
        published=iso(article.date, zone),
        kicker=retracted if gone else article.kicker,
        standfirst=None if gone else article.standfirst or article.body.facts.excerpt or None,
        updated=updated_of(article, zone),
        kind=article.kind,
        lang=article.lang,
        dir=direction(article.lang),
        bylines=bylines,
        section=section,
        picture=picture,
    )


def is_retracted(article: Article) -> bool:
    """Whether the story should not have been published: a notice stands in its place."""
    return any(entry.kind == "retraction" for entry in article.corrections)


def updated_of(article: Article, zone: ZoneInfo) -> str | None:
    """When the story last changed for its readers, if that was after it was published."""
    changes = [entry.date for entry in article.corrections]
    latest = max([*changes, article.updated or article.date])
    return iso(latest, zone) if latest > article.date else None


def corrections_of(article: Article, zone: ZoneInfo) -> tuple[CorrectionNote, ...]:
    """What was put right, in the order it was written down."""
    return tuple(
        CorrectionNote(iso(entry.date, zone), entry.kind, entry.text)
        for entry in article.corrections
    )


def profile_of(author: Author, bio: Prose | Html, photo: Picture | None, at: Addresses) -> Profile:
    """An author as their page and their bio boxes show them."""
    return Profile(
        name=author.name,
        url=at.url(term_place("authors", author.slug)),
        bio=bio,
        kind=author.kind,
        role=author.role,
        beat=author.beat,
        email=author.email,
        links=tuple(Link(link.name, at.site(link.url)) for link in author.links),
        photo=photo,
        lang=author.lang,
        dir=direction(author.lang),
        extra=free_keys(author.extra),
    )
