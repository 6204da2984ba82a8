"""The documentation says what the program does: no key, option or arrow more or less."""

from __future__ import annotations

import ast
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import click
import pytest
from click.testing import CliRunner
from pydantic_core import PydanticUndefined

import ssg.config.shape
import ssg.content.shape
from ssg.build import Order, build
from ssg.cli import main
from ssg.config import Config, read_config
from ssg.config.shape import ConfigShape
from ssg.content.documents import read_document
from ssg.content.home import read_home
from ssg.content.shape import HomeShape
from ssg.desk import create_site, ingest_files
from ssg.faults import CATALOGUE
from ssg.frontmatter import Document, parse
from ssg.model import HomePlan
from ssg.shapes import Shape
from ssg.theme.shape import ThemeShape

REPOSITORY: Final = Path(__file__).resolve().parent.parent
DOCS: Final = REPOSITORY / "docs"
PACKAGE: Final = REPOSITORY / "ssg"

PAGES: Final = (
    *sorted(REPOSITORY.glob("*.md")),
    *sorted(DOCS.rglob("*.md")),
)

#: Under which heading of the page on front matter each shape is described.
SHAPES: Final = {
    "Articles": "ArticleShape",
    "Authors": "AuthorShape",
    "Sources": "SourceShape",
    "Sections": "SectionShape",
    "Pages": "StaticPageShape",
    "Credits": "CreditShape",
    "Sources of an article": "SourcingShape",
    "Series": "SeriesShape",
    "Pictures": "ImageShape",
    "Corrections": "CorrectionShape",
    "Links": "LinkShape",
    "Origin": "IngestedShape",
    "Home page": "HomeShape",
    "Picks": "PickShape",
    "Retired addresses": "RetiredShape",
    "Notices": "TombstoneShape",
}

_SITE: Final = Config(
    title="A Paper", base_url="https://example.org/", timezone="UTC", legacy_encoding="cp1252"
)
_FENCE: Final = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK: Final = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^()\s]+)\)")
_COMMAND: Final = re.compile(r"\bssg (?P<name>[a-z]+)\b(?P<rest>[^\n`|]*)")
_MAKE: Final = re.compile(r"`make (?P<target>[a-z-]+)`|^\$ make (?P<line>[a-z-]+)", re.MULTILINE)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    return page.relative_to(REPOSITORY).as_posix()


def blocks(text: str, kind: str) -> list[tuple[str, str]]:
    """The fenced blocks of a kind: the path that follows the kind, and what they hold."""
    found = [(match["info"].partition(" "), match["text"]) for match in _FENCE.finditer(text)]
    return [(path.strip(), held) for (name, _, path), held in found if name == kind]


def prose(text: str) -> str:
    """A page without its fenced blocks and code spans, where links are no links."""
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))


def sections(page: Path) -> dict[str, list[list[str]]]:
    """The rows of the tables under each heading, without the rows that head them."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for line in _FENCE.sub("", read(page)).split("\n"):
        if line.startswith("#"):
            heading = line.lstrip("# ")
            found[heading] = []
        elif line.startswith("| ") and heading:
            cells = re.split(r"(?<!\\)\|", line.strip("|"))
            found[heading].append([cell.strip() for cell in cells])
    return {name: rows[1:] for name, rows in found.items() if rows}


def keys_in(rows: list[list[str]]) -> list[str]:
    return [re.findall(r"`([^`]+)`", row[0])[0] for row in rows]


# --- keys ---------------------------------------------------------------------------------


def shape_in(annotation: Any) -> type[Shape] | None:
    """The record that a key holds, one or many of them."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next(filter(None, map(shape_in, get_args(annotation))), None)


def words_in(annotation: Any) -> set[str]:
    """The words that a key may hold, if only some are allowed."""
    args = get_args(annotation)
    if args and all(isinstance(arg, str) for arg in args):
        return set(args)
    return {word for arg in args for word in words_in(arg)}


