"""Front matter in full: read strictly, with the place of every fault, and written.

Reading goes through python-frontmatter with a handler of ours, since the defaults lose
text: a block that is never closed, a list or a bare word becomes an empty mapping; of a key
that stands twice the last wins; `no` is False, `12:30` is 750 and `0123` is 83. Here each of
these is a fault or plain text, by the rules of YAML 1.2. Dates stay text: the site's time
zone is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from ssg.faults import Fault, Place, place_on
from ssg.frontmatter.block import (
    BOUNDARY,
    MAX_CHARACTERS,
    MAX_DEPTH,
    Document,
    NoBlock,
    TooLarge,
    Unclosed,
    line_of_body,
    split,
)
from ssg.frontmatter.scalars import FRACTION, INTEGER, NOTHING, TRUTHS

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,60}")
_RARE = re.compile("[\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """YAML 1.2 scalars, keys that are text always, and a mapping with a key twice is refused."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    def construct_mapping(self, node: Any, **options: Any) -> Any:
        seen: set[str] = set()
        for key, _ in getattr(node, "value", ()):
            name = str(key.value)
            if name in seen:
                raise _DuplicateKey(name, key.start_mark.line)
            seen.add(name)
            if isinstance(key, yaml.ScalarNode):
                key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, **options)


for _kind, _pattern, _first in (
    ("null", "|".join(NOTHING), [word[:1] for word in NOTHING]),
    ("bool", "|".join(TRUTHS), [word[:1] for word in TRUTHS]),
    ("int", INTEGER, list("-0123456789")),
    ("float", FRACTION, list("-0123456789")),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_pattern})$"), sorted(set(_first))
    )


class _DuplicateKey(Exception):  # noqa: N818
    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key = key
        self.line = line


class _NotAMapping(Exception):  # noqa: N818
    """The block is YAML, but no mapping."""


class _Alias(Exception):  # noqa: N818
    """The block repeats a node by name, which can multiply without bound."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Tag(_Alias):
    """A value says itself what kind it is (`!!int "5"`): we know what each key holds."""


class _TooDeep(_Alias):
    """Values stand in values more than `MAX_DEPTH` times over."""


class _Dumper(yaml.SafeDumper):
    """Writes dates without quotes; what YAML 1.1 takes for a number or a truth gets them."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own table, which its classes share
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True

    def represent_str(self, data: str) -> Any:
        """Only double quotes keep the line ends of YAML 1.1, and every blank at either end."""
        style = '"' if _LINE_ENDS.search(data) or data != data.strip() else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style)


_Dumper.add_representer(str, _Dumper.represent_str)


class _QuickDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """The same by libyaml where that is there, in a fifth of the time: the same bytes too, but for
    keys that are no plain words, and for characters that it writes as numbers.
    """

    yaml_implicit_resolvers = _Dumper.yaml_implicit_resolvers
    ignore_aliases = _Dumper.ignore_aliases


_QuickDumper.add_representer(str, _Dumper.represent_str)


def _is_ordinary(value: object) -> bool:
    """Whether libyaml writes a value as PyYAML does: its keys are words, its text is common."""
    if isinstance(value, str):
        return not _RARE.search(value)
    if isinstance(value, Mapping):
        return all(_KEY.fullmatch(str(key)) and _is_ordinary(one) for key, one in value.items())
    return not isinstance(value, list | tuple) or all(map(_is_ordinary, value))


class _StrictHandler(YAMLHandler):
    """python-frontmatter's YAML handler, without its leniencies."""

    FM_BOUNDARY = BOUNDARY

    def split(self, text: str) -> tuple[str, str]:
        return split(text)

    def load(self, fm: str, **_: object) -> Any:
        if "&" in fm or "!" in fm:
            _refuse_marks(fm)
        if sum(map(fm.count, "[{-?")) > MAX_DEPTH:
            _refuse_depth(fm)
        values = yaml.load(fm, Loader=_Loader)  # noqa: S506 - _Loader is a SafeLoader
        if not isinstance(values, dict):
            raise _NotAMapping
        return values


