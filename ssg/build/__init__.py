"""The build engine: inputs to a plan, a plan to bytes, bytes to the output folder.

What is named here is light; what reads, converts and renders is loaded by a build that has
something to do.
"""

from ssg.build.builder import build
from ssg.build.order import NOTHING, Intake, Order, Report

__all__ = ["NOTHING", "Intake", "Order", "Report", "build"]
