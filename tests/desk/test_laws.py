"""Articles through the desk: taken in once, at rest after that, and merged without loss."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.config import Config
from ssg.desk import Report, ingest_files
from ssg.frontmatter import Document, parse
from tests.ingest.articles import Article, articles, saved
from tests.ingest.judging import plain
from tests.ingest.mutations import mutated
from tests.ingest.rendered import rendered

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
CONFIG = Config(title="The Vane", base_url="https://vane.example/", timezone="Europe/Oslo")
INBOX = "content/inbox"


@contextmanager
def empty_site() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as root:
        site = Path(root) / "site"
        (site / INBOX).mkdir(parents=True)
        yield site


def put(site: Path, name: str, raw: bytes) -> None:
    file = site / INBOX / name
    file.write_bytes(raw)
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))


def taken_in(site: Path) -> Report:
    return ingest_files(site, (), CONFIG, now=NOW)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and its number: a file that was written anew has another."""
    return {
        file.relative_to(folder).as_posix(): (file.read_bytes(), file.stat().st_ino)
        for file in folder.rglob("*")
        if file.is_file()
    }


def article_of(report: Report) -> str:
    path = report.files[0].document
    assert path is not None
    return path


def document(site: Path, path: str) -> Document:
    read = parse(path, (site / path).read_text("utf-8"))
    assert isinstance(read, Document)
    return read


def paragraphs_of(body: str) -> list[str]:
    return [plain(text) for _, text in rendered(body).blocks]


@settings(max_examples=40)
@given(st.data(), st.lists(articles(), min_size=1, max_size=4))
def test_a_second_run_touches_no_file(data: st.DataObject, texts: list[Article]) -> None:
    """Not its bytes and not its place on disk; and every paragraph is in its article."""
    with empty_site() as site:
        for number, article in enumerate(texts):
            put(site, f"{number}.txt", data.draw(saved(article.text)))
        report = taken_in(site)
        assert report.faults == ()
        for article, file in zip(texts, report.files, strict=True):
            body = document(site, file.document or "").body
            assert paragraphs_of(body) == [plain(text) for text in article.paragraphs]
        after = contents(site)
        assert [file.outcome for file in taken_in(site).files] == ["unchanged"] * len(texts)
        assert contents(site) == after


@settings(max_examples=60)
@given(st.data(), articles())
def test_what_both_sides_change_is_kept(data: st.DataObject, article: Article) -> None:
    """The editor changes one paragraph, the agency another: the article holds both changes, once
    each, all others as they were, and is at rest after that.
    """
    places = range(len(article.paragraphs))
    # Beside each other they are one passage, which only a person can decide.
    pairs = [(one, two) for one in places for two in places if abs(one - two) > 1]
    mine, other = data.draw(st.sampled_from(pairs))
    with empty_site() as site:
        put(site, "a.txt", article.text.encode())
        path = article_of(taken_in(site))
        before = document(site, path).body.rstrip("\n").split("\n\n")
        edited = [*before]
        edited[mine] = "What the editor wrote in place of it, at 6 pm."
        text = (site / path).read_text("utf-8")
        (site / path).write_text(text.replace("\n\n".join(before), "\n\n".join(edited)), "utf-8")

        changed = list(article.paragraphs)
        changed[other] = "What the agency sent later that day, in a second version of its story."
        put(site, "a.txt", "\n\n".join(_around(article, changed)).encode())
        report = taken_in(site)

        wanted = [plain(one) for one in changed]
        wanted[mine] = "What the editor wrote in place of it, at 6 pm."
        assert report.faults == ()
        assert paragraphs_of(document(site, path).body) == wanted
        after = contents(site)
        taken_in(site)
        assert contents(site) == after


def _around(article: Article, changed: list[str]) -> list[str]:
    """The second version of a raw text: paragraphs apart, what credits it as it was."""
    head = [article.title] if article.title else []
    tail = [f"Source: {article.source}"] if article.source else []
    return [*head, *changed, *tail]


def examine(raws: list[bytes]) -> None:
    with empty_site() as site:
        for number, raw in enumerate(raws):
            put(site, f"{number}.txt", raw)
        taken_in(site)
        after = contents(site.parent)
        taken_in(site)
        assert contents(site.parent) == after
        assert all(path.startswith("site/content/") for path in after)
        assert [after[f"site/{INBOX}/{number}.txt"][0] for number in range(len(raws))] == raws


@settings(max_examples=25)
@given(st.lists(mutated(), min_size=1, max_size=3))
def test_damaged_texts_stay_in_the_inbox(raws: list[bytes]) -> None:
    """No crash, nothing outside the site, the evidence as it came, and a second run at rest."""
    examine(raws)


@pytest.mark.long
@settings(max_examples=3_000)
@given(st.lists(mutated(), min_size=1, max_size=4))
def test_damaged_texts_by_the_thousand(raws: list[bytes]) -> None:
    """The same, many times over."""
    examine(raws)
