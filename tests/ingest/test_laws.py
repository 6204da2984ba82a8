"""Laws of reading that hold for any article: paragraphs in, the same paragraphs out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.ingest import Options, ingest
from tests.ingest.articles import DAMAGES, Article, articles, saved
from tests.ingest.judging import plain
from tests.ingest.rendered import rendered


def read_back(raw: bytes) -> list[str]:
    """The blocks that readers of the site get of a raw text."""
    harvest = ingest(raw, "a.txt", Options())
    return [plain(text) for _, text in rendered(harvest.body).blocks]


@settings(max_examples=200)
@given(st.data(), articles())
def test_paragraphs_come_out_as_they_went_in(data: st.DataObject, article: Article) -> None:
    """In order, none lost, none doubled, nothing else left in, in every layout and encoding."""
    blocks = read_back(data.draw(saved(article.text)))
    assert blocks == [plain(paragraph) for paragraph in article.paragraphs]


@settings(max_examples=200)
@given(st.data(), articles())
def test_credits_do_not_depend_on_the_layout(data: st.DataObject, article: Article) -> None:
    """Language, headline, date, author and source are found wherever they are printed, and
    nothing is found where none is.
    """
    harvest = ingest(data.draw(saved(article.text)), "a.txt", Options())
    assert harvest.lang == article.lang
    assert harvest.title_is_guess == (article.title is None)
    assert article.title is None or plain(harvest.title) == plain(article.title)
    assert (harvest.date or "")[:10] == (article.date or "")
    assert [one.name for one in harvest.authors] == ([article.author] if article.author else [])
    assert [one.name for one in harvest.sources] == ([article.source] if article.source else [])


@settings(max_examples=250)
@given(articles(), st.sampled_from(sorted(DAMAGES)))
def test_damage_that_can_be_undone_changes_nothing(article: Article, damage: str) -> None:
    """Entities, garbled letters, quoting and odd blanks are mended before anything is read."""
    raw = DAMAGES[damage](article.text).encode()
    harvest, whole = (ingest(text, "a.txt", Options()) for text in (raw, article.text.encode()))
    assert read_back(raw) == [plain(paragraph) for paragraph in article.paragraphs]
    assert (harvest.lang, harvest.date) == (whole.lang, whole.date)
    assert harvest.title_is_guess or plain(harvest.title) == plain(article.title)
    for one, other in ((harvest.authors, whole.authors), (harvest.sources, whole.sources)):
        assert [plain(found.name) for found in one] == [plain(found.name) for found in other]


@settings(max_examples=150)
@given(articles())
def test_what_was_read_reads_the_same_again(article: Article) -> None:
    """Ingest is idempotent: the paragraphs that came out, taken in, come out as they are."""
    once = read_back(article.text.encode())
    assert read_back("\n\n".join(once).encode()) == once
