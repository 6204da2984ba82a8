"""Ordinary documents: read without YAML and pydantic, and equal to what these would give."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.config import Config
from ssg.content import shape
from ssg.content.checked import read_checked
from ssg.content.documents import decode, read_document
from ssg.content.files import AnyDocument, File, file_at
from ssg.content.ordinary import RECORDS, read_ordinary
from ssg.faults import Fault
from tests.frontmatters import SITE, blocks, mutations, pairs, real_files, values

CONFIG = Config("The Tidal Post", "https://tidal.example/", "Europe/Dublin", lang="ga")
PATHS = {
    "articles": "content/articles/2026/07/ferry.md",
    "authors": "content/authors/ada-quill.md",
    "sources": "content/sources/coast-wire.md",
    "sections": "content/sections/harbour.md",
    "pages": "content/pages/about.md",
}
NEEDED = {
    "articles": "title: Tide\ndate: 2026-07-01",
    "authors": "name: Ada Quill",
    "sources": "name: Coast Wire",
    "sections": "title: Harbour",
    "pages": "title: About",
}

_TEXTS = [
    "a",
    "Port Tallow",
    "it's  12:30",
    "'a: b'",
    '"a #b"',
    "قارب",
    "a\xa0b",
    " a ",
    "“a”",
    "a\u200cb",
]
_DAYS = [
    "2026-03-01", "2026-03-01T09:30:00Z", "2026-03-01 9:30", "2027-01-01", "0001-01-01",
    "2026-03-01T09:30:00+01:00", "2026-03-29T01:30", "2026-10-25T01:30:00", "2026-02-30",
    "9999-12-31T23:00-05:00", "'2026-07-01'", "2026-03-01T09:30 Z", "2026-03-01\xa009:30",
]  # fmt: skip
_WEB = [
    "https://a.example/b?c#d", "http://", "'https://a.example'", "//a", "/a/", "javascript:a",
    "mailto:a@b.example", "'#a'", "a/",
]  # fmt: skip
_LISTS = [
    "a",
    "a, b, ,",
    "[a, 'b c', a]",
    "\n- a\n- b: c",
    "\n  - a  \n  - 'b'",
    "[]",
    "[1]",
    "[a\xa0]",
]
_PICTURES = [
    "{src: /media/a.jpg, alt: ''}",
    "\n  src: ../../../media/b.jpg\n  alt: a\n  credit: b",
    "{src: https://a.example/b.jpg, alt: A quay, licence: CC0}",
    "{src: a.jpg, alt: b}",
    "{alt: b}",
]
_PATHS = ["/old/", "[/a/, /b.html]", "[/caf%C3%A9/]", "[/a/../b/]", "//a", "[/a?b]", "\n- /a#b"]
#: What may stand under a key, well formed and nearly so; texts stand under the others.
FORMED = {
    "date": _DAYS,
    "updated": _DAYS,
    "expires": _DAYS,
    "canonical_url": _WEB,
    "url": _WEB,
    "licence_url": _WEB,
    "image": _PICTURES,
    "photo": _PICTURES,
    "aliases": [*_PATHS, *_LISTS],
    "tags": _LISTS,
    "draft": ["true", "False", "yes", "1"],
    "order": ["0", "1", "-1", "1.5", "true"],
    "slug": ["a-b", "a_b.c", "قارب", "page", "a b", "-a"],
    "lang": ["en", "pt-BR", "english!"],
    "kind": ["news", "person", "agency", "paper", "opinion", "satire", "organization"],
    "indexing": ["index", "noindex", "noindex-news", "none"],
    "series": ["a", "{name: a, part: 2}", "{name: a, part: 0}", "\n  name: a", "{part: true}"],
    "authors": [*_LISTS, "[a, {author: b, role: data}]", "\n- {author: a, role: cook}"],
    "sources": [
        *_LISTS,
        "\n- source: a\n  url: https://a.example/1\n- source: b\n  relation: cited",
        "[{source: a, url: 'https://a.example/1', relation: based-on}]",
        "\n- source: a\n  url: a",
    ],
    "corrections": [
        "\n- date: 2026-07-02\n  kind: update\n  text: 'a: b'",
        "[{date: 2026-07-02T10:00, kind: correction, text: a}]",
        "[{kind: correction, text: a}]",
    ],
    "ingest": ["{raw: a, digest: '00'}", "\n  raw: a\n  digest: b\n  guessed:\n  - c", "{raw: a}"],
    "links": ["[{title: a, url: /a/}]", "\n- title: a\n  url: https://a.example", "[{title: a}]"],
    "extra": ["{}", "{mood: fair, 1: 2}", "\n  a: [1, 1.5, no, ~]\n  b:\n  c: {d: e}", "[]"],
}  # fmt: skip


def line_of(key: str) -> st.SearchStrategy[str]:
    formed = st.sampled_from(FORMED.get(key, _TEXTS))
    written = st.one_of(formed, formed, formed, formed, values)
    return written.map(lambda value: f"{key}: {value}")


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, str]:
    """A path, and a text in which most keys are right."""
    kind = draw(st.sampled_from(sorted(PATHS)))
    needed = [line.partition(": ")[0] for line in NEEDED[kind].split("\n")]
    others = sorted(RECORDS[kind].rules.keys() - set(needed))
    keys = draw(st.permutations(others))[: draw(st.integers(0, 3))]
    lines = [draw(line_of(key)) for key in keys]
    if draw(st.integers(0, 9)) == 0:
        lines.append(draw(pairs))
    return PATHS[kind], "\n".join(["---", NEEDED[kind], *lines, "---", "Text.", ""])


def at(path: str) -> File:
    file = file_at(path, CONFIG)
    assert isinstance(file, File)
    return file


def kinds(value: Any) -> Any:
    """A value with the kinds of all that is in it, so that True and 1 are told apart."""
    match value:
        case dict():
            return {key: kinds(item) for key, item in value.items()}
        case list() | tuple():
            return type(value), [kinds(item) for item in value]
        case _ if hasattr(value, "__struct_fields__"):
            fields = [kinds(getattr(value, name)) for name in value.__struct_fields__]
            return type(value), fields
        case _:
            return type(value), value


def agree(path: str, text: str) -> AnyDocument | None:
    """Hold the quick way to the thorough one, wherever it is certain."""
    read = decode(path, text.encode())
    if isinstance(read, Fault):
        return None
    quick = read_ordinary(at(path), read)
    if quick is not None:
        assert kinds(quick) == kinds(read_checked(at(path), read))
    return quick


@given(documents())
def test_an_ordinary_document_is_what_its_shape_makes_of_it(found: tuple[str, str]) -> None:
    """Where the quick way gives a document, the thorough one gives an equal one."""
    agree(*found)


@given(st.sampled_from(sorted(PATHS)), blocks, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_any_block_is_read_alike(kind: str, block: str, end: str, mark: bool) -> None:
    """Whatever stands in a file, with whatever line ends and with or without a mark."""
    text = f"---\n{NEEDED[kind]}\n{block}\n---\n\nText.\n".replace("\n", end)
    agree(PATHS[kind], "\ufeff" * mark + text)


@given(mutations())
def test_files_of_a_site_are_read_alike_however_they_are_broken(found: tuple[str, str]) -> None:
    """Real files with a few things changed."""
    agree(*found)


@pytest.mark.long
@settings(max_examples=30_000)
@given(documents() | mutations())
def test_all_of_it_at_length(found: tuple[str, str]) -> None:
    """The same, as often as minutes allow."""
    agree(*found)


def test_what_is_tried_is_worth_trying() -> None:
    """A grammar whose every sentence is doubtful would prove nothing."""
    tried: list[bool] = []

    @settings(max_examples=300, derandomize=True, database=None)
    @given(documents())
    def count(found: tuple[str, str]) -> None:
        tried.append(agree(*found) is not None)

    count()
    assert sum(tried) > len(tried) / 8


@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.name)
def test_the_files_of_the_sample_site_are_ordinary(path: Any) -> None:
    """So that nobody can do away with the quick way without noticing."""
    assert agree(path.relative_to(SITE).as_posix(), path.read_text("utf-8")) is not None


@pytest.mark.parametrize("kind", sorted(PATHS))
def test_every_key_of_a_shape_has_a_rule(kind: str) -> None:
    """A key that is added to a shape only would make every file that has it slow."""
    of_kind = "StaticPage" if kind == "pages" else kind.removesuffix("s").capitalize()
    fields = getattr(shape, f"{of_kind}Shape").model_fields
    assert sorted(RECORDS[kind].rules) == sorted(fields)
    assert RECORDS[kind].required == {key for key, field in fields.items() if field.is_required()}


@pytest.mark.parametrize(
    "line",
    [
        "draft: yes",
        "kicker:",
        "kicker: 5",
        "kicker: ''",
        "titel: a",
        "series: {name: a, part: 0}",
        "authors: [true]",
        "tags: {a: b}",
        "image: a",
        "image: {src: /media/a.jpg, alt: 5}",
        "image: {src: a.jpg, alt: a}",
        "kind: other",
        "extra: a",
        "expires: 2026-06-30",
        "updated: 2026-03-29 01:30",
        "image: {src: /media/a.jpg}",
        "slug: page",
        "slug: ' a'",
        "aliases: [' /a/']",
    ],
)
def test_what_is_unusual_is_read_in_full(line: str) -> None:
    """The quick way decides nothing that an editor might have to hear of."""
    text = f"---\ntitle: Tide\ndate: 2026-07-01\n{line}\n---\n"
    assert read_ordinary(at(PATHS["articles"]), text) is None
    found = read_document(PATHS["articles"], text.encode(), CONFIG)
    assert found == read_checked(at(PATHS["articles"]), text)


PROGRAM = """
import sys
from pathlib import Path
import ssg.content
from ssg.config import Config
from ssg.content.documents import read_document
config = Config("The Tidal Post", "https://tidal.example/", "Europe/Dublin")
for path in sys.argv[1:]:
    assert not isinstance(read_document(path, Path(path).read_bytes(), config), tuple), path
heavy = {"pydantic", "yaml", "frontmatter", "ssg.shapes", "ssg.content.shape"}
print(*sorted(heavy & set(sys.modules)))
"""


def test_ordinary_files_need_neither_yaml_nor_pydantic() -> None:
    """A build that reads one edited file again does not wait for their imports."""
    paths = [path.relative_to(SITE).as_posix() for path in real_files()]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *paths],
        capture_output=True,
        text=True,
        cwd=SITE,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
