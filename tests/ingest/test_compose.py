"""From a harvest to documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ssg.frontmatter import Document, dump, parse
from ssg.ingest.compose import (
    Composed,
    Known,
    Moment,
    Registry,
    Remark,
    compose,
    moment_of,
)
from ssg.ingest.harvest import FoundAuthor, FoundSource, Harvest, Receipt

MARCH = Moment(2026, 3, "2026-03-01", guessed=False)
FOUND = Harvest(
    title="River crests below forecast",
    title_is_guess=False,
    date="2026-03-01",
    authors=(FoundAuthor("Nora Quill", "Nora Quill is a reporter."),),
    sources=(FoundSource("Merrow Gazette", "https://gazette.example/story/1"),),
    lang="en",
    body="The levee holds.",
)


def composed(harvest: Harvest = FOUND, **changes: Any) -> Composed:
    settings: dict[str, Any] = {
        "raw_name": "one.txt",
        "raw_digest": "d1",
        "when": MARCH,
        "domain": "example.org",
        "registry": Registry(),
        "taken_slugs": set(),
    }
    return compose(harvest, **{**settings, **changes})


def test_an_article_with_its_front_matter() -> None:
    """Keys in their order, credits by id, the raw text on record."""
    article = composed().article
    assert article is not None
    assert article.path == "content/articles/2026/03/river-crests-below-forecast.md"
    assert list(article.values.items()) == [
        ("id", "tag:example.org,2026:river-crests-below-forecast"),
        ("title", "River crests below forecast"),
        ("date", "2026-03-01"),
        ("authors", ["nora-quill"]),
        (
            "sources",
            [
                {
                    "source": "merrow-gazette",
                    "url": "https://gazette.example/story/1",
                    "relation": "based-on",
                }
            ],
        ),
        ("ingest", {"raw": "one.txt", "digest": "d1"}),
    ]
    assert article.body == "The levee holds."


def test_all_that_a_text_can_say() -> None:
    """Kicker, standfirst, update, language and roles, each only when it was found."""
    harvest = replace(
        FOUND,
        kicker="World",
        standfirst="All is well",
        updated="2026-03-02",
        lang="es",
        authors=(FoundAuthor("Nora Quill"), FoundAuthor("Tam Odell", role="editing")),
    )
    article = composed(harvest, when=Moment(2026, 3, "2026-03-01", guessed=False)).article
    assert article is not None
    keys = ["id", "title", "kicker", "standfirst", "date", "updated", "authors", "sources"]
    assert list(article.values) == [*keys, "lang", "ingest"]
    assert article.values["authors"] == ["nora-quill", {"author": "tam-odell", "role": "editing"}]
    later = composed(harvest, when=Moment(2026, 4, "2026-04-01", guessed=False)).article
    assert later is not None
    assert "updated" not in later.values


def test_new_authors_and_sources() -> None:
    """Each gets a document; the source's site is read from the address of the story."""
    result = composed()
    author, source = result.authors[0], result.sources[0]
    mark = {"raw": "one.txt", "digest": "d1"}
    assert (author.path, author.values) == (
        "content/authors/nora-quill.md",
        {"name": "Nora Quill", "ingest": mark},
    )
    assert author.body == "Nora Quill is a reporter."
    assert (source.path, source.values, source.body) == (
        "content/sources/merrow-gazette.md",
        {"name": "Merrow Gazette", "url": "https://gazette.example/", "ingest": mark},
        "",
    )
    assert result.offers == ()


@pytest.mark.parametrize(
    "author",
    [
        Known("nq", "Nora Quill"),
        Known("nq", "NORA  QUILL"),
        Known("nq", "Nóra Quill"),
        Known("nq", "Somebody Else", ("N. Quill", "Nora Quill")),
    ],
)
def test_a_known_author_is_referred_to(author: Known) -> None:
    """By name or alias, however spelled; what the text says of them is only offered."""
    result = composed(registry=Registry(authors=(Known("x", "Tam Odell"), author)))
    assert result.article is not None
    assert result.article.values["authors"] == ["nq"]
    assert result.authors == ()
    assert [(offer.path, offer.body) for offer in result.offers] == [
        ("content/authors/nq.md", "Nora Quill is a reporter.")
    ]
    assert Remark("known", "author", "Nora Quill") in result.remarks


