"""What stands around an article's credits, and what must not be taken for it."""

from __future__ import annotations

import pytest

from ssg.ingest.language import language
from ssg.ingest.names import is_outlet
from tests.ingest.test_rules import GULLS, HUT, TITLE, VOTE, body, names, of, origins, page, read


@pytest.mark.parametrize("label", ["Harbour", "+ Breaking news +", "World & Politics"])
def test_a_label_that_touches_the_headline(label: str) -> None:
    """A word or two over five are no headline, with a blank line between them or without."""
    harvest = read(
        f"{label}\nFerry crews keep their old timetable\nBy Nora Quill\n\n{VOTE}\n{HUT}\n"
    )
    assert harvest.title == "Ferry crews keep their old timetable"
    assert body(harvest) == [VOTE, HUT]


def test_the_paper_above_its_headline() -> None:
    """The name of a paper with the day under it is no headline."""
    harvest = read(
        f"The Merrow Gazette\n3 May 2021\n{TITLE} again\nBy Nora Quill\n\n{VOTE}\n{HUT}\n"
    )
    assert (harvest.title, harvest.date) == (f"{TITLE} again", "2021-05-03")


def test_a_column_of_links_keeps_the_headline() -> None:
    """Short lines right above the first paragraph end in a headline and a name."""
    harvest = of("Opinion\nBring the benches back\nNora Quill\nArchitect", VOTE, HUT)
    assert (harvest.title, names(harvest)) == ("Bring the benches back", ["Nora Quill"])


@pytest.mark.parametrize(
    ("line", "wanted"),
    [("Reuters", ["Reuters"]), ("Port Elsin (NY) | AFP", ["AFP"]), ("Merrow | Harbour", [])],
)
def test_an_agency_alone_above_the_article(line: str, wanted: list[str]) -> None:
    """It is the source, with or without the place it reports from."""
    harvest = read(f"{TITLE}\n{line}\n3 May 2021\n\n{VOTE}\n{HUT}\n")
    assert [name for name, _ in origins(harvest)] == wanted


def test_words_under_a_picture_without_a_label() -> None:
    """The last line of the head goes; one that is a sentence, or asks, is of the article."""
    head = f"{TITLE}\nBy Nora Quill\n3 May 2021\n"
    caption = "Crews on the north pier of Merrow on Monday"
    assert body(read(f"{head}{caption}\n\n{VOTE}\n{HUT}\n")) == [VOTE, HUT]
    assert body(read(f"{head}Who will run the boats in May?\n\n{VOTE}\n{HUT}\n"))[1:] == [VOTE, HUT]


def test_a_quotation_is_no_arrow() -> None:
    """A short last paragraph in guillemets stays; a link with an arrow goes."""
    said = "« On verra bien demain », dit le capitaine du port, Yves Le Goff."
    text = "La mairie a reçu deux plaintes et une lettre de félicitations lundi matin. "
    assert body(of("Le port reste fermé", text * 2, text * 3, said))[-1] == said
    assert body(page(TITLE, tail=("← Ferry pictures",))) == [VOTE, HUT]


def test_a_note_to_the_desk_never_takes_the_article() -> None:
    """From the greeting to the closing only where the article stands below."""
    header = "From: Ann Lee\nTo: desk@example.org\nSubject: copy\n"
    note = "Hi all,\nhere is the copy.\nThanks,\nAnn\n"
    assert body(read(f"{header}\n{note}\n{TITLE}\n\n{VOTE}\n\n{HUT}\n\n{GULLS}\n")) == [
        VOTE,
        HUT,
        GULLS,
    ]
    assert VOTE in body(read(f"{header}\nHi all,\n\n{VOTE}\n\n{HUT}\n\nThanks,\nAnn\n"))


def test_the_copyright_behind_a_last_paragraph() -> None:
    """What an agency sets behind its last sentence does not make a caption of the paragraph."""
    last = "The union said no more. © dpa-infocom, dpa:210211-99"
    assert body(page(TITLE, tail=(last,)))[-1].startswith("The union said no more.")


def test_two_paragraphs_alike_stay_two() -> None:
    """A lead is taken as printed twice only with the credits between."""
    assert body(of(TITLE, VOTE, VOTE, HUT)) == [VOTE, VOTE, HUT]
    assert body(of(TITLE, VOTE, "By Nora Quill", VOTE, HUT)) == [VOTE, HUT]


def test_an_address_is_read_to_its_end() -> None:
    """Figures behind a slash are part of it."""
    address = "https://merrow.example/news/4412"
    harvest = page(TITLE, tail=(f"Source: Merrow Gazette {address}",))
    assert origins(harvest) == [("Merrow Gazette", address)]


def test_what_is_the_name_of_a_paper() -> None:
    """Capitals and a word for papers; a name alone, or a sentence, is none."""
    words = language("en").names
    assert is_outlet("The Merrow Gazette", words)
    assert not is_outlet("Nora Quill", words)
    assert not is_outlet("Gazette found in a bottle", words)
