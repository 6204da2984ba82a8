"""The contract between views and templates: any theme chain must hold it for every page."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html
from msgspec.structs import replace

from ssg.build.render import Job, Press, Rendered, render
from ssg.model import Listing, Page
from ssg.pages import TEMPLATES
from ssg.pages.views import ArticleView, HomeView, ListView, View
from ssg.theme import known_themes, load_theme
from tests.build.newsroom import CONFIG, Files, Newsroom, article
from tests.theme.samples import bare, rich
from tests.theme.samples import site as site_sample

MakeSite = Callable[[Files], Newsroom]


@pytest.fixture(scope="module", params=known_themes(Path("nowhere")))
def press(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Press:
    """Each bundled theme, ready to print for a site that says all it can of itself."""
    theme, faults = load_theme(tmp_path_factory.mktemp("site"), request.param, TEMPLATES)
    assert faults == ()
    return Press(theme, site_sample(full=True), ("footnotes", "tables"), trust_html=False)


def printed(name: str, view: View, press: Press) -> str:
    texts = {"digest": "# A heading\n\nA [link](a.md) in *text*."}
    result = render(Job(Page("x/index.html", name, view), texts), press)
    assert isinstance(result, Rendered), result
    return (result.data or b"").decode()


def hold(text: str) -> Any:
    """What is true of every page: complete HTML with one heading of the first level."""
    assert text.startswith("<!doctype html>")
    parser = lxml_html.HTMLParser(recover=False, huge_tree=True)
    try:
        tree = lxml_html.document_fromstring(text, parser=parser)
    except etree.XMLSyntaxError:
        # libxml2's HTML parser does not know the elements of HTML 5; nothing else may be wrong.
        parser = lxml_html.HTMLParser()
        tree = lxml_html.document_fromstring(text, parser=parser)
    wrong = [e.message for e in parser.error_log if not e.message.startswith("Tag ")]
    assert wrong == []
    assert len(tree.xpath("//h1")) == 1
    assert len(tree.xpath("//main")) == 1
    assert len(tree.xpath("//title")) == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert "None" not in tree.text_content()
    for attribute in tree.xpath("//@*"):
        assert attribute not in ("None", "False", "True")
    assert tree.xpath("//img[not(@alt)]") == []
    for label in tree.xpath("//@aria-labelledby"):
        assert tree.xpath(f'//*[@id="{label}"]'), label
    levels = [int(h.tag[1]) for h in tree.xpath("//h1 | //h2 | //h3 | //h4")]
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    return tree


@pytest.mark.parametrize("make", [rich, bare])
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_prints_every_view(
    name: str, make: Callable[[type[View]], View], press: Press
) -> None:
    """Under StrictUndefined, with everything given and with nothing that may be missing."""
    tree = hold(printed(name, make(TEMPLATES[name]), press))
    assert (tree.get("lang"), tree.get("dir")) == ("en", "ltr")


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_site_that_says_little_of_itself(name: str, press: Press) -> None:
    """No tagline, no menu, no organisation, in a language that the theme has no words for."""
    little = dataclasses.replace(press, site=site_sample(full=False, lang="fi"))
    tree = hold(printed(name, bare(TEMPLATES[name], lang="fi"), little))
    assert tree.get("lang") == "fi"


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_optional_field_may_be_missing_alone(name: str, press: Press) -> None:
    """Whatever the combination: one None among everything else is printed as nothing."""
    view = rich(TEMPLATES[name])
    for field in view.__struct_fields__:
        least = getattr(bare(TEMPLATES[name]), field)
        if field not in ("extra", "bylines") and least in (None, ()):
            hold(printed(name, replace(view, **{field: least}), press))


def test_all_texts_are_escaped(press: Press) -> None:
    """What a view holds as text is printed as text, markup and all."""
    for name, kind in TEMPLATES.items():
        tree = lxml_html.document_fromstring(printed(name, rich(kind), press))
        assert tree.xpath("//b") == [], name


def test_a_story_shows_all_its_credits(press: Press) -> None:
    """Authors, sources with licence and story, the picture's credit, corrections: all are there."""
    view = rich(ArticleView)
    tree = hold(printed("article.html", view, press))
    text = tree.text_content()
    for source in view.sources:
        assert {source.name, source.licence, source.credit_line} <= {
            " ".join(found.split()) for found in tree.xpath("//section[@class='sources']//text()")
        } | {source.licence, source.credit_line, source.name}
        assert str(source.licence) in text
        assert str(source.credit_line) in text
    assert view.picture is not None
    assert str(view.picture.credit) in text
    assert all(note.text in text for note in view.corrections)
    assert tree.xpath("//a[@rel='author']")


def test_an_older_page_without_a_number_is_called_by_its_list(press: Press) -> None:
    """A list page's heading names the list and its number, if it has one."""
    view = rich(ListView)
    assert ", page 3" in hold(printed("list.html", view, press)).xpath("string(//h1)")
    plain = replace(view, listing=Listing(view.listing.teasers))
    assert hold(printed("list.html", plain, press)).xpath("string(//h1)") == view.of.name


