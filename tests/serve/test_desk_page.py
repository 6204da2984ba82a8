"""The desk's pages: what waits for a person, and what each field of an article rests on."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import uvicorn
from lxml import html as lxml_html
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from qa.browser import browser
from qa.validators import AXE, HTML_VALIDATE, html_validate, stylelint
from ssg.build.inputs import load_config
from ssg.content import read_content
from ssg.desk import ingest_files
from ssg.faults import Fault, Place
from ssg.model import PUBLISHED, Showing
from ssg.serve.desk_page import ASSETS, Evidence, Frame, Waiting, desk_page, receipt_page
from ssg.serve.desk_routes import Desk, theme_stylesheets
from ssg.serve.marked import Words, excerpt_of, pieces_of
from ssg.serve.outcome import Outcome
from ssg.serve.ports import open_port
from ssg.serve.waiting import Stock, evidence_of, what_waits
from tests.build.newsroom import NOW, Newsroom, article, document, newsroom
from tests.face.checks import (
    Host,
    Tabs,
    accessible,
    contrasting,
    quiet,
    reachable,
    reflowing,
)

FRAME = Frame(title="The Tidal Post")
FERRY = """\
Ferry crews vote to sail again

By Ada Quill

10 March 2026

The crews of the Skerry ferries voted on Thursday to go back to sea after nineteen days.

The vote was closer than the union had expected, 41 to 36, and was counted twice.

Source: Skerry Wire
"""
BARE = "The pier was closed by the gale on Monday. It opens again when the wind has dropped.\n"
HOSTILE = (
    "<script>alert(1)</script> was on the poster, </mark></div> & \x1b[31m below it, they said.\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Newsroom:
    """A site without any article; raw texts are dropped into it."""
    return newsroom(tmp_path / "site", {"content/inbox/README": "Raw texts."})


def drop(site: Newsroom, name: str, text: str | bytes) -> None:
    """Saves a raw text in the inbox, an hour before now."""
    site.write({f"content/inbox/{name}": text})
    os.utime(site.folder / "content/inbox" / name, (NOW.timestamp() - 3600,) * 2)


def take_in(site: Newsroom) -> tuple[Fault, ...]:
    return ingest_files(site.folder, (), load_config(site.folder), now=NOW).faults


def stock(site: Newsroom, showing: Showing = PUBLISHED) -> Stock:
    """What a build of the site as it is would know."""
    config = load_config(site.folder)
    files = [
        file
        for name in ("articles", "authors", "sources", "pages")
        for file in (site.folder / "content" / name).rglob("*.md")
    ]
    texts = {file.relative_to(site.folder).as_posix(): file.read_bytes() for file in files}
    content = read_content(texts, {}, config)
    assert content.faults == ()
    library = content.library(NOW, showing)
    return Stock(
        config=config,
        now=NOW,
        articles=library.articles,
        held=library.held,
        authors=tuple({author.path: author for author in library.authors.values()}.values()),
        behind=library.behind,
        pages=library.pages,
        held_pages=library.held_pages,
    )


def page_of(site: Newsroom, outcomes: Sequence[Outcome] = ()) -> Any:
    return tree(desk_page(what_waits(site.folder, stock(site)), outcomes, FRAME))


def evidence(site: Newsroom, raw: str) -> Evidence:
    found = evidence_of(site.folder, raw, stock(site))
    assert found is not None
    return found


def tree(text: str) -> Any:
    """A page as elements, after a look whether all that is opened in it is closed, in order."""
    tags = _Tags()
    tags.feed(text)
    tags.close()
    assert (tags.open, tags.astray) == ([], [])
    return lxml_html.document_fromstring(text)


class _Tags(HTMLParser):
    """The elements that are still open, and end tags that closed none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.astray: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - HTMLParser's own name
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.astray.append(tag)


def marked(page: Any) -> list[tuple[str, str]]:
    """The marked words of a receipt with the label they carry."""
    return [
        ("".join(label.text for label in mark.findall("small")), _own_text(mark))
        for mark in page.iter("mark")
    ]


def _own_text(mark: Any) -> str:
    return (mark.text or "") + "".join(label.tail or "" for label in mark.findall("small"))


def words(field: str, start: int, text: str) -> Words:
    return Words(
        field=field, start=start, end=start + len(text), text=text, rule="r", confidence=0.5
    )


