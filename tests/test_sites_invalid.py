"""Invalid sites: each fails with the stated faults at the stated places, and with no others.

A file of `sites_invalid/` states what is expected, one fault a line, then holds the files:

    CODE path:line:column: words of the message | words of the hint
    -- path --
    text of the file

Line, column and words may be left out; `-` stands for a fault without a place, and
`-- path in cp1252 --` writes a file in another encoding. A site without a `config.toml`
gets a plain one. Every error that is reported has to be stated; warnings may be. What `ssg
check` finds (9..) has sites of its own, in which every finding of their code is stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ssg.build import Order, build, wanted
from ssg.build.verify import differences
from ssg.check import check
from ssg.check.table import ALONE, CHECKS
from ssg.cli.guard import guarded
from ssg.faults import CATALOGUE, Fault, Halt, Place

SITES = Path(__file__).parent / "sites_invalid"
NAMES = sorted(path.stem for path in SITES.glob("*.txt"))
NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
CONFIG = """\
title = "The Tidal Post"
base_url = "https://tidal.example/"
timezone = "Europe/Dublin"
"""

_HEADER = re.compile(r"^-- (?P<path>\S.*?)(?: in (?P<encoding>\S+))? --\n", re.MULTILINE)
_EXPECTED = re.compile(
    r"(?P<code>[EWN]\d{3}) (?P<place>[^:\n]+(?::\d+)?(?::\d+)?)"
    r"(?:: (?P<message>[^|\n]+?))?(?: \| (?P<hint>.+))?"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A fault as the head of a file states it."""

    code: str
    place: str
    message: str
    hint: str

    def describes(self, fault: Fault) -> bool:
        place = spelled(fault.place)
        return (
            fault.code == self.code
            and (place == self.place or place.startswith(f"{self.place}:"))
            and self.message in fault.message
            and self.hint in (fault.hint or "")
        )


def is_of_check(name: str) -> bool:
    """Whether a code, or the site that a file describes, is one for `ssg check`."""
    code = name.partition("-")[0]
    return code[1] == "9" or any(code in item.codes for item in (*ALONE, *CHECKS))


def spelled(place: Place | None) -> str:
    """A place as terminals show it."""
    if place is None:
        return "-"
    return ":".join(str(part) for part in (place.path, place.line, place.column) if part)


def read(name: str) -> tuple[list[Expected], dict[str, bytes]]:
    """What a file of `sites_invalid/` states, and the site in it."""
    head, *parts = _HEADER.split((SITES / f"{name}.txt").read_text(encoding="utf-8"))
    matches = [(_EXPECTED.fullmatch(line), line) for line in head.splitlines() if line]
    assert all(match for match, _ in matches), f"{name}: {head}"
    expected = [
        Expected(m["code"], m["place"], m["message"] or "", m["hint"] or "")
        for m, _ in matches
        if m
    ]
    files = {"config.toml": CONFIG.encode()}
    for path, encoding, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        files[path] = text.encode(encoding or "utf-8")
    return expected, files


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Writes a site."""
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


def faults_of(site: Path) -> tuple[Fault, ...]:
    """Everything that a build of a site reports."""
    try:
        return build(Order(site=site, now=NOW)).faults
    except Halt as halt:
        return halt.faults


def findings_of(site: Path) -> tuple[Fault, ...]:
    """Everything that a check of a site finds."""
    try:
        return check(Order(site=site, now=NOW)).faults
    except Halt as halt:
        return halt.faults


@pytest.mark.parametrize("name", [name for name in NAMES if is_of_check(name)])
def test_site_with_a_finding(name: str, tmp_path: Path) -> None:
    """A check finds what the site's file states, at the stated places, and no more of it."""
    stated, files = read(name)
    code = name.partition("-")[0]
    found = [fault for fault in findings_of(write(tmp_path, files)) if fault.code == code]
    assert len(found) == len(stated), found
    for expected in stated:
        assert any(expected.describes(fault) for fault in found), f"{expected} not in {found}"


@pytest.mark.parametrize("name", [name for name in NAMES if not is_of_check(name)])
def test_invalid_site(name: str, tmp_path: Path) -> None:
    """The faults of the site are those that its file states, where it states them."""
    expected, files = read(name)
    found = list(faults_of(write(tmp_path, files)))
    for stated in expected:
        fault = next((fault for fault in found if stated.describes(fault)), None)
        assert fault, f"{stated} is not among {found}"
        found.remove(fault)
    assert [fault for fault in found if fault.severity == "error"] == []


def test_every_code_of_a_room_has_a_site() -> None:
    """What a site alone can show is shown by one, named after its code."""
    by_hand = {
        "E101",
        "E106",
        "E209",
        "E307",
        "E308",
        "E323",
        "E402",
        "E403",
        "E702",
        "E703",
        "E704",
        "E705",
        "E706",
        *("W915", "N907", "N908"),  # tests/check/test_web.py
    }
    rooms = {code for code in CATALOGUE if code[1] in "123459" or code == "E701"}
    assert set(NAMES) >= rooms - by_hand


