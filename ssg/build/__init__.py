"""The build engine: inputs to a plan, a plan to bytes, bytes to the output folder."""

from ssg.build.builder import Order, Report, build
from ssg.build.inputs import load_config

__all__ = ["Order", "Report", "build", "load_config"]
