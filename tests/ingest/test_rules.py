"""What each rule takes, and what it leaves alone.

The negatives are forms that real pages print and that fooled extractors.
"""

from __future__ import annotations

import pytest

from ssg.ingest import Harvest, Options, ingest

VOTE = "The ferry crews voted on Monday to keep the old timetable for another year, the union said."
HUT = "Nobody at the pier seemed to mind, and the tea hut stayed open until nine in the evening."
GULLS = (
    "A second vote is planned for the spring, when the gulls come back and the tourists with them."
)
TITLE = "Ferry crews keep their timetable"


def read(text: str) -> Harvest:
    return ingest(text.encode(), "a.txt", Options())


def of(*blocks: str) -> Harvest:
    return read("\n\n".join(blocks))


def page(*head: str, tail: tuple[str, ...] = ()) -> Harvest:
    return of(*head, VOTE, HUT, *tail)


def names(harvest: Harvest) -> list[str]:
    return [author.name for author in harvest.authors]


def origins(harvest: Harvest) -> list[tuple[str, str | None]]:
    return [(source.name, source.url) for source in harvest.sources]


def body(harvest: Harvest) -> list[str]:
    return harvest.body.split("\n\n")


# --- bylines ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("By Nora Quill", ["Nora Quill"]),
        ("by nora quill", []),
        ("BY NORA QUILL", ["Nora Quill"]),
        ("By: Nora Quill", ["Nora Quill"]),
        ("Written by Nora Quill and Tam Odell", ["Nora Quill", "Tam Odell"]),
        ("By Nora Quill, Tam Odell and Ana Reyes", ["Nora Quill", "Tam Odell", "Ana Reyes"]),
        ("By NORA QUILL\nHarbour Correspondent", ["Nora Quill"]),
        ("By Nora Quill\nMerrow Web Desk", ["Nora Quill"]),
        ("By\nNora Quill", ["Nora Quill"]),
        ("By Nora Quill | 3 May 2021 | 4 min read", ["Nora Quill"]),
        ("3 May 2021 - By Nora Quill", ["Nora Quill"]),
        ("Nora Quill, 3 May 2021", ["Nora Quill"]),
        ("Nora Quill\n3 May 2021", ["Nora Quill"]),
        ("3 May 2021\nNora Quill", ["Nora Quill"]),
        ("Nora Quill\nStaff writer", ["Nora Quill"]),
        ("By Web Desk", []),
        ("By Nora Quill\n\nBy Tam Odell", ["Nora Quill"]),
    ],
)
def test_bylines(head: str, wanted: list[str]) -> None:
    """With a label, split over lines, or bare beside what vouches for it."""
    harvest = page(TITLE, head)
    assert names(harvest) == wanted
    assert harvest.title == TITLE
    if wanted and "Tam Odell" not in head:
        assert body(harvest) == [VOTE, HUT]


@pytest.mark.parametrize(
    "line",
    [
        "By 2030 every boat is to be electric",
        "By Monday",
        "By her own count she has seen six hundred boats",
        "Photo: Nora Quill",
        "Author Nora Quill is back",
        "By the pier of Merrow",
        "By\nthe time it ended",
    ],
)
def test_what_is_no_byline(line: str) -> None:
    """Prose that begins with "by", and the credit of a photograph."""
    assert names(page(TITLE, line)) == []


def test_a_byline_in_mid_article_credits_nobody() -> None:
    """Teasers of other stories below the first paragraphs are not the byline."""
    harvest = of(TITLE, VOTE, HUT, GULLS, "By Tam Odell", VOTE, HUT)
    assert names(harvest) == []
    assert "By Tam Odell" in body(harvest)


def test_a_name_alone_below_the_headline_wrote_what_never_mentions_it() -> None:
    """Whom an article is about, it names."""
    harvest = page(TITLE, "Nora Quill")
    assert names(harvest) == ["Nora Quill"]
    assert body(harvest) == [VOTE, HUT]
    assert harvest.receipts["authors"][0].confidence < 0.6