def outcome(number: int = 1, **values: Any) -> Outcome:
    return Outcome(number=number, at=NOW + timedelta(minutes=number), **values)


# --- marks ---------------------------------------------------------------------------------


def test_overlapping_words_are_cut_where_either_begins_or_ends() -> None:
    text = "By Ada Quill, Vane"
    pieces = pieces_of(text, [words("authors", 3, "Ada Quill"), words("bios", 7, "Quill, Vane")])

    assert "".join(piece.text for piece in pieces) == text
    assert [(piece.text, [one.field for one in piece.words]) for piece in pieces] == [
        ("By ", []),
        ("Ada ", ["authors"]),
        ("Quill", ["authors", "bios"]),
        (", Vane", ["bios"]),
    ]
    assert [[one.field for one in piece.begins] for piece in pieces] == [
        [],
        ["authors"],
        ["bios"],
        [],
    ]


@pytest.mark.parametrize("start", [-1, 0, 5, 400])
def test_words_that_stand_elsewhere_are_not_marked(start: int) -> None:
    """A raw text may have been changed, and a receipt says whatever was written into it."""
    assert [piece.words for piece in pieces_of("By Ada Quill", [words("a", start, "Ada")])] == [()]


def test_the_line_of_a_fault_is_cut_around_what_is_meant() -> None:
    line = "x" * 500 + "HERE" + "y" * 500

    before, meant, after = excerpt_of(Place("a.md", 1, 501, line, 4))

    assert (meant, set(before), set(after)) == ("HERE", {"x"}, {"y"})
    assert len(before + meant + after) <= 160
    assert excerpt_of(Place("a.md", 1, 3, "ab", 9)) == ("ab", "", "")
    assert excerpt_of(Place("a.md", 1, None, "ab")) == ("ab", "", "")


# --- one receipt ---------------------------------------------------------------------------


def test_the_words_that_gave_each_field_are_marked(site: Newsroom) -> None:
    drop(site, "ferry.txt", FERRY)
    take_in(site)

    page = tree(receipt_page(evidence(site, "ferry.txt"), FRAME))

    assert marked(page) == [
        ("title: ", "Ferry crews vote to sail again"),
        ("authors: ", "Ada Quill"),
        ("date: ", "10 March 2026"),
        ("sources: ", "Skerry Wire"),
    ]
    (raw,) = page.find_class("desk-raw")
    for label in raw.find_class("desk-label"):
        label.drop_tag() if label.set("x", "") else label.drop_tree()
    assert raw.text_content() == FERRY


def test_a_receipt_says_what_the_article_says_now(site: Newsroom) -> None:
    drop(site, "ferry.txt", FERRY)
    take_in(site)

    rows = {row.field: row for row in evidence(site, "ferry.txt").rows}

    assert list(rows) == ["title", "date", "authors", "sources"]
    assert (rows["date"].value, rows["date"].state) == ("2026-03-10 00:00", "found")
    assert (rows["authors"].value, rows["sources"].value) == ("ada-quill", "skerry-wire")
    assert rows["sources"].words[0].rule == "source.label"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("utf-16", FERRY.replace("crews", "crews 🌊").encode("utf-16")),
        ("latin", FERRY.replace("crews", "crews’ café déjà là").encode("cp1252")),
        ("windows", FERRY.replace("\n", "\r\n").encode()),
    ],
)
def test_spans_fit_texts_in_other_encodings(site: Newsroom, name: str, text: bytes) -> None:
    """They count characters as decoded: of UTF-16, of an old encoding, with any line ends."""
    drop(site, f"{name}.txt", text)
    take_in(site)

    found = evidence(site, f"{name}.txt")

    assert found.astray == 0
    page = tree(receipt_page(found, FRAME))
    assert ("authors: ", "Ada Quill") in marked(page)
    assert ("sources: ", "Skerry Wire") in marked(page)


