"""The check: what an editor must know before publishing.

It builds first, so that what is looked at is what would be published; then each check of
`ssg.check.table` is given the values it needs. Checks are pure functions from plain values to
faults; files are read in `ssg.check.gather`, the network in `ssg.check.web`, and nowhere else.
"""

from ssg.check.run import Asked, Findings, check

__all__ = ["Asked", "Findings", "check"]
