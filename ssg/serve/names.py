"""Who may ask: the names the preview answers to, and pages of its own origin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_OWN: Final = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE: Final = frozenset({"0.0.0.0", "[::]"})  # noqa: S104 - compared with, not bound

_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(?::[0-9]{1,5})?")


def shown_host(host: str) -> str:
    """A host as it stands in a URL: an address of version 6 in brackets."""
    return f"[{host}]" if ":" in host else host


class KnownNames:
    """Refuses requests that name another host.

    A page elsewhere could have its own name resolve to this machine and so read the preview
    as if it were its own (DNS rebinding). An address cannot be made to resolve elsewhere:
    where the preview listens on all of them, each is a name of it.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = ()) -> None:
        asked = frozenset(shown_host(name.lower()) for name in names)
        self.app = app
        self.names = asked.union(_OWN)
        self.any_address = not asked.isdisjoint(_EVERYWHERE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._knows(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, send)
            return
        told = "The preview does not answer to this name. Open it under the address it printed.\n"
        await PlainTextResponse(told, 400)(scope, receive, send)

    def _knows(self, header: str) -> bool:
        match = _HOST.fullmatch(header)
        if not match:
            return False
        name = match[1].lower()
        return name in self.names or (self.any_address and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def is_same_origin(headers: Headers) -> bool:
    """Whether a page of the preview asks, or nobody's page. Browsers send both headers."""
    if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host")
