"""References: where a link or a picture leads, and the faults of those that do not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.config import Config
from ssg.content import body_text, read_content
from ssg.content.references import Destination, destination, media_path
from ssg.faults import Fault
from ssg.model import Media

STORY = "content/articles/2026/07/ferry.md"
CONFIG = Config("The Tidal Post", "https://tidal.example/", "Europe/Dublin")


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("../06/stop.md", Destination("document", "content/articles/2026/06/stop.md")),
        ("../06/stop.md#why", Destination("document", "content/articles/2026/06/stop.md", "#why")),
        ("../../../authors/ada.md?a#b", Destination("document", "content/authors/ada.md", "?a#b")),
        ("../../../media/a%20b.jpg", Destination("media", "content/media/a b.jpg")),
        ("/media/pier.jpg?w=2", Destination("media", "content/media/pier.jpg", "?w=2")),
        ("/about/#team", Destination("site", "/about/", "#team")),
        ("/../secret", Destination("site", "/../secret")),
        ("https://a.example/b.md", Destination("outside", "https://a.example/b.md")),
        ("mailto:a@b.example", Destination("outside", "mailto:a@b.example")),
        ("#top", Destination("outside", "#top")),
        ("javascript:a", Destination("refused", "javascript:a")),
        ("//a.example", Destination("refused", "//a.example")),
        ("..\\06\\stop.md", Destination("refused", "..\\06\\stop.md")),
        ("pier.jpg", Destination("nowhere", "content/articles/2026/07/pier.jpg")),
        ("../../../../config.toml", Destination("nowhere", "config.toml")),
        ("../../../../../../etc/a.md", Destination("nowhere", "")),
        ("%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/a.md", Destination("nowhere", "")),
    ],
)
def test_destinations(target: str, found: Destination) -> None:
    """A reference is read from where its document lies."""
    assert destination(STORY, target) == found


@given(st.text(max_size=30) | st.text(alphabet="./%2eE\\amdi:#?", max_size=30))
def test_files_named_lie_in_content(target: str) -> None:
    """No reference names a file outside `content/`, however it is written."""
    found = destination(STORY, target)
    if found.kind in {"document", "media"}:
        assert found.path.startswith("content/")
        assert ".." not in found.path.split("/")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_compared_in_one_form(form: str) -> None:
    """An accent typed as a sign of its own names the same file."""
    target = unicodedata.normalize(form, "/media/café.jpg")  # type: ignore[arg-type]
    assert destination(STORY, target).path == unicodedata.normalize("NFC", "content/media/café.jpg")


def test_pictures_lie_in_media_or_on_the_web() -> None:
    """A picture's `src` is a file of ours or a web address."""
    assert media_path(STORY, "/media/a.jpg") == "content/media/a.jpg"
    assert media_path("", "/media/a.jpg") == "content/media/a.jpg"
    assert media_path(STORY, "https://a.example/b.jpg") == "https://a.example/b.jpg"
    assert media_path(STORY, "a.jpg") is None
    assert media_path(STORY, "/pictures/a.jpg") is None


# --- faults -----------------------------------------------------------------------------


def faults(files: dict[str, str]) -> list[tuple[str, str, int | None, int | None, str, str | None]]:
    """The faults of a site: code, path, line, column, message, hint."""
    media = {path: Media(path, "0") for path in files if path.startswith("content/media/")}
    texts = {path: text.encode() for path, text in files.items() if path not in media}
    content = read_content(texts, media, CONFIG)
    return [
        (f.code, f.place.path, f.place.line, f.place.column, f.message, f.hint)
        for f in content.faults
        if f.place
    ]


def story(*lines: str, body: str = "") -> str:
    """An article's file."""
    return "\n".join(["---", "title: Tide", "date: 2026-07-01", *lines, "---", body, ""])


PHOTO = "---\nname: Ada\nphoto: {{src: {}, alt: a}}\n---\n{}"
ADA = {"content/authors/ada-quill.md": "---\nname: Ada Quill\n---\n"}


def test_what_is_there_is_no_fault() -> None:
    """References that lead somewhere are not reported."""
    files = {
        STORY: story(
            "authors: [ada-quill]",
            "sources: [wire]",
            "section: harbour",
            "image: {src: /media/pier.jpg, alt: a}",
            body="[a](../06/stop.md) ![b](/media/pier.jpg) [c](/gone/) [d](https://a.example/)",
        ),
        "content/articles/2026/06/stop.md": story(
            "id: a", "image: {src: 'https://b.example/c', alt: ''}"
        ),
        "content/sources/wire.md": "---\nname: Wire\n---\n[a](../pages/about.md)",
        "content/sections/harbour.md": "---\ntitle: Harbour\n---\n",
        "content/pages/about.md": "---\ntitle: About\n---\n[a](../authors/ada-quill.md)",
        "content/authors/ada-quill.md": PHOTO.format("/media/pier.jpg", "[e](#f)"),
        "content/media/pier.jpg": "",
    }
    assert faults(files) == []


