"""What all tests share: programs and folders that may be missing, and what a skip means.

Where a program is missing its tests are skipped, by name. `REQUIRE_ALL=1` says that nothing
is missing, and then every skip, for whatever reason, is a failure. Tests that read the
folder of larger samples beside the checkout are not skipped but left out where there is
none: nobody can be asked to install it.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SSG_SHARED") or REPOSITORY.parent / "shared").resolve()
HAS_SHARED = (SHARED / "seed").is_dir()
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"

# A shell lets what it starts in the background ignore Ctrl-C, and so all that is started from
# there; tests send it to programs that must not.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is slow, which is no fault of the code under test.
settings.register_profile("ssg", settings(), deadline=None)
settings.load_profile("ssg")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout under test."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of larger samples: `SSG_SHARED`, else `shared` beside the checkout."""
    return SHARED


@pytest.fixture(scope="session")
def require() -> Callable[[str | Path], Path]:
    """`require("chromium")` finds a program or path, or skips the test by that name."""

    def find(name: str | Path) -> Path:
        found = shutil.which(name) if isinstance(name, str) else name
        if found is None or not Path(found).exists():
            pytest.skip(f"needs {name}, which is not here")
        return Path(found)

    return find


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for another process or a host."""
    return (os.cpu_count() or 1) + 1


def pytest_report_header() -> str:
    """Say which tests this run cannot hold."""
    return f"larger samples: {SHARED if HAS_SHARED else 'none here, their tests are left out'}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that read the shared folder where there is none."""
    if HAS_SHARED:
        return
    left_out = [item for item in items if "shared_dir" in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if item not in left_out]
    if left_out:
        config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test fails when nothing may be missing."""
    report = yield
    if not hasattr(report, "wasxfail"):
        _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """So does a skipped module."""
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if REQUIRE_ALL and report.skipped:
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"REQUIRE_ALL=1 allows no skip: {reason}"
