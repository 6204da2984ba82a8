"""Labels: the texts that readers see of a document besides its body."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.check.material import Keys
from ssg.content.documents import AnyDocument
from ssg.model import Image

_NAMES = ("title", "kicker", "standfirst", "description", "role", "beat", "credit_line")


def labels_of(document: AnyDocument) -> Iterator[tuple[Keys, str]]:
    """Each such text, with where it stands in front matter."""
    for name in _NAMES:
        if text := getattr(document, name, None):
            yield (name,), text
    for name in ("image", "photo"):
        image = getattr(document, name, None)
        if isinstance(image, Image):
            yield from (((name, "caption"), image.caption),) if image.caption else ()
            yield from (((name, "alt"), image.alt),) if image.alt else ()
    for index, correction in enumerate(getattr(document, "corrections", ())):
        yield ("corrections", index, "text"), correction.text
