"""Plain prose: blocks in which Markdown means nothing, known by their characters.

A sign that may mean something anywhere (`*`, `[`, `&` …) or at the start of a line (`#`, `-`,
a blank …) makes a block not plain. The rule is the same whatever extensions of
Python-Markdown a site uses, and rather too strict than too lax: `tests/theme/test_fast.py`
holds what comes out to Python-Markdown's own, byte for byte.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown  # noqa: TC002 - loaded anyway
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

#: Characters, as in a set of a pattern, that may mean something wherever they stand. The last
#: ones are changed before anything is parsed: tabs, line ends, marks of Python-Markdown's own.
SIGNS: Final = r"\\`*_\[\]<>&|\t\r\x02\x03"

#: What may not begin a line: headings and their underlines, quotes, lists, rules, definitions,
#: fences and everything indented. (Signs may not either.)
STARTS: Final = r"\s#=\-+:~"

#: What may not begin a block: it would be a numbered list, in the digits of any script.
NUMBERED: Final = r"\d+\.[ ]"

# Two blanks at the end of a line break it.
_LINE: Final = rf"[^{STARTS}{SIGNS}][^\n{SIGNS}]*+"
# The lines are not a possessive group: Python before 3.11.5 then matches nothing (gh-106052).
_PLAIN: Final = re.compile(rf"(?!{NUMBERED}){_LINE}(?:(?<!  )\n{_LINE})*")

#: Whether a block, without empty lines around it, is plain prose: a match if so.
plain = _PLAIN.fullmatch


class PlainExtension(Extension):
    """Spares plain prose what Python-Markdown does to find out that it is plain.

    The block processor stands before all others and makes paragraphs that the patterns of
    inline markup pass over. Behind these the text is made an ordinary one again, so that
    other extensions (abbreviations, curled quotes) see what they would have seen.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.parser.blockprocessors.register(_PlainProcessor(md.parser), "ssg-plain", 200)
        md.treeprocessors.register(_OrdinaryTreeprocessor(md), "ssg-plain", 19.9)


class _PlainText(AtomicString):
    """The text of a paragraph that is known to be plain."""


class _PlainProcessor(BlockProcessor):
    """Makes a paragraph of a block that is plain; in a tight list there are none."""

    def test(self, _: Element, block: str) -> bool:
        return plain(block) is not None and not self.parser.state.isstate("list")

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "p").text = _PlainText(blocks.pop(0))


class _OrdinaryTreeprocessor(Treeprocessor):
    """Runs directly behind the patterns of inline markup."""

    def run(self, root: Element) -> None:
        for paragraph in root.iter("p"):
            if isinstance(paragraph.text, _PlainText):
                paragraph.text = str(paragraph.text)
