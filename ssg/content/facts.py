"""Facts: what the first pass learns of a Markdown text without converting it.

Converting costs a millisecond an article, this a fiftieth of that: a pattern is tried only
on a text that holds the signs it needs, since most texts hold few of them. References are
found by looking for where Markdown and HTML write an address, outside of code. The renderer
has the last word: a reference that this scan missed and that leads nowhere is a fault there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from ssg.model import Facts, Reference

EXCERPT_LENGTH = 200

Span = tuple[int, int]

# As much of the first paragraph is looked at: what is cut out of it is short, and the
# patterns that cut take a time that grows with the square.
_LEAD_LENGTH = 2_000

# A link's address is a few hundred characters; a longer run is an unclosed bracket.
_LONGEST_TARGET = 2_000

# What Python-Markdown takes for a fence: what follows it there is looked at by `_opens`.
_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,}) *(?P<info>[^\n]*)$", re.MULTILINE)
_FENCE_INFO = re.compile(r"\{.*\}|\.?[\w#.+-]* *(?:hl_lines=(?P<quote>[\"']).*?(?P=quote) *)?")
_TICKS = re.compile(r"`+")
_LINE = re.compile(r"\n")
_PARAGRAPH = re.compile(r"\n(?=[ \t]*\n)")
_BRACKET = re.compile(r"[\[()]|\n[ \t]*(?=\n)")
# `[^1]: Text` is a footnote, and a line with more than an address and its title is prose.
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)[^\[\]\n]*\]:[ \t]*\n?[ \t]*<?(?P<target>[^\s<>]+)>?[ \t]*"
    r"(?:\n?[ \t]*(?:\"[^\n]*\"|'[^\n]*'|\([^\n]*\))[ \t]*)?$",
    re.MULTILINE,
)
_TAG = re.compile(r"<[a-zA-Z][^<>]*")
_ATTRIBUTE = re.compile(
    r"\b(?:href|src|poster|cite)\s*=\s*[\"']?(?P<target>[^\"'\s>]+)", re.IGNORECASE
)
_TITLE = re.compile(r"(?<!\s)\s+(?:\"[^\"]*\"|'[^']*')\s*$")
# Scripts that are written without spaces: Chinese and Japanese, the letters of Thai, Lao, Burmese
# and Khmer without the marks above and below them.
_UNSPACED = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e45\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec4"
    r"\u1000-\u102a\u1780-\u17b3]"
)
_MARKS = re.compile(
    r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3]"
)
_WORD = re.compile(r"\S*\w\S*")
_BLANK = re.compile(r"\s")

# Texts as bytes, since these pass over a text in a tenth of the time that patterns take.
_ASCII: Final = bytes(range(128))
_BLANK_OR_NOT: Final = b"".join(b" " if chr(n).isspace() else b"x" for n in _ASCII) + b"x" * 128

_NOT_PROSE = re.compile(
    r"#|>|\||<|!\[|\[\^|\*\[|[-+*] |\d+[.)] |    |\t|```|~~~|-{3,}|\*{3,}|={3,}"
)
# What is cut out of a paragraph, what is put in its place, and one of which signs it needs.
_MARKUP: Final = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)|\[\^[^\]]*\]|\{:[^}]*\}"), "", ("![", "[^", "{:")),
    (
        re.compile(r"\[([^\[\]]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])"),
        r"\1",
        ("](", "]["),
    ),
    (re.compile(r"<[^>]*>"), "", ("<",)),
    (re.compile(r"(?<!\\)(?:\*+|`+)|(?<![\w\\])_+|(?<![\\_])_+(?!\w)"), "", ("*", "`", "_")),
    (re.compile(r"\\([\\`*_{}\[\]()>#+\-.!])"), r"\1", ("\\",)),
)
_SENTENCE_END = re.compile(r"[.!?…。！？](?:(?<=[。！？])|[\"'”’»)]*(?=\s))")


def facts_of(text: str, first_line: int) -> Facts:
    """The facts of a body that begins on line `first_line` of its file."""
    return Facts(_count_words(text), _excerpt(text), tuple(_references(text, first_line)))


def _count_words(text: str) -> int:
    """Words between blanks; in scripts written without blanks, characters."""
    data = text.encode()
    foreign = "" if text.isascii() else data.translate(None, _ASCII).decode()
    if unspaced := len(_UNSPACED.findall(foreign)):
        others = _UNSPACED.sub(" ", _MARKS.sub("", text))
        return len(_WORD.findall(others)) + unspaced
    if _BLANK.search(foreign):
        return len(text.split())
    signs = data.translate(_BLANK_OR_NOT)
    return signs.count(b"x ") + signs.endswith(b"x")


def _excerpt(text: str) -> str:
    """The first sentences of the first paragraph, as plain text."""
    for block in _blocks(text):
        paragraph = block.strip("\n")
        if paragraph and not _NOT_PROSE.match(paragraph):
            return _shorten(_unescaped(" ".join(_plain(paragraph[:_LEAD_LENGTH]).split())))
    return ""


def _blocks(text: str) -> Iterator[str]:
    """What lies between blank lines: most texts are asked for the first one only."""
    start = 0
    while (end := text.find("\n\n", start)) >= 0:
        yield text[start:end]
        start = end + 2
    yield text[start:]


def _plain(markdown: str) -> str:
    plain = markdown
    for markup, kept, signs in _MARKUP:
        if any(map(plain.__contains__, signs)):
            plain = markup.sub(kept, plain)
    return plain


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def _shorten(text: str) -> str:
    if len(text) <= EXCERPT_LENGTH:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text[: EXCERPT_LENGTH + 1])]
    if ends and ends[-1] > EXCERPT_LENGTH // 3:
        return text[: ends[-1]]
    return text[:EXCERPT_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _references(text: str, first_line: int) -> Iterator[Reference]:
    if "]" not in text and "<" not in text:
        return
    prose = without_code(text) if "`" in text or "~" in text else text
    line, counted = first_line, 0
    for offset, target in sorted(_targets(prose)):
        line += prose.count("\n", counted, offset)
        counted = offset
        yield Reference(target, line, offset - prose.rfind("\n", 0, offset))


def without_code(text: str) -> str:
    """The text with blanks in place of code, so that offsets stay what they are."""
    plain = _blanked(text, _fenced(text))
    return _blanked(plain, _shared(_ticked(plain, _LINE), _ticked(plain, _PARAGRAPH)))


def _blanked(text: str, spans: Iterable[Span]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end in spans:
        pieces += (text[last:start], re.sub(r"[^\n]", " ", text[start:end]))
        last = end
    return "".join((*pieces, text[last:]))


def _fenced(text: str) -> Iterator[Span]:
    """Fenced blocks: from a fence to the next bare one of the same signs and length."""
    fences = list(_FENCE.finditer(text))
    bare: dict[str, list[re.Match[str]]] = {}
    for fence in fences:
        if not fence["info"]:
            bare.setdefault(fence["fence"], []).append(fence)
    at = 0
    for fence in fences:
        if fence.start() >= at and _FENCE_INFO.fullmatch(fence["info"]):
            closing = bare.get(fence["fence"], [])
            number = bisect_right(closing, fence.start(), key=re.Match.start)
            if number < len(closing):
                at = closing[number].end()
                yield fence.start(), at


def _shared(these: Iterable[Span], those: Iterable[Span]) -> Iterator[Span]:
    """What lies in spans of both, each in order: code on one line, and in its paragraph too."""
    ours, theirs = list(these), list(those)
    one = other = 0
    while one < len(ours) and other < len(theirs):
        start = max(ours[one][0], theirs[other][0])
        end = min(ours[one][1], theirs[other][1])
        if start < end:
            yield start, end
        if ours[one][1] <= theirs[other][1]:
            one += 1
        else:
            other += 1


def _ticked(text: str, unit: re.Pattern[str]) -> Iterator[Span]:
    """Code between two runs of backticks of the same length in one unit of text.

    A run without its like ends, for Python-Markdown, at the longest of the shorter ones. What
    lies between may be code: it is passed over, since a link that was missed would be refused.
    """
    begin = 0
    for border in (*(match.start() for match in unit.finditer(text)), len(text)):
        runs = [match.span() for match in _TICKS.finditer(text, begin, border)]
        begin = border
        if len(runs) > 1:
            yield from _paired(text, runs)


def _paired(text: str, runs: list[Span]) -> Iterator[Span]:
    closing: dict[int, list[int]] = {}
    for start, end in runs:
        closing.setdefault(end - start, []).append(start)
    longest = _longest_after(runs)
    at = 0
    for number, (start, end) in enumerate(runs):
        if start < at:
            continue
        opening = start + _is_escaped(text, start)
        ends = closing.get(end - opening, [])
        match = bisect_right(ends, start)
        if match < len(ends):
            at = ends[match] + end - opening
            yield opening, at
        elif longest[number][1] - longest[number][0] < end - opening:
            at = longest[number][1]


def _longest_after(runs: list[Span]) -> list[Span]:
    """For each run the longest of those behind it, the first of these if there are several."""
    found = [(0, 0)]
    for start, end in reversed(runs[1:]):
        last = found[-1]
        found.append((start, end) if end - start >= last[1] - last[0] else last)
    return found[::-1]


def _is_escaped(text: str, at: int) -> bool:
    backslashes = 0
    while text[max(at - backslashes - 1, 0) : at - backslashes] == "\\":
        backslashes += 1
    return backslashes % 2 == 1


def _targets(prose: str) -> Iterator[tuple[int, str]]:
    plain = _plain_targets(prose)
    yield from _inline_targets(prose) if plain is None else plain
    # Where each bracket closes the text of a link, none closes the name of a definition.
    if plain is None or prose.count("]") > len(plain):
        for match in _DEFINITION.finditer(prose):
            yield match.start("target"), match["target"]
    if "<" in prose:
        for tag in _TAG.finditer(prose):
            for match in _ATTRIBUTE.finditer(prose, *tag.span()):
                yield match.start("target"), match["target"]


def _plain_targets(prose: str) -> list[tuple[int, str]] | None:
    """What `_inline_targets` finds, where each link is written in the plainest way; else None.

    That is: its bracket opens in the same paragraph, after the link before it; nothing is
    escaped; and its address holds no parentheses.
    """
    found = []
    at = 0
    while (middle := prose.find("](", at)) >= 0:
        opening = prose.rfind("[", at, middle)
        start = middle + 2
        closing = prose.find(")", start, start + _LONGEST_TARGET)
        if opening < 0 or closing < 0 or prose.find("(", start, closing) >= 0:
            return None
        if "\\" in prose[max(opening - 1, 0) : middle] or _PARAGRAPH.search(prose, opening, middle):
            return None
        found.append((start, _bare(prose[start:closing])))
        at = closing + 1
    return found


def _inline_targets(prose: str) -> Iterator[tuple[int, str]]:
    """The addresses in `[text](address "title")`, which may hold balanced parentheses."""
    opened: list[tuple[int, bool]] = []
    linking = False
    for sign in _BRACKET.finditer(prose):
        match sign[0]:
            case "[":
                linking = linking or not _is_escaped(prose, sign.start())
            case "(":
                opened.append((sign.end(), linking and _closes_text(prose, sign.start())))
            case ")" if opened:
                start, is_link = opened.pop()
                if is_link and sign.start() - start < _LONGEST_TARGET:
                    yield start, _bare(prose[start : sign.start()])
            case ")":
                pass
            case _:
                linking = False


def _bare(written: str) -> str:
    """An address without the title behind it and the angle brackets around it."""
    inner = written.strip()
    if inner.endswith(("'", '"')):
        inner = _TITLE.sub("", inner)
    return inner.removeprefix("<").removesuffix(">")


def _closes_text(prose: str, at: int) -> bool:
    return prose.startswith("]", at - 1) and not _is_escaped(prose, at - 1)
