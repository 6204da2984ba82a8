"""The laws of three-way merging, and the cases an editor meets."""

from __future__ import annotations

from collections import Counter

from hypothesis import assume, example, given
from hypothesis import strategies as st

from ssg.desk.merge import MAX_CELLS, changes, merge, merge_text, paragraphs

ITEMS = st.lists(st.sampled_from("abcdefgh"), max_size=9)
DISTINCT = st.lists(st.sampled_from("abcdefgh"), max_size=8, unique=True)
TEXTS = st.lists(
    st.sampled_from(["The pier is shut.", "Ada Quill said no.", "# Tides", "- one\n- two", "x"]),
    max_size=6,
).map("\n\n".join)


@given(ITEMS, ITEMS)
def test_an_unchanged_side_gives_the_other(base: list[str], side: list[str]) -> None:
    assert merge(base, base, side).items == tuple(side)
    assert merge(base, side, base).items == tuple(side)


@given(ITEMS, ITEMS)
def test_equal_sides_give_that_side(base: list[str], side: list[str]) -> None:
    merged = merge(base, side, side)

    assert (merged.items, merged.clashes) == (tuple(side), ())


@given(ITEMS, ITEMS, ITEMS)
def test_nothing_new_is_lost(base: list[str], ours: list[str], theirs: list[str]) -> None:
    merged = merge(base, ours, theirs)
    assume(not merged.clashes)

    assert (set(ours) | set(theirs)) - set(base) <= set(merged.items)


@given(ITEMS, ITEMS, ITEMS)
def test_nothing_is_doubled(base: list[str], ours: list[str], theirs: list[str]) -> None:
    merged = merge(base, ours, theirs)
    assume(not merged.clashes)

    assert Counter(merged.items) <= Counter(ours) | Counter(theirs)


@given(DISTINCT, DISTINCT, DISTINCT)
def test_nothing_is_lost_that_neither_deleted(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    merged = merge(base, ours, theirs)
    assume(not merged.clashes)

    assert set(base) & set(ours) & set(theirs) <= set(merged.items)


@given(ITEMS, ITEMS, ITEMS)
def test_sides_may_change_places(base: list[str], ours: list[str], theirs: list[str]) -> None:
    merged, mirrored = merge(base, ours, theirs), merge(base, theirs, ours)

    assert bool(merged.clashes) == bool(mirrored.clashes)
    assert merged.clashes or merged.items == mirrored.items


@given(DISTINCT, DISTINCT, DISTINCT)
def test_what_was_merged_may_be_merged_again(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    once = merge(base, ours, theirs)
    assume(not once.clashes)
    again = merge(base, once.items, theirs)

    assert again.clashes or again.items == once.items


@given(st.data(), st.integers(2, 12))
def test_edits_of_different_passages_both_survive(data: st.DataObject, size: int) -> None:
    base = [f"p{number}" for number in range(size)]
    mine = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda index: index != mine))
    ours = [f"{item} ours" if index == mine else item for index, item in enumerate(base)]
    theirs = [f"{item} theirs" if index == other else item for index, item in enumerate(base)]

    merged = merge(base, ours, theirs)

    assert not merged.clashes
    assert merged.items[mine] == f"p{mine} ours"
    assert merged.items[other] == f"p{other} theirs"
    assert len(merged.items) == size


@given(TEXTS, TEXTS)
@example("one\n\n\n\ntwo\n", "one\n\ntwo")
def test_the_laws_hold_for_texts_to_the_byte(base: str, side: str) -> None:
    assert merge_text(base, base, side) == (side, ())
    assert merge_text(base, side, base) == (side, ())
    assert merge_text(base, side, side) == (side, ())


@given(ITEMS, ITEMS)
def test_changes_lead_from_one_to_the_other(base: list[str], side: list[str]) -> None:
    made = list(base)
    for change in reversed(changes(base, side)):
        made[change.start : change.end] = change.new

    assert made == side


def test_ours_keeps_its_blank_lines() -> None:
    base = "One.\n\nTwo.\n\nThree.\n"
    ours = "One.\n\n\n\nTwo, corrected.\n\nThree.\n"
    theirs = "One.\n\nTwo.\n\nThree.\n\nFour.\n"

    merged, clashes = merge_text(base, ours, theirs)

    assert not clashes
    assert merged == "One.\n\n\n\nTwo, corrected.\n\nThree.\n\nFour.\n"


def test_a_new_end_meets_a_corrected_last_paragraph() -> None:
    merged, clashes = merge_text("A.\n\nB.", "A.\n\nB, corrected.", "A.\n\nB.\n\nC.")

    assert (merged, clashes) == ("A.\n\nB, corrected.\n\nC.\n", ())


def test_an_addition_that_was_copied_by_hand_is_not_doubled() -> None:
    _, clashes = merge_text("A.\n\nB.", "A.\n\nB, corrected.\n\nC.", "A.\n\nB.\n\nC.")

    assert clashes


def test_two_versions_of_one_paragraph_clash() -> None:
    _, clashes = merge_text("A.\n\nB.\n\nC.", "A.\n\nB two.\n\nC.", "A.\n\nB three.\n\nC.")

    (clash,) = clashes
    assert [item.text for item in clash.mine] == ["B two."]
    assert [item.text for item in clash.other] == ["B three."]


def test_two_additions_at_one_point_clash() -> None:
    assert merge("ab", "axb", "ayb").clashes


def test_an_edit_of_what_the_other_deleted_clashes() -> None:
    assert merge("abc", "ac", "axc").clashes
    assert merge("abc", "", "abxc").clashes


def test_a_huge_change_is_one_change() -> None:
    old, new = "ab" * 2_000, "ba" * 2_001

    assert len(old) * len(new) > MAX_CELLS
    assert len(changes(old, new)) == 1


def test_an_empty_text_has_no_paragraphs() -> None:
    assert paragraphs("\n\n") == ()
