"""Raw texts in the inbox become documents, once, and follow their raw texts from then on."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ssg.config import Config
from ssg.content import read_content
from ssg.desk import Given, Report, describe, files, ingest_files
from ssg.frontmatter import Document, parse

NOW = datetime(2026, 11, 20, 18, 0, 30, 5, tzinfo=UTC)
CONFIG = Config(title="The Vane", base_url="https://vane.example/", timezone="Europe/Dublin")
ARTICLE = "content/articles/2026/11/ferry-crews-vote-to-sail-again.md"

PARAGRAPHS = (
    "The crews of the Skerry ferries voted on Thursday to go back to sea after nineteen days.",
    "The vote was closer than the union had expected, 41 to 36, and was counted twice.",
    "The first boat is to leave Vane Pier at seven on Monday, weather permitting.",
)
BIO = (
    "Ada Quill is a reporter for The Vane, where she writes about boats and weather. "
    "She lives in Vane with two dogs."
)


def raw_text(
    *paragraphs: str,
    title: str | None = "Ferry crews vote to sail again",
    by: str | None = "Ada Quill",
    date: str | None = "20 November 2026",
    source: str | None = "Skerry Wire",
) -> str:
    head = [title, by and f"By {by}", date]
    tail = [source and f"Source: {source}"]
    return "\n\n".join(filter(None, [*head, *(paragraphs or PARAGRAPHS), *tail])) + "\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content/inbox").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def drop(site: Path) -> Callable[..., Path]:
    def write(name: str = "ferry.txt", text: str | None = None) -> Path:
        file = site / "content/inbox" / name
        file.write_text(raw_text() if text is None else text, encoding="utf-8")
        os.utime(file, (NOW.timestamp() - 60, NOW.timestamp() - 60))
        return file

    return write


def run(site: Path, *files: Path, dry_run: bool = False, given: Given | None = None) -> Report:
    return ingest_files(site, files, CONFIG, now=NOW, given=given, dry_run=dry_run)


def state(site: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and the time it was written."""
    return {
        file.relative_to(site).as_posix(): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in site.rglob("*")
        if file.is_file()
    }


def front(site: Path, path: str = ARTICLE) -> Document:
    document = parse(path, (site / path).read_text(encoding="utf-8"))
    assert isinstance(document, Document)
    return document


def edit(site: Path, old: str, new: str, path: str = ARTICLE) -> None:
    text = (site / path).read_text(encoding="utf-8")
    assert old in text
    (site / path).write_text(text.replace(old, new), encoding="utf-8")


def receipt(site: Path, name: str = "ferry.txt") -> dict[str, object]:
    record = json.loads((site / f"content/inbox/.receipts/{name}.json").read_bytes())
    assert isinstance(record, dict)
    return record


Drop = Callable[..., Path]


# --- new -----------------------------------------------------------------------------------


def test_a_raw_text_becomes_an_article_with_its_author_and_source(site: Path, drop: Drop) -> None:
    drop()

    report = run(site)

    assert report.faults == ()
    assert front(site).values["authors"] == ["ada-quill"]
    assert front(site).values["sources"] == [{"source": "skerry-wire", "relation": "based-on"}]
    assert front(site, "content/authors/ada-quill.md").values["name"] == "Ada Quill"
    assert front(site, "content/sources/skerry-wire.md").values["name"] == "Skerry Wire"
    assert PARAGRAPHS[1] in front(site).body
    assert "Skerry Wire" not in front(site).body


def test_what_is_written_is_what_the_loader_reads(site: Path, drop: Drop) -> None:
    drop()
    drop("bio.txt", BIO.replace("Ada Quill", "Ben Holt").replace("She", "He"))
    run(site)
    files = {path: data for path, (data, _) in state(site).items() if "/inbox/" not in path}

    content = read_content(files, {}, CONFIG)

    assert content.faults == ()
    assert [article.path for article in content.documents.articles] == [ARTICLE]
    assert {author.id for author in content.documents.authors} == {"ada-quill", "ben-holt"}