@pytest.mark.parametrize("line", ["Nora Quill", "By Nora"])
def test_a_name_that_nothing_vouches_for_is_a_doubt(line: str) -> None:
    """It stays in the body, and a person is asked."""
    harvest = of(TITLE, line, VOTE, HUT, f"Quill said so. {GULLS}")
    assert names(harvest) == []
    assert [r.text for r in harvest.doubts["authors"]] == [line.removeprefix("By ")]
    assert line in body(harvest)


def test_a_name_at_the_very_top_is_no_author() -> None:
    """It may be what the article is about."""
    assert page("Nora Quill").doubts == {}


def test_desk_credits_name_reporters_and_others() -> None:
    """Reporters are authors; helpers and editors are credited with their part."""
    line = (
        "(Reporting by Nora Quill in Veld; Additional reporting by Ana Reyes; Editing by Tam Odell)"
    )
    harvest = page(TITLE, tail=(line,))
    assert [(author.name, author.role) for author in harvest.authors] == [
        ("Nora Quill", "reporting"),
        ("Ana Reyes", "contributing"),
        ("Tam Odell", "editing"),
    ]
    assert body(harvest) == [VOTE, HUT]


@pytest.mark.parametrize(
    "line",
    ["Reporting by 3; Editing by Tam Odell", "Reporting by Nora Quill; and so on and so forth"],
)
def test_a_desk_credit_that_is_not_understood_stays(line: str) -> None:
    """All of the line or nothing."""
    harvest = page(TITLE, tail=(line,))
    assert names(harvest) == []
    assert line in body(harvest)


def test_a_reporter_in_both_places_is_one() -> None:
    """The byline and the desk credit name the same person."""
    harvest = page(TITLE, "By Nora B. Quill", tail=("Reporting by Nora Quill",))
    assert names(harvest) == ["Nora B. Quill"]


# --- dates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "date", "updated"),
    [
        ("3 May 2021", "2021-05-03", None),
        ("Published: May 3, 2021 at 9:12 am", "2021-05-03T09:12", None),
        ("Published 3 May 2021, updated 4 May 2021", "2021-05-03", "2021-05-04"),
        ("Updated 4 May 2021\nPublished 3 May 2021", "2021-05-03", "2021-05-04"),
        ("Updated 4 May 2021", "2021-05-04", None),
        ("Published 3 May 2021, updated 2 May 2021", "2021-05-03", None),
        ("3 May 2021 / Updated 2 hours ago", "2021-05-03", None),
        ("4 min read", None, None),
        ("Updated 2 hours ago", None, None),
    ],
)
def test_dates_above_the_article(line: str, date: str | None, updated: str | None) -> None:
    """Publication before update; the update is kept beside it."""
    harvest = page(TITLE, line)
    assert (harvest.date, harvest.updated) == (date, updated)
    assert body(harvest) == [VOTE, HUT]


def test_a_date_below_the_article() -> None:
    """Under the last paragraph too, but not in the midst of them."""
    assert page(TITLE, tail=("3 May 2021",)).date == "2021-05-03"
    assert of(TITLE, VOTE, HUT, "3 May 2021", GULLS).date is None
    assert page(TITLE, tail=("3 May 2021 " + "x" * 200,)).date is None


def test_the_days_of_a_chronicle_are_not_its_date() -> None:
    """Dates as headings of parts stay where they are."""
    harvest = of(TITLE, VOTE, "3 May 2021", HUT, "4 May 2021", GULLS)
    assert harvest.date is None
    assert "3 May 2021" in body(harvest)
    assert [r.text for r in harvest.doubts["date"]] == ["3 May 2021"]


def test_a_day_that_could_be_two_is_a_doubt() -> None:
    """English prints 05/08 both ways."""
    harvest = page(TITLE, "05/08/2020")
    assert harvest.date is None
    assert [r.text for r in harvest.doubts["date"]] == ["05/08/2020"]


