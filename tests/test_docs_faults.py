"""The catalogue of faults for editors: complete, in order, and true to what is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ssg.build import Order, build
from ssg.cli.show import show_faults
from ssg.desk import create_site
from ssg.faults import CATALOGUE, Fault, Halt
from tests.test_sites_invalid import (
    FILES,
    NAMES,
    NOW,
    faults_of,
    findings_of,
    is_of_check,
    read,
    write,
)

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "faults.md"

_ENTRY = re.compile(
    r"^### (?P<code>[EWN]\d{3}): (?P<sentence>.+)\n\n"
    r"(?P<words>[^#](?:.+\n)+)\n"
    r"```text\n(?P<example>(?:.+\n)+)```\n",
    re.MULTILINE,
)
ENTRIES = {entry["code"]: entry for entry in _ENTRY.finditer(PAGE.read_text(encoding="utf-8"))}


def test_every_code_has_its_entry() -> None:
    """The page has the codes of the catalogue with their sentences, in its order."""
    headings = re.findall(r"^### (\S+): (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(CATALOGUE.items())
    assert list(ENTRIES) == list(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_example_is_of_the_code(code: str) -> None:
    """An example has the form of what is printed, with the code of its heading."""
    first, *more = ENTRIES[code]["example"].splitlines()
    severity = {"E": "error", "W": "warning", "N": "note"}[code[0]]
    place = r"(?:[^:\s]+(?::\d+){0,2}: )?"
    assert re.fullmatch(rf"{place}{severity}\[{code}\]: \S.*", first)
    assert all(line.startswith(("  | ", "  hint: ")) for line in more)


@pytest.mark.parametrize("code", [code for code in CATALOGUE if code in NAMES])
def test_example_is_what_is_printed(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is a site with this fault, the example is what the program says of it."""
    _, files = read(code)
    look = findings_of if is_of_check(code) else faults_of
    found = look(write(tmp_path, files))
    show_faults(fault for fault in found if fault.code == code)
    assert capsys.readouterr().err.replace(str(tmp_path), "/srv/tidal") == ENTRIES[code]["example"]


def _by_hand(code: str, site: Path) -> tuple[Fault, ...]:
    """The faults of sites that a text file cannot describe."""
    match code:
        case "E101":
            return faults_of(site)
        case "E106":
            made = create_site(write(site, {"diary.txt": b""}), title="a", theme="base", now=NOW)
            return (made,) if isinstance(made, Fault) else ()
        case "E209":
            history = b"---\ntitle: Since 1871\n" + b"# It began with a wreck.\n" * 4000 + b"---\n"
            return faults_of(write(site, {**FILES, "content/pages/history.md": history}))
        case "E307":
            (write(site, FILES) / "content/media").mkdir()
            (site / "content/media/archive").symlink_to("/")
            return faults_of(site)
        case "E702":
            build(Order(site=write(site, FILES), now=NOW))
            return faults_of(write(site, {"output/CNAME": b"a", "content/root/CNAME": b"b"}))
        case "E703":
            order = Order(site=write(site, FILES), now=NOW, output=site / "content")
            with pytest.raises(Halt) as halt:
                build(order)
            return halt.value.faults
        case _:
            build(Order(site=write(site, FILES), now=NOW))
            return faults_of(write(site, {"output/notes.html": b""}))


@pytest.mark.parametrize("code", ["E101", "E106", "E209", "E307", "E702", "E703", "N701"])
def test_example_by_hand_is_what_is_printed(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Examples of what a folder may do to a site are true as well."""
    show_faults(_by_hand(code, tmp_path))
    assert capsys.readouterr().err.replace(str(tmp_path), "/srv/tidal") == ENTRIES[code]["example"]