def test_the_receipt_tells_which_words_gave_a_field(site: Path, drop: Drop) -> None:
    file = drop()
    run(site)
    record = receipt(site)

    assert record["document"] == ARTICLE
    assert (record["authors"], record["sources"]) == (["ada-quill"], ["skerry-wire"])
    fields = record["fields"]
    assert isinstance(fields, dict)
    start, end = fields["sources"][0]["span"]
    assert file.read_text(encoding="utf-8")[start:end] == fields["sources"][0]["text"]
    assert set(fields["title"][0]) == {"span", "text", "rule", "confidence"}
    base = site / "content/inbox/.receipts/ferry.txt.md"
    assert base.read_bytes() == (site / ARTICLE).read_bytes()


def test_files_end_with_a_line_end_and_are_ordinary(site: Path, drop: Drop) -> None:
    drop(text=raw_text().replace("\n", "\r\n"))
    run(site)
    usual = site / "usual"
    usual.touch()

    for path in (ARTICLE, "content/inbox/.receipts/ferry.txt.json"):
        data = (site / path).read_bytes()
        assert data.endswith(b"\n")
        assert b"\r" not in data
        assert (site / path).stat().st_mode == usual.stat().st_mode


def test_a_second_run_changes_no_file(site: Path, drop: Drop) -> None:
    drop()
    drop("talks.txt", raw_text(title=None, date=None))
    run(site)
    before = state(site)

    report = run(site)

    assert state(site) == before
    assert {file.outcome for file in report.files} == {"unchanged"}
    assert describe(report) == ["nothing new in content/inbox/"]


def test_nothing_printed_is_guessed_and_said_so(site: Path, drop: Drop) -> None:
    drop("talks.txt", raw_text(title=None, date=None))

    report = run(site)

    (file,) = report.files
    assert file.document is not None
    values = front(site, file.document).values
    assert values["date"] == "2026-11-20T17:59:30+00:00"
    assert values["ingest"]["guessed"] == ["title", "date"]
    assert describe(report) == [
        f"talks.txt → {file.document}",
        f"  title    {values['title']} (guessed from the first sentence)",
        "  date     2026-11-20 (guessed from the file’s time)",
        "  author   Ada Quill, new: content/authors/ada-quill.md",
        "  source   Skerry Wire, new: content/sources/skerry-wire.md",
    ]


def test_the_time_of_a_file_is_that_of_the_site_and_never_to_come(site: Path, drop: Drop) -> None:
    summer = datetime(2026, 6, 30, 23, 30, tzinfo=UTC).timestamp()
    os.utime(drop("june.txt", raw_text(date=None)), (summer, summer))
    later = NOW.timestamp() + 9_999
    os.utime(drop("later.txt", raw_text(date=None)), (later, later))

    june, to_come = run(site).files

    assert june.document == ARTICLE.replace("2026/11", "2026/07")
    assert front(site, june.document).values["date"] == "2026-07-01T00:30:00+01:00"
    assert to_come.document is not None
    assert front(site, to_come.document).values["date"] == "2026-11-20T18:00:30+00:00"


def test_slugs_and_ids_are_unique(site: Path, drop: Drop) -> None:
    drop("a.txt")
    drop("b.txt", raw_text("Something else was decided about the ferries of Skerry, they say."))
    drop("c.txt", raw_text(date="2 October 2026"))

    first, second, third = run(site).files

    assert first.document == ARTICLE
    assert second.document == ARTICLE.replace(".md", "-2.md")
    assert third.document == ARTICLE.replace("2026/11", "2026/10")
    documents = [file.document or "" for file in (first, second, third)]
    assert len({front(site, path).values["id"] for path in documents}) == 3


def test_a_slug_stated_in_front_matter_is_taken(site: Path, drop: Drop) -> None:
    other = site / "content/articles/2026/11/other.md"
    other.parent.mkdir(parents=True)
    other.write_text("---\ntitle: O\ndate: 2026-11-01\nslug: ferry-crews-vote-to-sail-again\n---\n")
    drop()

    assert run(site).files[0].document == ARTICLE.replace(".md", "-2.md")


def test_a_new_author_of_two_raw_texts_is_one(site: Path, drop: Drop) -> None:
    drop("a.txt")
    drop("b.txt", raw_text(title="Pier reopens", by="ADA QUILL"))

    report = run(site)

    assert [path.name for path in (site / "content/authors").iterdir()] == ["ada-quill.md"]
    assert "  author   Ada Quill, known: content/authors/ada-quill.md" in describe(report)


