"""`python -m ssg` is `ssg`."""

from ssg.cli import main

main()
