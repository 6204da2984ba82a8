"""The proof of attribution: it holds on what is built, and notices whatever is changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from ssg.check.attribution import Proof, attribution_faults, prove
from ssg.check.attribution.said import FORMS
from ssg.cli.show import show_faults
from ssg.config import Config, read_config
from tests.build.newsroom import Newsroom, article, document, newsroom, png
from tests.check.conftest import HERE, PAPER
from tests.test_docs_faults import ENTRIES

PAGE: Final = "2026/03/a/index.html"


def config() -> Config:
    found = read_config(str(PAPER["config.toml"]))
    assert isinstance(found, Config)
    return found


def proof_of(room: Newsroom) -> Proof:
    return prove(room.folder / "output", config())


@contextmanager
def broken(room: Newsroom, path: str, old: str, new: str, *, count: int = 1) -> Iterator[None]:
    """The output with one thing changed by hand; the pattern has to be there."""
    file = room.folder / "output" / path
    before = file.read_text(encoding="utf-8")
    after = re.sub(old, new, before, count=count, flags=re.DOTALL)
    assert after != before, f"{path} has no {old}"
    file.write_text(after, encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(before, encoding="utf-8")


def test_what_is_built_is_proved(paper: Newsroom) -> None:
    """Every form of every story was compared, in feeds of every kind, and nothing differs. Of a
    story whose licence has ended machines are told nothing.
    """
    proof = proof_of(paper)
    assert proof.faults == ()
    assert (proof.articles, tuple(proof.forms)) == (7, FORMS)
    silent = {form for form, count in proof.forms.items() if count == 6}
    assert silent == {"JSON-LD", "RSS", "Atom", "JSON Feed"}
    assert proof.feeds == 3 * len(
        ["site", "section", "tag", *("g", "k", "s"), *("w", "q", "h", "r", "n"), "corrections"]
    )
    assert attribution_faults(paper.folder / "output", config()) == ()


def test_an_address_that_was_taken_back_credits_nobody(paper: Newsroom) -> None:
    """The notice there is no story, and nothing is missed in it."""
    notice = paper.folder / "output/2026/03/gone/index.html"
    notice.parent.mkdir()
    page = '<title>No longer here</title><meta name="robots" content="noindex"><h1>Gone</h1>'
    notice.write_text(page, encoding="utf-8")
    proof = proof_of(paper)
    assert (proof.articles, proof.faults) == (7, ())
    notice.write_text(page + '<p class="byline">By nobody</p>', encoding="utf-8")
    assert proof_of(paper).faults
    notice.unlink()


@dataclass(frozen=True)
class Break:
    """One way in which one form can credit wrongly, and how that is told."""

    path: str
    code: str
    told: str
    old: str
    new: str


_BREAK: Final = re.compile(
    r"(?P<what>.+): (?P<path>\S+): (?P<code>E\d+) (?P<told>.+)\n- (?P<old>.+)\n\+ ?(?P<new>.*)\n"
)


def breaks() -> dict[str, Break]:
    """The breaks of `breaks.txt`: what is broken, in which file, the fault and a word of it; then
    the pattern that is looked for, and what stands instead.
    """
    text = Path(__file__).with_name("breaks.txt").read_text(encoding="utf-8")
    found = [match.groupdict() for match in _BREAK.finditer(text)]
    assert len(found) == text.count("\n- ")
    return {keys.pop("what"): Break(**keys) for keys in found}


BREAKS: Final = breaks()


@pytest.mark.parametrize("what", BREAKS)
def test_every_form_that_is_broken_is_noticed(what: str, paper: Newsroom) -> None:
    """The fault names the file that was changed, and the form in it that says something else."""
    case = BREAKS[what]
    with broken(paper, case.path, case.old, case.new):
        found = proof_of(paper).faults
    hits = [fault for fault in found if fault.code == case.code and case.told in fault.message]
    assert hits, [(fault.code, fault.message) for fault in found]
    assert f"output/{case.path}" in {fault.place.path for fault in hits if fault.place}


def test_a_fault_tells_what_each_form_says(
    paper: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one that differs first, then everybody else."""
    with broken(paper, "feed.xml", "Vance</dc:creator>\n<dc:creator>Kit Oyelaran", "Vance"):
        show_faults(proof_of(paper).faults)
    assert capsys.readouterr().err == (
        "output/feed.xml: error[E801]: the authors of https://tidal.example/news/2026/03/a/: RSS"
        ' says "Greta Vance", "Sam Okoro", but byline, microformats, JSON-LD, meta author, Atom'
        ' and JSON Feed say "Greta Vance", "Kit Oyelaran", "Sam Okoro"\n'
        "  hint: no theme can change this: build again; ssg build --verify finds files that were"
        " edited\n"
    )


