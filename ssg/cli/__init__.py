"""The command line: the one room that prints."""

from ssg.cli.app import main

__all__ = ["main"]
