"""Documents: the bytes of one content file to a noun, or every fault in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.config import Config
from ssg.content.checked import _build
from ssg.content.documents import AnyDocument, decode, read_document
from ssg.content.files import File
from ssg.digest import digest_bytes
from ssg.faults import Fault, Place
from ssg.model import (
    Article,
    Author,
    Body,
    Correction,
    Credit,
    Image,
    Ingested,
    Link,
    Reference,
    Section,
    SeriesPart,
    Source,
    Sourcing,
    StaticPage,
)
from ssg.shapes import Shape

CONFIG = Config("The Tidal Post", "https://tidal.example/", "Europe/Dublin", lang="ga")
STORY = "content/articles/2026/07/ferry.md"

FULL = """\
---
id: tag:tidal.example,2026:ferry
title: Ferry returns
kicker: Harbour
standfirst: Ten weeks of repairs are over
slug: ferry-is-back
date: 2026-07-01
updated: 2026-07-02 09:30
expires: 2026-08-01T00:00:00+02:00
draft: true
authors: [ada-quill, {author: bo-reed, role: photography}]
sources:
  - coast-wire
  - {source: port-office, url: "https://port.example/1", relation: cited}
section: harbour
tags: [ferry, Harbour works, ferry]
series: {name: The crossing, part: 2}
image: {src: ../../../media/ferry.jpg, alt: "", caption: At noon, credit: Bo Reed, source: Wire, licence: CC0}
lang: en
canonical_url: https://elsewhere.example/ferry
licence: CC BY 4.0
aliases: [/old/ferry/, /2025/12/ferry.html]
corrections:
  - {date: 2026-07-03 10:00, kind: correction, text: "It was ten weeks, not nine."}
kind: analysis
dateline: PORT TALLOW
ingest: {raw: content/inbox/ferry.txt, digest: "00ff", guessed: [title]}
extra: {mood: fair}
---
The [ferry](../06/stop.md) is back.
"""  # noqa: E501 - as an editor may write it


def document(text: str | bytes, path: str = STORY) -> AnyDocument:
    """A document without fault."""
    found = read_document(path, text.encode() if isinstance(text, str) else text, CONFIG)
    assert not isinstance(found, tuple), found
    return found


def faults(text: str | bytes, path: str = STORY) -> tuple[Fault, ...]:
    """The faults of a document that has some."""
    found = read_document(path, text.encode() if isinstance(text, str) else text, CONFIG)
    assert isinstance(found, tuple), found
    return found


def front(*lines: str, path: str = STORY) -> Any:
    """What an article with these lines of front matter is."""
    head = ["title: Tide", "date: 2026-07-01"]
    text = "\n".join(["---", *head, *lines, "---", "Text.", ""])
    return read_document(path, text.encode(), CONFIG)


def test_an_article_is_what_its_file_states() -> None:
    """Every key of an article's front matter reaches its noun."""
    text = "The [ferry](../06/stop.md) is back.\n"
    article = document(FULL)
    assert isinstance(article, Article)
    assert article.body.facts.references == (Reference("../06/stop.md", 30, 13),)
    assert article == Article(
        path=STORY,
        id="tag:tidal.example,2026:ferry",
        title="Ferry returns",
        slug="ferry-is-back",
        year=2026,
        month=7,
        date=datetime(2026, 6, 30, 23, tzinfo=UTC),
        body=Body(digest_bytes(text.encode()), article.body.facts),
        kicker="Harbour",
        standfirst="Ten weeks of repairs are over",
        updated=datetime(2026, 7, 2, 8, 30, tzinfo=UTC),
        expires=datetime(2026, 7, 31, 22, tzinfo=UTC),
        draft=True,
        credits=(Credit("ada-quill"), Credit("bo-reed", "photography")),
        sources=(
            Sourcing("coast-wire"),
            Sourcing("port-office", "https://port.example/1", "cited"),
        ),
        section="harbour",
        tags=("ferry", "Harbour works"),
        series=SeriesPart("The crossing", 2),
        image=Image("content/media/ferry.jpg", "", "At noon", "Bo Reed", "Wire", "CC0"),
        lang="en",
        canonical_url="https://elsewhere.example/ferry",
        licence="CC BY 4.0",
        aliases=("/old/ferry/", "/2025/12/ferry.html"),
        corrections=(
            Correction(
                datetime(2026, 7, 3, 9, tzinfo=UTC), "correction", "It was ten weeks, not nine."
            ),
        ),
        kind="analysis",
        dateline="PORT TALLOW",
        ingested=Ingested("content/inbox/ferry.txt", "00ff", ("title",)),
        extra={"mood": "fair"},
    )


