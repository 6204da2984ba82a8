"""What it costs to render the sample site's articles with each theme: `python -m qa.render_cost`.

Files are read, Markdown is converted and templates are compiled before the clock runs: what
is left is the templates' work, and making bytes and a digest of the page. `light` is a theme
of few parts, such as generators are measured with; the floor is a function that writes such a
page with plain Python strings.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from html import escape
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any, Final

from qa.sample import NOW, REPOSITORY, copy_site, themes
from ssg.build import Order
from ssg.build.render import Job, render
from ssg.build.wanted import Wanted, wanted_now
from ssg.content import body_text
from ssg.digest import digest_bytes
from ssg.faults import Fault
from ssg.model import Html, Page
from ssg.pages import embed, prose_in

_ROUNDS: Final = 50


def main() -> None:
    """Prints microseconds a page, and ratios to the theme `light` and to the floor."""
    with TemporaryDirectory() as folder:
        names = (*themes(), "light")
        work = {theme: prepared(Path(folder) / theme, theme) for theme in names}
        work["floor"] = floor(Path(folder) / "base")
    # In turns, so that a slow moment of the machine meets all of them.
    rounds = [{name: seconds(pages) for name, pages in work.items()} for _ in range(_ROUNDS)]
    best = {name: min(taken[name] for taken in rounds) for name in work}
    print(f"{len(work['base'])} articles, the fastest of {_ROUNDS} rounds")
    for name, found in best.items():
        print(
            f"{name:<12} {1e6 * found:8.1f} µs a page"
            f"  {found / best['light']:6.2f} of light  {found / best['floor']:6.2f} of the floor"
        )


def prepared(folder: Path, theme: str) -> list[Callable[[], object]]:
    """What renders each article; a theme that cannot ends the program."""
    copy_site(folder, theme)
    if theme == "light":
        copytree(REPOSITORY / "benchmarks/light", folder / "themes/light")
    wanted = planned(folder)
    work: list[Callable[[], object]] = []
    for page in articles(wanted):
        texts = {prose.digest: _body(folder / prose.path) for prose in prose_in(page.view)}
        job = Job(page, texts)
        first = render(job, wanted.press)
        if isinstance(first, Fault):
            sys.exit(f"{theme}: {first.message}")
        work.append(partial(render, job, wanted.press))
    return work


def floor(folder: Path) -> list[Callable[[], object]]:
    """What writes each article without a theme."""
    wanted = planned(folder)
    views = [
        embed(page.view, lambda prose: Html(_body(folder / prose.path)), wanted.press.site)
        for page in articles(wanted)
    ]
    return [partial(plain, view) for view in views]


def planned(folder: Path) -> Wanted:
    """The outputs of a site."""
    return wanted_now(Order(site=folder, now=datetime.fromisoformat(NOW)))


def articles(wanted: Wanted) -> list[Page]:
    """The pages of articles among them."""
    pages = (output for output in wanted.outputs if isinstance(output, Page))
    return [page for page in pages if page.template == "article.html"]


def _body(path: Path) -> str:
    text = body_text(path.name, path.read_bytes())
    if not isinstance(text, str):
        sys.exit(f"{path}: {text.message}")
    return text


def seconds(work: Sequence[Callable[[], object]]) -> float:
    """The processor's seconds that one of these takes."""
    begun = time.process_time()
    for each in work:
        each()
    return (time.process_time() - begun) / len(work)


def plain(view: Any) -> tuple[bytes, str]:
    """An article page of the same words, and its digest."""
    text = "".join(
        (
            f'<!doctype html>\n<html lang="{view.lang}">\n<head>\n{view.head}\n</head>\n<body>\n',
            f"<h1>{escape(view.title)}</h1>\n<p>{escape(view.standfirst or '')}</p>\n",
            f'<time datetime="{view.published}">{view.published}</time>\n',
            *(
                f'<a href="{escape(author.url or "")}">{escape(author.name)}</a>\n'
                for author in view.authors
            ),
            f"{view.body}\n<ul>\n",
            *(
                f'<li><a href="{escape(source.url or "")}">{escape(source.name)}</a></li>\n'
                for source in view.sources
            ),
            *(
                f'<li><a href="{escape(tag.url)}">{escape(tag.name)}</a></li>\n'
                for tag in view.tags
            ),
            "</ul>\n</body>\n</html>\n",
        )
    )
    data = text.encode()
    return data, digest_bytes(data)


if __name__ == "__main__":
    main()
