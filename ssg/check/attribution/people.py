"""Who is credited: somebody is, and their page is there and says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ssg.check.attribution.reading import Paper
from ssg.check.attribution.said import Person, Story
from ssg.faults import Fault, Place

#: For each output the names of whom it says it is about, by form; none for what is no profile.
Profiles = Mapping[str, Mapping[str, str | None]]


def wrong_people(story: Story, profiles: Profiles, paper: Paper, folder: str) -> Iterator[Fault]:
    """Credits to nobody, to a page that is not there, to a page of somebody else."""
    place = Place(f"{folder}/{story.path}")
    if not story.people:
        hint = 'a byline links to each author with rel="author": see docs/reference/theme.md'
        yield Fault("E811", "the story is credited to nobody", place, hint)
    if story.publisher not in {None, paper.publisher}:
        message = f'JSON-LD names "{story.publisher}" as publisher, not "{paper.publisher}"'
        yield Fault("E811", message, place)
    for person in dict.fromkeys(story.people):
        yield from _wrong_person(person, profiles, paper, story, folder)
    for url in dict.fromkeys(story.source_pages):
        if paper.path(url) not in profiles:
            yield Fault("E812", f"there is no page of the source at {url}", place)


def _wrong_person(
    person: Person, profiles: Profiles, paper: Paper, story: Story, folder: str
) -> Iterator[Fault]:
    place = Place(f"{folder}/{story.path}")
    path = paper.path(person.url) or ""
    if not path.startswith("authors/"):
        if person.name != paper.publisher:
            message = f'"{person.name}" is credited: neither an author nor the publisher'
            yield Fault("E811", message, place)
        elif path and path not in profiles:
            yield Fault("E812", f"there is no page of the publisher at {person.url}", place)
    elif path not in profiles:
        yield Fault("E812", f'there is no page of "{person.name}" at {person.url}', place)
    else:
        for form, name in profiles[path].items():
            if name != person.name:
                says = f'"{name}"' if name else "nobody"
                message = f'"{person.name}" is credited with this page, whose {form} says {says}'
                yield Fault("E812", message, Place(f"{folder}/{path}"))
