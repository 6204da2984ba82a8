"""What a rule says of a page: this stretch of text gives that field, and how sure it is.

Rules only add claims; nothing is cut from the page while they run. A block leaves the body
when a claim takes it, that is, when a rule understood the whole of it. A claim below the
threshold is a doubt: it gives no field and takes nothing, and goes to a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from ssg.ingest.page import Block
from ssg.ingest.vocabulary import Language
from ssg.model import Relation, Role

#: Below this a careful editor would ask. Bare-name bylines were right on 47 % of measured
#: pages, labelled ones on 87 %: the line lies between.
THRESHOLD = 0.5

# The head of a page: 178 of 208 measured author lines stood at most ten lines after the
# title; a standfirst or a biography may stand among them.
_HEAD_BLOCKS = 14
_HEAD_PROSE = 2
_TAIL_BLOCKS = 15
_TAIL_PROSE = 2
_MOST_TAIL_BLOCKS = 80


@dataclass(frozen=True, slots=True)
class Title:
    """The headline."""

    text: str


@dataclass(frozen=True, slots=True)
class Kicker:
    """The label above the headline."""

    text: str


@dataclass(frozen=True, slots=True)
class Standfirst:
    """The summary below the headline."""

    text: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A date in ISO 8601 as far as it was printed; an update is no publication."""

    iso: str
    kind: Literal["published", "bare", "updated"]


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who is credited, and for what."""

    name: str
    role: Role = "reporting"


@dataclass(frozen=True, slots=True)
class Bio:
    """A stretch of somebody's biography; `name` None: that of the named author."""

    name: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A source that is credited."""

    name: str
    url: str | None = None
    relation: Relation = "based-on"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Furniture of a page: share bars, counters, labels."""


Value = Title | Kicker | Standfirst | Printed | Writer | Bio | Origin | LeftOut


@dataclass(frozen=True, slots=True)
class Claim:
    """One rule's finding; `start` and `end` are positions in the page, `takes` are blocks."""

    value: Value
    start: int
    end: int
    rule: str
    confidence: float
    takes: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        return self.confidence >= THRESHOLD


def claim_block(value: Value, block: Block, rule: str, confidence: float) -> Claim:
    """A claim that rests on a whole block and takes it."""
    return Claim(value, block.start, block.end, rule, confidence, (block.index,))


@dataclass(frozen=True)
class View:
    """A page as the next rule sees it: the blocks, and what the rules before it said."""

    blocks: tuple[Block, ...]
    language: Language
    claims: tuple[Claim, ...] = ()

    @cached_property
    def taken(self) -> frozenset[int]:
        return frozenset(index for claim in self.claims if claim.holds for index in claim.takes)

    @cached_property
    def free(self) -> tuple[Block, ...]:
        """The blocks that no rule took, in order."""
        return tuple(block for block in self.blocks if block.index not in self.taken)

    @cached_property
    def head(self) -> tuple[Block, ...]:
        """Free blocks near the top, with no more than one paragraph above them."""
        return tuple(
            block for block in self.free[:_HEAD_BLOCKS] if self.prose_before(block) < _HEAD_PROSE
        )

    @cached_property
    def tail(self) -> tuple[Block, ...]:
        """Free blocks near the bottom: the last of them, and all under the last paragraphs."""
        last = self.free[-_MOST_TAIL_BLOCKS:]
        far = len(last) - _TAIL_BLOCKS
        return tuple(
            block
            for count, block in enumerate(last)
            if count >= far or self.prose_after(block) < _TAIL_PROSE
        )

    @cached_property
    def first_prose(self) -> Block | None:
        return next((block for block in self.free if block.is_prose), None)

    @cached_property
    def _prose_up_to(self) -> tuple[int, ...]:
        """For each block how many paragraphs stand above it."""
        counts, count = [], 0
        for block in self.blocks:
            counts.append(count)
            count += block.index not in self.taken and block.is_prose
        return (*counts, count)

    def prose_before(self, block: Block) -> int:
        return self._prose_up_to[block.index]

    def prose_after(self, block: Block) -> int:
        return self._prose_up_to[-1] - self._prose_up_to[block.index + 1]

    def below(self, block: Block) -> Block | None:
        """The block right under `block`, taken or not."""
        following = block.index + 1
        return self.blocks[following] if following < len(self.blocks) else None

    def writers(self) -> tuple[Writer, ...]:
        """Who is credited so far for writing."""
        values = (claim.value for claim in self.claims if claim.holds)
        return tuple(v for v in values if isinstance(v, Writer) and v.role == "reporting")


class Rule(Protocol):
    """Reads a view and says what it finds."""

    def __call__(self, view: View, /) -> Iterator[Claim]: ...
