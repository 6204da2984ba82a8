"""Views: the frozen values that templates see, one type for each kind of page.

This module is the contract with theme authors: `docs/reference/theme.md` is made from it.
A template gets `view` (one of these) and `site` (`ssg.model.Site`) and nothing else. All
text is plain and escaped when printed, except `Html`. Times are ISO 8601 text in the
site's time zone; the filter `date` prints them for readers. Every `url` begins with the
site's base path and can stand in an attribute as it is.

What a view cannot hold, a page cannot depend on: the key of a page is the digest of its
view, so anything added here makes the pages that show it follow its changes.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from ssg.model import (
    AuthorKind,
    Byline,
    CorrectionNote,
    Direction,
    Front,
    Html,
    Kind,
    Link,
    Listing,
    Picture,
    Profile,
    Prose,
    SourceCredit,
    SourceKind,
    Teaser,
)
from ssg.pages.head import Head


class View(Struct, frozen=True, kw_only=True):
    """What every page has.

    `head` holds what belongs between `<head>` and `</head>` besides the theme's own
    stylesheets: title, description, canonical address, feeds, metadata. `crumbs` lead from
    the home page to the page above this one.
    """

    head: Head | Html
    url: str
    title: str
    lang: str
    dir: Direction
    crumbs: tuple[Link, ...] = ()


class Lapse(Struct, frozen=True):
    """That a story may not be read here any more: whose licence ended, and when (ISO 8601)."""

    source: Link
    since: str


class ArticleView(View, frozen=True, kw_only=True):
    """`article.html`: one story with all its credits.

    `bylines` is never empty: a story without authors is credited to the organisation.
    `authors` holds the same people with their bios, each once. `updated` is None unless the
    story changed after it was published. `words` counts the body, its characters where a
    script has no spaces; `minutes` is how long that takes to read. `related` are older stories that
    share tags and sources with it. `corrections_url` is the page
    of all corrections, where this story has one. A story that was retracted has no standfirst, no
    picture and an empty body: `corrections` say why. One whose licence has ended has neither, nor
    tags, series and neighbours: `lapse` says why.
    """

    kicker: str | None
    standfirst: str | None
    kind: Kind
    published: str
    updated: str | None
    dateline: str | None
    bylines: tuple[Byline, ...]
    authors: tuple[Profile, ...]
    sources: tuple[SourceCredit, ...]
    picture: Picture | None
    body: Prose | Html
    words: int
    minutes: int
    corrections: tuple[CorrectionNote, ...]
    corrections_url: str | None
    section: Link | None
    tags: tuple[Link, ...]
    series: Link | None
    series_part: int | None
    licence: str | None
    previous: Teaser | None
    next: Teaser | None
    related: tuple[Teaser, ...]
    lapse: Lapse | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


class HomeView(View, frozen=True, kw_only=True):
    """`home.html`: the front page.

    `lead` and `follow` come from `content/home.toml`, else from the newest stories;
    `listing` goes on with the newest that are not among them; `fronts` holds each section's
    newest in the order of the sections; `opinion` the newest of that kind; `years` the archive,
    newest first.
    """

    lead: Teaser | None
    follow: tuple[Teaser, ...]
    listing: Listing
    fronts: tuple[Front, ...]
    opinion: tuple[Teaser, ...]
    years: tuple[Link, ...]


class ListView(View, frozen=True, kw_only=True):
    """`list.html`: an older page of any list (`…/page/K/`); `of` is the list's first page."""

    listing: Listing
    of: Link


class SectionView(View, frozen=True, kw_only=True):
    """`section.html`: a section's newest stories; `text` is the body of its file."""

    description: str | None
    text: Prose | Html
    listing: Listing


class AuthorView(View, frozen=True, kw_only=True):
    """`author.html`: who an author is and what they wrote."""

    profile: Profile
    listing: Listing


class SourceView(View, frozen=True, kw_only=True):
    """`source.html`: what a source is, on which terms, and what came from it."""

    kind: SourceKind
    site_url: str | None
    licence: str | None
    licence_url: str | None
    credit_line: str | None
    territory: str | None
    text: Prose | Html
    listing: Listing


class TagView(View, frozen=True, kw_only=True):
    """`tag.html`: stories with one tag."""

    listing: Listing


class Part(Struct, frozen=True):
    """One story of a series and its number in it."""

    number: int | None
    teaser: Teaser


class SeriesView(View, frozen=True, kw_only=True):
    """`series.html`: a series from its first part to its last."""

    parts: tuple[Part, ...]


class MonthLink(Struct, frozen=True):
    """A month of the archive, as YYYY-MM, and its page."""

    month: str
    url: str


class MonthView(View, frozen=True, kw_only=True):
    """`month.html`: a month's stories; `month` as YYYY-MM, for the filter `month_name`.

    `earlier` and `later` are the months before and after it that have stories.
    """

    month: str
    listing: Listing
    earlier: MonthLink | None
    later: MonthLink | None


class YearView(View, frozen=True, kw_only=True):
    """`year.html`: the months of a year that have stories, newest first, and the years before and
    after it that have some.
    """

    year: str
    months: tuple[MonthLink, ...]
    earlier: Link | None
    later: Link | None


class TermLink(Struct, frozen=True):
    """An author, source, section or tag in an index, with a line about it where there is one; of
    an author also what they cover, and whether they are a person or an organisation.
    """

    name: str
    url: str
    note: str | None = None
    picture: Picture | None = None
    beat: str | None = None
    kind: AuthorKind | None = None


class TermsView(View, frozen=True, kw_only=True):
    """`terms.html`: the index of all authors, sources, sections or tags (`of`), in order.

    That of authors is the masthead: people before organisations, each in the order that their
    files give, then by name.
    """

    of: str
    terms: tuple[TermLink, ...]


class Corrected(Struct, frozen=True):
    """A correction and the story that it is about, with that story's language."""

    note: CorrectionNote
    story: Link
    lang: str
    dir: Direction = "ltr"


class CorrectionsView(View, frozen=True, kw_only=True):
    """`corrections.html`: what was put right in any story, newest first.

    Like a list of stories it goes on at `older`, and `number` is None on its short URL.
    """

    corrections: tuple[Corrected, ...]
    older: str | None
    newer: str | None
    number: int | None


class StaticView(View, frozen=True, kw_only=True):
    """`page.html`: a page that is no news."""

    body: Prose | Html
    extra: Mapping[str, object] = field(default_factory=dict)


class NotFoundView(View, frozen=True, kw_only=True):
    """`404.html`: what a reader sees at an address that leads nowhere."""


class RedirectView(View, frozen=True, kw_only=True):
    """`redirect.html`: a former address; `target` is where the page is now."""

    target: str


class GoneView(View, frozen=True, kw_only=True):
    """`gone.html`: an address at which something was published and nothing lives any more.

    `reason` is what the desk says of it, in its own words, and `date` when it was taken back;
    both are None where a story has expired.
    """

    reason: str | None
    date: str | None


#: Every template a theme chain must have, with the view it gets.
TEMPLATES: Mapping[str, type[View]] = {
    "article.html": ArticleView,
    "home.html": HomeView,
    "list.html": ListView,
    "section.html": SectionView,
    "author.html": AuthorView,
    "source.html": SourceView,
    "tag.html": TagView,
    "series.html": SeriesView,
    "month.html": MonthView,
    "year.html": YearView,
    "terms.html": TermsView,
    "corrections.html": CorrectionsView,
    "page.html": StaticView,
    "404.html": NotFoundView,
    "redirect.html": RedirectView,
    "gone.html": GoneView,
}
