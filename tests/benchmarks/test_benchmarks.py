from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from benchmarks.__main__ import write
from benchmarks.chart import chart
from benchmarks.corpus import PAGE_SIZE, even_stories, stories
from benchmarks.formats import FORMATS, write_site
from benchmarks.goals import GOALS, claims, rows
from benchmarks.measure import ProgramFailedError, peak_memory, run
from benchmarks.programs import NOW, PROGRAMS, place_site
from benchmarks.report import tables
from benchmarks.results import Built, Figure, Machine, Results
from benchmarks.works import BROADSHEET, COLD, OURS, PUBLISHED, REBUILD, Site

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
