"""The home page's plan: what is read of `content/home.toml`, and its faults."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ssg.config import Config
from ssg.content import HOME, read_content
from ssg.content.home import check_home, read_home
from ssg.faults import Fault
from ssg.model import HomePlan, Pick

CONFIG = Config("The Tidal Post", "https://tidal.example/", "Europe/Dublin")
STORY = b"---\nid: %s\ntitle: Tide\ndate: 2026-07-01\n---\n"


def faults(text: str, ids: tuple[str, ...] = ("a", "ab")) -> list[Fault]:
    """The faults of a plan, on a site whose articles have these ids."""
    plan = read_home(text, CONFIG)
    return list(plan) if isinstance(plan, tuple) else list(check_home(plan, ids, lambda: text))


def test_a_plan() -> None:
    """Picks are read in order, with the moment until which they hold."""
    text = """
lead = [{ id = "a", until = 2026-07-02 }]
[[follow]]
id = "b"
until = "2026-07-02 18:00"
[[follow]]
id = "c"
until = 2026-07-02T18:00:00-04:00
"""
    assert read_home(text, CONFIG) == HomePlan(
        (Pick("a", datetime(2026, 7, 1, 23, tzinfo=UTC)),),
        (
            Pick("b", datetime(2026, 7, 2, 17, tzinfo=UTC)),
            Pick("c", datetime(2026, 7, 2, 22, tzinfo=UTC)),
        ),
    )


def test_an_empty_plan() -> None:
    """A file that says nothing picks nothing."""
    assert read_home("", CONFIG) == HomePlan()


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("lead = [", "E105", 1, "not valid TOML"),
        (f"lead = {'[' * 5000}", "E105", 1, "not valid TOML"),
        ("# ours\nlaed = []", "E105", 2, 'did you mean "lead"?'),
        ('lead = "a"', "E105", 1, "must be a list"),
        ('lead = ["a"]', "E105", 1, "lead [1] must hold keys and values"),
        ('[[lead]]\nid = "a"\n[[lead]]\nid = ""', "E105", 4, "lead [2] › id: is empty"),
        ("[[lead]]\nuntil = 2026-07-01", "E105", 1, "lead [1] › id is missing"),
        ('[[lead]]\nid = "a"\n[[lead]]\nid="ab"\nuntil = "x"', "E210", 5, "is no date"),
        ('[[lead]]\nid = "a"\nuntil = 2026-03-29T01:30:00', "E211", 3, "does not exist"),
        ('[[lead]]\nid = "a"\nuntil = 09:30:00', "E210", 3, "is no date"),
        ('# "a" and c\n[[lead]]\nid = "c"', "E301", 3, "ids stand at the top of each article"),
        ("[[lead]]\nid = 'abx'", "E301", 2, 'did you mean "ab"?'),
        ('[[lead]]\nid = "x\\u0079"', "E301", 1, 'no article has the id "xy"'),
    ],
)
def test_faults(text: str, code: str, line: int, words: str) -> None:
    """Each fault stands on the line that has to be changed."""
    (fault,) = faults(text)
    assert fault.place is not None
    assert (fault.code, fault.place.path, fault.place.line) == (code, HOME, line)
    assert words in f"{fault.message} | {fault.hint}"


def test_a_longer_id_is_not_taken_for_the_one_that_is_wrong() -> None:
    """The place is that of the whole id."""
    (fault,) = faults('[[lead]]\nid = "tide-2"\n[[follow]]\nid = "tide"', ("tide-2",))
    assert fault.place is not None
    assert (fault.place.line, fault.place.column) == (4, 7)


def test_every_pick_is_looked_for() -> None:
    """What follows is held to the same as what leads."""
    found = faults('[[lead]]\nid = "x"\n[[follow]]\nid = "y"\n[[follow]]\nid = "a"')
    assert [fault.place and fault.place.line for fault in found] == [2, 4]


def test_home_is_part_of_the_content() -> None:
    """A site's plan is read with its content, and its faults are reported with the others."""
    files = {"content/articles/2026/07/a.md": STORY % b"a", HOME: b'[[lead]]\nid = "a"'}
    assert read_content(files, {}, CONFIG).home == HomePlan((Pick("a"),))
    for data, code in ((b"\xff", "E306"), (b"lead = 1", "E105"), (b'[[lead]]\nid="b"', "E301")):
        content = read_content({**files, HOME: data}, {}, CONFIG)
        assert [fault.code for fault in content.faults] == [code]
    assert read_content({}, {}, CONFIG).home == HomePlan()


def test_ids_of_broken_articles_may_be_meant() -> None:
    """While an article cannot be read nobody knows its id."""
    files = {"content/articles/2026/07/a.md": b"broken", HOME: b'[[lead]]\nid = "a"'}
    assert [fault.code for fault in read_content(files, {}, CONFIG).faults] == ["E201"]