def test_a_hostile_raw_text_is_escaped(site: Newsroom) -> None:
    """Neither its tags nor characters that no page may hold get into the page."""
    drop(site, "poster.txt", HOSTILE)
    take_in(site)

    text = receipt_page(evidence(site, "poster.txt"), FRAME)
    page = tree(text)

    assert not list(page.iter("script"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "\x1b" not in text
    (raw,) = page.find_class("desk-raw")
    assert "</mark></div>" in raw.text_content()
    assert "& \ufffd[31m below it" in raw.text_content()
    desk = desk_page(what_waits(site.folder, stock(site)), (), FRAME)
    assert not list(tree(desk).iter("script"))


def test_a_receipt_that_a_stranger_wrote_is_escaped(site: Newsroom) -> None:
    """Fields, rules and texts of the record are text, whatever they hold."""
    evil = "</code><script>x</script>"
    site.write({"content/inbox/a.txt": evil})
    span = f'[{{"span": [0, {len(evil)}], "text": "{evil}", "rule": "{evil}", "confidence": 1}}]'
    record = f'{{"digest": "{evil}\\ud800", "guessed": ["{evil}"], "fields": {{"{evil}": {span}}}}}'
    site.write({"content/inbox/.receipts/a.txt.json": record})

    text = receipt_page(evidence(site, "a.txt"), FRAME)

    assert text.encode()
    assert not list(tree(text).iter("script"))
    assert marked(tree(text)) == [(f"{evil}: ", evil)]


@pytest.mark.parametrize(
    "fields", ['{"title": 1}', '{"title": [{"span": ["a", 2]}]}', '{"title": [{"span": [1]}]}']
)
def test_a_record_of_another_shape_is_a_fault(site: Newsroom, fields: str) -> None:
    drop(site, "a.txt", BARE)
    site.write({"content/inbox/.receipts/a.txt.json": f'{{"digest": "0", "fields": {fields}}}'})

    found = evidence(site, "a.txt")

    assert [fault.code for fault in found.faults] == ["E605"]
    assert "E605" in tree(receipt_page(found, FRAME)).text_content()


def test_a_receipt_outlives_its_raw_text(site: Newsroom) -> None:
    drop(site, "ferry.txt", FERRY)
    take_in(site)
    site.remove("content/inbox/ferry.txt")

    found = evidence(site, "ferry.txt")

    assert [fault.code for fault in found.faults] == ["W602"]
    assert found.pieces == ()
    assert "Ada Quill" in tree(receipt_page(found, FRAME)).text_content()


def test_a_raw_text_that_was_changed_since_has_only_the_words_marked_that_still_stand(
    site: Newsroom,
) -> None:
    drop(site, "ferry.txt", FERRY)
    take_in(site)
    drop(site, "ferry.txt", FERRY.replace("Ada", "Ida"))

    found = evidence(site, "ferry.txt")
    page = tree(receipt_page(found, FRAME))

    assert found.astray == 1
    assert [label for label, _ in marked(page)] == ["title: ", "date: ", "sources: "]
    assert "1 passage of the receipt cannot be marked" in page.text_content()


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../../../secret",
        "../.receipts/ferry.txt",
        "/etc/passwd",
        "..\\secret",
        "\0",
        "a\nb",
        ".hidden.txt",
        "link.txt",
        "none.txt",
        "x" * 5000,
    ],
)
def test_no_name_of_a_receipt_leads_out_of_the_inbox(site: Newsroom, name: str) -> None:
    """Neither dots, slashes and links, nor names that no file can have."""
    drop(site, "ferry.txt", FERRY)
    take_in(site)
    record = (site.folder / "content/inbox/.receipts/ferry.txt.json").read_text()
    site.write({"secret.json": record, "content/inbox/.receipts/.hidden.txt.json": record})
    (site.folder / "content/inbox/.receipts/link.txt.json").symlink_to(site.folder / "secret.json")

    assert evidence_of(site.folder, name, stock(site)) is None
    assert evidence_of(site.folder, "ferry.txt", stock(site)) is not None


def test_a_folder_of_receipts_that_lies_elsewhere_is_not_read(site: Newsroom) -> None:
    """It is named as a fault, and nothing in it is shown."""
    drop(site, "gale.txt", BARE)
    take_in(site)
    folder = site.folder / "content/inbox/.receipts"
    folder.rename(site.folder.parent / "elsewhere")
    folder.symlink_to(site.folder.parent / "elsewhere")

    assert evidence_of(site.folder, "gale.txt", stock(site)) is None
    text = page_of(site).text_content()
    assert "content/inbox/.receipts: a link on this path leads out of the site" in text