def test_initials_are_one_however_dotted() -> None:
    """J. R., J.R. and JR are the same person."""
    harvest = replace(FOUND, authors=(FoundAuthor("J. R. Odell"),))
    for name in ("J.R. Odell", "JR Odell", "J R Odell"):
        result = composed(harvest, registry=Registry(authors=(Known("jr", name),)))
        assert result.authors == ()


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ("The Merrow Gazette", "Merrow Gazette"),
        ("Merrow Gazette", "The merrow gazette"),
        ("Associated Press", "AP"),
        ("dpa", "Deutsche Presse-Agentur"),
    ],
)
def test_a_known_source_is_referred_to(known: str, found: str) -> None:
    """The article is no part of a name, and an agency is known by its tag."""
    harvest = replace(FOUND, sources=(FoundSource(found),))
    result = composed(harvest, registry=Registry(sources=(Known("s", known),)))
    assert result.article is not None
    assert result.article.values["sources"] == [{"source": "s", "relation": "based-on"}]
    assert result.sources == ()


def test_a_name_comes_before_an_alias() -> None:
    """When one bears the name and another has it as alias, it is the first."""
    registry = Registry(
        authors=(Known("alias", "Tam Odell", ("Nora Quill",)), Known("name", "Nora Quill"))
    )
    result = composed(registry=registry)
    assert result.article is not None
    assert result.article.values["authors"] == ["name"]


def test_slugs_keep_out_of_each_others_way() -> None:
    """Neither an existing document's slug nor one of this text is given twice."""
    harvest = replace(FOUND, authors=(FoundAuthor("Żana Quill"), FoundAuthor("Zana-Quill O")))
    harvest = replace(harvest, authors=(FoundAuthor("王明"), FoundAuthor("Wang Ming")))
    registry = Registry(authors=(Known("wang-ming", "Other Person"),))
    result = composed(harvest, registry=registry, taken_slugs={"river-crests-below-forecast"})
    assert [draft.slug for draft in result.authors] == ["wang-ming-2", "wang-ming-3"]
    assert result.article is not None
    assert result.article.slug == "river-crests-below-forecast-2"
    assert result.article.values["authors"] == ["wang-ming-2", "wang-ming-3"]


def test_a_second_run_keeps_slug_and_id() -> None:
    """What an earlier run gave never changes, whatever the headline is now."""
    article = composed(slug="old", article_id="tag:example.org,2020:old").article
    assert article is not None
    assert article.path == "content/articles/2026/03/old.md"
    assert article.values["id"] == "tag:example.org,2020:old"


def test_a_biography_alone_is_an_author() -> None:
    """No article comes of it, and nothing is missing."""
    harvest = replace(FOUND, body="", title=None, sources=())
    result = composed(harvest)
    assert result.article is None
    assert [draft.slug for draft in result.authors] == ["nora-quill"]
    assert result.remarks == (Remark("new", "author", "Nora Quill"),)


def test_guesses_are_named() -> None:
    """In the front matter, in the result and in the remarks."""
    harvest = replace(FOUND, title_is_guess=True, date=None)
    result = composed(harvest, when=Moment(2026, 3, "2026-03-01", guessed=True))
    assert result.article is not None
    assert result.article.values["ingest"]["guessed"] == ["title", "date"]
    assert result.guessed == ("title", "date")
    assert Remark("guessed", "title", "River crests below forecast") in result.remarks
    assert Remark("guessed", "date", "2026-03-01") in result.remarks


def test_what_needs_a_person_is_remarked() -> None:
    """Missing credits, and what was read too unsurely."""
    doubt = Receipt(0, 5, "T. Od", "byline", 0.4)
    harvest = replace(FOUND, authors=(), sources=(), doubts={"authors": (doubt,)})
    result = composed(harvest)
    assert result.article is not None
    assert "authors" not in result.article.values
    assert "sources" not in result.article.values
    assert result.remarks == (
        Remark("found", "title", "River crests below forecast"),
        Remark("found", "date", "2026-03-01"),
        Remark("guessed", "authors", ""),
        Remark("missing", "source", ""),
        Remark("unsure", "authors", "T. Od"),
    )


def test_the_moment_of_a_printed_date() -> None:
    """Year and month for the path, the text as printed."""
    assert moment_of("2026-03-01T09:30+01:00") == Moment(
        2026, 3, "2026-03-01T09:30+01:00", guessed=False
    )


@pytest.mark.parametrize(
    "title", ["Breaking: “yes”", "@handle", "2026", "no", "12:30", "# x", "- y"]
)
def test_front_matter_survives_writing_and_reading(title: str) -> None:
    """Whatever the headline, YAML gives it back."""
    article = composed(replace(FOUND, title=title)).article
    assert article is not None
    document = parse("a.md", dump(article.values, article.body))
    assert isinstance(document, Document)
    assert document.values == article.values
    assert document.body.strip() == article.body


def test_a_headline_in_no_script_still_has_a_slug() -> None:
    """No name from a raw text decides a path: a slug holds letters, digits and hyphens only."""
    for title in ("🚢🚢", "../../etc/passwd", "CON", "", None):
        article = composed(replace(FOUND, title=title)).article
        assert article is not None
        assert article.path.count("/") == 4
        assert set(article.slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
