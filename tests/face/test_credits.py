"""What machines read in the sample site, as their own parsers and checkers see it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import feedparser
import mf2py
import pytest
from jsonschema import Draft202012Validator

from qa.feed_rules import rss_faults
from qa.sample import POLICY, REPOSITORY, Sample, policy_of
from qa.validators import (
    CSP_EVALUATOR,
    FEEDSMITH,
    HERE,
    SCHEMA_DTS,
    TSC,
    csp,
    feedsmith,
    schema_types,
)
from ssg.check.attribution import prove
from ssg.check.attribution.said import FORMS
from ssg.config import Config, read_config

Require = Callable[[str | Path], Path]

#: Outputs that are the same with every theme.
ONE_THEME: Final = pytest.mark.parametrize("sample", ["broadsheet"], indirect=True)

_DATA: Final = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


# --- the proof ----------------------------------------------------------------------------


def test_every_credit_of_the_sample_site_is_the_same_in_every_form(sample: Sample) -> None:
    """With every theme; all articles are in feeds, so that all forms are compared for each but
    those that are only notices, of which machines are told nothing.
    """
    config = read_config((REPOSITORY / "config.toml").read_text(encoding="utf-8"))
    assert isinstance(config, Config)

    proof = prove(sample.output, config)

    assert proof.faults == ()
    standing = [text for text in sample.articles.values() if "page-gone" not in text]
    assert proof.articles == len(standing) > 20
    told = len(list(told_of(sample)))
    silent = {"JSON-LD", "RSS", "Atom", "JSON Feed"}
    assert dict(proof.forms) == {form: told if form in silent else proof.articles for form in FORMS}


def told_of(sample: Sample) -> Iterator[tuple[str, str]]:
    """The articles that are no notices, with their paths."""
    return ((path, text) for path, text in sample.articles.items() if _DATA.search(text))


# --- JSON-LD ------------------------------------------------------------------------------


def nodes_of(sample: Sample) -> dict[str, dict[str, Any]]:
    """Every node of every page, by page and number."""
    return {
        f"{path} {number}": node
        for path, text in sample.html.items()
        for block in _DATA.findall(text)
        for number, node in enumerate(json.loads(block)["@graph"])
    }


@ONE_THEME
def test_json_ld_has_the_types_of_schema_org(
    sample: Sample, require: Require, tmp_path: Path
) -> None:
    node = require("node")
    require(TSC)
    require(SCHEMA_DTS)
    nodes = nodes_of(sample)

    faults = schema_types(node, nodes, tmp_path)

    assert len(nodes) > 100
    assert not faults, "\n".join(faults)


def test_wrong_json_ld_is_found_out(require: Require, tmp_path: Path) -> None:
    """A property that there is not, one of another type, and a value of the wrong kind."""
    node = require("node")
    require(TSC)
    require(SCHEMA_DTS)
    bad: dict[str, dict[str, Any]] = {
        "a": {"@type": "NewsArticle", "headlin": "x"},
        "b": {"@type": "NewsArticle", "author": {"@type": "Person", "sourceOrganization": "x"}},
        "c": {"@type": "NewsArticle", "wordCount": "many"},
        "good": {"@type": "NewsArticle", "headline": "x"},
    }

    faults = schema_types(node, bad, tmp_path)

    assert [fault.partition(":")[0] for fault in faults] == ["a", "b", "c"]


# --- feeds --------------------------------------------------------------------------------


def feeds_in(sample: Sample, name: str) -> list[Path]:
    found = sorted(sample.output.rglob(name))
    assert len(found) > 50
    return found


@ONE_THEME
def test_feeds_are_read_by_feedparser(sample: Sample) -> None:
    """Without a complaint, with whole addresses and with the same authors in both formats."""
    for path in feeds_in(sample, "feed.xml"):
        rss = feedparser.parse(path.read_bytes())
        atom = feedparser.parse(path.with_name("atom.xml").read_bytes())
        assert not rss.bozo, (path, rss.get("bozo_exception"))
        assert not atom.bozo, (path, atom.get("bozo_exception"))
        for one, other in zip(rss.entries, atom.entries, strict=True):
            assert one.id == other.id
            assert [who.name for who in one.authors] == [who.name for who in other.authors]


@ONE_THEME
def test_feeds_are_read_by_feedsmith(sample: Sample, require: Require) -> None:
    """As what they are, and all three formats of a feed with the same credits."""
    node = require("node")
    require(FEEDSMITH)
    files = [path.with_name(n) for path in feeds_in(sample, "feed.xml") for n in _FORMATS]

    found = feedsmith(node, files)

    assert [feed["format"] for feed in found] == list(_FORMATS.values()) * (len(files) // 3)
    for rss, atom, plain in zip(found[::3], found[1::3], found[2::3], strict=True):
        told = [list(map(credits_in, entries)) for entries in map(entries_of, (rss, atom, plain))]
        assert told[0] == told[1] == told[2]


def test_what_is_no_feed_is_found_out(require: Require, tmp_path: Path) -> None:
    node = require("node")
    require(FEEDSMITH)
    (tmp_path / "no.xml").write_text("<page/>")

    assert [feed["format"] for feed in feedsmith(node, [tmp_path / "no.xml"])] == [None]


_FORMATS: Final = {"feed.xml": "rss", "atom.xml": "atom", "feed.json": "json"}


def entries_of(feed: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = feed["feed"].get("items") or feed["feed"].get("entries") or []
    return found


def credits_in(entry: Mapping[str, Any]) -> tuple[list[str], str | None]:
    """The authors of an entry, and its picture's address, in the words of any format."""
    names = entry.get("dc", {}).get("creators") or [who["name"] for who in entry["authors"]]
    pictures = entry.get("media", {}).get("contents") or [{"url": entry.get("image")}]
    return names, pictures[0]["url"]