def test_a_raw_text_linked_to_from_elsewhere_is_not_shown(site: Newsroom) -> None:
    """A link in the inbox that leads out of the site is not followed."""
    drop(site, "ferry.txt", FERRY)
    take_in(site)
    (site.folder.parent / "secret.txt").write_text("Nobody may read this.")
    site.remove("content/inbox/ferry.txt")
    (site.folder / "content/inbox/ferry.txt").symlink_to(site.folder.parent / "secret.txt")

    assert "Nobody" not in receipt_page(evidence(site, "ferry.txt"), FRAME)


# --- what waits ----------------------------------------------------------------------------


def test_guesses_wait_with_their_receipts(site: Newsroom) -> None:
    drop(site, "ferry.txt", FERRY)
    drop(site, "gale & pier?.txt", BARE)
    take_in(site)

    (guess,) = what_waits(site.folder, stock(site)).guesses
    page = page_of(site)

    assert (guess.fields, guess.raw) == (("title", "date"), "gale & pier?.txt")
    assert guess.url == "/" + guess.path.removeprefix("content/articles/").replace(".md", "/")
    assert guess.title in page.text_content()
    assert guess.path in page.text_content()
    assert "receipts/gale%20%26%20pier%3F.txt" in page.xpath("//a/@href")
    rows = {row.field: row for row in evidence(site, "gale & pier?.txt").rows}
    assert {row.state for row in rows.values()} == {"guessed, waits for a person"}
    assert rows["date"].words == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [("title: The pier was", "title: The gale was"), ("guessed: [title, date]", "guessed: [date]")],
)
def test_a_guess_is_settled_by_its_value_or_its_name(site: Newsroom, old: str, new: str) -> None:
    drop(site, "gale.txt", BARE)
    take_in(site)
    path = what_waits(site.folder, stock(site)).guesses[0].path
    text = (site.folder / path).read_text()
    listed = text.replace("guessed:\n  - title\n  - date", "guessed: [title, date]")
    assert old in listed
    (site.folder / path).write_text(listed.replace(old, new))

    (guess,) = what_waits(site.folder, stock(site)).guesses

    assert guess.fields == ("date",)
    states = {row.field: row.state for row in evidence(site, "gale.txt").rows}
    assert states["title"] == "guessed, settled"


def test_a_conflict_waits_until_the_other_version_is_gone(site: Newsroom) -> None:
    drop(site, "ferry.txt", FERRY)
    take_in(site)
    path = next((site.folder / "content/articles").rglob("*.md"))
    path.write_text(path.read_text().replace("41 to 36", "forty-one to 36"))
    drop(site, "ferry.txt", FERRY.replace("41 to 36", "42 to 35"))
    assert [fault.code for fault in take_in(site)] == ["E603"]

    waiting = what_waits(site.folder, stock(site))
    (conflict,) = waiting.conflicts

    assert waiting.untaken == ()
    assert conflict.theirs in page_of(site).text_content()
    assert evidence(site, "ferry.txt").theirs == conflict.theirs
    (site.folder / conflict.theirs).unlink()
    assert what_waits(site.folder, stock(site)).count == 0


def test_raw_texts_that_were_not_taken_in_wait(site: Newsroom) -> None:
    drop(site, "noise.txt", b"\x00\x01\x02\x03" * 50)
    drop(site, "letter.docx", b"PK")
    drop(site, "ferry.txt", FERRY)
    faults = take_in(site)
    next((site.folder / "content/articles").rglob("*.md")).unlink()
    drop(site, "ferry.txt", FERRY.replace("Thursday", "Friday"))
    take_in(site)

    untaken = {one.path: one.message for one in what_waits(site.folder, stock(site)).untaken}
    page = page_of(site, [outcome(faults=faults)])

    assert untaken == {
        "content/inbox/letter.docx": "the inbox takes plain text only: this file was not read",
        "content/inbox/noise.txt": "is not taken in yet",
        "content/inbox/ferry.txt": "was changed, and is not taken in again",
    }
    assert "noise.txt: is not taken in yet, see its fault" in page.text_content()