# --- sources ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Source: Merrow Gazette", [("Merrow Gazette", None)]),
        ("source : The Merrow Gazette.", [("The Merrow Gazette", None)]),
        ("Source: “Merrow Gazette”", [("Merrow Gazette", None)]),
        ("Source: merrow.example", [("merrow.example", None)]),
        ("Source: dpa", [("dpa", None)]),
        ("Source: AP/Reuters", [("AP", None), ("Reuters", None)]),
        ("Source: AP and own reporting", [("AP", None)]),
        ("Source: Merrow Gazette, 3 May 2021", [("Merrow Gazette", None)]),
        ("Source: Ministry of Fish, Veld", [("Ministry of Fish, Veld", None)]),
        (
            "Source: Merrow Gazette (https://m.example/a_b?c=1)",
            [("Merrow Gazette", "https://m.example/a_b?c=1")],
        ),
        ("Source: https://www.m.example/a", [("m.example", "https://www.m.example/a")]),
        ("Via: Merrow Gazette", [("Merrow Gazette", None)]),
        ("Source: unknown", []),
        ("Source link", []),
        ("Source:", []),
        ("Source: ...", []),
    ],
)
def test_source_lines(line: str, wanted: list[tuple[str, str | None]]) -> None:
    """A label at the start of a line under the article, and a name behind it."""
    harvest = page(tail=(line,))
    assert origins(harvest) == wanted
    assert body(harvest) == [VOTE, HUT]


@pytest.mark.parametrize(
    "line",
    [
        "Source: a man who knows the harbour and sells rope.",
        "Source: The old man behind the shed of the harbour.",
        "Source: Nora Quill, who left the council in May",
        "Source: Merrow. Then came the gulls",
        "“Source: the river bank,” reads the card.",
        "Source: " + "Merrow " * 12,
        "Sources say the boat is gone",
    ],
)
def test_what_is_no_source(line: str) -> None:
    """Prose and quotations that begin with the word stay, and credit nobody."""
    harvest = page(tail=(line,))
    assert origins(harvest) == []
    assert len(body(harvest)) == 3


def test_a_source_in_the_midst_belongs_to_a_chart() -> None:
    """It is shown as a doubt and stays where it is."""
    harvest = of(VOTE, "Source: Office of Tides", HUT, GULLS, VOTE)
    assert origins(harvest) == []
    assert [r.text for r in harvest.doubts["sources"]] == ["Office of Tides"]


def test_a_source_above_the_article() -> None:
    """In the head it counts as well."""
    assert origins(page(TITLE, "Source: Merrow Gazette")) == [("Merrow Gazette", None)]


@pytest.mark.parametrize(
    ("line", "name", "url", "relation"),
    [
        (
            "This story was originally published by The Gazette: https://g.example/a",
            "The Gazette",
            "https://g.example/a",
            "republished",
        ),
        ("*This article first appeared in The Gazette.*", "The Gazette", None, "republished"),
        ("Originally published on gazette.example", "gazette.example", None, "republished"),
        ("The post Crews vote appeared first on Gazette.", "Gazette", None, "republished"),
        ("Republished with permission from The Gazette", "The Gazette", None, "republished"),
        ("(With inputs from PTI)", "PTI", None, "with-material-from"),
    ],
)
def test_syndication(line: str, name: str, url: str | None, relation: str) -> None:
    """Sentences that say where a text comes from, and what it is to it."""
    harvest = page(TITLE, tail=(line,))
    assert [(s.name, s.url, s.relation) for s in harvest.sources] == [(name, url, relation)]
    assert body(harvest) == [VOTE, HUT]


def test_a_disease_that_first_appeared_is_no_source() -> None:
    """Only whole sentences about the text itself."""
    assert origins(page(tail=("The worm first appeared in the Veld two years ago.",))) == []


