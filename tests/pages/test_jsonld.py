"""What a page says in the words of schema.org, and to those who share it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from msgspec.structs import replace

from ssg.config.shape import PoliciesShape
from ssg.model import Byline, Html, Kind, Link, Relation, Site, SourceCredit
from ssg.pages import TEMPLATES, Addresses, embed
from ssg.pages.head import Head, locale_of
from ssg.pages.jsonld import ARTICLES, POLICIES, nodes_of, safe_json
from ssg.pages.views import ArticleView, View
from tests.build.newsroom import CONFIG, Files, Newsroom, article, document, png
from tests.theme.samples import bare, rich

MakeSite = Callable[[Files], Newsroom]
HERE = "content/articles/2026/03/"
PAGE = "2026/03/a/index.html"
ROOT = "https://tidal.example/news/"
NEWS = CONFIG.replace("tidal.example/", "tidal.example/news/")

SITE = Site("The Tidal Post", ROOT, "/news/", "en", "ltr", organization=Link("Press", "/news/"))
AT = Addresses(SITE.home, SITE.url)


def graph(room: Newsroom, path: str = PAGE) -> dict[str, Any]:
    """The nodes of a page's JSON-LD by their types."""
    (block,) = room.page(path).xpath("//head/script[@type='application/ld+json']/text()")
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


def pixels(number: int) -> dict[str, Any]:
    return {"@type": "QuantitativeValue", "value": number, "unitCode": "E37"}


def meta(room: Newsroom, name: str, path: str = PAGE) -> list[str]:
    found = room.page(path).xpath(f"//meta[@name='{name}' or @property='{name}']/@content")
    return list(found)


def sources_said(*credits_: SourceCredit, **changes: Any) -> dict[str, Any]:
    """What an article says that rests on these."""
    view = replace(bare(ArticleView), url="/news/2026/03/a/", sources=credits_, **changes)
    return nodes_of(view, SITE, AT)[0]


@pytest.fixture
def full(site: MakeSite) -> Newsroom:
    """A story that has one of everything."""
    room = site(
        {
            "config.toml": NEWS
            + '[organization]\nname = "Tidal Press"\nurl = "/about/"\nemail = "a@b.example"\n'
            + '[organization.policies]\ncorrections = "/corrections/"\nethics = "https://e.example/"\n',
            HERE + "a.md": article(
                "Water rises",
                "2026-03-01T08:00:00Z",
                standfirst="It will fall again",
                updated="2026-03-02T08:00:00Z",
                corrections="[{date: 2026-03-03, kind: update, text: All wrong.}]",
                authors="[z, {author: a, role: photography}, {author: m, role: editing},"
                " {author: a, role: translation}]",
                sources="[{source: w, url: 'https://w.example/1', relation: republished},"
                " {source: o, relation: cited}]",
                section="t",
                tags="[floods, north]",
                series="{name: The long winter, part: 2}",
                image="{src: /media/x.png, alt: A pier, caption: At dawn, credit: Ada Agency,"
                " source: Wire, licence: CC BY-SA 4.0}",
                dateline="North Basin",
                lang="en-GB",
            ),
            "content/authors/a.md": document(name="Ada Agency", kind="organization", role="Wire"),
            "content/authors/m.md": document(name="Mo Editor"),
            "content/authors/z.md": document(
                "Covers *water*.",
                name="Zoë Vance",
                role="Reporter",
                beat="Floods",
                email="z@b.example",
                photo="{src: /media/x.png, alt: Zoë}",
                links="[{title: Site, url: 'https://z.example/'},"
                " {title: Mail, url: 'mailto:z@z.example'}]",
            ),
            "content/sections/t.md": document(title="Town"),
            "content/sources/o.md": document(name="Office", kind="press-office"),
            "content/sources/w.md": document(
                name="Wire",
                kind="agency",
                url="https://w.example/",
                licence="Subscribers",
                licence_url="/terms/",
                credit_line="© Wire",
            ),
            "content/media/x.png": png(30, 40),
        }
    )
    room.build()
    return room


