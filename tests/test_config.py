"""Configuration: `config.toml` to one value, or every fault in it at its place."""

from __future__ import annotations

import pytest

from ssg.config import DEFAULT_EXTENSIONS, Config, Organization, place_in_toml, read_config
from ssg.faults import Fault
from ssg.model import Link

MINIMAL = """\
title = "The Tidal Post"
base_url = "https://tidal.example"
timezone = "Europe/Dublin"
"""

FULL = """\
title = "The Tidal Post"
base_url = "https://tidal.example/news/"
timezone = "Pacific/Chatham"
lang = "mi-NZ"
theme = "evening_2"
tagline = "Twice a day"
description = "A paper for the coast"
page_size = 5
feed_size = 7

[organization]
name = "Tidal Press"
url = "/about/"
email = "desk@tidal.example"

[[nav]]
title = "Harbour"
url = "/sections/harbour/"

[[nav]]
title = "Elsewhere"
url = "https://other.example/"

[markdown]
extensions = ["tables", "tidal.extras:Waves"]
fast = false

[content]
trust_html = true

[ingest]
legacy_encoding = "latin-1"
typography = true

[extra]
founded = 1871-05-02
words = 99999999999999999999
opens = 09:30:00
since = 1871-05-02T08:00:00+12:15
desks = [{ name = "Night", from = 22:00:00 }]
"""


