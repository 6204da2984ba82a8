"""The proof of attribution: reads the output and holds every form of every credit to the others.

Nothing is taken from the code that wrote a page: each form is parsed as a browser, a feed reader
or a search engine would parse it. Beside the output, only what the configuration states of the
paper is known: its address and who publishes it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ssg.check.attribution.channels import strange_entries, unequal_feeds
from ssg.check.attribution.comparing import disagreements
from ssg.check.attribution.feeds import READERS, read_feed
from ssg.check.attribution.page import holds_a_story, leads_on, parsed, profile_names, read_story
from ssg.check.attribution.people import Profiles, wrong_people
from ssg.check.attribution.reading import Paper, is_article, is_profile
from ssg.check.attribution.said import FORMS, Feed, Form, Item, Story
from ssg.check.attribution.words import other_words
from ssg.faults import Fault, Place

if TYPE_CHECKING:
    from ssg.config import Config

#: Whose entries are about corrections, and credited to who corrects.
_CORRECTIONS: Final = "corrections/"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was compared: how many articles, each form in how many of them, how many feeds."""

    articles: int
    feeds: int
    forms: Mapping[Form, int]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The output as it was read; stories and entries of feeds by the paths of their pages."""

    folder: str
    stories: Mapping[str, Story]
    feeds: tuple[Feed, ...]
    entries: Mapping[str, list[Item]]
    profiles: Profiles


def attribution_faults(output: Path, config: Config) -> tuple[Fault, ...]:
    """Every credit in the output that one form states and another does not."""
    return prove(output, config).faults


def prove(output: Path, config: Config) -> Proof:
    """Compares every form of every article in an output folder.

    Faults name files as `output/…`. A folder without articles proves nothing, and that is told.
    """
    company = config.organization
    paper = Paper(config.base_url, company.name if company else config.title)
    found = _read(output, paper)
    return Proof(
        articles=len(found.stories),
        feeds=len(found.feeds),
        forms=_counted(found),
        faults=tuple(dict.fromkeys(_faults(found, paper))),
    )


def _counted(found: _Evidence) -> Mapping[Form, int]:
    counts: Counter[Form] = Counter()
    for path, story in found.stories.items():
        said = (*story.said, *(entry.said for entry in found.entries.get(path, ())))
        counts.update(list(dict.fromkeys(one.form for one in said)))
    return {form: counts[form] for form in FORMS if counts[form]}


def _faults(found: _Evidence, paper: Paper) -> Iterator[Fault]:
    folder = found.folder
    if not found.stories:
        hint = "ssg build makes the output"
        yield Fault("E815", f"{folder}/ holds no article: there is nothing to prove", None, hint)
    for path, message in _unread(found):
        yield Fault("E813", message, Place(f"{folder}/{path}"))
    for path, story in found.stories.items():
        yield from disagreements(story, found.entries.get(path, ()), folder)
        yield from wrong_people(story, found.profiles, paper, folder)
    yield from other_words(chain.from_iterable(s.wordings for s in found.stories.values()), folder)
    yield from unequal_feeds(found.feeds, folder)
    yield from strange_entries(found.feeds, found.stories, paper, folder)


def _unread(found: _Evidence) -> Iterator[tuple[str, str]]:
    """What could not be read or makes no sense by itself: the file, and why."""
    for story in found.stories.values():
        yield from ((story.path, message) for message in story.unread)
    for feed in found.feeds:
        yield from ((feed.path, message) for message in feed.unread)
        yield from ((feed.path, message) for item in feed.items for message in item.unread)


# --- the output -----------------------------------------------------------------------------


def _read(output: Path, paper: Paper) -> _Evidence:
    files = (path for path in output.rglob("*") if path.is_file())
    paths = sorted(path.relative_to(output).as_posix() for path in files)
    feeds = tuple(_feeds(output, paths, paper))
    return _Evidence(
        folder=output.name,
        stories={story.path: story for story in _stories(output, paths, paper)},
        feeds=feeds,
        entries=_by_page(feeds, paper),
        profiles={path: _profile(output, path) for path in paths},
    )


def _stories(output: Path, paths: list[str], paper: Paper) -> Iterator[Story]:
    for path in filter(is_article, paths):
        tree = parsed((output / path).read_bytes())
        if holds_a_story(tree):
            yield read_story(path, tree, paper)


def _feeds(output: Path, paths: list[str], paper: Paper) -> Iterator[Feed]:
    for path in paths:
        if path.rpartition("/")[2] in READERS:
            yield read_feed(path, (output / path).read_bytes(), paper)


def _by_page(feeds: tuple[Feed, ...], paper: Paper) -> Mapping[str, list[Item]]:
    entries: dict[str, list[Item]] = defaultdict(list)
    for feed in feeds:
        if not feed.path.startswith(_CORRECTIONS):
            for item in feed.items:
                entries[paper.path(item.url) or ""].append(item)
    return entries


def _profile(output: Path, path: str) -> Mapping[str, str | None]:
    if not is_profile(path):
        return {}
    tree = parsed((output / path).read_bytes())
    return {} if leads_on(tree) else profile_names(tree)