def test_a_story_says_who_made_it_and_of_what(full: Newsroom) -> None:
    """Every field, each from where the page has it."""
    story = graph(full)["NewsArticle"]
    wire = {
        "@type": "NewsMediaOrganization",
        "@id": ROOT + "sources/w/#source",
        "name": "Wire",
        "url": "https://w.example/",
    }
    ada = {"@id": ROOT + "authors/a/#organization"}
    assert story == {
        "@type": "NewsArticle",
        "@id": ROOT + "2026/03/a/#article",
        "url": ROOT + "2026/03/a/",
        "mainEntityOfPage": ROOT + "2026/03/a/",
        "headline": "Water rises",
        "description": "It will fall again",
        "datePublished": "2026-03-01T08:00:00+00:00",
        "dateModified": "2026-03-03T00:00:00+00:00",
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "articleSection": "Town",
        "keywords": ["floods", "north"],
        "wordCount": story["wordCount"],
        "dateline": "North Basin",
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": "The long winter",
            "url": ROOT + "series/the-long-winter/",
        },
        "position": 2,
        "image": {
            "@type": "ImageObject",
            "url": ROOT + "media/x.png",
            "contentUrl": ROOT + "media/x.png",
            "width": pixels(30),
            "height": pixels(40),
            "caption": "At dawn",
            "creditText": "Ada Agency / Wire",
            "creator": {
                "@type": "Organization",
                **ada,
                "name": "Ada Agency",
                "url": ROOT + "authors/a/",
            },
            "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        },
        "correction": [
            {
                "@type": "CorrectionComment",
                "name": "update",
                "text": "All wrong.",
                "datePublished": "2026-03-03T00:00:00+00:00",
            }
        ],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "@id": ROOT + "#publisher",
            "name": "Tidal Press",
            "url": ROOT + "about/",
            "email": "a@b.example",
            "correctionsPolicy": ROOT + "corrections/",
            "ethicsPolicy": "https://e.example/",
        },
        "author": [
            {
                "@type": "Person",
                "@id": ROOT + "authors/z/#person",
                "name": "Zoë Vance",
                "url": ROOT + "authors/z/",
                "jobTitle": "Reporter",
            },
            {"@type": "Organization", **ada, "name": "Ada Agency", "url": ROOT + "authors/a/"},
            {
                "@type": "Person",
                "@id": ROOT + "authors/m/#person",
                "name": "Mo Editor",
                "url": ROOT + "authors/m/",
            },
        ],
        "contributor": [{"@type": "Role", "roleName": "photography", "contributor": ada}],
        "editor": [{"@id": ROOT + "authors/m/#person"}],
        "translator": [ada],
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "url": "https://w.example/1",
                "publisher": wire,
                "creditText": "© Wire",
                "license": ROOT + "terms/",
            }
        ],
        "sourceOrganization": [wire],
        "citation": [
            {
                "@type": "CreativeWork",
                "publisher": {
                    "@type": "Organization",
                    "@id": ROOT + "sources/o/#source",
                    "name": "Office",
                    "url": ROOT + "sources/o/",
                },
            }
        ],
        "license": ROOT + "terms/",
        "usageInfo": ROOT + "terms/",
        "copyrightHolder": wire,
        "creditText": "© Wire",
    }
    assert story["wordCount"] > 0


def test_an_author_has_a_profile(full: Newsroom) -> None:
    """With the web addresses of their own; what one is called and does is not in their name."""
    page = graph(full, "authors/z/index.html")["ProfilePage"]
    assert page["publisher"]["name"] == "Tidal Press"
    assert page["mainEntity"] == {
        "@type": "Person",
        "@id": ROOT + "authors/z/#person",
        "name": "Zoë Vance",
        "url": ROOT + "authors/z/",
        "description": "Covers water.",
        "jobTitle": "Reporter",
        "knowsAbout": "Floods",
        "email": "z@b.example",
        "image": {
            "@type": "ImageObject",
            "url": ROOT + "media/x.png",
            "contentUrl": ROOT + "media/x.png",
            "width": pixels(30),
            "height": pixels(40),
        },
        "sameAs": ["https://z.example/"],
    }
    agency = graph(full, "authors/a/index.html")["ProfilePage"]["mainEntity"]
    assert (agency["@type"], "jobTitle" in agency) == ("Organization", False)
    assert meta(full, "og:type", "authors/z/index.html") == ["profile"]
    assert meta(full, "og:image", "authors/z/index.html") == [ROOT + "media/x.png"]


def test_the_front_page_is_the_papers(full: Newsroom) -> None:
    """The site and its publisher, who is the same node as that of a story."""
    said = graph(full, "index.html")
    assert said["WebSite"]["url"] == ROOT
    assert said["WebSite"]["publisher"] == {"@id": ROOT + "#publisher"}
    assert said["NewsMediaOrganization"] == graph(full)["NewsArticle"]["publisher"]
    assert "BreadcrumbList" not in said


