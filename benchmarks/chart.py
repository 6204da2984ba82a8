"""The chart: a bar for each kind of work, as a part of Hugo's time, with the goals marked.

An SVG file that follows the reader's choice of a light or a dark page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from benchmarks.goals import Row
from benchmarks.report import ratio

_LEFT: Final = 250
_WIDTH: Final = 420
_RIGHT: Final = 70
_TOP: Final = 58
_STEP: Final = 26
_BAR: Final = 14
_GAP: Final = 30

_STYLE: Final = """\
text { font: 13px system-ui, sans-serif; fill: #1c2b33; }
.head { font-weight: 600; }
.small { font-size: 11px; fill: #52646e; }
.bar { fill: #1f7a8c; }
.axis { stroke: #9aa8af; }
.hugo { stroke: #c2410c; stroke-width: 1.5; }
.hugo-name { fill: #c2410c; }
.goal { stroke: #1c2b33; stroke-width: 2; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf0; }
.small { fill: #a9b8c0; }
.bar { fill: #4fb3c8; }
.axis { stroke: #5d6c74; }
.hugo { stroke: #fb923c; }
.hugo-name { fill: #fb923c; }
.goal { stroke: #f5f8f9; }
}"""


def chart(rows: Sequence[Row]) -> str:
    """Rows without a ratio are left out."""
    shown = [row for row in rows if row.ratio is not None]
    end = max([1.0, *(row.ratio or 0.0 for row in shown)])
    scale = _WIDTH / end
    places = list(_places(shown))
    bottom = (places[-1] if places else _TOP) + _STEP
    height = bottom + 14
    width = _LEFT + _WIDTH + _RIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>Build times of ssg as parts of Hugo's</title>",
        f"<style>\n{_STYLE}\n</style>",
        _text(16, 22, "Time of ssg as a part of Hugo's; shorter is better", "head"),
        _text(16, 40, "A short upright line marks the goal.", "small"),
        _line(_LEFT, _TOP - 8, bottom, "axis"),
        _line(_LEFT + scale, _TOP - 8, bottom, "hugo"),
        _text(_LEFT + scale, _TOP - 14, "Hugo = 1", "small hugo-name", "middle"),
    ]
    size = 0
    for row, place in zip(shown, places, strict=True):
        if row.articles != size:
            size = row.articles
            parts.append(_text(16, place - _STEP + 16, f"{size:,} articles", "head"))
        parts.extend(_bar(row, place, scale))
    return "\n".join([*parts, "</svg>\n"])


def _places(rows: Sequence[Row]) -> Iterator[int]:
    """How far down each bar is: sizes are groups with a heading."""
    place, size = _TOP - _STEP, 0
    for row in rows:
        place += _STEP + (_GAP if row.articles != size else 0)
        size = row.articles
        yield place


def _bar(row: Row, place: int, scale: float) -> Iterator[str]:
    length = (row.ratio or 0.0) * scale
    yield _text(_LEFT - 10, place + 12, row.work.replace("`", ""), "", "end")
    yield (
        f'<rect class="bar" x="{_LEFT}" y="{place}" width="{max(length, 1):.1f}" height="{_BAR}">'
        f"<title>{escape(row.work.replace('`', ''))}: {ratio(row.ratio)}</title></rect>"
    )
    if row.goal is not None:
        yield _line(_LEFT + row.goal * scale, place - 4, place + _BAR + 4, "goal")
    after = max(length, (row.goal or 0.0) * scale)
    yield _text(_LEFT + after + 7, place + 12, ratio(row.ratio), "small")


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    at = f' x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"<text{named}{at}>{escape(text)}</text>"


def _line(x: float, top: float, bottom: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{bottom:.1f}"/>'
