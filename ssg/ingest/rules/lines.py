"""What rules on lines beside an article share: how long such lines are, and what edges them."""

from __future__ import annotations

import re
from typing import Final

#: No line of furniture is longer, and no form is tried on more characters.
LONGEST: Final = 420
#: A line of credits; the longest measured one named five people.
LONGEST_CREDITS: Final = 220
#: So many lines may belong to a label above them.
MOST_BELOW: Final = 30
MOST_WORDS_OF_A_HEADING: Final = 4
MOST_WORDS_OF_AN_OUTLET: Final = 6

#: What stands before the words of a line of furniture, and around those of credits.
MARKS: Final = (
    " \t\u00a0[(\u3010\uff08*_>\u00bb\u203a\u25b6\u25ba\u2192\u2022\u25a0\u25cf"
    "\uff1c\u3008\u25c6\u25bc\u2014\u2013-"
)
EDGES: Final = " \t\u00a0\u3000|/,;\u2022\u00b7\u2013\u2014-()\uff08\uff09[]"

ENDS_QUIETLY: Final = re.compile(r"[^.!?\u2026:;,\u3002\uff01\uff1f\u061f\u0964\u060c]$")
FIGURES: Final = re.compile(r"\d")

#: How sure a name without a label is beside a date, and what nobody can tell.
BESIDE_A_DATE: Final = 0.7
UNSURE: Final = 0.4
