"""The rules in the order they are asked: each sees what those before it claimed.

Furniture goes first, so that it hides nothing; then whoever is named with a label; then
biographies, which need the bylines; what stands under the last paragraph needs those out
of the way; names without a label need them as vouchers; the headline is what is left at
the top. Rules of the tail are asked again once something below was taken: what stood above it
is then the last of the page. A new rule is a function in a module here and a line below.
"""

from __future__ import annotations

from typing import Final

from ssg.ingest.claims import Rule
from ssg.ingest.rules.appeals import addresses, amid_furniture, appeals
from ssg.ingest.rules.bios import biographies
from ssg.ingest.rules.captions import captions
from ssg.ingest.rules.credits import below_lives, head_lines, tail_lines
from ssg.ingest.rules.furniture import (
    after_the_end,
    comments,
    furniture,
    share_bars,
    shouted_tags,
    tags,
    tail_furniture,
)
from ssg.ingest.rules.head import amid_credits, wires
from ssg.ingest.rules.headline import headline, repeated, standfirst
from ssg.ingest.rules.letters import contacts, letters
from ssg.ingest.rules.menus import menus
from ssg.ingest.rules.read_also import bare_teasers, pointers, read_also
from ssg.ingest.rules.signatures import again, bare_names, signatures
from ssg.ingest.rules.sources import (
    contributed,
    lone_address,
    shared_bylines,
    sign_offs,
    syndication,
    wire_tags,
)

RULES: Final[tuple[Rule, ...]] = (
    letters,
    contacts,
    furniture,
    share_bars,
    appeals,
    addresses,
    menus,
    captions,
    read_also,
    pointers,
    comments,
    syndication,
    sign_offs,
    tags,
    tail_furniture,
    head_lines,
    contributed,
    tail_lines,
    biographies,
    below_lives,
    sign_offs,
    tags,
    tail_furniture,
    tail_lines,
    bare_teasers,
    shouted_tags,
    tail_lines,
    wires,
    bare_names,
    amid_furniture,
    biographies,
    amid_furniture,
    after_the_end,
    again,
    amid_credits,
    bare_teasers,
    shared_bylines,
    lone_address,
    headline,
    signatures,
    repeated,
    standfirst,
    wire_tags,
)
