"""Publishing the last green build, by difference, and going back.

What is named here is light; adapters are loaded when a destination asks for them.
"""

from ssg.deploy.deploying import deploy
from ssg.deploy.guards import Allowed
from ssg.deploy.order import Order, Proposal, Report
from ssg.deploy.plan import Plan
from ssg.deploy.release import Release
from ssg.deploy.rollback import history, roll_back

__all__ = [
    "Allowed",
    "Order",
    "Plan",
    "Proposal",
    "Release",
    "Report",
    "deploy",
    "history",
    "roll_back",
]
