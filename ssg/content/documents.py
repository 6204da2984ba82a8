"""Documents: the bytes of one content file to an article, author, source, section or page.

What a file is follows from its path. Every fault in a file is returned, none is raised.
"""

from __future__ import annotations

from ssg.config import Config
from ssg.content.files import AnyDocument, decode, file_at
from ssg.content.ordinary import read_ordinary
from ssg.faults import Fault

__all__ = ["AnyDocument", "decode", "read_document"]


def read_document(path: str, data: bytes, config: Config) -> AnyDocument | tuple[Fault, ...]:
    """The document in a content file, or every fault in it.

    An ordinary file is read in a tenth of the time that it takes to look for all that could
    be wrong with one; where that is in doubt, it is looked for.
    """
    file = file_at(path, config)
    if isinstance(file, Fault):
        return (file,)
    text = decode(path, data)
    if isinstance(text, Fault):
        return (text,)
    document = read_ordinary(file, text)
    if document is not None:
        return document

    from ssg.content.checked import read_checked

    return read_checked(file, text)
