"""The law of attribution: all forms of a story say the same.

What most forms say is taken for right, and of two that are alone the one that readers see; each
form that says something else is a fault in its file, told with what the others say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Final

from ssg.check.attribution.reading import plain
from ssg.check.attribution.said import (
    ASPECTS,
    CORRECTIONS,
    CREDIT_LINES,
    FORMS,
    Aspect,
    Claim,
    Item,
    Said,
    Story,
)
from ssg.faults import Fault, Place

_ORDER: Final = "E803"


def disagreements(story: Story, items: Iterable[Item], folder: str) -> Iterator[Fault]:
    """Every form that says of a story what the others do not."""
    said = (*story.said, *(item.said for item in items))
    for aspect in ASPECTS:
        held = [(one, one.claims[aspect]) for one in said if aspect in one.claims]
        if len({claim for _, claim in held}) > 1:
            yield from _differing(aspect, held, story, folder)
    yield from _untold(story, said, folder)


def _differing(
    aspect: Aspect, held: list[tuple[Said, Claim]], story: Story, folder: str
) -> Iterator[Fault]:
    groups: dict[Claim, list[Said]] = defaultdict(list)
    for one, claim in held:
        groups[claim].append(one)
    agreed = max(groups, key=lambda claim: len({one.form for one in groups[claim]}))
    for claim, deviating in groups.items():
        if claim != agreed:
            for one in deviating:
                yield _differs(aspect, one, claim, groups, story, folder)


def _differs(
    aspect: Aspect,
    one: Said,
    claim: Claim,
    groups: Mapping[Claim, list[Said]],
    story: Story,
    folder: str,
) -> Fault:
    others = "; ".join(
        f"{_forms(said, one)} {shown(other)}" for other, said in groups.items() if other != claim
    )
    of = "" if one.path == story.path else f" of {story.url}"
    agreed = [other for other in groups if other != claim]
    same = aspect.ordered and any(sorted(other) == sorted(claim) for other in agreed)
    code = _ORDER if same else aspect.code
    noun = f"{aspect.noun}, in order," if same else aspect.noun
    message = f"{noun}{of}: {one.form} says {shown(claim)}, but {others}"
    return Fault(code, message, Place(f"{folder}/{one.path}"), _hint(one))


def shown(claim: Claim) -> str:
    """A claim as faults tell it."""
    return ", ".join(f'"{" – ".join(filter(None, row))}"' for row in claim) or "nothing"


def _forms(said: Iterable[Said], one: Said) -> str:
    """The forms that say something, with their verb; in other files it may be the same form."""
    forms = {other.form for other in said}
    *first, last = sorted(forms - {one.form} or forms, key=FORMS.index)
    return f"{', '.join(first)} and {last} say" if first else f"{last} says"


#: What templates say; all else is our own code's.
_OF_THEMES: Final = FORMS[: FORMS.index("JSON-LD")]


def _hint(one: Said) -> str:
    if one.form in _OF_THEMES:
        return "the theme's templates say this: see what docs/reference/theme.md asks them to keep"
    return "no theme can change this: build again; ssg build --verify finds files that were edited"


# --- the text of feeds --------------------------------------------------------------------


def _untold(story: Story, said: Iterable[Said], folder: str) -> Iterator[Fault]:
    """Credit lines and corrections that the page shows and a feed's text leaves out. Their words
    are the last of a row, but in JSON-LD.
    """
    wanted = [
        (aspect, row[-1])
        for one in story.said
        for aspect in (CREDIT_LINES, CORRECTIONS)
        if one.form != "JSON-LD"
        for row in one.claims.get(aspect, ())
    ]
    if not wanted:
        return
    for one in said:
        if one.path == story.path:
            continue
        told = words_of(one.text or "")
        for aspect, text in wanted:
            if text not in told:
                message = (
                    f'{aspect.noun} of {story.url}: the text in {one.form} leaves out "{text}"'
                )
                yield Fault(aspect.code, message, Place(f"{folder}/{one.path}"), _hint(one))


def words_of(html: str) -> str:
    """The text of a piece of HTML on one line."""
    if "<" not in html:
        return plain(unescape(html))
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(html).body
    return plain(body.text()) if body else ""
