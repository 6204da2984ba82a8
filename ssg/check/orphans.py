"""Orphans and thin pages: what was made and is not used, or holds next to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ssg.check.material import Written
from ssg.content import Documents
from ssg.faults import Fault, Place
from ssg.model import Article

#: Fewer words than the shortest of news in brief.
THIN: Final = 40


def orphans(documents: Documents) -> Iterator[Fault]:
    """Authors, sources and sections that no article names, drafts included."""
    articles = documents.articles
    authors = {credit.author for article in articles for credit in article.credits}
    sources = {sourcing.source for article in articles for sourcing in article.sources}
    sections = {article.section for article in articles}
    hint = "remove the file, or name it where it belongs"
    for author in documents.authors:
        if author.id not in authors:
            yield Fault("N903", f"no article credits {author.name}", Place(author.path), hint)
    for source in documents.sources:
        if source.id not in sources:
            yield Fault("N904", f"no article rests on {source.name}", Place(source.path), hint)
    for section in documents.sections:
        if section.id not in sections:
            yield Fault("N905", f"no article is in {section.title}", Place(section.path), hint)


def thin(written: Written) -> Iterator[Fault]:
    """An article of so few words that a reader who followed a link to it feels cheated."""
    article = written.document
    if not isinstance(article, Article) or any(
        correction.kind == "retraction" for correction in article.corrections
    ):  # of which readers see the reason, and not the text
        return
    if article.body.facts.words < THIN:
        hint = "say more, or make it a paragraph of another article"
        message = f"the article has {article.body.facts.words} words"
        yield Fault("N902", message, written.place_of("title"), hint)