def test_without_a_readable_site_the_inbox_is_still_looked_at(site: Newsroom) -> None:
    drop(site, "gale.txt", BARE)

    waiting = what_waits(site.folder, None)
    page = tree(desk_page(waiting, (), Frame()))

    assert [one.path for one in waiting.untaken] == ["content/inbox/gale.txt"]
    assert "their guesses are not known" in page.text_content()
    assert "Nothing waits" not in page.text_content()


HELD = {
    "content/articles/2026/03/b.md": article("Budget", "2026-03-17T08:00:00Z"),
    "content/articles/2026/03/a.md": article("Armada", "2026-03-16T09:30:00+02:00"),
    "content/articles/2026/03/c.md": article("Coal", "2026-03-02", draft="true"),
    "content/articles/2026/03/d.md": article("Dunes", "2026-03-04", draft="true"),
    "content/articles/2026/03/e.md": article("Eels", "2026-03-01", expires="2026-03-05"),
    "content/articles/2026/03/f.md": article("Foxes", "2026-03-01", expires="2026-03-09"),
    "content/articles/2026/03/g.md": article("Geese", "2026-03-01"),
}


def test_held_articles_stand_in_the_order_of_their_instants(site: Newsroom) -> None:
    """What comes out next is first; then drafts; then what expired last. Times are the site's."""
    page = page_of(site.write(HELD))

    held = [item.text_content().split() for item in page.find_class("desk-held")]
    assert [words[0] for words in held] == ["Armada", "Budget", "Dunes", "Coal", "Foxes", "Eels"]
    assert " ".join(held[0]) == (
        "Armada Embargo until 2026-03-16 07:30:00 content/articles/2026/03/a.md"
    )
    assert held[4][1:5] == ["Expired", "on", "2026-03-09", "00:00:00"]
    assert not page.xpath("//*[@class='desk-held']//a")


def test_held_articles_that_a_preview_shows_are_linked(site: Newsroom) -> None:
    site.write(HELD)
    hidden = what_waits(site.folder, stock(site)).held

    shown = what_waits(site.folder, stock(site, Showing(drafts=True, future=True))).held

    assert [one.title for one in shown] == [one.title for one in hidden]
    assert [one.url for one in shown[:2]] == ["/2026/03/a/", "/2026/03/b/"]
    assert [one.reason for one in shown] == [one.reason for one in hidden]
    assert [one.url for one in shown[-2:]] == [None, None]


def test_pages_that_are_drafts_stand_behind_the_articles_that_are(site: Newsroom) -> None:
    """Where the preview shows them they are linked."""
    site.write(HELD)
    site.write({"content/pages/terms.md": document("Be kind.", title="Terms", draft="true")})
    site.write({"content/pages/about.md": document("We print.", title="About")})

    hidden = what_waits(site.folder, stock(site)).held
    shown = what_waits(site.folder, stock(site, Showing(drafts=True))).held

    titles = ["Armada", "Budget", "Dunes", "Coal", "Terms", "Foxes", "Eels"]
    assert [one.title for one in hidden] == [one.title for one in shown] == titles
    assert [(one.reason, one.url) for one in hidden if one.title == "Terms"] == [("draft", None)]
    assert [one.url for one in shown if one.title == "Terms"] == ["/terms/"]
    assert "content/pages/terms.md" in page_of(site).text_content()


def test_guesses_of_authors_wait_behind_those_of_articles(site: Newsroom) -> None:
    """Under the names that readers see, with a link to their pages; but one who writes under the
    name of an organisation has none.
    """
    drop(site, "gale.txt", BARE)
    take_in(site)
    ingest = '{raw: quill.txt, digest: "0", guessed: [name]}'
    site.write({"content/authors/ada.md": document(name="Ada Quill", ingest=ingest)})
    site.write(
        {"content/authors/bo.md": document(name="Bo Reed", display_as="A Reader", ingest=ingest)}
    )

    site.write({"content/authors/cy.md": document(name="Cy Ash", display_as="Desk", ingest=ingest)})
    site.write({"content/authors/desk.md": document(name="Desk", kind="organization")})

    guesses = what_waits(site.folder, stock(site)).guesses

    assert [(one.title, one.fields, one.url) for one in guesses[1:]] == [
        ("Ada Quill", ("name",), "/authors/ada/"),
        ("A Reader", ("name",), "/authors/a-reader/"),
        ("Desk", ("name",), None),
    ]
    assert "content/authors/ada.md" in page_of(site).text_content()


