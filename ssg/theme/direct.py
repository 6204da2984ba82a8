"""Direct: bodies of the simplest Markdown to HTML, without a tree.

News is paragraphs, a subhead, a quote, here and there a link and a stressed word. A body in
which every block is one of these, in its plainest form, is put together from its text; of
any other nothing is said here, and Python-Markdown converts it. What comes out is
Python-Markdown's own, byte for byte: `tests/theme/test_fast.py` holds it to that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from markdown.serializers import RE_AMP

from ssg.model import Target
from ssg.theme.plain import NUMBERED, SIGNS, STARTS, plain

# Words inside of markup: without further markup, and without blanks at their ends.
_WORDS: Final = rf"[^\s{SIGNS}](?:[^{SIGNS}]*[^\s{SIGNS}])?"
_ADDRESS: Final = r"(?:[^\s()'\"*&\[\]<>\\`|\x00-\x1f]|&(?!\#))+"

# What each sign of a block begins. The alternatives look back at the sign that they are
# about, since a pattern that begins with a set of characters is found twice as fast.
_MARKUP: Final = re.compile(
    rf"""
    [{SIGNS}] (?:
      (?<=\[) (?<!!\[) (?P<words>{_WORDS}) \]\( (?P<address>{_ADDRESS}) \)
    | (?<=\*) (?:
        (?P<em>{_WORDS}) \*
      | \* (?P<strong>{_WORDS}) \*\*
      ) (?![\w*_])
    | (?<=_) (?<![\w*_]_) (?:
        (?P<em_>{_WORDS}) _
      | _ (?P<strong_>{_WORDS}) __
      ) (?![\w*_])
    | (?<=[^\W_]_) (?=[^\W_])                                         (?P<underscore>)
    | (?<=>)                                                          (?P<greater>)
    | (?<=&) (?: \#[0-9]+ | \#x[0-9a-fA-F]+ | [a-zA-Z0-9]+ ) ;        (?P<entity>)
    | (?<=&) (?!\#)                                                   (?P<ampersand>)
    |                                                                 (?P<unknown>)
    )""",
    re.VERBOSE,
)

# A line that is not a further one of a paragraph, or that ends in a line break.
_BROKEN: Final = re.compile(rf"\n(?:[{STARTS}>|]|(?<=  \n))")
_FIRST: Final = re.compile(rf"(?!{NUMBERED})[^{STARTS}>|]")
_HEADING: Final = re.compile(r"(?P<level>#{2,6})(?P<text>[^#\\\r\n]+)(?:\n|$)")
_QUOTED: Final = re.compile(r"^>[ ]?", re.MULTILINE)

# Neighbouring quotes are one.
_BETWEEN_QUOTES: Final = "\n</blockquote>\n<blockquote>\n"

_ALONE: Final = {"underscore": "_", "greater": "&gt;", "ampersand": "&amp;"}

# What curled quotes, dashes and ellipses are made of.
_CURLED: Final = ("'", '"', "--", "...")


class Direct:
    """Converts what it knows. `find` tells where a reference leads; what it raises goes up.

    `extensions` are names of Python-Markdown's own: of others nobody could know what they
    make of plain prose.
    """

    def __init__(self, extensions: tuple[str, ...], find: Callable[[str], Target]) -> None:
        self._find = find
        self._curls = "smarty" in extensions
        self._makes_ids = "toc" in extensions

    def convert(self, text: str) -> str | None:
        """The HTML of a body without `<`, or None where Python-Markdown has to be asked."""
        if self._curls and any(sign in text for sign in _CURLED):
            return None
        ids: set[str] | None = set() if self._makes_ids else None
        blocks = []
        for piece in text.split("\n\n"):
            block = piece.strip("\n")
            if block:
                html = f"<p>{block}</p>" if plain(block) else self._block(block, ids)
                if html is None:
                    return None
                blocks.append(html)
        return "\n".join(blocks).replace(_BETWEEN_QUOTES, "\n")

    def _block(self, block: str, ids: set[str] | None) -> str | None:
        """Subheads, as many as there are, and the quote or paragraph directly below them."""
        lines: list[str] = []
        at = 0
        while block.startswith("#", at):
            heading = _HEADING.match(block, at)
            line = self._heading(heading, ids) if heading else None
            if heading is None or line is None:
                return None
            lines.append(line)
            at = heading.end()
        rest = block[at:]
        if rest:
            html = self._quote(rest) if rest[0] == ">" else self._paragraph(rest)
            if html is None:
                return None
            lines.append(html)
        return "\n".join(lines)

    def _heading(self, heading: re.Match[str], ids: set[str] | None) -> str | None:
        """A subhead. One of the first level would move all others down and is none of these."""
        text = heading["text"].strip()
        html = self._inline(text)
        tag = f"h{len(heading['level'])}"
        if not html:
            return None
        if ids is None:
            return f"<{tag}>{html}</{tag}>"
        if html == text and "&" not in text:
            return f'<{tag} id="{_new_id(text, ids)}">{html}</{tag}>'
        return None

    def _quote(self, block: str) -> str | None:
        """A quote of paragraphs, whether all of its lines are marked or only the first."""
        paragraphs = []
        for piece in _QUOTED.sub("", block).split("\n\n"):
            if inner := piece.strip("\n"):
                html = self._paragraph(inner)
                if html is None:
                    return None
                paragraphs.append(html)
        body = "\n".join(paragraphs)
        return f"<blockquote>\n{body}\n</blockquote>" if body else None

    def _paragraph(self, block: str) -> str | None:
        if not _FIRST.match(block) or _BROKEN.search(block):
            return None
        html = self._inline(block)
        return None if html is None else f"<p>{html}</p>"

    def _inline(self, text: str) -> str | None:
        pieces: list[str] = []
        at = 0
        for sign in _MARKUP.finditer(text):
            html = self._html(sign)
            if html is None:
                return None
            pieces += (text[at : sign.start()], html)
            at = sign.end()
        return "".join((*pieces, text[at:]))

    def _html(self, sign: re.Match[str]) -> str | None:
        match sign.lastgroup:
            case "address":
                return self._link(sign["words"], sign["address"])
            case "em" | "em_" as group:
                return f"<em>{sign[group]}</em>"
            case "strong" | "strong_" as group:
                return f"<strong>{sign[group]}</strong>"
            case "unknown":
                return None
            case kind:
                return _ALONE[kind] if kind in _ALONE else sign[0]

    def _link(self, words: str, address: str) -> str:
        url = self._find(address).url
        if url is None:
            return f"<span>{words}</span>"
        return f'<a href="{_attribute(url)}">{words}</a>'


def _attribute(value: str) -> str:
    """A value of an attribute, escaped as Python-Markdown does it."""
    escaped = RE_AMP.sub("&amp;", value)
    return escaped.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _new_id(heading: str, ids: set[str]) -> str:
    """The id that the extension `toc` gives a heading, behind those that it gave before."""
    from markdown.extensions.toc import slugify, unique

    return unique(slugify(" ".join(heading.split()), "-"), ids)
