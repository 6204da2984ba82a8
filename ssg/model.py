"""The nouns: documents as written, the library they make, the parts of views, outputs.

Everything here is frozen and plain, without behaviour beyond properties: structs of msgspec,
which are made in a sixth of a frozen dataclass's time and are their own rows in the cache.
Documents hold moments as aware datetimes; what a page may see holds them as ISO 8601 text in
the site's time zone. Paths are relative to the site's root and use `/`; URLs begin with the
site's base path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Final, Literal, get_args

from msgspec import Meta, Struct, field

Kind = Literal["news", "analysis", "opinion", "review", "satire", "sponsored"]
Role = Literal[
    "reporting", "photography", "editing", "translation", "data", "illustration", "contributing"
]
Relation = Literal["republished", "based-on", "with-material-from", "cited"]
CorrectionKind = Literal["correction", "clarification", "update", "retraction"]
AuthorKind = Literal["person", "organization"]
SourceKind = Literal[
    "agency", "paper", "broadcaster", "press-office", "institution", "organization", "other"
]
Indexing = Literal["index", "noindex-news", "noindex"]
Direction = Literal["ltr", "rtl"]
HeldFor = Literal["draft", "embargo", "expired"]
Change = Literal["published", "expires", "licence-ends", "old-news", "steps-down"]

RELATIONS: tuple[Relation, ...] = get_args(Relation)
ROLES: tuple[Role, ...] = get_args(Role)


# --- documents: what people wrote -------------------------------------------------------


class Reference(Struct, frozen=True):
    """A link or picture that a Markdown text names; line and column count from 1 in its file."""

    target: str
    line: int
    column: int


class Facts(Struct, frozen=True):
    """What the first pass learns of a text without converting it."""

    words: int = 0
    excerpt: str = ""
    references: tuple[Reference, ...] = ()


class Body(Struct, frozen=True):
    """A Markdown text, known by its digest; the text itself stays on disk."""

    digest: str
    facts: Facts = Facts()


class Image(Struct, frozen=True):
    """A picture as front matter names it; `src` is a path in `content/media/` or a web address."""

    src: str
    alt: str
    caption: str | None = None
    credit: str | None = None
    source: str | None = None
    licence: str | None = None


class Credit(Struct, frozen=True):
    """One author's part in an article."""

    author: str
    role: Role = "reporting"


class Sourcing(Struct, frozen=True):
    """One source an article rests on; `url` is the story there, `read` when it was read, `expires`
    when its words have to be gone from here.
    """

    source: str
    url: str | None = None
    relation: Relation = "based-on"
    read: datetime | None = None
    expires: datetime | None = None


class Correction(Struct, frozen=True):
    """An entry of the append-only list of what was put right."""

    date: datetime
    kind: CorrectionKind
    text: str


class SeriesPart(Struct, frozen=True):
    """An article's place in a series."""

    name: str
    part: int | None = None


class Ingested(Struct, frozen=True):
    """That an article was made from a raw text, and which fields are still guesses."""

    raw: str
    digest: str
    guessed: tuple[str, ...] = ()


class Link(Struct, frozen=True):
    """A name and the address it leads to."""

    name: str
    url: str