def wrong_rows(shape: type[Shape], rows: list[list[str]]) -> Iterator[str]:
    """What a table says of a shape that is not so."""
    documented, actual = keys_in(rows), list(shape.model_fields)
    if sorted(documented) != sorted(actual):
        yield f"{shape.__name__}: documented {sorted(documented)}, there are {sorted(actual)}"
        return
    for key, row in zip(documented, rows, strict=True):
        field = shape.model_fields[key]
        if (row[2] == "required") != field.is_required():
            yield f"{shape.__name__}.{key}: required or not?"
        shown = default_of(field.default)
        if shown and shown not in row[2]:
            yield f"{shape.__name__}.{key}: the default is {shown}, not {row[2]}"
        missing = {word for word in words_in(field.annotation) if f"`{word}`" not in row[3]}
        if missing:
            yield f"{shape.__name__}.{key}: {', '.join(sorted(missing))} not named"


def default_of(value: Any) -> str | None:
    """How a default is written; None for those that a page puts in words."""
    if value is PydanticUndefined or isinstance(value, Shape) or value in (None, ()):
        return None
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    return json.dumps(list(value)) if isinstance(value, tuple) else str(value)


def config_tables(shape: type[Shape], name: str = "") -> Iterator[tuple[str, type[Shape]]]:
    """The tables of `config.toml` by the heading under which they are described."""
    yield name or "The site", shape
    for key, field in shape.model_fields.items():
        if inner := shape_in(field.annotation):
            many = "tuple" in str(field.annotation)
            dotted = f"{name.strip('`[]')}.{key}" if name else key
            if "dict[" in str(field.annotation):
                dotted += ".NAME"
            yield from config_tables(inner, f"`[[{dotted}]]`" if many else f"`[{dotted}]`")


def test_every_key_of_the_configuration_is_documented_and_no_other() -> None:
    found = sections(DOCS / "reference/configuration.md")
    tables = dict(config_tables(ConfigShape))

    assert found.keys() == tables.keys()
    assert [w for name, shape in tables.items() for w in wrong_rows(shape, found[name])] == []


def test_every_name_of_a_markdown_extension_is_documented() -> None:
    text = read(DOCS / "reference/configuration.md")
    listed = text.partition("Names that are known:")[2].partition(".")[0]

    assert tuple(re.findall(r"`([^`]+)`", listed)) == ssg.config.MARKDOWN_EXTENSIONS


def test_every_key_of_front_matter_is_documented_and_no_other() -> None:
    found = sections(DOCS / "reference/front-matter.md")
    shapes = {
        name: shape
        for name, shape in vars(ssg.content.shape).items()
        if isinstance(shape, type) and issubclass(shape, Shape) and not name.startswith("_")
    }
    del shapes["Shape"]

    assert sorted(SHAPES.values()) == sorted(shapes)
    assert found.keys() == SHAPES.keys()
    assert [w for name in SHAPES for w in wrong_rows(shapes[SHAPES[name]], found[name])] == []


def test_each_record_of_front_matter_is_reachable_from_a_document() -> None:
    reached: set[type[Shape]] = set()
    waiting: list[type[Shape]] = [
        getattr(ssg.content.shape, f"{kind}Shape")
        for kind in ("Article", "Author", "Source", "Section", "StaticPage", "Home", "Retired")
    ]
    while waiting:
        shape = waiting.pop()
        reached.add(shape)
        inner = (shape_in(field.annotation) for field in shape.model_fields.values())
        waiting += [found for found in inner if found and found not in reached]

    assert {shape.__name__ for shape in reached} == set(SHAPES.values())
    assert HomeShape in reached


# --- examples -----------------------------------------------------------------------------


def examples(kind: str) -> list[Any]:
    """Every example with a path, on any page."""
    return [
        pytest.param(path, text, id=f"{name_of(page)}:{number}")
        for page in PAGES
        for number, (path, text) in enumerate(blocks(read(page), kind), 1)
        if path
    ]


@pytest.mark.parametrize(("path", "text"), examples("yaml"))
def test_examples_of_content_files_are_read_without_a_fault(path: str, text: str) -> None:
    document = read_document(path, text.encode(), _SITE)

    assert not isinstance(document, tuple), document


@pytest.mark.parametrize(("path", "text"), examples("toml"))
def test_examples_of_toml_files_are_read_without_a_fault(path: str, text: str) -> None:
    if path == "config.toml":
        assert isinstance(read_config(text), Config)
    elif path == "content/home.toml":
        assert isinstance(read_home(text, _SITE), HomePlan)
    else:
        assert path.endswith("/theme.toml")
        ThemeShape.model_validate(tomllib.loads(text))