@pytest.mark.parametrize(
    ("line", "column", "message", "hint"),
    [
        ("authors: [ada-quil]", 11, 'no author has the id "ada-quil"', 'did you mean "ada-quill"?'),
        ("authors: Ada Quill", 1, 'no author has the id "Ada Quill"', 'did you mean "ada-quill"?'),
        ("authors: [{role: data, author: QUILL ADA}]", 24, "no author has the id", "ada-quill"),
        ("authors: [zed]", 11, 'no author has the id "zed"', "write content/authors/zed.md, or"),
        ("sources: [{source: wire}]", 12, 'no source has the id "wire"', "write content/sources/"),
        ("section: harbour", 1, 'no section has the id "harbour"', "write content/sections/"),
    ],
)
def test_unknown_ids(line: str, column: int, message: str, hint: str) -> None:
    """An id that names nothing is a fault where it stands, with the id that was meant."""
    found = faults({STORY: story(line), **ADA})
    ((code, path, at_line, at_column, said, helped),) = found
    assert (code, path, at_line, at_column) == ("E301", STORY, 4, column)
    assert message in said
    if "QUILL" not in line:
        assert hint in (helped or "")


@pytest.mark.parametrize(
    ("body", "code", "column", "message", "hint"),
    [
        ("[a](stpo.md)", "E302", 5, "there is no content/articles/2026/07/stpo.md", "stop.md"),
        ("![](/media/peir.jpg)", "E302", 5, "there is no content/media/peir.jpg", "pier.jpg"),
        ("[a](pier.jpg)", "E302", 5, '"pier.jpg" leads to nothing that is', "link to a .md file"),
        ("- [a](javascript:b)", "E303", 7, '"javascript:b" is no address', "allowed are https"),
        ("see <a href='//b.example'>", "E303", 14, '"//b.example" is no address', "allowed are"),
    ],
)
def test_links_to_nothing(body: str, code: str, column: int, message: str, hint: str) -> None:
    """A link that leads nowhere is a fault at its line and column."""
    files = {
        STORY: story(body=f"One.\n\n{body}"),
        "content/articles/2026/07/stop.md": story("id: b"),
        "content/media/pier.jpg": "",
    }
    ((found, path, line, at, said, helped),) = faults(files)
    assert (found, path, line, at) == (code, STORY, 7, column)
    assert message in said
    assert hint in (helped or "")


def test_pictures_that_are_not_there() -> None:
    """Pictures of articles and photos of authors are looked for."""
    files = {
        STORY: story("image: {alt: a, src: /media/peir.jpg}"),
        "content/authors/bo.md": PHOTO.format("../media/bo.jpg", "[a](b.md)"),
        "content/media/pier.jpg": "",
    }
    assert [item[:4] for item in faults(files)] == [
        ("E302", STORY, 4, 17),
        ("E302", "content/authors/bo.md", 3, 9),
        ("E302", "content/authors/bo.md", 5, 5),
    ]


def test_references_to_broken_documents_are_not_reported_twice() -> None:
    """A document with faults of its own is there all the same."""
    files = {
        STORY: story("authors: [bo]", "section: harbour", body="[a](stop.md)"),
        "content/articles/2026/07/stop.md": "no front matter",
        "content/authors/bo.md": "---\nnam: Bo\n---\n",
        "content/sections/harbour.md": "---\n---\n",
    }
    assert sorted(item[0] for item in faults(files)) == ["E201", "E205", "E206", "E207"]


def test_two_documents_with_one_id() -> None:
    """A copied article is a fault that names the other."""
    files = {STORY: story("id: a"), "content/articles/2026/08/ferry.md": story("id: a")}
    ((code, path, _, _, message, _),) = faults(files)
    assert (code, path) == ("E305", "content/articles/2026/08/ferry.md")
    assert STORY in message


def test_body_text_is_the_body_as_read() -> None:
    """A file that was read before gives its body again, or says that it is no text any more."""
    assert body_text(STORY, b"\xef\xbb\xbf---\r\ntitle: a\r\n---\r\n\r\nText.\r\n") == "Text.\n"
    broken = body_text(STORY, b"\xff")
    assert isinstance(broken, Fault)
    assert broken.code == "E306"
