from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import pytest
from lxml import etree

from benchmarks.__main__ import read, write
from benchmarks.chart import chart
from benchmarks.corpus import PAGE_SIZE, even_stories, stories
from benchmarks.following import EDITS, WHERE, follow
from benchmarks.formats import FORMATS, write_site
from benchmarks.goals import GOALS, claims, rows
from benchmarks.measure import ProgramFailedError, peak_memory, run
from benchmarks.programs import NOW, PROGRAMS, place_site
from benchmarks.raws import measure_ingest, raw_texts, told
from benchmarks.report import serving_table, tables
from benchmarks.results import Built, Figure, Followed, Machine, Results, Serving
from benchmarks.servers import serving
from benchmarks.suite import made_up as newspaper
from benchmarks.works import BROADSHEET, COLD, OURS, PUBLISHED, REBUILD, Site, articles

ARTICLES = 20


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Our copy of a small newspaper."""
    folder = tmp_path / "ssg"
    place_site(PROGRAMS["ssg"], folder)
    write_site(folder, FORMATS["ssg"], stories(ARTICLES))
    return Site(PROGRAMS["ssg"], folder, tmp_path / "trash")


def built(site: Site) -> dict[str, int]:
    """What `ssg build` counts."""
    command = [sys.executable, "-m", "ssg", "build", "--json", "--now", NOW]
    done = subprocess.run(command, cwd=site.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["faults"] == []
    return {name: report[name] for name in ("pages", "rendered", "written")}


# --- the corpus ---------------------------------------------------------------------------


def test_the_corpus_is_the_same_each_time_and_its_dates_ascend() -> None:
    told = list(stories(200))

    assert told == list(stories(200))
    assert all(earlier.date < later.date for earlier, later in pairwise(told))


def test_a_story_has_the_parts_that_every_program_must_convert() -> None:
    told = list(stories(30))

    assert all(400 < len(story.body.split()) < 750 for story in told)
    assert all(story.body.count("\n> ") == 1 for story in told)
    assert all(story.body.count("*") == 2 for story in told)
    assert sum("## " in story.body for story in told) == 10
    assert sum("](https://" in story.body for story in told) == 20


@pytest.mark.parametrize("number", [200, 2000])
def test_each_list_of_even_stories_fills_its_pages(number: int) -> None:
    told = list(even_stories(number))

    for name in ("author", "source", "section", "tags"):
        values = [getattr(story, name) for story in told]
        assert {values.count(value) % PAGE_SIZE for value in set(values)} == {0}


def test_raw_texts_are_the_same_each_time_and_are_all_taken_in(tmp_path: Path) -> None:
    """Names differ, and what is measured is that each of them becomes an article."""
    texts = list(raw_texts(30))

    assert texts == list(raw_texts(30))
    assert len({name for name, _ in texts}) == 30

    (one,) = measured = measure_ingest(30, 1, tmp_path)
    assert one.printed.count(" → content/articles/") == 30
    assert f"| {one.wall:.2f} |" in told(30, measured)


@pytest.mark.parametrize("name", FORMATS)
def test_every_program_has_a_site_and_a_file_for_each_story(name: str, tmp_path: Path) -> None:
    place_site(PROGRAMS[name], tmp_path)
    write_site(tmp_path, FORMATS[name], stories(3))

    assert (tmp_path / PROGRAMS[name].config).is_file()
    assert all(list(tmp_path.rglob(f"{story.slug}.md")) for story in stories(3))


# --- works --------------------------------------------------------------------------------


def test_our_site_builds_without_a_fault_in_the_light_theme_and_in_broadsheet(site: Site) -> None:
    assert COLD.prepare(site, 0)
    light = built(site)
    assert "The newest stories" in (site.folder / "output/index.html").read_text(encoding="utf-8")

    assert BROADSHEET.prepare(site, 0)
    assert built(site)["pages"] == light["pages"]
    assert list(site.folder.glob("output/assets/broadsheet.*"))


def test_each_work_makes_its_change_and_no_other(site: Site) -> None:
    counts = {}
    for work in OURS:
        assert work.prepare(site, 0)
        counts[work.name] = built(site)

    rendered = {name: count["rendered"] for name, count in counts.items()}
    pages = counts[PUBLISHED.name]["pages"]
    assert rendered["cold build"] == counts["cold build"]["pages"]
    assert rendered["nothing changed"] == 0
    assert 0 < rendered["one body edited"] < rendered["one title edited"] < pages
    assert 0 < rendered[PUBLISHED.name] < pages
    # Feeds, which no template makes, are two thirds of what is made here.
    assert rendered["base template edited"] == rendered["stylesheet edited"] > pages / 4


# --- measuring ----------------------------------------------------------------------------


def test_a_run_counts_the_children_of_a_program(tmp_path: Path) -> None:
    work = "sum(i * i for i in range(3_000_000))"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{work}'], check=True)"

    done = run([sys.executable, "-c", child], tmp_path)

    assert done.cpu > 0.05


def test_memory_is_that_of_a_program_and_its_children(tmp_path: Path) -> None:
    child = "x = b'x' * 60_000_000; import time; time.sleep(0.5)"
    program = f'import subprocess, sys; subprocess.run([sys.executable, "-c", "{child}"])'

    assert peak_memory([sys.executable, "-c", program], tmp_path) > 60_000_000


def test_a_program_that_fails_is_heard(tmp_path: Path) -> None:
    with pytest.raises(ProgramFailedError, match="no such site"):
        run([sys.executable, "-c", "raise SystemExit('no such site')"], tmp_path)


# --- the report ---------------------------------------------------------------------------


def figure(articles: int, program: str, work: str, wall: float) -> Figure:
    return Figure(
        articles=articles, program=program, work=work, walls=(wall, wall, 9 * wall), cpus=(wall,)
    )


def made_up() -> Results:
    """Figures nobody measured: ours takes a quarter of Hugo's time for everything."""
    figures = [
        figure(size, "ssg", work.name, size / 4000)
        for size in (1_000, 10_000, 100_000)
        for work in (BROADSHEET, *OURS)
    ]
    figures += [
        figure(size, "hugo", work.name, size / 1000)
        for size in (1_000, 10_000, 100_000)
        for work in (COLD, REBUILD)
    ]
    weights = [
        Built(articles=size, program=name, files=size, bytes=8000 * size, memory=memory * size)
        for size in (1_000, 10_000, 100_000)
        for name, memory in (("ssg", 10_000), ("hugo", 20_000))
    ]
    return Results(
        machine=Machine(processor="A mill", cores=2, memory=2**34, system="Linux", python="3.11"),
        command="make bench",
        titles={"ssg": "ssg", "hugo": "Hugo", "zola": "Zola"},
        versions={"ssg": "ssg 1", "hugo": "hugo v1"},
        missing=("zola",),
        figures=tuple(figures),
        built=tuple(weights),
        touched={200: 11, 2_000: 12},
    )


