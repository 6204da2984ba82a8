"""Guesses that wait for a person: what they rest on, and answers that lose nothing."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.config import Config
from ssg.content import read_content
from ssg.desk import ingest_files
from ssg.desk.answers import answer
from ssg.desk.questions import questions
from ssg.desk.receipts import Found
from ssg.desk.review import Question, settled, value_of, words_of
from ssg.frontmatter import Document, dump, parse
from ssg.ingest import Options, ingest

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
CONFIG = Config(title="The Vane", base_url="https://vane.example/", timezone="Europe/Dublin")
RAW = (
    "The crews of the Skerry ferries voted on Thursday to go back to sea after nineteen days.\n\n"
    "The vote was closer than the union had expected, 41 to 36, and was counted twice.\n\n"
    "Source: Skerry Wire\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that has taken in one raw text without headline, date and author."""
    raw = tmp_path / "content/inbox/ferry.txt"
    raw.parent.mkdir(parents=True)
    raw.write_text(RAW, "utf-8")
    os.utime(raw, (NOW.timestamp(), NOW.timestamp()))
    assert ingest_files(tmp_path, (), CONFIG, now=NOW).faults == ()
    return tmp_path


@pytest.fixture
def article(site: Path) -> Path:
    (file,) = site.glob("content/articles/*/*/*.md")
    return file


def asked(site: Path) -> list[Question]:
    return list(questions(site, CONFIG))


def document(text: str) -> Document:
    read = parse("a.md", text)
    assert isinstance(read, Document)
    return read


def values(file: Path) -> Any:
    return document(file.read_text("utf-8")).values


def marked(file: Path, *fields: str) -> None:
    """The article with these fields named as guesses, as an editor could have written."""
    text = file.read_text("utf-8")
    body = text.partition("---\n\n")[2]
    kept = document(text).values
    record = {**kept["ingest"], "guessed": list(fields)}
    file.write_text(dump({**kept, "ingest": record}, body), "utf-8")


# --- what waits ------------------------------------------------------------------------------


def test_each_guess_is_a_question_with_its_words(site: Path, article: Path) -> None:
    """The words that gave the headline, where they stand, and what stands beside them."""
    title, date = asked(site)
    assert (title.field, title.raw, date.field) == ("title", "ferry.txt", "date")
    assert title.path == article.relative_to(site).as_posix()
    assert title.value == title.title == values(article)["title"]
    (words,) = title.words
    assert (words.line, words.before) == (1, "")
    assert RAW.startswith(words.text + words.after)
    assert words.after
    assert (date.value[:10], date.words) == ("2026-11-20", ())


def test_what_was_read_too_unsurely_is_a_candidate(site: Path, article: Path) -> None:
    """Candidates are what reading the raw text doubts."""
    raw = "Ferry crews vote to sail again\n\nBy Cassandra\n\n20 November 2026\n\n" + RAW
    (site / "content/inbox/ferry.txt").write_text(raw, "utf-8")
    ingest_files(site, (), CONFIG, now=NOW)
    (question,) = asked(site)
    assert (question.field, question.candidates) == ("authors", ("Cassandra",))
    doubts = ingest(raw.encode(), "ferry.txt", Options()).doubts.get("authors", ())
    assert question.candidates == tuple(one.text for one in doubts)
    assert question.value == ""


def test_a_changed_value_waits_for_nobody(site: Path, article: Path) -> None:
    """Who has changed a guess has settled it, whatever the list still says."""
    text = article.read_text("utf-8")
    title = values(article)["title"]
    article.write_text(text.replace(f"title: {title}", "title: Mine"), "utf-8")
    assert [question.field for question in asked(site)] == ["date"]


def test_credits_added_by_hand_wait_for_nobody(site: Path, article: Path) -> None:
    """Whom nobody was sure of is settled by who is named, in the file as in the terminal."""
    marked(article, "authors", "sources")
    receipt = site / "content/inbox/.receipts/ferry.txt.md"
    receipt.write_bytes(article.read_bytes())
    assert [question.field for question in asked(site)] == ["authors", "sources"]
    text = article.read_text("utf-8")
    article.write_text(text.replace("title:", "authors: [ada-quill]\ntitle:", 1), "utf-8")
    assert [question.field for question in asked(site)] == ["sources"]