def _refuse_marks(block: str) -> None:
    for token in yaml.scan(block, Loader=_Loader):
        if isinstance(token, yaml.AliasToken):
            raise _Alias(token.start_mark.line)
        if isinstance(token, yaml.TagToken):
            raise _Tag(token.start_mark.line)


def _refuse_depth(block: str) -> None:
    depth = 0
    event: Any
    for event in yaml.parse(block, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise _TooDeep(event.start_mark.line)


_HANDLER = _StrictHandler()
_REFUSED = (NoBlock, Unclosed, TooLarge, _NotAMapping, _DuplicateKey, _Alias, yaml.YAMLError)


def parse(path: str, text: str) -> Document | Fault:
    """The front matter and body of a content file, or what is wrong with the block."""
    try:
        _, below = split(text)
        values, _ = frontmatter.parse(text, handler=_HANDLER)
    except _REFUSED as error:
        return _fault(path, text, error)
    body = below.lstrip("\n")
    return Document(path, text, values, body, line_of_body(text, body))


def _fault(path: str, text: str, error: Exception) -> Fault:
    match error:
        case NoBlock():
            hint = "a content file begins with a line ---, keys such as title: …, and a line ---"
            return Fault("E201", "the file has no front matter", place_on(path, text, 1), hint)
        case Unclosed():
            hint = "put a line --- between the keys and the text"
            return Fault("E202", "front matter is never closed", place_on(path, text, 1), hint)
        case TooLarge():
            message = f"front matter is longer than {MAX_CHARACTERS // 1024} KB"
            return Fault("E209", message, place_on(path, text, 1), "long texts belong below it")
        case _NotAMapping():
            message = "front matter must be lines of the form key: value"
            return Fault("E205", message, place_on(path, text, 2))
        case _DuplicateKey(key=key, line=line):
            place = place_on(path, text, line + 1, 1, len(key))
            return Fault("E204", f'the key "{key}" stands here a second time', place)
        case _Tag(line=line):
            message = "front matter may not name kinds of values with !"
            hint = "a value that begins with ! stands in quotes"
            return Fault("E203", message, place_on(path, text, line + 1), hint)
        case _TooDeep(line=line):
            message = f"front matter holds values in values more than {MAX_DEPTH} times over"
            return Fault("E203", message, place_on(path, text, line + 1))
        case _Alias(line=line):
            message = "front matter may not repeat a value by *name"
            return Fault("E203", message, place_on(path, text, line + 1), "write it out")
        case _:
            return _yaml_fault(path, text, error)


def _yaml_fault(path: str, text: str, error: Exception) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    place = place_on(path, text, mark.line + 1, mark.column + 1) if mark else Place(path)
    hint = (
        "look here and one line above: a blank follows each key's colon, brackets and quotes are "
        "closed, blanks indent and not tabs; a value with a colon, @, % or * stands in quotes"
    )
    return Fault("E203", f"front matter is not valid YAML: {problem}", place, hint)


def place_of(document: Document, keys: tuple[str | int, ...]) -> Place:
    """Where the value under `keys` stands, as near as the file shows it."""
    block, _ = split(document.text)
    node = yaml.compose(block, Loader=_Loader)
    mark, length = None, 3
    for key in keys:
        step = _child(node, key)
        if step is None:
            break
        mark, length, node = step
    if mark is None:
        return place_on(document.path, document.text, 1, 1, length)
    return place_on(document.path, document.text, mark.line + 1, mark.column + 1, length)


def _child(node: Any, key: str | int) -> tuple[Any, int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return name.start_mark, len(name.value), value
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        item = node.value[key]
        return item.start_mark, max(1, item.end_mark.column - item.start_mark.column), item
    return None


def dump(values: Mapping[str, Any], body: str) -> str:
    """A content file: the values in their order, then the body."""
    post = frontmatter.Post(body.strip("\n"), handler=_HANDLER)
    post.metadata = dict(values)
    dumper = _QuickDumper if _is_ordinary(values) else _Dumper
    return frontmatter.dumps(post, Dumper=dumper, sort_keys=False, width=10_000) + "\n"
