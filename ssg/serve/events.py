"""Server-sent events: each open page is told when what it shows has changed.

`reload`: the page shows something else. `styles`: only its stylesheets differ. Both carry
the version that is there now. `faults`: what to show over the page, as JSON. `clear`: nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import PlainTextResponse, Response

from ssg.serve.names import is_same_origin
from ssg.serve.shown import Version, read_version
from ssg.serve.site import Site
from ssg.serve.told import faults_told

if TYPE_CHECKING:
    from starlette.requests import Request

_PING_SECONDS: Final = 15


@dataclass(slots=True)
class Events:
    """The streams of one server."""

    site: Site
    open: set[asyncio.Event] = field(default_factory=set)
    has_ended: bool = False

    async def answer(self, request: Request) -> Response:
        """Begins a stream for `output`, of which the tab has the version `seen`."""
        if not is_same_origin(request.headers):
            return PlainTextResponse("Only pages of the preview may listen.\n", 403)
        output = request.query_params.get("output", "")
        seen = read_version(request.query_params.get("seen", ""))
        return EventSourceResponse(self._messages(output, seen), ping=_PING_SECONDS)

    def end(self) -> None:
        """Ends all streams, in the thread of the server: it waits for none of them."""
        self.has_ended = True
        for changed in self.open:
            changed.set()

    async def _messages(self, output: str, seen: Version | None) -> AsyncIterator[ServerSentEvent]:
        changed = asyncio.Event()
        loop = asyncio.get_running_loop()

        def wake() -> None:
            with suppress(RuntimeError):  # the server has ended in between
                loop.call_soon_threadsafe(changed.set)

        told: str | None = ""
        self.open.add(changed)
        try:
            with self.site.board.reading(output, wake):
                while not self.has_ended:
                    shown = self.site.page(output)
                    faults = faults_told(self.site.board, output, is_missing=shown.is_missing)
                    if seen and seen != shown.version:
                        yield _change(seen, shown.version)
                    seen = shown.version
                    if faults != told:
                        yield ServerSentEvent(faults or "", event="faults" if faults else "clear")
                    told = faults
                    await changed.wait()
                    changed.clear()
        finally:
            self.open.discard(changed)


def _change(seen: Version, now: Version) -> ServerSentEvent:
    return ServerSentEvent(str(now), event="styles" if seen.page == now.page else "reload")