@pytest.mark.parametrize(
    ("opening", "wanted"),
    [
        ("MERROW (Reuters) - ", ["Reuters"]),
        ("(AP) — ", ["AP"]),
        ("MERROW, May 3 (KQXV) -- ", ["KQXV"]),
        ("VELD/MERROW (dpa/lni) – ", ["dpa"]),
        ("MERROW — ", []),
        ("MERROW (Hallay) — ", []),
        ("it said (AP) — ", []),
    ],
)
def test_wire_tags_in_datelines(opening: str, wanted: list[str]) -> None:
    """The agency is a source; the dateline stays."""
    harvest = read(f"{opening}{VOTE}\n\n{HUT}\n")
    assert [source.name for source in harvest.sources] == wanted
    assert body(harvest)[0] == opening + VOTE


def test_a_wire_tag_at_the_end() -> None:
    """Only agencies that are known: other brackets are prose."""
    assert origins(read(f"{VOTE}\n\n{HUT} (Reuters)\n")) == [("Reuters", None)]
    assert origins(read(f"{VOTE}\n\n{HUT} (Merrow)\n")) == []


def test_one_agency_named_twice_is_one_source() -> None:
    """The tag and the full name are the same agency."""
    harvest = read(f"{TITLE}\n\nBy Nora Quill\nAssociated Press Writer\n\nVELD (AP) -- {VOTE}\n")
    assert [source.name for source in harvest.sources] == ["AP"]


# --- biographies ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bio",
    [
        "Nora Quill is a reporter at the Tide. She lives in Merrow.",
        "Nora Quill covers boats.",
        "Nora Quill (left) has been an editor for years.",
        "Nora Quill, a poet, lives in Merrow.",
        "Nora Quill lives in Merrow with two dogs.",
    ],
)
def test_a_biography_of_the_author(bio: str) -> None:
    """Under the article, of the person in the byline."""
    harvest = page(TITLE, "By Nora Quill", tail=(bio,))
    assert [(author.name, author.bio) for author in harvest.authors] == [("Nora Quill", bio)]
    assert body(harvest) == [VOTE, HUT]


def test_a_biography_names_the_author() -> None:
    """Without a byline, when the article never mentions its subject."""
    bio = "Nora Quill is a well-known writer who covers boats."
    harvest = page(tail=("Source: Merrow Gazette", bio))
    assert [(author.name, author.bio) for author in harvest.authors] == [("Nora Quill", bio)]
    other = page(tail=("Nora Quill is a professor of tides.",))
    assert names(other) == ["Nora Quill"]


@pytest.mark.parametrize(
    ("texts", "bio"),
    [
        ([TITLE, "By Tam Odell", VOTE, HUT], "Nora Quill is a writer and lives in Merrow."),
        ([f"Nora Quill said so. {VOTE}", HUT], "Nora Quill is a writer and lives in Merrow."),
        ([f"Quill’s boat sank. {VOTE}", HUT], "Nora Quill is a potter and teaches in Merrow."),
        (["What Nora Quill knows of clay", VOTE, HUT], "Nora Quill is an author and artist."),
        ([VOTE, HUT], "Nora Quill is fine and everybody else is fine as well."),
    ],
)
def test_the_life_of_the_subject_stays(texts: list[str], bio: str) -> None:
    """Who is named in the article but not in the byline is what it is about."""
    harvest = of(*texts, bio)
    assert all(author.bio is None for author in harvest.authors)
    assert body(harvest)[-1] == bio


def test_a_namesake_in_the_article_makes_a_writer_less_sure() -> None:
    """Only the surname appears, and the biography is a writer's."""
    harvest = read(f"Tam Quill said so. {VOTE}\n\n{HUT}\n\nNora Quill is a writer and editor.")
    assert names(harvest) == ["Nora Quill"]
    assert harvest.receipts["bios"][0].confidence < 0.9


def test_a_name_alone_at_the_end_signed() -> None:
    """Under the last paragraph, of somebody the article does not mention."""
    assert names(page(tail=("Nora Quill",))) == ["Nora Quill"]
    assert names(of(f"Nora Quill said so. {VOTE}", HUT, "Nora Quill")) == []


def test_a_biography_of_several_paragraphs() -> None:
    """What goes on about the same person belongs to it."""
    bio = ("Nora Quill is a reporter.", "She has two dogs.", "Quill lives in Merrow.")
    harvest = page(TITLE, "By Nora Quill", tail=bio)
    assert harvest.authors[0].bio == "\n\n".join(bio)


