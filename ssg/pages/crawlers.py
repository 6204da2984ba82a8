"""Crawlers that feed machines that learn: their names in robots.txt, and what each is for.

The names are those that the operators document; the list was looked through on the day in
`AS_OF`, against the list of the ai.robots.txt project. A name stands here once it is known to
be used; one that is left out is treated like any other crawler.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from ssg.config.discovery import AiPolicy

#: `training` collects texts to learn from, `search` finds pages that an answer names, `user`
#: fetches a page that somebody asks about.
Purpose = Literal["training", "search", "user"]

AS_OF: Final = date(2026, 11, 28)

AGENTS: Final[Mapping[str, Purpose]] = {
    "AI2Bot": "training",
    "Amazonbot": "training",
    "anthropic-ai": "training",
    "Applebot-Extended": "training",
    "Bytespider": "training",
    "CCBot": "training",
    "ChatGPT-User": "user",
    "Claude-SearchBot": "search",
    "Claude-User": "user",
    "ClaudeBot": "training",
    "cohere-ai": "training",
    "cohere-training-data-crawler": "training",
    "Diffbot": "training",
    "DuckAssistBot": "search",
    "FacebookBot": "training",
    "Google-CloudVertexBot": "training",
    "Google-Extended": "training",
    "GPTBot": "training",
    "ImagesiftBot": "training",
    "meta-externalagent": "training",
    "meta-externalfetcher": "user",
    "MistralAI-User": "user",
    "OAI-SearchBot": "search",
    "omgili": "training",
    "PanguBot": "training",
    "Perplexity-User": "user",
    "PerplexityBot": "search",
    "PetalBot": "training",
    "Timpibot": "training",
    "YouBot": "search",
}

_SHUT_OUT: Final[Mapping[AiPolicy, frozenset[Purpose]]] = {
    "allow": frozenset(),
    "search-only": frozenset({"training"}),
    "block": frozenset({"training", "search", "user"}),
}


def shut_out(policy: AiPolicy) -> tuple[str, ...]:
    """The crawlers that a policy keeps out, in the order of their names."""
    purposes = _SHUT_OUT[policy]
    return tuple(name for name, purpose in AGENTS.items() if purpose in purposes)
