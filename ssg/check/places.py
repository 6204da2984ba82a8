"""Places: where something that stands in finished pages was written by somebody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ssg.check.material import Outputs
from ssg.config import PATH as CONFIG
from ssg.faults import Place, place_at


def place_written(
    forms: Sequence[str], pages: Sequence[str], outputs: Outputs, texts: Mapping[str, str]
) -> Place:
    """Where one of these forms of an address stands in what these pages were made of.

    What stands on pages of several files is likely to come from the settings. Where it is in
    neither, a theme has made it: then the first page is the place.
    """
    origins = dict.fromkeys(outputs.origins[page] for page in pages if page in outputs.origins)
    for path in (CONFIG, *origins) if len(origins) > 1 else (*origins, CONFIG):
        text = texts.get(path, "")
        for form in forms:
            if match := re.search(rf"(?<![\w/]){re.escape(form)}(?![\w/])", text):
                return place_at(path, text, match.start(), len(form))
    return Place(outputs.origins.get(pages[0], pages[0]))