def test_two_authors_with_a_biography_each() -> None:
    """In whatever order, each goes to its own."""
    tail = ("Tam Odell covers boats.", "Nora Quill is a reporter.")
    harvest = page(TITLE, "By Nora Quill and Tam Odell", tail=tail)
    assert [(author.name, author.bio) for author in harvest.authors] == [
        ("Nora Quill", "Nora Quill is a reporter."),
        ("Tam Odell", "Tam Odell covers boats."),
    ]


@pytest.mark.parametrize(
    "tail",
    [
        ("About the author", "Nora Quill is a reporter."),
        ("About the author\nNora Quill is a reporter.",),
        ("About the author: Nora Quill is a reporter.",),
        ("About the Author:", "Nora Quill", "Nora Quill is a reporter.", "Tags: boats"),
        ("About the author\n\nNora Quill is a reporter.\n\nFacebook\nTwitter\nEmail",),
    ],
)
@pytest.mark.parametrize("byline", ["By Nora Quill", ""])
def test_heads_of_biographies(tail: tuple[str, ...], byline: str) -> None:
    """What stands under "About the author" is a biography, with a byline or without."""
    harvest = page(TITLE, *filter(None, [byline]), tail=tail)
    assert [(author.name, author.bio) for author in harvest.authors] == [
        ("Nora Quill", "Nora Quill is a reporter.")
    ]
    assert body(harvest) == [VOTE, HUT]


def test_a_head_in_mid_article_is_no_head() -> None:
    """Too much follows for it to be biographies."""
    rest = [VOTE, HUT, GULLS] * 3
    harvest = of(TITLE, VOTE, "About the author", *rest)
    assert names(harvest) == []


def test_a_head_over_nothing_names_nobody() -> None:
    """A label at the very end stays, for a person to see."""
    assert names(page(TITLE, tail=("About the author",))) == []


def test_what_follows_a_biography_under_a_head() -> None:
    """A line that is no sentence ends it; an opening quotation mark is no name."""
    tail = ("About the author", "Nora Quill is a reporter.", "Boats for sale", "Bring cash.")
    harvest = page(TITLE, tail=tail)
    assert harvest.authors[0].bio == "Nora Quill is a reporter."
    assert body(harvest)[2:] == ["Boats for sale", "Bring cash."]
    assert names(page(TITLE, tail=("Nora Quill is a reporter.", "“3” it said."))) == []


def test_a_head_over_a_text_that_names_nobody() -> None:
    """There is nobody to give it to, so it stays, and a person is asked."""
    for tail in (("About the author", "a good man."), ("About the author: a good man.",)):
        harvest = page(TITLE, tail=tail)
        assert harvest.authors == ()
        assert "a good man." in harvest.body
        assert harvest.doubts["bios"]


@pytest.mark.parametrize(
    "bio", ["The writer is a lawyer in Merrow.", "(The author is a poet.)", "*The author teaches.*"]
)
def test_a_biography_without_a_name(bio: str) -> None:
    """It is that of the named author, and its brackets go."""
    harvest = page(TITLE, "By Nora Quill", tail=(bio,))
    assert harvest.authors[0].bio == bio.strip("()*")
    assert body(page(TITLE, tail=(bio,)))[-1].strip("\\()*") == bio.strip("()*")


def test_a_biography_above_the_headline() -> None:
    """It is neither the headline nor the first paragraph."""
    bio = "Nora Quill taught in Veld for thirty years and writes a monthly column."
    harvest = page(bio, TITLE, "Sunday, 6 June 2021")
    assert harvest.title == TITLE
    assert harvest.date == "2021-06-06"
    assert [(author.name, author.bio) for author in harvest.authors] == [("Nora Quill", bio)]
    assert body(harvest) == [VOTE, HUT]


