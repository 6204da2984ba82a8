"""The view of the front page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from ssg.model import Front, Teaser
from ssg.pages.frame import Frame
from ssg.pages.head import Head
from ssg.pages.listings import first_page
from ssg.pages.lists import year_link
from ssg.pages.views import HomeView

#: How many stories follow the lead, stand in a section's front and among the opinions.
FOLLOWING: Final = 4
FRONT: Final = 4
OPINIONS: Final = 3


def home_view(
    stories: Sequence[Teaser],
    lead: Teaser | None,
    follow: Sequence[Teaser],
    fronts: Iterable[Front],
    opinion: Sequence[Teaser],
    years: Iterable[int],
    size: int,
    frame: Frame,
) -> HomeView:
    """The front page: what the desk put forward, else the newest, then the list of all."""
    lead = lead or next(iter(stories), None)
    following = [teaser for teaser in follow if teaser != lead]
    if not following:
        following = [teaser for teaser in stories[: FOLLOWING + 1] if teaser != lead][:FOLLOWING]
    shown = {teaser.url for teaser in (lead, *following) if teaser}
    listing = first_page(stories, size, "", frame.at)
    rest = tuple(teaser for teaser in listing.teasers if teaser.url not in shown)
    site = frame.site
    head = Head(
        title=site.title,
        site_title=site.title,
        url=site.home,
        description=site.description or site.tagline,
        has_feeds=True,
        lang=site.lang,
    )
    return HomeView(
        head=head,
        url=site.home,
        title=site.title,
        lang=site.lang,
        dir=site.dir,
        lead=lead,
        follow=tuple(following),
        listing=replace(listing, teasers=rest),
        fronts=tuple(front for front in fronts if front.teasers),
        opinion=tuple(opinion[:OPINIONS]),
        years=tuple(year_link(year, frame) for year in years),
    )
