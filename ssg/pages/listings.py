"""Listings: long lists on pages whose number does not depend on the archive.

A list's short URL shows the newest n to 2n-1 stories; the older ones fill pages of exactly
n, numbered from the oldest. So a new story touches the first page alone, and every n-th
story adds one page and touches the link of one other.
"""

from __future__ import annotations

from collections.abc import Sequence

from ssg.model import Listing, Teaser
from ssg.pages.addresses import Addresses, older_place


def first_page(stories: Sequence[Teaser], size: int, place: str, at: Addresses) -> Listing:
    """The list's short URL: the newest stories and the way to the older ones."""
    older = older_pages(len(stories), size)
    return Listing(
        teasers=tuple(stories[: len(stories) - older * size]),
        older=at.url(older_place(place, older)) if older else None,
    )


def older_page(
    stories: Sequence[Teaser], size: int, place: str, at: Addresses, number: int
) -> Listing:
    """One of the older pages, counted from the oldest, which is number 1."""
    end = len(stories) - (number - 1) * size
    last = number == older_pages(len(stories), size)
    return Listing(
        teasers=tuple(stories[end - size : end]),
        older=at.url(older_place(place, number - 1)) if number > 1 else None,
        newer=at.url(place if last else older_place(place, number + 1)),
        number=number,
    )


def older_pages(count: int, size: int) -> int:
    """How many older pages a list of so many stories has."""
    return max(0, count // size - 1)