# --- what needs more than the files of a site -------------------------------------------

STORY = "content/articles/2026/03/ferry.md"
TEXT = b"---\ntitle: The ferry is late\ndate: 2026-03-02\n---\nIt left at noon.\n"
FILES = {"config.toml": CONFIG.encode(), STORY: TEXT}


def one(faults: tuple[Fault, ...]) -> tuple[str, str]:
    """Code and place of the only fault."""
    (fault,) = faults
    return fault.code, spelled(fault.place)


def test_no_config(tmp_path: Path) -> None:
    """A folder without a config.toml is no site."""
    (fault,) = faults_of(tmp_path)
    assert (fault.code, fault.place) == ("E101", None)
    assert str(tmp_path) in fault.message


def test_config_in_another_encoding(tmp_path: Path) -> None:
    """A configuration is text in UTF-8 like everything else."""
    write(tmp_path, {"config.toml": CONFIG.replace("Tidal", "Café").encode("cp1252")})
    assert one(faults_of(tmp_path)) == ("E306", "config.toml")


def test_front_matter_without_end(tmp_path: Path) -> None:
    """A whole book between the rules is a mistake."""
    long = b"---\ntitle: a\nextra: {text: '" + b"It left at noon. " * 4000 + b"'}\n---\n"
    write(tmp_path, {**FILES, "content/pages/book.md": long})
    assert one(faults_of(tmp_path)) == ("E209", "content/pages/book.md:1:1")


def test_links_on_disk_that_lead_out(tmp_path: Path) -> None:
    """Neither a file nor a folder outside the site gets into it by a link."""
    outside = tmp_path / "outside"
    write(outside, {"secret.md": b"---\ntitle: a\n---\n"})
    site = write(tmp_path / "site", FILES)
    (site / "content/pages").symlink_to(outside)
    (site / "content/articles/2026/03/secret.md").symlink_to(outside / "secret.md")
    found = {(fault.code, spelled(fault.place)) for fault in faults_of(site)}
    assert found == {("E307", "content/pages"), ("E307", "content/articles/2026/03/secret.md")}


def test_a_text_that_changes_while_it_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A body that is not the planned one any more is printed by no page."""
    site = write(tmp_path, FILES)

    want = wanted.want

    def want_and_edit(*arguments: Any) -> Any:
        found = want(*arguments)
        (site / STORY).write_bytes(TEXT + b"And came back.\n")
        return found

    monkeypatch.setattr(wanted, "want", want_and_edit)
    found = faults_of(site)
    assert {(fault.code, spelled(fault.place)) for fault in found} == {("E308", STORY)}


def test_files_of_others_in_the_output(tmp_path: Path) -> None:
    """A foreign file is left alone and named, and never replaced."""
    site = write(tmp_path, FILES)
    assert faults_of(site) == ()
    write(site, {"output/notes.html": b"ours, not theirs"})
    assert [fault.code for fault in faults_of(site)] == ["N701"]
    write(site, {"content/root/notes.html": b"new"})
    assert one(faults_of(site)) == ("E702", "notes.html")
    assert (site / "output/notes.html").read_bytes() == b"ours, not theirs"


@pytest.mark.parametrize("output", [".", "..", "content", "content/media/site", "themes", ".ssg"])
def test_outputs_that_would_swallow_the_site(output: str, tmp_path: Path) -> None:
    """The output is never a folder in which people write."""
    site = write(tmp_path / "site", FILES)
    with pytest.raises(Halt) as halt:
        build(Order(site=site, now=NOW, output=site / output))
    assert one(halt.value.faults) == ("E703", "-")
    assert (site / STORY).read_bytes() == TEXT


def test_what_the_machine_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    """A full disk is told as such, with the status of a machine that failed."""
    with pytest.raises(SystemExit) as ended, guarded():
        raise OSError(28, "No space left on device", "output/index.html")
    assert ended.value.code == 3
    shown = capsys.readouterr().err
    assert shown == "output/index.html: error[E704]: the machine refused: no space left on device\n"


def test_an_output_that_is_not_what_a_clean_build_makes(tmp_path: Path) -> None:
    """Verification finds every file that somebody changed, added or took away."""
    site = write(tmp_path, FILES)
    assert faults_of(site) == ()
    order = Order(site=site, now=NOW)
    assert differences(order) == ()
    (site / "output/feed.xml").write_bytes(b"changed")
    (site / "output/404.html").unlink()
    found = {(fault.code, spelled(fault.place)) for fault in differences(order)}
    assert found == {("E705", "404.html"), ("E705", "feed.xml")}


def test_a_manifest_that_cannot_be_read(tmp_path: Path) -> None:
    """Without knowing which files are ours nothing is touched."""
    site = write(tmp_path, {**FILES, ".ssg/manifest.json": b'{"files": [\n'})
    (fault,) = faults_of(site)
    assert fault.code == "E706"
    assert spelled(fault.place).endswith(".ssg/manifest.json")
    assert "--adopt" in (fault.hint or "")
