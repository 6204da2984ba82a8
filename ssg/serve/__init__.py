"""The preview: the output folder over HTTP, on this machine alone."""

from ssg.serve.preview import PortTaken, Preview, open_port

__all__ = ["PortTaken", "Preview", "open_port"]
