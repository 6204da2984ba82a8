"""The files of the sample site before the validators, every page of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from gzip import compress
from pathlib import Path

import pytest

from qa.sample import REPOSITORY, Sample, themes
from qa.validators import HTML_VALIDATE, NU, STYLELINT, html_validate, nu, stylelint

Require = Callable[[str | Path], Path]

REGISTRY = "https://registry.npmjs.org/"


@pytest.fixture
def bad_page(tmp_path: Path) -> Path:
    """A page with faults that any validator finds."""
    page = tmp_path / "bad.html"
    page.write_text('<!doctype html>\n<title></title>\n<p><div>x</p><img src="a b">\n')
    return page


def pages(sample: Sample) -> list[Path]:
    return sorted(sample.output.rglob("*.html"))


def test_html_validate(require: Require, sample: Sample) -> None:
    node = require("node")
    require(HTML_VALIDATE)

    faults = html_validate(node, pages(sample))

    assert not faults, "\n".join(faults)


def test_html_validate_finds_faults(require: Require, bad_page: Path) -> None:
    node = require("node")
    require(HTML_VALIDATE)

    assert len(html_validate(node, [bad_page])) > 2


def test_nu(require: Require, sample: Sample) -> None:
    java = require("java")
    require(NU)

    faults = nu(java, pages(sample))

    assert not faults, "\n".join(faults)


def test_nu_finds_faults(require: Require, bad_page: Path) -> None:
    java = require("java")
    require(NU)

    assert len(nu(java, [bad_page])) > 2


@pytest.mark.parametrize("theme", themes())
def test_stylelint(require: Require, theme: str) -> None:
    node = require("node")
    require(STYLELINT)

    faults = stylelint(node, sorted((REPOSITORY / "themes" / theme / "assets").rglob("*.css")))

    assert not faults, "\n".join(faults)


def test_stylelint_finds_faults(require: Require, tmp_path: Path) -> None:
    node = require("node")
    require(STYLELINT)
    (tmp_path / "bad.css").write_text("a {\n  colr: red;\n  color: #ggg;\n}\n")

    assert len(stylelint(node, [tmp_path / "bad.css"])) == 2


def test_articles_are_small(sample: Sample) -> None:
    """The text of a story without pictures comes in the first packets."""
    sizes = {
        path: len(compress(text.encode()))
        for path, text in sample.articles.items()
        if "<img " not in text
    }

    assert sizes, "the sample site has articles without pictures"
    assert not {path: size for path, size in sizes.items() if size > 14 * 1024}


def test_the_validators_come_from_the_public_registry() -> None:
    """Whoever installs them needs no other host, and gets the bytes that were tried here."""
    lock = json.loads((REPOSITORY / "qa/package-lock.json").read_text(encoding="utf-8"))
    packages = [package for path, package in lock["packages"].items() if path]

    assert packages
    assert all(package["resolved"].startswith(REGISTRY) for package in packages)
    assert all(package["integrity"] for package in packages)
