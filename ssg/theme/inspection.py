"""Inspection: what a template names and what it may not do, found before a page is rendered.

What a page can depend on must be known beforehand: names of templates and assets are
constant, nothing is random, and nothing begins with an underscore, where Python keeps what
is not a view's. These are checks for authors of themes, not a sandbox: a theme is code that
its user chose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from jinja2 import Environment, TemplateSyntaxError, nodes

from ssg.digest import digest
from ssg.faults import Fault, did_you_mean, place_on
from ssg.theme.filters import FORBIDDEN
from ssg.theme.templates import environment
from ssg.theme.themes import Asset, Inspection, Reach, Template, Theme

_GIVEN = frozenset({"view", "site"})
_BUILT_IN = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})
Naming = nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport
_NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)

_Tree = tuple[nodes.Node, ...]
Found = TypeVar("Found", bound=nodes.Node)


@dataclass(frozen=True, slots=True)
class _Finding:
    """Something wrong on a line of a template."""

    code: str
    message: str
    line: int
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a template's text says by itself, wherever it stands; names with their first line."""

    templates: Mapping[str, int] = field(default_factory=dict)
    assets: Mapping[str, int] = field(default_factory=dict)
    read: Mapping[str, int] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()
    prints_head: bool = False
    findings: tuple[_Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Names:
    """What a template names of others, and its variables: read (with a line) and declared."""

    templates: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    read: Mapping[str, int] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()
    prints_head: bool = False


def inspect(theme: Theme, required: Iterable[str]) -> tuple[Inspection, tuple[Fault, ...]]:
    """What each required template is made of, and all that is wrong in the theme's files."""
    layers, templates, assets = theme.layers, theme.templates, theme.assets
    env = environment(templates, {}, {})
    named: dict[str, _Names] = {}
    faults: list[Fault] = []
    for name, template in templates.items():
        names, findings = _inspect(template, templates, assets)
        named[name] = names
        faults += (_fault(template, finding) for finding in findings)
    for name in required:
        if name not in templates:
            message = f'no theme of the chain {" → ".join(layers)} has the template "{name}"'
            faults.append(Fault("E503", message))
    faults += _cycles(named, templates)
    pages = [name for name in required if name in templates]
    for name in pages:
        faults += _undeclared(env, name, named, templates)
    if not faults:
        faults += (fault for name in pages for fault in _headless(name, named, templates))
    closures = {name: _closure(name, named, templates, assets) for name in pages}
    reaches = {name: _reach(name, named, templates) for name in pages}
    return Inspection(closures, reaches), tuple(dict.fromkeys(faults))


def _fault(template: Template, finding: _Finding) -> Fault:
    place = place_on(template.path, template.text, finding.line)
    return Fault(finding.code, finding.message, place, finding.hint)


def _inspect(
    template: Template, templates: Mapping[str, Template], assets: Mapping[str, Asset]
) -> tuple[_Names, tuple[_Finding, ...]]:
    reading = _read(template.text)
    findings = (
        *reading.findings,
        *_not_there("template", reading.templates, templates),
        *_not_there("asset", reading.assets, assets),
    )
    names = _Names(
        tuple(name for name in reading.templates if name in templates),
        tuple(name for name in reading.assets if name in assets),
        reading.read,
        reading.declared,
        reading.prints_head,
    )
    return names, findings


@lru_cache(maxsize=512)
def _read(text: str) -> _Reading:
    """Reads a template: once, although it stands under several names and in build after build."""
    env = environment({}, {}, {})
    try:
        tree = tuple(env.parse(text).find_all(nodes.Node))
    except TemplateSyntaxError as error:
        finding = _Finding("E502", error.message or "cannot be read", error.lineno)
        return _Reading(findings=(finding,))
    return _Reading(
        templates=_first_lines(_named_templates(tree)),
        assets=_first_lines(_named_assets(tree)),
        read=_first_lines(_variables_read(tree)),
        declared=frozenset(_variables_declared(tree)),
        prints_head=any(_is_head(node) for node in tree),
        findings=(*_forbidden(tree), *_unknown(env, tree)),
    )


def _first_lines(names: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, line in names:
        found.setdefault(name, line)
    return found


def _all(tree: _Tree, kind: type[Found]) -> Iterator[Found]:
    return (node for node in tree if isinstance(node, kind))


def _naming(tree: _Tree) -> Iterator[Naming]:
    """The statements that name another template."""
    return (node for node in tree if isinstance(node, _NAMING))


def _named_templates(tree: _Tree) -> Iterator[tuple[str, int]]:
    for naming in _naming(tree):
        if isinstance(naming.template, nodes.Const) and isinstance(naming.template.value, str):
            yield naming.template.value, naming.lineno


def _named_assets(tree: _Tree) -> Iterator[tuple[str, int]]:
    for node in _all(tree, nodes.Filter):
        if node.name == "asset" and isinstance(node.node, nodes.Const):
            yield str(node.node.value), node.lineno


def _not_there(
    kind: str, named: Mapping[str, int], known: Mapping[str, object]
) -> Iterator[_Finding]:
    code = "E503" if kind == "template" else "E504"
    for name, line in named.items():
        if name not in known:
            message = f'no {kind} is called "{name}"'
            yield _Finding(code, message, line, did_you_mean(name, known))


def _unknown(env: Environment, tree: _Tree) -> Iterator[_Finding]:
    for node in tree:
        if not isinstance(node, nodes.Filter | nodes.Test):
            continue
        kind, known = (
            ("test", env.tests) if isinstance(node, nodes.Test) else ("filter", env.filters)
        )
        if node.name not in known and node.name not in FORBIDDEN:
            message = f'no {kind} is called "{node.name}"'
            yield _Finding("E502", message, node.lineno, did_you_mean(node.name, known))


def _forbidden(tree: _Tree) -> Iterator[_Finding]:
    for naming in _naming(tree):
        if not isinstance(naming.template, nodes.Const):
            message = "the name of a template must be written out: it is known before rendering"
            yield _Finding("E505", message, naming.lineno)
    for node in _all(tree, nodes.Filter):
        if node.name in FORBIDDEN:
            message = f'the filter "{node.name}" is not for themes: {FORBIDDEN[node.name]}'
            yield _Finding("E505", message, node.lineno)
        computed = node.name == "asset" and not isinstance(node.node, nodes.Const)
        if computed or (node.name == "map" and "asset" in _constants(node.args)):
            message = "the name of an asset must be written out: it is known before rendering"
            yield _Finding("E505", message, node.lineno)
    for modifier in _all(tree, nodes.ScopedEvalContextModifier):
        yield _Finding("E505", "escaping cannot be switched off", modifier.lineno)
    for name, line in _underscored(tree):
        message = f'"{name}" begins with an underscore: no view has such a name'
        yield _Finding("E505", message, line)


def _underscored(tree: _Tree) -> Iterator[tuple[str, int]]:
    for node in tree:
        for name in _looked_up(node):
            if name.startswith("_"):
                yield name, node.lineno


def _looked_up(node: nodes.Node) -> tuple[str, ...]:
    """The names by which an expression reaches for a value."""
    match node:
        case nodes.Name(name=name):
            return (name,)
        case nodes.Getattr(attr=name):
            return (name,)
        case nodes.Getitem(arg=argument):
            return _constants((argument,))
        case nodes.Filter(name="attr", args=arguments):
            return _constants(arguments)
        case _:
            return ()


def _constants(arguments: Iterable[nodes.Expr]) -> tuple[str, ...]:
    values = (item.value for item in arguments if isinstance(item, nodes.Const))
    return tuple(value for value in values if isinstance(value, str))


def _variables_read(tree: _Tree) -> Iterator[tuple[str, int]]:
    for node in _all(tree, nodes.Name):
        if node.ctx == "load":
            yield node.name, node.lineno


def _variables_declared(tree: _Tree) -> Iterator[str]:
    for node in _all(tree, nodes.Name):
        if node.ctx != "load":
            yield node.name
    for imported in _all(tree, nodes.Import):
        yield imported.target
    for named in _all(tree, nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in named.names)
    for macro in _all(tree, nodes.Macro):
        yield macro.name


def _undeclared(
    env: Environment,
    page: str,
    named: Mapping[str, _Names],
    templates: Mapping[str, Template],
) -> Iterator[Fault]:
    """Variables that nothing in a page's templates declares: blocks see what others set."""
    reached = _reached(page, named)
    known = _GIVEN | _BUILT_IN | env.globals.keys()
    known |= {name for item in reached for name in named[item].declared}
    for item in sorted(reached):
        for name, line in named[item].read.items():
            if name not in known:
                hint = did_you_mean(name, known) or "a template sees view and site, nothing else"
                finding = _Finding("E505", f'nothing is called "{name}" here', line, hint)
                yield _fault(templates[item], finding)


def _is_head(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Getattr)
        and node.attr == "head"
        and isinstance(node.node, nodes.Name)
        and node.node.name == "view"
    )


def _headless(
    page: str, named: Mapping[str, _Names], templates: Mapping[str, Template]
) -> Iterator[Fault]:
    """A page that never prints `view.head` would lose its address, its feeds and its credits."""
    if not any(named[item].prints_head for item in _reached(page, named)):
        place = place_on(templates[page].path, templates[page].text, 1)
        hint = "print {{ view.head }} between <head> and </head>, or extend layout.html"
        yield Fault("E505", f"{page} never prints view.head", place, hint)


def _cycles(named: Mapping[str, _Names], templates: Mapping[str, Template]) -> Iterator[Fault]:
    for name, names in named.items():
        through = next((other for other in names.templates if name in _reached(other, named)), None)
        if through is not None:
            line = _read(templates[name].text).templates[through]
            place = place_on(templates[name].path, templates[name].text, line)
            hint = 'to extend what it overrides, name the theme too: "base/article.html"'
            way = "" if through == name else f' through "{through}"'
            yield Fault("E505", f'"{name}" names itself{way}', place, hint)


def _closure(
    name: str,
    named: Mapping[str, _Names],
    templates: Mapping[str, Template],
    assets: Mapping[str, Asset],
) -> str:
    """The digest of all that can shape what the template prints."""
    reached = _reached(name, named)
    places = {asset: assets[asset].place for item in reached for asset in named[item].assets}
    return digest(({item: templates[item].text for item in reached}, places))


def _reach(name: str, named: Mapping[str, _Names], templates: Mapping[str, Template]) -> Reach:
    reached = _reached(name, named)
    return Reach(
        frozenset(templates[item].path for item in reached),
        frozenset(asset for item in reached for asset in named[item].assets),
    )


def _reached(name: str, named: Mapping[str, _Names]) -> frozenset[str]:
    """The template and all that it names, directly or through others."""
    reached, waiting = {name}, [name]
    while waiting:
        new = set(named[waiting.pop()].templates) - reached
        reached |= new
        waiting += new
    return frozenset(reached)
