"""Pictures of the sample site's pages, to be looked at: `python -m qa.shots`.

One of each kind of page at three widths in light and in dark, and as it is printed; and for
each kind a contact sheet of all these, put together by the browser itself.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from qa.browser import LOOK, browser
from qa.sample import PAGES, REPOSITORY, Sample, make_sample, served, themes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS: Final = (390, 820, 1440)

# The text of an A4 sheet within margins of 18 mm.
_PAPER: Final = 658
_HEIGHT: Final = 1000
# A sheet shows the pages at half their size, and no more of each than this.
_SHOWN: Final = 1700

_SHEET: Final = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ margin: 24px; background: #777; color: #fff; font: 15px/1.4 sans-serif;
  inline-size: max-content }}
h1 {{ margin: 0; font-size: 22px }}
.row {{ display: flex; gap: 24px; align-items: start; margin-block-start: 20px }}
figure {{ margin: 0 }}
div.cut {{ max-block-size: {shown}px; overflow: hidden; box-shadow: 0 0 12px #0008 }}
img {{ display: block }}
</style>
<h1>{title}</h1>
{rows}
"""


def main() -> None:
    """Takes the pictures that are asked for, of all themes and kinds if none are named."""
    parser = argparse.ArgumentParser(description="Pictures of the sample site's pages.")
    parser.add_argument("--theme", action="append", choices=themes())
    parser.add_argument("--page", action="append", choices=tuple(PAGES))
    parser.add_argument("--output", type=Path, default=REPOSITORY / "shots")
    parser.add_argument("--browser", default=shutil.which("chromium"), help="path of a Chromium")
    asked = parser.parse_args()
    if asked.browser is None:
        parser.error("no chromium here; name one with --browser")
    with TemporaryDirectory() as folder, browser(Path(asked.browser)) as chromium:
        for theme in asked.theme or themes():
            sample = make_sample(Path(folder) / theme, theme)
            for sheet in shoot(sample, asked.page or PAGES, asked.output / theme, chromium):
                print(sheet)


def shoot(sample: Sample, pages: Iterable[str], folder: Path, chromium: Browser) -> Iterator[Path]:
    """Takes the pictures of these pages. Gives the path of every contact sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    tab = chromium.new_page(reduced_motion="reduce")
    tab.add_init_script(path=LOOK)
    with served(sample.output) as host:
        for name in pages:
            # Twice: a first visit may do without a face that comes late.
            for _ in range(2):
                tab.goto(host + sample.url(name))
                tab.evaluate("look.settled()")
            rows = [
                [_picture(tab, folder, name, scheme, width) for width in WIDTHS]
                for scheme in ("light", "dark")
            ]
            rows[0].append(_picture(tab, folder, name, "print", _PAPER))
            yield _sheet(tab, folder, f"{sample.theme}: {name}", name, rows)
    tab.close()


def _picture(tab: Page, folder: Path, name: str, look: str, width: int) -> tuple[Path, int]:
    """A picture of a whole page, and its width."""
    path = folder / f"{name}-{width}-{look}.png"
    tab.emulate_media(
        media="print" if look == "print" else "screen",
        color_scheme="dark" if look == "dark" else "light",
    )
    tab.set_viewport_size({"width": width, "height": _HEIGHT})
    # Down and up again: pictures further down come when they are near.
    tab.evaluate("look.scrolled()")
    tab.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    tab.screenshot(path=path, full_page=True)
    return path, width


def _sheet(
    tab: Page, folder: Path, title: str, name: str, rows: list[list[tuple[Path, int]]]
) -> Path:
    """The contact sheet of a page's pictures."""
    shown = "\n".join(f'<div class="row">{"".join(map(_thumbnail, row))}</div>' for row in rows)
    source = folder / "sheet.html"
    source.write_text(
        _SHEET.format(title=escape(title), rows=shown, shown=_SHOWN), encoding="utf-8"
    )
    tab.emulate_media(media="screen", color_scheme="light")
    tab.goto(source.as_uri())
    room = tab.evaluate("document.body.scrollWidth + 48")
    tab.set_viewport_size({"width": room, "height": _HEIGHT})
    path = folder / f"{name}.png"
    tab.screenshot(path=path, full_page=True)
    source.unlink()
    return path


def _thumbnail(picture: tuple[Path, int]) -> str:
    path, width = picture
    image = f'<img src="{escape(path.name)}" width="{width // 2}" alt="">'
    caption = f"{path.stem.rsplit('-', 1)[1]}, {width} px"
    return f'<figure><figcaption>{caption}</figcaption><div class="cut">{image}</div></figure>'


if __name__ == "__main__":
    main()