def test_the_way_to_a_page(full: Newsroom) -> None:
    """From the home page to the page itself, numbered from one."""
    assert graph(full)["BreadcrumbList"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "The Tidal Post", "item": ROOT},
        {"@type": "ListItem", "position": 2, "name": "Town", "item": ROOT + "sections/t/"},
        {"@type": "ListItem", "position": 3, "name": "Water rises"},
    ]


def test_cards_of_a_story(full: Newsroom) -> None:
    """Its picture with size and description, its country, a profile for each author."""
    assert meta(full, "og:image:width") + meta(full, "og:image:height") == ["30", "40"]
    assert meta(full, "og:image:alt") == meta(full, "twitter:image:alt") == ["A pier"]
    assert meta(full, "twitter:card") == ["summary_large_image"]
    assert meta(full, "twitter:card", "index.html") == ["summary"]
    assert meta(full, "og:locale") == ["en_GB"]
    assert meta(full, "og:locale", "index.html") == []
    profiles = [ROOT + f"authors/{id_}/" for id_ in ("z", "a", "m")]
    assert meta(full, "article:author") == profiles
    assert full.page(PAGE).xpath("//head/link[@rel='author']/@href") == profiles


def test_a_page_of_the_lost_says_nothing(full: Newsroom) -> None:
    """What is no place to arrive at has no data."""
    assert full.page("404.html").xpath("//script[@type='application/ld+json']") == []


def microformats(room: Newsroom, theme: str) -> set[tuple[str, str]]:
    """Each property of a story's page under the class of the item that it is one of."""
    config = NEWS + f'theme = "{theme}"\n'
    room.write({"config.toml": config})
    room.build()
    (entry,) = room.page(PAGE).xpath("//article")
    found: set[tuple[str, str]] = set()
    for element in entry.iter():
        for name in (element.get("class") or "").split():
            if name.startswith(("p-", "u-", "dt-", "e-")):
                above = (up.get("class") or "" for up in element.iterancestors())
                item = next(names for names in above if " h-" in f" {names}")
                found.add((item.split()[-1], name))
    return found


@pytest.mark.parametrize("theme", ["base", "broadsheet", "wire"])
def test_microformats_of_a_story(theme: str, full: Newsroom) -> None:
    """Of the story, of its sources, of its authors: a portrait is no picture of the story."""
    assert microformats(full, theme) == {
        *(("h-entry", name) for name in ("u-url", "u-uid", "p-name", "p-summary", "p-author")),
        *(("h-entry", name) for name in ("dt-published", "dt-updated", "e-content")),
        *(("h-entry", name) for name in ("p-category", "u-photo", "u-repost-of")),
        *(("h-cite", name) for name in ("p-author", "u-url")),
        *(("h-card", name) for name in ("p-name", "u-url", "p-note", "p-job-title", "u-photo")),
        ("h-card", "p-role"),
    }


@pytest.mark.parametrize(
    ("policies", "robots", "news"),
    [
        (("index", "index"), "max-image-preview:large", []),
        (("index", "noindex-news"), "max-image-preview:large", ["noindex"]),
        (("noindex", "noindex-news"), "noindex", []),
        (("noindex-news", "noindex"), "noindex", []),
    ],
)
def test_the_strictest_source_decides_what_is_found(
    policies: tuple[str, str], robots: str, news: list[str], site: MakeSite
) -> None:
    """In whatever order they stand; other stories are as they were."""
    one, other = policies
    room = site(
        {
            HERE + "a.md": article(sources="[one, {source: other, relation: cited}]"),
            HERE + "b.md": article("B"),
            "content/sources/one.md": document(name="One", indexing=one),
            "content/sources/other.md": document(name="Other", indexing=other),
        }
    )
    room.build()
    assert meta(room, "robots") == [robots]
    assert meta(room, "Googlebot-News") == news
    assert ("2026/03/a/" in room.sitemaps()) == (robots != "noindex")
    assert meta(room, "robots", "2026/03/b/index.html") == ["max-image-preview:large"]


