"""The preview: the output folder over HTTP, on this machine alone."""

from ssg.serve.board import Board
from ssg.serve.outcome import Outcome
from ssg.serve.ports import PortTaken, left_port, open_port
from ssg.serve.preview import Preview
from ssg.serve.server import Running

__all__ = ["Board", "Outcome", "PortTaken", "Preview", "Running", "left_port", "open_port"]