@pytest.mark.parametrize(
    "top",
    [
        ("The crane taught in Veld for thirty years and writes a monthly column.", TITLE),
        ("Nora Quill left in the night and nobody saw the boat go.", TITLE),
        ("Nora Quill taught in Veld for thirty years and writes a monthly column.", VOTE),
        ("Nora Quill is a writer and editor who lives in Merrow by the sea.", "On Nora Quill"),
    ],
)
def test_what_stands_above_a_headline_is_no_biography(top: tuple[str, str]) -> None:
    """Without a name, a job, a headline below, or with the subject in that headline."""
    assert names(page(*top)) == []


@pytest.mark.parametrize(
    ("text", "bio"),
    [
        ("Nora Quill is a reporter.", "Nora Quill is a reporter."),
        ("Nora Quill\n\nNora Quill is a reporter.", "Nora Quill is a reporter."),
        (
            "Nora Quill is a reporter.\n\nShe lives in Merrow.\n",
            "Nora Quill is a reporter.\n\nShe lives in Merrow.",
        ),
        ("Nora Quill is a professor of tides.", "Nora Quill is a professor of tides."),
    ],
)
def test_a_biography_alone(text: str, bio: str) -> None:
    """An author and no article."""
    harvest = read(text)
    assert [(author.name, author.bio) for author in harvest.authors] == [("Nora Quill", bio)]
    assert (harvest.body, harvest.title, harvest.faults) == ("", None, ())


@pytest.mark.parametrize(
    "text",
    [
        "Nora Quill is happy.",
        "Tam Odell\n\nNora Quill is a reporter.",
        f"Nora Quill is a reporter.\n\n{VOTE}",
        "Nora Quill is a professor of tides.\n\nShe spoke on Monday.",
        "Nora Quill 3 is a reporter.",
        "Nora Quill",
    ],
)
def test_what_is_no_biography_alone(text: str) -> None:
    """An article, however short, stays an article."""
    assert read(text).body


# --- headlines --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "Who will paint the pole that nobody wants and everyone talks about?",
        "“We stay,” say the crews",
        "CREWS KEEP TIMETABLE",
        "And then…",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("credit", ["By Nora Quill", "3 May 2021", ""])
def test_headlines(title: str, gap: str, credit: str) -> None:
    """Short, no sentence, above the article: set off, or with its credits below."""
    if not credit and (gap == "\n" and title.endswith("?")):
        return
    harvest = read(gap.join(filter(None, [title, credit, VOTE, HUT, GULLS])))
    assert (harvest.title, harvest.title_is_guess) == (title, False)
    assert body(harvest) == [VOTE, HUT, GULLS]


def test_a_headline_that_ends_in_a_full_stop() -> None:
    """Only when a byline or a date stands right below it."""
    assert page("The crane stays.", "By Nora Quill").title == "The crane stays."
    assert page("The crane stays.").title_is_guess


@pytest.mark.parametrize(
    "first",
    [VOTE, "New Delhi, August 29", "• an item\n• another item", "The three of them:", "***"],
)
def test_no_headline(first: str) -> None:
    """A paragraph, a dateline, a list or a line that waits for more is none: it is guessed."""
    harvest = read(f"{first}\n\n{HUT}\n\n{GULLS}\n")
    assert harvest.title_is_guess
    assert harvest.receipts["title"][0].rule == "title.first-sentence"
    assert harvest.receipts["title"][0].confidence < 0.5


@pytest.mark.parametrize(
    ("head", "kicker"),
    [
        (("World News",), "World News"),
        (("Harbour notes",), "Harbour notes"),
        (("Home > News > Local",), None),
        (("News", "3 May 2021"), "News"),
    ],
)
def test_labels_above_the_headline(head: tuple[str, ...], kicker: str | None) -> None:
    """A section's name is a kicker, a trail of links nothing; the headline comes after."""
    title = "Ferry crews keep their old timetable"
    harvest = page(*head, title)
    assert (harvest.title, harvest.kicker) == (title, kicker)
    assert body(harvest) == [VOTE, HUT]


def test_a_section_without_a_headline() -> None:
    """The label goes, and the headline is guessed."""
    harvest = page("World News")
    assert harvest.title_is_guess
    assert (harvest.kicker, body(harvest)) == (None, [VOTE, HUT])


