"""A new site is complete, is read without a fault, and is never made over something else."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ssg.config import Config, read_config
from ssg.content import read_content
from ssg.desk import create_site, ingest_files
from ssg.faults import Fault
from ssg.model import Showing

NOW = datetime(2026, 11, 20, 18, 0, 30, tzinfo=UTC)


def made(folder: Path, title: str = "The Vane", theme: str = "base") -> tuple[str, ...]:
    written = create_site(folder, title=title, theme=theme, now=NOW)
    assert not isinstance(written, Fault)
    return written


def config_of(folder: Path) -> Config:
    config = read_config((folder / "config.toml").read_text(encoding="utf-8"))
    assert isinstance(config, Config)
    return config


def test_a_new_site_has_one_of_each_and_no_fault(tmp_path: Path) -> None:
    site = tmp_path / "news" / "vane"

    written = made(site)

    config = config_of(site)
    texts = {path: (site / path).read_bytes() for path in written if path.endswith(".md")}
    content = read_content(texts, {}, config)
    assert content.faults == ()
    documents = content.documents
    assert [article.path for article in documents.articles] == [
        "content/articles/2026/11/welcome.md"
    ]
    assert [len(kind) for kind in (documents.authors, documents.sources)] == [1, 1]
    assert (config.title, config.theme, config.timezone) == ("The Vane", "base", "UTC")
    assert config.base_url == "https://example.org/"
    assert {".gitignore", "content/inbox/.gitkeep"} <= set(written)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Pago_Pago", "Pacific/Kiritimati"])
def test_the_first_article_shows_at_once_wherever_the_site_is(tmp_path: Path, zone: str) -> None:
    site = tmp_path / "site"
    written = made(site)
    config = Config(title="V", base_url="https://example.org/", timezone=zone)
    texts = {path: (site / path).read_bytes() for path in written if path.endswith(".md")}

    library = read_content(texts, {}, config).library(NOW, Showing())

    assert [article.title for article in library.articles] == ["This paper has a first page"]


def test_the_inbox_of_a_new_site_is_empty(tmp_path: Path) -> None:
    made(tmp_path)

    report = ingest_files(tmp_path, (), config_of(tmp_path), now=NOW + timedelta(days=1))

    assert (report.files, report.faults) == ((), ())


@pytest.mark.parametrize("title", ['Quote "and" \\ back', "Süd & Co. <3", "日報", "@date@ é"])
def test_a_title_is_written_as_it_stands(tmp_path: Path, title: str) -> None:
    made(tmp_path / "s", title=title)

    assert tomllib.loads((tmp_path / "s/config.toml").read_text("utf-8"))["title"] == title


def test_an_empty_folder_or_a_fresh_repository_will_do(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    assert "config.toml" in made(tmp_path)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    fault = create_site(tmp_path, title="The Vane", theme="base", now=NOW)

    assert isinstance(fault, Fault)
    assert "notes.txt" in fault.message
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert isinstance(create_site(tmp_path / "notes.txt", title="V", theme="base", now=NOW), Fault)


def test_a_theme_or_title_that_cannot_be_is_a_fault_and_writes_nothing(tmp_path: Path) -> None:
    for title, theme in (("The Vane", "../etc"), (" ", "base")):
        fault = create_site(tmp_path / "s", title=title, theme=theme, now=NOW)

        assert isinstance(fault, Fault)
        assert fault.code == "E104"
    assert not (tmp_path / "s").exists()
