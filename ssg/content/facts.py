"""Facts: what the first pass learns of a Markdown text without converting it.

Converting costs a millisecond an article, this a tenth of that. References are found by
looking for where Markdown and HTML write an address, outside of code. The renderer has the
last word: a reference that this scan missed and that leads nowhere is a fault there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ssg.model import Facts, Reference

EXCERPT_LENGTH = 200

# A link's address is a few hundred characters; a longer run is an unclosed bracket.
_LONGEST_TARGET = 2_000

_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[`~]*[ \t]*$"
    r"|(?P<tick>`+)(?!`)[^\n]*?(?<!`)(?P=tick)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*<?(?P<target>[^\s<>]+)", re.MULTILINE)
_ATTRIBUTE = re.compile(
    r"\b(?:href|src|poster|cite)\s*=\s*[\"']?(?P<target>[^\"'\s>]+)", re.IGNORECASE
)
_TITLE = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*')\s*$")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

_NOT_PROSE = re.compile(
    r"#|>|\||<|!\[|\[\^|\*\[|[-+*] |\d+[.)] |    |\t|```|~~~|-{3,}|\*{3,}|={3,}"
)
_MARKUP = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)|\[\^[^\]]*\]|\{:[^}]*\}"), ""),
    (re.compile(r"\[([^\[\]]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"<[^>]*>"), ""),
    (re.compile(r"(?<!\\)(?:\*+|`+)|(?<![\w\\])_+|(?<!\\)_+(?!\w)"), ""),
    (re.compile(r"\\([\\`*_{}\[\]()>#+\-.!])"), r"\1"),
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?=\s)|[。！？]")


def facts_of(text: str, first_line: int) -> Facts:
    """The facts of a body that begins on line `first_line` of its file."""
    return Facts(_count_words(text), _excerpt(text), tuple(_references(text, first_line)))


def _count_words(text: str) -> int:
    """Words between blanks; in scripts written without blanks, characters."""
    ideographs = len(_IDEOGRAPHS.findall(text)) if _IDEOGRAPHS.search(text) else 0
    return len(text.split()) + ideographs


def _excerpt(text: str) -> str:
    """The first sentences of the first paragraph, as plain text."""
    from html import unescape

    for block in text.split("\n\n"):
        paragraph = block.strip("\n")
        if paragraph and not _NOT_PROSE.match(paragraph):
            plain = paragraph
            for markup, kept in _MARKUP:
                plain = markup.sub(kept, plain)
            return _shorten(unescape(" ".join(plain.split())))
    return ""


def _shorten(text: str) -> str:
    if len(text) <= EXCERPT_LENGTH:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text[: EXCERPT_LENGTH + 1])]
    if ends and ends[-1] > EXCERPT_LENGTH // 3:
        return text[: ends[-1]]
    return text[:EXCERPT_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _references(text: str, first_line: int) -> Iterator[Reference]:
    if "](" not in text and "]:" not in text and "<" not in text:
        return
    prose = (
        _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
        if "`" in text or "~~~" in text
        else text
    )
    starts = [0, *(match.end() for match in re.finditer("\n", prose))]
    for offset, target in sorted(_targets(prose)):
        line = bisect_right(starts, offset) - 1
        yield Reference(target, first_line + line, offset - starts[line] + 1)


def _targets(prose: str) -> Iterator[tuple[int, str]]:
    at = prose.find("](")
    while at >= 0:
        if target := _inline_target(prose, at + 2):
            yield at + 2, target
        at = prose.find("](", at + 2)
    for pattern in (_DEFINITION, _ATTRIBUTE):
        for match in pattern.finditer(prose):
            yield match.start("target"), match["target"]


def _inline_target(prose: str, start: int) -> str:
    """The address in `(address "title")`, which may hold balanced parentheses."""
    depth = 1
    for offset, character in enumerate(prose[start : start + _LONGEST_TARGET], start):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                inner = _TITLE.sub("", prose[start:offset].strip())
                return inner.removeprefix("<").removesuffix(">")
    return ""