def test_the_headline_again() -> None:
    """Printed twice, it is taken once."""
    assert body(page(TITLE, "By Nora Quill", TITLE.upper())) == [VOTE, HUT]


def test_a_standfirst() -> None:
    """What stands between the headline and the byline is the summary."""
    harvest = page(TITLE, GULLS, "By Nora Quill")
    assert (harvest.title, harvest.standfirst) == (TITLE, GULLS)
    assert body(harvest) == [VOTE, HUT]
    assert page(TITLE, GULLS * 6, "By Nora Quill").standfirst is None


# --- furniture --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tail",
    [
        ("Share this:\nFacebook\nTwitter\nEmail",),
        ("Facebook\nWhatsApp\nReddit",),
        ("Share on WhatsApp",),
        ("Tags: boats, crews",),
        ("Leave a Reply\nYour email address will not be published.",),
        ("[ad_1]",),
        ("Advertisement",),
        ("Read more: Boats for sale",),
        ("Related: Boats for sale",),
        ("© 2021 The Merrow Tide",),
        ("Copyright 2021 The Merrow Tide. All rights reserved.",),
        ("###",),
        ("-30-",),
        ("Sign up for our weekly newsletter",),
        ("The views expressed in this column are the author's own.",),
        ("The crane at noon. (Photo by Nora Quill)",),
        ("Tags: boats", "Leave a Reply", "© 2021 The Merrow Tide"),
    ],
)
def test_furniture_goes(tail: tuple[str, ...]) -> None:
    """Lines of the page around the article, each with a receipt."""
    harvest = page(TITLE, "By Nora Quill", tail=tail)
    assert body(harvest) == [VOTE, HUT]
    assert harvest.receipts["left_out"]
    assert names(harvest) == ["Nora Quill"]


@pytest.mark.parametrize(
    "line",
    [
        "Share the boat, share the fish.",
        "Facebook",
        "Copyright law is of no help to a net mender, she said.",
        "Correction: An earlier version of this article named the wrong pier.",
        "Categories of fish are three.",
        "Like this one, he said.",
        "Email is how they talk now, and the telephone has been cut off.",
        "Related to nobody, he left.",
        "Update, May 5: The crane has been sold.",
        "Twitter\nFacebook",
    ],
)
def test_what_is_no_furniture_stays(line: str) -> None:
    """Sentences that begin like furniture, corrections, a single network."""
    assert " ".join(body(page(TITLE, tail=(line,)))[2:]) == line.replace("\n", " ")


def test_tags_above_the_last_paragraph_stay() -> None:
    """What is furniture under the article may be a word of it above."""
    assert len(body(of(VOTE, "Tags: boats", HUT))) == 3


def test_two_share_bars_go_one_by_one() -> None:
    """A bar above and one below the article, without a head each."""
    bar = "Facebook\nTwitter\nWhatsApp"
    assert body(page(bar, tail=(bar,))) == [VOTE, HUT]


# --- nothing twice ----------------------------------------------------------------------


def test_receipts_quote_the_raw_text() -> None:
    """Every receipt's words stand where it says they do."""
    raw = (
        "Cranes &amp; crews\r\n\r\nBy NORA QUILL\r\n\r\nMay 3, 2021\r\n\r\n"
        f"{VOTE}\r\n\r\n{HUT}\r\n\r\nSource: Merrow Gazette\r\n\r\nNora Quill is a writer.\r\n"
    )
    harvest = read(raw)
    assert set(harvest.receipts) == {"title", "authors", "date", "sources", "bios"}
    for receipts in harvest.receipts.values():
        for receipt in receipts:
            assert raw[receipt.start : receipt.end] == receipt.text
            assert 0 < receipt.confidence <= 1
    assert harvest.receipts["title"][0].text == "Cranes &amp; crews"
    assert harvest.title == "Cranes & crews"
    assert harvest.receipts["authors"][0].text == "NORA QUILL"


