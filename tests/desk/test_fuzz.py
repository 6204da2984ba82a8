"""Whatever lies in the inbox: no crash, nothing outside the site, and a second run at rest."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.config import Config
from ssg.content import read_content
from ssg.desk import describe, ingest_files

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
CONFIG = Config(title="The Vane", base_url="https://vane.example/", timezone="Asia/Beirut")

LINES = st.sampled_from(
    [
        "By Ada Quill",
        "By ../../etc/passwd",
        "Source: Skerry Wire",
        "Source: https://wire.example/story: 'x' #1",
        "SKERRY, 29 March 2026 (SW) - The lamp went out.",
        "29 March 2026 00:30",
        "Ada Quill is a reporter for The Vane. She lives in Vane.",
        "---",
        "title: mine",
        "# Fog & <script>",
        "“Quoted: yes,” she said.",
        "\u202eGninrut \x00 \u200b",
        "",
    ]
)
RAWS = st.one_of(
    st.binary(max_size=80),
    st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(LINES, max_size=9).map(lambda lines: "\n".join(lines).encode()),
)
NAMES = st.sampled_from(["a.txt", "b.TXT", "con.txt", "- x.txt", "~.txt", "é'\": {.txt", "7.txt"])


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@settings(max_examples=150)
@given(st.dictionaries(NAMES, st.tuples(RAWS, RAWS), max_size=3))
def test_any_inbox_is_taken_in_once(raws: dict[str, tuple[bytes, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        site = Path(root) / "site"
        inbox = site / "content/inbox"
        inbox.mkdir(parents=True)
        for version in (0, 1):
            for name, versions in raws.items():
                (inbox / name).write_bytes(versions[version])
                os.utime(inbox / name, (NOW.timestamp(), NOW.timestamp()))
            first = ingest_files(site, (), CONFIG, now=NOW)
            assert all(line.isprintable() for line in describe(first))
            after = contents(Path(root))
            ingest_files(site, (), CONFIG, now=NOW)
            assert contents(Path(root)) == after
            assert all(path.startswith("site/content/") for path in after)
        assert {name: (inbox / name).read_bytes() for name in raws} == {
            name: versions[1] for name, versions in raws.items()
        }
        loaded = {path: data for path, data in contents(site).items() if "/inbox/" not in path}
        assert read_content(loaded, {}, CONFIG).faults == ()