@pytest.mark.parametrize("kind", get_args(Kind))
def test_kinds_of_stories(kind: Kind) -> None:
    """Each is said; a dateline only of what is news to schema.org."""
    said = sources_said(kind=kind, dateline="Basin")
    assert said["@type"] == ARTICLES[kind]
    assert ("dateline" in said) == (kind not in {"satire", "sponsored"})


@pytest.mark.parametrize(
    ("relation", "properties"),
    [
        ("republished", {"isBasedOn", "sourceOrganization", "copyrightHolder"}),
        ("based-on", {"isBasedOn"}),
        ("with-material-from", {"isBasedOn", "sourceOrganization"}),
        ("cited", {"citation"}),
    ],
)
def test_each_relation_to_a_source(relation: Relation, properties: set[str]) -> None:
    """A source is named in the properties of its relation and in no other."""
    said = sources_said(SourceCredit("Wire", "/news/sources/w/", relation))
    assert {name for name, value in said.items() if "Wire" in json.dumps(value)} == properties


def test_terms_of_a_text() -> None:
    """Its own before its source's; a notice is no licence; one in words has a name."""
    wire = SourceCredit("W", "/news/sources/w/", "republished", licence="Ours")
    assert sources_said(wire)["license"] == {"@type": "CreativeWork", "name": "Ours"}
    own = sources_said(wire, licence="cc by 3.0")
    assert own["license"] == "https://creativecommons.org/licenses/by/3.0/"
    web = sources_said(wire, licence="https://l.example/1")
    assert web["license"] == "https://l.example/1"
    notice = sources_said(wire, licence="© 2026 W")
    assert (notice.get("license"), notice["copyrightNotice"]) == (None, "© 2026 W")


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.booleans()), min_size=1, max_size=6))
def test_co_authors_keep_their_order(people: list[tuple[str, bool]]) -> None:
    """Each once, where they are first named, whatever their parts."""
    bylines = tuple(
        Byline(name.upper(), f"/news/authors/{name}/", "data" if part else "reporting")
        for name, part in people
    )
    view = replace(bare(ArticleView), bylines=bylines)
    authors = nodes_of(view, SITE, AT)[0]["author"]
    assert [author["name"] for author in authors] == list(
        dict.fromkeys(name.upper() for name, _ in people)
    )


MARKUP = st.text(st.sampled_from("<>&\"'\\/!-scriptSCRIPT]\u2028\u2029\x00\n é😀"), max_size=40)


@given(MARKUP | st.text(max_size=40))
def test_no_text_leaves_its_script(text: str) -> None:
    """HTML finds one script and after it what follows; JSON finds the text as it was."""
    written = safe_json({text: text})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == {text: text}
    page = lxml_html.document_fromstring(f"<script>{written}</script><p>after</p>")
    assert len(page.xpath("//script")) == len(page.xpath("//p")) == 1


@given(MARKUP)
def test_no_headline_leaves_its_script(text: str) -> None:
    """The same through a whole head."""
    head = Head(title=text, site_title=text, url="/news/2026/03/a/", description=text)
    view = replace(bare(ArticleView), head=head, title=text)
    shown = str(embed(view, lambda _: Html(""), SITE).head)
    assert shown.count("<script") == shown.count("</script>") == 1


@pytest.mark.parametrize("kind", TEMPLATES.values(), ids=lambda kind: kind.__name__)
def test_every_address_is_whole(kind: type[View]) -> None:
    """On every kind of page, with all that a view may have and with the least."""

    def addresses(value: Any, name: str = "") -> list[str]:
        if isinstance(value, dict):
            return [item for key in value for item in addresses(value[key], key)]
        if isinstance(value, list):
            return [item for part in value for item in addresses(part, name)]
        return [value] if name in {"url", "@id", "item", "contentUrl", "sameAs"} else []

    for view in (rich(kind), bare(kind)):
        for address in addresses(nodes_of(view, SITE, AT)):
            assert address.startswith("https://")


def test_every_policy_is_a_property() -> None:
    assert list(POLICIES) == list(PoliciesShape.model_fields)


@pytest.mark.parametrize(
    ("lang", "locale"),
    [
        ("en-GB", "en_GB"),
        ("en", None),
        ("sr-Latn-RS", "sr_RS"),
        ("zh-hant-tw", "zh_TW"),
        ("es-419", None),
        ("en-x-gb", None),
        ("", None),
    ],
)
def test_languages_of_open_graph(lang: str, locale: str | None) -> None:
    """A language with its country, or nothing."""
    assert locale_of(lang) == locale