def test_a_language_without_rules_still_gives_an_article() -> None:
    """Labels are not known there, the text is whole all the same."""
    text = "Lautta kulkee taas, ja miehistö sanoo, että se on hyvä niin kuin se nyt on olemassa."
    harvest = ingest(f"Lautta kulkee\n\nKirjoittaja: Aino Salo\n\n{text}".encode(), "a", Options())
    assert harvest.body == f"Kirjoittaja: Aino Salo\n\n{text}"
    assert harvest.lang == "fi"


# --- what ends in an address ---------------------------------------------------------------


@pytest.mark.parametrize("reached", ["Twitter: @noraquill", "Mail: nora@tide.example"])
def test_a_biography_may_end_where_its_subject_is_reached(reached: str) -> None:
    """Without a full stop behind the handle or the mail address."""
    life = f"Nora Quill is a reporter at the Merrow Tide and covers boats. {reached}"
    for harvest in (page(TITLE, "By Nora Quill", tail=(life,)), page(life, TITLE)):
        assert [(author.name, author.bio) for author in harvest.authors] == [("Nora Quill", life)]
        assert body(harvest) == [VOTE, HUT]


@pytest.mark.parametrize(
    ("tail", "wanted"),
    [
        (
            ("https://tide.example/news/4471",),
            [("tide.example", "https://tide.example/news/4471")],
        ),
        (("https://tide.example/",), []),
        (("Phone: 555 0100\nhttps://tide.example/news/4471",), []),
        (("Source: The Tide", "https://other.example/news/4471"), [("The Tide", None)]),
    ],
)
def test_the_address_of_an_article_alone_is_its_source(
    tail: tuple[str, ...], wanted: list[tuple[str, str | None]]
) -> None:
    """Not that of a site, nor one beside a telephone number, nor beside a named source."""
    assert origins(page(TITLE, tail=tail)) == wanted


def test_the_agency_in_brackets_behind_a_byline_is_a_source() -> None:
    """Whom the author shares the text with."""
    harvest = page(TITLE, "By Nora Quill (with AP)")
    assert (names(harvest), origins(harvest)) == (["Nora Quill"], [("AP", None)])


@pytest.mark.parametrize("line", ["(Advertisement)", "Advertisement - read on below"])
def test_an_advert_in_brackets_or_with_the_way_on_goes(line: str) -> None:
    """Between paragraphs, where nothing else would tell it from a heading."""
    assert body(of(TITLE, VOTE, line, HUT)) == [VOTE, HUT]


def test_numbered_headlines_under_a_label_of_the_page_go() -> None:
    """The label names a section, so that its words are known only in part."""
    tail = "Most viewed in Harbours\n1. The crane that sings\n2. The tea hut at night"
    assert body(page(TITLE, tail=(tail,))) == [VOTE, HUT]


# --- credits and lives amid the page -------------------------------------------------------


def test_a_byline_goes_on_behind_and() -> None:
    """On the line that touches it."""
    harvest = page(TITLE, "By Nora Quill\nand Tam Odell")
    assert names(harvest) == ["Nora Quill", "Tam Odell"]
    assert body(harvest) == [VOTE, HUT]


def test_what_speaks_to_the_reader_is_no_part_of_a_biography() -> None:
    """Under a head, where each paragraph else is one of the life it announces."""
    life = "Nora Quill has covered boats since 2009."
    asks = "If you liked it, perhaps you would like our letter as well."
    harvest = page(TITLE, "By Nora Quill", tail=("About the author", life, asks))
    assert [author.bio for author in harvest.authors] == [life]


def test_a_poll_below_a_biography_goes() -> None:
    """Short lines between the life of the author and furniture."""
    life = "Nora Quill is a reporter at the Merrow Tide and covers boats and the weather."
    poll = "Poll: Should cranes sing?\nYes\nNo\nSubscribe now"
    harvest = page(TITLE, "By Nora Quill", tail=(life, poll))
    assert body(harvest) == [VOTE, HUT]
    assert [author.bio for author in harvest.authors] == [life]
