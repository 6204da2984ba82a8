"""XMP (ISO 16684-1): of a packet's properties those about who made a picture and on which terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from ssg.pictures.unsaid import Unsaid

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML: Final = "http://www.w3.org/XML/1998/namespace"

#: What is kept, by namespace with its usual prefix. The last one says that a machine made it.
_KEPT: Final = {
    "http://purl.org/dc/elements/1.1/": ("dc", "creator rights"),
    "http://ns.adobe.com/photoshop/1.0/": (
        "photoshop",
        "AuthorsPosition Credit Instructions Source",
    ),
    "http://ns.adobe.com/xap/1.0/rights/": ("xmpRights", "Marked Owner UsageTerms WebStatement"),
    "http://ns.useplus.org/ldf/xmp/1.0/": (
        "plus",
        "CopyrightOwner DataMining ImageCreator ImageSupplier Licensor",
    ),
    "http://creativecommons.org/ns#": (
        "cc",
        "attributionName attributionURL license morePermissions",
    ),
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": ("Iptc4xmpExt", "DigitalSourceType"),
}
_PREFIXES: Final = {name: prefix for name, (prefix, _) in _KEPT.items()} | {
    _RDF: "rdf",
    _XML: "xml",
}
_NAMES: Final = frozenset(
    f"{{{name}}}{local}" for name, (_, locals_) in _KEPT.items() for local in locals_.split()
)
#: A licensor's address lies four deep; what is deeper was written to do harm.
_DEEPEST: Final = 12

_HEAD: Final = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_TAIL: Final = '<?xpacket end="r"?>'


class _TooDeep(Exception):  # noqa: N818 - becomes None
    """Elements in elements without end."""


def reduced(packet: bytes, unsaid: Unsaid) -> bytes | None:
    """A packet of the properties to keep; None where there are none, or it cannot be read."""
    try:
        text = packet.decode().strip("\x00\ufeff \t\r\n")
        if "<!" in text:  # entities; no writer of packets needs a document type or comments
            return None
        root = ET.fromstring(text)  # noqa: S314 - without a document type there are no entities
        prefixes = dict(_PREFIXES)
        kept = [
            _element(item, prefixes, 0)
            for item in _properties(root)
            if not unsaid(" ".join(_texts(item)))
        ]
    except (ET.ParseError, ValueError, _TooDeep):
        return None
    if not kept:
        return None
    used = sorted((prefix, name) for name, prefix in prefixes.items() if name != _XML)
    spaces = " ".join(f"xmlns:{prefix}={quoteattr(name)}" for prefix, name in used)
    about = f'<rdf:Description rdf:about="">{"".join(kept)}</rdf:Description>'
    body = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {spaces}>{about}</rdf:RDF></x:xmpmeta>'
    return f"{_HEAD}{body}{_TAIL}".encode()


def _properties(root: ET.Element) -> Iterator[ET.Element]:
    """Properties are elements, or attributes of their description."""
    for description in root.iter(f"{{{_RDF}}}Description"):
        for name, value in description.items():
            if name in _NAMES:
                element = ET.Element(name)
                element.text = value
                yield element
        for child in description:
            if child.tag in _NAMES:
                yield child


def _texts(element: ET.Element) -> Iterator[str]:
    for item in element.iter():
        yield item.text or ""
        yield from item.attrib.values()


def _element(element: ET.Element, prefixes: dict[str, str], depth: int) -> str:
    if depth > _DEEPEST:
        raise _TooDeep
    name = _name(element.tag, prefixes)
    attributes = "".join(
        f" {_name(key, prefixes)}={quoteattr(value)}" for key, value in element.items()
    )
    inner = "".join(_element(child, prefixes, depth + 1) for child in element)
    text = escape((element.text or "").strip() if inner else element.text or "")
    return f"<{name}{attributes}>{text}{inner}</{name}>"


def _name(tag: str, prefixes: dict[str, str]) -> str:
    space, _, local = tag.removeprefix("{").rpartition("}")
    if not space:
        return local
    return f"{prefixes.setdefault(space, f'n{len(prefixes)}')}:{local}"
