"""The sample site of this repository: made with one theme, and served as a strict host would.

Every page is one of a few kinds, told apart by its address; a kind is looked at on the page
of the site that holds most.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any, Final

REPOSITORY: Final = Path(__file__).resolve().parent.parent

#: The instant the site is made for.
NOW: Final = "2026-11-24T08:00:00+00:00"

#: What a host may answer that has no `_headers`.
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "script-src 'self'; base-uri 'none'; form-action 'none'"
)

# Of a build that failed, what is wrong is said at once; the rest says it of every page.
_LINES: Final = 12

#: Where the pages of each kind lie, the first that fits. A kind begins with its template.
_PLACES: Final = {
    "home": r"index\.html",
    "404": r"404\.html",
    "list": r"(.+/)?page/\d+/index\.html",
    "article": r"\d{4}/\d\d/[^/]+/index\.html",
    "month": r"\d{4}/\d\d/index\.html",
    "year": r"\d{4}/index\.html",
    "terms-authors": r"authors/index\.html",
    "terms-sections": r"sections/index\.html",
    "terms-sources": r"sources/index\.html",
    "terms-tags": r"tags/index\.html",
    "author": r"authors/[^/]+/index\.html",
    "section": r"sections/[^/]+/index\.html",
    "source": r"sources/[^/]+/index\.html",
    "tag": r"tags/[^/]+/index\.html",
    "series": r"series/[^/]+/index\.html",
    "corrections": r"corrections/index\.html",
    "page": r"[^/]+/index\.html",
}

#: The pages that are looked at, by the kind they are of and what the chosen one must have.
PAGES: Final[Mapping[str, tuple[str, re.Pattern[str]]]] = {
    **{kind: (kind, re.compile("")) for kind in _PLACES},
    "article": ("article", re.compile(r'<article[^>]* lang="en.*<figure', re.DOTALL)),
    "article-plain": ("article", re.compile(r'\A(?!.*<img ).*<article[^>]* lang="en', re.DOTALL)),
    "article-corrected": ("article", re.compile(r'id="story-corrections"')),
    "article-retracted": ("article", re.compile(r'class="retraction"[^>]*><strong')),
    "article-lapsed": ("article", re.compile(r'class="retraction lapse"')),
    "gone": ("article", re.compile(r'<body class="page-gone">')),
    "article-spanish": ("article", re.compile(r'<article[^>]* lang="es')),
    "article-arabic": ("article", re.compile(r'<article[^>]* lang="ar')),
}


@dataclass(frozen=True)
class Sample:
    """The site made with one theme."""

    theme: str
    output: Path

    @cached_property
    def html(self) -> Mapping[str, str]:
        """Every page by its path, without those that only lead on to another."""
        files = sorted(self.output.rglob("*.html"))
        texts = {path.relative_to(self.output).as_posix(): path.read_text() for path in files}
        return {path: text for path, text in texts.items() if 'http-equiv="refresh"' not in text}

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Of which kind every page is, by its path."""
        return {path: _kind(path) for path in self.html}

    @cached_property
    def articles(self) -> Mapping[str, str]:
        """The articles, by their paths."""
        return {path: text for path, text in self.html.items() if self.kinds[path] == "article"}

    def url(self, page: str) -> str:
        """The address of one of `PAGES`: of that kind the page that holds most."""
        kind, pattern = PAGES[page]
        if page == "404":
            return "/nothing/is/here/"
        fitting = [
            path
            for path, text in self.html.items()
            if self.kinds[path] == kind and pattern.search(text)
        ]
        if not fitting:
            raise LookupError(f"the sample site has no page of the kind {page}")
        return "/" + max(fitting, key=lambda path: len(self.html[path])).removesuffix("index.html")


def _kind(path: str) -> str:
    return next((kind for kind, place in _PLACES.items() if re.fullmatch(place, path)), "")


def themes() -> tuple[str, ...]:
    """The themes that come with the program, `base` first."""
    found = {path.parent.name for path in (REPOSITORY / "themes").glob("*/theme.toml")}
    return ("base", *sorted(found - {"base"}))


def copy_site(folder: Path, theme: str) -> None:
    """Copies what the sample site is made from into a folder, for it to have that theme."""
    hidden = ignore_patterns(".*")
    copytree(REPOSITORY / "content", folder / "content", ignore=hidden, dirs_exist_ok=True)
    config = (REPOSITORY / "config.toml").read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^theme = .*$", f'theme = "{theme}"', config)
    (folder / "config.toml").write_text(changed, encoding="utf-8")


def make_sample(folder: Path, theme: str) -> Sample:
    """Makes the sample site in a new folder. Raises `RuntimeError` when it cannot be made."""
    copy_site(folder, theme)
    command = [sys.executable, "-m", "ssg", "build", "--site", str(folder), "--now", NOW]
    path = os.pathsep.join(filter(None, (str(REPOSITORY), os.environ.get("PYTHONPATH"))))
    made = subprocess.run(
        command,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    if made.returncode:
        said = "\n".join(made.stdout.splitlines()[:_LINES])
        raise RuntimeError(f"the sample site was not built with {theme}:\n{said}")
    return Sample(theme, folder / "output")


def policy_of(folder: Path) -> str:
    """The policy that a site's `_headers` have hosts send; for other folders a strict one."""
    file = folder / "_headers"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    said = re.search(r"^  Content-Security-Policy: (.+)$", text, re.MULTILINE)
    return said[1] if said else POLICY


class _Handler(SimpleHTTPRequestHandler):
    """Files of a folder under the strict policy, and its 404.html for what is not there."""

    protocol_version = "HTTP/1.1"
    extensions_map: Final = {  # type: ignore[misc] # an instance's own would do as well
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".woff2": "font/woff2",
        ".webp": "image/webp",
        ".avif": "image/avif",
    }

    def __init__(self, *args: Any, delay: float, policy: str, directory: str) -> None:
        self._delay = delay
        self._policy = policy
        super().__init__(*args, directory=directory)

    def do_GET(self) -> None:
        if (
            self._delay
            and self.path.startswith(("/assets/", "/media/"))
            and ".css" not in self.path
        ):
            time.sleep(self._delay)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self._policy)
        self.send_header("Cache-Control", "no-store" if self._delay else "max-age=60")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


class _Server(ThreadingHTTPServer):
    """A browser that hangs up is no failure."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def served(folder: Path, *, delay: float = 0) -> Iterator[str]:
    """The address of a host of that folder. `delay` seconds pass before all but text comes."""
    handler = partial(_Handler, delay=delay, policy=policy_of(folder), directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