def test_the_table_gives_medians_ratios_and_whether_each_goal_is_met() -> None:
    text = tables(made_up())

    assert "| 10,000 | cold build | 2.500 | 2.50 | 10.000 | 10.00 | 0.25 | ≤ 0.5: met |" in text
    assert "| nothing changed | 2.500 | 2.50 | 10.000 | 10.00 | 0.25 | ≤ 0.015: missed |" in text
    assert "11 in an archive of 200, 12 in an archive of 2,000 | the same in each: missed |" in text


def test_every_goal_is_held_to_a_row_that_is_measured() -> None:
    found = {(row.articles, row.work): row.goal for row in rows(made_up())}

    assert {key: found[key] for key in GOALS} == GOALS


def test_the_goals_of_the_largest_site_are_memory_and_time_a_page() -> None:
    verdicts = {claim.what.split(" ")[0]: claim.met for claim in claims(made_up())}

    assert verdicts == {"outputs": False, "peak": False, "time": True}


def test_the_chart_is_an_image_with_a_bar_for_each_row_and_a_mark_for_each_goal() -> None:
    shown = list(rows(made_up()))
    drawn = etree.fromstring(chart(shown).encode())

    def marked(kind: str) -> int:
        return len(drawn.xpath(f"//*[@class='{kind}']"))

    assert marked("bar") == len(shown)
    assert marked("goal") == len(GOALS)
    assert marked("hugo") == 1


