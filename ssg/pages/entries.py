"""Entries of feeds: a story, or a correction, as its readers are told of it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ssg.model import Article, Byline, Picture, SourceCredit
from ssg.pages.addresses import article_place
from ssg.pages.feed_views import FeedAuthor, FeedEntry, FeedNote, FeedSource
from ssg.pages.frame import Frame
from ssg.pages.parts import corrections_of, is_retracted, iso, updated_of


def entry_of(
    article: Article,
    bylines: Iterable[Byline],
    sources: Iterable[SourceCredit],
    tags: Iterable[str],
    picture: Picture | None,
    frame: Frame,
) -> FeedEntry:
    """A story without its body. Of one that was retracted, the headline and the reason."""
    at, published = frame.at, iso(article.date, frame.zone)
    gone = is_retracted(article)
    return FeedEntry(
        id=article.id,
        url=at.absolute(at.url(article_place(article))),
        title=article.title,
        lang=article.lang,
        published=published,
        updated=updated_of(article, frame.zone) or published,
        authors=authors_of(bylines, frame),
        sources=tuple(map(_source, sources)),
        summary=None if gone else article.standfirst or article.body.facts.excerpt or None,
        tags=tuple(tags),
        picture=replace(picture, url=at.absolute(picture.url)) if picture else None,
        notes=notes_of(article, frame),
        rights=article.licence,
    )


def authors_of(bylines: Iterable[Byline], frame: Frame) -> tuple[FeedAuthor, ...]:
    """Who is credited, each once: who has two parts in a story is still one author."""
    found = (FeedAuthor(byline.name, frame.at.absolute(byline.url)) for byline in bylines)
    return tuple(dict.fromkeys(found))


def _source(credit: SourceCredit) -> FeedSource:
    return FeedSource(
        name=credit.name,
        relation=credit.relation,
        url=credit.story_url or credit.site_url,
        feed=credit.feed_url,
        credit_line=credit.credit_line,
    )


def notes_of(article: Article, frame: Frame) -> tuple[FeedNote, ...]:
    """What was put right in a story, in the order it was written down."""
    return tuple(
        FeedNote(note.kind, frame.correction_kinds[note.kind], note.date, note.text)
        for note in corrections_of(article, frame.zone)
    )


def correction_entry(
    article: Article, number: int, publisher: FeedAuthor, frame: Frame
) -> FeedEntry:
    """One correction as an entry of its own; `number` is its place in the article's list, which
    is only ever added to, so that the id stays.
    """
    note = notes_of(article, frame)[number]
    at = frame.at
    return FeedEntry(
        id=f"{article.id}#correction-{number + 1}",
        url=at.absolute(at.url(article_place(article))),
        title=f"{note.label}: {article.title}",
        lang=article.lang,
        published=note.date,
        updated=note.date,
        authors=(publisher,),
        notes=(note,),
    )