@pytest.mark.parametrize(
    ("page", "raw"),
    [("README.md", "story.txt"), ("docs/tutorial/first-article.md", "alder-footbridge.txt")],
)
def test_the_example_of_a_raw_text_becomes_the_article_shown(
    page: str, raw: str, tmp_path: Path
) -> None:
    now = datetime(2026, 3, 4, 8, 10, tzinfo=UTC)
    text = read(REPOSITORY / page)
    (_, story), *_ = blocks(text, "text")
    (path, article), *_ = blocks(text, "yaml")
    site = tmp_path / "paper"
    create_site(site, title="A Paper", theme="base", now=now)
    inbox = site / "content/inbox" / raw
    inbox.write_text(story, encoding="utf-8")
    seven = datetime(2026, 3, 4, 7, tzinfo=UTC).timestamp()
    os.utime(inbox, (seven, seven))
    config = read_config(read(site / "config.toml"))
    assert isinstance(config, Config)

    report = ingest_files(site, (), config, now=now)

    shown, made = parse(path, article), parse(path, read(site / path))
    assert report.faults == ()
    assert isinstance(shown, Document)
    assert isinstance(made, Document)
    assert made.values == shown.values
    assert made.body.startswith(shown.body.strip())


def test_the_example_of_a_theme_builds_and_shows_what_it_promises(tmp_path: Path) -> None:
    page = read(DOCS / "how-to/write-a-theme.md")
    now = datetime(2026, 3, 4, 8, 10, tzinfo=UTC)
    site = tmp_path / "paper"
    create_site(site, title="A Paper", theme="alder", now=now)
    for kind in ("toml", "css", "jinja"):
        for path, text in blocks(page, kind):
            if path:
                file = site / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")

    report = build(Order(site=site, now=now))

    (article,) = (site / "output").glob("2*/*/*/index.html")
    assert report.faults == ()
    assert 'href="/assets/alder.' in read(article)
    assert " words</p>" in read(article)
    assert "←" in read(article)


# --- faults -------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_speaks_of_a_fault_that_does_not_exist(page: Path) -> None:
    assert set(re.findall(r"\b[EWN]\d{3}\b", read(page))) <= CATALOGUE.keys()


# --- commands -----------------------------------------------------------------------------


@cache
def options_of(command: str) -> frozenset[str]:
    """Every option of a command; none for the group's own."""
    found = main.commands[command].params if command else main.params
    spelled = (
        o for p in found if isinstance(p, click.Option) for o in (*p.opts, *p.secondary_opts)
    )
    return frozenset(spelled)


def arguments_of(command: str) -> set[str]:
    found = main.commands[command].params
    return {p.human_readable_name for p in found if isinstance(p, click.Argument)}


def test_every_command_and_option_is_documented_and_no_other() -> None:
    found = sections(DOCS / "reference/commands.md")
    documented = {
        name.strip("`").removeprefix("ssg "): rows
        for name, rows in found.items()
        if name.startswith("`ssg ")
    }

    assert documented.keys() == main.commands.keys()
    for command, rows in documented.items():
        names = [key.split(" ")[0] for key in keys_in(rows)]
        options = {name for name in names if name.startswith("-")}
        arguments = {name for name in names if not name.startswith("-")}
        assert options == options_of(command), command
        assert arguments == arguments_of(command), command


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_speaks_of_a_command_or_an_option_that_does_not_exist(page: Path) -> None:
    code = "\n".join(
        [match["text"] for match in _FENCE.finditer(read(page))]
        + re.findall(r"`([^`\n]+)`", _FENCE.sub("", read(page)))
    )

    for match in _COMMAND.finditer(code):
        name = match["name"]
        options = set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", match["rest"])) - {"--help", "-h"}
        assert name in main.commands, match[0]
        assert options <= options_of(name), match[0]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_speaks_of_a_make_target_that_does_not_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", read(REPOSITORY / "Makefile"), re.MULTILINE))
    named = {match["target"] or match["line"] for match in _MAKE.finditer(read(page))}

    assert named <= targets


