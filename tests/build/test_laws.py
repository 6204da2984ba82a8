"""The laws of the engine, over random histories of edits to a small paper."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace as as_with

from ssg.build import grounds, standing, wanted, work
from ssg.build.explain import changed_between
from ssg.build.inputs import with_texts
from ssg.build.plan import Keys
from ssg.digest import digest
from ssg.faults import Halt
from ssg.model import Article, Body, Output, Page
from ssg.pages import outputs_holding, stories
from ssg.pages.views import ArticleView
from tests.build.newsroom import NOW, Newsroom, article, newsroom, png
from tests.build.paper import paper

ARTICLES = "content/articles"
CREST = f"{ARTICLES}/2026/03/crest.md"
STORM = f"{ARTICLES}/2025/12/storm.md"
MARKET = f"{ARTICLES}/2026/02/market.md"


def replaced(path: str, old: str, new: str) -> Callable[[Newsroom], None]:
    """Changes a text in a file, and back when it was changed already."""

    def edit(site: Newsroom) -> None:
        file = site.folder / path
        if file.exists():
            text = file.read_text(encoding="utf-8")
            undo = new in text if old in new else old not in text
            file.write_text(text.replace(*((new, old) if undo else (old, new))), encoding="utf-8")

    return edit


def toggled(path: str, content: str | bytes) -> Callable[[Newsroom], None]:
    """Adds a file, or removes it."""

    def edit(site: Newsroom) -> None:
        if (site.folder / path).exists():
            site.remove(path)
        else:
            site.write({path: content})

    return edit


def renamed(old: str, new: str) -> Callable[[Newsroom], None]:
    def edit(site: Newsroom) -> None:
        here, there = site.folder / old, site.folder / new
        if not here.exists():
            here, there = there, here
        if here.exists():  # neither is there while the folder of one of them is empty
            there.parent.mkdir(parents=True, exist_ok=True)
            here.rename(there)

    return edit


def swapped_folder(path: str) -> Callable[[Newsroom], None]:
    """Empties a folder, or fills it again."""

    def edit(site: Newsroom) -> None:
        here, there = site.folder / path, site.folder / "kept" / path
        if there.exists():
            here, there = there, here
        if here.exists():  # neither is there while the folder of one of them is empty
            there.parent.mkdir(parents=True, exist_ok=True)
            here.rename(there)

    return edit


# A chunk of a PNG that is not published.
_NOTE = b"\x00\x00\x00\x03tEXtA\x00b" + zlib.crc32(b"tEXtA\x00b").to_bytes(4, "big")

TAG = '{% extends "base/tag.html" %}{% block end %}tags{% endblock %}'

RECORD = "".join(
    f'{{"url":"{url}","id":{id_},"published":"2026-03-02T09:30:00Z","digest":{digest}}}\n'
    for url, id_, digest in (
        ("/2025/11/storm/", '"tag:tidal.example,2025:12/storm"', '"00"'),
        ("/2026/02/market/", '"tag:tidal.example,2026:02/market"', "null"),
        ("/2026/02/nowhere/", "null", "null"),
        ("/tags/sunk/", "null", "null"),
    )
)
RETIRED = '[[page]]\nurl = "/2024/01/gone/"\nreason = "Nobody\'s business."\n'

EDITS: dict[str, Callable[[Newsroom], None]] = {
    "body": replaced(CREST, "It held. See", "It nearly broke. See"),
    "body without an excerpt": replaced(STORM, "Wind.", "> Wind."),
    "title": replaced(CREST, "title: River crests", "title: Water rises"),
    "standfirst": replaced(CREST, "The levee holds", "The levee leaks"),
    "date": replaced(STORM, "date: 2025-12-24", "date: 2026-03-12"),
    "draft": replaced(MARKET, "kind: opinion", "kind: opinion\ndraft: true"),
    "expiry": replaced(MARKET, "lang: es", "lang: es\nexpires: 2026-03-16"),
    "authors": replaced(CREST, "authors: [greta,", "authors: [sam,"),
    "licence's end": replaced(
        CREST, "relation: based-on", "relation: republished, expires: 2026-03-15T18:00:00Z"
    ),
    "source's term": replaced(
        "content/sources/quay.md", "name: The Quay", "name: The Quay\nexpires_after: 12"
    ),
    "relation": replaced(
        f"{ARTICLES}/2026/03/pier.md", "[quay]", "[{source: quay, relation: republished}]"
    ),
    "territory": replaced(
        "content/sources/ambito.md", "kind: agency", "kind: agency\nterritory: Europe"
    ),
    "sources": replaced(CREST, "source: ambito", "source: quay"),
    "section": replaced(STORM, "section: town", "section: harbour"),
    "tags": replaced(STORM, "tags: [weather]", "tags: [floods]"),
    "tag spelled anew": replaced(STORM, "tags: [weather]", "tags: [FLOODS]"),
    "series": replaced(CREST, "part: 2", "part: 3"),
    "kind": replaced(STORM, "section: town", "section: town\nkind: review"),
    "picture": replaced(CREST, "media/levee.png, alt", "media/map.png, alt"),
    "slug": replaced(STORM, "title: Storm", "slug: gale\ntitle: Storm"),
    "alias": replaced(CREST, "aliases: [/2026/03/flood/]", "aliases: [/flood/]"),
    "correction": replaced(CREST, "The height was wrong.", "The height was right."),
    "extra": replaced(CREST, 'pull: "It held."', 'pull: "It broke."'),
    "extra in another order": replaced(
        CREST, 'pull: "It held.", note: 1', 'note: 1, pull: "It held."'
    ),
    "bio": replaced("content/authors/greta.md", "Greta covers", "She covers"),
    "author's name": replaced("content/authors/greta.md", "name: Greta Vance", "name: G. Vance"),
    "pseudonym": replaced(
        "content/authors/sam.md", "name: Sam Okoro", "name: Sam Okoro\ndisplay_as: The Gull"
    ),
    "desk's name": toggled(
        "content/authors/bo.md", "---\nname: Bo Lind\ndisplay_as: Night desk\n---\n"
    ),
    "desk": toggled(
        "content/authors/night-desk.md", "---\nname: Night desk\nkind: organization\n---\n"
    ),
    "source's name": replaced("content/sources/ambito.md", "name: Ambito", "name: Agencia Ambito"),
    "source's text": replaced("content/sources/ambito.md", "A press agency", "An agency"),
    "source's indexing": replaced(
        "content/sources/ambito.md", "kind: agency", "kind: agency\nindexing: noindex"
    ),
    "section's title": replaced("content/sections/town.md", "title: Town", "title: City"),
    "section's order": replaced("content/sections/town.md", "order: 2", "order: 0"),
    "page": replaced("content/pages/about.md", "# We print", "# We wrote"),
    "home": replaced("content/home.toml", "2026:crest", "2026:02/market"),
    "record": toggled("content/published.jsonl", RECORD),
    "retired": toggled("content/retired.toml", RETIRED),
    "no home": renamed("content/home.toml", "kept.toml"),
    "template": replaced("themes/tide/templates/article.html", "tide", "ebb"),
    "template gone": toggled("themes/tide/templates/tag.html", TAG),
    "partial": replaced("themes/tide/templates/parts/tide.html", "High", "Low"),
    "asset": replaced("themes/tide/assets/colours.css", "navy", "teal"),
    "asset that another names": replaced("themes/tide/assets/sea.svg", "<svg", "<svg id='s'"),
    "title of the site": replaced("config.toml", "The Tidal Post", "The Ebb"),
    "base path": replaced("config.toml", "example/news/", "example/"),
    "policies": replaced(
        "config.toml", "[[nav]]", '[organization.policies]\nethics = "/about/"\n[[nav]]'
    ),
    "page size": replaced("config.toml", "page_size = 2", "page_size = 1"),
    "feed size": replaced("config.toml", "feed_size = 3", "feed_size = 1"),
    "language": replaced("config.toml", "page_size", 'lang = "de"\npage_size'),
    "extensions": replaced(
        "config.toml", "[extra]", '[markdown]\nextensions = ["smarty"]\n[extra]'
    ),
    "theme": replaced("config.toml", 'theme = "tide"', 'theme = "base"'),
    "media": toggled("content/media/extra.pdf", b"pdf"),
    "another picture": lambda site: _flip(site, "content/media/map.png", png(320, 200), png(9, 9)),
    "trace in a picture": lambda site: _flip(
        site, "content/media/levee.png", png(640, 480), png(640, 480) + _NOTE
    ),
    "root": toggled("content/root/CNAME", "tidal.example\n"),
    "add": toggled(f"{ARTICLES}/2026/03/new.md", article("New", "2026-03-09", section="town")),
    "add an old one": toggled(f"{ARTICLES}/2024/01/old.md", article("Old", "2024-01-01")),
    "no edit": lambda _: None,
    "touch": lambda site: (site.folder / CREST).touch(),
    "same size": replaced(CREST, "It held. See", "It bent. See"),
    "rename": renamed(STORM, f"{ARTICLES}/2026/01/storm.md"),
    "empty a month": swapped_folder(f"{ARTICLES}/2026/02"),
    "empty the archive": swapped_folder(f"{ARTICLES}/2025"),
}


def _flip(site: Newsroom, path: str, one: bytes, other: bytes) -> None:
    file = site.folder / path
    file.write_bytes(other if file.read_bytes() == one else one)


def clean_output(site: Newsroom, place: Path, hours: int) -> dict[str, bytes] | tuple[str, ...]:
    """What a build of a copy gives that never saw another: bytes, or the codes of its faults."""
    shutil.rmtree(place, ignore_errors=True)
    leave = shutil.ignore_patterns(".ssg", "output")
    shutil.copytree(site.folder, place, ignore=leave)
    return outcome(Newsroom(place), hours)


def outcome(site: Newsroom, hours: int, **changes: Any) -> dict[str, bytes] | tuple[str, ...]:
    try:
        site.build(now=NOW + timedelta(hours=hours), **changes)
    except Halt as halt:
        return tuple(sorted({fault.code for fault in halt.faults}))
    return site.output()


def hold_the_law(edits: Iterable[tuple[str, int]]) -> None:
    """Incremental output equals a clean build's after every edit; building again does nothing.

    Every other edit is built at once, while its times are not believed yet.
    """
    with TemporaryDirectory() as folder:
        site = newsroom(Path(folder) / "site", paper()).settle()
        site.build()
        hours = 0
        for number, (name, later) in enumerate(edits):
            EDITS[name](site)
            if number % 2 == 0:
                site.settle()
            hours += later
            incremental = outcome(site, hours)
            assert incremental == clean_output(site, Path(folder) / "clean", hours), name
            if isinstance(incremental, dict):
                hold_still(site, hours, name)


def hold_still(site: Newsroom, hours: int, name: str) -> None:
    """Neither the second build nor the third, which opens no file, has anything to do."""
    for _ in range(2):
        again = site.build(now=NOW + timedelta(hours=hours))
        assert (again.rendered, again.written, again.removed) == (0, 0, 0), name
        site.settle()


# Times go by in steps that cross the expiry and the embargo in the paper.
HISTORIES = st.lists(
    st.tuples(st.sampled_from(sorted(EDITS)), st.sampled_from([0, 0, 24, 24 * 17])),
    min_size=2,
    max_size=6,
)


@pytest.mark.parametrize("name", EDITS)
def test_one_edit_and_its_undoing(name: str) -> None:
    """After each kind of edit, and after taking it back, the output is a clean build's."""
    hold_the_law([(name, 0), (name, 0)])


