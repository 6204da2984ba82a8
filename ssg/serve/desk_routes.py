"""The desk's pages over HTTP: never kept by a browser, and no script in them but our own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from ssg.serve.desk_page import ASSETS, Frame, desk_page, receipt_page
from ssg.serve.outcome import Outcome
from ssg.serve.waiting import Stock, evidence_of, what_waits

if TYPE_CHECKING:
    from starlette.requests import Request

#: Where the desk's pages lie. They are no part of the site, so its base path is not before it.
PREFIX: Final = "/_ssg/"

# Raw texts are escaped; should that ever fail, what they hold is still not run.
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where the desk's pages take what they show, asked anew for every page.

    `output` is the folder that the preview shows; `stock` gives None while no build could
    read the articles.
    """

    site: Path
    output: Path
    outcomes: Callable[[], Sequence[Outcome]]
    stock: Callable[[], Stock | None]

    def routes(self, prefix: str = PREFIX) -> list[Route]:
        """The routes of the desk's pages, to stand before those of the site."""
        return [
            Route(prefix.rstrip("/"), lambda _: RedirectResponse(prefix)),
            Route(prefix, self._desk),
            Route(f"{prefix}desk.css", self._stylesheet),
            Route(f"{prefix}receipts/{{raw}}", self._receipt),
        ]

    # Plain functions: Starlette runs them in threads, and the reload goes on meanwhile.

    def _desk(self, _: Request) -> Response:
        stock = self.stock()
        waiting = what_waits(self.site, stock)
        frame = frame_of(stock, self.output)
        return HTMLResponse(desk_page(waiting, self.outcomes(), frame), headers=_HEADERS)

    def _receipt(self, request: Request) -> Response:
        stock = self.stock()
        evidence = evidence_of(self.site, request.path_params["raw"], stock)
        if evidence is None:
            return PlainTextResponse("No receipt has this name.", 404, headers=_HEADERS)
        page = receipt_page(evidence, frame_of(stock, self.output))
        return HTMLResponse(page, headers=_HEADERS)

    def _stylesheet(self, _: Request) -> Response:
        text = (ASSETS / "desk.css").read_text(encoding="utf-8")
        return Response(text, media_type="text/css", headers=_HEADERS)


def frame_of(stock: Stock | None, output: Path) -> Frame:
    """The frame of the site's own pages, as far as there are any."""
    if stock is None:
        return Frame(stylesheets=theme_stylesheets(output, "/"))
    config = stock.config
    return Frame(
        title=config.title,
        home=config.base_path,
        stylesheets=theme_stylesheets(output, config.base_path),
        zone=ZoneInfo(config.timezone),
    )


def theme_stylesheets(output: Path, home: str) -> tuple[str, ...]:
    """The addresses of the stylesheets that the front page names: what a browser gets is right."""
    try:
        page = (output / "index.html").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    links = _Links()
    links.feed(page.partition("</head>")[0])
    return tuple(urljoin(home, href) for href in links.stylesheets)


class _Links(HTMLParser):
    """The stylesheets for screens that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.stylesheets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kinds = given.get("rel", "").lower().split()
        if tag != "link" or "stylesheet" not in kinds or "alternate" in kinds:
            return
        if given.get("media", "").strip().lower() != "print" and given.get("href"):
            self.stylesheets.append(given["href"])