@pytest.mark.parametrize("key", ["aliases: [Ada Quill]", "display_as: Ada Quill"])
def test_a_known_author_is_recognised_by_other_names_and_never_overwritten(
    key: str, site: Path, drop: Drop
) -> None:
    author = site / "content/authors/quill.md"
    author.parent.mkdir()
    author.write_text(f"---\nname: Adelaide Marr\n{key}\n---\n\nMine.\n")
    before = author.read_bytes()
    drop(text=raw_text() + "\n" + BIO)

    run(site)

    assert front(site).values["authors"] == ["quill"]
    assert author.read_bytes() == before
    assert len(list(author.parent.iterdir())) == 1


def test_a_biography_alone_becomes_an_author(site: Path, drop: Drop) -> None:
    drop("ada.txt", BIO)

    report = run(site)

    assert report.written[0] == "content/authors/ada-quill.md"
    assert "two dogs" in front(site, "content/authors/ada-quill.md").body
    assert not (site / "content/articles").exists()
    drop("ada.txt", BIO.replace("two dogs", "three dogs"))
    edit(site, "name: Ada Quill", "name: Ada Quill\nrole: Reporter", "content/authors/ada-quill.md")
    assert run(site).ingested == 1
    author = front(site, "content/authors/ada-quill.md")
    assert author.values["role"] == "Reporter"
    assert "three dogs" in author.body


def test_a_biography_that_turns_into_an_article_leaves_its_author(site: Path, drop: Drop) -> None:
    drop("ada.txt", BIO)
    run(site)
    before = (site / "content/authors/ada-quill.md").read_bytes()
    drop("ada.txt")

    assert run(site).files[0].document == ARTICLE
    assert (site / "content/authors/ada-quill.md").read_bytes() == before
    drop("ada.txt", BIO)
    assert run(site).files[0].outcome == "left"
    assert (site / ARTICLE).exists()


def test_a_biography_of_somebody_known_is_left_aside(site: Path, drop: Drop) -> None:
    (site / "content/authors").mkdir()
    (site / "content/authors/ada-quill.md").write_text("---\nname: Ada Quill\n---\n\nMine.\n")
    drop("ada.txt", BIO)

    report = run(site)

    assert "Mine." in front(site, "content/authors/ada-quill.md").body
    assert any(line.startswith("  ! the site knows this author") for line in describe(report))
    before = state(site)
    assert run(site).files[0].outcome == "unchanged"
    assert state(site) == before


def test_what_the_text_leaves_open_can_be_given(site: Path, drop: Drop) -> None:
    drop(text=raw_text(by=None, date=None, source=None))
    given = Given(date="2026-10-03", authors=("Ben Holt",), sources=("Harbour Board",))

    report = run(site, given=given)

    path = report.files[0].document or ""
    assert path == ARTICLE.replace("2026/11", "2026/10")
    values = front(site, path).values
    assert (values["date"], values["authors"]) == ("2026-10-03", ["ben-holt"])
    assert values["sources"] == [{"source": "harbour-board", "relation": "based-on"}]
    assert "guessed" not in values["ingest"]


def test_what_was_given_is_remembered_when_the_raw_text_changes(site: Path, drop: Drop) -> None:
    drop(text=raw_text(by=None))
    run(site, given=Given(authors=("Ben Holt",)))
    drop(text=raw_text(*PARAGRAPHS, "One more thing was said.", by=None))

    run(site)

    assert front(site).values["authors"] == ["ben-holt"]
    assert "One more thing" in front(site).body


def test_what_is_given_later_completes_an_unchanged_text(site: Path, drop: Drop) -> None:
    file = drop(text=raw_text(by=None, source=None))
    run(site)
    assert "authors" not in front(site).values

    run(site, file, given=Given(authors=("Ben Holt",)))

    assert front(site).values["authors"] == ["ben-holt"]
    assert front(site, "content/authors/ben-holt.md").values["name"] == "Ben Holt"