def test_a_report_is_a_page_a_chart_and_every_run(tmp_path: Path) -> None:
    write(made_up(), tmp_path)

    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    figures = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert tables(made_up()) in page
    assert "left out: Zola" in page
    assert len(figures["figures"]) == len(made_up().figures)
    assert (tmp_path / "chart.svg").is_file()


# --- servers ------------------------------------------------------------------------------


def test_our_server_follows_each_edit_to_the_disk_and_to_a_browser(site: Site) -> None:
    with serving(site) as server:
        for turn, (edit, where) in enumerate(product(EDITS, WHERE)):
            assert 0 < follow(server, edit, where, str(turn)) < 60
        words = b"Changed for the browser in turn 3"
        assert words in server.on_disk("index.html")
        assert words in server.in_browser("index.html")

    with pytest.raises(ConnectionError), closing(server.asking):
        server.asking.request("GET", "/")


def test_a_server_that_cannot_serve_is_heard(site: Site) -> None:
    (site.folder / "config.toml").write_text("title =\n", encoding="utf-8")

    with pytest.raises(ProgramFailedError, match="status 1"), serving(site):
        pass


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_measuring_that_is_ended_leaves_no_server_running(
    sign: signal.Signals, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "benchmarks", "--serve", "--articles", "20", "--runs", "1000"]
    with subprocess.Popen(
        [*command, "--room", tmp_path], stderr=subprocess.PIPE, text=True, stdout=subprocess.DEVNULL
    ) as measuring:
        assert measuring.stderr
        said = next(line for line in measuring.stderr if "ssg serves on port" in line)
        measuring.send_signal(sign)
        measuring.stderr.read()
        assert measuring.wait(60) != 0

    with socket.socket() as asking, pytest.raises(ConnectionError):
        asking.connect(("127.0.0.1", int(said.split()[-1])))
    assert list(tmp_path.iterdir()) == []


def test_the_title_that_is_edited_stands_on_the_front_page(tmp_path: Path) -> None:
    """Also where a month has more stories than a page shows."""
    site = newspaper(PROGRAMS["ssg"], 1_500, tmp_path)
    dates = {path: path.read_text("utf-8").partition("date: ")[2][:20] for path in articles(site)}
    edited = next(edit for edit in EDITS if edit.on_front).story(site)
    assert dates[edited] == max(dates.values())


def made_up_serving() -> Serving:
    """Figures nobody measured: Hugo's server takes ten times as long."""
    figures = [
        Followed(articles=size, program=name, edit=edit.name, where=where, walls=(1, wall, 50))
        for size in (1_000, 10_000)
        for name, wall in (("ssg", 2), ("hugo", 4 if size == 10_000 else 20))
        for edit in EDITS
        for where in WHERE
    ]
    return Serving(
        machine=made_up().machine,
        command="make bench ARGS='--serve'",
        versions={"ssg": "ssg 1", "hugo": "hugo v1"},
        missing=(),
        foreign=0.5,
        figures=tuple(figures),
    )


def test_the_table_of_servers_gives_medians_ratios_and_whether_the_goal_is_met() -> None:
    text = serving_table(made_up_serving())

    assert "| 1,000 | body | on the disk | 2000 | 20000 | 0.10 |  |" in text
    assert "| 10,000 | title | in the browser | 2000 | 4000 | 0.50 | ≤ 0.33: missed |" in text
    assert text.count("\n") == 2 + 7


def test_what_is_said_of_servers_and_of_builds_is_measured_apart(tmp_path: Path) -> None:
    write(replace(made_up(), serving=made_up_serving()), tmp_path)
    found = read(tmp_path)
    page = (tmp_path / "README.md").read_text(encoding="utf-8")

    assert found == replace(made_up(), serving=made_up_serving())
    assert serving_table(made_up_serving()) in page
    assert "50% of the processors" in page
    write(replace(found, serving=None), tmp_path)
    assert "Servers" not in (tmp_path / "README.md").read_text(encoding="utf-8")
