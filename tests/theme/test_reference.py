"""The page for theme authors says what the code says."""

from __future__ import annotations

from ssg.pages.views import TEMPLATES
from ssg.theme.filters import FILTERS
from tests.theme.reference import PAGE, page


def test_the_page_for_theme_authors_is_up_to_date() -> None:
    """Where this fails: `python -m tests.theme.reference`, and read what changed."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_names_everything() -> None:
    """Every template, every filter, every field of every view."""
    text = PAGE.read_text(encoding="utf-8")
    for name in (*TEMPLATES, *FILTERS):
        assert f"`{name}" in text
    for kind in TEMPLATES.values():
        for name in kind.__struct_fields__:
            assert f"| `{name}` |" in text