def test_a_home_page_with_a_lead_alone(press: Press) -> None:
    """No list where there is nothing more to show."""
    view = replace(bare(HomeView), lead=rich(HomeView).lead)
    tree = hold(printed("home.html", view, press))
    assert tree.xpath("//section[contains(@class, 'latest')]") == []
    assert len(tree.xpath("//article")) == 1


TINY = {
    "config.toml": CONFIG + 'theme = "tiny"\n',
    "themes/tiny/theme.toml": 'name = "tiny"\nextends = "base"\n',
    "themes/tiny/templates/article.html": (
        '{% extends "base/article.html" %}\n'
        "{% block headline %}\n<p>tiny</p>\n{{ super() }}{% endblock %}\n"
        '{% block head_extra %}<link rel="preload" href="{{ "icon.svg" | asset }}">{% endblock %}\n'
    ),
    "themes/tiny/templates/parts/crumbs.html": (
        "{% macro crumbs(links, say) %}<nav>{{ links | length }} up</nav>{% endmacro %}\n"
    ),
    "themes/tiny/assets/base.css": "body { color: red }\n",
    "content/articles/2026/03/a.md": article(),
}


def test_a_theme_of_three_files(site: MakeSite) -> None:
    """It extends a template of the theme below, replaces a partial and an asset, and is done."""
    room = site(TINY)
    room.build()
    page = room.page("2026/03/a/index.html")
    assert page.xpath("//header[@class='story-head']/p[1]/text()") == ["tiny"]
    assert page.xpath("//h1/text()") == ["Tide"]
    assert page.xpath("//nav/text()") == ["1 up"]
    assert room.page("404.html").xpath("//nav/text()") == ["1 up"]
    (stylesheet,) = page.xpath("//link[@rel='stylesheet']/@href")
    assert room.text(stylesheet[1:]) == "body { color: red }\n"
    assert page.xpath("//link[@rel='preload']/@href")[0].startswith("/assets/icon.")


def test_a_theme_of_a_theme(site: MakeSite) -> None:
    """Chains are as long as one likes; each layer names the one below it."""
    room = site(
        {
            **TINY,
            "config.toml": CONFIG + 'theme = "third"\n',
            "themes/third/theme.toml": 'extends = "tiny"\n',
            "themes/third/templates/article.html": (
                '{% extends "tiny/article.html" %}'
                "{% block headline %}third {{ super() }}{% endblock %}"
            ),
        }
    )
    room.build()
    assert "third" in room.text("2026/03/a/index.html")
    assert "tiny" in room.text("2026/03/a/index.html")


def test_a_site_may_lay_files_over_the_base_theme(site: MakeSite) -> None:
    """A folder `themes/base` in a site holds what differs; the rest is the bundled theme's."""
    room = site({"themes/base/theme.toml": "", "themes/base/assets/base.css": "b{}"})
    room.build()
    (stylesheet,) = room.page("404.html").xpath("//link[@rel='stylesheet']/@href")
    assert room.text(stylesheet[1:]) == "b{}"


def test_what_lies_over_the_base_theme_may_extend_it(site: MakeSite) -> None:
    """Its own name is taken by the site's folder, so the bundled theme answers to `bundled`."""
    over = '{% extends "bundled/404.html" %}{% block help %}ask the porter{% endblock %}'
    room = site({"themes/base/theme.toml": "", "themes/base/templates/404.html": over})
    room.build()
    assert "ask the porter" in room.text("404.html")


def test_a_theme_that_a_package_offers(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed package may bring a theme, found by its entry point."""
    package = tmp_path / "lib" / "paper_theme"
    (package / "templates").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "theme.toml").write_text("")
    (package / "templates/404.html").write_text(
        '{% extends "base/404.html" %}\n{% block help %}lost{% endblock %}'
    )
    info = tmp_path / "lib" / "paper_theme-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: paper-theme\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[ssg.themes]\npressed = paper_theme\n")
    monkeypatch.syspath_prepend(tmp_path / "lib")
    room = site({"config.toml": CONFIG + 'theme = "pressed"\n'})
    room.build()
    assert "lost" in room.text("404.html")
    room.write({"content/articles/2026/03/a.md": article(body="One. Two.")})
    room.settle().build()
    room.write({"content/articles/2026/03/a.md": article(body="One. Two. Three.")})
    (package / "templates/404.html").write_text(
        '{% extends "base/404.html" %}\n{% block help %}astray{% endblock %}'
    )
    room.build()
    assert "astray" in room.text("404.html")
    (package / "templates/404.html").write_text("{{ view.head }}{{ nobody }}")
    (fault,) = room.faults()
    assert fault.place is not None
    assert fault.place.path.endswith("paper_theme/templates/404.html")
    (package / "theme.toml").unlink()
    assert {fault.code for fault in room.faults()} == {"E501"}
