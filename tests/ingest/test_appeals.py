"""What a page asks of its reader leaves the article; what the article says of such things stays."""

from __future__ import annotations

import pytest

from ssg.ingest import Harvest, Options, ingest

VOTE = "The ferry crews voted on Monday to keep the old timetable for another year, the union said."
HUT = "Nobody at the pier seemed to mind, and the tea hut stayed open until nine in the evening."
TITLE = "Ferry crews keep their timetable"
SHARE = "Share this story"

SPANISH = (
    "Los marineros votaron el lunes a favor del viejo horario, que seguirá un año más en el puerto."
)
GERMAN = (
    "Die Schiffer stimmten am Montag für den alten Fahrplan, der nun ein Jahr lang gelten soll."
)
RUSSIAN = "Экипажи паромов в понедельник решили оставить старое расписание ещё на один год."


def of(*blocks: str) -> Harvest:
    return ingest("\n\n".join(blocks).encode(), "a.txt", Options())


def body(harvest: Harvest) -> list[str]:
    return harvest.body.split("\n\n")


CALLS = [
    (VOTE, "Enjoyed this story? Join the readers who get our letter on Fridays."),
    (VOTE, "Please consider a donation to keep our reporting free for all."),
    (VOTE, "Not a subscriber yet? Try four weeks for $1"),
    (VOTE, "The Tide is owned by its readers. Our newsroom runs on your donations."),
    (VOTE, "Have a question about this article? Write to desk@tide.example"),
    (SPANISH, "¿Te ha gustado la nota? Compártela y suscríbete a nuestro boletín."),
    (GERMAN, "Gefällt Ihnen unser Angebot? Dann werden Sie Mitglied."),
    (RUSSIAN, "Подпишитесь на нашу рассылку, чтобы не пропустить главное."),
]


@pytest.mark.parametrize(("paragraph", "call"), CALLS)
def test_a_call_on_the_reader_goes(paragraph: str, call: str) -> None:
    """Below the last paragraph, with a receipt for it."""
    harvest = of(TITLE, paragraph, paragraph, call)
    assert call[:20] not in harvest.body
    assert any(receipt.text == call for receipt in harvest.receipts["left_out"])


@pytest.mark.parametrize(("paragraph", "call"), [CALLS[0], CALLS[1], *CALLS[5:]])
def test_a_plain_call_goes_from_between_paragraphs(paragraph: str, call: str) -> None:
    """It calls, and speaks of what only a page has."""
    assert call[:20] not in of(TITLE, paragraph, call, paragraph).body


@pytest.mark.parametrize(
    "line",
    [
        "Support for independent journalism fell last year, the survey found.",
        "Share prices of the newspaper fell by a third after the news.",
        "“Join our channel,” the sign at the pier said, in four languages.",
        "You may think that nobody reads a timetable. Nobody does.",
        "Write to her about something she does not know.",
        "Follow the gull, and it will show where the fish are.",
        "Readers can still leave a comment in the book at the town hall.",
        "Register offices in both towns were closed on Monday.",
        "– Join us, the skipper said, and bring our flag.",
        "Correction: Our story about the channel gave you the wrong date.",
        "Who will tell our story when the last boat is sold?",
    ],
)
@pytest.mark.parametrize("below", [(HUT,), ()])
def test_what_is_told_stays(line: str, below: tuple[str, ...]) -> None:
    """Sentences of an article that hold the words of such a call, in its midst and at its end."""
    assert line[2:22] in of(TITLE, VOTE, HUT, line, *below).body


@pytest.mark.parametrize(
    "line", ["@merrowtide", "Nora Quill: 555 0100; nora@tide.example", "Follow: @merrowtide"]
)
def test_handles_and_mail_addresses_go(line: str) -> None:
    """Lines below the article that hold little else."""
    assert body(of(TITLE, VOTE, HUT, line)) == [VOTE, HUT]


def test_short_lines_amid_furniture_go() -> None:
    """Nobody knows what they say; that the page says it, is known by their place."""
    lines = f"{SHARE}\nHarbour mugs from nine shillings\nLeave a Reply"
    assert body(of(TITLE, VOTE, HUT, lines)) == [VOTE, HUT]


@pytest.mark.parametrize(
    "line", ["Correction: The crane is red", "“Never again”", "The crane is red. The hut is not."]
)
def test_what_may_be_the_articles_stays_amid_furniture(line: str) -> None:
    """A note, something spoken, and a sentence with a gap around it."""
    assert body(of(TITLE, VOTE, HUT, SHARE, line, "Leave a Reply"))[2:] == [line]


def test_a_short_line_with_nothing_below_the_article_stays() -> None:
    """Without furniture around it, a last line is the article's."""
    assert body(of(TITLE, VOTE, HUT, "The hut opens at nine"))[2:] == ["The hut opens at nine"]


@pytest.mark.parametrize(
    "line",
    [
        "ALSO IN THE NEWS: The crane that nobody ordered",
        "More to read on this: The crane that nobody ordered",
        "Also in Sport: The crane that nobody ordered",
    ],
)
def test_a_headline_that_is_pointed_to_goes(line: str) -> None:
    """Between paragraphs, whatever the order of the words that point."""
    assert body(of(TITLE, VOTE, line, HUT)) == [VOTE, HUT]


@pytest.mark.parametrize(
    "line",
    [
        "Read the label: what is in the tin of herring",
        "The crane: what it cost and who paid",
        "WHAT NOW: the crane that nobody ordered",
    ],
)
def test_a_heading_with_a_colon_stays(line: str) -> None:
    """One word that points, or none, makes no pointer."""
    assert body(of(TITLE, VOTE, line, HUT))[1] == line
