"""A body as readers get it: the site's own HTML of a Markdown text, as a list of blocks.

`python -m tests.ingest.rendered < body.md` prints the HTML, for a scorer that wants a command.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ssg.config import Config
from ssg.model import Prose
from ssg.theme.markdown import Converter

CONFIG = Config(title="The Vane", base_url="https://vane.example/", timezone="Europe/Oslo")

BLOCKS = {
    "p": "paragraph",
    "pre": "code",
    "ul": "list",
    "ol": "list",
    "dl": "list",
    "blockquote": "blockquote",
    "table": "table",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
}
MARKUP = {
    "em": "emphasis",
    "i": "emphasis",
    "strong": "strong",
    "b": "strong",
    "del": "strike",
    "s": "strike",
    "code": "code_span",
    "img": "image",
}
# Where one of these begins, words before it do not run into those after it.
APART = {"li", "td", "th", "tr", "p", "dt", "dd"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """The blocks of a page in their order, each a kind and a text, and the markup within."""

    blocks: tuple[tuple[str, str], ...]
    markup: frozenset[str]


def html_of(body: str) -> str:
    """The HTML that a site makes of a body, with the extensions it has when none is named."""
    converter = Converter(CONFIG.markdown_extensions, trust_html=False, home=CONFIG.base_path)
    return str(converter.convert(body, Prose("", "body.md")))


def rendered(body: str) -> Rendered:
    """What readers see of a Markdown text."""
    reader = _Reader()
    reader.feed(html_of(body))
    reader.close()
    reader.end_block("paragraph")
    return Rendered(tuple(reader.blocks), frozenset(reader.markup))


@dataclass
class _Reader(HTMLParser):
    blocks: list[tuple[str, str]] = field(default_factory=list)
    markup: set[str] = field(default_factory=set)
    open: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag == "hr":
            self.blocks.append(("hr", ""))
        elif tag == "br":
            self.markup.add("br")
            self.text += "\n"
        elif tag in BLOCKS:
            if not self.open:
                self.end_block("paragraph")
            self.open.append(tag)
        elif tag in MARKUP and not (tag == "code" and "pre" in self.open):
            self.markup.add(MARKUP[tag])
        if tag in APART and self.text:
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
            if not self.open:
                self.end_block(BLOCKS[tag])

    def handle_data(self, data: str) -> None:
        self.text += data

    def end_block(self, kind: str) -> None:
        if self.text.strip():
            self.blocks.append((kind, self.text))
        self.text = ""


if __name__ == "__main__":
    sys.stdout.write(html_of(sys.stdin.read()))
