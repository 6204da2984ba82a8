"""The rules in the order they are asked: each sees what those before it claimed.

Furniture goes first, so that it hides nothing; then whoever is named with a label; then
biographies, which need the bylines; what stands under the last paragraph needs those out
of the way; names without a label need them as vouchers; the headline is what is left at
the top. A new rule is a function in a module here and a line below.
"""

from __future__ import annotations

from typing import Final

from ssg.ingest.claims import Rule
from ssg.ingest.rules.bios import biographies
from ssg.ingest.rules.bylines import bare_names, head_lines, tail_dates
from ssg.ingest.rules.furniture import furniture, share_bars, tail_furniture
from ssg.ingest.rules.headline import headline, repeated, standfirst
from ssg.ingest.rules.sources import desk_credits, source_lines, syndication, wire_tags

RULES: Final[tuple[Rule, ...]] = (
    furniture,
    share_bars,
    tail_furniture,
    syndication,
    head_lines,
    desk_credits,
    biographies,
    tail_furniture,
    source_lines,
    tail_dates,
    bare_names,
    headline,
    repeated,
    standfirst,
    wire_tags,
)