def config(text: str) -> Config:
    """A configuration that has no fault."""
    found = read_config(text)
    assert isinstance(found, Config), found
    return found


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a configuration that has some."""
    found = read_config(text)
    assert isinstance(found, tuple), found
    return found


def test_three_keys_are_enough() -> None:
    """A site needs a title, an address and a time zone; the rest has defaults."""
    found = config(MINIMAL)
    assert found == Config("The Tidal Post", "https://tidal.example/", "Europe/Dublin")
    assert (found.base_path, found.host) == ("/", "tidal.example")
    assert found.markdown_extensions == DEFAULT_EXTENSIONS


def test_every_key_is_read() -> None:
    """What is written is what the site gets."""
    found = config(FULL)
    assert found == Config(
        title="The Tidal Post",
        base_url="https://tidal.example/news/",
        timezone="Pacific/Chatham",
        lang="mi-NZ",
        theme="evening_2",
        tagline="Twice a day",
        description="A paper for the coast",
        organization=Organization("Tidal Press", "/about/", "desk@tidal.example"),
        nav=(Link("Harbour", "/sections/harbour/"), Link("Elsewhere", "https://other.example/")),
        page_size=5,
        feed_size=7,
        markdown_extensions=("tables", "tidal.extras:Waves"),
        markdown_fast=False,
        trust_html=True,
        legacy_encoding="latin-1",
        typography=True,
        extra={
            "founded": "1871-05-02",
            "words": "99999999999999999999",
            "opens": "09:30:00",
            "since": "1871-05-02T08:00:00+12:15",
            "desks": [{"name": "Night", "from": "22:00:00"}],
        },
    )
    assert (found.base_path, found.host) == ("/news/", "tidal.example")


def test_byte_order_mark_is_no_key() -> None:
    """A file saved by an editor on Windows reads like any other."""
    assert config("\ufeff" + MINIMAL) == config(MINIMAL)


@pytest.mark.parametrize(
    ("more", "code", "line", "column", "words"),
    [
        ('theme = "a"\ntheme = "b"', "E102", 5, 12, "overwrite"),
        ("nav = [", "E102", 4, 1, "not valid TOML"),
        (f"[extra]\na = {'[' * 5000}", "E102", 5, 1, "recursion"),
        ('tagline = "never closed', "E102", 4, 24, "illegal character"),
        ('titel = "a"', "E103", 4, 1, 'did you mean "title"?'),
        ('weather = "fine"', "E103", 4, 1, "keys of your own belong under extra"),
        ('[organization]\nname = "a"\nfounded = 1', "E103", 6, 1, "keys of your own"),
        ('organization.name = "a"\norganization.nam = "a"', "E103", 5, 1, 'mean "name"'),
        ('[[nav]]\ntitle = "a"', "E104", 4, 3, "nav [1] › url is missing"),
        ("[[nav]]\ntitle='a'\nurl='/a'\n\n[[nav]]\ntitle='b'", "E104", 8, 3, "nav [2] › url is"),
        ('page_size = "a"', "E104", 4, 1, "must be a whole number"),
        ("page_size = 0", "E104", 4, 1, "must be 1 or more"),
        ("feed_size = 501", "E104", 4, 1, "must be 500 or less"),
        ("feed_size = 1.5", "E104", 4, 1, "must be a whole number"),
        ("tagline = true", "E104", 4, 1, "must be text"),
        ('tagline = " "', "E104", 4, 1, "tagline: is empty"),
        ("nav = 3", "E104", 4, 1, "must be a list"),
        ("organization = 3", "E104", 4, 1, "must hold keys and values"),
        ('[content]\ntrust_html = "perhaps"', "E104", 5, 1, "must be true or false"),
        ('lang = "english!"', "E104", 4, 1, "such as en, de or pt-BR"),
        ('theme = "../secret"', "E104", 4, 1, "no name of a theme"),
        ('[markdown]\nextensions = ["tabels"]', "E104", 5, 1, 'did you mean "tables"?'),
        ('[markdown]\nextensions = ["xyz"]', "E104", 5, 1, "package.module:Name"),
        ('[ingest]\nlegacy_encoding = "cp9"', "E104", 5, 1, "no encoding is called"),
        ('[[nav]]\ntitle="a"\nurl="javascript:b"', "E303", 6, 1, "no address for a reader"),
        ('[[nav]]\ntitle="a"\nurl="about/"', "E303", 6, 1, "paths of the site"),
        ('nav = [\n  {title="a", url="data:b"},\n]', "E303", 4, 1, "no address for a reader"),
        ('organization = {name="a", url="//b"}', "E303", 4, 1, "no address for a reader"),
        ('"lang" = "?"', "E104", 4, 1, "no language tag"),
    ],
)
def test_faults(more: str, code: str, line: int, column: int, words: str) -> None:
    """Each fault stands on the line that has to be changed, with words that help."""
    (found,) = faults(f"{MINIMAL}{more}\n")
    place = found.place
    assert place is not None
    assert (found.code, place.line, place.column) == (code, line, column)
    assert words in f"{found.message} | {found.hint}"


@pytest.mark.parametrize(
    ("base_url", "code"),
    [
        ("tidal.example", "E303"),
        ("https://", "E303"),
        ("https:///news/", "E303"),
        ("ftp://tidal.example", "E303"),
        ("https://tidal.example/?a=b", "E104"),
        ("https://tidal.example/#a", "E104"),
        ("https://ada:secret@tidal.example/", "E104"),
        ("https://[tidal/", "E104"),
    ],
)
def test_base_url_is_a_plain_web_address(base_url: str, code: str) -> None:
    """All addresses of the site begin with it, so it holds nothing but where the site is."""
    (found,) = faults(MINIMAL.replace("https://tidal.example", base_url))
    assert found.code == code
    assert found.place is not None
    assert found.place.line == 2


@pytest.mark.parametrize(
    ("zone", "hint"),
    [("Europe/Dublim", 'did you mean "Europe/Dublin"?'), ("", "empty"), ("x", "such as")],
)
def test_time_zone_is_one_that_there_is(zone: str, hint: str) -> None:
    """No time zone is guessed."""
    (found,) = faults(MINIMAL.replace("Europe/Dublin", zone))
    assert found.code == "E104"
    assert hint in f"{found.message} | {found.hint}"


def test_all_faults_at_once() -> None:
    """One look at the file is enough to mend it."""
    found = faults('titel = "a"\nbase_url = "x"\npage_size = 0\n')
    assert sorted(fault.code for fault in found) == ["E103", "E104", "E104", "E104", "E303"]


@pytest.mark.parametrize(
    ("keys", "line", "column"),
    [
        (("title",), 1, 1),
        (("organization",), 11, 2),
        (("organization", "url"), 13, 1),
        (("nav", 0), 16, 3),
        (("nav", 1), 20, 3),
        (("nav", 1, "url"), 22, 1),
        (("nav",), 16, 3),
        (("nav", 9), 16, 3),
        (("markdown", "extensions", 1), 25, 1),
        (("nowhere", "at", "all"), 1, 1),
        ((), 1, 1),
    ],
)
def test_place_of_a_key(keys: tuple[str | int, ...], line: int, column: int) -> None:
    """The way to a key is followed as far as whole lines of the file go with it."""
    place = place_in_toml(FULL, keys)
    assert (place.line, place.column) == (line, column)
