"""The desk: the inbox's effects. Reads raw texts, has them ingested, merges and writes.

Nothing that a person wrote is overwritten: documents are created only where there are none,
changed only by a merge, and left alone where a merge would have to decide.
"""

from ssg.desk.intake import ingest_files
from ssg.desk.receipts import Given
from ssg.desk.report import FileReport, Finding, Report, describe
from ssg.desk.starter import create_site

__all__ = [
    "FileReport",
    "Finding",
    "Given",
    "Report",
    "create_site",
    "describe",
    "ingest_files",
]
