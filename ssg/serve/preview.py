"""The preview: what is in the output folder, as a web host would send it, kept up to date.

It listens on loopback unless asked otherwise. Nothing of what it adds to its answers is
ever in the output folder.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ssg.build.manifest import Banner
from ssg.build.types import type_of
from ssg.serve.added import SCRIPT
from ssg.serve.answers import ALWAYS, answer, is_html
from ssg.serve.board import Board
from ssg.serve.events import Events
from ssg.serve.files import find_file, found_bytes, safe_path
from ssg.serve.names import KnownNames, shown_host
from ssg.serve.redirects import redirect_for
from ssg.serve.server import Running, start
from ssg.serve.site import Site, wanted_output

if TYPE_CHECKING:
    from starlette.requests import Request

_ASSETS: Final = Path(__file__).parent / "assets"
_MOVED: Final = 301
_OK, _NOT_FOUND = 200, 404

# The output of addresses that no site can have a page for.
_NOWHERE: Final = ""


def _nothing_held() -> Mapping[str, Banner]:
    """No page that readers do not see."""
    return {}


@dataclass(frozen=True, slots=True)
class Preview:
    """A folder, and the base path of the site's URLs under which it is shown.

    `held` gives the pages that readers do not see, with the reason; `extra_routes` are
    further pages of the preview itself, under `/_ssg/`.
    """

    folder: Path
    base_path: str
    board: Board = field(default_factory=Board)
    extra_routes: Sequence[BaseRoute] = ()
    held: Callable[[], Mapping[str, Banner]] = _nothing_held

    def app(self, names: Sequence[str] = ()) -> Starlette:
        """The application; it answers to loopback's names and the given ones."""
        return self._app(names, Events(self._site()))

    def start(self, listening: socket.socket, host: str) -> Running:
        """Serves in a thread of its own; the first page can be fetched when this returns."""
        events = Events(self._site())
        port = listening.getsockname()[1]
        address = f"http://{shown_host(host)}:{port}{self.base_path}"
        return start(self._app((host,), events), listening, address, events.end)

    def _site(self) -> Site:
        return Site(self.folder, self.base_path, self.board, self.held)

    def _app(self, names: Sequence[str], events: Events) -> Starlette:
        routes = [
            Route(SCRIPT, _script, methods=["GET"]),
            Route("/_ssg/events", events.answer, methods=["GET"]),
            *self.extra_routes,
            Route("/{path:path}", _Pages(events.site).answer, methods=["GET"]),
        ]
        return Starlette(routes=routes, middleware=[Middleware(KnownNames, names=names)])


async def _script(request: Request) -> Response:
    found = find_file(_ASSETS, "live.js") or found_bytes(b"")
    return answer(request, found, type_of("live.js"))


@dataclass(frozen=True, slots=True)
class _Pages:
    """What is sent for the addresses of the site."""

    site: Site

    async def answer(self, request: Request) -> Response:
        url_path: str = request.scope["path"]
        path = self.site.below(url_path)
        if path is None:
            return self._outside(request, url_path)
        safe = safe_path(path)
        if safe is None:
            return self._page(request, _NOWHERE)
        return self._at(request, safe) or self._elsewhere(request, safe)

    def _at(self, request: Request, path: str) -> Response | None:
        """A file, the index of a folder, or the way from a folder's name to the folder."""
        output = wanted_output(path) if path.endswith("/") or not path else path
        if is_html(output) and self.site.has(output):
            return self._page(request, output)
        found = None if is_html(output) else self.site.find(output)
        if found:
            return answer(request, found, type_of(output))
        if output == path and self.site.has(f"{path}/index.html"):
            return _redirect(request, self.site.base_path + quote(f"{path}/"))
        return None

    def _elsewhere(self, request: Request, path: str) -> Response:
        """Where the site says that the page is now, else its page for what is not there."""
        rules = self.site.find("_redirects")
        if rules:
            with rules.handle as handle:
                text = handle.read().decode("utf-8", "replace")
            target = redirect_for(text, request.scope["path"])
            if target:
                return RedirectResponse(target[0], target[1], headers=ALWAYS)
        return self._page(request, wanted_output(path))

    def _outside(self, request: Request, url_path: str) -> Response:
        """The root leads to the base path, and so does that without its slash."""
        if url_path in {"/", unquote(self.site.base_path).rstrip("/")}:
            return _redirect(request, self.site.base_path)
        return self._page(request, _NOWHERE)

    def _page(self, request: Request, output: str) -> Response:
        shown = self.site.page(output)
        status = _NOT_FOUND if shown.is_missing else _OK
        return answer(request, found_bytes(shown.html), type_of("x.html"), status)


def _redirect(request: Request, path: str) -> Response:
    query = request.url.query
    return RedirectResponse(f"{path}?{query}" if query else path, _MOVED, headers=ALWAYS)
