"""What is held back leaks into nothing: every byte of every output is searched for it.

The same words are then let out, and the test looks where they appear: a search that would find
nothing in some place would prove nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest

from ssg.model import Showing
from tests.build.newsroom import CONFIG, NOW, Files, Newsroom, article, document, png

MakeSite = Callable[[Files], Newsroom]

WORD = "zxqheld"
HERE = "content/articles/2026/03/"
OPEN = "open"

#: Every place that is searched, by what outputs lie there. The word is found in each of them
#: once it may be: none of these searches is one that cannot fail.
PLACES: Mapping[str, str] = {
    "its page": r"2026/03/zxqheld-\w+/index\.html",
    "pages of neighbours in its section": r"2026/03/open/index\.html",
    "pages of articles that link to it": r"2026/03/linking/index\.html",
    "the home page": r"index\.html",
    "older pages of lists": r"(.+/)?page/\d+/index\.html",
    "the archive": r"2026/03/index\.html",
    "its section": r"sections/\w+/index\.html",
    "its authors": r"authors/\w+/index\.html",
    "its sources": r"sources/\w+/index\.html",
    "its tags": r"tags/zxqheld-\w+/index\.html",
    "tags that it shares": r"tags/tide/index\.html",
    "the index of tags": r"tags/index\.html",
    "its series": r"series/zxqheld-\w+/index\.html",
    "the page of corrections": r"corrections/index\.html",
    "feeds of the site": r"(feed\.xml|atom\.xml|feed\.json)",
    "feeds of lists": r"(sections|authors|sources|tags)/[\w-]+/(feed\.xml|atom\.xml|feed\.json)",
    "feeds of corrections": r"corrections/(feed\.xml|atom\.xml|feed\.json)",
    "sitemaps": r"sitemap-[\w-]+\.xml",
    "the news sitemap": r"news-sitemap\.xml",
    "pages at its former addresses": r"zxqheld-old-\w+/index\.html",
    "the list of redirects": r"_redirects",
    "headers for its folders": r"_headers",
    "its pictures": r"media/zxqheld-[\w-]+\.png",
    "standing pages that are drafts": r"zxqheld-page/index\.html",
}

_HOW: Mapping[str, dict[str, str]] = {
    "draft": {"draft": "true"},
    "embargo": {"date": "2026-03-20"},
    "expired": {"expires": "2026-03-14T20:00:00Z"},
}


def story(how: str) -> str:
    """A held article that has its word in everything that can be said of one."""
    name = f"{WORD}-{how}"
    keys = {
        "kicker": name,
        "standfirst": name,
        "date": "2026-03-14T06:00:00Z",
        "authors": "[ada]",
        "sources": f"[{{source: wire, url: 'https://w.example/{name}'}}]",
        "section": "town",
        "tags": f"[tide, {name}]",
        "series": f"{{name: {name}, part: 1}}",
        "image": f"{{src: /media/{name}.png, alt: {name}, caption: {name}, credit: {name}}}",
        "aliases": f"[/{WORD}-old-{how}/]",
        "corrections": f"[{{date: 2026-03-14T08:00:00Z, kind: update, text: {name}}}]",
        "id": f"tag:x,2026:{name}",
        "extra": f"{{note: {name}}}",
        **_HOW[how],
    }
    return article(name, body=f"{name} ![{name}](/media/{name}-body.png)", **keys)


def paper() -> dict[str, str | bytes]:
    """A paper with one public story beside each kind of held one, and a link to each."""
    files: dict[str, str | bytes] = {
        "config.toml": CONFIG.replace("page_size = 2", "page_size = 1"),
        "content/authors/ada.md": document(name="Ada"),
        "content/sources/wire.md": document(name="Wire"),
        "content/sections/town.md": document(title="Town"),
        f"content/pages/{WORD}-page.md": document(WORD, title=WORD, draft="true"),
        "content/inbox/raw.txt": f"{WORD} raw\n\nIt was {WORD}.\n",
        "content/home.toml": "".join(
            f'[[follow]]\nid = "tag:x,2026:{WORD}-{how}"\n' for how in _HOW
        ),
        f"{HERE}{OPEN}.md": article("Open", "2026-03-13", section="town", tags="[tide]"),
        f"{HERE}linking.md": article(
            "Linking",
            "2026-03-12",
            body="Read " + " and ".join(f"[this]({WORD}-{how}.md)" for how in _HOW),
        ),
    }
    for how in _HOW:
        files[f"{HERE}{WORD}-{how}.md"] = story(how)
        files[f"content/media/{WORD}-{how}.png"] = png(8, 8)
        files[f"content/media/{WORD}-{how}-body.png"] = png(8, 8)
    return files


def everything(room: Newsroom) -> dict[str, bytes]:
    """Every file in the output, also those that are hidden."""
    top = room.folder / "output"
    files = (path for path in top.rglob("*") if path.is_file())
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in files}


def tainted(room: Newsroom) -> set[str]:
    """Outputs that hold the word, in their names or bytes, in any case."""
    return {
        path
        for path, data in everything(room).items()
        if WORD in path.lower() or WORD.encode() in data.lower()
    }


def test_what_is_held_is_nowhere(site: MakeSite) -> None:
    """No output has a byte of it, after a clean build and after one in which it was taken back."""
    room = site(paper())
    room.build()
    assert tainted(room) == set()
    assert len(everything(room)) > 30
    for how in _HOW:
        out = article(WORD, "2026-03-14", id=f"tag:x,2026:{WORD}-{how}")
        room.write({f"{HERE}{WORD}-{how}.md": out})
    room.build()
    assert tainted(room)
    for how in _HOW:
        room.write({f"{HERE}{WORD}-{how}.md": story(how)})
    room.build()
    assert tainted(room) == set()


def test_the_search_looks_everywhere(site: MakeSite) -> None:
    """Let out, the words appear in every place of the list, and in no place that is not on it."""
    room = site(paper())
    let_out = Showing(drafts=True, future=True)
    room.build(now=NOW - timedelta(days=1), showing=let_out, output=room.folder / "output")
    found = tainted(room)
    searched = {
        place: {path for path in found if re.fullmatch(pattern, path)}
        for place, pattern in PLACES.items()
    }
    print("searched:", *PLACES, sep="\n- ")  # noqa: T201 - what `pytest -s` shows of the search
    assert [place for place, paths in searched.items() if not paths] == []
    assert found == set().union(*searched.values())


@pytest.mark.parametrize("how", _HOW)
def test_a_file_is_published_with_the_first_text_that_names_it(site: MakeSite, how: str) -> None:
    """Unless all that name a picture are held it is public."""
    room = site(paper())
    picture = f"media/{WORD}-{how}.png"
    shared = article("Open", "2026-03-13", body=f"![x](/{picture})")
    room.write({f"{HERE}{OPEN}.md": shared}).build()
    assert picture in room.output()
    room.write({f"{HERE}{OPEN}.md": article("Open", "2026-03-13")}).build()
    assert picture not in room.output()
