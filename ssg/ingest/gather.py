"""From claims to fields: which of them win, and the receipts of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ssg.ingest.claims import (
    Bio,
    Claim,
    Kicker,
    LeftOut,
    Origin,
    Printed,
    Standfirst,
    Title,
    Value,
    View,
    Writer,
)
from ssg.ingest.escape import escape_paragraph, fold
from ssg.ingest.guess import guessed_title
from ssg.ingest.harvest import FoundAuthor, FoundSource, Harvest, Receipt
from ssg.ingest.mend import Mended
from ssg.ingest.names import same_person, source_identity
from ssg.ingest.prose import body_markdown, paragraph_text
from ssg.ingest.typography import Typography, typeset

_FIELDS: Final[dict[type[Value], str]] = {
    Title: "title",
    Kicker: "kicker",
    Standfirst: "standfirst",
    Printed: "date",
    Writer: "authors",
    Bio: "bios",
    Origin: "sources",
    LeftOut: "left_out",
}
# Publication before update; among equals the surest, then the first.
_RANK = {"published": 2, "bare": 1, "updated": 0}
_GUESS = 0.2
_MARKS = "*_[]\u2022 \t\u00a0\u3000"
_ASTERISK = re.compile(r"^\(\*{1,3}\)\s*")
_BRACKETS = {("(", ")"), ("\uff08", "\uff09"), ("\u3010", "\u3011")}


def gather(view: View, page: Mended, lang: str, custom: Typography | None) -> Harvest:
    """The fields of a page, from what the rules claimed and what they left. What a reader
    reads as text is set after the custom; names stay as they are spelled.
    """
    held = tuple(claim for claim in view.claims if claim.holds)
    authors = _authors(held, custom)
    date, updated = _dates(held)
    printed = _title(held)
    guess = _guess(view, page) if printed is None else None
    title = fold(printed) if printed else guess[0] if guess else None
    receipts = _receipts(page, held)
    if guess:
        receipts["title"] = (guess[1],)
    return Harvest(
        title=typeset(title, custom) if title else None,
        title_is_guess=guess is not None,
        date=date,
        authors=authors,
        sources=_sources(held),
        lang=lang,
        body=body_markdown(page.text, view.free, custom),
        receipts=receipts,
        updated=updated,
        kicker=_first_text(held, Kicker, custom),
        standfirst=_first_text(held, Standfirst, custom),
        doubts=_receipts(page, [claim for claim in view.claims if not claim.holds]),
    )


def _title(held: Iterable[Claim]) -> str | None:
    """The headline; the subject of a letter only where the text has none."""
    titles = [
        (claim.confidence, claim.value.text) for claim in held if isinstance(claim.value, Title)
    ]
    return max(titles, key=lambda one: one[0], default=(0, None))[1]


def _first_text(
    held: Iterable[Claim], kind: type[Kicker | Standfirst], custom: Typography | None
) -> str | None:
    texts = (fold(claim.value.text) for claim in held if isinstance(claim.value, kind))
    return next((typeset(text, custom) for text in texts), None)


def _receipts(page: Mended, claims: Iterable[Claim]) -> dict[str, tuple[Receipt, ...]]:
    receipts: dict[str, list[Receipt]] = {}
    for claim in sorted(claims, key=lambda claim: claim.start):
        receipt = _receipt(page, claim.start, claim.end, claim.rule, claim.confidence)
        receipts.setdefault(_field(claim.value), []).append(receipt)
    return {field: tuple(found) for field, found in receipts.items()}


def _field(value: Value) -> str:
    if isinstance(value, Printed) and value.kind == "updated":
        return "updated"
    return _FIELDS[type(value)]


def _receipt(page: Mended, start: int, end: int, rule: str, confidence: float) -> Receipt:
    start, end = page.span(start, end)
    return Receipt(start, end, page.original[start:end], rule, confidence)


def _guess(view: View, page: Mended) -> tuple[str, Receipt] | None:
    """A headline from the first paragraph of the body, if there is a body."""
    first = next((b for b in view.free if b.is_prose), view.free[0] if view.free else None)
    if first is None:
        return None
    title, _, end = guessed_title(paragraph_text(page.text, first), view.language)
    until = min(first.end, first.start + end)
    return title, _receipt(page, first.start, until, "title.first-sentence", _GUESS)


def _authors(held: tuple[Claim, ...], custom: Typography | None) -> tuple[FoundAuthor, ...]:
    """Everyone credited, in order of credit, each with the biography that names them."""
    bios: dict[str, list[str]] = {}
    people: dict[str, FoundAuthor] = {}
    for writer in _writers(held):
        if not any(same_person(writer.name, name) for name in people):
            people[writer.name] = writer
    for claim in held:
        if isinstance(claim.value, Bio):
            name = _subject(claim.value, people)
            if name:
                people.setdefault(name, FoundAuthor(name))
                bios.setdefault(name, []).append(claim.value.text)
    return tuple(
        FoundAuthor(name, _bio_markdown(bios.get(name, []), custom), person.role)
        for name, person in people.items()
    )


def _writers(held: tuple[Claim, ...]) -> Iterator[FoundAuthor]:
    for claim in sorted(held, key=lambda claim: claim.start):
        if isinstance(claim.value, Writer):
            yield FoundAuthor(fold(claim.value.name), role=claim.value.role)


def _subject(bio: Bio, people: dict[str, FoundAuthor]) -> str | None:
    """Who a biography is of; one without a name is the first author's."""
    if bio.name is None:
        return next(iter(people), None)
    name = fold(bio.name)
    return next((known for known in people if same_person(known, name)), name)


