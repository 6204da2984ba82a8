"""Pseudonyms: who readers see in the place of an author who does not want to be named.

`display_as` stands for the author everywhere. Where it is the name of an organisation that has a
file of its own ("Staff"), the work is credited to that organisation and stands on its page. What
readers get of such an author must not tell who it is: that is looked for here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from ssg.content.references import place_of_key
from ssg.faults import Fault, Place, place_at
from ssg.frontmatter import Document, parse, place_of
from ssg.model import Author
from ssg.slugs import slugify

#: A name run together is looked for within words when it is too long to be there by chance.
_TELLING: Final = 8

Keys = tuple[str | int, ...]

_WORD = re.compile(r"\w+")


def names_of(
    name: str, display_as: str | None, file_name: str, lang: str
) -> tuple[str, str, str | None]:
    """The name and the slug that readers see, and the name that they do not."""
    if display_as is None:
        return name, file_name, None
    hidden = None if _words(display_as) == _words(name) else name
    return display_as, slugify(display_as, lang), hidden


def shown_as(authors: Iterable[Author]) -> dict[str, Author]:
    """Who is credited for whom, by id: an author, or the organisation whose name they use."""
    known = {author.id: author for author in authors}
    return {id_: _house_of(author, known) or author for id_, author in known.items()}


def _house_of(author: Author, known: Mapping[str, Author]) -> Author | None:
    if author.slug == author.id:
        return None
    other = known.get(author.slug)
    return other if other and other.kind == "organization" and other.slug == other.id else None


def check_names(authors: Iterable[Author], text_of: Callable[[str], str]) -> Iterator[Fault]:
    """The authors whose chosen name is that of somebody else."""
    known = {author.id: author for author in authors}
    first = {author.slug: author for author in known.values() if author.slug == author.id}
    for author in known.values():
        if author.slug == author.id or _house_of(author, known):
            continue
        other = first.setdefault(author.slug, author)
        if other is not author:
            message = f'"{author.name}" is the name of {other.path} as well'
            hint = f"choose another name, or write content/authors/{author.slug}.md"
            hint += " with kind: organization, whose page all of them share"
            if other.slug == other.id:
                hint = "choose another name; only that of an organisation can be shared"
            yield Fault("E311", message, place_of_key(author.path, ("display_as",), text_of), hint)


def check_secrets(authors: Iterable[Author], text_of: Callable[[str], str]) -> Iterator[Fault]:
    """Where the files of authors under other names would tell readers who they are."""
    known = {author.id: author for author in authors}
    for author in known.values():
        if author.real_name is not None and not _house_of(author, known):
            yield from _check_secret(author, text_of(author.path))


def _check_secret(author: Author, text: str) -> Iterator[Fault]:
    document = parse(author.path, text)
    if not isinstance(document, Document):
        return
    names = secrets_of(author)
    for keys, value in texts_in(document.values):
        if keys[0] not in _UNSEEN and tells(value, names):
            yield _told(author, place_of(document, keys))
    if tells(document.body, names):
        at = len(text) - len(document.body)
        at += max(document.body.casefold().find(names[0].casefold()), 0)
        yield _told(author, place_at(author.path, text, at))


#: Keys that no output shows.
_UNSEEN: Final = frozenset({"name", "aliases", "ingest"})


def _told(author: Author, place: Place) -> Fault:
    message = f'this would tell readers who "{author.name}" is'
    hint = "leave the real name and the file's name out of what is shown, or take display_as away"
    return Fault("E310", message, place, hint)


def secrets_of(author: Author) -> tuple[str, ...]:
    """What readers must not be told of an author: the real name and the name of the file, unless
    that is the chosen name, too.
    """
    if author.real_name is None:
        return ()
    return (author.real_name,) if author.id == author.slug else (author.real_name, author.id)


def tells(text: str, names: Iterable[str]) -> bool:
    """Whether a text has one of these names in it, in whatever spelling."""
    words = _words(text)
    run_together = "".join(words)
    secrets = tuple(filter(None, map(_words, names)))
    return any(
        _holds(words, secret)
        or (len("".join(secret)) >= _TELLING and "".join(secret) in run_together)
        for secret in secrets
    )


def _holds(words: tuple[str, ...], some: tuple[str, ...]) -> bool:
    last = len(words) - len(some)
    return any(words[at : at + len(some)] == some for at in range(last + 1))


def _words(text: str) -> tuple[str, ...]:
    """A text as it would stand in an address, so that no spelling of a name is another name."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).replace("_", " "))
    return tuple(part for word in found for part in slugify(word).split("-"))


def texts_in(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text in front matter, with where it stands."""
    match value:
        case str():
            yield keys, value
        case dict():
            for key, item in value.items():
                yield from texts_in(item, (*keys, key))
        case list():
            for number, item in enumerate(value):
                yield from texts_in(item, (*keys, number))
        case _:
            return
