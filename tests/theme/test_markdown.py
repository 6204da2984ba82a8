"""Bodies to HTML: where links lead, what is refused, and that no text leaks into the next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from ssg.config import DEFAULT_EXTENSIONS, MARKDOWN_EXTENSIONS
from ssg.model import Prose, Target
from ssg.theme import Converter, Unresolved
from ssg.urls import is_safe

TARGETS = (
    Target("b.md", "/news/b/"),
    Target("held.md", None),
    Target("x.png", "/news/media/x.png", 30, 20),
    Target("/media/x.png", "/news/media/x.png", 30, 20),
)
PROSE = Prose("digest", "content/articles/2026/03/a.md", TARGETS)


def convert(text: str, *extensions: str, trust: bool = False) -> str:
    converter = Converter(extensions or DEFAULT_EXTENSIONS, trust_html=trust, home="/news/")
    return str(converter.convert(text, PROSE))


@pytest.mark.parametrize("raw", ["", "\n\n<em>raw</em>"])
@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](b.md)", '<a href="/news/b/">a</a>'),
        ("[a](held.md)", "<span>a</span>"),
        ("[a](/about/?x=1#y)", '<a href="/news/about/?x=1#y">a</a>'),
        ("[a](#note)", '<a href="#note">a</a>'),
        ("[a](https://a.example/?b=1&c)", '<a href="https://a.example/?b=1&amp;c">a</a>'),
        ("[a](mailto:a@b.example)", '<a href="mailto:a@b.example">a</a>'),
    ],
)
def test_links_lead_where_the_view_says(text: str, html: str, raw: str) -> None:
    """The same, whether the body holds HTML of its own or not."""
    assert html in convert(text + raw)
    assert html in convert(text + raw, trust=True)


def test_pictures_have_their_size_and_wait() -> None:
    """A browser need not guess, nor load what nobody scrolls to."""
    (element,) = lxml_html.fragment_fromstring(convert("![a](x.png)")).iter("img")
    assert dict(element.attrib) == {
        "alt": "a",
        "src": "/news/media/x.png",
        "width": "30",
        "height": "20",
        "loading": "lazy",
    }


@pytest.mark.parametrize("trust", [True, False])
def test_raw_html_leads_where_the_view_says(trust: bool) -> None:
    """Addresses in HTML get the same treatment as those in Markdown, trusted or not."""
    html = convert(
        "<p title='/x'><a href='b.md'>b</a> <a href=\"held.md\">h</a> <a href='/about/'>s</a>"
        ' <img alt="1 > 2" src="/media/x.png"> <a href="https://a.example/?a=1&amp;b=2">w</a></p>\n\n'
        '`<a href="c.md">`',
        trust=trust,
    )
    tree = lxml_html.fragment_fromstring(html, create_parent="div")
    assert [link.get("href") for link in tree.iter("a")] == [
        "/news/b/",
        None,
        "/news/about/",
        "https://a.example/?a=1&b=2",
    ]
    assert [img.get("src") for img in tree.iter("img")] == ["/news/media/x.png"]
    assert tree.xpath("//p/@title") == ["/x"]
    assert tree.findtext(".//code") == '<a href="c.md">'


REFUSED = [
    "javascript:alert(1)",
    "/&#x2F;elsewhere.example/",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example/",
    "ftp://a/",
    "\\\\evil.example",
    "/\\evil.example",
    "file:///etc/passwd",
    "http:evil",
    "\ue000javascript:x",
    "missing.md",
    "../../../../etc/passwd",
]


@pytest.mark.parametrize("trust", [True, False])
@pytest.mark.parametrize("url", REFUSED)
def test_addresses_that_are_none_for_readers(url: str, trust: bool) -> None:
    """Refused with what was written and where, in Markdown and in HTML, or gone from the page."""
    places = {PROSE.path}
    for text in (f"[x](<{url}>)", f"![x](<{url}>)", f'<a href="{url}">x</a>', f"<{url}>"):
        try:
            html = convert(text, trust=trust)
        except Unresolved as error:
            places.add(error.document)
            continue
        tree = lxml_html.fragment_fromstring(html, create_parent="div")
        for value in (*tree.xpath("//@href"), *tree.xpath("//@src")):
            assert is_safe(value)
            assert "script" not in value
            assert "evil" not in value


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<ScRiPt src=https://a.example/x></sCrIpT>",
        "<img src=x.png onerror=alert(1)>",
        "<p onclick='x()'>a</p>",
        "<iframe src='/x'></iframe>",
        "<style>a{}</style>",
        "<p style='position:fixed'>a</p>",
        "<form action=/x><input></form>",
        "<svg onload=alert(1)></svg>",
        "<math><mtext></mtext></math>",
        "<base href='/x'>",
        "<meta http-equiv=refresh content='0;url=/x'>",
        "<object data=/x></object>",
        "<link rel=stylesheet href=/x>",
        "text <b onmouseover=x>b</b>",
        "<a href='/x' target=_top>x</a>",
        "<p class='site-header lead masthead'>a</p>",
        "<div markdown=1 onclick=x>a</div>",
        "a{: onclick=alert(1) }",
        "[a](b.md){: onclick=alert(1) style=x class=masthead }",
        "![a](x.png){: onerror=alert(1) }",
        "# a {: onclick=x }",
        "`a`{: onclick=x }",
    ],
)
def test_html_of_contributors_is_washed(text: str) -> None:
    """No script, no handler, no style, no class of the theme's, whatever the extensions."""
    html = convert(text, *MARKDOWN_EXTENSIONS)
    tree = lxml_html.fragment_fromstring(html, create_parent="div")
    for element in tree.iterdescendants():
        assert element.tag not in {
            "script",
            "style",
            "iframe",
            "form",
            "input",
            "svg",
            "math",
            "base",
            "meta",
            "object",
            "link",
        }
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        assert not {"site-header", "lead", "masthead"} & set((element.get("class") or "").split())
        assert element.get("target") is None


