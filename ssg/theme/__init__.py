"""Themes, templates, assets and Markdown: what gives a view its look."""

from ssg.theme.folders import bundled_themes, load_theme, theme_folders
from ssg.theme.markdown import Converter, Unresolved
from ssg.theme.templates import theme_environment
from ssg.theme.themes import Theme

__all__ = [
    "Converter",
    "Theme",
    "Unresolved",
    "bundled_themes",
    "load_theme",
    "theme_environment",
    "theme_folders",
]