#: Which break each example of the reference of faults shows.
EXAMPLES: Final = {
    "E801": "dropped from RSS",
    "E802": "page in JSON-LD",
    "E803": "order in RSS",
    "E804": "part in JSON-LD",
    "E805": "source dropped from the box",
    "E806": "relation in JSON Feed",
    "E807": "credit line in RSS",
    "E808": "credit in RSS",
    "E809": "correction in RSS",
    "E810": "relation in other words",
    "E811": "nobody",
    "E812": "an author's page of somebody else",
    "E813": "no JSON-LD",
    "E814": "a story dropped from RSS",
}


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_examples_of_the_reference_are_what_is_printed(
    code: str, paper: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    case = BREAKS[EXAMPLES[code]]
    with broken(paper, case.path, case.old, case.new):
        found = proof_of(paper).faults
    show_faults([fault for fault in found if fault.code == code][:1])
    assert capsys.readouterr().err == ENTRIES[code]["example"]


@pytest.mark.parametrize("gone", ["authors/k/index.html", "sources/q/index.html"])
def test_a_page_that_is_gone_is_missed(gone: str, paper: Newsroom) -> None:
    """Every author and every source that is credited has their page."""
    file = paper.folder / "output" / gone
    away = file.rename(file.with_suffix(".away"))
    try:
        found = proof_of(paper).faults
    finally:
        away.rename(file)
    assert {fault.code for fault in found} == {"E812"}
    assert {fault.place.path for fault in found if fault.place} >= {f"output/{PAGE}"}


def test_nothing_is_proved_by_nothing(tmp_path: Path) -> None:
    """An output without articles is no proof."""
    proof = prove(tmp_path / "output", config())
    assert (proof.articles, [fault.code for fault in proof.faults]) == (0, ["E815"])


#: All that credits in the paper's fullest story, and is not also a word of something else.
CREDITS: Final = (
    *("Greta Vance", "Kit Oyelaran", "Sam Okoro", "Quay Agency", "CC BY 4.0", "licenses/by/4.0/"),
    *("Wire Service", "Quay Radio", "Harbour Office", "River Board", "Courtesy of Wire"),
    *("https://w.example/1", "https://q.example/2", "https://h.example/", "media/pier.png"),
    *("It was ten metres.", "At the old pier.", "2026-03-11T", "2026-03-12T"),
)

#: What stands before such words where they credit nobody for the story: in bios, in what links are
#: called, in what a feed says of other stories, in times of the last change.
NO_CREDIT: Final = re.compile(
    r'^<h3>|^<p class="more">|>(Read the story at|Go to the website of) $|twitter:|og:image:alt|'
    r"<media:description|^<lastBuildDate|^<atom:updated|^<updated|modified_time|date_modified|"
    r'dateModified":"$|dt-updated|&lt;time datetime="$|<time datetime=\\"$'
)


def occurrences(text: str) -> Iterator[tuple[int, int]]:
    """Where the credits stand in a file."""
    for credit in CREDITS:
        for match in re.finditer(re.escape(credit), text):
            before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
            if not NO_CREDIT.search(before):
                yield match.span()


@pytest.mark.parametrize("path", [PAGE, "feed.xml", "atom.xml", "feed.json"])
def test_no_credit_can_change_unnoticed(path: str, paper: Newsroom) -> None:
    """Each occurrence of each credit in the story's page and in its feeds, one at a time."""
    file = paper.folder / "output" / path
    text = file.read_text(encoding="utf-8")
    places = list(occurrences(text))
    unnoticed = []
    try:
        for start, end in places:
            file.write_text(f"{text[:start]}X{text[end:]}", encoding="utf-8")
            if not proof_of(paper).faults:
                unnoticed.append(text[max(0, start - 60) : end + 20])
    finally:
        file.write_text(text, encoding="utf-8")
    assert len(places) > 30
    assert not unnoticed, "\n".join(unnoticed)


#: Names and words that mean something to HTML, XML, JSON, bylines or credit lines, or are written
#: from right to left, with marks, in capitals of no other case.
NAMES: Final = (
    'Zoë "Z" O\'Neil & <b>Sons</b>',
    "ليلى الهادي",
    "山田 太郎",
    "Ann, Bo and Cy",
    "by Dee; edited by Eve",
    "IŞIK ĞÜL \U0001f6a2",
    "]]> </script><!--",
    "100 % / \\u003c &amp; {{ x }}",
)


def test_whatever_people_are_called_the_proof_holds(tmp_path: Path) -> None:
    """The same credits in every form, however they have to be written there."""
    quoted = [json.dumps(name, ensure_ascii=False) for name in NAMES]
    files: dict[str, str | bytes] = {"config.toml": PAPER["config.toml"]}
    for number, (name, other) in enumerate(zip(quoted, reversed(quoted), strict=True)):
        url = f'"https://x.example/ü?a=1&b={number}#%20c"'
        files |= {
            f"content/authors/a{number}.md": document(name=name),
            f"content/sources/s{number}.md": document(name=other, credit_line=name, url=url),
            f"content/media/p {number}é.png": png(3, 2),
            HERE + f"{number}.md": article(
                name,
                f"2026-03-{number + 1:02}",
                slug=f"storm-{number}",
                authors=f"[a{number}, {{author: a0, role: editing}}, {{author: a1, role: data}}]",
                sources=f"[{{source: s{number}, relation: republished, url: {url}}},"
                " {source: s1, relation: cited}, {source: s2, relation: with-material-from,"
                ' url: "https://tidal.example/news/2026/03/storm-1/?q=%C3%BC#%20"}]',
                image=f"{{src: '/media/p {number}é.png', alt: {name}, credit: {name},"
                f" source: {other}, licence: {name}}}",
                corrections=f"[{{date: 2026-03-12, kind: update, text: {name}}}]",
            ),
        }
    room = newsroom(tmp_path / "site", files)
    room.build()
    proof = proof_of(room)
    assert proof.articles == len(NAMES)
    assert proof.faults == ()