@given(HISTORIES)
@settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_incremental_equals_clean(history: list[tuple[str, int]]) -> None:
    """Whatever was edited in whatever order, the output is that of a clean build."""
    hold_the_law(history)


@pytest.mark.long
@given(HISTORIES)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_incremental_equals_clean_for_long(history: list[tuple[str, int]]) -> None:
    """The same over many histories."""
    hold_the_law(history)


def test_the_clock_alone_publishes_and_withdraws() -> None:
    """With no file changed, a later build shows what the embargo held and drops what expired."""
    hold_the_law([("expiry", 0), ("body", 24), ("body", 24 * 17)])


def test_every_edit_changes_the_paper(tmp_path: Path) -> None:
    """The edits of these laws are edits: a table of no-ops would prove nothing."""
    site = newsroom(tmp_path / "site", paper())
    site.build()
    before = site.output()
    # Free keys are shown in the order of their names; the expiry is after this instant; a source's
    # term is nothing to those who wrote a story of their own; what a camera wrote is not published.
    silent = {"no edit", "extra in another order", "expiry", "source's term", "touch"}
    silent.add("trace in a picture")
    for name, edit in EDITS.items():
        edit(site)
        assert (outcome(site, 0) == before) == (name in silent), name
        edit(site)
    assert outcome(site, 0) == before