# --- faults and builds ---------------------------------------------------------------------


def test_faults_of_the_last_build_are_shown_in_full() -> None:
    """The gravest first, with the place, the line and the hint; those of former builds are gone."""
    place = Place("content/articles/2026/03/a.md", 3, 7, "date: <b>soon</b>", 11)
    error = Fault("E210", '"<b>soon</b>" is no date', place, "write 2026-03-01")
    outcomes = [
        outcome(1, faults=(Fault("E706", "mended since"),)),
        outcome(2, faults=(Fault("W301", "not used"), error)),
    ]

    page = tree(desk_page(Waiting(), outcomes, FRAME))

    (shown,) = page.xpath("//section[h2/@id='faults']")
    assert [item.get("class") for item in shown.iter("li")] == ["desk-error", "desk-warning"]
    text = shown.text_content()
    assert 'error E210 in content/articles/2026/03/a.md:3:7: "<b>soon</b>" is no date' in text
    assert shown.findtext(".//mark") == "<b>soon</b>"
    assert "Hint: write 2026-03-01" in text
    assert "mended since" not in text
    assert "none of the last builds was good" in page.text_content()


def test_a_build_without_faults_is_well() -> None:
    outcomes = [outcome(1, faults=(Fault("E706", "mended"),)), outcome(2, pages=40)]

    text = tree(desk_page(Waiting(), outcomes, FRAME)).text_content()

    assert "All is well" in text
    assert "Build 2 of 2026-03-15 12:02:00 is shown: 40 pages." in text


def test_a_failed_build_says_which_pages_are_shown() -> None:
    outcomes = [outcome(1), outcome(2), outcome(3, faults=(Fault("E706", "broken"),))]

    text = tree(desk_page(Waiting(), outcomes, FRAME)).text_content()

    assert "Build 3 of 2026-03-15 12:03:00 failed." in text
    assert "The pages are still those of build 2 of 2026-03-15 12:02:00." in text


def test_the_last_builds_say_what_was_made_again_and_why() -> None:
    """The newest first; of long lists the beginning, and how many more."""
    changed = frozenset(f"2026/03/{number:03}/index.html" for number in range(137))
    outcomes = [
        outcome(1, pages=200, rendered=200, seconds=1.25),
        outcome(
            2,
            cause=("content/articles/2026/03/<a>.md",),
            changed=changed,
            rendered=1,
            pages=200,
            seconds=0.0312,
        ),
        outcome(3, cause=tuple(f"content/articles/{n}.md" for n in range(25))),
    ]

    page = tree(desk_page(Waiting(), outcomes, FRAME))

    (section,) = page.xpath("//section[h2/@id='builds']")
    third, second, first = section.xpath("./ol/li")
    assert "good, 1 page of 200 rendered, 31 ms" in second.text_content()
    assert "Cause: content/articles/2026/03/<a>.md" in second.text_content()
    assert "137 outputs changed" in second.text_content()
    assert len(second.xpath(".//details//li")) == 21
    assert "and 117 more" in second.text_content()
    assert "2026/03/019/index.html" in second.text_content()
    assert "2026/03/020/index.html" not in second.text_content()
    assert "Cause: 25 changes" in third.text_content()
    assert "and 5 more" in third.text_content()
    assert "Cause: the start" in first.text_content()
    assert "No output changed." in first.text_content()


# --- over HTTP -----------------------------------------------------------------------------


