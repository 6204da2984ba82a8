"""Licences: until when a story may be read here, as the sources say that it rests on.

An agency's copy may often stand for some days or weeks only. What is bought is the words, so a
source's term binds the stories that have words of it; a term that an article states itself binds
that article whatever its relation to the source is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from ssg.content.references import place_of_key
from ssg.faults import Fault
from ssg.model import Article, Lapsed, Relation, Source, Sourcing

#: Relations in which words of the source stand in the story.
SUPPLIED: Final[frozenset[Relation]] = frozenset({"republished", "with-material-from"})


def lapse_of(article: Article, sources: Mapping[str, Source]) -> Lapsed | None:
    """The first licence of a story that ends, if one does: whose, and when."""
    ends = (
        Lapsed(article, sourcing.source, end)
        for sourcing in article.sources
        for end in (_end(article, sourcing, sources[sourcing.source]),)
        if end
    )
    return min(ends, key=lambda lapsed: lapsed.since, default=None)


def _end(article: Article, sourcing: Sourcing, source: Source) -> datetime | None:
    if sourcing.expires or source.expires_after is None or sourcing.relation not in SUPPLIED:
        return sourcing.expires
    try:
        return article.date + timedelta(days=source.expires_after)
    except OverflowError:  # later than any clock can show
        return None


def bounded(
    articles: Iterable[Article], sources: Iterable[Source], text_of: Callable[[str], str]
) -> Iterator[Fault]:
    """A note for each source whose words may not be shown everywhere, and stand in a story."""
    limited = {source.id: source for source in sources if source.territory}
    if not limited:
        return
    used = {
        sourcing.source
        for article in articles
        if not article.draft
        for sourcing in article.sources
        if sourcing.relation in SUPPLIED
    }
    for source in (limited[id_] for id_ in sorted(limited.keys() & used)):
        message = f"stories of {source.name} may be shown in {source.territory} only"
        hint = "a page on the web is seen everywhere: let your host keep other readers from them"
        place = place_of_key(source.path, ("territory",), text_of)
        yield Fault("N310", message, place, hint)
