"""An editor's article and a changed raw text: what is merged, kept, or left to a person."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.desk.blocks import read_block, take_apart
from ssg.desk.reconcile import Reconciled, reconcile, settled_by_hand
from ssg.frontmatter import Document, dump, parse

RAW = {"raw": "tide.txt", "digest": "aa11"}
NEWER = {"raw": "tide.txt", "digest": "bb22"}
FIRST: dict[str, Any] = {
    "id": "tag:x.example,2026:tide",
    "title": "Tide turns",
    "date": "2026-11-20",
    "authors": ["ada-quill"],
    "ingest": {**RAW, "guessed": ["title", "date"]},
}
BODY = "The tide came in.\n\nIt went out.\n\nNobody minded."


def document(text: str) -> Document:
    read = parse("article.md", text)
    assert isinstance(read, Document)
    return read


def made(body: str = BODY, **changes: object) -> str:
    values = {**FIRST, **changes}
    return dump({key: value for key, value in values.items() if value is not None}, body)


def newer(body: str = BODY, guessed: tuple[str, ...] = ("title", "date"), **changes: object) -> str:
    return made(body, **changes, ingest={**NEWER, "guessed": list(guessed)})


def merged(ours: str, theirs: str, base: str | None = None) -> Reconciled:
    known = document(made() if base is None else base)
    return reconcile(known, document(ours), document(theirs))


def values(result: Reconciled) -> Any:
    assert not result.differences
    return document(result.text).values


def test_an_untouched_article_becomes_the_new_version() -> None:
    theirs = newer("The tide came in early.\n\nIt went out.", authors=["ada-quill", "ben-holt"])

    assert merged(made(), theirs).text == theirs


def test_an_unchanged_raw_text_leaves_every_byte() -> None:
    ours = (
        "---\ntitle: 'Mine'   # checked\n\n\n# why\ndate: 2026-11-20\n---\n\n\nText.\n\n\n\nMore."
    )

    assert merged(ours, made()).differences == ()
    assert merged(ours, made()).text == ours


def test_form_comments_and_order_of_the_editor_stay() -> None:
    ours = made("The tide came in.\n\nIt went out.\n\nNobody minded it.").replace(
        "authors:\n- ada-quill\n",
        "# asked her twice\nsection: harbour\nauthors: [ada-quill]  # and nobody else\n",
    )

    result = merged(ours, newer("The tide came in late.\n\nIt went out.\n\nNobody minded."))

    assert "# asked her twice\nsection: harbour\nauthors: [ada-quill]  # and nobody" in result.text
    assert "The tide came in late.\n\nIt went out.\n\nNobody minded it.\n" in result.text
    assert values(result)["ingest"]["digest"] == "bb22"


def test_a_comment_outlives_the_value_beside_it() -> None:
    ours = made().replace("- ada-quill\n", "# first name confirmed\n- ada-quill  # by phone\n")

    result = merged(ours, newer(authors=["ada-quill", "ben-holt"]))

    assert values(result)["authors"] == ["ada-quill", "ben-holt"]
    assert "# first name confirmed\n# by phone\nauthors:\n" in result.text


def test_a_comment_outlives_the_key_below_it() -> None:
    ours = made().replace("authors:", "# asked her twice\nauthors:")

    result = merged(ours, newer(authors=None))

    assert "authors" not in values(result)
    assert "# asked her twice\n" in result.text


def test_a_new_key_stands_behind_its_neighbour() -> None:
    result = merged(made(), newer(kicker="Harbour", sources=["radio-vane"]))

    assert list(values(result)) == ["id", "title", "date", "authors", "ingest", "kicker", "sources"]
    between = reconcile(
        document(made()),
        document(made()),
        document(newer().replace("date: 2026", "standfirst: Early\ndate: 2026")),
    )
    assert list(values(between))[:4] == ["id", "title", "standfirst", "date"]


def test_two_values_of_one_key_are_left_to_a_person() -> None:
    base = made(ingest=RAW)

    result = merged(
        base.replace("Tide turns", "The tide turns at last"),
        made(title="Tide turned", ingest=NEWER),
        base,
    )

    (difference,) = result.differences
    assert (difference.what, difference.mine, difference.other) == (
        "title",
        "The tide turns at last",
        "Tide turned",
    )


def test_a_key_that_the_editor_removed_stays_removed() -> None:
    ours = made(kicker="Harbour").replace("kicker: Harbour\n", "")

    assert "kicker" not in values(merged(ours, newer(kicker="Harbour"), made(kicker="Harbour")))
    assert merged(ours, newer(kicker="Town"), made(kicker="Harbour")).differences


@pytest.mark.parametrize(
    ("ours", "title"),
    [
        (made().replace("Tide turns", "The editor’s headline"), "The editor’s headline"),
        (made().replace("  - title\n", ""), "Tide turns"),
    ],
    ids=["value changed", "name removed"],
)
def test_a_settled_guess_stays_settled(ours: str, title: str) -> None:
    front = values(merged(ours, newer(title="Another guess")))

    assert front["title"] == title
    assert front["ingest"] == {**NEWER, "guessed": ["date"]}


def test_a_guess_that_waits_follows_the_raw_text() -> None:
    front = values(merged(made(), newer(title="Another guess")))

    assert front["title"] == "Another guess"
    assert front["ingest"]["guessed"] == ["title", "date"]


def test_a_found_headline_takes_the_place_of_a_guess_that_waits() -> None:
    front = values(merged(made(), newer(title="Printed", guessed=("date",))))

    assert (front["title"], front["ingest"]["guessed"]) == ("Printed", ["date"])


def test_a_found_headline_meets_a_settled_one() -> None:
    ours = made().replace("Tide turns", "The editor’s headline")

    assert merged(ours, newer(title="Printed", guessed=("date",))).differences


def test_a_guess_never_takes_the_place_of_what_was_found() -> None:
    base = made(ingest=RAW)

    front = values(merged(base, newer(title="A guess", guessed=("title",)), base))

    assert front["title"] == "Tide turns"
    assert front["ingest"].get("guessed", []) == []


def test_an_article_that_was_taken_over_gets_no_record_again() -> None:
    ours = dump({key: value for key, value in FIRST.items() if key != "ingest"}, BODY)

    assert "ingest" not in values(merged(ours, newer(kicker="Harbour")))


def test_front_matter_on_one_line_is_left_to_a_person() -> None:
    ours = "---\n{title: Tide turns, date: 2026-11-20}\n---\n\n" + BODY

    assert [one.what for one in merged(ours, newer(kicker="Harbour")).differences] == [
        "the front matter"
    ]


def test_without_a_base_equal_versions_merge_and_others_do_not() -> None:
    theirs = document(newer("Another text."))

    assert not reconcile(None, document(made()), document(newer())).differences
    assert reconcile(None, document(made()), theirs).differences


def test_what_was_settled_by_hand_is_recorded_and_otherwise_untouched() -> None:
    ours = (
        made("Quite another text.").replace("  - title\n", "").replace("title:", "# mine\ntitle:")
    )

    text = settled_by_hand(document(ours), document(newer("Their text.", title="Theirs")))

    assert text == ours.replace("aa11", "bb22")


WORDS = st.sampled_from(
    ["tide", "a: b", "# no", "'quoted'", "10:30", "", "no", "two\nlines", "1.10"]
)
FRONT = st.dictionaries(
    st.sampled_from(["title", "kicker", "section", "dateline", "licence"]),
    st.one_of(WORDS, st.lists(WORDS, max_size=3), st.booleans()),
    max_size=4,
).map(lambda keys: {"id": "x", **keys})
BODIES = st.lists(st.sampled_from(["One.", "Two.", "> three", "- four"]), max_size=4)


@given(FRONT, FRONT, BODIES, BODIES)
def test_the_laws_of_merging_hold_for_whole_files(
    one: dict[str, Any], two: dict[str, Any], first: list[str], second: list[str]
) -> None:
    base = document(dump(one, "\n\n".join(first)))
    side = document(dump(two, "\n\n".join(second)))

    kept = reconcile(base, side, base)
    assert (kept.text, kept.differences) == (side.text, ())
    same = reconcile(base, side, side)
    assert (same.text, same.differences) == (side.text, ())
    taken = reconcile(base, base, side)
    assert taken.differences == ()
    made_of = document(taken.text)
    assert (made_of.values, made_of.body.strip()) == (side.values, side.body.strip())


@given(FRONT, st.lists(st.sampled_from(["# note", "", "   ", "#"]), max_size=3))
def test_a_block_is_taken_apart_without_loss(front: dict[str, Any], lines: list[str]) -> None:
    text = dump(front, "Text.")
    head = "".join(f"{line}\n" for line in lines)
    parts = take_apart(text.replace("---\n", f"---\n{head}", 1))
    block = read_block(parts.block)

    assert block is not None
    assert str(block) == parts.block
    assert [entry.key for entry in block.entries] == list(front)
    assert parts.opening + parts.block + parts.closing + parts.body == text.replace(
        "---\n", f"---\n{head}", 1
    )
