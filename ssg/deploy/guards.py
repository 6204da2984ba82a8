"""Guards: what a deploy is stopped for, because it is nearly always a mistake.

A guard is passed by naming what it stopped, never by agreeing to everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from ssg.deploy.kinds import is_page, is_story
from ssg.deploy.plan import Plan
from ssg.deploy.release import Release
from ssg.deploy.standing import Standing
from ssg.faults import Fault

#: The share of the files on a host that may go without a question.
SHARE: Final = 0.2
#: How many articles may change their id.
FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Allowed:
    """What was allowed by name: so many deletions, other ids in feeds, another host name."""

    deletions: int = 0
    feed_changes: bool = False
    host: str | None = None


def guards(plan: Plan, release: Release, standing: Standing, allowed: Allowed) -> tuple[Fault, ...]:
    """Everything that stops this deploy."""
    live = standing.release
    return (
        *_deletions(plan, len(standing.ours), allowed),
        *_emptiness(release, standing, allowed),
        *(_domain(release, live, allowed) if live else ()),
        *(_feed_ids(release, live, allowed) if live else ()),
    )


def _deletions(plan: Plan, before: int, allowed: Allowed) -> Iterator[Fault]:
    count = len(plan.deleted)
    if count > SHARE * before and count > allowed.deletions:
        message = f"{count} of {before} files would be deleted"
        hint = f"look at the plan (--dry-run); if it is right: --allow-deletions {count}"
        yield Fault("E860", message, None, hint)


def _emptiness(release: Release, standing: Standing, allowed: Allowed) -> Iterator[Fault]:
    before = sum(map(is_story, standing.ours))
    no_story = before > 0 and not any(map(is_story, release.files))
    no_page = not any(map(is_page, release.files))
    if (no_story and allowed.deletions < before) or no_page:
        message = "there is no article" if no_story else "there is no page"
        hint = "is it the right site, and was it built with its content?"
        if no_story:
            hint += f" If it is: --allow-deletions {before}"
        yield Fault("E861", f"{message} in what would be published", None, hint)


def _domain(release: Release, live: Release, allowed: Allowed) -> Iterator[Fault]:
    before, now = (urlsplit(one.base_url).netloc for one in (live, release))
    if before and now not in {before, allowed.host}:
        message = f"the site was built for {now}, and what is there for {before}"
        hint = f"is base_url right? If the paper moves: --allow-domain {now}"
        yield Fault("E862", message, None, hint)


def _feed_ids(release: Release, live: Release, allowed: Allowed) -> Iterator[Fault]:
    changed = [url for url, name in release.stories.items() if live.stories.get(url, name) != name]
    if len(changed) > FEW and not allowed.feed_changes:
        message = f"{len(changed)} articles have another id than before, {changed[0]} among them"
        hint = (
            "feed readers would show all of them as new; ids in front matter should stay. "
            "If it has to be: --allow-feed-changes"
        )
        yield Fault("E863", message, None, hint)
