"""Plain front matter: the values of a block that is written the way nearly all are.

What is read: keys of letters at the beginning of a line; values that stand on that line, as
they are or in quotes; lists in brackets or of one item a line; keys and values in braces or
indented below their key. No escapes, no texts of several lines, no marks. Wherever YAML could
see something else, the answer is None, and YAML reads the block. So nothing is reported here.
"""

from __future__ import annotations

import re
from typing import Any, Final

from ssg.frontmatter.block import MAX_CHARACTERS, line_of_body
from ssg.frontmatter.scalars import FRACTION, INTEGER, NOTHING, TRUTHS

Values = dict[str, Any]

#: What a block may hold; no tabs, no controls, and none of the line ends of YAML 1.1.
_ODD: Final = re.compile(
    "[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_NAME: Final = r"[A-Za-z_][A-Za-z0-9_-]*"
#: Indentation, the hyphen of a list's item, a key, and what stands behind these.
_LINE: Final = re.compile(rf"^( *)(- )?(?:({_NAME}):(?: +|$))?(.*)$", re.MULTILINE)
Line = tuple[str, str, str, str]

#: What a value without quotes may not begin with: to YAML these mean something, or may.
_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@` ")
#: A value in brackets, or in quotes anywhere: without escapes, and without signs in doubt.
_SCALAR: Final = re.compile(
    r" *(?:\"([^\"\\]*)\"|'((?:[^']|'')*)'"
    r"|([^-?:,\[\]{}#&*!|>'\"%@` ](?:[^,\[\]{}:#?]|:(?=[A-Za-z0-9/]))*)) *"
)
_OPENING: Final = re.compile(r" *([\[{]) *")
_KEY_IN_BRACES: Final = re.compile(rf" *({_NAME}): +")

#: Lists of mappings of lists: more stands in nobody's front matter.
_DEEPEST: Final = 4

_WORDS: Final[dict[str, bool | None]] = {**dict.fromkeys(NOTHING), **TRUTHS}
_INTEGER: Final = re.compile(INTEGER)
_FRACTION: Final = re.compile(FRACTION)


class _Doubtful(Exception):  # noqa: N818
    """YAML might see something else."""


def plain_values(text: str) -> tuple[Values, str, int] | None:
    """The values of a content file, its body and the line that begins on, or None: ask YAML."""
    if not text.startswith("---\n"):
        return None
    end = text.find("\n---", 3)
    if end < 0 or end > MAX_CHARACTERS or text[end + 4 : end + 5] not in {"\n", ""}:
        return None
    block = text[4:end]
    if _ODD.search(block):
        return None
    try:
        values = _block(block)
    except _Doubtful:
        return None
    body = text[end + 4 :].lstrip("\n")
    return values, body, line_of_body(text, body)


def _block(block: str) -> Values:
    found: list[Line] = _LINE.findall(block)
    lines = [line for line in found if line[1] or line[2] or line[3][:1] not in {"", "#"}]
    values, at = _mapping(lines, 0, 0, 0)
    if at < len(lines) or not values:
        raise _Doubtful
    return values


# --- lines: each takes them from `at` on, and says how far it came ------------------------


def _mapping(lines: list[Line], at: int, indent: int, depth: int) -> tuple[Values, int]:
    """The keys that stand `indent` columns in. What breaks off the run is the caller's."""
    values: Values = {}
    while at < len(lines):
        blanks, hyphen, key, written = lines[at]
        if len(blanks) != indent or hyphen:
            break
        if not key or key in values:
            raise _Doubtful
        at += 1
        if written:
            values[key] = _value(written)
        else:
            values[key], at = _below(lines, at, indent, depth)
    return values, at


def _below(lines: list[Line], at: int, indent: int, depth: int) -> tuple[Any, int]:
    """What a key with nothing behind it holds: the list or the keys that follow it."""
    if depth == _DEEPEST:
        raise _Doubtful
    blanks, hyphen = lines[at][:2] if at < len(lines) else ("", "")
    if hyphen and len(blanks) >= indent:
        return _items(lines, at, len(blanks), depth + 1)
    if len(blanks) > indent:
        return _mapping(lines, at, len(blanks), depth + 1)
    return None, at


def _items(lines: list[Line], at: int, indent: int, depth: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    while at < len(lines):
        blanks, hyphen, key, written = lines[at]
        if len(blanks) != indent or not hyphen:
            break
        if key:
            # The first key of an item stands where the ones below it do: behind the hyphen.
            lines[at] = (f"{blanks}  ", "", key, written)
            item, at = _mapping(lines, at, indent + 2, depth)
            items.append(item)
        else:
            items.append(_value(written))
            at += 1
    return items, at


# --- values: what stands on one line ------------------------------------------------------


def _value(written: str) -> Any:
    if written and written[0] not in _INDICATORS:
        if ": " in written or " #" in written or written[-1] == ":":
            raise _Doubtful
        return _resolved(written.rstrip(" "))
    # Text in double quotes is read below as well, but it is what most files are full of.
    inner = written[1:-1]
    if written == f'"{inner}"' and '"' not in inner and "\\" not in inner:
        return inner
    value, end = _in_brackets(written, 0, 0)
    if end < len(written):
        raise _Doubtful
    return value


def _resolved(word: str) -> Any:
    if word in _WORDS:
        return _WORDS[word]
    if word[0] in "0123456789":
        if _INTEGER.fullmatch(word):
            return int(word)
        if _FRACTION.fullmatch(word):
            return float(word)
    return word


def _in_brackets(written: str, at: int, depth: int) -> tuple[Any, int]:
    """One value with the blanks around it: text, or a list or keys in brackets."""
    scalar = _SCALAR.match(written, at)
    if scalar is not None:
        return _scalar(scalar), scalar.end()
    opening = _OPENING.match(written, at)
    if opening is None or depth == _DEEPEST:
        raise _Doubtful
    value: Any
    value, end = (_list if opening[1] == "[" else _keys)(written, opening.end(), depth + 1)
    while written.startswith(" ", end):
        end += 1
    return value, end


def _scalar(found: re.Match[str]) -> Any:
    double, single, plain = found.groups()
    if plain is not None:
        return _resolved(plain.rstrip(" "))
    return single.replace("''", "'") if double is None else double


def _list(written: str, at: int, depth: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    if written.startswith("]", at):
        return items, at + 1
    sign = ","
    while sign == ",":
        item, at = _in_brackets(written, at, depth)
        items.append(item)
        sign = written[at : at + 1]
        at += 1
    if sign != "]":
        raise _Doubtful
    return items, at


def _keys(written: str, at: int, depth: int) -> tuple[Values, int]:
    values: Values = {}
    if written.startswith("}", at):
        return values, at + 1
    sign = ","
    while sign == ",":
        key = _KEY_IN_BRACES.match(written, at)
        if key is None or key[1] in values:
            raise _Doubtful
        values[key[1]], at = _in_brackets(written, key.end(), depth)
        sign = written[at : at + 1]
        at += 1
    if sign != "}":
        raise _Doubtful
    return values, at