@pytest.fixture
def port(site: Newsroom) -> Iterator[int]:
    """A server of a site that was built, with something in each part of the desk's page."""
    drop(site, "ferry.txt", FERRY)
    drop(site, "gale.txt", BARE)
    drop(site, "noise.txt", b"\x00\x01\x02\x03" * 50)
    faults = take_in(site.write(HELD))
    site.build(showing=Showing(drafts=True, future=True), output=site.folder / "output")
    desk = Desk(
        site=site.folder,
        output=site.folder / "output",
        outcomes=lambda: [outcome(), outcome(2, cause=("a.md", "b.md"), faults=faults)],
        stock=lambda: stock(site),
    )
    pages = StaticFiles(directory=site.folder / "output", html=True)
    app = Starlette(routes=[*desk.routes(), Mount("/", pages)])
    listening = open_port("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)
    listening.close()


def fetch(port: int, path: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response, body


def test_the_pages_are_served_in_the_look_of_the_theme(port: int, site: Newsroom) -> None:
    """With the stylesheets of the front page, then the desk's own; kept by nobody."""
    answer, body = fetch(port, "/_ssg/")

    theme, own = tree(body).xpath("//link[@rel='stylesheet']/@href")
    assert (site.folder / "output" / theme.removeprefix("/")).is_file()
    stylesheet, _ = fetch(port, f"/_ssg/{own}")
    assert (stylesheet.status, stylesheet.getheader("content-type")) == (
        200,
        "text/css; charset=utf-8",
    )
    assert answer.getheader("cache-control") == "no-store"
    assert "script-src 'self'" in answer.getheader("content-security-policy", "")
    assert fetch(port, "/_ssg/", "HEAD")[0].status == 200
    assert fetch(port, "/_ssg")[0].getheader("location") == "/_ssg/"


def test_receipts_are_served_by_name(port: int) -> None:
    """Below the desk's page, whose stylesheet they share."""
    answer, body = fetch(port, "/_ssg/receipts/ferry.txt")

    assert ("authors: ", "Ada Quill") in marked(tree(body))
    assert answer.getheader("cache-control") == "no-store"
    assert tree(body).xpath("//link[@rel='stylesheet']/@href")[-1] == "../desk.css"


@pytest.mark.parametrize(
    "name", ["none.txt", "%2e%2e%2fferry.txt", "..%5cferry.txt", "%00", ".%2fferry.txt", "%ff"]
)
def test_other_names_are_not_found(port: int, name: str) -> None:
    assert fetch(port, f"/_ssg/receipts/{name}")[0].status == 404


def test_stylesheets_are_those_for_screens(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<head><link rel="stylesheet" href="a.css">'
        '<LINK REL="Stylesheet" href="/n/b.css?x=1&amp;y">'
        '<link rel="alternate stylesheet" href="c.css"><link rel="icon" href="d.svg">'
        '<link rel="stylesheet" media="print" href="e.css"></head>'
        '<link rel="stylesheet" href="f.css">'
    )

    assert theme_stylesheets(tmp_path, "/n/") == ("/n/a.css", "/n/b.css?x=1&y")
    assert theme_stylesheets(tmp_path / "none", "/") == ()


def test_times_are_those_of_the_site() -> None:
    summer = Outcome(number=1, at=datetime(2026, 7, 1, 12, tzinfo=UTC))
    text = desk_page(Waiting(), [summer], Frame(zone=ZoneInfo("Europe/Dublin")))

    assert "2026-07-01 13:00:00" in text


# --- in a browser --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tabs(require: Callable[[str | Path], Path]) -> Iterator[Tabs]:
    program = require("chromium")
    require(AXE)
    with browser(program) as chromium:
        yield Tabs(chromium)


@pytest.mark.parametrize("path", ["/_ssg/", "/_ssg/receipts/ferry.txt"])
def test_the_pages_can_be_read_by_everybody(port: int, tabs: Tabs, path: str) -> None:
    """In light and dark, from 320 px on; with the theme, and before there is any."""
    address = f"http://127.0.0.1:{port}"
    checks = (accessible, quiet, reflowing, contrasting, reachable)

    assert [fault for check in checks for fault in check(tabs, Host(address, address), path)] == []


def test_a_page_that_no_theme_dresses_can_be_read(port: int, site: Newsroom, tabs: Tabs) -> None:
    """While no build was good there is no front page, and no stylesheet but the desk's."""
    site.remove("output/index.html")
    address = f"http://127.0.0.1:{port}"

    assert accessible(tabs, Host(address, address), "/_ssg/") == []


def test_the_files_are_valid(
    port: int, tmp_path: Path, require: Callable[[str | Path], Path]
) -> None:
    node = require("node")
    require(HTML_VALIDATE)
    for name in ("", "receipts/ferry.txt"):
        (tmp_path / f"{name.replace('/', '-')}.html").write_text(fetch(port, f"/_ssg/{name}")[1])

    assert html_validate(node, sorted(tmp_path.glob("*.html"))) == []
    assert stylelint(node, [ASSETS / "desk.css"]) == []