@given(st.text(st.sampled_from("<>/\"'= \nabhrefsconclik:{}#[]()!\ue000`&;."), max_size=60))
def test_no_text_becomes_code(text: str) -> None:
    """Whatever is typed: no script, no handler, no address that a reader should not follow."""
    try:
        html = convert(text, *MARKDOWN_EXTENSIONS)
    except Unresolved:
        return
    tree = lxml_html.fragment_fromstring(html or "<p>", create_parent="div")
    for element in tree.iterdescendants():
        if isinstance(element.tag, str):
            assert not [name for name in element.attrib if name.startswith("on")]
    assert all(is_safe(value) for value in tree.xpath("//@href"))


def test_trusted_html_stays_as_it_is() -> None:
    """`trust_html` is for papers whose every author may do everything."""
    text = '<div class="lead" onclick="x()" style="a:b"><script>f("/x")</script></div>'
    assert convert(text, trust=True) == text


def test_classes_that_the_converter_makes_stay() -> None:
    """Footnotes, code and aligned cells keep their classes beside raw HTML; others go."""
    text = (
        "| a |\n|--:|\n| 1 |\n\n```python\nx\n```\n\nx[^1]\n\n[^1]: y\n\n<p class='lead toc'>z</p>"
    )
    html = convert(text)
    assert '<td class="align-right">1</td>' in html
    assert 'class="language-python"' in html
    assert 'class="footnote"' in html
    assert 'class="footnote-ref"' in html
    assert '<p class="toc">z</p>' in html


def test_tables_have_classes_in_place_of_styles() -> None:
    """A strict Content-Security-Policy allows no inline style."""
    html = convert("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |")
    assert "style=" not in html
    assert '<th class="align-left">a</th>' in html
    assert '<td class="align-center">2</td>' in html
    assert '<td class="align-right">3</td>' in html
    assert "<td>4</td>" in html


@pytest.mark.parametrize("raw", ["", "\n\n<em>raw</em>"])
def test_wide_tables_can_be_scrolled_by_keyboard(raw: str) -> None:
    """In a box that takes the focus and is named by the heads of the columns."""
    html = convert('| *Day* | `a"b` & c | |\n|---|---|---|\n| 1 | 2 | 3 |\n\nAfter' + raw)
    tree = lxml_html.fragment_fromstring(html, create_parent="div")
    box = tree[0]
    assert dict(box.attrib) == {
        "class": "table",
        "role": "group",
        "tabindex": "0",
        "aria-label": 'Day, a"b & c',
    }
    assert [child.tag for child in box] == ["table"]
    assert tree[1].text == "After"


def test_a_box_is_nothing_for_contributors_to_play_with() -> None:
    """Elements of theirs take no place in the order of the keyboard, and have no role."""
    html = convert('<div tabindex="3" role="alert" aria-label="x">a</div>')
    assert html == '<div aria-label="x">a</div>'


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("# a\n\n## b", ["h2", "h3"]),
        ("## a\n\n### b", ["h2", "h3"]),
        ("###### a\n\n# b", ["h6", "h2"]),
        ("<h1>a</h1>\n\n## b", ["h2", "h2"]),
        ("<H1 id='x'>a</H1>\n\n# b", ["h2", "h2"]),
    ],
)
def test_the_page_keeps_its_one_heading(text: str, tags: list[str]) -> None:
    """A body that begins with a first-level heading moves down by one level."""
    tree = lxml_html.fragment_fromstring(convert(text), create_parent="div")
    assert [heading.tag for heading in tree] == tags


@pytest.mark.parametrize("raw", ["", "\n\n<em>raw</em>"])
def test_footnotes_lead_there_and_back(raw: str) -> None:
    """Ids survive, also where the body is washed."""
    tree = lxml_html.fragment_fromstring(convert("x[^1]\n\n[^1]: note" + raw), create_parent="div")
    ids = set(tree.xpath("//@id"))
    links = tree.xpath("//a/@href")
    assert len(links) == 2
    assert {link.removeprefix("#") for link in links} <= ids


@given(
    st.permutations(
        [
            "a[^1]\n\n[^1]: one",
            "b[^1] [r]",
            "[r]: /x/\n\n[r]",
            "# Head\n\n[TOC]\n\n# Head",
            "# Head",
            "*[AB]: Able\n\nAB",
            "AB",
            "<em>c</em>[^1]\n\n[^1]: two",
            '"quoted" -- [r]',
            "[broken](missing.md)",
        ]
    )
)
def test_no_state_is_left_for_the_next_text(texts: list[str]) -> None:
    """Footnotes, references, ids and abbreviations of one text are unknown in the next."""
    shared = Converter(MARKDOWN_EXTENSIONS, trust_html=False, home="/")

    def made(converter: Converter, text: str) -> str:
        try:
            return str(converter.convert(text, PROSE))
        except Unresolved as error:
            return error.reference

    for text in texts:
        assert made(shared, text) == made(
            Converter(MARKDOWN_EXTENSIONS, trust_html=False, home="/"), text
        )


def test_an_extension_of_the_sites_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by module and class."""
    html = convert("a -- b", "markdown.extensions.smarty:SmartyExtension")
    assert html == "<p>a &ndash; b</p>"


def test_a_mailbox_in_brackets_is_a_link() -> None:
    """Autolinks to the web and to mailboxes are links."""
    html = convert("<https://a.example/> and <a@b.example>")
    assert '<a href="https://a.example/">' in html
    assert '<a href="mailto:a@b.example">a@b.example</a>' in html