def test_only_articles_that_were_named(site: Path, article: Path) -> None:
    """The questions of one run can be those of its own raw texts."""
    path = article.relative_to(site).as_posix()
    assert len(list(questions(site, CONFIG, {path}))) == 2
    assert list(questions(site, CONFIG, {"content/articles/2026/01/other.md", None})) == []


def test_an_author_s_guesses_are_asked_too(site: Path) -> None:
    """What waits in the file of an author comes after the articles; a biography is kept, or
    written in its file.
    """
    author = site / "content/authors/ada-quill.md"
    author.parent.mkdir(parents=True, exist_ok=True)
    record = "ingest: {raw: ada.txt, digest: d1, guessed: [bios]}"
    author.write_text(f"---\nname: Ada Quill\n{record}\n---\n\nAda Quill is a reporter.\n")
    question = asked(site)[-1]
    assert (question.title, question.field) == ("Ada Quill", "bios")
    (fault,) = answer(site, question, "She is a sailor.", CONFIG)
    assert fault.code == "E620"
    assert answer(site, question, None, CONFIG) == ()
    assert "guessed" not in author.read_text("utf-8")


@pytest.mark.parametrize("lost", ["raw", "receipt", "changed", "damaged"])
def test_lost_evidence_leaves_the_question(site: Path, lost: str) -> None:
    """Without raw text or receipt there is less to show, and nothing breaks."""
    raw, receipt = site / "content/inbox/ferry.txt", site / "content/inbox/.receipts/ferry.txt.json"
    match lost:
        case "raw":
            raw.unlink()
        case "receipt":
            receipt.unlink()
        case "changed":
            raw.write_text("Something else.", "utf-8")
        case _:
            receipt.write_text('{"digest": "a", "fields": {"title": 7}}', "utf-8")
    title, _ = asked(site)
    assert all(words.line is None for words in title.words)
    assert bool(title.words) == (lost in {"raw", "changed"})


@pytest.mark.parametrize("raw", ["../../../outside.txt", ".receipts", "a/b.txt", "\u202ex.txt"])
def test_no_name_in_front_matter_leads_out_of_the_inbox(
    site: Path, article: Path, raw: str
) -> None:
    """The name of a raw text is followed only where it is the name of one."""
    (site.parent / "outside.txt.json").write_text("{}", "utf-8")
    kept = values(article)
    record = {**kept["ingest"], "raw": raw}
    article.write_text(dump({**kept, "ingest": record}, "Text."), "utf-8")
    assert all(question.words == () for question in asked(site))


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_words_are_quoted_from_their_line(text: str, start: int, length: int) -> None:
    """What stands beside the words is on their line, and the line is theirs."""
    start = min(start, len(text))
    found = Found((start, min(start + length, len(text))), text[start : start + length], "r", 0.5)
    (words,) = words_of([found], text)
    assert words.line is not None
    assert not {"\r", "\n"} & set(words.before + words.after)
    assert text[:start].endswith(words.before)
    assert text[found.span[1] :].startswith(words.after)


# --- answers ---------------------------------------------------------------------------------


def test_keeping_a_guess_takes_its_name_off_the_list(site: Path, article: Path) -> None:
    """Not one other byte changes."""
    title, _ = asked(site)
    before = article.read_text("utf-8")
    assert answer(site, title, None, CONFIG) == ()
    after = article.read_text("utf-8")
    assert after == before.replace("  - title\n", "").replace("[title, date]", "[date]")
    assert [question.field for question in asked(site)] == ["date"]


def test_a_better_value_takes_the_guess_s_place(site: Path, article: Path) -> None:
    """Headlines that YAML would misread are written so that they read as typed."""
    title, date = asked(site)
    assert answer(site, title, "“No”: ferry #7 sails - yes", CONFIG) == ()
    assert answer(site, date, "2026-11-19 07:30", CONFIG) == ()
    found = values(article)
    assert (found["title"], found["date"]) == ("“No”: ferry #7 sails - yes", "2026-11-19 07:30")
    assert "guessed" not in found["ingest"]
    assert asked(site) == []


def test_nothing_that_a_person_wrote_is_lost(site: Path, article: Path) -> None:
    """Comments, order, spacing, other keys and the body stay, also what was saved meanwhile."""
    title, _ = asked(site)
    mine = article.read_text("utf-8").replace("title:", "# mine\ntags: [ a,  b ]   # two\ntitle:")
    article.write_text(mine + "\n\nAdded by hand.\n", "utf-8")
    assert answer(site, title, "Ferries sail", CONFIG) == ()
    text = article.read_text("utf-8")
    assert "# mine\ntags: [ a,  b ]   # two\ntitle: Ferries sail\n" in text
    assert text.endswith("\n\nAdded by hand.\n")


