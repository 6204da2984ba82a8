"""Answers as a web host gives them: type, length, ETag, parts of a file, nothing for HEAD."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from ssg.build.types import type_of
from ssg.serve.files import Found

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

_CHUNK: Final = 256 * 1024
_OK, _PART, _UNCHANGED, _NO_SUCH_PART = 200, 206, 304, 416

#: What every answer says: ask again each time, and take no file for what it is not.
ALWAYS: Final = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}

# More than one part at a time may be answered with the whole file, and is.
_RANGE: Final = re.compile(r"\s*bytes\s*=\s*([0-9]{0,18})\s*-\s*([0-9]{0,18})\s*", re.IGNORECASE)


def is_html(output: str) -> bool:
    """Whether an output is a page."""
    return type_of(output).startswith("text/html")


def answer(request: Request, found: Found, kind: str, status: int = _OK) -> Response:
    """The answer that brings a file, or the part of it that was asked for; it closes the file."""
    etag = f'"{found.mark}"'
    headers = {**ALWAYS, "ETag": etag, "Accept-Ranges": "bytes"}
    if status == _OK and _has(request.headers.get("if-none-match"), etag):
        found.handle.close()
        return Response(None, _UNCHANGED, headers)
    headers["Content-Type"] = kind
    part = _asked_part(request, found.size, etag) if status == _OK else None
    if part is None:
        return _Bytes(found, range(found.size), status, headers)
    if not part:
        found.handle.close()
        return Response(None, _NO_SUCH_PART, {**ALWAYS, "Content-Range": f"bytes */{found.size}"})
    headers["Content-Range"] = f"bytes {part[0]}-{part[-1]}/{found.size}"
    return _Bytes(found, part, _PART, headers)


def _has(known: str | None, etag: str) -> bool:
    """Whether the browser has these bytes. Marks are compared weakly (RFC 9110, 13.1.2)."""
    if known is None:
        return False
    tags = (tag.strip().removeprefix("W/") for tag in known.split(","))
    return known.strip() == "*" or etag in tags


def _asked_part(request: Request, size: int, etag: str) -> range | None:
    """The places of the bytes that were asked for; None: all; empty: there are none such."""
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if request.method != "GET" or not match or match[1] == match[2] == "":
        return None
    if request.headers.get("if-range", etag) != etag:
        return None
    first, last = match[1], match[2]
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last or size) + 1, size))


class _Bytes(Response):
    """Sends places of an open file and closes it, also when nobody listens any more."""

    def __init__(self, found: Found, part: range, status: int, headers: dict[str, str]) -> None:
        self.found = found
        self.part = part
        self.status_code = status
        self.background = None
        self.init_headers({**headers, "Content-Length": str(len(part))})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.requests import Request

        asked = Request(scope, receive)
        left = 0 if scope["method"] == "HEAD" else len(self.part)
        start = {"status": self.status_code, "headers": self.raw_headers}
        with self.found.handle as handle:
            await send({"type": "http.response.start", **start})
            handle.seek(self.part.start)
            while left > _CHUNK:
                left -= _CHUNK
                body = handle.read(_CHUNK)
                await send({"type": "http.response.body", "body": body, "more_body": True})
                if await asked.is_disconnected():
                    return
            await send({"type": "http.response.body", "body": handle.read(left)})