def _bio_markdown(texts: list[str], custom: Typography | None) -> str | None:
    paragraphs = [escape_paragraph(typeset(fold(_unmarked(text)), custom)) for text in texts]
    return "\n\n".join(filter(None, paragraphs)) or None


def _unmarked(text: str) -> str:
    """Without the brackets or stars that set a biography off from the article."""
    bare = _ASTERISK.sub("", text.strip()).strip(_MARKS)
    opening, closing = bare[:1], bare[-1:]
    return bare[1:-1] if (opening, closing) in _BRACKETS else bare


def _dates(held: tuple[Claim, ...]) -> tuple[str | None, str | None]:
    """When it was published, and when updated if that was printed as well."""
    printed = [(claim.value, claim) for claim in held if isinstance(claim.value, Printed)]
    if not printed:
        return None, None
    best, _ = max(printed, key=lambda p: (_RANK[p[0].kind], p[1].confidence, -p[1].start))
    updates = [value.iso for value, _ in printed if value.kind == "updated"]
    later = [iso for iso in updates if iso[:10] >= best.iso[:10] and iso != best.iso]
    return best.iso, max(later, default=None)


def _sources(held: tuple[Claim, ...]) -> tuple[FoundSource, ...]:
    """Everybody credited as a source, once each, as they were first named most surely."""
    found: dict[str, FoundSource] = {}
    for claim in sorted(held, key=lambda claim: (-claim.confidence, claim.start)):
        if isinstance(claim.value, Origin):
            value = claim.value
            key = source_identity(value.name)
            before = found.get(key, FoundSource(fold(value.name), None, value.relation))
            url = before.url or value.url
            found[key] = FoundSource(before.name, url, before.relation)
    return tuple(_with_addresses(list(found.values())))


def _with_addresses(sources: list[FoundSource]) -> Iterator[FoundSource]:
    """A source that is known only by an address is the named one whose address it can be."""
    nameless = [one for one in sources if one.url and one.name in one.url]
    for source in sources:
        if source in nameless and _named(source, sources):
            continue
        if source.url is None:
            address = next((one for one in nameless if _named(one, [source])), None)
            yield FoundSource(source.name, address.url if address else None, source.relation)
        else:
            yield source


def _named(nameless: FoundSource, sources: list[FoundSource]) -> FoundSource | None:
    """The source without an address whose name the host of this one holds."""
    host = re.sub(r"\W", "", nameless.name.lower())
    others = [one for one in sources if one.url is None]
    return next(
        (one for one in others if re.sub(r"\W", "", source_identity(one.name)) in host), None
    )
