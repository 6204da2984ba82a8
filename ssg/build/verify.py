"""Verify: the proof that an incremental build left what a clean one makes, byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ssg.build.builder import build
from ssg.build.manifest import STATE, read_manifest, state_folder
from ssg.build.order import Order
from ssg.faults import Fault, Place


def differences(order: Order) -> tuple[Fault, ...]:
    """Every file that a clean build elsewhere makes otherwise, or that only one of them has."""
    with TemporaryDirectory(prefix="verify-", dir=order.site / STATE) as folder:
        clean = Path(folder) / "output"
        try:
            build(replace(order, output=clean, adopt=False, clean=True, take_in=None))
            return tuple(_differences(order, clean))
        finally:
            shutil.rmtree(state_folder(order.site, clean), ignore_errors=True)


def _differences(order: Order, clean: Path) -> Iterator[Fault]:
    here, there = (_files(order.site, output) for output in (order.target, clean))
    for path in sorted(here | there):
        if path not in there:
            yield _fault(path, "a clean build does not make it")
        elif path not in here:
            yield _fault(path, "a clean build makes it, and it is not there")
        elif _bytes(order.target / path) != (clean / path).read_bytes():
            yield _fault(path, "a clean build makes other bytes")


def _files(site: Path, output: Path) -> frozenset[str]:
    manifest = read_manifest(state_folder(site, output))
    return frozenset(manifest.files) if manifest else frozenset()


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _fault(path: str, message: str) -> Fault:
    hint = "ssg build --clean makes it good; please report how you came here"
    return Fault("E705", message, Place(path), hint)
