"""Themes, templates, assets and Markdown: what gives a view its look."""

from ssg.theme.folders import known_themes, load_theme
from ssg.theme.markdown import Converter, Unresolved, trouble_with
from ssg.theme.templates import ThemeEnvironment, theme_environment
from ssg.theme.themes import FEED_STYLE, Inspection, Theme

__all__ = [
    "FEED_STYLE",
    "Converter",
    "Inspection",
    "Theme",
    "ThemeEnvironment",
    "Unresolved",
    "known_themes",
    "load_theme",
    "theme_environment",
    "trouble_with",
]
