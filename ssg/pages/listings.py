"""Listings: long lists on pages whose number does not depend on the archive.

A list's short URL shows the newest n to 2n-1 stories; the older ones fill pages of exactly
n, numbered from the oldest. So a new story touches the first page alone, and every n-th
story adds one page and touches the link of one other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssg.model import Listing, Teaser
from ssg.pages.addresses import Addresses, older_place


def first_page(stories: Sequence[Teaser], size: int, place: str, at: Addresses) -> Listing:
    """The list's short URL: the newest stories and the way to the older ones."""
    older = _older_pages(len(stories), size)
    return Listing(
        teasers=tuple(stories[: len(stories) - older * size]),
        older=at.url(older_place(place, older)) if older else None,
    )


def older_pages(
    stories: Sequence[Teaser], size: int, place: str, at: Addresses
) -> Iterator[Listing]:
    """The older pages, from the oldest, which is number 1."""
    count = _older_pages(len(stories), size)
    for number in range(1, count + 1):
        end = len(stories) - (number - 1) * size
        yield Listing(
            teasers=tuple(stories[end - size : end]),
            older=at.url(older_place(place, number - 1)) if number > 1 else None,
            newer=at.url(older_place(place, number + 1) if number < count else place),
            number=number,
        )


def _older_pages(count: int, size: int) -> int:
    return max(0, count // size - 1)
