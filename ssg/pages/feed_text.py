"""A story's text in a feed: what was put right, the body, the credits that licences ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from ssg.dates import date_in
from ssg.pages.feed_views import FeedEntry, FeedNote

_TAG: Final = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_OWN_ADDRESS: Final = re.compile(r'(\s(?:href|src|cite|poster)=")([/#][^"]*)"')


def text_of(entry: FeedEntry, lang: str, root: str) -> str:
    """A story as HTML, in full where the entry has its body; `lang` is that of the feed.

    A retraction stands above the text, since it says that the text is not to be believed.
    """
    retractions = [note for note in entry.notes if note.kind == "retraction"]
    others = [note for note in entry.notes if note.kind != "retraction"]
    parts = [
        *(_note(note, lang) for note in retractions),
        *_told(entry, root),
        *(_note(note, lang) for note in others),
        *(f"<p>{escape(line)}</p>" for line in credit_lines(entry)),
    ]
    return "\n".join(parts)


def _told(entry: FeedEntry, root: str) -> Iterator[str]:
    if entry.body is not None:
        yield absolute_addresses(str(entry.body), root, entry.url)
    elif entry.summary:
        yield f"<p>{escape(entry.summary)}</p>"


def _note(note: FeedNote, lang: str) -> str:
    day = f'<time datetime="{escape(note.date)}">{escape(date_in(lang, note.date))}</time>'
    return f"<p><strong>{escape(note.label)}</strong>, {day}: {escape(note.text)}</p>"


def credit_lines(entry: FeedEntry) -> tuple[str, ...]:
    """The words that the sources' licences ask for, each once."""
    return tuple(
        dict.fromkeys(source.credit_line for source in entry.sources if source.credit_line)
    )


def absolute_addresses(html: str, root: str, page: str) -> str:
    """HTML of ours with the host before each address of the site, the page before fragments.

    `root` is scheme and host, without a slash at its end.
    """

    def whole(match: re.Match[str]) -> str:
        return f'{match[1]}{root if match[2].startswith("/") else page}{match[2]}"'

    return _TAG.sub(lambda tag: _OWN_ADDRESS.sub(whole, tag[0]), html)
