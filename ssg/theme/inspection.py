"""Inspection: what a template names and what it may not do, found before a page is rendered.

What a page can depend on must be known beforehand: names of templates and assets are
constant, nothing is random, and nothing begins with an underscore, where Python keeps what
is not a view's. These are checks for authors of themes, not a sandbox: a theme is code that
its user chose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes

from ssg.digest import digest
from ssg.faults import Fault, did_you_mean, place_on
from ssg.theme.filters import FORBIDDEN
from ssg.theme.templates import environment
from ssg.theme.themes import Asset, Template, Theme

_GIVEN = frozenset({"view", "site"})
_BUILT_IN = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})
Naming = nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport


@dataclass(frozen=True, slots=True)
class _Finding:
    """Something wrong on a line of a template."""

    code: str
    message: str
    line: int
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class _Names:
    """What a template names of others, and its variables: read (with a line) and declared."""

    templates: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    read: Mapping[str, int] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()


def make_theme(
    layers: tuple[str, ...],
    templates: Mapping[str, Template],
    assets: Mapping[str, Asset],
    required: Iterable[str],
) -> tuple[Theme, tuple[Fault, ...]]:
    """The theme with the closure of each required template, and all that is wrong in its files."""
    env = environment(templates, {})
    named: dict[str, _Names] = {}
    faults: list[Fault] = []
    for name, template in templates.items():
        names, findings = _inspect(env, template, templates, assets)
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
    closures = {name: _closure(name, named, templates, assets) for name in pages}
    return Theme(layers, templates, assets, closures), tuple(dict.fromkeys(faults))


def _fault(template: Template, finding: _Finding) -> Fault:
    place = place_on(template.path, template.text, finding.line)
    return Fault(finding.code, finding.message, place, finding.hint)


def _inspect(
    env: Environment,
    template: Template,
    templates: Mapping[str, Template],
    assets: Mapping[str, Asset],
) -> tuple[_Names, tuple[_Finding, ...]]:
    try:
        tree = env.parse(template.text)
    except TemplateSyntaxError as error:
        return _Names(), (_Finding("E502", error.message or "cannot be read", error.lineno),)
    named_templates = dict(_named_templates(tree))
    named_assets = dict(_named_assets(tree))
    findings = [
        *_forbidden(tree),
        *_unknown(env, tree),
        *_not_there("template", named_templates, templates),
        *_not_there("asset", named_assets, assets),
    ]
    names = _Names(
        tuple(name for name in named_templates if name in templates),
        tuple(name for name in named_assets if name in assets),
        dict(_variables_read(tree)),
        frozenset(_variables_declared(tree)),
    )
    return names, tuple(findings)


def _naming(tree: nodes.Template) -> Iterator[Naming]:
    """The statements that name another template."""
    yield from tree.find_all(nodes.Extends)
    yield from tree.find_all(nodes.Include)
    yield from tree.find_all(nodes.Import)
    yield from tree.find_all(nodes.FromImport)


def _named_templates(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    for naming in _naming(tree):
        if isinstance(naming.template, nodes.Const) and isinstance(naming.template.value, str):
            yield naming.template.value, naming.lineno


def _named_assets(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    for node in tree.find_all(nodes.Filter):
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


def _unknown(env: Environment, tree: nodes.Template) -> Iterator[_Finding]:
    for kind, node_type, known in (
        ("filter", nodes.Filter, env.filters),
        ("test", nodes.Test, env.tests),
    ):
        for node in tree.find_all(node_type):
            if node.name not in known and node.name not in FORBIDDEN:
                message = f'no {kind} is called "{node.name}"'
                yield _Finding("E502", message, node.lineno, did_you_mean(node.name, known))


def _forbidden(tree: nodes.Template) -> Iterator[_Finding]:
    for naming in _naming(tree):
        if not isinstance(naming.template, nodes.Const):
            message = "the name of a template must be written out: it is known before rendering"
            yield _Finding("E505", message, naming.lineno)
    for node in tree.find_all(nodes.Filter):
        if node.name in FORBIDDEN:
            message = f'the filter "{node.name}" is not for themes: {FORBIDDEN[node.name]}'
            yield _Finding("E505", message, node.lineno)
        if node.name == "asset" and not isinstance(node.node, nodes.Const):
            message = "the name of an asset must be written out: it is known before rendering"
            yield _Finding("E505", message, node.lineno)
    for modifier in tree.find_all(nodes.ScopedEvalContextModifier):
        yield _Finding("E505", "escaping cannot be switched off", modifier.lineno)
    for name, line in _underscored(tree):
        message = f'"{name}" begins with an underscore: no view has such a name'
        yield _Finding("E505", message, line)


def _underscored(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    for node in tree.find_all(nodes.Name):
        if node.name.startswith("_"):
            yield node.name, node.lineno
    for attribute in tree.find_all(nodes.Getattr):
        if attribute.attr.startswith("_"):
            yield attribute.attr, attribute.lineno
    for item in tree.find_all(nodes.Getitem):
        key = item.arg.value if isinstance(item.arg, nodes.Const) else None
        if isinstance(key, str) and key.startswith("_"):
            yield key, item.lineno


def _variables_read(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load":
            yield node.name, node.lineno


def _variables_declared(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Name):
        if node.ctx != "load":
            yield node.name
    for imported in tree.find_all(nodes.Import):
        yield imported.target
    for named in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in named.names)
    for macro in tree.find_all(nodes.Macro):
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


def _cycles(named: Mapping[str, _Names], templates: Mapping[str, Template]) -> Iterator[Fault]:
    for name, names in named.items():
        if name in names.templates:
            place = place_on(templates[name].path, templates[name].text, 1)
            hint = 'to extend what it overrides, name the theme too: "base/article.html"'
            yield Fault("E505", f'"{name}" names itself', place, hint)


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


def _reached(name: str, named: Mapping[str, _Names]) -> frozenset[str]:
    """The template and all that it names, directly or through others."""
    reached, waiting = {name}, [name]
    while waiting:
        new = set(named[waiting.pop()].templates) - reached
        reached |= new
        waiting += new
    return frozenset(reached)
