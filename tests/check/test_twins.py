"""Twins: texts that are nearly the same are found, and in any order the same ones."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Final

import pytest

from ssg.check.twins import ALIKE, SHORTEST, sample, share_of, suspects, words_of

CJK: Final = "渡船今天中午離開港口船長說風很大但是大家都上了船"


def text(seed: int, length: int = 300) -> list[str]:
    """A text of words as a language has them: a few often, many seldom."""
    chance = random.Random(seed)
    return [f"w{int(chance.paretovariate(0.4)) % 4000}" for _ in range(length)]


def alike(texts: list[list[str]]) -> list[tuple[int, int, float]]:
    """What is found among texts: pairs by their numbers, with the share they share."""
    pairs = suspects([sample(words) for words in texts])
    rated = [(one, other, share_of(texts[one], texts[other])) for one, other in pairs]
    return [pair for pair in rated if pair[2] >= ALIKE]


@pytest.mark.parametrize("edits", [0, 1, 5, 12])
def test_a_copy_with_other_words_is_found(edits: int) -> None:
    """With its share, as the count in full has it, wherever the edits fall."""
    for seed in range(100):
        first, chance = text(seed), random.Random(seed)
        copy = list(first)
        for _ in range(edits):
            copy[chance.randrange(len(copy))] = "other"

        found = alike([text(seed + 1), first, text(seed + 2), copy])

        assert found == [(1, 3, share_of(first, copy))], seed


def test_texts_of_one_desk_are_not_twins() -> None:
    """A common ending, a common list of offices: furniture makes no twins."""
    ending = text(99, 60)
    assert alike([text(seed) + ending for seed in range(40)]) == []


def test_every_two_of_several_copies_are_told() -> None:
    """Three copies are three pairs."""
    copies = [text(1), text(2), text(1), text(1)]
    pairs = [(one, other) for one, other, _ in alike(copies)]
    assert pairs == [*combinations((0, 2, 3), 2)]


def test_short_texts_are_not_compared() -> None:
    """Two notes that a bridge is closed say nothing of each other."""
    note = text(1, SHORTEST - 1)
    assert alike([note, note]) == []


def test_scripts_without_blanks_are_compared_sign_by_sign() -> None:
    """A sentence more, and it is still the same story."""
    first, second = words_of(CJK * 3), words_of(f"昨天。{CJK * 3}")
    ((one, other, rate),) = alike([first, second])
    assert (one, other) == (0, 1)
    assert rate > ALIKE
