"""URLs: how a browser takes them, and that no path leaves the site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.urls import is_safe, is_web, resolve, url_kind

controls = st.sampled_from(["\t", "\n", "\r", "\x00", "\x01", "\x1f", " ", "\x7f"])
noise = st.lists(controls, max_size=3).map("".join)


@st.composite
def disguised(draw: st.DrawFn, scheme: str) -> str:
    """A scheme as an attacker writes it: any case, with what browsers drop in between."""
    letters = [draw(st.sampled_from([letter.lower(), letter.upper()])) for letter in scheme]
    return "".join(draw(noise) + letter for letter in letters)


schemes = st.sampled_from(
    ["javascript:", "data:", "vbscript:", "file:", "blob:", "about:", "view-source:", "x-y.z+1:"]
)


@given(schemes.flatmap(disguised), st.text(max_size=20))
def test_other_schemes_are_refused(scheme: str, rest: str) -> None:
    """Neither case, tabs, controls nor blanks smuggle a scheme in."""
    assert url_kind(scheme + rest) == "refused"


@given(
    noise,
    st.sampled_from(["//", "\\\\", "/\\", "\\/", "///", "\\"]),
    st.data(),
    st.text(max_size=20),
)
def test_other_hosts_without_scheme_are_refused(
    lead: str, slashes: str, data: st.DataObject, rest: str
) -> None:
    """What a browser reads as `//host` is refused, also with backslashes and controls in it."""
    between = "".join(data.draw(noise) + sign for sign in slashes)
    assert url_kind(f"{lead}{between}{data.draw(noise)}host{rest}") == "refused"


@given(disguised("http:") | disguised("https:"), st.sampled_from(["", "/", "///", "//", "//?x"]))
def test_web_addresses_need_a_host(scheme: str, rest: str) -> None:
    """A scheme alone, or with an empty host, is no address."""
    assert url_kind(scheme + rest) == "refused"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://paper.example", "web"),
        ("HTTP://Paper.Example/a?b=c#d", "web"),
        ("  https://paper.example/a  ", "web"),
        ("https://paper.example/?path=a\\b", "web"),
        ("https://paper.example/a b", "refused"),
        ("ht\ttps://paper.example/", "refused"),
        ("https:\\\\paper.example", "refused"),
        ("https://paper.example\\@other.example", "refused"),
        ("https:paper.example", "refused"),
        ("mailto:desk@paper.example", "mail"),
        ("MailTo:desk@paper.example", "mail"),
        ("tel:+353", "refused"),
        ("/", "site"),
        ("/about/", "site"),
        ("/2026/03/a:b/", "site"),
        ("/search?q=a\\b", "site"),
        ("/a\\..\\b", "refused"),
        ("#notes", "fragment"),
        ("../10/ferry.md", "relative"),
        ("..\\10\\ferry.md", "refused"),
        ("pier.jpg", "relative"),
        ("?page=2", "relative"),
        ("12:30", "relative"),
        ("", "relative"),
        ("\u00a0javascript:alert(1)", "relative"),
    ],
)
def test_kinds(url: str, kind: str) -> None:
    """Each kind of address is known for what a browser makes of it."""
    assert url_kind(url) == kind


@given(st.text(max_size=30))
def test_safe_and_web_follow_the_kind(url: str) -> None:
    """What is refused is not safe; what is on the web is web."""
    assert is_safe(url) == (url_kind(url) != "refused")
    assert is_web(url) == (url_kind(url) == "web")


parts = st.sampled_from(["", ".", "..", "...", "a", "b.md", "\\", "é"])
paths = st.lists(parts, max_size=8).map("/".join)


@given(paths, paths | st.text(max_size=20))
def test_resolved_paths_stay_below_the_root(base: str, target: str) -> None:
    """No target climbs out of the root, whatever it holds."""
    base = "/".join(part for part in base.split("/") if part not in {"", ".", ".."})
    found = resolve(base, target)
    if found is not None:
        assert not found.startswith("/")
        assert not {".", ".."} & set(found.split("/"))
        assert "" not in found.split("/") or found == ""


@given(paths, paths)
def test_what_climbs_too_far_is_none(base: str, target: str) -> None:
    """As many steps up as there are folders lead to the root, one more to nothing."""
    folders = [part for part in base.split("/") if part not in {"", ".", ".."}]
    base = "/".join(folders)
    assert resolve(base, "../" * len(folders)) == ""
    assert resolve(base, "../" * (len(folders) + 1) + target) is None


@pytest.mark.parametrize(
    ("base", "target", "found"),
    [
        ("content/articles/2026/03", "../02/tide.md", "content/articles/2026/02/tide.md"),
        ("content/pages", "./about.md", "content/pages/about.md"),
        ("", "a//b/", "a/b"),
        ("a", "", "a"),
        ("a", "../../b", None),
    ],
)
def test_resolve(base: str, target: str, found: str | None) -> None:
    """Relative paths lead where they lead on disk."""
    assert resolve(base, target) == found
