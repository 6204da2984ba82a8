"""How each program wants an article to be written, and the files it needs beside them.

A format gives a path in the site and the text of the file. The words are the same for all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.corpus import AUTHORS, SECTIONS, SOURCES, Story, slug


@dataclass(frozen=True, slots=True)
class File:
    """A file of a site: its path in the site's folder, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Format:
    """What a program reads: a file for each story, and files that do not depend on them."""

    story: Callable[[Story], File]
    others: Callable[[Sequence[str]], Iterable[File]]


def write_site(folder: Path, wanted: Format, stories: Iterable[Story]) -> int:
    """Writes the stories and what belongs to them; says how many stories there were."""
    folders: dict[str, None] = {}
    written = 0
    for story in stories:
        file = wanted.story(story)
        _put(folder, file, folders)
        written += 1
    for file in wanted.others(tuple(folders)):
        _put(folder, file, {})
    return written


def _put(folder: Path, file: File, made: dict[str, None]) -> None:
    parent, _, _ = file.path.rpartition("/")
    if parent not in made:
        (folder / parent).mkdir(parents=True, exist_ok=True)
        made[parent] = None
    (folder / file.path).write_text(file.text, encoding="utf-8")


def _ours(story: Story) -> File:
    return File(
        f"content/articles/{story.date:%Y/%m}/{story.slug}.md",
        f"---\ntitle: {_quoted(story.title)}\ndate: {_moment(story)}\n"
        f"standfirst: {_quoted(story.standfirst)}\nauthors: [{slug(story.author)}]\n"
        f"sources:\n- source: {slug(story.source)}\n  url: {story.source_url}\n"
        f"section: {slug(story.section)}\ntags: [{_list(story.tags)}]\n---\n{story.body}",
    )


def _our_others(_: Sequence[str]) -> Iterator[File]:
    for name in AUTHORS:
        bio = f"{name} reports for the paper.\n"
        yield File(f"content/authors/{slug(name)}.md", f"---\nname: {name}\n---\n{bio}")
    for name in SOURCES:
        url = f"https://{slug(name)}.example/"
        yield File(f"content/sources/{slug(name)}.md", f"---\nname: {name}\nurl: {url}\n---\n")
    for name in SECTIONS:
        yield File(f"content/sections/{slug(name)}.md", f"---\ntitle: {name}\n---\n")


def _hugo(story: Story) -> File:
    return File(
        _news(story),
        f"---\ntitle: {_quoted(story.title)}\ndate: {_moment(story)}\n"
        f"description: {_quoted(story.standfirst)}\nauthors: [{_list([story.author])}]\n"
        f"sources: [{_list([story.source])}]\nsource_url: {story.source_url}\n"
        f"desks: [{_list([story.section])}]\ntags: [{_list(story.tags)}]\n---\n{story.body}",
    )


def _zola(story: Story) -> File:
    return File(
        _news(story),
        f"+++\ntitle = {_quoted(story.title)}\ndate = {_moment(story)}\n"
        f"description = {_quoted(story.standfirst)}\n\n[taxonomies]\n"
        f"authors = [{_list([story.author])}]\nsources = [{_list([story.source])}]\n"
        f"desks = [{_list([story.section])}]\ntags = [{_list(story.tags)}]\n\n"
        f"[extra]\nsource_url = {_quoted(story.source_url)}\n+++\n{story.body}",
    )


def _zola_others(folders: Sequence[str]) -> Iterator[File]:
    # Folders are sections in Zola; as transparent ones they hand their stories upwards.
    years = (folder.rpartition("/")[0] for folder in folders)
    for folder in dict.fromkeys((*folders, *years, "content/news")):
        yield File(f"{folder}/_index.md", "+++\ntransparent = true\nrender = false\n+++\n")


def _eleventy(story: Story) -> File:
    return File(
        _news(story),
        f"---\ntitle: {_quoted(story.title)}\ndate: {_moment(story)}\n"
        f"description: {_quoted(story.standfirst)}\nauthor: {_quoted(story.author)}\n"
        f"source: {_quoted(story.source)}\nsource_url: {story.source_url}\n"
        f"desk: {_quoted(story.section)}\ntags: [{_list(story.tags)}]\n---\n{story.body}",
    )


def _pelican(story: Story) -> File:
    return File(
        _news(story),
        f"Title: {story.title}\nDate: {story.date:%Y-%m-%d %H:%M:%S}\nSlug: {story.slug}\n"
        f"Summary: {story.standfirst}\nAuthor: {story.author}\nSource: {story.source}\n"
        f"Source_url: {story.source_url}\nCategory: {story.section}\n"
        f"Tags: {', '.join(story.tags)}\n\n{story.body}",
    )


def _none(_: Sequence[str]) -> tuple[File, ...]:
    return ()


def _news(story: Story) -> str:
    return f"content/news/{story.date:%Y/%m}/{story.slug}.md"


def _moment(story: Story) -> str:
    return f"{story.date:%Y-%m-%dT%H:%M:%SZ}"


def _quoted(text: str) -> str:
    # JSON's strings are strings in YAML and in TOML as well.
    return json.dumps(text)


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


FORMATS: Final = {
    "ssg": Format(_ours, _our_others),
    "hugo": Format(_hugo, _none),
    "zola": Format(_zola, _zola_others),
    "eleventy": Format(_eleventy, _none),
    "pelican": Format(_pelican, _none),
}
