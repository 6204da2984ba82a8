"""Severities: a site's judgement of a finding is the last word."""

from __future__ import annotations

from ssg.check.severities import judged
from ssg.check.table import ALONE, CHECKS
from ssg.faults import CATALOGUE, Fault, errors


def test_a_site_judges_what_is_found() -> None:
    """Graver, lighter or not at all; what it says nothing of is as its code says."""
    faults = [Fault(code, "it is late") for code in ("W905", "W906", "N902", "W913")]

    found = [*judged(faults, {"W905": "error", "W906": "note", "N902": "off"})]

    assert [(fault.code, fault.severity) for fault in found] == [
        ("W905", "error"),
        ("W906", "note"),
        ("W913", "warning"),
    ]
    assert [fault.code for fault in errors(found)] == ["W905"]


def test_every_code_of_the_table_is_in_the_catalogue_and_no_other() -> None:
    """The table of checks says of each what it may find; the web is asked apart."""
    table = {code for check in (*ALONE, *CHECKS) for code in check.codes}
    known = {code for code in CATALOGUE if code[1:] >= "901" and code[1:] <= "949"}
    assert {code for code in table if code[1] == "9"} == known - {"W915", "N907", "N908"}