def keys_of_json(value: Any, known: Any) -> Iterator[str]:
    """Keys that one value has and the other has not, also in what they hold."""
    if isinstance(value, Mapping) and isinstance(known, Mapping):
        yield from (f"{key}" for key in value.keys() ^ known.keys())
        for key in value.keys() & known.keys():
            yield from keys_of_json(value[key], known[key])
    elif isinstance(value, list) and isinstance(known, list) and value and known:
        yield from keys_of_json(value[0], known[0])


def test_the_json_of_the_commands_has_the_keys_shown(tmp_path: Path) -> None:
    page = DOCS / "reference/commands.md"
    built, checked, harvest = (json.loads(text) for _, text in blocks(read(page), "json"))
    (_, story), *_ = blocks(read(DOCS / "tutorial/first-article.md"), "text")
    site = tmp_path / "paper"
    raw = tmp_path / "story.txt"
    raw.write_text(story, encoding="utf-8")
    create_site(site, title="A Paper", theme="base", now=datetime.now(UTC))
    runner = CliRunner()

    good = json.loads(runner.invoke(main, ["build", "--site", str(site), "--json"]).stdout)
    (site / "content/pages/bad.md").write_text("---\ntitel: Bad\n---\n", encoding="utf-8")
    bad = json.loads(runner.invoke(main, ["build", "--site", str(site), "--json"]).stdout)
    looked = json.loads(runner.invoke(main, ["check", "--site", str(site), "--json"]).stdout)
    found = json.loads(runner.invoke(main, ["ingest", str(raw), "--json"]).stdout)

    assert [*keys_of_json(built, good)] == []
    assert [*keys_of_json({**built, "seconds": {}}, {**bad, "seconds": {}})] == []
    assert found["receipt"].keys() >= harvest["receipt"].keys()
    assert [*keys_of_json(checked, looked)] == []
    receipts = {key: found["receipt"][key] for key in harvest["receipt"]}
    assert [*keys_of_json(harvest, {**found, "receipt": receipts})] == []


# --- rooms --------------------------------------------------------------------------------


def rooms() -> set[str]:
    """The modules and packages at the top of `ssg`."""
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return packages | {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}


def imported(tree: ast.Module) -> Iterator[str]:
    """The full names of modules, and of what is taken from `ssg` itself."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0, names=names):
                yield from (f"{module}.{alias.name}" for alias in names)
            case ast.ImportFrom():
                message = "a relative import"
                raise AssertionError(message)
            case _:
                pass


def arrows() -> dict[str, set[str]]:
    """Which room imports which, wherever in a module the import stands."""
    known = rooms()
    found: dict[str, set[str]] = {room: set() for room in known}
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room in known:
            names = (name.split(".") for name in imported(ast.parse(read(path))))
            targets = {parts[1] for parts in names if parts[0] == "ssg" and len(parts) > 1}
            found[room] |= (targets & known) - {room}
    return found


def test_the_table_of_rooms_has_every_room_and_the_arrows_of_the_code() -> None:
    rows = sections(DOCS / "explanation/design.md")["The rooms"]
    table = {keys_in([row])[0]: set(re.findall(r"`([a-z_]+)`", row[2])) for row in rows}

    assert table == arrows()


def test_arrows_between_rooms_have_one_direction() -> None:
    rows = sections(DOCS / "explanation/design.md")["The rooms"]
    order = keys_in(rows)

    found = arrows()
    back = [(a, b) for a in order for b in found[a] if order.index(a) < order.index(b)]

    assert back == []


# --- links --------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings get: small letters, digits, hyphens."""
    headings = re.findall(r"^#+ +(.+)$", _FENCE.sub("", read(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for match in _LINK.finditer(prose(read(page))):
        if re.match(r"[a-z]+:", match["target"]):
            continue
        path, _, anchor = match["target"].partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), match[0]
        assert not anchor or anchor in anchors(target), match[0]


def test_the_index_names_every_page() -> None:
    linked = {
        (DOCS / match["target"]).resolve() for match in _LINK.finditer(read(DOCS / "README.md"))
    }

    assert linked == {page for page in PAGES if page.is_relative_to(DOCS)} - {DOCS / "README.md"}
