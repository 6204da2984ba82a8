"""The build engine: inputs to a plan, a plan to bytes, bytes to the output folder."""

from ssg.build.builder import NOTHING, Order, Report, build
from ssg.build.execute import check_workers
from ssg.build.inputs import load_config
from ssg.build.verify import differences
from ssg.content import Showing

__all__ = [
    "NOTHING",
    "Order",
    "Report",
    "Showing",
    "build",
    "check_workers",
    "differences",
    "load_config",
]
