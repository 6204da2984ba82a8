"""What is measured: cold builds, rebuilds, and the edits that come before them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from benchmarks.programs import Program

#: After the last story of the corpus, before `programs.NOW`.
_PUBLISHED: Final = datetime(2026, 1, 5, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Site:
    """A program's copy of the site; what is in the way goes to `trash`."""

    program: Program
    folder: Path
    trash: Path


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of build; `prepare` makes the change, given the number of the round.

    It says whether the site has what it changes: one without a theme has no template.
    """

    name: str
    prepare: Callable[[Site, int], bool]


def _cold(site: Site, _: int) -> bool:
    # Moved, not deleted: a file system is slow to make files where many were just deleted.
    for name in (site.program.output, *site.program.leftovers):
        path = site.folder / name
        if path.exists():
            site.trash.mkdir(parents=True, exist_ok=True)
            path.rename(site.trash / str(sum(1 for _ in site.trash.iterdir())))
    return True


def _cold_light(site: Site, round_: int) -> bool:
    return _wear(site, "light") and _cold(site, round_)


def _cold_broadsheet(site: Site, round_: int) -> bool:
    return _wear(site, "broadsheet") and _cold(site, round_)


def _nothing(_site: Site, _round: int) -> bool:
    return True


def _body(site: Site, round_: int) -> bool:
    append(middle(site), f"\nThis was added in round {round_}.\n")
    return True


def _title(site: Site, round_: int) -> bool:
    retitle(middle(site), f"A New Headline {round_}")
    return True


def _published(site: Site, round_: int) -> bool:
    newest = articles(site)[-1].read_text(encoding="utf-8")
    when = _PUBLISHED + timedelta(minutes=round_)
    text = _TITLE.sub(rf'\1"Published {round_}"', newest, count=1)
    text = _DATE.sub(rf"\g<1>{when:%Y-%m-%dT%H:%M:%SZ}", text, count=1)
    path = site.folder / f"content/articles/{when:%Y/%m}/published-{round_}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def _template(site: Site, round_: int) -> bool:
    found = sorted(site.folder.glob("themes/*/templates/layout.html"))
    for path in found[:1]:
        text = path.read_text(encoding="utf-8")
        edited = text.replace("</body>", f"<!-- round {round_} -->\n</body>")
        path.write_text(edited, encoding="utf-8")
    return bool(found)


def _stylesheet(site: Site, round_: int) -> bool:
    found = sorted(site.folder.glob("themes/*/assets/*.css"))
    for path in found[:1]:
        append(path, f"\n.round-{round_} {{ margin: 0; }}\n")
    return bool(found)


COLD: Final = Work("cold build", _cold)
REBUILD: Final = Work("any rebuild", _body)
PUBLISHED: Final = Work("one article published", _published)

#: Ours, in the order of a round: others build cold before the second, again after the fourth.
BROADSHEET: Final = Work("cold build with `broadsheet`", _cold_broadsheet)
OURS: Final = (
    Work(COLD.name, _cold_light),
    Work("nothing changed", _nothing),
    Work("one body edited", _body),
    Work("one title edited", _title),
    PUBLISHED,
    Work("base template edited", _template),
    Work("stylesheet edited", _stylesheet),
)

_TITLE: Final = re.compile(r"^(title: ).*$", re.MULTILINE)
_DATE: Final = re.compile(r"^(date: ).*$", re.MULTILINE)
_THEME: Final = re.compile(r'^theme = ".*"$', re.MULTILINE)


def _wear(site: Site, theme: str) -> bool:
    """Chooses a theme; not in a site that has none to go back to."""
    path = site.folder / "config.toml"
    text = path.read_text(encoding="utf-8")
    if 'theme = "' not in text or not (site.folder / "themes/light").is_dir():
        return theme == "light"
    path.write_text(_THEME.sub(f'theme = "{theme}"', text), encoding="utf-8")
    return True


def articles(site: Site) -> list[Path]:
    """The stories' files in the order of their dates, or nearly so."""
    place = "content/articles/*/*/*.md" if site.program.name == "ssg" else "content/**/*.md"
    found = site.folder.glob(place)
    return sorted(path for path in found if path.name != "_index.md")


def middle(site: Site) -> Path:
    """The file of the story in the middle of the archive."""
    found = articles(site)
    return found[len(found) // 2]


def retitle(path: Path, title: str) -> None:
    """Gives a story another title."""
    text = path.read_text(encoding="utf-8")
    path.write_text(_TITLE.sub(rf'\1"{title}"', text, count=1), encoding="utf-8")


def append(path: Path, text: str) -> None:
    """Writes more at the end of a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