class Article(Struct, frozen=True, kw_only=True):
    """A story as its file in `content/articles/YYYY/MM/slug.md` states it."""

    path: str
    id: str
    title: str
    slug: str
    year: int
    month: int
    date: datetime
    body: Body
    kicker: str | None = None
    standfirst: str | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    draft: bool = False
    credits: tuple[Credit, ...] = ()
    sources: tuple[Sourcing, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    series: SeriesPart | None = None
    image: Image | None = None
    lang: str = "en"
    canonical_url: str | None = None
    licence: str | None = None
    aliases: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    kind: Kind = "news"
    dateline: str | None = None
    ingested: Ingested | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


class Author(Struct, frozen=True, kw_only=True):
    """Somebody who is credited: a person, an agency or a desk. The id is the file's name, and
    those with a lower `order` come first in the masthead, those without one last.

    `name` and `slug` are what readers see. Of somebody who is credited under another name
    `real_name` and `id` are in no output.
    """

    path: str
    id: str
    name: str
    slug: str
    body: Body
    real_name: str | None = None
    aliases: tuple[str, ...] = ()
    kind: AuthorKind = "person"
    role: str | None = None
    beat: str | None = None
    email: str | None = None
    links: tuple[Link, ...] = ()
    photo: Image | None = None
    order: int | None = None
    lang: str = "en"
    ingested: Ingested | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


class Source(Struct, frozen=True, kw_only=True):
    """A news source: an agency, a paper, a press office. Never a file.

    `expires_after` counts the days for which its words may stand here, from a story's date.
    """

    path: str
    id: str
    name: str
    body: Body
    aliases: tuple[str, ...] = ()
    url: str | None = None
    kind: SourceKind = "other"
    licence: str | None = None
    licence_url: str | None = None
    credit_line: str | None = None
    feed_url: str | None = None
    indexing: Indexing = "index"
    territory: str | None = None
    expires_after: int | None = None
    lang: str = "en"
    ingested: Ingested | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


class Section(Struct, frozen=True, kw_only=True):
    """A part of the paper; those with a lower `order` come first."""

    path: str
    id: str
    title: str
    body: Body
    description: str | None = None
    order: int = 0
    lang: str = "en"
    extra: Mapping[str, object] = field(default_factory=dict)


class StaticPage(Struct, frozen=True, kw_only=True):
    """A page that is no news: about, policies."""

    path: str
    slug: str
    title: str
    body: Body
    description: str | None = None
    draft: bool = False
    lang: str = "en"
    aliases: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


class Media(Struct, frozen=True):
    """A file under `content/media/`; width and height in pixels where it is a picture."""

    path: str
    digest: str
    width: int | None = None
    height: int | None = None


class Pick(Struct, frozen=True):
    """A story that `content/home.toml` puts forward, until a moment."""

    article: str
    until: datetime | None = None


class HomePlan(Struct, frozen=True):
    """What the desk wants on the home page: the first lead that still holds, then the rest."""

    lead: tuple[Pick, ...] = ()
    follow: tuple[Pick, ...] = ()


class Live(Struct, frozen=True, omit_defaults=True):
    """What a build has at an address: the id of the article there or behind it, and of the page
    of an article the digest of its body and the number of its corrections.
    """

    id: str | None = None
    digest: str | None = None
    corrections: int = 0


class Record(Struct, frozen=True, omit_defaults=True):
    """That an address was published: `url` without the base path, percent-encoded; `published`
    the instant of the first deploy that had it. The rest is what stood there last, as in `Live`.
    """

    url: str
    id: str | None
    published: Annotated[datetime, Meta(tz=True)]
    digest: str | None
    corrections: Annotated[int, Meta(ge=0)] = 0


class Published(Struct, frozen=True):
    """`content/published.jsonl`: every address that was published, in their order."""

    records: tuple[Record, ...] = ()


class Tombstone(Struct, frozen=True):
    """That an address was taken back, why and when."""

    url: str
    reason: str
    date: datetime | None = None


class Retired(Struct, frozen=True):
    """`content/retired.toml`: the addresses that were taken back."""

    pages: tuple[Tombstone, ...] = ()


# --- the library: documents in order, at one instant ------------------------------------


class Term(Struct, frozen=True):
    """What articles are gathered under, with its articles, newest first."""

    slug: str
    name: str
    articles: tuple[Article, ...]


class Held(Struct, frozen=True):
    """An article kept back, why, and the moment that changes it."""

    article: Article
    reason: HeldFor
    until: datetime | None = None


class Lapsed(Struct, frozen=True):
    """An article that may not be read here any more: whose licence ended, and when."""

    article: Article
    source: str
    since: datetime


class Due(Struct, frozen=True, order=True):
    """An instant at which the same files make another site: what changes then, the file that says
    so, and the title of its article (of a plan of the home page, the article's id).
    """

    at: datetime
    change: Change
    path: str
    title: str


class Neighbours(Struct, frozen=True):
    """The stories before and after one in its section."""

    previous: Article | None = None
    next: Article | None = None


class Showing(Struct, frozen=True):
    """What a build shows besides what is published: drafts, and articles under embargo."""

    drafts: bool = False
    future: bool = False


#: What readers get: no drafts, nothing before its time.
PUBLISHED: Final = Showing()


class Library(Struct, frozen=True, kw_only=True):
    """All that is published at one instant, in the order readers see it: newest first.

    `authors` maps each id to who is credited for it: `behind` are those who write under the name
    of an organisation, and have no page. `by_*` map a slug or id to a `Term`; `months` has keys
    (year, month), newest first; `neighbours` is keyed by an article's path. `published` and
    `retired` are what readers knew before, and what was taken back since.
    """

    articles: tuple[Article, ...]
    held: tuple[Held, ...]
    lapsed: tuple[Lapsed, ...]
    held_pages: tuple[StaticPage, ...]
    authors: Mapping[str, Author]
    behind: tuple[Author, ...]
    sources: Mapping[str, Source]
    sections: Mapping[str, Section]
    pages: tuple[StaticPage, ...]
    media: Mapping[str, Media]
    by_author: Mapping[str, Term]
    by_source: Mapping[str, Term]
    by_section: Mapping[str, Term]
    by_tag: Mapping[str, Term]
    by_series: Mapping[str, Term]
    months: Mapping[tuple[int, int], tuple[Article, ...]]
    neighbours: Mapping[str, Neighbours]
    lead: Article | None
    follow: tuple[Article, ...]
    news: tuple[Article, ...]
    next_instant: datetime | None
    published: Published = Published()
    retired: Retired = Retired()


# --- parts of views: what a template may see --------------------------------------------


class Html(Struct, frozen=True):
    """Text that is HTML already: made by our own code or by the Markdown converter."""

    text: str

    def __html__(self) -> str:
        """What an autoescaping template prints as it stands (the MarkupSafe protocol)."""
        return self.text

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


class Target(Struct, frozen=True):
    """What a reference in a body leads to; `url` None: an article that is held, named only."""

    reference: str
    url: str | None
    width: int | None = None
    height: int | None = None


class Prose(Struct, frozen=True):
    """A body on its way into a page: which text, and where its references lead.

    Templates never meet it: the worker puts `Html` in its place. False when empty.
    """

    digest: str
    path: str
    targets: tuple[Target, ...] = ()
    empty: bool = False

    def __bool__(self) -> bool:
        return not self.empty


class Picture(Struct, frozen=True):
    """A picture as a page shows it; width and height in pixels where they are known."""

    url: str
    alt: str
    width: int | None = None
    height: int | None = None
    caption: str | None = None
    credit: str | None = None
    source: str | None = None
    licence: str | None = None


class Byline(Struct, frozen=True):
    """One credited author; `role` as front matter names it."""

    name: str
    url: str
    role: Role = "reporting"
    kind: AuthorKind = "person"


class SourceCredit(Struct, frozen=True):
    """One credited source: its page here, the story there and when it was read (ISO 8601), its own
    feed, and what its licence asks for.
    """

    name: str
    url: str
    relation: Relation
    story_url: str | None = None
    read: str | None = None
    site_url: str | None = None
    kind: SourceKind = "other"
    licence: str | None = None
    licence_url: str | None = None
    credit_line: str | None = None
    feed_url: str | None = None
    territory: str | None = None


class CorrectionNote(Struct, frozen=True):
    """A correction as readers see it; `date` in ISO 8601."""

    date: str
    kind: CorrectionKind
    text: str


class Teaser(Struct, frozen=True):
    """A story as lists show it. Never holds the body, so that editing one touches no list.

    `relation` is how the story draws on the source on whose page it stands, and None elsewhere.
    """

    url: str
    title: str
    published: str
    kicker: str | None = None
    standfirst: str | None = None
    updated: str | None = None
    kind: Kind = "news"
    lang: str = "en"
    dir: Direction = "ltr"
    bylines: tuple[Byline, ...] = ()
    section: Link | None = None
    picture: Picture | None = None
    relation: Relation | None = None


class Listing(Struct, frozen=True):
    """One page of a list of stories, newest first.

    `number` is None on the list's short URL and counts the older pages from the oldest, so
    that publishing one article touches a number of pages that does not depend on the archive.
    """

    teasers: tuple[Teaser, ...]
    older: str | None = None
    newer: str | None = None
    number: int | None = None


class Profile(Struct, frozen=True):
    """An author as a page shows them; `bio` is HTML once rendered."""

    name: str
    url: str
    bio: Prose | Html
    kind: AuthorKind = "person"
    role: str | None = None
    beat: str | None = None
    email: str | None = None
    links: tuple[Link, ...] = ()
    photo: Picture | None = None
    lang: str = "en"
    dir: Direction = "ltr"
    extra: Mapping[str, object] = field(default_factory=dict)


class Front(Struct, frozen=True):
    """A section's newest stories on the home page."""

    section: Link
    teasers: tuple[Teaser, ...]


class Site(Struct, frozen=True):
    """What every page may know of the site: constant for a build, nothing of articles, no clock.

    `policies` are the publisher's, each under its key in `config.toml`. `manifest` and `icon` are
    those for home screens, where there is an icon. `tdm_reserved`: whether text and data mining
    is reserved, on the terms at `tdm_policy`.
    """

    title: str
    url: str
    home: str
    lang: str
    dir: Direction
    tagline: str | None = None
    description: str | None = None
    organization: Link | None = None
    email: str | None = None
    policies: tuple[Link, ...] = ()
    nav: tuple[Link, ...] = ()
    sections: tuple[Link, ...] = ()
    feed: str = ""
    manifest: str | None = None
    icon: str | None = None
    tdm_reserved: bool = False
    tdm_policy: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


# --- outputs ----------------------------------------------------------------------------


class Page(Struct, frozen=True):
    """An output made of a view; `template` is a theme's, or one of our serialisers'.

    `made_of` is the view, or a pure function that gives it: a page that is sure to be made again
    has its view made where it is rendered. `origin` is the content file that a fault on this
    page is about, if there is one. `rests_on` gives the values that the view is made of besides
    those that all pages share; where they are the same objects as before, so is the view.
    """

    path: str
    template: str
    made_of: Struct | Callable[[], Struct]
    origin: str | None = None
    rests_on: Callable[[], Sequence[object]] | None = None

    @property
    def view(self) -> Struct:
        return self.made_of if isinstance(self.made_of, Struct) else self.made_of()


class Copy(Struct, frozen=True):
    """An output that is a file as it stands: `file` relative to the site, or bytes of a theme.

    `digest` is the file's. Of a picture that is `stripped` what the camera wrote is left out, so
    that other bytes are published; so is each credit in it that has one of the names `unsaid`.
    """

    path: str
    digest: str
    file: str | None = None
    data: bytes | None = None
    origin: str | None = None
    stripped: bool = False
    unsaid: tuple[str, ...] = ()


Output = Page | Copy
