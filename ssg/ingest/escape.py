r"""Raw text to Markdown that Python-Markdown prints as the text stood.

Only what the converter would take for markup is escaped, so that an editor still reads
plain prose. Three of its habits decide how: a backslash works before `` \\`*_{}[]()>#+-.! ``
only and is printed before anything else; `#1` opens a heading without a space; a paragraph
that begins with `: ` turns the one above into a term of a definition list. What takes no
backslash becomes a character reference. Every paragraph is one line between blank lines,
so tables, setext headings and attribute lists, which need two, cannot arise.

A property test holds this to the round trip: text, Markdown, HTML, the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# All white space but the no-break kinds, which a writer may have meant.
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
# Controls, and the lone surrogates and noncharacters that XML (and so a feed) refuses.
_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

_ALWAYS = re.compile(
    r"""(?P<slash>[\\`{])
      | (?P<less><)
      | (?P<entity>&(?=\#[0-9xX]|[0-9a-zA-Z]+;))
      | (?P<tildes>~{2,})
      | (?P<rule>_+)
      | (?P<star>\*)
      | (?P<bracket>\[)
    """,
    re.VERBOSE,
)
# What makes a bracket more than a bracket: a link, a reference, a definition, a footnote.
_LINKING = re.compile(r"\](?:\(|\s?\[|:)|\[\^|^\[TOC\]$")
# Python-Markdown tries every pair of brackets; past this many they are not tried at all.
_MANY_BRACKETS = 20

_BULLET = re.compile(r"[-+](?=\s|$)|-(?=[-\s]*$)")
_NUMBER = re.compile(r"(\d+)([.)])(?=\s|$)")
_COLON = re.compile(r":(?=\s|$)")


def fold(text: str) -> str:
    """`text` on one line, runs of white space as one space, without control characters."""
    return _SPACE.sub(" ", _CONTROL.sub("", text)).strip()


def escape_paragraph(text: str) -> str:
    """One paragraph of Markdown, on one line, that reads as `text` does."""
    folded = fold(text)
    return _escape_start(_escape_inline(folded))


def paragraphs_to_markdown(paragraphs: Iterable[str]) -> str:
    """Each text as a paragraph of its own; empty ones vanish."""
    return "\n\n".join(filter(None, map(escape_paragraph, paragraphs)))


def list_to_markdown(items: Sequence[str], *, ordered: bool) -> str:
    """The texts as a bulleted list, or as one numbered from 1."""
    return "\n".join(
        f"{number}. {_item(text)}" if ordered else f"- {_item(text)}"
        for number, text in enumerate(items, start=1)
    )


def table_to_markdown(rows: Sequence[Sequence[str]]) -> str:
    """The rows as a table whose first one is the head; short rows are filled up."""
    width = max(map(len, rows))
    lines = [
        " | ".join(_item(cell) or " " for cell in (*row, *[""] * (width - len(row))))
        for row in rows
    ]
    lines.insert(1, " | ".join(["---"] * width))
    return "\n".join(f"| {line} |" for line in lines)


def _item(text: str) -> str:
    """Lines of a list stand under each other, and so could be a table."""
    return escape_paragraph(text).replace("|", "&#124;")


def _escape_inline(text: str) -> str:
    stars = text.count("*") > 1 or text.startswith("*")
    brackets = text.count("[") > _MANY_BRACKETS or _LINKING.search(text) is not None

    def replaced(match: re.Match[str]) -> str:
        found = match.group()
        match match.lastgroup:
            case "less":
                return "&lt;"
            case "entity":
                return "&amp;"
            case "tildes":
                return "&#126;" * len(found)
            case "rule":
                return found if _inside_a_word(text, match) else "\\_" * len(found)
            case "star":
                return "\\*" if stars else found
            case "bracket":
                return "\\[" if brackets else found
            case _:
                return "\\" + found

    return _ALWAYS.sub(replaced, text)


def _inside_a_word(text: str, match: re.Match[str]) -> bool:
    """Underscores between letters or digits, as in `a_b_c`, are never emphasis."""
    start, end = match.span()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before.isalnum() and after.isalnum()


def _escape_start(text: str) -> str:
    """What opens a block at the start of a line: headings, quotations, lists, definitions."""
    if text.startswith((">", "#")) or _BULLET.match(text):
        return "\\" + text
    if number := _NUMBER.match(text):
        return f"{number[1]}\\{text[number.end(1) :]}"
    if _COLON.match(text):
        return "&#58;" + text[1:]
    return text