def test_an_article_needs_little() -> None:
    """A title and a date make an article; its path gives the rest."""
    article = front()
    assert isinstance(article, Article)
    assert (article.id, article.slug) == ("tag:tidal.example,2026:07/ferry", "ferry")
    assert (article.lang, article.kind, article.draft) == ("ga", "news", False)
    lists = (article.credits, article.sources, article.tags, article.corrections)
    assert lists == ((), (), (), ())
    assert (article.series, article.image, article.ingested, article.expires) == (None,) * 4


def test_short_forms() -> None:
    """One name needs neither brackets nor keys."""
    article = front(
        "authors: ada-quill",
        "sources: {source: wire, relation: cited}",
        "tags: ferry",
        "series: The crossing",
        "aliases: /old/",
        "draft: yes",
    )
    assert article.credits == (Credit("ada-quill"),)
    assert article.sources == (Sourcing("wire", relation="cited"),)
    assert article.tags == ("ferry",)
    assert article.series == SeriesPart("The crossing")
    assert article.aliases == ("/old/",)
    assert article.draft is True


def test_an_author() -> None:
    """The body of an author's file is the bio."""
    text = """---
name: Ada Quill
aliases: [A. Quill]
kind: person
role: Harbour correspondent
beat: Boats
email: ada@tidal.example
links: [{title: Notes, url: "https://ada.example/"}]
photo: {src: /media/people/ada.jpg, alt: Ada Quill on a quay}
lang: en
ingest: {raw: content/inbox/ada.txt, digest: "00"}
extra: {desk: 4}
---
Ada writes.
"""
    found = document(text, "content/authors/ada-quill.md")
    assert isinstance(found, Author)
    assert found == Author(
        path="content/authors/ada-quill.md",
        id="ada-quill",
        name="Ada Quill",
        slug="ada-quill",
        body=found.body,
        aliases=("A. Quill",),
        kind="person",
        role="Harbour correspondent",
        beat="Boats",
        email="ada@tidal.example",
        links=(Link("Notes", "https://ada.example/"),),
        photo=Image("content/media/people/ada.jpg", "Ada Quill on a quay"),
        lang="en",
        ingested=Ingested("content/inbox/ada.txt", "00"),
        extra={"desk": 4},
    )
    assert found.body.facts.excerpt == "Ada writes."


def test_a_source() -> None:
    """A source says who it is and on which terms its stories come."""
    text = """---
name: Coast Wire
aliases: CW
url: https://coast.example/
kind: agency
licence: By contract
licence_url: https://coast.example/terms
credit_line: © Coast Wire
indexing: noindex-news
ingest: {raw: content/inbox/a.txt, digest: "00"}
---
"""
    found = document(text, "content/sources/coast-wire.md")
    assert isinstance(found, Source)
    assert found == Source(
        path="content/sources/coast-wire.md",
        id="coast-wire",
        name="Coast Wire",
        body=Body(digest_bytes(b"")),
        aliases=("CW",),
        url="https://coast.example/",
        kind="agency",
        licence="By contract",
        licence_url="https://coast.example/terms",
        credit_line="© Coast Wire",
        indexing="noindex-news",
        lang="ga",
        ingested=Ingested("content/inbox/a.txt", "00"),
    )


def test_a_section_and_a_page() -> None:
    """Sections and pages are small."""
    section = document(
        "---\ntitle: Harbour\ndescription: Boats\norder: 2\n---\n", "content/sections/harbour.md"
    )
    assert isinstance(section, Section)
    assert (section.id, section.title, section.description, section.order) == (
        "harbour",
        "Harbour",
        "Boats",
        2,
    )
    page = document(
        "---\ntitle: About\ndescription: Us\ndraft: true\naliases: /us/\n---\n",
        "content/pages/about.md",
    )
    assert isinstance(page, StaticPage)
    assert (page.slug, page.title, page.description, page.draft, page.aliases) == (
        "about",
        "About",
        "Us",
        True,
        ("/us/",),
    )


