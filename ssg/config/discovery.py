"""How a site is found, indexed and sent: what crawlers may do, and what hosts answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

AiPolicy = Literal["allow", "search-only", "block"]


@dataclass(frozen=True, slots=True)
class Crawlers:
    """`[crawlers]`: what machines that learn may take. `tdm_policy` is where the terms of text and
    data mining stand, for a site that reserves them (TDM Reservation Protocol).
    """

    ai: AiPolicy = "allow"
    tdm_reserved: bool = False
    tdm_policy: str | None = None


@dataclass(frozen=True, slots=True)
class Headers:
    """`[headers]`: what hosts that read `_headers` send along. `csp` None: what the bundled
    themes need; empty: no policy. `pages` and `media` are for how many
    seconds a reader's browser may keep these without asking; `all` goes with every answer.
    """

    enabled: bool = True
    csp: str | None = None
    pages: int = 0
    media: int = 86_400
    all: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """`[[redirects]]`: a path of the site that leads elsewhere, and the status that says so."""

    old: str
    new: str
    status: int = 301