def _without_closure(keys: Keys, output: Output) -> str:
    return digest((keys.common, output.template)) if isinstance(output, Page) else ""


def _without_common(keys: Keys, output: Output) -> str:
    return HONEST_BASE(Keys("", keys.closures), output)


def _without_view(_: Keys, view: Struct) -> str:
    return type(view).__name__


def _without_author(keys: Keys, view: Struct) -> str:
    if isinstance(view, ArticleView):
        view = as_with(view, authors=())
    return HONEST_VIEW(keys, view)


HONEST_BASE, HONEST_VIEW = Keys.base, Keys.of_view


@pytest.mark.parametrize(
    ("part", "mutant", "edit"),
    [
        ("base", _without_closure, "partial"),
        ("base", _without_closure, "asset"),
        ("base", _without_common, "extensions"),
        ("of_view", _without_view, "body"),
        ("of_view", _without_view, "title"),
        ("of_view", _without_author, "bio"),
    ],
)
def test_the_law_can_fail(
    part: str, mutant: Callable[..., str], edit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that leaves out templates, code, view or author breaks the law: it does look."""
    monkeypatch.setattr(Keys, part, mutant)
    with pytest.raises(AssertionError):
        hold_the_law([(edit, 0)])


@given(st.randoms(use_true_random=False))
@settings(max_examples=8)
def test_the_order_of_files_is_nothing(random: Any) -> None:
    """However a disk lists its files, and in whatever order they came, the bytes are the same."""
    with TemporaryDirectory() as folder:
        one = newsroom(Path(folder) / "one", paper())
        files = list(paper().items())
        random.shuffle(files)
        other = newsroom(Path(folder) / "other", dict(files))
        one.build()
        other.build()
        assert one.output() == other.output()


@given(HISTORIES, st.sampled_from(["cache.sqlite", "holder"]))
@settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_the_cache_is_disposable(history: list[tuple[str, int]], name: str) -> None:
    """Deleting it, or writing rubbish into it, changes no byte and writes no file again."""
    with TemporaryDirectory() as folder:
        site = newsroom(Path(folder) / "site", paper()).settle()
        hours = 0
        for edit, later in history:
            EDITS[edit](site)
            hours += later
            before = outcome(site, hours)
            (site.folder / ".ssg" / name).write_bytes(b"rubbish" * 1000)
            assert outcome(site, hours) == before
            (site.folder / ".ssg" / name).unlink(missing_ok=True)
            if isinstance(before, dict):
                assert site.build(now=NOW + timedelta(hours=hours)).written == 0


@given(HISTORIES)
@settings(max_examples=4, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_a_fault_and_its_mending_leave_no_trace(history: list[tuple[str, int]]) -> None:
    """Whatever was wrong in between, also with --keep-going: the mended site is built as ever."""
    with TemporaryDirectory() as folder:
        site = newsroom(Path(folder) / "site", paper()).settle()
        site.build()
        hours = 0
        for number, (edit, later) in enumerate(history):
            EDITS[edit](site)
            hours += later
            site.write({f"{ARTICLES}/2026/03/broken.md": "---\ntitel: x\n---\n"})
            crest = site.folder / CREST
            whole = crest.read_bytes() if crest.exists() else b""
            if whole:
                crest.write_bytes(whole.replace(b"section:", b"secton:"))
            site.settle()
            outcome(site, hours, keep_going=number % 2 == 0)
            site.remove(f"{ARTICLES}/2026/03/broken.md")
            if whole:
                crest.write_bytes(whole)
            site.settle()
            assert outcome(site, hours) == clean_output(site, Path(folder) / "clean", hours), edit


def test_a_row_that_is_believed_too_early_breaks_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the two seconds, a same-size edit within one step of the clock goes unseen."""
    from ssg.build import scan

    def edit_within_a_step() -> None:
        with TemporaryDirectory() as folder:
            site = newsroom(Path(folder) / "site", paper()).settle()
            crest = site.folder / CREST
            crest.touch()
            site.build()
            times = crest.stat()
            text = crest.read_text(encoding="utf-8")
            crest.write_text(text.replace("It held.", "It bent."), encoding="utf-8")
            os.utime(crest, ns=(times.st_atime_ns, times.st_mtime_ns))
            assert outcome(site, 0) == clean_output(site, Path(folder) / "clean", 0)

    edit_within_a_step()
    monkeypatch.setattr(scan, "SETTLING", 0)
    with pytest.raises(AssertionError):
        edit_within_a_step()


def test_a_mark_without_the_clock_breaks_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that forgets the next instant would keep what has expired."""
    honest = standing.Mark

    def timeless(**fields: Any) -> Any:
        return honest(**{**fields, "until": None})

    monkeypatch.setattr(work, "Mark", timeless)
    with pytest.raises(AssertionError):
        hold_the_law([("expiry", 0), ("touch", 0), ("no edit", 24 * 17)])


def test_only_the_named_outputs_hold_a_body() -> None:
    """What a change of an article's body alone can touch is what `outputs_holding` gives."""
    with TemporaryDirectory() as folder:
        site = newsroom(Path(folder) / "site", paper())
        inputs = explain_inputs(site)
        before, _ = wanted.want(inputs, site.order())
        for path, text in inputs.texts.items():
            if not isinstance(text, Article):
                continue
            facts = as_with(text.body.facts, words=text.body.facts.words + 1)
            other = as_with(text, body=Body("another", facts))
            edited = with_texts(inputs, {**inputs.texts, path: other})
            after, _ = wanted.want(edited, site.order())
            changed = set(changed_between(before, after))
            named = {output.path for output in outputs_holding([other], after.edition)}
            assert changed == named, path


def explain_inputs(site: Newsroom) -> Any:
    from ssg.build.inputs import read_inputs
    from ssg.build.scan import scan
    from ssg.build.store import opened

    order = site.order()
    with opened(order.state) as store:
        return read_inputs(order, scan(order.site), store, {}, None)


@pytest.mark.parametrize(
    ("module", "name", "mutant", "edit"),
    [
        (stories, "_story_rests_on", lambda article, _: (article,), "title"),
        (grounds, "_told", lambda values, _: len(list(values)), "author's name"),
    ],
)
def test_the_law_sees_what_pages_rest_on(
    module: Any,
    name: str,
    mutant: Callable[..., Any],
    edit: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A story that forgets its neighbours, grounds that do not look: from process to process."""
    monkeypatch.setattr(module, name, mutant)
    with pytest.raises(AssertionError):
        hold_the_law([(edit, 0)])