def test_another_shape_is_a_mistake_of_ours() -> None:
    """There is no document of an unknown kind."""
    file = File("a.md", CONFIG, "articles", "a")
    with pytest.raises(TypeError):
        _build(file, Body(""), Shape())


# --- paths ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "content/articles/2026/07/قارب.md",
        "content/articles/2026/12/v1.2_b-3.md",
        "content/articles/0001/01/a.md",
    ],
)
def test_paths_that_make_addresses(path: str) -> None:
    """An article lies in its year and month under any name that can stand in an address."""
    article = front(path=path)
    assert isinstance(article, Article)
    assert path.endswith(f"{article.year:04}/{article.month:02}/{article.slug}.md")


@pytest.mark.parametrize(
    "path",
    [
        "content/stray.md",
        "content/notes/a.md",
        "content/articles/a.md",
        "content/articles/2026/13/a.md",
        "content/articles/2026/7/a.md",
        "content/articles/26/07/a.md",
        "content/articles/0000/01/a.md",
        "content/articles/٢٠٢٦/01/a.md",
        "content/articles/2026/07/deep/a.md",
        "content/authors/sub/a.md",
        "content/articles/2026/07/two words.md",
        "content/articles/2026/07/-a.md",
        "content/articles/2026/07/index.md",
        "content/pages/Con.md",
        "content/pages/page.md",
    ],
)
def test_paths_that_make_no_address(path: str) -> None:
    """Any other path is a fault before the file is looked into."""
    (fault,) = faults(b"\xff", path)
    assert fault.code == "E304"
    assert fault.place is not None
    assert (fault.place.path, fault.place.line) == (path, None)


# --- bytes ------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_do_not_matter(mark: str, end: str) -> None:
    """The same text from any system is the same document."""
    assert document(mark + FULL.replace("\n", end)) == document(FULL)


def test_a_file_that_is_not_utf_8_is_a_fault() -> None:
    """The fault names the line of the first byte that cannot be read."""
    (fault,) = faults(b"---\ntitle: Caf\n---\n" + "é".encode("cp1252"))
    assert (fault.code, fault.place and fault.place.line) == ("E306", 4)
    assert decode("a.md", "é".encode("utf-16")) == Fault(
        "E306",
        "the file is not text in UTF-8",
        Place("a.md", 1),
        fault.hint,
    )


def test_a_body_that_is_too_much_is_a_fault_among_others() -> None:
    """It is reported where it stands in the file, with what is wrong in the front matter."""
    found = faults("---\ntitle: a\n---\n\nWhat:\n\n" + "[" * 3000)
    assert [(fault.code, fault.place and fault.place.line) for fault in found] == [
        ("E207", 1),
        ("E309", 7),
    ]


def test_binary_data_is_a_fault() -> None:
    """A picture that was named .md is not read as text."""
    (fault,) = faults(b"---\na\x00b")
    assert (fault.code, fault.place and (fault.place.line, fault.place.column)) == ("E306", (2, 2))


@given(st.binary(max_size=60) | st.text(alphabet="-\n :a[]'\"&*!", max_size=60).map(str.encode))
def test_any_bytes_give_a_document_or_faults(data: bytes) -> None:
    """Nothing that can lie in a file raises."""
    for candidate in (data, b"---\ntitle: a\ndate: 2026-07-01\n" + data + b"\n---\n" + data):
        found = read_document(STORY, candidate, CONFIG)
        if isinstance(found, tuple):
            assert found
            assert all(fault.place and fault.place.path == STORY for fault in found)


# --- values -----------------------------------------------------------------------------


def test_lists_may_be_left_empty() -> None:
    """A key that an editor wrote and has not filled yet is an empty list."""
    text = (
        "---\ntitle: a\ndate: 2026-03-01\ntags:\nauthors:\nsources:\naliases:\ncorrections:\n---\n"
    )
    found = read_document("content/articles/2026/03/a.md", text.encode(), CONFIG)

    assert isinstance(found, Article)
    assert (found.tags, found.credits, found.sources) == ((), (), ())
    assert (found.aliases, found.corrections) == ((), ())


