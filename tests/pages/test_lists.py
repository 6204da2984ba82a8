"""Lists: what stands where, and how little one more story touches."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from ssg.model import Listing, Teaser
from ssg.pages.addresses import Addresses, output_path
from ssg.pages.listings import first_page, older_page, older_pages
from tests.build.newsroom import CONFIG, Files, Newsroom, article, document

MakeSite = Callable[[Files], Newsroom]
HERE = "content/articles/2026/03/"
AT = Addresses("/", "https://tidal.example/")


def stories(count: int) -> list[Teaser]:
    """Newest first, as lists have them."""
    return [Teaser(f"/{n}/", f"Story {n}", "2026-03-01") for n in range(count, 0, -1)]


def pages(count: int, size: int) -> dict[str, Listing]:
    """Every page of a list by its URL."""
    shown = stories(count)
    count = older_pages(len(shown), size)
    older = [older_page(shown, size, "tags/x/", AT, number + 1) for number in range(count)]
    return {
        "/tags/x/": first_page(shown, size, "tags/x/", AT),
        **{f"/tags/x/page/{listing.number}/": listing for listing in older},
    }


@given(st.integers(0, 200), st.integers(1, 20))
def test_every_story_is_on_one_page(count: int, size: int) -> None:
    """The short URL shows n to 2n-1 stories, or all; older pages exactly n, none twice."""
    made = pages(count, size)
    first = made.pop("/tags/x/")
    assert len(first.teasers) == count if count < 2 * size else size <= len(first.teasers)
    assert len(first.teasers) < 2 * size
    assert all(len(listing.teasers) == size for listing in made.values())
    numbers = [listing.number for listing in made.values()]
    assert numbers == list(range(1, len(made) + 1))
    in_order = [first, *(made[url] for url in reversed(made))]
    assert [t for listing in in_order for t in listing.teasers] == stories(count)


@given(st.integers(0, 200), st.integers(1, 20))
def test_pages_lead_to_their_neighbours(count: int, size: int) -> None:
    """Older and newer lead through all pages, from the newest to the oldest and back."""
    made = pages(count, size)
    way, url = ["/tags/x/"], made["/tags/x/"].older
    assert made["/tags/x/"].newer is None
    while url:
        assert made[url].newer == way[-1]
        way.append(url)
        url = made[url].older
    assert set(way) == set(made)
    assert len(way) == len(made)


@given(st.integers(0, 200), st.integers(1, 20))
def test_one_more_story_touches_few_pages(count: int, size: int) -> None:
    """Publishing changes the first page and at most two others, however long the archive."""
    before, after = pages(count, size), pages(count + 1, size)
    touched = [url for url in after if before.get(url) != after[url]]
    assert "/tags/x/" in touched
    assert len(touched) <= 3
    assert before.keys() <= after.keys()


def test_a_list_of_a_real_site(site: MakeSite) -> None:
    """Each list has its older pages, with the way back to its short URL."""
    files = {
        f"{HERE}s{n}.md": article(
            f"Story {n}",
            f"2026-03-{n:02}",
            section="town",
            authors="[g]",
            tags="[x]",
            sources="[s]",
        )
        for n in range(1, 6)
    }
    room = site(
        {
            **files,
            "content/sections/town.md": document(title="Town"),
            "content/authors/g.md": document(name="G"),
            "content/sources/s.md": document(name="S"),
        }
    )
    room.build()
    lists = ("sections/town/", "authors/g/", "sources/s/", "tags/x/", "2026/03/")
    for place in lists:
        first = room.page(f"{place}index.html")
        shown = first.xpath("//main//h3/a/text() | //main//h2/a/text()")
        assert shown == ["Story 5", "Story 4", "Story 3"]
        assert first.xpath("//a[@rel='next']/@href") == [f"/{place}page/1/"]
        older = room.page(f"{place}page/1/index.html")
        assert older.xpath("//main//h2/a/text()") == ["Story 2", "Story 1"]
        assert older.xpath("//a[@rel='prev']/@href") == [f"/{place}"]
        assert older.xpath("//link[@rel='canonical']/@href") == [
            f"https://tidal.example/{place}page/1/"
        ]
    assert "page/1/index.html" in room.output()


def test_publishing_touches_a_number_of_outputs_that_the_archive_does_not_set(
    site: MakeSite,
) -> None:
    """The same story added to a small and to a larger paper writes as many files."""
    room = site(
        {
            "config.toml": CONFIG.replace("page_size = 2", "page_size = 3"),
            "content/sections/town.md": document(title="Town"),
            "content/authors/g.md": document(name="G"),
        }
    )
    keys = {"section": "town", "authors": "[g]", "tags": "[x]"}
    written = []
    for n in range(1, 31):
        room.write(
            {f"{HERE}s{n:02}.md": article(f"Story {n}", f"2026-03-10T00:{n:02}:00Z", **keys)}
        )
        written.append(room.build().written)
    assert max(written[9:12]) == max(written[27:30])
    assert max(written) <= 32


def test_the_home_page_shows_each_of_the_newest_once(site: MakeSite) -> None:
    """Without a plan the newest leads, four follow, and the list goes on with the rest."""
    room = site(
        {
            "config.toml": CONFIG.replace("page_size = 2", "page_size = 7"),
            **{f"{HERE}s{n}.md": article(f"Story {n}", f"2026-03-0{n}") for n in range(1, 9)},
        }
    )
    room.build()
    page = room.page("index.html")
    headlines = page.xpath("//main//*[contains(@class, 'headline')]/a/text()")
    assert headlines == [f"Story {n}" for n in range(8, 0, -1)]
    assert len(page.xpath("//article[contains(@class, 'lead')]")) == 1
    assert len(page.xpath("//div[@class='follow']//article")) == 4


PLAN = """\
[[lead]]
id = "tag:x,2026:held"
[[lead]]
id = "tag:x,2026:gone"
until = 2026-03-15T11:59:59Z
[[lead]]
id = "tag:x,2026:one"
until = 2026-03-15T12:00:01Z
[[follow]]
id = "tag:x,2026:one"
[[follow]]
id = "tag:x,2026:two"
"""


def test_the_desk_says_what_leads(site: MakeSite) -> None:
    """The first lead that is published and whose time has not come; it does not follow itself."""
    room = site(
        {
            "content/home.toml": PLAN,
            HERE + "held.md": article("Held", draft="true", id="tag:x,2026:held"),
            HERE + "gone.md": article("Gone", "2026-03-03", id="tag:x,2026:gone"),
            HERE + "one.md": article("One", "2025-01-01", id="tag:x,2026:one"),
            HERE + "two.md": article("Two", "2025-01-02", id="tag:x,2026:two"),
            HERE + "new.md": article("New", "2026-03-04", kind="opinion"),
        }
    )
    room.build()
    page = room.page("index.html")
    assert page.xpath("//article[contains(@class, 'lead')]//h3/a/text()") == ["One"]
    assert page.xpath("//div[@class='follow']//h3/a/text()") == ["Two"]
    assert page.xpath("//div[contains(@class, 'front opinion')]//h3/a/text()") == ["New"]
    room.build(now=room.order().now.replace(hour=13))
    page = room.page("index.html")
    assert page.xpath("//article[contains(@class, 'lead')]//h3/a/text()") == ["New"]
    assert page.xpath("//div[@class='follow']//h3/a/text()") == ["One", "Two"]


def test_fronts_stand_in_the_order_of_the_sections(site: MakeSite) -> None:
    """Each section with stories has its newest four on the home page."""
    room = site(
        {
            "content/sections/a.md": document(title="Alpha", order="2"),
            "content/sections/b.md": document(title="Beta", order="1"),
            "content/sections/c.md": document(title="Gamma", order="0"),
            **{
                f"{HERE}a{n}.md": article(f"A{n}", f"2026-03-0{n}", section="a")
                for n in range(1, 7)
            },
            HERE + "b.md": article("B1", section="b"),
        }
    )
    room.build()
    fronts = room.page("index.html").xpath("//div[@class='fronts']/section")
    assert [front.xpath("string(h2)") for front in fronts] == ["Beta", "Alpha"]
    assert fronts[1].xpath(".//h3/a/text()") == ["A6", "A5", "A4", "A3"]


def test_a_series_goes_from_its_first_part_to_its_last(site: MakeSite) -> None:
    """Parts by number whatever their dates; those without one follow, oldest first."""
    room = site(
        {
            HERE + "b.md": article("Second", "2026-03-01", series="{name: Winter, part: 2}"),
            HERE + "a.md": article("First", "2026-03-05", series="{name: Winter, part: 1}"),
            HERE + "d.md": article("Late", "2026-03-04", series="Winter"),
            HERE + "c.md": article("Early", "2026-02-01", series="winter"),
        }
    )
    room.build()
    page = room.page("series/winter/index.html")
    assert page.xpath("//ol[@class='parts']//h2/a/text()") == ["First", "Second", "Early", "Late"]
    assert "Part 2 of the series" in room.page("2026/03/b/index.html").text_content()
    assert "From the series" in room.page("2026/03/d/index.html").text_content()
    assert "4" not in room.page("2026/03/b/index.html").xpath("string(//p[@class='series'])")


def test_previous_and_next_are_those_of_the_section(site: MakeSite) -> None:
    """Neighbours in the section by date; stories without a section are neighbours too."""
    room = site(
        {
            "content/sections/town.md": document(title="Town"),
            HERE + "a.md": article("A", "2026-03-01", section="town"),
            HERE + "x.md": article("X", "2026-03-02"),
            HERE + "b.md": article("B", "2026-03-03", section="town"),
            HERE + "h.md": article("H", "2026-03-04", section="town", draft="true"),
            HERE + "c.md": article("C", "2026-03-05", section="town"),
        }
    )
    room.build()
    page = room.page("2026/03/b/index.html")
    assert page.xpath("//a[@rel='prev']/text()") == ["A"]
    assert page.xpath("//a[@rel='next']/text()") == ["C"]
    assert room.page("2026/03/c/index.html").xpath("//a[@rel='next']") == []
    assert room.page("2026/03/x/index.html").xpath("//nav[@class='neighbours']") == []


def test_indexes_name_all_in_order(site: MakeSite) -> None:
    """Authors and sources by name, also those without a story; none, no index."""
    room = site(
        {
            "content/authors/z.md": document(name="ann"),
            "content/authors/a.md": document(name="Zoe", role="Editor"),
            "content/sources/s.md": document("A paper of the harbour.", name="The Quay"),
        }
    )
    room.build()
    authors = room.page("authors/index.html")
    assert authors.xpath("//main//li/a/text()") == ["ann", "Zoe"]
    assert authors.xpath("//main//li/span/text()") == ["Editor"]
    sources = room.page("sources/index.html")
    assert sources.xpath("//main//li/a/@href") == ["/sources/s/"]
    assert sources.xpath("//main//li/span/text()") == ["A paper of the harbour."]
    assert "sections/index.html" not in room.output()
    assert "tags/index.html" not in room.output()


def test_months_and_years(site: MakeSite) -> None:
    """A year lists its months, newest first; a month its stories."""
    room = site(
        {
            "content/articles/2025/02/a.md": article("A", "2025-02-01"),
            "content/articles/2025/11/b.md": article("B", "2025-11-01"),
            "content/articles/0999/01/c.md": article("C", "2025-11-01"),
        }
    )
    room.build()
    assert room.page("2025/index.html").xpath("//ul[contains(@class, 'terms')]//a/@href") == [
        "/2025/11/",
        "/2025/02/",
    ]
    month = room.page("2025/02/index.html")
    assert month.xpath("//h1/text()") == ["February 2025"]
    assert month.xpath("//nav[@class='crumbs']//a/@href") == ["/", "/2025/"]
    assert room.page("0999/index.html").xpath("//h1/text()") == ["0999"]


@given(st.sampled_from(["", "a/", "a/b.txt", "a", "v1.2", "a.html", "a.b/"]))
def test_a_place_is_a_file_that_a_server_finds(place: str) -> None:
    """Folders have an index; a name with a dot is a file."""
    path = output_path(place)
    assert path.endswith("/index.html") or path == "index.html" or "." in path
    assert path.startswith(place)
