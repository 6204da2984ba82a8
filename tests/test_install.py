"""What a user installs: the wheel, in an environment of its own, away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Require = Callable[[str | Path], Path]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command without the checkout on Python's path."""
    environment: Mapping[str, str] = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "VIRTUAL_ENV", "SOURCE_DATE_EPOCH"}
    }
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=True
    )


@pytest.fixture(scope="module")
def uv(request: pytest.FixtureRequest) -> Path:
    """The installer that the Makefile brings along, else one on the path."""
    beside = Path(sys.executable).parent / "uv"
    found = beside if beside.exists() else shutil.which("uv")
    if found is None:
        pytest.skip("needs uv, which is not here")
    return Path(found)


@pytest.fixture(scope="module")
def installed(uv: Path, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `ssg` of a wheel built from this checkout, in a clean environment."""
    folder = tmp_path_factory.mktemp("installed")
    run(uv, "build", "--quiet", "--wheel", "--out-dir", folder, repository, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    run(uv, "venv", "--quiet", "--python", sys.executable, folder / "venv", cwd=folder)
    python = folder / "venv/bin/python"
    run(uv, "pip", "install", "--quiet", "--python", python, wheel, cwd=folder)
    return folder / "venv/bin/ssg"


def new_site_builds(command: tuple[str | Path, ...], folder: Path) -> None:
    run(*command, "init", folder / "paper", cwd=folder)
    built = run(*command, "build", cwd=folder / "paper")

    output = folder / "paper/output"
    assert "pages in output/" in built.stdout
    assert (output / "index.html").is_file()
    (article,) = output.glob("2*/*/*/index.html")
    page = article.read_text(encoding="utf-8")
    assert "/authors/" in page
    assert "/sources/" in page
    assert list(output.glob("assets/*.css")), "the theme came along"


def test_the_wheel_makes_a_site(installed: Path, tmp_path: Path) -> None:
    """`ssg init DIR && cd DIR && ssg build`, with the themes that are inside the wheel."""
    new_site_builds((installed,), tmp_path)


def test_the_checkout_makes_a_site(repository: Path, tmp_path: Path) -> None:
    """The same from a checkout, with the themes that stand beside the package."""
    command = (sys.executable, "-m", "ssg")
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    subprocess.run([*command, "init", tmp_path / "paper"], check=True, env=environment)
    subprocess.run([*command, "build"], check=True, cwd=tmp_path / "paper", env=environment)

    assert (tmp_path / "paper/output/index.html").is_file()