@pytest.mark.parametrize(
    ("line", "code", "column", "words"),
    [
        ("titel: a", "E206", 1, 'did you mean "title"?'),
        ("authors: [{author: ada, rol: editing}]", "E206", 25, 'did you mean "role"?'),
        ("image: {src: /media/a.jpg}", "E207", 1, "image › alt is missing"),
        ("corrections: [{date: 2026-07-02, text: a}]", "E207", 15, "corrections [1] › kind is"),
        ("kicker: true", "E208", 1, "kicker must be text"),
        ("kicker: ''", "E208", 1, "kicker: is empty"),
        ("draft: perhaps", "E208", 1, "must be true or false"),
        ("kind: opinon", "E208", 1, 'did you mean "opinion"?'),
        ("authors: [{author: ada, role: cook}]", "E208", 25, "must be one of reporting,"),
        ("sources: 3", "E208", 1, "must be a list"),
        ("series: {name: a, part: 0}", "E208", 19, "must be 1 or more"),
        ("slug: two words", "E208", 1, "cannot stand in an address"),
        ("slug: page", "E208", 1, "cannot stand in an address"),
        ("lang: english!", "E208", 1, "no language tag"),
        ("expires: 2026-07-01", "E208", 1, "would expire before it is published"),
        ("updated: soon", "E210", 1, "is no date"),
        ("updated:", "ok", 0, ""),
        ("updated: 2026-03-29 01:30", "E211", 1, "does not exist"),
        ("canonical_url: /a/", "E303", 1, "no web address"),
        ("sources: [{source: a, url: 'javascript:a'}]", "E303", 23, "no web address"),
        ("image: {src: 'data:a', alt: a}", "E303", 9, "is not in content/media/"),
        ("image: {src: a.jpg, alt: a}", "E303", 9, "is not in content/media/"),
        ("image: {src: https://a.example/b.jpg, alt: a}", "ok", 0, ""),
        ("aliases: [old/]", "E303", 11, "no path of this site"),
        ("aliases: [//a.example/]", "E303", 11, "no path of this site"),
        ("aliases: [/a/../../b]", "E303", 11, "no path of this site"),
        ("aliases: [/./a/]", "E303", 11, "no path of this site"),
        ("aliases: [/a//b/]", "E303", 11, "no path of this site"),
        (r"aliases: ['/a/\..\..\b']", "E303", 11, "no path of this site"),
        ("aliases: [/a/?b=c]", "E303", 11, "no path of this site"),
        ("aliases: [/a#b]", "E303", 11, "no path of this site"),
        ("aliases: [/a%00b/]", "E303", 11, "no path of this site"),
        ("aliases: [/a/%2e%2e/b/]", "E303", 11, "no path of this site"),
        ("aliases: [/a%5Cb/]", "E303", 11, "no path of this site"),
        (f"slug: {'a' * 241}", "E208", 1, "cannot stand in an address"),
        ("aliases: [/]", "ok", 0, ""),
        ("aliases: [/caf%C3%A9/]", "ok", 0, ""),
    ],
)
def test_values(line: str, code: str, column: int, words: str) -> None:
    """What a key may not hold is a fault on its line, in words for the editor."""
    found = front(line)
    if code == "ok":
        assert isinstance(found, Article)
        return
    (fault,) = found
    assert (fault.code, fault.place.line, fault.place.column) == (code, 4, column)
    assert words in f"{fault.message} | {fault.hint}"


def test_expiry_beside_a_date_that_cannot_be_read() -> None:
    """One mistake is reported once."""
    (fault,) = faults("---\ntitle: a\ndate: soon\nexpires: 2026-07-01\n---\n")
    assert fault.code == "E210"


def test_all_faults_of_a_file_at_once() -> None:
    """One run shows everything that is wrong with a file, from its top to its end."""
    found = faults("---\ntitel: a\ndate: soon\nkind: x\naliases: [a, /b/, c]\n---\n")
    assert [(fault.code, fault.place and fault.place.line) for fault in found] == [
        ("E207", 1),
        ("E206", 2),
        ("E210", 3),
        ("E208", 4),
        ("E303", 5),
        ("E303", 5),
    ]
