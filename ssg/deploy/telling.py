"""Telling others: hubs that feed readers wait at (WebSub), search engines (IndexNow).

Neither is waited for: a site is published whether or not anybody hears of it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import basename
from typing import Final
from urllib.parse import urlencode, urlsplit

import msgspec

from ssg.config import Config
from ssg.deploy.kinds import kind_of
from ssg.deploy.plan import Plan
from ssg.deploy.verify import url_of
from ssg.deploy.web import Answer, fetch
from ssg.faults import Fault

_FEEDS: Final = frozenset({"feed.xml", "atom.xml", "feed.json"})
_MOST: Final = 10_000  # URLs that IndexNow takes at once
_GOOD: Final = range(200, 300)


def tell_others(plan: Plan, config: Config) -> tuple[Fault, ...]:
    """Tells the hub of each feed that changed, and search engines of pages that came, changed or
    went. Gives a warning for each that could not be told.
    """
    return (
        *(_tell_hub(config.feed_hub, plan, config) if config.feed_hub else ()),
        *(_tell_engines(config.indexnow_key, plan, config) if config.indexnow_key else ()),
    )


def _tell_hub(hub: str, plan: Plan, config: Config) -> Iterator[Fault]:
    """One request a feed, as https://www.w3.org/TR/websub/ and its hubs have it."""
    for path in sorted(path for path in plan.sent if basename(path) in _FEEDS):
        form = {"hub.mode": "publish", "hub.url": url_of(path, config.base_url)}
        answer = fetch(hub, urlencode(form).encode())
        if answer.status not in _GOOD:
            yield _unheard(f"the hub {hub} was not told of {path}", answer)


def _tell_engines(key: str, plan: Plan, config: Config) -> Iterator[Fault]:
    """See https://www.indexnow.org/documentation; the key's file is an output of the site."""
    pages = sorted(_pages((*plan.sent, *plan.deleted)))[:_MOST]
    if not pages:
        return
    told = {
        "host": urlsplit(config.base_url).netloc,
        "key": key,
        "keyLocation": url_of(f"{key}.txt", config.base_url),
        "urlList": [url_of(path, config.base_url) for path in pages],
    }
    headers = {"Content-Type": "application/json; charset=utf-8"}
    answer = fetch(config.indexnow_url, msgspec.json.encode(told), headers)
    if answer.status not in _GOOD:
        yield _unheard(f"{config.indexnow_url} was not told of {len(pages)} pages", answer)


def _pages(paths: Iterable[str]) -> Iterator[str]:
    return (path for path in paths if kind_of(path) in {"page", "list"} and path != "404.html")


def _unheard(message: str, answer: Answer) -> Fault:
    reason = answer.body.decode(errors="replace") if not answer.status else f"{answer.status}"
    hint = "the site is published all the same; the next deploy tells of what changes then"
    return Fault("W853", f"{message}: {reason}", None, hint)