@ONE_THEME
def test_rss_follows_the_profile(sample: Sample) -> None:
    faults = [
        f"{path}: {fault}"
        for path in feeds_in(sample, "feed.xml")
        for fault in rss_faults(path.read_bytes())
    ]

    assert not faults, "\n".join(faults)


BAD_RSS: Final = b"""<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>A</title>
<link>/</link><description></description><language>English</language>
<lastBuildDate>2026-03-01</lastBuildDate>
<item><guid>tag:a</guid><pubDate>Sun, 1 Mar 26 08:00:00 CET</pubDate>
<author>Greta Vance</author><content:encoded>&lt;a href="/b/"&gt;</content:encoded>
<source>Wire</source><byline>x</byline></item>
<item><title>A</title><title>B</title><guid>tag:a</guid></item></channel></rss>"""


def test_bad_rss_is_found_out() -> None:
    assert rss_faults(BAD_RSS) == [
        "channel has no description",
        "channel has no atom:link to itself",
        "channel has no language that is one",
        "channel: lastBuildDate is no date",
        "an address that is not whole: /",
        "guid of two items: tag:a",
        "item 1: RSS has no byline",
        "item 1 has neither title nor description",
        "item 1: content:encoded without a description before it",
        "item 1: an address in its text that is not whole",
        "item 1: pubDate is no date: Sun, 1 Mar 26 08:00:00 CET",
        "item 1: guid is called an address and is none: tag:a",
        "item 1: author is no address of e-mail: Greta Vance",
        "item 1: source has no address of a feed",
        "item 2: title twice",
        "item 2: pubDate is no date: None",
        "item 2: guid is called an address and is none: tag:a",
    ]
    assert rss_faults(b"<feed/>") == ["no channel of RSS 2.0"]


def json_feed_faults(data: object) -> Iterator[str]:
    schema = json.loads((HERE / "json-feed.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    for error in Draft202012Validator(schema).iter_errors(data):
        yield f"{error.json_path}: {error.message}"


@ONE_THEME
def test_json_feeds_follow_the_schema(sample: Sample) -> None:
    for path in feeds_in(sample, "feed.json"):
        faults = list(json_feed_faults(json.loads(path.read_bytes())))
        assert not faults, (path, faults)


def test_bad_json_feeds_are_found_out() -> None:
    item = {"id": 7, "url": "/a/", "title": "A", "authors": [], "date_published": "2026-03-01"}
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "title": "A",
        "items": [item],
        "author": {},
    }

    found = {fault.partition(":")[0] for fault in json_feed_faults(feed)}

    assert found == {
        *("$", "$.version", "$.items[0]", "$.items[0].id", "$.items[0].url"),
        *("$.items[0].authors", "$.items[0].date_published"),
    }


# --- microformats -------------------------------------------------------------------------


def test_microformats_are_those_that_mf2py_reads(sample: Sample) -> None:
    """One story a page, with its authors and sources as JSON-LD has them."""
    for path, text in told_of(sample):
        url = f"https://merrowtide.example/{path.removesuffix('index.html')}"
        (entry,) = mf2py.parse(doc=text, url=url)["items"]
        said = entry["properties"]
        (data,) = _DATA.findall(text)
        node = json.loads(data)["@graph"][0]
        assert (entry["type"], said["url"], said["name"]) == (
            ["h-entry"],
            [url],
            [node["headline"]],
        )
        assert cards(said["author"]) == [(who["name"], who["url"]) for who in node["author"]]
        assert sorted(origins(entry)) == sorted(
            (work["publisher"]["name"], work["url"])
            for name in ("isBasedOn", "citation")
            for work in node.get(name, ())
            if "url" in work
        )
        (updated,) = said.get("updated", said["published"])
        assert datetime.fromisoformat(updated) == datetime.fromisoformat(node["dateModified"])


def cards(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Name and address of each card, once."""
    found = ((c["properties"]["name"][0], c["properties"]["url"][0]) for c in items)
    return list(dict.fromkeys(found))


def origins(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The sources that have a story: whether republished or not, each is an `h-cite`."""
    reposts = entry["properties"].get("repost-of", [])
    for cite in (*entry.get("children", ()), *(item for item in reposts if isinstance(item, dict))):
        if "h-cite" in cite["type"]:
            names = [name for name, _ in cards(cite["properties"]["author"])]
            yield from ((names[0], url) for url in cite["properties"].get("url", ()))


# --- the policy ---------------------------------------------------------------------------


def test_the_policy_that_pages_keep_is_a_strict_one(sample: Sample, require: Require) -> None:
    """The site's own, which its `_headers` have hosts send: it is what the pages are shown under in
    a browser, without a report (`quiet`).
    """
    node = require("node")
    require(CSP_EVALUATOR)

    policy = policy_of(sample.output)
    assert policy != POLICY
    assert csp(node, policy) == []


def test_a_lax_policy_is_found_out(require: Require) -> None:
    node = require("node")
    require(CSP_EVALUATOR)

    assert len(csp(node, "script-src 'unsafe-inline' *")) == 3
