"""The words in which pages say roles, relations and kinds of corrections.

They are in the site's language, which nothing here knows. But in one build each of them has one
wording, and no two have the same: a page that says one in other words than all the others is wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from ssg.check.attribution.reading import plain
from ssg.check.attribution.said import Wording
from ssg.faults import Fault, Place

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SEPARATORS: Final = " ,;:.·،؛、/|&\u00a0"


def words_before(above: LexborNode, nodes: list[LexborNode]) -> list[str]:
    """The text before each of these elements, since the one before it."""
    inside = {node.mem_id for node in nodes}
    found: list[str] = []
    text = ""
    for node in above.traverse(include_text=True):
        if node.mem_id in inside:
            found.append(plain(text).strip(_SEPARATORS))
            text = ""
        elif node.tag == "-text" and not (node.parent and node.parent.mem_id in inside):
            text += node.text(deep=False)
    return found


def other_words(wordings: Iterable[Wording], folder: str) -> Iterator[Fault]:
    """Where a page says something in words that mean nothing, or that mean something else."""
    uses: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    meanings: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    found = tuple(wordings)
    for wording in found:
        uses[wording.of, wording.value][wording.words] += 1
        meanings[wording.of, wording.words][wording.value] += 1
    for wording in dict.fromkeys(found):
        usual, _ = uses[wording.of, wording.value].most_common(1)[0]
        meant, _ = meanings[wording.of, wording.words].most_common(1)[0]
        if (wording.words, wording.value) != (usual, meant) or not wording.words:
            yield _fault(wording, usual, meant, folder)


def _fault(wording: Wording, usual: str, meant: str, folder: str) -> Fault:
    if not wording.words:
        message = f"no words say what is meant: {wording.value}"
    elif meant != wording.value:
        message = f'"{wording.words}" stands for {wording.value}, but means {meant} on other pages'
    else:
        message = f'"{wording.words}" stands for {wording.value}, which other pages call "{usual}"'
    return Fault("E810", message, Place(f"{folder}/{wording.path}"))
