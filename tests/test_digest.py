"""The digest: one canonical hash of plain values."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.digest import digest, digest_bytes

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.binary(max_size=20)
)
plain = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@dataclass(frozen=True, slots=True)
class Boat:
    name: str
    crew: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crew:
    boat: Boat
    size: int = 0


def spelled(value: Any) -> str:
    """A value with its kinds, so that True, 1 and 1.0 are told apart."""
    match value:
        case dict():
            items = sorted((key, spelled(item)) for key, item in value.items())
            return f"dict({items})"
        case tuple():
            return f"tuple({[spelled(item) for item in value]})"
        case _:
            return f"{type(value).__name__}({value!r})"


def reversed_mappings(value: Any) -> Any:
    """The same value with its mappings written the other way round."""
    match value:
        case dict():
            return {key: reversed_mappings(value[key]) for key in reversed(value)}
        case tuple():
            return tuple(reversed_mappings(item) for item in value)
        case _:
            return value


@given(plain, plain)
def test_digests_are_equal_where_values_are(one: Any, other: Any) -> None:
    """Equal values have equal digests, different ones or other kinds have not."""
    assert (digest(one) == digest(other)) == (spelled(one) == spelled(other))


@given(plain)
def test_order_of_mappings_does_not_matter(value: Any) -> None:
    """A mapping is the same whichever of its keys was written first."""
    assert digest(value) == digest(reversed_mappings(value))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (1, 1.0),
        (0, False),
        (0, None),
        ("", None),
        ((), None),
        ("a", b"a"),
        ("1", 1),
        ((), {}),
        (("a", "b"), ("ab",)),
        ((("a",), "b"), ("a", ("b",))),
        ({"a": None}, {}),
    ],
)
def test_kinds_are_told_apart(one: object, other: object) -> None:
    """What prints alike or is empty alike is not the same."""
    assert digest(one) != digest(other)


def test_records_are_known_by_all_their_fields() -> None:
    """A change deep inside a record changes its digest."""
    boat = Boat("Perpetua", ("Ada",))
    assert digest(Crew(boat, 1)) == digest(Crew(Boat("Perpetua", ("Ada",)), 1))
    assert digest(Crew(boat, 1)) != digest(Crew(Boat("Perpetua", ("Bea",)), 1))
    assert digest(Crew(boat, 1)) != digest(Crew(boat, 2))


@pytest.mark.parametrize("value", [object(), print, 1j, {"a": object()}, {1: "a"}])
def test_other_things_are_refused(value: object) -> None:
    """What has no one spelling is refused rather than hashed somehow."""
    with pytest.raises(TypeError):
        digest(value)


def test_numbers_too_large_for_any_machine_are_refused() -> None:
    """A number that MessagePack cannot hold is not cut down to one that it can."""
    with pytest.raises(OverflowError):
        digest(2**64)


@given(plain)
def test_form(value: Any) -> None:
    """A digest is 128 bits in lower-case hexadecimal."""
    found = digest(value)
    assert len(found) == 32
    assert set(found) <= set("0123456789abcdef")


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_bytes(one: bytes, other: bytes) -> None:
    """Files are the same where their bytes are."""
    assert (digest_bytes(one) == digest_bytes(other)) == (one == other)


def test_digests_are_the_same_in_another_process() -> None:
    """A digest does not follow the seed that Python gives its own hashes."""
    value = "{'b': (1, 'ü', None), 'a': {'z': 1.5, 'y': True}}"
    code = f"from ssg.digest import digest; print(digest({value}))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