def test_what_was_settled_meanwhile_is_left_alone(site: Path, article: Path) -> None:
    """An editor in another window was first: the answer changes nothing."""
    title, _ = asked(site)
    assert answer(site, title, "Mine", CONFIG) == ()
    text = article.read_text("utf-8")
    assert answer(site, title, "Yours", CONFIG) == ()
    assert article.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("field", "text"), [("date", "soon"), ("date", "2026-02-30"), ("title", ""), ("authors", ", ;")]
)
def test_what_cannot_be_right_is_refused(site: Path, article: Path, field: str, text: str) -> None:
    """The fault says why, and the article is as it was."""
    marked(article, field)
    (question,) = asked(site)
    before = article.read_bytes()
    (fault,) = answer(site, question, text, CONFIG)
    assert fault.code == "E620"
    assert field in fault.message
    assert article.read_bytes() == before


def test_front_matter_on_one_line_is_left_to_a_person(site: Path, article: Path) -> None:
    """`{a: 1, b: 2}` cannot be changed without changing all of it."""
    kept = values(article)
    record = {**kept["ingest"], "guessed": ["title"]}
    line = json.dumps({**kept, "ingest": record}, ensure_ascii=False)
    article.write_text(f"---\n{line}\n---\n\nText.\n", "utf-8")
    (question,) = asked(site)
    (fault,) = answer(site, question, None, CONFIG)
    assert (fault.code, "one line" in fault.message) == ("E620", True)


def test_names_become_credits(site: Path, article: Path) -> None:
    """Those the site knows under a name or an alias, and files for those it does not."""
    known = site / "content/authors/ada.md"
    known.parent.mkdir(parents=True, exist_ok=True)
    known.write_text("---\nname: Ada Quill\naliases: [A. Quill]\n---\n", "utf-8")
    marked(article, "authors")
    (question,) = asked(site)
    assert answer(site, question, "a. quill,  Bo   Lind", CONFIG) == ()
    assert values(article)["authors"] == ["ada", "bo-lind"]
    assert values(site / "content/authors/bo-lind.md")["name"] == "Bo Lind"
    assert known.read_text("utf-8") == "---\nname: Ada Quill\naliases: [A. Quill]\n---\n"

    marked(article, "sources")
    (question,) = asked(site)
    assert answer(site, question, "Vane Radio", CONFIG) == ()
    assert value_of(values(article), "sources") == "vane-radio"
    loaded = {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.glob("content/*/**/*.md")
        if "inbox" not in file.parts
    }
    assert read_content(loaded, {}, CONFIG).faults == ()


def test_a_settled_guess_survives_a_new_version_of_the_raw_text(site: Path, article: Path) -> None:
    """What an editor decided is merged, not undone."""
    title, date = asked(site)
    answer(site, title, "Ferries sail", CONFIG)
    answer(site, date, None, CONFIG)
    (site / "content/inbox/ferry.txt").write_text(RAW.replace("41 to 36", "42 to 36"), "utf-8")
    report = ingest_files(site, (), CONFIG, now=NOW)
    assert report.faults == ()
    assert values(article)["title"] == "Ferries sail"
    assert "42 to 36" in article.read_text("utf-8")
    assert asked(site) == []


KEYS = st.sampled_from(["title", "date", "authors", "kicker", "standfirst"])


@given(st.lists(KEYS, min_size=1, max_size=4, unique=True), st.data())
def test_settling_changes_one_value_and_one_name(fields: list[str], data: st.DataObject) -> None:
    """Whatever else stands in front matter reads as before."""
    field = data.draw(st.sampled_from(fields))
    before = {
        "title": "T: one",
        "date": "2026-11-20",
        "tags": ["a", "b"],
        "ingest": {"raw": "a.txt", "digest": "d1", "guessed": fields},
    }
    value = data.draw(st.none() | st.text(st.characters(categories=["L", "P", "Zs"]), min_size=1))
    text = settled(document(dump(before, "Text.\n")), field, value)
    assert text is not None
    after = document(text)
    rest = [name for name in fields if name != field]
    record = {"raw": "a.txt", "digest": "d1", **({"guessed": rest} if rest else {})}
    changed = {field: value} if value is not None else {}
    assert after.values == {**before, **changed, "ingest": record}
    assert after.body == "Text.\n"