def test_what_is_given_for_the_whole_inbox_leaves_settled_texts_alone(
    site: Path, drop: Drop
) -> None:
    """`ssg ingest --date …` is meant for what is new, not for every old text without a date."""
    drop(text=raw_text(date=None))
    run(site)
    before = state(site)

    report = run(site, given=Given(date="2026-11-01"))

    assert [file.outcome for file in report.files] == ["unchanged"]
    assert state(site) == before


def test_what_the_text_says_goes_before_what_is_given(site: Path, drop: Drop) -> None:
    drop()

    run(site, given=Given(date="2020-01-01", authors=("Ben Holt",), sources=("X", " ")))

    assert front(site).values["authors"] == ["ada-quill"]
    assert receipt(site).get("given") is None


def test_a_date_that_is_none_is_refused_before_anything_is_read(site: Path, drop: Drop) -> None:
    drop()

    report = run(site, given=Given(date="yesterday"))

    assert [fault.code for fault in report.faults] == ["E210"]
    assert not (site / "content/articles").exists()


def test_a_dry_run_reports_the_same_and_writes_nothing(
    site: Path, drop: Drop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    drop()
    drop("b.txt", raw_text(title="Pier reopens"))
    outside = tmp_path_factory.mktemp("mail") / "c.txt"
    outside.write_text(raw_text(title="Fog at noon"))
    before = state(site)

    dry = [run(site, dry_run=True), run(site, outside, dry_run=True)]

    assert state(site) == before
    assert describe(dry[0]) == describe(wet := run(site))
    assert dry[0].written == wet.written
    assert dry[1].files[0].document == run(site, outside).files[0].document


# --- changed -------------------------------------------------------------------------------


def test_a_changed_raw_text_reaches_an_untouched_article(site: Path, drop: Drop) -> None:
    drop()
    run(site)
    drop(text=raw_text(*PARAGRAPHS, "Nobody cheered.", title="Ferries sail on Monday"))

    report = run(site)

    values = front(site).values
    assert values["title"] == "Ferries sail on Monday"
    assert values["id"] == "tag:vane.example,2026:ferry-crews-vote-to-sail-again"
    assert "Nobody cheered." in front(site).body
    assert describe(report)[0] == f"ferry.txt → {ARTICLE} (brought up to date)"
    assert len(list((site / "content/articles/2026/11").iterdir())) == 1


def test_edits_and_changes_meet(site: Path, drop: Drop) -> None:
    drop()
    run(site)
    edit(site, "date:", "# asked the union\nsection: harbour\ndate:")
    edit(site, "nineteen days", "nineteen long days")
    drop(text=raw_text(PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[2] + " Bring a coat."))

    run(site)
    before = state(site)

    assert "# asked the union\nsection: harbour\n" in front(site).text
    assert "nineteen long days" in front(site).body
    assert "Bring a coat." in front(site).body
    assert run(site).files[0].outcome == "unchanged"
    assert state(site) == before


def test_a_guessed_date_does_not_wander_with_the_file(site: Path, drop: Drop) -> None:
    drop(text=raw_text(date=None))
    run(site)
    first = front(site).values["date"]
    file = drop(text=raw_text(*PARAGRAPHS, "Nobody cheered.", date=None))
    os.utime(file, (NOW.timestamp() - 5, NOW.timestamp() - 5))

    run(site)

    assert front(site).values["date"] == first
    assert "Nobody cheered." in front(site).body


def conflict(site: Path, drop: Drop) -> Report:
    drop()
    run(site)
    edit(site, "nineteen days", "three weeks")
    drop(text=raw_text(PARAGRAPHS[0].replace("nineteen", "twenty"), *PARAGRAPHS[1:]))
    return run(site)


def test_a_merge_speaks_only_of_guesses_that_still_wait(site: Path, drop: Drop) -> None:
    """A headline that the editor has written is not reported as a guess, nor recorded as one."""
    drop(text=raw_text(title=None))
    (article,) = run(site).written[2:3]
    guess = front(site, article).values["title"]
    edit(site, f"title: {guess}\n", "title: Back to sea\n", article)
    edit(site, "  guessed:\n  - title\n", "", article)
    drop(text=raw_text(*PARAGRAPHS, "Tickets will be on sale from Friday.", title=None))

    report = run(site)

    assert report.files[0].outcome == "merged"
    assert "guessed" not in "\n".join(describe(report))
    assert front(site, article).values["title"] == "Back to sea"
    assert "guessed" not in front(site, article).values["ingest"]


def test_a_conflict_shows_where_the_versions_part(site: Path, drop: Drop) -> None:
    """Also when they begin alike for longer than a line."""
    long = "The harbour board met in the long room above the chandler's shop for most of a day"
    drop(text=raw_text(f"{long} and went home."))
    run(site)
    edit(site, "and went home.", "and stayed for supper.")
    drop(text=raw_text(f"{long} and came to blows."))

    (fault,) = run(site).faults

    assert fault.code == "E603"
    assert "stayed for supper" in fault.message
    assert "came to blows" in fault.message


def test_a_conflict_names_both_versions_and_decides_nothing(site: Path, drop: Drop) -> None:
    drop("other.txt", raw_text(title="Pier reopens"))
    report = conflict(site, drop)

    (fault,) = report.faults
    theirs = "content/inbox/.receipts/ferry.txt.theirs.md"
    assert fault.code == "E603"
    assert "content/inbox/ferry.txt" in fault.message
    assert ARTICLE in fault.message
    assert theirs in (fault.hint or "")
    assert "three weeks" in front(site).body
    assert "twenty days" in front(site, theirs).body
    before = state(site)
    assert [again.code for again in run(site).faults] == ["E603"]
    assert state(site) == before


def test_a_conflict_is_settled_by_hand(site: Path, drop: Drop) -> None:
    conflict(site, drop)
    edit(site, "three weeks", "twenty days and a night")
    (site / "content/inbox/.receipts/ferry.txt.theirs.md").unlink()

    report = run(site)

    assert report.faults == ()
    assert "twenty days and a night" in front(site).body
    assert front(site).values["ingest"]["digest"] == receipt(site)["digest"]
    drop(text=raw_text(PARAGRAPHS[0].replace("nineteen", "twenty"), *PARAGRAPHS[1:], "Rain fell."))
    assert run(site).faults == ()
    assert "Rain fell." in front(site).body
    assert "twenty days and a night" in front(site).body


def test_a_conflict_is_over_when_the_article_agrees(site: Path, drop: Drop) -> None:
    conflict(site, drop)
    edit(site, "three weeks", "twenty days")

    assert run(site).faults == ()
    assert not (site / "content/inbox/.receipts/ferry.txt.theirs.md").exists()
    assert run(site).files[0].outcome == "unchanged"


def test_a_conflict_is_over_when_the_raw_text_is_taken_back(site: Path, drop: Drop) -> None:
    conflict(site, drop)
    drop()

    assert run(site).faults == ()
    assert "three weeks" in front(site).body
    assert not (site / "content/inbox/.receipts/ferry.txt.theirs.md").exists()


def test_an_article_that_changes_meanwhile_is_not_replaced(
    site: Path, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop()
    run(site)
    drop(text=raw_text(*PARAGRAPHS, "Nobody cheered."))
    spare = files._spare

    def editor_saves(target: Path, data: bytes) -> Path:
        if target == site / ARTICLE:
            edit(site, "weather permitting", "wind permitting")
        return spare(target, data)

    monkeypatch.setattr(files, "_spare", editor_saves)

    report = run(site)

    assert [fault.code for fault in report.faults] == ["E604"]
    assert "wind permitting" in front(site).body
    assert "Nobody cheered." not in front(site).body
    monkeypatch.undo()
    assert run(site).faults == ()
    assert "Nobody cheered." in front(site).body
    assert "wind permitting" in front(site).body


def test_a_moved_article_is_found_by_its_id(site: Path, drop: Drop) -> None:
    drop()
    run(site)
    moved = "content/articles/2026/10/crews.md"
    (site / moved).parent.mkdir()
    (site / ARTICLE).rename(site / moved)
    drop(text=raw_text(*PARAGRAPHS, "Nobody cheered."))

    run(site)

    assert "Nobody cheered." in front(site, moved).body
    assert not (site / ARTICLE).exists()
    assert receipt(site)["document"] == moved


def test_a_deleted_article_does_not_come_back(site: Path, drop: Drop) -> None:
    drop()
    run(site)
    (site / ARTICLE).unlink()

    assert run(site).files[0].outcome == "unchanged"
    drop(text=raw_text(*PARAGRAPHS, "Nobody cheered."))
    before = state(site)
    report = run(site)

    assert state(site) == before
    assert report.files[0].outcome == "left"
    assert "was deleted" in describe(report)[1]


def test_a_raw_text_that_is_gone_is_a_warning(site: Path, drop: Drop) -> None:
    file = drop()
    run(site)
    file.unlink()
    before = state(site)

    assert [fault.code for fault in run(site).faults] == ["W602"]
    assert state(site) == before
    (site / ARTICLE).unlink()
    assert run(site).faults == ()


def test_a_renamed_raw_text_is_no_second_article(site: Path, drop: Drop) -> None:
    file = drop()
    run(site)
    file.rename(file.with_name("ferry-final.txt"))

    report = run(site)

    assert report.faults == ()
    assert report.files[0].document == ARTICLE
    assert len(list((site / "content/articles/2026/11").iterdir())) == 1
    before = state(site)
    assert run(site).faults == ()
    assert state(site) == before


def test_a_raw_text_that_was_emptied_leaves_its_article(site: Path, drop: Drop) -> None:
    drop()
    run(site)
    before = (site / ARTICLE).read_bytes()
    drop(text="\n")

    assert [fault.code for fault in run(site).faults] == ["E602"]
    assert (site / ARTICLE).read_bytes() == before


def test_an_article_with_broken_front_matter_is_left_alone(site: Path, drop: Drop) -> None:
    drop()
    run(site)
    edit(site, "title: ", "title: 'never closed ")
    drop(text=raw_text(*PARAGRAPHS, "Nobody cheered."))
    before = state(site)

    report = run(site)

    assert [fault.code for fault in report.faults] == ["E203"]
    assert report.faults[0].place is not None
    assert report.faults[0].place.path == ARTICLE
    assert state(site) == before


# --- what lies in an inbox -----------------------------------------------------------------


def test_a_bad_raw_text_stays_and_the_others_go_through(site: Path, drop: Drop) -> None:
    (site / "content/inbox/a-binary.txt").write_bytes(bytes(range(256)) * 40)
    (site / "content/inbox/b-empty.txt").write_bytes(b"")
    (site / "content/inbox/c-huge.txt").write_bytes(b"word " * 500_000)
    (site / "content/inbox/d-folder.txt").mkdir()
    drop("ferry.txt")

    report = run(site)

    assert [file.outcome for file in report.files] == ["refused", "refused", "refused", "new"]
    assert {fault.code for fault in report.faults} == {"E601", "E602"}
    assert "a-binary.txt: not taken in, see the fault" in describe(report)
    assert (site / ARTICLE).exists()


def test_hidden_files_and_other_kinds_are_not_read(site: Path, drop: Drop) -> None:
    drop(".ferry.txt")
    drop("README.md", "Put raw texts here.")
    drop("letter.docx", "PK")

    report = run(site)

    assert report.files == ()
    assert [fault.code for fault in report.faults] == ["W301"]


def test_no_inbox_is_no_fault(tmp_path: Path) -> None:
    assert run(tmp_path) == Report()


def test_a_link_that_leads_out_of_the_site_is_refused(
    site: Path, drop: Drop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text(raw_text())
    (site / "content/inbox/link.txt").symlink_to(secret)
    (site / "content/inbox/dangling.txt").symlink_to(site / "nowhere")

    report = run(site)

    assert sorted(fault.code for fault in report.faults) == ["E307", "E704"]
    assert report.files == ()


def test_nothing_is_written_through_a_link_out_of_the_site(
    site: Path, drop: Drop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (site / "content/articles").symlink_to(elsewhere)
    drop()

    assert [fault.code for fault in run(site).faults] == ["E307"]
    assert list(elsewhere.iterdir()) == []


def test_two_forms_of_one_name_are_one_name(site: Path, drop: Drop) -> None:
    composed, decomposed = (unicodedata.normalize(form, "fähre.txt") for form in ("NFC", "NFD"))
    drop(decomposed)
    run(site)
    assert receipt(site, composed)["raw"] == composed
    before = state(site)
    assert run(site).files[0].outcome == "unchanged"
    assert state(site) == before

    drop(composed, raw_text(title="Pier reopens"))

    assert "E606" in {fault.code for fault in run(site).faults}


@pytest.mark.parametrize("name", ["line\nend.txt", "bell\x07.txt", os.fsdecode(b"\xff\xfe.txt")])
def test_a_name_that_cannot_be_printed_is_refused(site: Path, drop: Drop, name: str) -> None:
    try:
        drop(name)
    except OSError:
        pytest.skip("needs a file system that takes this name")

    report = run(site)

    assert [fault.code for fault in report.faults] == ["E601"]
    assert report.faults[0].place is not None
    assert report.faults[0].place.path.isprintable()


def test_a_broken_receipt_is_a_fault_and_nothing_is_guessed(site: Path, drop: Drop) -> None:
    drop()
    run(site)
    file = site / "content/inbox/.receipts/ferry.txt.json"
    file.write_text("<<<<<<< ours\n" + file.read_text())
    drop(text=raw_text(*PARAGRAPHS, "Nobody cheered."))
    before = state(site)

    assert [fault.code for fault in run(site).faults] == ["E605"]
    assert state(site) == before
    file.unlink()
    assert run(site).faults == ()
    assert "Nobody cheered." in front(site).body


@pytest.mark.parametrize(
    "record",
    [
        '{"digest": "x", "document": "../../outside.md"}',
        '{"digest": "x", "document": "content/articles/2026/11/../../../../config.toml.md"}',
        '{"digest": 3}',
        '["digest"]',
        '{"digest": "x", "given": {"authors": "Ada"}}',
        "[" * 100_000,
        '{"digest": ' + "1" * 5_000 + "}",
    ],
)
def test_a_receipt_of_another_shape_is_a_fault(site: Path, drop: Drop, record: str) -> None:
    drop()
    run(site)
    (site / "content/inbox/.receipts/ferry.txt.json").write_text(record)

    assert [fault.code for fault in run(site).faults] == ["E605"]


# --- a file from elsewhere -----------------------------------------------------------------


def test_a_file_from_elsewhere_is_copied_first(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("mail") / "ferry.txt"
    outside.write_text(raw_text(date=None))
    os.utime(outside, (NOW.timestamp() - 86_400, NOW.timestamp() - 86_400))

    report = run(site, outside)

    copy = site / "content/inbox/ferry.txt"
    assert copy.read_bytes() == outside.read_bytes()
    assert front(site).values["date"] == "2026-11-19T18:00:30+00:00"
    assert report.ingested == 1
    assert run(site, outside, copy).ingested == 0


def test_a_copy_never_covers_another_text(
    site: Path, drop: Drop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept = drop().read_bytes()
    outside = tmp_path_factory.mktemp("mail") / "ferry.txt"
    outside.write_text(raw_text(title="Quite another story"))

    report = run(site, outside)

    assert [fault.code for fault in report.faults] == ["E606"]
    assert (site / "content/inbox/ferry.txt").read_bytes() == kept
    assert not (site / "content/articles").exists()


def test_a_file_that_is_not_there_or_no_text_is_a_fault(site: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")

    report = run(site, tmp_path / "nowhere.txt", tmp_path / "picture.png")

    assert [fault.code for fault in report.faults] == ["E704", "E601"]


def test_a_text_longer_than_any_article_stays_where_it_is(site: Path, drop: Drop) -> None:
    """The others are taken in."""
    drop("log.txt", "A line.\n" * 10_001)
    drop()
    report = run(site)
    assert [fault.code for fault in report.faults] == ["E610"]
    assert (site / "content/inbox/log.txt").exists()
    assert (site / ARTICLE).exists()


def test_marks_that_turn_letters_round_are_told_and_left_out(site: Path, drop: Drop) -> None:
    """What a person reads must be what is published."""
    drop(text=raw_text("The board said \u202eno\u202c to it."))
    report = run(site)
    assert [fault.code for fault in report.faults] == ["W610"]
    assert "\u202e" not in (site / ARTICLE).read_text(encoding="utf-8")
