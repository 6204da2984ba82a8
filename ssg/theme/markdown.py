"""Markdown: bodies to HTML, with Python-Markdown and an extension of ours.

The extension puts in place where references lead, gives pictures their size, keeps one
first-level heading to a page, puts tables into boxes that scroll where there is no room for
them, and turns their inline styles into classes, which a strict Content-Security-Policy
allows. A body that holds `<` came with HTML of its own or
may be taken for it: what comes out is sanitised (nh3), unless the site trusts its authors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from importlib import import_module
from typing import Final
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from ssg.model import Html, Prose, Target
from ssg.theme.direct import Direct
from ssg.theme.plain import PlainExtension
from ssg.urls import is_safe, url_kind

# Stands before addresses that are settled already while the sanitiser looks at the rest:
# a character of a private use area, and what follows it is checked again.
_SETTLED: Final = "\ue000"

_ALIGN = re.compile(r"text-align:\s*(left|right|center)")
_CLASSES = re.compile(
    r"(?:align-(?:left|right|center)|table|language-[\w+#-]+|footnote[\w-]*|toc|codehilite)"
)

_TAGS: Final = nh3.ALLOWED_TAGS | {"figure", "figcaption", "section", "picture"}
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href", "hreflang", "rel", "role"},
    "div": {"role", "tabindex", "aria-label"},
    "img": {"src", "alt", "width", "height", "loading"},
    "time": {"datetime"},
}
# What the box of a table says of itself; in a div of somebody else's it does no harm.
_BOX: Final = {"role": "group", "tabindex": "0"}
# What stands for HTML and escaped characters until all is written.
_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")

_ADDRESSES: Final = frozenset({"href", "src", "cite", "poster"})
_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ADDRESS = re.compile(
    r"""(?P<name>\s(?:href|src|cite|poster))\s*=\s*(?P<quote>["'])(?P<value>.*?)(?P=quote)""",
    re.IGNORECASE | re.DOTALL,
)
# A heading that came as HTML: the page has its first-level heading already.
_H1 = re.compile(r"(</?)h1\b", re.IGNORECASE)


class Unresolved(Exception):  # noqa: N818 - becomes a fault where the document is known
    """A reference that leads nowhere, or an address that is none for readers."""

    def __init__(self, reference: str, document: str = "") -> None:
        super().__init__(reference, document)
        self.reference = reference
        self.document = document


class _Addresses:
    """Where the references of the document in hand lead; set anew for each document."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.targets: Mapping[str, Target] = {}

    def find(self, reference: str) -> Target:
        if reference in self.targets:
            return self.targets[reference]
        plain = unescape(reference)  # as browsers read it: entities are no disguise
        match url_kind(plain):
            case "web" | "mail" | "fragment":
                return Target(reference, plain)
            case "site":
                return Target(reference, self.home + plain.removeprefix("/"))
            case _:
                raise Unresolved(reference)


class _SiteTreeprocessor(Treeprocessor):
    """Works on the tree before it is written: addresses, sizes, headings, table styles."""

    def __init__(self, md: Markdown, addresses: _Addresses, mark: str) -> None:
        super().__init__(md)
        self.addresses = addresses
        self.mark = mark

    def run(self, root: Element) -> None:
        shift = root.find(".//h1") is not None
        for element in root.iter():
            match element.tag:
                case "a":
                    self._link(element)
                case "img":
                    self._image(element)
                case "td" | "th":
                    _use_class(element)
                case "h1" | "h2" | "h3" | "h4" | "h5" if shift:
                    element.tag = f"h{int(element.tag[1]) + 1}"
        for table in list(root.iter("table")):
            _box(table)

    def _link(self, element: Element) -> None:
        reference = element.get("href")
        if reference is None:
            return
        # Python-Markdown hides a mailbox in angle brackets behind entities.
        if reference.startswith(AMP_SUBSTITUTE):
            reference = unescape(reference.replace(AMP_SUBSTITUTE, "&"))
        target = self.addresses.find(reference)
        if target.url is None:
            element.tag = "span"
            del element.attrib["href"]
        else:
            element.set("href", self.mark + target.url)

    def _image(self, element: Element) -> None:
        target = self.addresses.find(element.get("src", ""))
        element.set("src", self.mark + (target.url or ""))
        if target.width and target.height:
            element.set("width", str(target.width))
            element.set("height", str(target.height))
        element.set("loading", "lazy")


def _use_class(element: Element) -> None:
    if style := _ALIGN.search(element.attrib.pop("style", "")):
        element.set("class", f"align-{style[1]}")


def _box(element: Element) -> None:
    """Puts a table into a box that can be scrolled by keyboard as well (WCAG 2.1.1), named by
    the heads of the columns. Not a landmark: these are few, and no two have the same name.
    """
    table = Element("table", element.attrib)
    table.text, table[:] = element.text, element[:]
    heads = ("".join(head.itertext()).strip() for head in table.iterfind("thead/tr/th"))
    name = _PLACEHOLDER.sub("", ", ".join(filter(None, heads)))
    element.tag = "div"
    element.attrib = {"class": "table", **_BOX}
    if name:
        element.set("aria-label", name)
    element.text, element[:] = "\n", [table]
    table.tail = "\n"


class _SiteExtension(Extension):
    """Puts the tree processor behind those that make links and pictures."""

    def __init__(self, addresses: _Addresses, mark: str) -> None:
        super().__init__()
        self.addresses = addresses
        self.mark = mark

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        processor = _SiteTreeprocessor(md, self.addresses, self.mark)
        md.treeprocessors.register(processor, "ssg", 0)


class Converter:
    """Turns bodies into HTML. For one thread at a time: Python-Markdown keeps state.

    `fast` changes nothing but the time that it takes. An extension of the site's own may do
    anything with any text, so that nothing can be done in advance where there is one.
    """

    def __init__(
        self, extensions: tuple[str, ...], *, trust_html: bool, home: str, fast: bool = True
    ) -> None:
        self.extensions = extensions
        self.trust_html = trust_html
        self.fast = fast and not any(":" in name for name in extensions)
        self.addresses = _Addresses(home)
        self._direct = Direct(extensions, self.addresses.find)
        self._markdown: dict[bool, Markdown] = {}

    def convert(self, text: str, prose: Prose) -> Html:
        """The HTML of a body. Raises `Unresolved` for a reference that leads nowhere."""
        raw = self._may_hold_html(text)
        self.addresses.targets = {target.reference: target for target in prose.targets}
        if self.fast and not raw and (direct := self.directly(text)) is not None:
            return Html(direct)
        try:
            html = self._instance(raw=raw).reset().convert(text)
            if raw:
                html = (_settled if self.trust_html else _sanitised)(html, self.addresses)
        except Unresolved as error:
            raise Unresolved(error.reference, prose.path) from None
        return Html(html)

    def directly(self, text: str, /) -> str | None:
        """The HTML of a body that needs no Python-Markdown, None for any other.

        What leads nowhere is left to Python-Markdown, which has the last word on faults.
        """
        try:
            return self._direct.convert(text)
        except Unresolved:
            return None

    def _may_hold_html(self, text: str) -> bool:
        """Attribute lists (`{: onclick=… }`) write HTML attributes without any `<`."""
        return "<" in text or ("attr_list" in self.extensions and "{" in text)

    def _instance(self, *, raw: bool) -> Markdown:
        if raw not in self._markdown:
            site = _SiteExtension(self.addresses, _SETTLED if raw else "")
            extensions = [*(_load(name) for name in self.extensions), site]
            if self.fast:
                extensions.append(PlainExtension())
            self._markdown[raw] = Markdown(extensions=extensions, output_format="html")
        return self._markdown[raw]


def trouble_with(name: str) -> str | None:
    """Why an extension of this name cannot be used; None when it can."""
    try:
        Markdown(extensions=[_load(name)])
    except Exception as error:  # noqa: BLE001 - a site's own code may do anything
        return f"{type(error).__name__}: {error}"
    return None


def _load(name: str) -> Extension:
    """An extension by its name; by instance, since names make Python-Markdown scan packages."""
    module, _, attribute = name.partition(":")
    if attribute:
        extension: Extension = getattr(import_module(module), attribute)()
        return extension
    made: Extension = import_module(f"markdown.extensions.{name}").makeExtension()
    return made


def _settled(html: str, addresses: _Addresses) -> str:
    """Trusted HTML as it stands, with where its addresses lead in their places."""

    def settle(match: re.Match[str]) -> str:
        value = unescape(match["value"])
        url = value.removeprefix(_SETTLED)
        if url == value:
            found = addresses.find(value).url
        elif is_safe(url):
            found = url
        else:
            raise Unresolved(url)
        return "" if found is None else f'{match["name"]}="{escape(found)}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(settle, tag[0]), html)


def _sanitised(html: str, addresses: _Addresses) -> str:
    broken: list[str] = []

    def settle(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "class":
            return " ".join(part for part in value.split() if _CLASSES.fullmatch(part)) or None
        if tag == "div" and attribute in _BOX:
            return value if value == _BOX[attribute] else None
        if attribute not in _ADDRESSES:
            return value
        if value.startswith(_SETTLED):
            settled = value.removeprefix(_SETTLED)
            return settled if is_safe(settled) else None
        try:
            return addresses.find(value).url
        except Unresolved:
            broken.append(value)
            return None

    clean = nh3.clean(
        _H1.sub(r"\1h2", html),
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=settle,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    if broken:
        raise Unresolved(broken[0])
    return clean
